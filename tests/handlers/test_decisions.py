"""The register of decisions: read in the committee's room, and elsewhere as far as published."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from kaz_bot.domain.committee.ballots import Ballot, BallotId, Elector, Manner, Mode
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Edition, Paper, PaperState
from kaz_bot.messages import EventId, RoomId, UserId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MAX,
    PROCUREMENT,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import MORNING, room
from tests.register.records import NOON, enter


async def decided(
    desk: DeskAtWork, *titles: str, year: int = 2026, **changes: object
) -> list[Decision]:
    """The committee has decided these, in this order, in its encrypted room."""
    async with desk.store.work() as work:
        return [
            await enter(work, year=year, title=title, sealed=True, **changes) for title in titles
        ]


async def filed(desk: DeskAtWork, state: PaperState, title: str, **changes: object) -> Paper:
    """A paper that is still to be decided."""
    paper = Paper(
        id=PaperId(0),
        room_id=COMMITTEE,
        state=state,
        author=LEA,
        title=title,
        event_id=EventId("$filed"),
        sealed=True,
        filed_at=MORNING,
        changed_at=MORNING,
    )
    async with desk.store.work() as work:
        added = await work.papers.add(replace(paper, **changes))  # type: ignore[arg-type]  # by name
        await work.papers.add_edition(
            Edition(
                paper_id=added.id,
                number=1,
                title=title,
                author=LEA,
                event_id=EventId("$filed"),
                filed_at=MORNING,
            )
        )
    return added


async def voted_on(desk: DeskAtWork, paper: Paper, *people: UserId) -> None:
    """These are asked to vote on it within two days."""
    ballot = Ballot(
        id=BallotId(0),
        paper_id=paper.id,
        edition=1,
        room_id=COMMITTEE,
        manner=Manner.CIRCULATION,
        mode=Mode.CONSENSUS,
        quorum="majority",
        opened_by=KIM,
        event_id=EventId("$opened"),
        opened_at=MORNING,
        due_at=MORNING + timedelta(days=2),
    )
    electors = [
        Elector(ballot_id=BallotId(0), place=place, body=person, person=person)
        for place, person in enumerate(people)
    ]
    async with desk.store.work() as work:
        await work.ballots.add(ballot, electors)


async def ask(desk: DeskAtWork, person: UserId, text: str, room: RoomId | None = None) -> str:
    """What somebody is told first."""
    return (await desk.says(person, f"!kaz {text}", room=room))[0]


def posted(desk: DeskAtWork) -> str:
    """What stands in the file that was posted last."""
    return desk.homeserver.uploads[-1][1].content.decode("utf-8-sig")


async def test_the_latest_ten_are_told_and_how_many_there_are(desk: DeskAtWork) -> None:
    await decided(desk, *(f"Titel {number}" for number in range(1, 13)))
    told = await ask(desk, LEA, "beschlüsse")
    assert told.startswith("Die neuesten Beschlüsse dieses Gremiums:")
    assert "2026/12, Mittwoch, 30. September 2026: Titel 12" in told
    assert "2026/3," in told
    assert "2026/2," not in told
    assert "Insgesamt: 12." in told


async def test_an_empty_register_says_how_a_paper_is_filed(desk: DeskAtWork) -> None:
    assert "!kaz beschluss <Titel>" in await ask(desk, LEA, "beschlüsse")


async def test_those_of_a_year_are_told(desk: DeskAtWork) -> None:
    await decided(desk, "Altes", year=2025)
    await decided(desk, "Neues")
    assert "2025/1" in await ask(desk, LEA, "beschlüsse 2025")
    told = await ask(desk, LEA, "decisions 2026")
    assert "2026/1" in told
    assert "2025/1" not in told
    assert "keine" in await ask(desk, LEA, "beschlüsse 2024")


@on_both_databases
async def test_all_words_must_occur_however_they_are_typed(desk: DeskAtWork) -> None:
    await decided(desk, "Grüne Lösung für Straßen", "Grüne Wiese", "100 % Ökostrom")
    told = await ask(desk, LEA, "beschlüsse LOESUNG gruene strassen")
    assert "2026/1" in told
    assert "2026/2" not in told
    assert "2026/3" in await ask(desk, LEA, "beschlüsse 100 %")
    nothing = await ask(desk, LEA, "beschlüsse grüne Straßenbahn")
    assert "keine" in nothing
    assert "Versuchen Sie es mit weniger Wörtern" in nothing


async def test_a_wording_is_looked_through_as_well(desk: DeskAtWork) -> None:
    await decided(desk, "Titel", wording="Das ZIT-BB führt die Ausschreibung durch.")
    assert "2026/1" in await ask(desk, LEA, "beschlüsse ausschreibung zit-bb")


async def test_what_is_open_is_told_apart(desk: DeskAtWork) -> None:
    await decided(desk, "Getan", "Zu tun")
    async with desk.store.work() as work:
        await work.decisions.mark_done((await work.decisions.latest(2))[1].decision.number, NOON)
    await filed(desk, PaperState.DRAFT, "Entwurf")
    await filed(desk, PaperState.DEFERRED, "Vertagtes")
    await filed(desk, PaperState.WITHDRAWN, "Zurückgezogenes")
    await voted_on(desk, await filed(desk, PaperState.VOTING, "Strittiges"), LEA, MAX, KIM)
    undecided, _, undone = (await ask(desk, LEA, "beschlüsse offen")).partition("umgesetzt:")
    assert "BV-3, Entwurf: Entwurf" in undecided
    assert "BV-4, vertagt: Vertagtes" in undecided
    until = "BV-6, in Abstimmung bis Freitag, 2. Oktober 2026, 12:00 Uhr, es fehlen noch 3"
    assert f"{until}: Strittiges" in undecided
    assert "Zurückgezogenes" not in undecided
    assert "2026/2" in undone
    assert "2026/1" not in undone


async def test_papers_alone_are_open_too(desk: DeskAtWork) -> None:
    await filed(desk, PaperState.DRAFT, "Entwurf")
    told = await ask(desk, LEA, "beschlüsse offen")
    assert "BV-1, Entwurf: Entwurf" in told
    assert told.endswith("Eine Vorlage ansehen: !kaz zeige BV-1")


async def test_elsewhere_only_what_is_published_is_told(desk: DeskAtWork) -> None:
    await decided(desk, "Geheim", "Bekannt")
    assert "noch keinen Beschluss veröffentlicht" in await ask(desk, EVA, "beschlüsse")
    await desk.says(KIM, "!kaz veröffentlichen 2026/2")
    for_eva = await ask(desk, EVA, "beschlüsse")
    assert for_eva.startswith("Die neuesten veröffentlichten Beschlüsse:")
    assert "2026/2" in for_eva
    assert "2026/1" not in for_eva
    assert "2026/1" not in await ask(desk, ANN, "beschlüsse offen", PROCUREMENT)
    assert "2026/1" not in await ask(desk, EVA, "beschlüsse geheim", EVAS_CHAT)
    assert "gibt es hier nicht" in await ask(desk, EVA, "zeige 2026/1")
    assert "Bekannt" in await ask(desk, EVA, "zeige 2026/2", EVAS_CHAT)


async def test_a_decision_shows_all_that_the_register_says(desk: DeskAtWork) -> None:
    [decision] = await decided(desk, "Gemeinsame Ausschreibung")
    told = await ask(desk, LEA, "zeige 2026/1")
    assert told.startswith("Beschluss 2026/1: Gemeinsame Ausschreibung")
    assert "> Die Ausschreibung beginnt im März.\n> Das ZIT-BB führt sie durch." in told
    assert "Beschlossen: Mittwoch, 30. September 2026, 12:00 Uhr, einvernehmlich, im Umlauf" in told
    assert "Vorlage: BV-1, Fassung 2" in told
    assert "Städte- und Gemeindebund: Ja, durch die Vertretung" in told
    assert "ZIT-BB: keine Stimme" in told
    assert "MIK (Enthaltung) erklärt:\n\n> Die Finanzierung ab 2028 ist offen." in told
    assert "Nicht veröffentlicht" in told
    assert decision.digest in told
    assert await ask(desk, LEA, "beschlüsse 2026/1") == told


async def test_it_shows_the_tasks_that_follow_from_it_to_the_committee_alone(
    desk: DeskAtWork,
) -> None:
    await decided(desk, "Ausschreibung")
    assert "!kaz auftrag 2026/1" in await ask(desk, LEA, "zeige 2026/1")
    await desk.says(LEA, "!kaz auftrag 2026/1 Leistungen beschreiben bis 30.11.2026")
    assert "A-1, offen, Frist Montag, 30. November 2026: Leistungen beschreiben" in await ask(
        desk, LEA, "zeige 2026/1"
    )
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    assert "A-1" not in await ask(desk, EVA, "zeige 2026/1")


async def test_the_committee_hears_when_nothing_is_left_to_do_for_a_decision(
    desk: DeskAtWork,
) -> None:
    await decided(desk, "Ausschreibung")
    await desk.says(LEA, "!kaz auftrag 2026/1 Leistungen beschreiben bis 30.11.2026")
    await desk.says(LEA, "!kaz erledigt A-1")
    [done] = [sent for sent in desk.last if "de.kaz.decision" in sent.content]
    assert done.content["de.kaz.decision"] == {"id": "2026/1", "state": "done", "event": "done"}
    assert done.body.startswith("Beschluss 2026/1: Ausschreibung\n\nDer Beschluss ist umgesetzt.")
    assert "umgesetzt: Ausschreibung" in await ask(desk, LEA, "beschlüsse")


async def test_the_chair_publishes_and_is_told_that_it_is_for_good(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung")
    told = await ask(desk, KIM, "veröffentlichen 2026/1")
    assert "Das lässt sich nicht zurücknehmen." in told
    assert desk.last[-1].content["de.kaz.decision"] == {
        "id": "2026/1",
        "state": "passed",
        "event": "published",
    }
    assert desk.last[-1].content["m.mentions"] == {}
    desk.clock.advance(hours=1)
    again = await ask(desk, KIM, "publish 2026/1")
    assert "schon veröffentlicht, seit Mittwoch, 30. September 2026, 12:00 Uhr." in again
    assert "zurück" in await ask(desk, KIM, "veröffentlichen 2026/1 zurück")


async def test_only_the_chair_publishes(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung")
    await desk.says(LEA, "!kaz veröffentlichen 2026/1")
    assert desk.told(COMMITTEE) == ["error:not_allowed"]
    await desk.says(EVA, "!kaz veröffentlichen 2026/1")
    assert "keinen Beschluss" in await ask(desk, EVA, "beschlüsse")


async def test_a_number_that_does_not_exist_is_not_found(desk: DeskAtWork) -> None:
    assert "2026/77 gibt es hier nicht" in await ask(desk, LEA, "zeige 2026/77")
    assert desk.last[-1].content["de.kaz.error"] == {"code": "not_found"}
    await ask(desk, LEA, "zeige 2026/999999")
    assert desk.last[-1].content["de.kaz.error"] == {"code": "not_found"}


async def test_the_history_tells_of_the_paper_and_of_the_decision(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung")
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    told = await ask(desk, LEA, "history 2026/1")
    assert "Mittwoch, 30. September 2026, 12:00 Uhr, Kim: veröffentlicht" in told


async def test_the_register_comes_as_three_files_each_with_a_caption(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung", "Umlage")
    assert await desk.says(LEA, "!kaz beschlüsse datei") == [
        "Datei beschluesse.pdf mit 2 Beschlüssen dieses Gremiums.",
        "Datei: beschluesse.csv",
        "Datei: beschluesse.json",
    ]
    assert [file.media_type for _, file in desk.homeserver.uploads] == [
        "application/pdf",
        "text/csv",
        "application/json",
    ]


async def test_a_file_holds_what_was_asked_for(desk: DeskAtWork) -> None:
    await decided(desk, "Altes", year=2025)
    await decided(desk, "Neues")
    assert await ask(desk, LEA, "beschlüsse 2025 csv") == (
        "Datei beschluesse-2025.csv mit 1 Beschluss dieses Gremiums."
    )
    content = posted(desk)
    assert "Altes" in content
    assert "Neues" not in content


async def test_elsewhere_a_file_holds_what_is_published(desk: DeskAtWork) -> None:
    await decided(desk, "Geheim", "Bekannt")
    await desk.says(KIM, "!kaz veröffentlichen 2026/2")
    assert await ask(desk, EVA, "beschlüsse json") == (
        "Datei beschluesse.json mit 1 veröffentlichten Beschluss."
    )
    register = json.loads(posted(desk))
    assert [paper["name"] for paper in register["paper"]] == ["Bekannt"]
    assert not register["kaz:register"]["whole"]


async def test_without_any_there_is_no_file(desk: DeskAtWork) -> None:
    assert "leer" in await ask(desk, LEA, "beschlüsse pdf")
    assert [sent.content["msgtype"] for sent in desk.last] == ["m.notice"]


async def test_the_printed_register_names_the_committee_and_its_chair(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung")
    await desk.says(LEA, "!kaz beschlüsse pdf")
    _, file = desk.homeserver.uploads[-1]
    [first, *_] = PdfReader(BytesIO(file.content)).pages
    assert first.extract_text().startswith("Gremium\nBeschlussregister\nStand: Mittwoch")
    assert "Vorsitz Kim" in first.extract_text()


async def test_the_words_of_an_encrypted_room_stay_out_of_one_that_is_not(
    desk: DeskAtWork,
) -> None:
    await decided(desk, "Geheim", reasons="Streng geheim", lead="Geheimdienst")
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, name="Gremium", encrypted=False, powers={KIM: 50})
    )
    for text in ("beschlüsse", "beschlüsse offen", "zeige 2026/1", "verlauf 2026/1"):
        told = await ask(desk, LEA, text)
        assert "2026/1" in told
        assert "geheim" not in told.casefold()
    assert "fehlt hier: 1." in await ask(desk, LEA, "beschlüsse json")
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    assert "Geheim" in await ask(desk, LEA, "zeige 2026/1")


async def test_a_search_offers_its_own_files_and_says_when_nothing_is_found(
    desk: DeskAtWork,
) -> None:
    await decided(desk, "Ausschreibung der Akte")
    told = await ask(desk, LEA, "beschlüsse Akte Ausschreibung")
    assert "- Als Datei: !kaz beschlüsse Akte Ausschreibung pdf" in told
    assert (await ask(desk, LEA, "beschlüsse xyz")).startswith(
        "Beschlüsse mit allen diesen Wörtern: xyz. Es gibt hier keine."
    )


async def test_words_are_not_looked_for_where_they_may_not_be_shown(desk: DeskAtWork) -> None:
    await decided(desk, "Geheim", "Bekannt")
    await desk.says(KIM, "!kaz veröffentlichen 2026/2")
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, name="Gremium", encrypted=False, powers={KIM: 50})
    )
    told = await ask(desk, LEA, "beschlüsse geheim")
    assert "2026/1" not in told
    assert "Was aus verschlüsselten Räumen kommt, ist hier nicht durchsucht." in told
    assert "fehlt hier" not in await ask(desk, LEA, "beschlüsse geheim json")
    assert "2026/2" in await ask(desk, LEA, "beschlüsse bekannt")


async def test_the_register_goes_along_with_an_upgraded_room(desk: DeskAtWork) -> None:
    await decided(desk, "Ausschreibung")
    new = RoomId("!new:kaz.test")
    async with desk.store.work() as work:
        await work.rooms.move(COMMITTEE, new, MORNING)
    desk.homeserver.rooms.put(room(new, BOT, KIM, LEA, name="Gremium", powers={KIM: 50}))
    assert "2026/1" in await ask(desk, LEA, "beschlüsse", new)
    assert "Ausschreibung" in await ask(desk, LEA, "zeige 2026/1", new)
    assert "jetzt veröffentlicht" in await ask(desk, KIM, "veröffentlichen 2026/1", new)


async def test_another_committee_has_a_register_of_its_own(desk: DeskAtWork) -> None:
    await decided(desk, "Unseres")
    await decided(desk, "Fremdes", room_id=RoomId("!other:kaz.test"))
    assert "Fremdes" not in await ask(desk, LEA, "beschlüsse")
    assert "gibt es hier nicht" in await ask(desk, KIM, "veröffentlichen 2026/2")


async def test_english_rooms_are_told_in_english(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    await decided(desk, "Tender")
    assert (await ask(desk, LEA, "decisions")).startswith("The latest decisions of this committee:")
    assert "Städte- und Gemeindebund: Yes, by the deputy" in await ask(desk, LEA, "show 2026/1")
    assert "decisions-open.csv" in await ask(desk, LEA, "decisions open csv")
