"""The states of a ticket and the only steps between them, as people meet them."""

import pytest

from kaz_bot.domain.tickets import ALLOWED_FROM, Step, TicketId, TicketState, possible_steps
from kaz_bot.jobs.closing import Closing
from kaz_bot.texts import Texts
from tests.desk import ANN, EVA, PROCUREMENT, PROJECT, DeskAtWork

COMMANDS = {
    Step.CLAIM: (ANN, "claim 1"),
    Step.RELEASE: (ANN, "release 1"),
    Step.ASSIGN: (ANN, "assign @bek 1"),
    Step.ROUTE: (ANN, "route sicherheit 1"),
    Step.REPLY: (ANN, "reply 1 Ja."),
    Step.QUERY: (ANN, "query 1 Wie teuer?"),
    Step.RESOLVE: (ANN, "resolve 1 Ja."),
    Step.CLOSE: (ANN, "close 1 Doppelt."),
    Step.WITHDRAW: (EVA, "withdraw 1"),
    Step.REOPEN: (EVA, "reopen 1"),
    Step.PRIORITY: (ANN, "priority high 1"),
    Step.MERGE: (ANN, "merge 2 1"),
}
LEADS_TO = {
    Step.CLAIM: TicketState.CLAIMED,
    Step.RELEASE: TicketState.NEW,
    Step.ROUTE: TicketState.NEW,
    Step.QUERY: TicketState.WAITING,
    Step.RESOLVE: TicketState.RESOLVED,
    Step.CLOSE: TicketState.CLOSED,
    Step.WITHDRAW: TicketState.WITHDRAWN,
    Step.REOPEN: TicketState.CLAIMED,
    # The state of the ticket it is merged into.
    Step.MERGE: TicketState.NEW,
}
# Whoever claims what is their own has it already.
OWN_CLAIM = {(Step.CLAIM, TicketState.CLAIMED), (Step.CLAIM, TicketState.WAITING)}
# What an offered answer needs is shown in test_offers.py, and what a block needs in test_blocks.py.
ELSEWHERE = {Step.FITS, Step.BLOCK}
EVERY = [(step, state) for step in Step if step not in ELSEWHERE for state in TicketState]
POSSIBLE = [(step, state) for step, state in EVERY if state in ALLOWED_FROM[step]]
REFUSED = [pair for pair in EVERY if pair not in POSSIBLE and pair not in OWN_CLAIM]


@pytest.mark.parametrize(("step", "state"), POSSIBLE)
async def test_a_possible_step_is_taken(desk: DeskAtWork, step: Step, state: TicketState) -> None:
    await desk.has_ticket(state)
    await desk.has_ticket()
    person, command = COMMANDS[step]
    await desk.says(person, f"!kaz {command}")
    assert not [sent.told for sent in desk.last if sent.told.startswith("error")]
    assert (await desk.ticket(1)).state is LEADS_TO.get(step, _after(step, state))


def _after(step: Step, state: TicketState) -> TicketState:
    claims = step is Step.ASSIGN and state is TicketState.NEW
    return TicketState.CLAIMED if claims else state


@pytest.mark.parametrize(("step", "state"), REFUSED)
async def test_any_other_step_is_refused_naming_the_possible_ones(
    desk: DeskAtWork, texts: Texts, step: Step, state: TicketState
) -> None:
    await desk.has_ticket(state)
    await desk.has_ticket()
    before = await desk.ticket(1)
    person, command = COMMANDS[step]
    [refusal] = await desk.says(person, f"!kaz {command}")
    assert [sent.told for sent in desk.last] == ["error:bad_state"]
    facts = {"ticket": before, "step": step, "possible": possible_steps(state), "named": None}
    assert refusal == texts.render("refusal/wrong_state", "de", facts).body
    assert await desk.ticket(1) == before


async def test_after_seven_days_of_silence_a_resolved_ticket_is_closed(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    closing = Closing(desk.settings.close_after)
    desk.clock.advance(days=6, hours=23)
    assert await desk.ticks(closing) == []
    desk.clock.advance(hours=2)
    await desk.ticks(closing)
    assert (desk.told(PROJECT), desk.told(PROCUREMENT)) == (["ticket:closed"], ["ticket:closed"])
    assert (await desk.ticket(1)).state == "closed"
    assert await desk.ticks(closing) == []


async def test_a_thanks_is_no_silence(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    desk.clock.advance(days=6)
    await desk.says(EVA, "Vielen Dank!", thread=question)
    desk.clock.advance(days=6)
    await desk.ticks(Closing(desk.settings.close_after))
    assert (await desk.ticket(1)).state == "resolved"


async def test_a_later_answer_is_no_silence(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    desk.clock.advance(days=6)
    await desk.says(ANN, "!kaz antwort Noch etwas.", thread=desk.root(1))
    desk.clock.advance(days=6)
    await desk.ticks(Closing(desk.settings.close_after))
    assert (await desk.ticket(1)).state == "resolved"


async def test_a_reopened_ticket_is_not_closed_by_time(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz öffnen 1")
    desk.clock.advance(days=30)
    assert await desk.ticks(Closing(desk.settings.close_after)) == []


async def test_every_step_stands_in_the_audit_trail_with_its_cause(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    claim = desk.said(ANN, "!kaz claim 1")
    query = desk.said(ANN, "!kaz query 1 Wie teuer?")
    answer = desk.said(EVA, "90.000 Euro.", thread=question)
    done = desk.said(ANN, "!kaz resolve 1 Ja.")
    await desk.takes(claim, query, answer, done)
    desk.clock.advance(days=8)
    await desk.ticks(Closing(desk.settings.close_after))
    async with desk.store.work() as work:
        trail = await work.trail.of(TicketId(1))
    assert [(entry.actor, entry.event, entry.state, entry.cause) for entry in trail] == [
        (EVA, "opened", "new", question),
        (ANN, "claimed", "claimed", claim.event_id),
        (ANN, "waiting", "waiting", query.event_id),
        (EVA, "relayed", "claimed", answer.event_id),
        (ANN, "resolved", "resolved", done.event_id),
        (None, "closed", "closed", None),
    ]
