"""Counts a ballot: one vote for each body, whoever cast it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from kaz_bot.domain.committee.ballots import (
    Ballot,
    Choice,
    Elector,
    Manner,
    Mode,
    Result,
    Vote,
    Way,
)
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.messages import UserId

# What counts as having taken part.
_PRESENT = frozenset({Choice.YES, Choice.NO, Choice.ABSTAIN})


@dataclass(frozen=True, kw_only=True)
class BodyVote:
    """How a body voted. `choice` is empty while it has not.

    `seat` says who cast it. `silent`: it did not, and silence counts as consent. `unexplained`:
    somebody announced an objection without saying why, which does not count.
    `members` and `deputies` are those who may vote for it and are not biased.
    """

    body: str
    choice: Choice | None = None
    reason: str = ""
    seat: Seat | None = None
    person: UserId | None = None
    silent: bool = False
    unexplained: bool = False
    members: tuple[UserId, ...] = ()
    deputies: tuple[UserId, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether it still has to vote, or to say why it objects."""
        return self.choice is None

    def waited_for(self, *, deputies: bool) -> tuple[UserId, ...]:
        """Who can end the waiting; without a member who may vote it is the deputies anyway."""
        if self.person is not None:
            return (self.person,)
        both = deputies or not self.members
        return (*self.members, *self.deputies) if both else self.members


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The count of a ballot as it stands."""

    ballot: Ballot
    bodies: tuple[BodyVote, ...]

    def count(self, choice: Choice) -> int:
        """How many bodies voted so."""
        return sum(1 for body in self.bodies if body.choice is choice)

    @property
    def present(self) -> int:
        """How many took part."""
        return sum(1 for body in self.bodies if body.choice in _PRESENT)

    @property
    def entitled(self) -> int:
        """How many there are that are not biased."""
        return len(self.bodies) - self.count(Choice.BIASED)

    @property
    def missing(self) -> tuple[BodyVote, ...]:
        """Who has not voted."""
        return tuple(body for body in self.bodies if body.missing)

    @property
    def voted(self) -> tuple[BodyVote, ...]:
        """Who has."""
        return tuple(body for body in self.bodies if not body.missing)

    def of(self, body: str) -> BodyVote:
        """How this body voted."""
        return next(one for one in self.bodies if one.body == body)

    @property
    def complete(self) -> bool:
        """Whether nobody is missing any more."""
        return bool(self.bodies) and not self.missing

    @property
    def quorate(self) -> bool:
        """Whether enough bodies take part, by the rule of the ballot."""
        return self.present >= needed(self.ballot.quorum, self.entitled)

    @property
    def result(self) -> Result:
        """What comes of it when it is closed now."""
        if not self.quorate or not self.present:
            return Result.NO_QUORUM
        yes, no = self.count(Choice.YES), self.count(Choice.NO)
        enough = yes > no if self.ballot.mode is Mode.MAJORITY else yes > 0 == no
        return Result.PASSED if enough else Result.REJECTED

    @property
    def dissent(self) -> tuple[BodyVote, ...]:
        """Who voted against it or kept out of it, with what they said."""
        apart = (Choice.NO, Choice.ABSTAIN)
        return tuple(body for body in self.bodies if body.choice in apart and body.reason)

    @property
    def unexplained(self) -> tuple[BodyVote, ...]:
        """Whose objection has no reason, and does not count."""
        return tuple(body for body in self.bodies if body.unexplained)


def needed(quorum: str, entitled: int) -> int:
    """How many of the bodies have to take part: `majority`, `all`, `none` or a number."""
    match quorum:
        case "all":
            return entitled
        case "none":
            return 0
        case "majority":
            return entitled // 2 + 1
    return int(quorum)


def tally(
    ballot: Ballot, electors: Iterable[Elector], votes: Iterable[Vote], *, final: bool = False
) -> Tally:
    """The count, of those votes that were cast in time. `final`: nobody votes any more."""
    last = last_of_each(ballot, votes)
    ordered = sorted(electors, key=lambda elector: (elector.place, elector.body))
    bodies = [
        _body_vote(ballot, body, list(seats), last, final=final)
        for (_, body), seats in groupby(ordered, key=lambda one: (one.place, one.body))
    ]
    return Tally(ballot=ballot, bodies=tuple(bodies))


def last_of_each(ballot: Ballot, votes: Iterable[Vote]) -> dict[UserId, Vote]:
    """The vote of each person that counts, of those that were cast in time."""
    in_time = (vote for vote in votes if ballot.due_at is None or vote.cast_at <= ballot.due_at)
    return {vote.person: vote for vote in sorted(in_time, key=_order)}


def _body_vote(
    ballot: Ballot,
    body: str,
    seats: list[Elector],
    last: Mapping[UserId, Vote],
    *,
    final: bool,
) -> BodyVote:
    cast = {
        elector.person: last[elector.person]
        for elector in seats
        if elector.person in last and last[elector.person].choice is not Choice.NONE
    }
    free = [elector for elector in seats if not _biased(cast.get(elector.person))]
    blank = BodyVote(
        body=body, members=_seated(free, Seat.MEMBER), deputies=_seated(free, Seat.DEPUTY)
    )
    for seat in Seat:
        counting = [cast[one.person] for one in free if one.seat is seat and one.person in cast]
        if counting:
            return _counted(ballot, blank, seat, max(counting, key=_order))
    if cast and (final or not free):
        return replace(blank, choice=Choice.BIASED)
    silent = final and ballot.silence_consents and ballot.manner is Manner.CIRCULATION
    return replace(blank, choice=Choice.YES, silent=True) if silent else blank


def _biased(vote: Vote | None) -> bool:
    return vote is not None and vote.choice is Choice.BIASED


def _seated(electors: Iterable[Elector], seat: Seat) -> tuple[UserId, ...]:
    return tuple(elector.person for elector in electors if elector.seat is seat)


def _order(vote: Vote) -> tuple[datetime, int]:
    """Of two votes the one that was sent later counts, of two sent at once the one heard later."""
    return vote.cast_at, vote.id


def _counted(ballot: Ballot, blank: BodyVote, seat: Seat, vote: Vote) -> BodyVote:
    # A command without a reason is refused: if it has none any more, it was taken out later.
    spoken = vote.way is Way.COMMAND or bool(vote.reason)
    unexplained = ballot.mode is Mode.CONSENSUS and vote.choice is Choice.NO and not spoken
    return replace(
        blank,
        choice=None if unexplained else vote.choice,
        reason=vote.reason,
        seat=seat,
        person=vote.person,
        unexplained=unexplained,
    )
