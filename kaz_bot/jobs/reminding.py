"""Reminds people: of what is due now, of what fell due meanwhile, and of deadlines until done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.ladders import GRACE, Ladder
from kaz_bot.domain.reminder_events import DeadlineTold, FellDue, RemindersDue
from kaz_bot.domain.reminders import Reminder, ReminderId, Told
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import UserId
from kaz_bot.planning import next_due, times_missed
from kaz_bot.store import Work

# More would keep others from the database for too long; the next tick takes the next ones.
AT_ONCE = 200
IN_ONE_MESSAGE = 10


class Reminding:
    """The duty, with the ladder of deadlines."""

    def __init__(self, ladder: Ladder, days: DaysOff) -> None:
        self._ladder = ladder
        self._days = days

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Tell of each once, the oldest first; several late ones of a person as one."""
        if not await work.reminders.numbers_due(now, 1):
            return []
        await work.reminders.end_forsaken(now)
        return await self._remind(work, await work.reminders.due(now, AT_ONCE), now)

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """Of what is to be told."""
        return await work.reminders.numbers_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """Tell of this one, unless somebody has ended it or put it off."""
        reminder = await work.reminders.get(ReminderId(number))
        awaited = reminder.next_at is not None and reminder.next_at <= now
        return await self._remind(work, [reminder], now) if awaited else []

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.reminders.set_aside(ReminderId(number), until)

    async def _remind(
        self, work: Work, reminders: Iterable[Reminder], now: datetime
    ) -> list[DeskEvent]:
        fallen: list[FellDue] = []
        told: list[DeadlineTold] = []
        for reminder in reminders:
            tell = self._told if reminder.is_deadline else self._fell_due
            match await tell(work, reminder, now):
                case FellDue() as one:
                    fallen.append(one)
                case DeadlineTold() as event:
                    told.append(event)
        return [*_gathered(fallen, now), *told]

    async def _fell_due(self, work: Work, reminder: Reminder, now: datetime) -> FellDue | None:
        """Said once from now on; a recurring one waits for its next time."""
        # Later than it is due: it waited for the morning.
        due = min(reminder.next_at or reminder.due_at, reminder.due_at)
        working = self._ladder.working
        if now - due > GRACE and working.is_open(due) and not working.is_open(now):
            # Meant for the day and missed then, it calls nobody at night.
            await work.reminders.save(replace(reminder, next_at=working.next_opening(now)))
            return None
        upcoming, missed = self._upcoming(reminder, due, now)
        moved = reminder.due_on(upcoming) if upcoming else reminder.not_again()
        saved = await work.reminders.save(moved.informed(Told.DUE, next_at=upcoming, at=now))
        return FellDue(
            reminder=saved,
            due=due,
            missed=missed,
            upcoming=upcoming,
            holiday=self._days.holiday(due.astimezone(reminder.due.tzinfo).date()),
            ticket=await _ticket(work, reminder),
        )

    def _upcoming(
        self, reminder: Reminder, due: datetime, now: datetime
    ) -> tuple[datetime | None, int]:
        """The next time, and how many passed unsaid in between."""
        if not reminder.rrule:
            return None, 0
        # Put off only once: afterwards the rule goes on as it was.
        if due < reminder.due_at and reminder.due_at > now:
            return reminder.due_at, 0
        since = max(due, reminder.due_at) if reminder.due_at <= now else due
        missed = times_missed(reminder, since, now, self._days)
        return next_due(reminder, max(since, now), self._days), missed

    async def _told(self, work: Work, deadline: Reminder, now: datetime) -> DeadlineTold | None:
        """The latest of what people should have heard; nothing outside business hours."""
        since = deadline.told_at or deadline.set_at
        telling = self._ladder.telling(deadline, since, now)
        rung, upcoming = telling.rung, telling.next_at
        if rung is None:
            await work.reminders.save(replace(deadline, next_at=upcoming))
            return None
        saved = await work.reminders.save(deadline.informed(rung.told, next_at=upcoming, at=now))
        ticket = await _ticket(work, deadline)
        missing = await _missing(work, deadline, ticket)
        return DeadlineTold(saved, rung, telling.late, missing, ticket, by=None, at=now)


async def _missing(work: Work, deadline: Reminder, ticket: Ticket | None) -> tuple[UserId, ...]:
    """Who has not done it: those named, otherwise whoever works on the ticket."""
    people = await work.reminders.people(deadline.id)
    if people:
        return tuple(one.person for one in people if one.done_at is None)
    in_area = ticket is not None and ticket.room_id != deadline.room_id
    return (ticket.assignee,) if ticket and in_area and ticket.assignee else ()


async def _ticket(work: Work, reminder: Reminder) -> Ticket | None:
    return await work.tickets.get(reminder.ticket_id) if reminder.ticket_id else None


def _gathered(fallen: Iterable[FellDue], now: datetime) -> list[RemindersDue]:
    """Each for itself, but what is late together for each person and room."""
    late = [one for one in fallen if now - one.due > GRACE]
    on_time = [one for one in fallen if now - one.due <= GRACE]
    together = [
        RemindersDue(fallen=tuple(some), late=True, at=now)
        for _, whose in groupby(sorted(late, key=_whose), key=_whose)
        for some in _portions(list(whose))
    ]
    return [*together, *(RemindersDue(fallen=(one,), late=False, at=now) for one in on_time)]


def _whose(one: FellDue) -> tuple[str, str, str]:
    reminder = one.reminder
    return reminder.room_id, reminder.target or "", reminder.thread or ""


def _portions(late: Sequence[FellDue]) -> Iterator[Sequence[FellDue]]:
    """As many as one message holds, however long their texts are."""
    for start in range(0, len(late), IN_ONE_MESSAGE):
        yield late[start : start + IN_ONE_MESSAGE]
