"""A ticket: its states, and the only steps between them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self

from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import RoomId, UserId

TicketId = NewType("TicketId", int)
AreaKey = NewType("AreaKey", str)


class TicketState(StrEnum):
    """The states of the contract, in the order a ticket passes through them."""

    NEW = "new"
    CLAIMED = "claimed"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Priority(StrEnum):
    """How soon somebody should look; authorities write Eilt (high) and Sofort (critical)."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


# The most urgent first.
URGENCY = (Priority.CRITICAL, Priority.HIGH, Priority.NORMAL, Priority.LOW)


class Rating(StrEnum):
    """What the asker thinks of the answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


ACTIVE = frozenset({TicketState.NEW, TicketState.CLAIMED, TicketState.WAITING})
IN_HAND = frozenset({TicketState.CLAIMED, TicketState.WAITING})
ENDED = frozenset({TicketState.CLOSED, TicketState.WITHDRAWN})


class Step(StrEnum):
    """What can be done to a ticket; also the word under which a refusal offers it."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    ROUTE = "route"
    REPLY = "reply"
    QUERY = "query"
    BLOCK = "blocked"
    RESOLVE = "resolve"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    FITS = "fits"
    PRIORITY = "priority"
    MERGE = "merge"


# The whole state machine: from where each step may be taken.
ALLOWED_FROM: dict[Step, frozenset[TicketState]] = {
    Step.CLAIM: frozenset({TicketState.NEW}),
    Step.RELEASE: IN_HAND,
    Step.ASSIGN: ACTIVE,
    Step.ROUTE: ACTIVE,
    Step.REPLY: ACTIVE | {TicketState.RESOLVED},
    Step.QUERY: IN_HAND,
    Step.BLOCK: IN_HAND,
    Step.RESOLVE: IN_HAND,
    Step.CLOSE: ACTIVE | {TicketState.RESOLVED},
    Step.WITHDRAW: ACTIVE,
    Step.REOPEN: frozenset({TicketState.RESOLVED}),
    Step.FITS: ACTIVE,
    Step.PRIORITY: ACTIVE,
    Step.MERGE: ACTIVE,
}


def possible_steps(state: TicketState) -> tuple[Step, ...]:
    """What may be done to a ticket in `state`, in the order people usually do it."""
    possible = (step for step, states in ALLOWED_FROM.items() if state in states)
    # Only whoever was offered an answer can take it, and the offer itself says how.
    return tuple(step for step in possible if step is not Step.FITS)


class WrongState(Refusal):
    """The ticket's state does not allow the step; the answer names the steps that are possible."""

    code = ErrorCode.BAD_STATE
    template = "refusal/wrong_state"

    def __init__(self, *, ticket: "Ticket", step: Step) -> None:
        super().__init__(ticket=ticket, step=step, possible=possible_steps(ticket.state))


class TicketTaken(Refusal):
    """Somebody else has the ticket; told by name."""

    code = ErrorCode.BAD_STATE
    template = "refusal/ticket_taken"

    def __init__(self, *, ticket: "Ticket") -> None:
        super().__init__(ticket=ticket)


class TicketNotFound(Refusal):
    """No ticket has this number."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/ticket_not_found"

    def __init__(self, *, number: TicketId) -> None:
        super().__init__(number=number)


class SameArea(Refusal):
    """A ticket cannot be routed to where it already is."""

    code = ErrorCode.BAD_STATE
    template = "refusal/same_area"


class MergedWithItself(Refusal):
    """A merge needs two tickets that are not one yet; told which are answered with it already."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/merged_with_itself"


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A question on its way to an answer. `question` and `solution` are empty once erased.

    `sealed` says that the question was asked in an encrypted room and `solution_sealed` that the
    answer was written in one: neither may be shown in a room that is not encrypted.
    `municipality` is the one it was asked for, if that is known.
    """

    id: TicketId
    version: int = 1
    state: TicketState = TicketState.NEW
    area: AreaKey
    priority: Priority = Priority.NORMAL
    asker: UserId
    room_id: RoomId
    question: str
    assignee: UserId | None = None
    confidential: bool = False
    sealed: bool = False
    incident: bool = False
    confidence: float = 1.0
    because: tuple[str, ...] = ()
    area_open: bool = False
    merged_into: TicketId | None = None
    solution: str = ""
    solution_sealed: bool = False
    rating: Rating | None = None
    opened_at: datetime
    changed_at: datetime
    claimed_at: datetime | None = None
    resolved_at: datetime | None = None
    ended_at: datetime | None = None
    erased_at: datetime | None = None
    municipality: MunicipalityKey | None = None

    @property
    def active(self) -> bool:
        """Somebody still has to do something for it."""
        return self.state in ACTIVE

    def claimed_by(self, specialist: UserId, at: datetime) -> Self:
        """The ticket in the hands of `specialist`. Claiming one's own again changes nothing."""
        if self.state in IN_HAND and self.assignee == specialist:
            return self
        if self.state in IN_HAND:
            raise TicketTaken(ticket=self)
        self._check(Step.CLAIM)
        return replace(
            self,
            state=TicketState.CLAIMED,
            assignee=specialist,
            claimed_at=at,
            changed_at=at,
        )

    def assigned_to(self, specialist: UserId, at: datetime) -> Self:
        """The ticket handed to `specialist`, whoever had it; a wait goes on."""
        self._check(Step.ASSIGN)
        state = TicketState.CLAIMED if self.state is TicketState.NEW else self.state
        return replace(self, state=state, assignee=specialist, claimed_at=at, changed_at=at)

    def released(self, at: datetime) -> Self:
        """Back in the queue of its area."""
        self._check(Step.RELEASE)
        return replace(self, state=TicketState.NEW, assignee=None, claimed_at=None, changed_at=at)

    def routed_to(self, area: AreaKey, at: datetime) -> Self:
        """New in another area; number, priority and opening time stay."""
        self._check(Step.ROUTE)
        if area == self.area:
            raise SameArea(ticket=self)
        return replace(
            self,
            state=TicketState.NEW,
            area=area,
            area_open=False,
            assignee=None,
            claimed_at=None,
            changed_at=at,
        )

    def settled_in(self, area: AreaKey, at: datetime) -> Self:
        """The asker said that `area`, where it already is, is the right one."""
        return replace(self, area=area, area_open=False, changed_at=at)

    def answered(self, at: datetime) -> Self:
        """An answer went to the asker; whether that was all, `resolved` will say."""
        self._check(Step.REPLY)
        return replace(self, changed_at=at)

    def queried(self, at: datetime) -> Self:
        """Waiting for the asker."""
        self._check(Step.QUERY)
        return replace(self, state=TicketState.WAITING, changed_at=at)

    def asker_wrote(self, at: datetime) -> Self:
        """Back in work when it had been waiting for the asker."""
        state = TicketState.CLAIMED if self.state is TicketState.WAITING else self.state
        return replace(self, state=state, changed_at=at)

    def blocked(self, at: datetime) -> Self:
        """Waiting for the committee, also while the asker is awaited."""
        self._check(Step.BLOCK)
        return replace(self, state=TicketState.WAITING, changed_at=at)

    def unblocked(self, at: datetime, *, owed: bool = False) -> Self:
        """Back in work: nothing that the committee has to decide holds it up any more. But while
        the asker owes an answer, `owed`, it waits for that."""
        self._check(Step.BLOCK)
        state = TicketState.WAITING if owed else TicketState.CLAIMED
        return replace(self, state=state, changed_at=at)

    def heard(self, at: datetime) -> Self:
        """Somebody said something about it: it is not silent."""
        return replace(self, changed_at=at)

    def resolved(self, *, solution: str, sealed: bool, at: datetime) -> Self:
        """Answered; without a text of its own, `solution` keeps the latest answer."""
        self._check(Step.RESOLVE)
        return replace(
            self,
            state=TicketState.RESOLVED,
            solution=solution,
            solution_sealed=sealed,
            resolved_at=at,
            changed_at=at,
        )

    def reopened(self, at: datetime) -> Self:
        """Back in the hands of whoever had it, alone: no longer merged with another."""
        self._check(Step.REOPEN)
        return replace(
            self,
            state=TicketState.CLAIMED,
            merged_into=None,
            solution="",
            solution_sealed=False,
            rating=None,
            resolved_at=None,
            changed_at=at,
        )

    def closed(self, at: datetime) -> Self:
        """Ended."""
        self._check(Step.CLOSE)
        return replace(self, state=TicketState.CLOSED, ended_at=at, changed_at=at)

    def answered_before(self, solution: str, *, sealed: bool, at: datetime) -> Self:
        """Ended by an answer somebody else was given; a ticket merged into another leaves it."""
        self._check(Step.FITS)
        return replace(
            self,
            state=TicketState.CLOSED,
            merged_into=None,
            solution=solution,
            solution_sealed=sealed,
            ended_at=at,
            changed_at=at,
        )

    def withdrawn(self, at: datetime) -> Self:
        """Ended by the asker; a ticket merged into another leaves it."""
        self._check(Step.WITHDRAW)
        return replace(
            self,
            state=TicketState.WITHDRAWN,
            merged_into=None,
            ended_at=at,
            changed_at=at,
        )

    def prioritised(self, priority: Priority, at: datetime) -> Self:
        """With another priority."""
        self._check(Step.PRIORITY)
        return replace(self, priority=priority, changed_at=at)

    def merged(self, lead: Self, at: datetime) -> Self:
        """Answered together with `lead` from now on, in the same hands and state."""
        if lead.id == self.id:
            raise MergedWithItself(ticket=self, merged=())
        self._check(Step.MERGE)
        lead._check(Step.MERGE)
        return replace(self, merged_into=lead.id, changed_at=at).following(lead, at)

    def following(self, lead: Self, at: datetime) -> Self:
        """The state, area and hands of the ticket it is merged into."""
        return replace(
            self,
            state=lead.state,
            area=lead.area,
            area_open=False,
            assignee=lead.assignee,
            claimed_at=lead.claimed_at,
            resolved_at=lead.resolved_at,
            ended_at=lead.ended_at,
            solution=lead.solution,
            solution_sealed=lead.solution_sealed,
            changed_at=at,
        )

    def leading_alone(self, at: datetime) -> Self:
        """No longer merged into another."""
        return replace(self, merged_into=None, changed_at=at)

    def rated(self, rating: Rating | None, at: datetime) -> Self:
        """With the asker's opinion of the answer, or without it when taken back."""
        return replace(self, rating=rating, changed_at=at)

    def reworded(self, question: str, *, sealed: bool, at: datetime) -> Self:
        """With the question as its author edited it; once sealed, it stays so.

        The words that decided stood in the former question, and may be gone from this one.
        """
        sealed = self.sealed or sealed
        return replace(self, question=question, because=(), sealed=sealed, changed_at=at)

    def unasked(self, at: datetime) -> Self:
        """Without the question, which its author took back, and the words of it that decided."""
        return replace(self, question="", because=(), changed_at=at)

    def solved_by(self, solution: str, *, sealed: bool, at: datetime) -> Self:
        """With the answer as its author edited it, or without it when taken back."""
        sealed = self.solution_sealed or sealed
        return replace(self, solution=solution, solution_sealed=sealed, changed_at=at)

    def unsolved(self, at: datetime) -> Self:
        """Without the answer's text, which its author took back; the state stays."""
        return replace(self, solution="", changed_at=at)

    def asked_for(self, municipality: MunicipalityKey | None, at: datetime) -> Self:
        """Asked for that municipality."""
        return replace(self, municipality=municipality, changed_at=at)

    def erased(self, at: datetime) -> Self:
        """Without any text; number, area, times and priority stay for the statistics."""
        return replace(self, question="", solution="", because=(), erased_at=at, changed_at=at)

    def _check(self, step: Step) -> None:
        if self.state not in ALLOWED_FROM[step]:
            raise WrongState(ticket=self, step=step)
