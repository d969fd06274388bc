"""When people hear of a deadline: some days before it, that morning, and until it is done."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain, takewhile
from typing import Protocol

from kaz_bot.domain.reminders import Told
from kaz_bot.domain.working_time import WorkingTime

# The clock ticks each second, and a busy machine may miss some: that is not late yet.
GRACE = timedelta(minutes=2)
# What people hear without a setting: two weeks, a week, a day before, and that morning.
LADDER = (timedelta(days=14), timedelta(days=7), timedelta(days=1), timedelta(0))
ESCALATED_AFTER = 3

# A deadline counted in hours runs through nights and weekends, and so do its reminders.
_HOURS_AHEAD = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))
_ONE_DAY = timedelta(days=1)
# After so many working days everybody knows; from then on once a week is enough.
_DAILY_UNTIL = 5
_WEEK = 5
# A holiday season without one open day is not waited out for longer.
_DAYS_LOOKED_BACK = 30


class Dated(Protocol):
    """What is to be done by a day, or by an hour of it: a deadline, a task, a vote.

    `timed`: a time of day was said. `elapsed`: said as hours, which run through weekends.
    """

    @property
    def due_at(self) -> datetime: ...

    @property
    def day(self) -> date: ...

    @property
    def timed(self) -> bool: ...

    @property
    def elapsed(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One time at which people hear of a deadline. `level`: how far up the chain, 0 being those
    who have to do it, 1 also who set it and the room, 2 also the operators."""

    at: datetime
    told: Told
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What is to be said now, whether it comes late, and when to look again."""

    rung: Rung | None = None
    late: bool = False
    next_at: datetime


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """How long before a deadline people are reminded, and how late others hear of it.

    `escalated_after` counts working days; the operators hear of it two working days later.
    """

    ahead: tuple[timedelta, ...] = LADDER
    escalated_after: int = ESCALATED_AFTER
    working: WorkingTime = field(default_factory=WorkingTime)

    def next_after(self, deadline: Dated, after: datetime) -> Rung:
        """The next time somebody hears of it; there always is one until it is done."""
        return next(self._rungs(deadline, after))

    def latest_until(self, deadline: Dated, since: datetime, now: datetime) -> Rung | None:
        """The last time somebody should have heard of it after `since`; None if there was none."""
        passed = takewhile(lambda rung: rung.at <= now, self._rungs(deadline, since))
        return next(iter(deque(passed, maxlen=1)), None)

    def telling(self, deadline: Dated, since: datetime, now: datetime) -> Telling:
        """The latest of what people should have heard after `since`. What was missed waits until
        somebody works, unless this very hour was meant."""
        rung = self.latest_until(deadline, since, now)
        late = rung is not None and now - rung.at > GRACE
        explicit = deadline.elapsed or (rung is not None and rung.told is Told.DUE)
        opening = self.working.next_opening(now)
        if late and not explicit and opening > now:
            return Telling(next_at=opening)
        return Telling(rung=rung, late=late, next_at=self.next_after(deadline, now).at)

    def _rungs(self, deadline: Dated, after: datetime) -> Iterator[Rung]:
        before = sorted(self._before(deadline), key=lambda rung: rung.at)
        rungs = chain(before, self._beyond(deadline, after))
        return (rung for rung in rungs if rung.at > after)

    def _before(self, deadline: Dated) -> Iterator[Rung]:
        for at in {*self._times_ahead(deadline)}:
            if at < deadline.due_at:
                yield Rung(at=at, told=Told.AHEAD)
        if deadline.timed:
            yield Rung(at=deadline.due_at, told=Told.DUE)

    def _times_ahead(self, deadline: Dated) -> Iterator[datetime]:
        if deadline.elapsed:
            yield from (deadline.due_at - length for length in _HOURS_AHEAD)
            return
        for length in self.ahead:
            opening = self._opening_until(deadline.day - length)
            if opening is not None:
                yield opening

    def _opening_until(self, day: date) -> datetime | None:
        """When the desk opens on `day`, or on the last day before it on which it does."""
        days = (day - _ONE_DAY * number for number in range(_DAYS_LOOKED_BACK))
        return next(filter(None, map(self.working.opening_of, days)), None)

    def _beyond(self, deadline: Dated, after: datetime) -> Iterator[Rung]:
        """Each working day after the deadline, later each week, without end."""
        day, count = deadline.day, 0
        # Years of silence between are counted through, not spoken.
        while True:
            day += _ONE_DAY
            opening = self.working.opening_of(day)
            if opening is None or opening <= deadline.due_at:
                continue
            count += 1
            if (count <= _DAILY_UNTIL or count % _WEEK == 0) and opening > after:
                yield Rung(at=opening, told=self._told(count), level=self._level(count))

    def _level(self, count: int) -> int:
        if count < self.escalated_after:
            return 0
        return 1 if count < self.escalated_after + 2 else 2

    def _told(self, count: int) -> Told:
        return Told.ESCALATED if self._level(count) else Told.OVERDUE
