"""Everybody reads the catalogue; the specialists keep it in the rooms of their areas."""

from datetime import date

import pytest

from kaz_bot.domain.committee.numbers import EntryId
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import RoomId, Said, UserId
from tests.desk import (
    ANN,
    BOT,
    CEM,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    MARKET,
    OPA,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import room

FILE = (
    "!kaz katalog neu anwendung Onlineakte\n"
    "Zustand: im Einsatz\n"
    "Kontakt: Fachgebiet Standards\n"
    "Fachgebiet: standards\n"
    "Link: https://akte.example.org/start\n"
    "Stand: 1. Juli 2026\n"
    "Beschreibung: Gemeinsame Akte.\nFür alle Kommunen."
)
PLAN = "!kaz katalog neu vorhaben E-Rechnung"
NOT_HERE = "Der Text steht hier nicht, denn dieser Raum ist nicht verschlüsselt."


async def says(desk: DeskAtWork, text: str, person: UserId = ANN) -> Said:
    """A command that can be taken back later."""
    command = desk.said(person, text)
    await desk.hears(command)
    return command


async def entry(desk: DeskAtWork, number: int = 1) -> CatalogueEntry:
    async with desk.store.work() as work:
        return await work.catalogue.get(EntryId(number))


def written(desk: DeskAtWork) -> str:
    """The last file that the bot sent."""
    return desk.homeserver.uploads[-1][1].content.decode("utf-8-sig")


def redacted(desk: DeskAtWork) -> int:
    """How many messages the bot has taken back."""
    return sum(1 for sent in desk.last if sent.redacts)


@on_both_databases
async def test_a_specialist_adds_an_entry_with_all_its_parts(desk: DeskAtWork) -> None:
    assert await desk.says(ANN, FILE) == [
        (
            "K-1, Anwendung: Onlineakte\n\n"
            "Der Eintrag steht jetzt im Katalog. Lesen kann ihn jeder verschlüsselte Raum.\n\n"
            "> Gemeinsame Akte.\n> Für alle Kommunen.\n\n"
            "- Zustand: im Einsatz\n"
            "- Kontakt: Fachgebiet Standards\n"
            "- Fachgebiet: Standards & Architektur\n"
            "- Link: https://akte.example.org/start\n"
            "- Stand: Mittwoch, 1. Juli 2026\n\n"
            "- Ändern: !kaz katalog ändern K-1 Zustand: <Text>\n"
            "- Entfernen: !kaz katalog entfernen K-1"
        )
    ]
    assert desk.last[-1].content["de.kaz.info"] == {
        "topic": "catalogue",
        "id": "K-1",
        "event": "entered",
    }
    added = await entry(desk)
    assert (added.kind, added.as_of, added.area) == (
        EntryKind.APPLICATION,
        date(2026, 7, 1),
        AreaKey("standards"),
    )


async def test_name_and_kind_are_enough_and_the_area_is_that_of_the_room(
    desk: DeskAtWork,
) -> None:
    await desk.says(ANN, PLAN)
    added = await entry(desk)
    assert (added.name, added.area, added.as_of) == (
        "E-Rechnung",
        AreaKey("procurement"),
        date(2026, 9, 30),
    )


async def test_it_may_all_stand_in_one_line(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz katalog neu projekt Breitband Zustand: läuft Kontakt: Kaz")
    added = await entry(desk)
    assert (added.name, added.status, added.contact) == ("Breitband", "läuft", "Kaz")


async def test_english_words_do_the_same(desk: DeskAtWork) -> None:
    await desk.says(
        ANN,
        "!kaz catalogue new application Online File\nstate: in use\nas of: 2026-07-01\n"
        "area: security\ndescription: A file.",
    )
    added = await entry(desk)
    assert (added.kind, added.status, added.as_of, added.area, added.description) == (
        EntryKind.APPLICATION,
        "in use",
        date(2026, 7, 1),
        AreaKey("security"),
        "A file.",
    )


@pytest.mark.parametrize(
    ("person", "where"),
    [(EVA, PROJECT), (KIM, COMMITTEE), (OPA, None), (EVA, EVAS_CHAT)],
)
@pytest.mark.parametrize(
    "order",
    [
        "katalog neu anwendung Onlinewaage",
        "katalog ändern K-1 Zustand: weg",
        "katalog K-1 Zustand: weg",
        "katalog entfernen K-1",
        "katalog K-1 entfernen",
        "katalog wiederherstellen K-1",
    ],
)
async def test_whoever_is_no_specialist_is_told_who_keeps_it(
    desk: DeskAtWork, person: UserId, where: RoomId | None, order: str
) -> None:
    await desk.says(ANN, FILE)
    [answer] = await desk.says(person, f"!kaz {order}", room=where)
    assert answer == (
        "Den Katalog pflegen die Fachkräfte in den Räumen ihrer Fachgebiete. "
        "Lesen können Sie ihn hier: !kaz katalog"
    )
    assert (await entry(desk)).status == "im Einsatz"


async def test_everybody_sees_how_much_there_is_and_the_newest(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, PLAN)
    [answer] = await desk.says(EVA, "!kaz katalog")
    assert answer.startswith(
        "Im Katalog stehen:\n\n- Anwendungen: 1\n- Vorhaben: 1\n\n"
        "Die neuesten Einträge:\n\n"
        "- K-2, Vorhaben: E-Rechnung, Stand Mittwoch, 30. September 2026\n"
        "- K-1, Anwendung: Onlineakte, im Einsatz, Stand Mittwoch, 1. Juli 2026\n"
    )
    assert desk.last[-1].content["de.kaz.info"] == {"topic": "catalogue", "ids": ["K-2", "K-1"]}


async def test_an_empty_catalogue_says_so(desk: DeskAtWork) -> None:
    assert await desk.says(EVA, "!kaz katalog") == ["Im Katalog steht noch nichts."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("akte", ["K-1"]),
        ("ONLINEAKTE kommunen", ["K-1"]),
        ("standards", ["K-1"]),
        ("anwendungen", ["K-1"]),
        ("vorhaben", ["K-2"]),
        ("#vergabe", ["K-2"]),
        ("vergabe", ["K-2"]),
        ("applications #standards akte", ["K-1"]),
        ("vorhaben akte", []),
        ("projekte", []),
    ],
)
async def test_it_is_searched_by_words_kind_and_area(
    desk: DeskAtWork, text: str, found: list[str]
) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, PLAN)
    await desk.says(EVA, f"!kaz katalog {text}")
    assert desk.last[-1].content["de.kaz.info"] == {"topic": "catalogue", "ids": found}


@pytest.mark.parametrize("command", ["zeige K-1", "katalog K-1", "show k 1", "catalogue K-1"])
async def test_one_entry_is_shown_with_all_that_it_says(desk: DeskAtWork, command: str) -> None:
    await desk.says(ANN, FILE)
    assert await desk.says(EVA, f"!kaz {command}") == [
        (
            "K-1, Anwendung: Onlineakte\n\n> Gemeinsame Akte.\n> Für alle Kommunen.\n\n"
            "- Zustand: im Einsatz\n- Kontakt: Fachgebiet Standards\n"
            "- Fachgebiet: Standards & Architektur\n- Link: https://akte.example.org/start\n"
            "- Stand: Mittwoch, 1. Juli 2026"
        )
    ]
    assert '<a href="https://akte.example.org/start">' in desk.last[-1].html


async def test_one_that_nobody_looked_at_for_a_year_is_marked(desk: DeskAtWork) -> None:
    await desk.says(ANN, f"{PLAN}\nStand: 30.9.2025")
    assert "veraltet" not in (await desk.says(EVA, "!kaz zeige K-1"))[0]
    desk.clock.advance(days=1)
    assert (
        "Stand: Dienstag, 30. September 2025. "
        "Das ist über zwölf Monate her, der Eintrag kann veraltet sein"
    ) in (await desk.says(EVA, "!kaz zeige K-1"))[0]
    assert "30. September 2025, vielleicht veraltet" in (await desk.says(EVA, "!kaz katalog"))[0]


@on_both_databases
async def test_a_change_changes_only_what_it_names(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    [answer] = await desk.says(CEM, "!kaz katalog ändern K-1\nZustand: eingestellt\nArt: Projekt")
    assert answer.startswith(
        "K-1, Projekt: Onlineakte\n\nDer Eintrag ist geändert: Art und Zustand.\n"
    )
    changed = await entry(desk)
    assert (changed.status, changed.contact, changed.author) == (
        "eingestellt",
        "Fachgebiet Standards",
        CEM,
    )


async def test_the_number_may_come_first_and_an_answer_needs_none(desk: DeskAtWork) -> None:
    await desk.says(ANN, PLAN)
    told = desk.last[-1].event_id
    await desk.says(ANN, "!kaz katalog K-1 Zustand: geplant")
    await desk.says(ANN, "!kaz katalog ändern Kontakt: Kaz", reply_to=told)
    changed = await entry(desk)
    assert (changed.status, changed.contact) == ("geplant", "Kaz")


async def test_a_part_without_words_is_emptied(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, "!kaz katalog ändern K-1\nLink:\nFachgebiet:")
    changed = await entry(desk)
    assert (changed.link, changed.area) == ("", None)


async def test_a_part_that_does_not_exist_is_refused(desk: DeskAtWork) -> None:
    await desk.says(ANN, PLAN)
    [refusal] = await desk.says(ANN, "!kaz katalog ändern K-1\nZustand: geplant\nFarbe: rot")
    assert "Die Angabe „Farbe“ gibt es nicht." in refusal
    assert (await entry(desk)).status == ""


async def test_the_example_in_help_may_be_used_by_everybody(desk: DeskAtWork) -> None:
    [answer] = await desk.says(EVA, "!kaz hilfe katalog")
    assert "!kaz katalog E-Akte" in answer


async def test_what_stands_there_already_is_no_change(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    assert await desk.says(CEM, "!kaz katalog ändern K-1 Zustand: im Einsatz") == [
        "K-1: So steht es schon im Katalog, geändert ist nichts. Ansehen: !kaz zeige K-1"
    ]
    assert (await entry(desk)).author == ANN


@pytest.mark.parametrize(
    ("text", "code", "beginning"),
    [
        ("neu", "bad_argument", "Es fehlt die Art oder der Name."),
        ("neu anwendung", "bad_argument", "Es fehlt die Art oder der Name."),
        ("neu Onlinewaage", "bad_argument", "„Onlinewaage“ ist keine Art von Eintrag."),
        ("neu projekt " + "x" * 201, "too_long", "„Name“ ist zu lang: 201 Zeichen"),
        (
            "neu projekt X\nBeschreibung: " + "x" * 2001,
            "too_long",
            "„Beschreibung“ ist zu lang: 2.001 Zeichen",
        ),
        ("neu projekt X\nFachgebiet: Garten", "bad_argument", "Das Fachgebiet „Garten“ gibt"),
        ("neu projekt X\nStand: morgen", "bad_date", "„morgen“ ist kein Tag"),
        ("neu projekt X\nStand: 1.10.2026", "bad_date", "„1.10.2026“ liegt in der Zukunft."),
        ("neu projekt X\nStand: 31.2.2026", "bad_date", "„31.2.2026“ ist kein Tag"),
        ("neu anwendung ONLINEAKTE", "bad_state", "Das steht schon im Katalog: K-1, Anwendung"),
        ("ändern K-1", "bad_argument", "Was soll sich an K-1 ändern?"),
        ("ändern K-1 bitte schnell", "bad_argument", "Was soll sich an K-1 ändern?"),
        ("ändern", "bad_argument", "Es fehlt die Nummer des Eintrags."),
        ("entfernen Onlineakte", "bad_argument", "Es fehlt die Nummer des Eintrags."),
        ("entfernen K-1 sofort", "bad_argument", "Mit „sofort“ kann dieser Befehl nichts"),
        ("K-1 sofort", "bad_argument", "Mit „sofort“ kann dieser Befehl nichts anfangen."),
        ("ändern K-77 Zustand: weg", "not_found", "Einen Eintrag mit der Nummer K-77 gibt es"),
        ("K-77", "not_found", "Einen Eintrag mit der Nummer K-77 gibt es im Katalog nicht."),
        ("K-99999999999999999", "not_found", "Einen Eintrag mit der Nummer"),
        ("wiederherstellen K-1", "bad_state", "K-1 steht im Katalog"),
    ],
)
async def test_what_cannot_be_done_is_told_and_changes_nothing(
    desk: DeskAtWork, text: str, code: str, beginning: str
) -> None:
    await desk.says(ANN, FILE)
    [answer] = await desk.says(ANN, f"!kaz katalog {text}")
    assert answer.startswith(beginning)
    assert desk.last[-1].content["de.kaz.error"] == {"code": code}
    async with desk.store.work() as work:
        assert [one.name for one in await work.catalogue.all()] == ["Onlineakte"]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://akte.example.org",
        "akte.example.org",
        "https://",
        "https://bank.example.org@evil.example.org/",
        "https://akte.example.org/ zwei",
        "https://akte.example.org/\u202etxt",
        "data:text/html,x",
        'https://akte.example.org/"onclick=x',
        "https://[akte",
    ],
)
async def test_a_link_leads_to_a_page_of_the_web_or_nowhere(desk: DeskAtWork, link: str) -> None:
    [answer] = await desk.says(ANN, f"!kaz katalog neu projekt X\nLink: {link}")
    assert "geht nicht als Link. Eine Adresse beginnt mit https:// oder http://." in answer
    async with desk.store.work() as work:
        assert await work.catalogue.all() == []


async def test_another_kind_may_have_the_same_name(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, "!kaz katalog neu projekt Onlineakte")
    assert desk.told(PROCUREMENT) == ["info:entered"]


async def test_a_change_does_not_make_two_of_the_same_name(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, PLAN)
    [answer] = await desk.says(ANN, "!kaz katalog ändern K-2\nName: onlineakte\nArt: anwendung")
    assert answer.startswith("Das steht schon im Katalog: K-1")


@on_both_databases
async def test_what_was_removed_is_gone_for_others_and_can_be_restored(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    assert await desk.says(CEM, "!kaz katalog entfernen K-1") == [
        (
            "K-1, Anwendung: Onlineakte\n\nDer Eintrag steht nicht mehr im Katalog. "
            "Zurückholen: !kaz katalog wiederherstellen K-1"
        )
    ]
    assert await desk.says(EVA, "!kaz katalog akte") == [
        (
            "Einträge im Katalog, mit diesen Wörtern: akte. Es gibt dazu keine.\n\n"
            "- Überall suchen: !kaz suche akte"
        )
    ]
    [answer] = await desk.says(EVA, "!kaz zeige K-1")
    assert answer.startswith("K-1 steht nicht mehr im Katalog.")
    [shown] = await desk.says(ANN, "!kaz zeige K-1")
    assert "Der Eintrag steht nicht mehr im Katalog." in shown
    await desk.says(ANN, "!kaz katalog wiederherstellen K-1")
    assert (await desk.says(EVA, "!kaz zeige K-1"))[0].startswith("K-1, Anwendung: Onlineakte")


async def test_it_is_not_restored_beside_another_of_its_name(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    await desk.says(ANN, "!kaz katalog entfernen K-1")
    await desk.says(ANN, FILE)
    [answer] = await desk.says(ANN, "!kaz katalog wiederherstellen K-1")
    assert answer.startswith("Das steht schon im Katalog: K-2")


async def test_its_history_tells_who_wrote_which_part(desk: DeskAtWork) -> None:
    await desk.says(ANN, PLAN)
    await desk.says(CEM, "!kaz katalog ändern K-1 Zustand: geplant")
    await desk.says(CEM, "!kaz katalog entfernen K-1")
    assert await desk.says(ANN, "!kaz verlauf K-1") == [
        (
            "Verlauf von K-1:\n\n"
            "- Mittwoch, 30. September 2026, 12:00 Uhr, Ann: "
            "eingetragen (Art, Name, Fachgebiet und Stand)\n"
            "- Mittwoch, 30. September 2026, 12:00 Uhr, Cem: geändert (Zustand)\n"
            "- Mittwoch, 30. September 2026, 12:00 Uhr, Cem: entfernt\n\n"
            "Den Eintrag zeigt !kaz zeige K-1"
        )
    ]
    [answer] = await desk.says(EVA, "!kaz verlauf K-1")
    assert desk.last[-1].content["de.kaz.error"] == {"code": "not_allowed"}
    assert "Ann" not in answer


async def test_all_of_it_comes_as_a_file(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE.replace("Onlineakte", "=Onlineakte"))
    await desk.says(ANN, PLAN)
    assert await desk.says(EVA, "!kaz katalog datei") == [
        "Datei katalog.csv mit 2 Einträgen aus dem Katalog."
    ]
    assert written(desk).splitlines()[0] == (
        '"Nummer";"Art";"Name";"Zustand";"Kontakt";"Fachgebiet";"Link";"Stand";"Beschreibung"'
    )
    assert '"K-1";"Anwendung";"\'=Onlineakte";"im Einsatz"' in written(desk)
    await desk.says(EVA, "!kaz catalogue file plans")
    assert [line.split(";")[0] for line in written(desk).splitlines()] == ['"Nummer"', '"K-2"']


async def test_words_from_an_encrypted_room_never_go_into_one_that_is_not(
    desk: DeskAtWork,
) -> None:
    await desk.says(ANN, FILE)
    for_market = [
        *(await desk.says(UDO, "!kaz zeige K-1", room=MARKET)),
        *(await desk.says(UDO, "!kaz katalog", room=MARKET)),
        *(await desk.says(UDO, "!kaz katalog akte", room=MARKET)),
        *(await desk.says(UDO, "!kaz katalog datei", room=MARKET)),
    ]
    assert for_market[0].startswith(f"K-1, Anwendung\n\n{NOT_HERE}")
    assert "K-1, Anwendung, Stand" in for_market[1]
    assert "Was aus verschlüsselten Räumen kommt, ist hier nicht durchsucht." in for_market[2]
    told = "\n".join(for_market).casefold()
    assert [word for word in ("onlineakte", "einsatz", "example.org") if word in told] == []
    assert desk.homeserver.uploads == []


async def test_what_was_written_openly_is_read_everywhere(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(PROCUREMENT, BOT, ANN, name="Vergabe", encrypted=False))
    await desk.says(ANN, FILE)
    [shown] = await desk.says(UDO, "!kaz zeige K-1", room=MARKET)
    assert "Gemeinsame Akte." in shown
    # Words seal it; an area or a date do not.
    await desk.says(CEM, "!kaz katalog ändern K-1\nStand: heute\nFachgebiet: sicherheit")
    assert not (await entry(desk)).sealed
    await desk.says(CEM, "!kaz katalog ändern K-1 Zustand: geheim")
    [shown] = await desk.says(UDO, "!kaz zeige K-1", room=MARKET)
    assert NOT_HERE in shown


async def test_who_changes_it_openly_hears_nothing_of_its_words(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    desk.homeserver.rooms.put(room(SECURITY, BOT, CEM, name="Sicherheit", encrypted=False))
    [answer] = await desk.says(CEM, "!kaz katalog ändern K-1 Zustand: offen")
    assert answer.startswith("K-1, Anwendung\n\nDer Eintrag ist geändert: Zustand.")
    assert "Akte" not in answer
    assert (await entry(desk)).sealed


@on_both_databases
async def test_a_message_taken_back_takes_its_entry_out_of_everything(desk: DeskAtWork) -> None:
    command = await says(desk, FILE)
    await desk.says(EVA, "!kaz zeige K-1")
    await desk.says(EVA, "!kaz katalog")
    await desk.redacts(ANN, command.event_id)
    assert redacted(desk) == 3
    assert "onlineakte" not in (await desk.remembers()).casefold()
    assert desk.bodies(PROCUREMENT) == [
        "K-1: Der Text dieses Eintrags wurde gelöscht. Er steht nicht mehr im Katalog."
    ]
    [answer] = await desk.says(ANN, "!kaz katalog wiederherstellen K-1")
    assert answer == (
        "K-1 steht nicht mehr im Katalog. Der Text wurde gelöscht und kommt nicht wieder."
    )


async def test_a_change_taken_back_takes_only_its_own_words(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    change = await says(desk, "!kaz katalog ändern K-1\nZustand: peinlich\nKontakt: Peter", CEM)
    await desk.says(ANN, "!kaz katalog ändern K-1 Kontakt: Kaz")
    await desk.redacts(CEM, change.event_id)
    kept = await entry(desk)
    assert (kept.name, kept.status, kept.contact) == ("Onlineakte", "", "Kaz")
    assert "peinlich" not in await desk.remembers()
    assert desk.bodies(PROCUREMENT) == [
        "K-1: Gelöscht wurde, was in einer Nachricht stand: Zustand. Der Eintrag bleibt."
    ]


async def test_another_room_has_no_say_in_it(desk: DeskAtWork) -> None:
    command = await says(desk, FILE)
    desk.homeserver.events[command.event_id] = desk.said(UDO, "x", room=MARKET)
    await desk.redacts(UDO, command.event_id)
    assert (await entry(desk)).name == "Onlineakte"


@on_both_databases
async def test_whoever_is_forgotten_is_named_no_more_and_the_entry_stays(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.put(room(PROCUREMENT, BOT, ANN, EVA, name="Vergabe"))
    await desk.says(EVA, FILE, room=PROCUREMENT)
    await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Einträge im Katalog: 1" in desk.bodies(EVAS_CHAT)[0]
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    kept = await entry(desk)
    assert kept.name == "Onlineakte"
    assert str(kept.author).startswith("@erased-")


@on_both_databases
async def test_entries_go_along_with_their_room(desk: DeskAtWork) -> None:
    await desk.says(ANN, FILE)
    newer = RoomId("!newer:kaz.test")
    async with desk.store.work() as work:
        await work.rooms.move(PROCUREMENT, newer, desk.clock.now())
    assert (await entry(desk)).room_id == newer
