"""Each reader is told what they wait for, in a few lines."""

from datetime import date, timedelta

import pytest

from tests.committee import opens as opens_a_vote
from tests.committee import seats
from tests.desk import (
    ANN,
    BEK,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    MAX,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.digesting.records import has_proposed, has_solution
from tests.digests import asks_weekly, direct_chat, monday, opens
from tests.fakes import MORNING

FOOTER = "\n\nÖfter, seltener oder gar nicht: !kaz digest"


@on_both_databases
async def test_a_project_room_reads_what_became_of_its_questions(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(minutes=1)
    await desk.has_ticket("waiting")
    await desk.has_ticket("resolved")
    await desk.has_ticket("claimed")
    await desk.has_ticket("closed")
    await desk.says(EVA, "!kaz frist Verwendungsnachweis bis 8.10.")
    await desk.says(EVA, "!kaz frist Jahresbericht bis 8.12.")
    await has_solution(desk)
    assert await monday(desk, PROJECT) == (
        "Die Woche im Überblick (seit Mittwoch, 30. September 2026)\n\n"
        "Wartet auf Ihre Antwort:\n\n"
        "- KAZ-1, seit 5 Tagen: Dürfen wir freihändig vergeben?\n\n"
        "Ansehen: !kaz zeige KAZ-1\n\n"
        "Beantwortet:\n\n"
        "- KAZ-2: Dürfen wir freihändig vergeben?\n\n"
        "Ansehen: !kaz zeige KAZ-2\n\n"
        "Noch offen:\n\n"
        "- KAZ-3, übernommen, gestellt vor 5 Tagen: Dürfen wir freihändig vergeben?\n\n"
        "Fristen:\n\n"
        "- Frist 1, Donnerstag, 8. Oktober 2026: Verwendungsnachweis\n\n"
        "Neue Musterlösungen:\n\n"
        "- L-1: Auftragsverarbeitung prüfen; Vergabe & Lizenzen, "
        f"Stand Mittwoch, 30. September 2026\n\nAnsehen: !kaz zeige L-1{FOOTER}"
    )


async def test_of_many_questions_three_are_named_and_the_others_counted(desk: DeskAtWork) -> None:
    await opens(desk)
    for _ in range(7):
        await desk.has_ticket()
    told = await monday(desk, PROJECT)
    assert [line[:7] for line in told.splitlines() if line.startswith("- ")] == [
        *("- KAZ-1", "- KAZ-2", "- KAZ-3"),
        "- und 4",
    ]
    assert len(told) < 900


async def test_what_was_answered_before_the_last_one_and_is_ended_is_not_told_again(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await desk.has_ticket("resolved")
    await monday(desk, PROJECT)
    assert "Beantwortet" not in (await desk.says(EVA, "!kaz digest jetzt"))[0]
    await desk.says(ANN, "!kaz schließen 1 Erledigt.")
    desk.clock.advance(days=3)
    (answer,) = await desk.says(EVA, "!kaz digest jetzt")
    assert answer == (
        "Der Stand im Überblick: Seit Montag, 5. Oktober 2026, gibt es nichts Neues. "
        "Es ist auch nichts offen."
    )


async def test_published_decisions_are_told_in_project_rooms(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(minutes=1)
    await seats(desk)
    await opens_a_vote(desk)
    await desk.says(KIM, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    assert "Neue Beschlüsse:\n\n- 2026/1: Ein Portal" in await monday(desk, PROJECT)


@on_both_databases
async def test_an_area_reads_what_is_overdue_unclaimed_and_waiting(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket()
    await desk.has_ticket("waiting")
    await desk.has_ticket("resolved")
    desk.clock.advance(days=4, hours=19)
    await desk.has_ticket()
    desk.clock.advance(days=-4, hours=-19)
    assert await monday(desk, PROCUREMENT) == (
        "Die Woche im Fachgebiet Vergabe & Lizenzen (seit Mittwoch, 30. September 2026)\n\n"
        "Überfällig:\n\n"
        "- KAZ-1, neu, seit 4 Tagen: Dürfen wir freihändig vergeben?\n\n"
        "Ansehen: !kaz zeige KAZ-1\n\n"
        "Noch nicht übernommen:\n\n"
        "- KAZ-4, seit heute: Dürfen wir freihändig vergeben?\n\n"
        "Übernehmen: !kaz übernehmen <Nummer>\n\n"
        "Wartet auf Rückmeldung:\n\n"
        "- KAZ-2, seit 5 Tagen: Dürfen wir freihändig vergeben?\n\n"
        "Auslastung:\n\n"
        "- Zurzeit: 2 neu, 0 in Bearbeitung, 1 wartet auf Rückmeldung\n"
        "- Neue Anfragen: 4\n"
        f"- Gelöst: 1{FOOTER}"
    )


async def test_what_waits_for_the_committee_does_not_wait_for_the_asker(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket("claimed")
    await opens_a_vote(desk)
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    told = await monday(desk, PROJECT)
    assert "- KAZ-1, wartet auf BV-1, gestellt vor 5 Tagen:" in told
    assert "Wartet auf Ihre Antwort" not in told


async def test_an_area_reads_which_solutions_wait_and_which_are_stale(desk: DeskAtWork) -> None:
    await opens(desk)
    await has_proposed(desk, "Rahmenvertrag")
    long_ago = MORNING - timedelta(days=300)
    await has_solution(desk, "Wertgrenzen", released_at=long_ago, valid_until=date(2026, 9, 30))
    told = await monday(desk, PROCUREMENT)
    assert "Musterlösungen, die auf Freigabe warten:\n\n- L-1: Rahmenvertrag\n" in told
    assert (
        "Veraltete Musterlösungen:\n\n- L-2: Wertgrenzen; galt bis Mittwoch, 30. September 2026\n"
    ) in told


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((3, 3, 3, 3, 3), 7, "mehr als sonst"),
        ((3, 3, 3, 3, 3), 4, "etwa so viele wie sonst"),
        ((5, 5, 5, 5, 5), 1, "weniger als sonst"),
    ],
)
async def test_the_load_is_compared_with_the_weeks_before(
    desk: DeskAtWork, before: tuple[int, ...], now: int, said: str
) -> None:
    await asks_weekly(desk, *before, now)
    told = await says_now(desk)
    assert f"- Neue Anfragen: {now}, {said}\n" in told


async def says_now(desk: DeskAtWork) -> str:
    """An area asks for a digest of the past week."""
    await desk.says(ANN, "!kaz digest aus")
    await desk.says(ANN, "!kaz digest jetzt")
    return desk.bodies(PROCUREMENT)[0]


async def test_days_are_not_compared(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 3, 3, 3, 3)
    await opens(desk)
    desk.clock.advance(days=1)
    await desk.has_ticket()
    desk.clock.advance(minutes=1)
    (told, *_) = await desk.says(ANN, "!kaz digest jetzt")
    assert "- Neue Anfragen: 1\n" in told


async def test_of_a_few_weeks_nobody_knows_what_is_usual(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 3, 3, 9)
    assert "sonst" not in await says_now(desk)


@on_both_databases
async def test_the_committee_reads_who_is_missing_what_is_due_and_when_it_meets(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await seats(desk)
    await opens_a_vote(desk, "im Umlauf bis 7.10. 12 Uhr")
    await desk.says(KIM, "!kaz ja BV-1")
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 2.10.")
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    await desk.says(KIM, "!kaz auftrag Schulung @max bis 5.10.")
    await desk.says(KIM, "!kaz auftrag Bericht @nia bis 16.10.")
    await desk.says(KIM, "!kaz auftrag Haushalt @nia bis 16.12.")
    await desk.says(KIM, "!kaz sitzung 15.10. 13 Uhr Potsdam")
    await desk.says(KIM, "!kaz top BV-1")
    await desk.says(KIM, "!kaz top Verschiedenes")
    assert await monday(desk, COMMITTEE) == (
        "Die Woche im Überblick (seit Mittwoch, 30. September 2026)\n\n"
        "Offene Abstimmungen:\n\n"
        "- BV-1: Ein Portal; bis Mittwoch, 7. Oktober 2026, 12:00 Uhr; es fehlt: MIK\n\n"
        "Abstimmen: !kaz ja BV-1\n\n"
        "Aufträge:\n\n"
        "- A-1 (rot: überfällig seit 1 Arbeitstag): Konzept\n"
        "- A-3 (gelb: heute fällig): Schulung\n"
        "- A-2 (gelb: noch nicht zugesagt, fällig in 3 Tagen): Zuarbeit\n"
        "- A-4 (grün: im Plan, fällig in 11 Tagen): Bericht\n\n"
        "Nächste Sitzung:\n\n"
        "- S-1: Donnerstag, 15. Oktober 2026, 13:00 Uhr; Potsdam. "
        f"Themen: BV-1: Ein Portal; Verschiedenes{FOOTER}"
    )


async def test_the_committee_reads_what_it_decided(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(minutes=1)
    await seats(desk)
    await opens_a_vote(desk)
    await desk.says(KIM, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    assert "Neue Beschlüsse:\n\n- 2026/1: Ein Portal" in await monday(desk, COMMITTEE)


@on_both_databases
async def test_an_asker_reads_their_own(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    desk.clock.advance(minutes=1)
    await desk.has_ticket("waiting")
    await desk.has_ticket("resolved")
    await desk.has_ticket(asker=UDO)
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    await desk.says(EVA, "frist Vermerk bis 9.10.", room=EVAS_CHAT)
    assert await monday(desk, EVAS_CHAT) == (
        "Die Woche im Überblick (seit Mittwoch, 30. September 2026)\n\n"
        "Wartet auf Ihre Antwort:\n\n"
        "- KAZ-1, seit 5 Tagen: Dürfen wir freihändig vergeben?\n\n"
        "Ansehen: !kaz zeige KAZ-1\n\n"
        "Beantwortet:\n\n"
        "- KAZ-2: Dürfen wir freihändig vergeben?\n\n"
        "Ansehen: !kaz zeige KAZ-2\n\n"
        "Ihre Aufträge:\n\n"
        "- A-1 (gelb: noch nicht zugesagt, fällig in 3 Tagen): Zuarbeit\n\n"
        "Fristen:\n\n"
        f"- Frist 1, Freitag, 9. Oktober 2026: Vermerk{FOOTER}"
    )


async def test_a_specialist_reads_what_is_theirs_to_do(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, ANN)
    await desk.says(ANN, "digest an", room=chat)
    await desk.has_ticket("claimed")
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(BEK, "!kaz claim 3")
    told = await monday(desk, chat)
    assert "Das bearbeiten Sie:\n\n- KAZ-1, übernommen, gestellt vor 5 Tagen:" in told
    assert "Überfällig:\n\n- KAZ-1, übernommen, seit 4 Tagen" in told
    assert "Auslastung" not in told


async def test_a_member_reads_of_votes_in_which_their_body_is_missing(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, MAX)
    await desk.says(MAX, "digest an", room=chat)
    await seats(desk)
    await opens_a_vote(desk, "im Umlauf bis 7.10. 12 Uhr")
    assert (
        "Abstimmungen ohne Ihre Stimme:\n\n"
        "- BV-1: Ein Portal; bis Mittwoch, 7. Oktober 2026, 12:00 Uhr; für MIK"
    ) in await monday(desk, chat)


async def test_who_has_voted_is_not_told_of_it(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, MAX)
    await desk.says(MAX, "digest an", room=chat)
    await seats(desk)
    await opens_a_vote(desk, "im Umlauf bis 7.10. 12 Uhr")
    await desk.says(MAX, "!kaz ja BV-1")
    assert "BV-1" not in await monday(desk, chat)


async def test_what_another_question_leads_is_no_load_of_its_own(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(ANN, "!kaz merge 2 1")
    (told, *_) = await desk.says(ANN, "!kaz digest jetzt")
    assert "- Zurzeit: 1 neu, 0 in Bearbeitung, 0 warten auf Rückmeldung\n" in told
