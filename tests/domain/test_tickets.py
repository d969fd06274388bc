"""The state machine of a ticket, as a pure rule."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.domain.tickets import (
    ACTIVE,
    IN_HAND,
    AreaKey,
    MergedWithItself,
    Priority,
    SameArea,
    Ticket,
    TicketId,
    TicketState,
    TicketTaken,
    WrongState,
    possible_steps,
)
from kaz_bot.messages import RoomId, UserId

NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ANN, BEK = UserId("@ann:kaz.test"), UserId("@bek:kaz.test")
SECURITY, STANDARDS = AreaKey("security"), AreaKey("standards")


def new_ticket(number: int = 7, **fields: object) -> Ticket:
    """A new ticket; a test says what is different."""
    facts: dict[str, object] = {
        "id": TicketId(number),
        "area": SECURITY,
        "asker": UserId("@eva:kaz.test"),
        "room_id": RoomId("!project:kaz.test"),
        "question": "Wer prüft das?",
        "opened_at": NOON,
        "changed_at": NOON,
    }
    return Ticket(**{**facts, **fields})  # type: ignore[arg-type]  # the fields of a ticket, by name


STEPS = {
    "claim": lambda ticket: ticket.claimed_by(ANN, at=LATER),
    "assign": lambda ticket: ticket.assigned_to(BEK, at=LATER),
    "release": lambda ticket: ticket.released(LATER),
    "route": lambda ticket: ticket.routed_to(STANDARDS, LATER),
    "reply": lambda ticket: ticket.answered(LATER),
    "query": lambda ticket: ticket.queried(LATER),
    "block": lambda ticket: ticket.blocked(LATER),
    "unblock": lambda ticket: ticket.unblocked(LATER),
    "write": lambda ticket: ticket.asker_wrote(LATER),
    "resolve": lambda ticket: ticket.resolved(solution="Ja.", sealed=True, at=LATER),
    "reopen": lambda ticket: ticket.reopened(LATER),
    "close": lambda ticket: ticket.closed(LATER),
    "fits": lambda ticket: ticket.answered_before("Ja.", sealed=True, at=LATER),
    "withdraw": lambda ticket: ticket.withdrawn(LATER),
    "prioritise": lambda ticket: ticket.prioritised(Priority.HIGH, LATER),
}


def _walked(steps: list[str]) -> Ticket:
    """What becomes of a new ticket when somebody tries these steps one after the other."""
    ticket = new_ticket()
    for step in steps:
        try:
            ticket = STEPS[step](ticket)
        except (WrongState, TicketTaken, SameArea):
            continue
    return ticket


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=30))
def test_whatever_is_tried_a_ticket_is_never_in_two_minds(steps: list[str]) -> None:
    ticket = _walked(steps)
    assert (ticket.state is TicketState.NEW) <= (ticket.assignee is None)
    assert (ticket.state in IN_HAND) <= (ticket.assignee is not None)
    assert (ticket.ended_at is not None) == (
        ticket.state in {TicketState.CLOSED, TicketState.WITHDRAWN}
    )
    assert (ticket.resolved_at is None) or (ticket.state not in ACTIVE)
    assert (ticket.id, ticket.opened_at) == (7, NOON)


@pytest.mark.parametrize("state", [TicketState.CLOSED, TicketState.WITHDRAWN])
def test_what_has_ended_has_ended(state: TicketState) -> None:
    assert possible_steps(state) == ()


def test_a_claim_by_somebody_else_is_refused_with_the_ticket() -> None:
    claimed = new_ticket().claimed_by(ANN, at=NOON)
    with pytest.raises(TicketTaken) as refused:
        claimed.claimed_by(BEK, at=LATER)
    assert refused.value.facts == {"ticket": claimed}


def test_claiming_ones_own_again_changes_nothing() -> None:
    claimed = new_ticket().claimed_by(ANN, at=NOON)
    assert claimed.claimed_by(ANN, at=LATER) is claimed


@pytest.mark.parametrize("state", sorted(IN_HAND))
def test_what_somebody_works_on_may_wait_and_goes_on_in_the_same_hands(state: TicketState) -> None:
    ticket = new_ticket(state=state, assignee=ANN, claimed_at=NOON)
    blocked = ticket.blocked(LATER)
    assert (blocked.state, blocked.assignee) == (TicketState.WAITING, ANN)
    unblocked = blocked.unblocked(LATER)
    assert (unblocked.state, unblocked.assignee, unblocked.claimed_at) == ("claimed", ANN, NOON)


@pytest.mark.parametrize("state", sorted(set(TicketState) - IN_HAND))
def test_nothing_else_waits(state: TicketState) -> None:
    with pytest.raises(WrongState):
        new_ticket(state=state).blocked(LATER)


def test_an_assigned_ticket_goes_on_waiting() -> None:
    waiting = new_ticket().claimed_by(ANN, at=NOON).queried(NOON)
    assert waiting.assigned_to(BEK, at=LATER).state is TicketState.WAITING


def test_a_routed_ticket_keeps_its_priority_and_loses_its_hands() -> None:
    claimed = new_ticket(priority=Priority.HIGH).claimed_by(ANN, at=NOON)
    routed = claimed.routed_to(STANDARDS, LATER)
    assert (routed.priority, routed.assignee, routed.state) == (Priority.HIGH, None, "new")


def test_a_ticket_is_not_routed_to_where_it_is() -> None:
    with pytest.raises(SameArea):
        new_ticket().routed_to(SECURITY, LATER)


def test_a_merged_ticket_is_in_the_hands_of_its_lead() -> None:
    lead = new_ticket(1).claimed_by(ANN, at=NOON)
    merged = new_ticket(2, area=STANDARDS).merged(lead, LATER)
    assert (merged.merged_into, merged.state, merged.assignee, merged.area) == (
        1,
        "claimed",
        ANN,
        SECURITY,
    )


def test_a_merge_needs_two_tickets() -> None:
    with pytest.raises(MergedWithItself):
        new_ticket().merged(new_ticket(), LATER)


def test_a_ticket_that_has_ended_leads_nobody() -> None:
    with pytest.raises(WrongState):
        new_ticket(2).merged(new_ticket(1).closed(NOON), LATER)


def test_whoever_reopens_goes_on_alone_and_unanswered() -> None:
    lead = new_ticket(1).claimed_by(ANN, at=NOON)
    resolved = lead.resolved(solution="Ja.", sealed=True, at=NOON)
    reopened = new_ticket(2).merged(lead, NOON).following(resolved, NOON).reopened(LATER)
    assert (reopened.merged_into, reopened.solution, reopened.rating) == (None, "", None)
    assert (reopened.state, reopened.assignee) == ("claimed", ANN)


@pytest.mark.parametrize("state", sorted(set(TicketState) - ACTIVE))
def test_an_answer_given_before_comes_too_late_for_what_is_done(state: TicketState) -> None:
    with pytest.raises(WrongState):
        new_ticket(state=state).answered_before("Ja.", sealed=True, at=LATER)


@pytest.mark.parametrize("state", sorted(ACTIVE))
def test_an_answer_given_before_ends_what_is_open(state: TicketState) -> None:
    ticket = new_ticket(state=state, assignee=ANN, merged_into=TicketId(3))
    ended = ticket.answered_before("Ja.", sealed=True, at=LATER)
    assert (ended.state, ended.ended_at, ended.merged_into) == ("closed", LATER, None)
    assert (ended.solution, ended.solution_sealed, ended.assignee) == ("Ja.", True, ANN)


def test_an_edited_question_does_not_keep_the_words_that_decided() -> None:
    assert new_ticket(because=("Wer",)).reworded("Wo?", sealed=False, at=LATER).because == ()


def test_a_question_that_was_sealed_once_stays_sealed() -> None:
    sealed = new_ticket(sealed=True).reworded("Wer?", sealed=False, at=LATER)
    assert sealed.sealed is True
    assert new_ticket().reworded("Wer?", sealed=True, at=LATER).sealed is True


def test_a_question_taken_back_leaves_no_word_of_it() -> None:
    taken_back = new_ticket(because=("Zinnober",)).unasked(LATER)
    assert (taken_back.question, taken_back.because) == ("", ())
