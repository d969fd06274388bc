"""Papers: filed, changed and taken back by who may, read by the committee."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Edition, Paper
from kaz_bot.messages import UserId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MAX,
    NIA,
    PROJECT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import Sent, room

WHOLE = """!kaz beschluss Arbeitsprogramm 2027
Wortlaut: Das Arbeitsprogramm 2027
wird beschlossen.
Begründung: Es ist nötig.
Finanzen: 5.000 Euro
Federführung: Kaz
Beteiligte Ressorts: MIK
Anlagen: Entwurf"""


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def paper(desk: DeskAtWork, number: int = 1) -> Paper:
    async with desk.store.work() as work:
        return await work.papers.get(PaperId(number))


async def editions(desk: DeskAtWork) -> list[Edition]:
    async with desk.store.work() as work:
        return await work.papers.editions(PaperId(1))


async def trail(desk: DeskAtWork) -> list[tuple[str, UserId | None]]:
    """What happened to the first paper, and who did it."""
    async with desk.store.work() as work:
        entries = await work.committee_trail.of((await work.papers.get(PaperId(1))).subject, 99)
    return [(entry.event, entry.actor) for entry in entries]


@on_both_databases
async def test_a_paper_is_repeated_with_its_number_and_what_can_be_done(desk: DeskAtWork) -> None:
    assert await desk.says(LEA, WHOLE) == [
        (
            "BV-1: Arbeitsprogramm 2027\n\n"
            "Die Vorlage ist eingereicht.\n\n"
            "Wortlaut:\n\n"
            "> Das Arbeitsprogramm 2027\n"
            "> wird beschlossen.\n\n"
            "Begründung:\n\n"
            "> Es ist nötig.\n\n"
            "- Finanzen: 5.000 Euro\n"
            "- Federführung: Kaz\n"
            "- Beteiligt: MIK\n"
            "- Anlagen: Entwurf\n\n"
            "- Ändern: !kaz beschluss BV-1 Wortlaut: <Text>\n"
            "- Abstimmen im Umlauf: !kaz abstimmung BV-1 im Umlauf bis <wann>\n"
            "- Abstimmen in der Sitzung: !kaz abstimmung BV-1\n"
            "- Zurückziehen: !kaz beschluss zurückziehen BV-1"
        )
    ]
    assert last(desk).about == {"id": "BV-1", "state": "draft", "event": "filed"}
    assert (last(desk).msgtype, last(desk).calls) == ("m.notice", [])
    [edition] = await editions(desk)
    assert edition == Edition(
        paper_id=PaperId(1),
        number=1,
        title="Arbeitsprogramm 2027",
        wording="Das Arbeitsprogramm 2027\nwird beschlossen.",
        reasons="Es ist nötig.",
        money="5.000 Euro",
        lead="Kaz",
        involved="MIK",
        annexes="Entwurf",
        author=LEA,
        event_id=edition.event_id,
        filed_at=desk.clock.now(),
    )


async def test_it_is_answered_where_it_was_said(desk: DeskAtWork) -> None:
    command = desk.said(LEA, WHOLE)
    await desk.hears(command)
    assert last(desk).replies_to == command.event_id
    await desk.says(LEA, WHOLE, thread=command.event_id)
    assert last(desk).thread == command.event_id


async def test_what_is_missing_is_asked_for_and_not_demanded(desk: DeskAtWork) -> None:
    [answer] = await desk.says(LEA, "!kaz beschluss Arbeitsprogramm\nFederführung: Kaz")
    assert last(desk).told == "decision:filed"
    assert (
        "Einen Wortlaut gibt es nicht. Abgestimmt wird über den Titel. "
        "Ergänzen: !kaz beschluss BV-1 Wortlaut: <Text>"
    ) in answer
    assert (
        "Welche Ressorts sind beteiligt? Ergänzen: !kaz beschluss BV-1 Beteiligt: <Ressorts>"
    ) in answer
    assert "Nicht angegeben: Begründung, Finanzen und Anlagen." in answer


async def test_in_an_english_room_it_is_all_in_english(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    [answer] = await desk.says(LEA, "!kaz decision Programme\nWording: It is adopted.")
    assert "The paper is filed." in answer
    assert "Which ministries are involved?" in answer
    assert "- Withdraw: !kaz decision withdraw BV-1" in answer
    await desk.says(LEA, "!kaz decision withdraw BV-1")
    assert last(desk).told == "decision:withdrawn"


@pytest.mark.parametrize("typed", ["!kaz beschluss", "!kaz beschluss\nWortlaut: nur das"])
async def test_without_a_title_it_is_shown_how_it_goes(desk: DeskAtWork, typed: str) -> None:
    [answer] = await desk.says(LEA, typed)
    assert last(desk).about == {"code": "bad_argument"}
    assert answer.startswith("Es fehlt der Titel der Vorlage.")
    assert "!kaz beschluss Arbeitsprogramm 2027\nWortlaut: Das Arbeitsprogramm" in answer


async def test_the_example_it_shows_works(desk: DeskAtWork) -> None:
    [answer] = await desk.says(LEA, "!kaz beschluss")
    example = answer[answer.index("!kaz") : answer.index("\n\nNur der Titel")]
    await desk.says(LEA, example)
    [edition] = await editions(desk)
    assert (edition.title, edition.annexes) == ("Arbeitsprogramm 2027", "Entwurf vom 1. Oktober")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("x" * 201, "„Titel“ ist zu lang: 201 Zeichen, möglich sind 200."),
        (
            f"Titel\nWortlaut: {'x' * 4001}",
            "„Wortlaut“ ist zu lang: 4.001 Zeichen, möglich sind 4.000.",
        ),
    ],
)
async def test_what_is_too_long_is_named(desk: DeskAtWork, typed: str, answer: str) -> None:
    [refusal] = await desk.says(LEA, f"!kaz beschluss {typed}")
    assert refusal.startswith(answer)
    assert last(desk).about == {"code": "too_long"}


async def test_a_long_wording_is_repeated_in_part_and_kept_whole(desk: DeskAtWork) -> None:
    wording = "Satz. " * 600
    [answer] = await desk.says(LEA, f"!kaz beschluss Titel\nWortlaut: {wording}")
    assert "Das ist nur der Anfang. Alles zeigt !kaz zeige BV-1" in answer
    [shown] = await desk.says(LEA, "!kaz zeige BV-1")
    assert wording.strip() in shown


@pytest.mark.parametrize(("person", "place"), [(EVA, PROJECT), (EVA, EVAS_CHAT), (ANN, None)])
async def test_papers_are_filed_by_the_committee_only(
    desk: DeskAtWork, person: UserId, place: None
) -> None:
    await desk.says(person, "!kaz beschluss Freibier", room=place)
    assert last(desk).about == {"code": "not_allowed"}


@pytest.mark.parametrize("talk", ["Beschluss gefasst, danke.", "Vorlage liegt bei, oder?"])
async def test_the_word_alone_is_no_command_in_a_direct_chat(desk: DeskAtWork, talk: str) -> None:
    await desk.says(EVA, talk, room=EVAS_CHAT)
    assert "error:not_allowed" not in desk.told(EVAS_CHAT)


async def test_what_people_type_stays_text(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss <b>Fett</b>\nWortlaut: {{ 7 * 7 }} <script>x</script>")
    assert "&lt;b&gt;Fett&lt;/b&gt;" in last(desk).html
    assert "{{ 7 * 7 }} &lt;script&gt;" in last(desk).html


@on_both_databases
async def test_a_change_is_another_edition(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    desk.clock.advance(hours=1)
    assert await desk.says(LEA, "!kaz beschluss BV-1 Wortlaut: Nichts wird beschlossen.") == [
        (
            "BV-1: Arbeitsprogramm 2027\n\n"
            "Die Vorlage ist geändert. Jetzt gilt Fassung 2. Geändert wurde: Wortlaut.\n\n"
            "Wortlaut:\n\n"
            "> Nichts wird beschlossen.\n\n"
            "Frühere Fassungen: !kaz verlauf BV-1"
        )
    ]
    assert last(desk).about == {"id": "BV-1", "state": "draft", "event": "changed"}
    first, second = await editions(desk)
    assert second == replace(
        first,
        number=2,
        wording="Nichts wird beschlossen.",
        event_id=second.event_id,
        filed_at=desk.clock.now(),
    )


async def test_words_before_the_first_label_are_the_new_title(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    [answer] = await desk.says(LEA, "!kaz beschluss BV-1 Arbeitsprogramm 2028\nKosten: keine")
    assert answer.startswith("BV-1: Arbeitsprogramm 2028\n\n")
    assert "Geändert wurde: Titel und Finanzen." in answer
    assert (await paper(desk)).title == "Arbeitsprogramm 2028"


async def test_what_moves_out_of_the_wording_is_seen(desk: DeskAtWork) -> None:
    [answer] = await desk.says(
        LEA, "!kaz beschluss Titel\nWortlaut: Das Gremium beschließt:\nFederführung: Das Kaz führt."
    )
    assert "> Das Gremium beschließt:\n\n- Federführung: Das Kaz führt.\n" in answer
    [answer] = await desk.says(LEA, "!kaz beschluss BV-1 Wortlaut: Neu.\nLead: Kaz")
    assert "> Neu.\n\n- Federführung: Kaz\n" in answer


async def test_a_label_in_the_title_is_pointed_out(desk: DeskAtWork) -> None:
    hint = (
        "Im Titel steht „Wortlaut:“. Eine Angabe gehört in eine eigene Zeile:\n\n"
        "!kaz beschluss BV-1 Titel: <Titel>\n"
        "Wortlaut: <Text>"
    )
    [answer] = await desk.says(LEA, "!kaz beschluss Programm; Wortlaut: Es gilt.")
    assert hint in answer
    [answer] = await desk.says(LEA, "!kaz beschluss BV-1 Titel: Programm, Wortlaut: Es gilt.")
    assert hint in answer


@pytest.mark.parametrize(
    "words",
    [
        "abstimmen",
        "abstimmung",
        "ja",
        "bitte zurückziehen",
        "im Umlauf bis Freitag",
        "abstimmung im Umlauf bis Freitag",
        "ABSTIMMUNG bis 15.10.",
        "Zurück.",
        "ja\nKosten: keine",
    ],
)
async def test_words_that_ask_for_something_are_no_title(desk: DeskAtWork, words: str) -> None:
    await desk.says(LEA, WHOLE)
    [answer] = await desk.says(LEA, f"!kaz beschluss BV-1 {words}")
    assert last(desk).about == {"code": "bad_argument"}
    assert answer.startswith("An BV-1 habe ich nichts geändert. Sie schrieben: „")
    assert "- Abstimmen im Umlauf: !kaz abstimmung BV-1 im Umlauf bis <wann>" in answer
    assert "- Neuer Titel: !kaz beschluss BV-1 Titel: <Titel>" in answer
    assert len(await editions(desk)) == 1


@pytest.mark.parametrize(
    "title", ["Abstimmung über den Haushalt", "Ja zu offenen Standards", "Akten im Umlauf"]
)
async def test_a_title_may_begin_like_a_verb(desk: DeskAtWork, title: str) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(LEA, f"!kaz beschluss BV-1 {title}")
    assert (await paper(desk)).title == title


async def test_with_its_label_any_word_is_a_title(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(LEA, "!kaz beschluss BV-1 Titel: Abstimmung")
    assert (await paper(desk)).title == "Abstimmung"


@pytest.mark.parametrize(
    "title",
    [
        "Zurückziehen der alten Förderrichtlinie\nWortlaut: Sie gilt nicht mehr.",
        "Zurückziehen von BV-1",
        "Zurückziehen BV-1\nWortlaut: Es wird zurückgezogen.",
    ],
)
async def test_a_title_that_begins_with_withdraw_withdraws_nothing(
    desk: DeskAtWork, title: str
) -> None:
    filed = desk.said(LEA, WHOLE)
    await desk.hears(filed)
    answer = last(desk).event_id
    await desk.says(LEA, f"!kaz beschluss {title}", thread=filed.event_id, reply_to=answer)
    assert last(desk).about == {"id": "BV-2", "state": "draft", "event": "filed"}
    assert (await paper(desk)).open


async def test_what_changes_nothing_is_no_edition(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    assert await desk.says(LEA, "!kaz beschluss BV-1 Beteiligt: MIK") == [
        "BV-1 steht schon so da. Es bleibt bei Fassung 1."
    ]
    assert (len(await editions(desk)), len(await trail(desk))) == (1, 1)


async def test_a_part_that_is_taken_away_is_asked_for_again(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    [answer] = await desk.says(LEA, "!kaz beschluss BV-1\nBeteiligt:")
    assert "Welche Ressorts sind beteiligt?" in answer


async def test_the_chair_may_change_what_others_filed(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(KIM, "!kaz beschluss BV-1 Kosten: keine")
    assert [edition.author for edition in await editions(desk)] == [LEA, KIM]


@pytest.mark.parametrize(
    "attempt",
    ["beschluss BV-1 Kosten: keine", "beschluss zurückziehen BV-1", "beschluss BV-1 zurückziehen"],
)
async def test_others_are_told_who_may(desk: DeskAtWork, attempt: str) -> None:
    await desk.says(LEA, WHOLE)
    before = await paper(desk)
    assert await desk.says(MAX, f"!kaz {attempt}") == [
        (
            "BV-1 kann nur ändern oder zurückziehen, wer die Vorlage eingereicht hat: Lea. "
            "Auch der Vorsitz kann es: Kim."
        )
    ]
    assert last(desk).about == {"code": "not_allowed"}
    assert await paper(desk) == before


async def test_a_number_alone_shows_how_it_is_changed(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    [answer] = await desk.says(LEA, "!kaz beschluss BV-1")
    assert answer.startswith("Was soll sich an BV-1 ändern?")


@pytest.mark.parametrize("typed", ["beschluss BV-9 Kosten: 5", "beschluss zurückziehen BV-9"])
async def test_a_paper_that_does_not_exist_is_refused(desk: DeskAtWork, typed: str) -> None:
    [refusal] = await desk.says(LEA, f"!kaz {typed}")
    assert refusal.startswith("Eine Vorlage mit der Nummer BV-9 gibt es hier nicht.")
    assert last(desk).about == {"code": "not_found"}


@pytest.mark.parametrize(
    "typed",
    ["beschluss zurückziehen BV-1", "beschluss BV-1 zurückziehen", "decision withdraw bv 1"],
)
async def test_a_paper_is_withdrawn(desk: DeskAtWork, typed: str) -> None:
    await desk.says(LEA, WHOLE)
    [answer] = await desk.says(LEA, f"!kaz {typed}")
    assert "Die Vorlage ist zurückgezogen." in answer
    assert last(desk).about == {"id": "BV-1", "state": "withdrawn", "event": "withdrawn"}


async def test_in_answer_to_it_no_number_is_needed(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    filed = last(desk).event_id
    [shown] = await desk.says(NIA, "!kaz zeige", reply_to=filed)
    assert shown.startswith("BV-1: Arbeitsprogramm 2027")
    await desk.says(LEA, "!kaz beschluss zurückziehen", reply_to=last(desk).event_id)
    assert last(desk).told == "decision:withdrawn"


async def test_a_new_paper_in_answer_to_another_is_a_new_one(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(LEA, "!kaz beschluss Zweites", reply_to=last(desk).event_id)
    assert last(desk).about["id"] == "BV-2"


async def test_a_title_may_begin_like_the_word_for_withdrawing(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Zurückziehen der Klage")
    assert (await paper(desk)).title == "Zurückziehen der Klage"


async def test_which_one_to_withdraw_must_be_said(desk: DeskAtWork) -> None:
    [answer] = await desk.says(LEA, "!kaz beschluss zurückziehen")
    assert answer.startswith("Es fehlt die Nummer der Vorlage.")


async def test_what_is_withdrawn_stays_so(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert await desk.says(LEA, "!kaz beschluss BV-1 Kosten: 5") == [
        (
            "BV-1: „ändern“ geht jetzt nicht. Stand der Vorlage: zurückgezogen.\n\n"
            "Sie können eine neue Vorlage einreichen: !kaz beschluss <Titel>"
        )
    ]
    assert last(desk).about == {"code": "bad_state"}


async def test_a_paper_is_read_with_all_it_says_and_how_it_stands(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    desk.clock.advance(hours=1)
    await desk.says(KIM, "!kaz beschluss BV-1 Kosten: keine")
    assert await desk.says(NIA, "!kaz zeige BV-1") == [
        (
            "BV-1: Arbeitsprogramm 2027\n\n"
            "Wortlaut:\n\n"
            "> Das Arbeitsprogramm 2027\n"
            "> wird beschlossen.\n\n"
            "Begründung:\n\n"
            "> Es ist nötig.\n\n"
            "- Finanzen: keine\n"
            "- Federführung: Kaz\n"
            "- Beteiligt: MIK\n"
            "- Anlagen: Entwurf\n"
            "- Stand: Entwurf\n"
            "- Eingereicht: Lea, Mittwoch, 30. September 2026, 12:00 Uhr\n"
            "- Fassung 2: Kim, Mittwoch, 30. September 2026, 13:00 Uhr\n\n"
            "Den Verlauf zeigt !kaz verlauf BV-1"
        )
    ]
    assert last(desk).about == {"topic": "show", "id": "BV-1", "edition": 2}


@pytest.mark.parametrize("typed", ["Fassung 1", "edition 1", "1"])
async def test_an_earlier_edition_can_be_read(desk: DeskAtWork, typed: str) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(LEA, "!kaz beschluss BV-1 Neu\nWortlaut: Neu.")
    [shown] = await desk.says(NIA, f"!kaz zeige BV-1 {typed}")
    assert shown.startswith(
        "BV-1: Arbeitsprogramm 2027\n\nDas ist Fassung 1 von 2, sie gilt nicht mehr."
    )


@pytest.mark.parametrize(
    ("typed", "code"), [("Fassung 3", "not_found"), ("0", "not_found"), ("bitte", "bad_argument")]
)
async def test_an_edition_that_does_not_exist_is_refused(
    desk: DeskAtWork, typed: str, code: str
) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(NIA, f"!kaz zeige BV-1 {typed}")
    assert last(desk).about == {"code": code}


async def test_the_longest_paper_is_shown_whole(desk: DeskAtWork) -> None:
    wording, reasons = "ä" * 4000, "ö" * 4000
    await desk.says(LEA, f"!kaz beschluss Titel\nWortlaut: {wording}\nBegründung: {reasons}")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert wording in shown
    assert reasons in shown


async def test_the_history_names_who_did_what_and_the_editions(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    desk.clock.advance(hours=1)
    await desk.says(KIM, "!kaz beschluss BV-1 Arbeitsprogramm 2028")
    assert await desk.says(NIA, "!kaz verlauf BV-1") == [
        (
            "Verlauf von BV-1:\n\n"
            "- Mittwoch, 30. September 2026, 12:00 Uhr, Lea: eingereicht\n"
            "- Mittwoch, 30. September 2026, 13:00 Uhr, Kim: geändert, Fassung 2\n\n"
            "Fassungen:\n\n"
            "- Fassung 1, Mittwoch, 30. September 2026, Lea: Arbeitsprogramm 2027\n"
            "- Fassung 2, Mittwoch, 30. September 2026, Kim: Arbeitsprogramm 2028\n\n"
            "Eine Fassung lesen: !kaz zeige BV-1 Fassung 1"
        )
    ]


async def test_nobody_reads_a_paper_outside_of_the_committee(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.says(EVA, "!kaz zeige BV-1")
    assert last(desk).about == {"code": "not_allowed"}


async def test_another_committee_does_not_find_it(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    await desk.binds(PROJECT, kind="committee")
    await desk.says(EVA, "!kaz zeige BV-1")
    assert last(desk).about == {"code": "not_found"}


async def test_every_step_stands_in_the_trail_with_its_cause(desk: DeskAtWork) -> None:
    command = desk.said(LEA, WHOLE)
    await desk.hears(command)
    await desk.says(KIM, "!kaz beschluss BV-1 Kosten: keine")
    await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert await trail(desk) == [("filed", LEA), ("changed", KIM), ("withdrawn", LEA)]
    async with desk.store.work() as work:
        [entry] = await work.committee_trail.caused_by(command.event_id)
    assert (entry.event, entry.subject, dict(entry.details)) == ("filed", "BV-1", {})


async def test_a_replayed_event_files_nothing_twice(desk: DeskAtWork) -> None:
    command = desk.said(LEA, WHOLE)
    await desk.hears(command)
    assert await desk.hears(command) == []
    filed = await paper(desk)
    async with desk.store.work() as work:
        assert await work.papers.by_author(LEA) == [filed]


async def test_an_edited_message_changes_nothing(desk: DeskAtWork) -> None:
    command = desk.said(LEA, WHOLE)
    await desk.hears(command)
    assert await desk.edits(LEA, command.event_id, "!kaz beschluss Anderes") == []
    assert (await paper(desk)).title == "Arbeitsprogramm 2027"


async def test_what_was_filed_encrypted_is_never_shown_in_the_open(desk: DeskAtWork) -> None:
    await desk.says(LEA, WHOLE)
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, MAX, NIA, name="Gremium", powers={KIM: 50}, encrypted=False)
    )
    [shown] = await desk.says(LEA, "!kaz zeige BV-1")
    assert "Arbeitsprogramm" not in shown
    assert "Der Text steht hier nicht, denn dieser Raum ist nicht verschlüsselt." in shown
    [changed] = await desk.says(LEA, "!kaz beschluss BV-1 Kosten: keine")
    assert "Arbeitsprogramm" not in changed
    [history] = await desk.says(LEA, "!kaz verlauf BV-1")
    assert "Arbeitsprogramm" not in history


async def test_a_chair_named_in_the_settings_counts_instead_of_the_power_level(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(chairs=frozenset({MAX}))
    await desk.says(LEA, WHOLE)
    await desk.says(MAX, "!kaz beschluss BV-1 Kosten: keine")
    assert last(desk).told == "decision:changed"
    await desk.says(KIM, "!kaz beschluss BV-1 Kosten: 5")
    assert last(desk).told == "error:not_allowed"
