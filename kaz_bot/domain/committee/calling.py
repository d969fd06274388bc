"""When those who have not voted are called: by the ladder of deadlines, but never after the end."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.ballots import Ballot
from kaz_bot.domain.ladders import Ladder, Rung


@dataclass(frozen=True, kw_only=True)
class _Term:
    """The time until the end of a ballot, as a ladder takes it. `elapsed`: so short that people
    are called by the hour."""

    due_at: datetime
    zone: ZoneInfo
    elapsed: bool
    timed: bool = False

    @property
    def day(self) -> date:
        return self.due_at.astimezone(self.zone).date()


def looked_at_next(ballot: Ballot, ladder: Ladder, after: datetime) -> datetime | None:
    """When time must look at it: somebody is called, or it ends. In a meeting nothing waits."""
    if ballot.due_at is None:
        return None
    return min(ladder.next_after(_term(ballot, ladder), after).at, ballot.due_at)


def call_missed(ballot: Ballot, ladder: Ladder, now: datetime) -> Rung | None:
    """The latest call that was due by `now` and has not been made."""
    since = ballot.told_at or ballot.opened_at
    rung = ladder.latest_until(_term(ballot, ladder), since, now)
    return rung if rung is not None and not _over(ballot, rung) else None


def is_last_call(ballot: Ballot, ladder: Ladder, rung: Rung) -> bool:
    """Whether nobody is called again before the end."""
    return _over(ballot, ladder.next_after(_term(ballot, ladder), rung.at))


def _over(ballot: Ballot, rung: Rung) -> bool:
    return ballot.due_at is not None and rung.at >= ballot.due_at


def _term(ballot: Ballot, ladder: Ladder) -> _Term:
    assert ballot.due_at is not None
    return _Term(due_at=ballot.due_at, zone=ladder.working.zone, elapsed=ballot.brief)
