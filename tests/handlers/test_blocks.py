"""A ticket may wait for a paper of the committee: its clock stands, and it wakes by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from kaz_bot.domain.committee.contents import canonical
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.rooms import Language
from kaz_bot.domain.tickets import Step, TicketId, possible_steps
from kaz_bot.errors import StaleRecord
from kaz_bot.forgetting import forget_user
from kaz_bot.messages import EventId
from kaz_bot.store import Work
from kaz_bot.texts import Texts
from kaz_bot.waking import wake
from tests.desk import (
    ANN,
    BEK,
    CEM,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MARKET,
    MAX,
    NIA,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import MORNING, Sent

SECRET = "Zinnober für alle"
PASSED = DecisionNumber(2026, 3)


async def file_paper(desk: DeskAtWork, state: PaperState = PaperState.DRAFT) -> None:
    """The committee has a paper, BV-1 of the first call; nobody else may know its title."""
    async with desk.store.work() as work:
        await work.papers.add(
            Paper(
                id=PaperId(0),
                room_id=COMMITTEE,
                state=state,
                author=KIM,
                title=SECRET,
                event_id=EventId("$paper"),
                sealed=True,
                decision=PASSED if state in {PaperState.PASSED, PaperState.DONE} else None,
                filed_at=MORNING,
                changed_at=MORNING,
            )
        )


async def decide(desk: DeskAtWork, state: PaperState, paper: int = 1) -> list[Sent]:
    """The committee decides; all the bot sends because of it."""

    async def deciding(work: Work, now: datetime) -> Sequence[DeskEvent]:
        found = await work.papers.get(PaperId(paper))
        number = PASSED if state is PaperState.PASSED else None
        decided = await work.papers.save(replace(found, state=state, decision=number))
        return await wake(work, decided, by=None, now=now)

    return await desk.ticks(deciding)


async def has_blocked(desk: DeskAtWork) -> EventId:
    """KAZ-1 is with Ann and waits for BV-1; Eva's thread."""
    await file_paper(desk)
    question = await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz blockiert KAZ-1 BV-1")
    return question


async def waiting_for(desk: DeskAtWork, paper: int = 1) -> list[int]:
    """The tickets that wait for the paper."""
    async with desk.store.work() as work:
        return [block.ticket_id for block in await work.blocks.on(PaperId(paper))]


@pytest.mark.parametrize("verb", ["blockiert", "blocked", "wartet auf", "waits for", "wartet"])
async def test_a_ticket_waits_for_a_paper(desk: DeskAtWork, verb: str) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    word, _, link = verb.partition(" ")
    await desk.says(ANN, f"!kaz {word} KAZ-1 {link} BV-1")
    assert (await desk.ticket(1)).state == "waiting"
    assert await waiting_for(desk) == [1]
    assert (desk.told(PROCUREMENT), desk.told(PROJECT)) == (["ticket:waiting"], ["ticket:waiting"])


async def test_both_sides_see_its_number_and_nothing_else_of_the_paper(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    [area], [asker] = desk.bodies(PROCUREMENT), desk.bodies(PROJECT)
    assert "KAZ-1 wartet jetzt auf das Steuerungsgremium: BV-1. Die Uhr steht." in area
    assert asker == (
        "KAZ-1: Ihre Anfrage wartet auf eine Entscheidung des Steuerungsgremiums (BV-1). "
        "Sie müssen nichts tun."
    )
    assert [sent.about["state"] for sent in desk.last] == ["waiting", "waiting"]
    await decide(desk, PaperState.PASSED)
    assert SECRET not in str(desk.homeserver.shown_in(PROCUREMENT))
    assert SECRET not in str(desk.homeserver.shown_in(PROJECT))


async def test_in_its_thread_the_number_may_be_left_out(desk: DeskAtWork) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz blockiert bv 1", thread=desk.root(1))
    assert await waiting_for(desk) == [1]


async def test_it_says_so_in_english(desk: DeskAtWork) -> None:
    await desk.binds(PROJECT, language=Language.EN)
    await desk.binds(PROCUREMENT, language=Language.EN)
    await has_blocked(desk)
    [asker] = desk.bodies(PROJECT)
    assert asker == (
        "KAZ-1: Your question waits for a decision of the steering committee (BV-1). "
        "You need not do anything."
    )
    await decide(desk, PaperState.PASSED)
    [area], [asker] = desk.bodies(PROCUREMENT), desk.bodies(PROJECT)
    assert "BV-1 is passed. It is decision 2026/3." in area
    assert "BV-1 is passed (decision 2026/3)." in asker


@pytest.mark.parametrize("state", ["new", "resolved", "closed", "withdrawn"])
async def test_only_what_somebody_works_on_can_wait(
    desk: DeskAtWork, texts: Texts, state: str
) -> None:
    await file_paper(desk)
    await desk.has_ticket(state)
    before = await desk.ticket(1)
    [refusal] = await desk.says(ANN, "!kaz blockiert 1 BV-1")
    possible = possible_steps(before.state)
    facts = {"ticket": before, "step": Step.BLOCK, "possible": possible, "named": None}
    assert refusal == texts.render("refusal/wrong_state", "de", facts).body
    assert (desk.told(PROCUREMENT), await waiting_for(desk)) == (["error:bad_state"], [])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PaperState.PASSED, "Die Vorlage ist angenommen: Beschluss 2026/3."),
        (PaperState.DONE, "Die Vorlage ist angenommen: Beschluss 2026/3."),
        (PaperState.REJECTED, "Die Vorlage ist abgelehnt."),
        (PaperState.WITHDRAWN, "Die Vorlage ist zurückgezogen."),
    ],
)
async def test_for_what_is_decided_nobody_waits(
    desk: DeskAtWork, state: PaperState, said: str
) -> None:
    await file_paper(desk, state)
    await desk.has_ticket("claimed")
    [refusal] = await desk.says(ANN, "!kaz blockiert 1 BV-1")
    assert said in refusal
    assert desk.told(PROCUREMENT) == ["error:bad_state"]
    assert (await desk.ticket(1)).state == "claimed"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("blockiert 1 BV-9", "error:not_found"),
        ("blockiert 1", "error:bad_argument"),
        ("blockiert 1 KAZ-2", "error:bad_argument"),
        ("blockiert 1 BV-1 und BV-2", "error:bad_argument"),
        ("blockiert BV-1", "error:bad_argument"),
        ("blockiert 1 aufheben", "error:bad_state"),
    ],
)
async def test_what_is_no_paper_is_refused(desk: DeskAtWork, command: str, told: str) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {command}")
    assert desk.told(PROCUREMENT) == [told]
    assert (await desk.ticket(1)).state == "claimed"


async def test_only_its_area_makes_it_wait(desk: DeskAtWork) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    await desk.says(CEM, "!kaz blockiert 1 BV-1")
    await desk.says(EVA, "!kaz blockiert 1 BV-1")
    await desk.says(KIM, "!kaz blockiert 1 BV-1")
    assert await waiting_for(desk) == []


async def test_talk_in_a_direct_chat_that_begins_like_it_is_talk(desk: DeskAtWork) -> None:
    await desk.says(EVA, "Wartet bitte noch.", room=EVAS_CHAT)
    assert "error:not_allowed" not in desk.told(EVAS_CHAT)


async def test_the_same_again_changes_nothing(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    [answer] = await desk.says(BEK, "!kaz blockiert 1 BV-1")
    assert "KAZ-1 wartet schon auf BV-1." in answer
    assert desk.told(PROJECT) == []


async def test_the_last_paper_named_is_the_one_it_waits_for(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await file_paper(desk)
    await desk.says(ANN, "!kaz blockiert 1 BV-2")
    assert (await waiting_for(desk), await waiting_for(desk, 2)) == ([], [1])
    assert await decide(desk, PaperState.PASSED) == []
    assert (await desk.ticket(1)).state == "waiting"


async def test_it_can_be_lifted(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(BEK, "!kaz blockiert KAZ-1 aufheben")
    assert (await desk.ticket(1)).state == "claimed"
    assert (await desk.ticket(1)).assignee == ANN
    assert (desk.told(PROCUREMENT), desk.told(PROJECT)) == (["ticket:claimed"], ["ticket:claimed"])
    assert await waiting_for(desk) == []


async def test_while_it_waits_its_clock_stands(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    desk.clock.advance(days=2)
    await desk.says(BEK, "!kaz blockiert KAZ-1 aufheben")
    [shown] = await desk.says(EVA, "!kaz status 1")
    # Two of the eight hours are left on Friday, whose business ends at 14:00.
    assert "- Erste Antwort: bis Montag, 5. Oktober 2026, 14:00 Uhr\n" in shown


@pytest.mark.parametrize(
    ("state", "area", "asker"),
    [
        (
            PaperState.PASSED,
            "BV-1 ist angenommen. Das ist der Beschluss 2026/3.",
            "BV-1 ist angenommen (Beschluss 2026/3).",
        ),
        (PaperState.REJECTED, "BV-1 ist abgelehnt.", "BV-1 ist abgelehnt."),
        (
            PaperState.WITHDRAWN,
            "BV-1 ist zurückgezogen. Das Steuerungsgremium entscheidet darüber nicht.",
            "BV-1 ist zurückgezogen. Das Steuerungsgremium entscheidet darüber nicht.",
        ),
    ],
)
async def test_it_wakes_by_itself_with_the_outcome(
    desk: DeskAtWork, state: PaperState, area: str, asker: str
) -> None:
    question = await has_blocked(desk)
    told = await decide(desk, state)
    ticket = await desk.ticket(1)
    assert (ticket.state, ticket.assignee) == ("claimed", ANN)
    assert [(sent.room_id, sent.thread, sent.told, sent.calls) for sent in told] == [
        (PROJECT, question, "ticket:claimed", []),
        (PROCUREMENT, desk.root(1), "ticket:claimed", [ANN]),
    ]
    assert (asker in desk.bodies(PROJECT)[0], area in desk.bodies(PROCUREMENT)[0]) == (True, True)
    assert await waiting_for(desk) == []


async def test_it_wakes_once(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await decide(desk, PaperState.PASSED)
    assert await decide(desk, PaperState.PASSED) == []


async def test_what_was_lifted_is_not_woken(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(BEK, "!kaz blockiert KAZ-1 aufheben")
    assert await decide(desk, PaperState.PASSED) == []


@pytest.mark.parametrize("state", [PaperState.DRAFT, PaperState.VOTING])
async def test_as_long_as_nothing_is_decided_it_waits(desk: DeskAtWork, state: PaperState) -> None:
    await has_blocked(desk)
    assert await decide(desk, state) == []
    assert (await desk.ticket(1)).state == "waiting"


async def test_of_a_paper_that_was_put_off_its_area_hears(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    [told] = await decide(desk, PaperState.DEFERRED)
    assert (told.room_id, told.told) == (PROCUREMENT, "ticket:waiting")
    assert told.body == "KAZ-1 wartet weiter. Das Steuerungsgremium hat BV-1 vertagt."
    assert await waiting_for(desk) == [1]


async def test_if_whoever_has_it_has_left_the_others_are_asked(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    desk.homeserver.rooms.leave(PROCUREMENT, ANN)
    await decide(desk, PaperState.PASSED)
    [told] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert "nicht mehr in diesem Raum. Wer übernimmt? !kaz zuweisen @wer KAZ-1" in told.body
    assert (told.calls, told.content["msgtype"]) == ([], "m.text")


async def test_all_that_wait_for_it_go_on(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket("claimed", asker=UDO)
    await desk.says(ANN, "!kaz blockiert KAZ-2 BV-1")
    await decide(desk, PaperState.REJECTED)
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == ("claimed", "claimed")
    assert desk.told(MARKET) == ["ticket:claimed"]


async def test_what_the_asker_writes_is_relayed_but_does_not_wake_it(desk: DeskAtWork) -> None:
    question = await has_blocked(desk)
    await desk.says(EVA, "Wann geht es weiter?", thread=question)
    [relayed] = desk.last
    assert (relayed.room_id, relayed.calls) == (PROCUREMENT, [ANN])
    assert (await desk.ticket(1)).state == "waiting"
    async with desk.store.work() as work:
        clock = await work.clocks.get(TicketId(1))
    assert clock is not None
    assert clock.stands


@pytest.mark.parametrize("command", ["antwort Bald.", "rückfrage Wie teuer?", "notiz Bald."])
async def test_meanwhile_people_go_on_talking(desk: DeskAtWork, command: str) -> None:
    await has_blocked(desk)
    await desk.says(ANN, f"!kaz {command}", thread=desk.root(1))
    assert not [sent for sent in desk.last if sent.told.startswith("error")]
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("waiting", [1])


async def test_what_was_asked_back_may_wait_for_the_committee_too(desk: DeskAtWork) -> None:
    await file_paper(desk)
    question = await desk.has_ticket("waiting")
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    await desk.says(EVA, "90.000 Euro.", thread=question)
    assert (await desk.ticket(1)).state == "waiting"
    await decide(desk, PaperState.PASSED)
    assert (await desk.ticket(1)).state == "claimed"


OWED = "Offen ist noch die Rückfrage an Sie. Bitte antworten Sie in diesem Thread."


async def test_what_waits_may_be_asked_back_and_shows_both(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(ANN, "!kaz rückfrage KAZ-1 Wie teuer?")
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert "KAZ-1: wartet auf BV-1 und auf Rückmeldung" in shown
    assert "- Wartet auch auf Sie\n" in shown
    await decide(desk, PaperState.PASSED)
    assert (await desk.ticket(1)).state == "waiting"
    assert OWED in desk.bodies(PROJECT)[-1]
    assert "Offen ist noch die Rückfrage, die Uhr steht weiter." in desk.bodies(PROCUREMENT)[-1]


async def test_with_the_answer_it_goes_on_then(desk: DeskAtWork) -> None:
    question = await has_blocked(desk)
    await desk.says(ANN, "!kaz rückfrage KAZ-1 Wie teuer?")
    await decide(desk, PaperState.PASSED)
    await desk.says(EVA, "90.000 Euro.", thread=question)
    assert (await desk.ticket(1)).state == "claimed"


async def test_what_was_answered_meanwhile_is_not_waited_for(desk: DeskAtWork) -> None:
    question = await has_blocked(desk)
    await desk.says(ANN, "!kaz rückfrage KAZ-1 Wie teuer?")
    desk.clock.advance(minutes=1)
    await desk.says(EVA, "90.000 Euro.", thread=question)
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert "KAZ-1: wartet auf BV-1\n" in shown
    await decide(desk, PaperState.PASSED)
    assert (await desk.ticket(1)).state == "claimed"


async def test_who_owes_an_answer_is_told_so_when_it_is_blocked(desk: DeskAtWork) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz rückfrage KAZ-1 Wie teuer?")
    await desk.says(ANN, "!kaz blockiert KAZ-1 BV-1")
    [asker] = desk.bodies(PROJECT)
    assert OWED in asker
    assert "Sie müssen nichts tun" not in asker
    await desk.says(ANN, "!kaz blockiert KAZ-1 aufheben")
    assert (await desk.ticket(1)).state == "waiting"
    assert OWED in desk.bodies(PROJECT)[-1]


async def test_a_refused_step_does_not_say_that_a_reply_is_missing(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    [refusal] = await desk.says(EVA, "!kaz öffnen 1")
    assert "Stand der Anfrage: wartet." in refusal


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ("lösen 1 Ja.", "resolved"),
        ("schließen 1 Doppelt.", "closed"),
    ],
)
async def test_what_has_ended_waits_no_more(desk: DeskAtWork, command: str, state: str) -> None:
    await has_blocked(desk)
    await desk.says(ANN, f"!kaz {command}")
    assert (await desk.ticket(1)).state == state
    assert desk.told(PROJECT) == [f"ticket:{state}"]
    assert await waiting_for(desk) == []
    assert await decide(desk, PaperState.PASSED) == []


async def test_what_was_withdrawn_waits_no_more(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(EVA, "!kaz zurückziehen 1")
    assert await waiting_for(desk) == []
    assert await decide(desk, PaperState.PASSED) == []


async def test_what_was_released_waits_no_more_and_says_so(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(ANN, "!kaz freigeben 1")
    assert desk.bodies(PROCUREMENT)[-1] == "KAZ-1 wartet nicht mehr auf BV-1."
    assert "wartet nicht mehr auf das Steuerungsgremium (BV-1)" in desk.bodies(PROJECT)[-1]
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("new", [])


async def test_what_was_routed_waits_no_more_and_says_so_there(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    assert desk.bodies(SECURITY)[-1] == "KAZ-1 wartet nicht mehr auf BV-1."
    assert desk.last[-1].thread == desk.root(1, SECURITY)
    assert await waiting_for(desk) == []


async def test_in_other_hands_it_waits_on(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.says(ANN, "!kaz zuweisen @bek 1")
    assert await waiting_for(desk) == [1]
    await decide(desk, PaperState.PASSED)
    assert [sent.calls for sent in desk.last if sent.room_id == PROCUREMENT] == [[BEK]]


async def test_those_merged_into_it_wait_and_wake_with_it(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz claim 1")
    await file_paper(desk)
    await desk.says(ANN, "!kaz blockiert 2 BV-1")
    assert (desk.told(MARKET), (await desk.ticket(2)).state) == (["ticket:waiting"], "waiting")
    [shown] = await desk.says(UDO, "!kaz status 2")
    assert "KAZ-2: wartet auf BV-1" in shown
    await decide(desk, PaperState.PASSED)
    assert (desk.told(MARKET), (await desk.ticket(2)).state) == (["ticket:claimed"], "claimed")
    assert desk.told(PROCUREMENT) == ["ticket:claimed"]


async def test_a_merge_takes_the_wait_along(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket("claimed", asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 2 1")
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == ("waiting", "waiting")
    assert await waiting_for(desk) == [2]
    [udo] = desk.bodies(MARKET)
    assert "KAZ-2: Ihre Anfrage wartet auf eine Entscheidung" in udo
    assert "KAZ-2 wartet jetzt auf das Steuerungsgremium: BV-1." in desk.bodies(PROCUREMENT)[-1]
    await decide(desk, PaperState.PASSED)
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == ("claimed", "claimed")


async def test_but_not_to_what_nobody_works_on_and_says_so(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 2 1")
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("new", [])
    assert "KAZ-1 wartet nicht mehr auf BV-1." in desk.bodies(PROCUREMENT)[-1]
    assert "wartet nicht mehr auf das Steuerungsgremium (BV-1)" in desk.bodies(PROJECT)[-1]


async def test_whoever_is_merged_into_what_waits_hears_of_it(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket("claimed", asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    assert "KAZ-2: Ihre Anfrage wartet auf eine Entscheidung" in desk.bodies(MARKET)[-1]
    assert [body for body in desk.bodies(PROJECT) if "KAZ-1" in body] == []


async def test_of_two_that_wait_for_the_same_nothing_is_said(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket("claimed", asker=UDO)
    await desk.says(ANN, "!kaz blockiert KAZ-2 BV-1")
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    assert ((await desk.ticket(2)).state, await waiting_for(desk)) == ("waiting", [1])
    assert not [body for body in desk.bodies(PROCUREMENT) if "wartet nicht mehr" in body]


async def test_who_leads_instead_waits_on(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(EVA, "!kaz zurückziehen 1")
    assert await waiting_for(desk) == [2]
    await decide(desk, PaperState.PASSED)
    assert ((await desk.ticket(2)).state, desk.told(MARKET)) == ("claimed", ["ticket:claimed"])


async def test_who_leads_instead_of_a_forgotten_asker_waits_on(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    async with desk.store.work() as work:
        await forget_user(work, EVA, desk.clock.now())
    assert await waiting_for(desk) == [2]


async def test_what_a_forgotten_specialist_had_waits_no_more(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    async with desk.store.work() as work:
        await forget_user(work, ANN, desk.clock.now())
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("new", [])


async def test_what_a_forgotten_asker_asked_waits_no_more(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    async with desk.store.work() as work:
        await forget_user(work, EVA, desk.clock.now())
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("withdrawn", [])


async def test_whoever_looks_sees_what_it_waits_for(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    [status] = await desk.says(EVA, "!kaz status 1")
    assert "KAZ-1: wartet auf BV-1\n" in status
    assert "- Wartet auf das Steuerungsgremium: BV-1, die Uhr steht\n" in status
    assert "Das Steuerungsgremium hat noch nicht entschieden." in status
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "KAZ-1: wartet auf BV-1\n" in shown
    [mine] = await desk.says(EVA, "!kaz meine")
    assert "KAZ-1, wartet auf BV-1, die Uhr steht" in mine
    [listed] = await desk.says(ANN, "!kaz liste")
    assert "KAZ-1, wartet auf BV-1, Ann, die Uhr steht" in listed


async def test_its_history_tells_of_it(desk: DeskAtWork) -> None:
    await has_blocked(desk)
    await decide(desk, PaperState.PASSED)
    [history] = await desk.says(ANN, "!kaz verlauf 1")
    assert "Ann: wartet auf das Gremium (BV-1)" in history
    assert "von selbst: das Gremium hat entschieden (BV-1)" in history


async def test_in_a_direct_chat_plain_words_answer_only_what_was_asked(desk: DeskAtWork) -> None:
    await file_paper(desk)
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    await desk.says(EVA, "Zinnober", room=EVAS_CHAT)
    assert desk.told(PROCUREMENT) == []
    await desk.says(ANN, "!kaz rückfrage 1 Wie teuer?")
    await desk.says(EVA, "90.000 Euro", room=EVAS_CHAT)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]
    assert (await desk.ticket(1)).state == "waiting"


@on_both_databases
async def test_a_paper_decided_at_the_same_moment_is_not_missed(desk: DeskAtWork) -> None:
    await file_paper(desk)
    await desk.has_ticket("claimed")
    async with desk.store.work() as work:
        read = await work.papers.get(PaperId(1))
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    async with desk.store.work() as work:
        with pytest.raises(StaleRecord):
            await work.papers.save(replace(read, state=PaperState.REJECTED))


async def test_the_committees_own_vote_wakes_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, f"!kaz beschluss {SECRET}")
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    [shown] = await desk.says(KIM, "!kaz zeige BV-1")
    assert "KAZ-1" in shown
    await desk.says(KIM, "!kaz abstimmung BV-1")
    await desk.takes(*(desk.said(person, "!kaz ja BV-1") for person in (KIM, LEA, MAX, NIA)))
    assert "BV-1 ist angenommen. Das ist der Beschluss 2026/1." in desk.bodies(PROCUREMENT)[0]
    assert ((await desk.ticket(1)).state, await waiting_for(desk)) == ("claimed", [])
    async with desk.store.work() as work:
        [entry] = await work.decisions.all()
    assert (len(entry.decision.votes), "@" in canonical(entry.decision)) == (4, False)


async def test_so_does_its_withdrawal(desk: DeskAtWork) -> None:
    await desk.says(KIM, f"!kaz beschluss {SECRET}")
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz blockiert 1 BV-1")
    await desk.says(KIM, "!kaz beschluss zurückziehen BV-1")
    assert "BV-1 ist zurückgezogen." in desk.bodies(PROCUREMENT)[0]
    assert (await desk.ticket(1)).state == "claimed"
