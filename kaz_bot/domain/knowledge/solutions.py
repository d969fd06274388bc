"""A model solution: an answer that others may use again, once a second specialist released it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.numbers import Series, SolutionId, Subject, subject_of
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import ERASED, Attachment, EventId, RoomId, UserId, server_of


class SolutionState(StrEnum):
    """The states of the contract."""

    PROPOSED = "proposed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class SolutionNotFound(Refusal):
    """No solution of this number can be seen from here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/solution_not_found"


class SolutionEnded(Refusal):
    """It was withdrawn, and its text is gone."""

    code = ErrorCode.BAD_STATE
    template = "refusal/solution_ended"


class ReleasedAlready(Refusal):
    """The latest edition is released; there is nothing to release."""

    code = ErrorCode.BAD_STATE
    template = "refusal/released_already"


class OwnSolution(Refusal):
    """Whoever wrote an edition cannot release it: four eyes."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/own_solution"


class ReadAnew(Refusal):
    """A sign under an edition that is not the latest one: it would release what nobody read."""

    code = ErrorCode.BAD_STATE
    template = "refusal/solution_read_anew"


class SolutionEditionNotFound(Refusal):
    """The solution has no edition of that number that can be seen from here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/solution_edition_not_found"


class SolutionExists(Refusal):
    """The answer of that ticket was proposed before; told as which number."""

    code = ErrorCode.BAD_STATE
    template = "refusal/solution_exists"


class SolutionConfidential(Refusal):
    """What was asked in confidence, or answered together with that, is nobody else's business."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/solution_confidential"


class SolutionWithoutAnswer(Refusal):
    """The ticket is not solved, or its answer is gone."""

    code = ErrorCode.BAD_STATE
    template = "refusal/solution_without_answer"


class SolutionSealed(Refusal):
    """It comes from an encrypted room, and cannot be read in this one, which is not."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/solution_sealed"


class SolutionOfOtherArea(Refusal):
    """Only the specialists of its area may change, release or withdraw it; told which that is."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/solution_of_other_area"


class SolutionKeptElsewhere(Refusal):
    """Everybody reads solutions, specialists keep them; told where."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/solution_kept_elsewhere"


class SolutionOrderUnclear(Refusal):
    """No such thing is done to solutions; the nearest one is suggested."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/solution_order_unclear"


class SolutionPartMissing(Refusal):
    """Nothing was named that shall be different, or something cannot be empty; told how it goes."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/solution_part_missing"


class SolutionDaysWrong(Refusal):
    """Its Stand lies in the future, or its last day before that."""

    code = ErrorCode.BAD_DATE
    template = "refusal/solution_days_wrong"


class SolutionNotOffered(Refusal):
    """The asker was not offered this solution."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/solution_not_offered"


class AuthorForgotten(Refusal):
    """Nobody knows any more who wrote it: it may be whoever wants to release it."""

    code = ErrorCode.BAD_STATE
    template = "refusal/author_forgotten"


@dataclass(frozen=True, kw_only=True)
class SolutionEdition:
    """One wording; kept as long as the solution. `as_of` is its Stand, `valid_until` the last day
    on which it may be relied on; without one it does not grow old."""

    solution_id: SolutionId
    number: int
    title: str
    question: str
    answer: str
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    author: UserId
    event_id: EventId
    as_of: date
    valid_until: date | None = None
    written_at: datetime
    released_by: UserId | None = None
    released_at: datetime | None = None

    def is_stale(self, today: date) -> bool:
        """Whether it should be looked at again before anybody relies on it."""
        return self.valid_until is not None and self.valid_until < today

    def without_words(self) -> Self:
        """Where they may not be shown, or not be kept."""
        return replace(self, title="", question="", answer="", attachments=())


@dataclass(frozen=True, kw_only=True)
class Solution:
    """The solution `L-3`. `edition` is the latest one, `released_edition` the one that others see.

    `sealed`: it was written in an encrypted room and is shown in encrypted ones only.
    """

    id: SolutionId
    version: int = 1
    state: SolutionState = SolutionState.PROPOSED
    ticket_id: TicketId | None = None
    area: AreaKey
    room_id: RoomId
    edition: int = 1
    released_edition: int | None = None
    sealed: bool = False
    proposed_at: datetime
    changed_at: datetime
    # When others could first use it.
    released_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """`L-3`."""
        return subject_of(Series.SOLUTION, self.id)

    @property
    def usable(self) -> bool:
        """Whether others may be offered it."""
        return self.state is SolutionState.RELEASED

    def amended(self, at: datetime) -> Self:
        """With one more edition, which nobody has released yet; the released one stays in use."""
        self.check_standing()
        return replace(self, edition=self.edition + 1, changed_at=at)

    def released(self, edition: SolutionEdition, by: UserId, at: datetime) -> Self:
        """Its latest edition is for others from now on. Raises ReleasedAlready, OwnSolution,
        AuthorForgotten."""
        self.check_standing()
        if self.released_edition == self.edition:
            raise ReleasedAlready(solution=self)
        if edition.author == by:
            raise OwnSolution(solution=self)
        if server_of(edition.author) == ERASED:
            raise AuthorForgotten(solution=self)
        return replace(
            self,
            state=SolutionState.RELEASED,
            released_edition=self.edition,
            released_at=self.released_at or at,
            changed_at=at,
        )

    def without_latest(self, at: datetime) -> Self:
        """As it was before its latest edition, which nobody has released, was written."""
        return replace(self, edition=self.edition - 1, changed_at=at)

    def withdrawn(self, at: datetime) -> Self:
        """Nobody uses it any more."""
        self.check_standing()
        return replace(self, state=SolutionState.WITHDRAWN, withdrawn_at=at, changed_at=at)

    def check_standing(self) -> None:
        """Raises SolutionEnded."""
        if self.state is SolutionState.WITHDRAWN:
            raise SolutionEnded(solution=self)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A solution in the edition that others see; `stale` on the day on which it is shown."""

    solution: Solution
    edition: SolutionEdition
    stale: bool
