"""Gathers the dates of a room, or of a person in all rooms, for a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from kaz_bot.calendars import Calendar, Entry, Shift, TaskEntry
from kaz_bot.context import Desk
from kaz_bot.dates import Recurrence, occurrences
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.recurring import by_the_clock, first_of
from kaz_bot.domain.reminders import HolidayRule, Reminder
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.meeting_dates import with_meetings
from kaz_bot.messages import RoomId, RoomState, UserId, server_of
from kaz_bot.planning import as_ruled, on_holidays, rule_of
from kaz_bot.rights import has_task, served, within_reach
from kaz_bot.store import Work

# What was done or taken back is shown as such for so long, then it is gone.
_KEPT = timedelta(days=30)
# Holidays are looked up from the beginning of last year to the end of the year after next: the
# file stays the same from one new year to the next, as long as nobody changes anything.
_YEARS_BACK, _YEARS_AHEAD = 1, 2
# Of what is counted in hours so many are left out that this year and the next must do.
_YEARS_BACK_BY_THE_CLOCK, _YEARS_AHEAD_BY_THE_CLOCK = 0, 1
# Before what was put off there is an occurrence within one of these, and few within the shortest.
_LOOKED_BACK = tuple(timedelta(hours=hours) for hours in (1, 60, 1000, 10_000))
_LOOKED_AT_ONCE = 70


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The dates, and how many are left out because they were said encrypted."""

    calendar: Calendar
    language: Language
    withheld: int = 0

    @property
    def sealed_entries(self) -> int:
        """How many of those it shows were said encrypted."""
        reminders = sum(entry.reminder.sealed for entry in self.calendar.entries)
        tasks = sum(entry.task.sealed for entry in self.calendar.tasks)
        return reminders + tasks + sum(entry.meeting.sealed for entry in self.calendar.meetings)


async def agenda_of_room(
    work: Work, desk: Desk, room: BoundRoom, now: datetime, *, sealed: bool
) -> Agenda:
    """What is set in the room; with `sealed`, also what was written in it encrypted."""
    state = desk.rooms.get(room.room_id)
    found = [
        *await work.reminders.open_in_room(room.room_id),
        *await work.reminders.ended_since(now - _KEPT, room_id=room.room_id),
    ]
    name = state.name if state else ""
    shown = [(reminder, name) for reminder in found if sealed or not reminder.sealed]
    tasks = [
        *await work.tasks.open_in(room.room_id),
        *await work.tasks.ended_since(now - _KEPT, room_id=room.room_id),
    ]
    agenda = _agenda(desk, name, room.language, shown, withheld=len(found) - len(shown), now=now)
    agenda = _with_tasks(agenda, [(task, name) for task in tasks], sealed=sealed)
    return await _with_meetings(work, desk, agenda, [(room.room_id, name)], sealed=sealed)


async def agenda_of_person(
    work: Work, desk: Desk, person: UserId, now: datetime, *, sealed: bool
) -> Agenda:
    """What somebody set, is reminded of or has to do, in all rooms where they are, or alone."""
    rooms = {room.room_id: room for room in await work.rooms.all()}
    found = [
        reminder
        for reminder in (
            *await work.reminders.open_of(person),
            *await work.reminders.ended_since(now - _KEPT, person=person),
        )
        if within_reach(person, reminder, desk.rooms.get(reminder.room_id))
    ]
    shown = [
        (reminder, _place(desk, rooms.get(reminder.room_id)))
        for reminder in found
        if sealed or not reminder.sealed
    ]
    chat = await work.rooms.direct_with(person)
    language = chat.language if chat else Language(desk.settings.language)
    tasks = [
        *await work.tasks.open_of(person),
        *await work.tasks.ended_since(now - _KEPT, person=person),
    ]
    theirs = [
        (task, _place(desk, rooms.get(task.room_id)) if not task.asked else "")
        for task in tasks
        if has_task(person, task, home=desk.rooms.get(task.room_id))
    ]
    agenda = _agenda(desk, "", language, shown, withheld=len(found) - len(shown), now=now)
    agenda = _with_tasks(agenda, theirs, sealed=sealed)
    committees = [
        (room.room_id, _place(desk, room))
        for room in rooms.values()
        if room.kind is RoomKind.COMMITTEE and _is_in(person, desk.rooms.get(room.room_id))
    ]
    return await _with_meetings(work, desk, agenda, committees, sealed=sealed)


async def agenda_of_feed(work: Work, desk: Desk, feed: Feed, now: datetime) -> Agenda | None:
    """What is to be read at the address; nothing once the bot has left the room, or the person
    all rooms. Membership counts now, as with every command."""
    if feed.room_id is not None:
        room = await work.rooms.get(feed.room_id)
        if room is None or room.left_at is not None or desk.rooms.get(room.room_id) is None:
            return None
        return await agenda_of_room(work, desk, room, now, sealed=feed.sealed)
    person = feed.person
    if person is None or not served(person, desk.settings):
        return None
    if not any(_is_in(person, state) for state in desk.rooms.joined()):
        return None
    return await agenda_of_person(work, desk, person, now, sealed=feed.sealed)


def _is_in(person: UserId, state: RoomState | None) -> bool:
    return state is not None and person in state.members


def _place(desk: Desk, room: BoundRoom | None) -> str:
    """What a room is called; in their direct chat people need not be told where they are."""
    state = desk.rooms.get(room.room_id) if room and room.kind is not RoomKind.DIRECT else None
    return state.name if state else ""


def _agenda(
    desk: Desk,
    name: str,
    language: Language,
    shown: list[tuple[Reminder, str]],
    *,
    withheld: int,
    now: datetime,
) -> Agenda:
    calendar = Calendar(
        name=name,
        zone=desk.settings.timezone,
        server=server_of(desk.bot),
        entries=tuple(entry_of(reminder, place, desk.days, now) for reminder, place in shown),
        at=now,
    )
    return Agenda(calendar=calendar, language=language, withheld=withheld)


def _with_tasks(agenda: Agenda, tasks: list[tuple[Task, str]], *, sealed: bool) -> Agenda:
    """With the days on which these tasks are due, but for those without words."""
    worded = [(task, place) for task, place in tasks if task.erased_at is None]
    shown = tuple(
        TaskEntry(task=task, place=place) for task, place in worded if sealed or not task.sealed
    )
    return replace(
        agenda,
        calendar=replace(agenda.calendar, tasks=shown),
        withheld=agenda.withheld + len(worded) - len(shown),
    )


async def _with_meetings(
    work: Work, desk: Desk, agenda: Agenda, rooms: Iterable[tuple[RoomId, str]], *, sealed: bool
) -> Agenda:
    tabled = desk.words("calendar", agenda.language)["tabled"]
    calendar, withheld = await with_meetings(
        work, agenda.calendar, rooms, sealed=sealed, tabled=tabled
    )
    return replace(agenda, calendar=calendar, withheld=agenda.withheld + withheld)


def entry_of(reminder: Reminder, place: str, days: DaysOff, now: datetime) -> Entry:
    """The reminder with what the holidays, or somebody who put it off, made of its rule."""
    entry = Entry(reminder=reminder, place=place)
    if not reminder.rrule:
        return entry
    rule, due = rule_of(reminder), reminder.due_at.astimezone(UTC)
    elsewhere = dict(
        _off_holidays(
            reminder.rrule,
            reminder.starts,
            reminder.zone,
            holidays=reminder.holidays,
            days=days,
            year=now.year,
        )
    )
    planned = due in elsewhere.values() or (_names(rule, due) and due not in elsewhere)
    if reminder.open and not planned:
        elsewhere[_put_off(rule, due)] = due
    if reminder.ended_at is not None:
        ended = reminder.ended_at
        elsewhere = {at: then for at, then in elsewhere.items() if at <= ended}
    return replace(
        entry,
        left_out=tuple(at for at, then in elsewhere.items() if then is None),
        shifts=tuple(Shift(planned=at, at=then) for at, then in elsewhere.items() if then),
    )


# Calendar programs ask every hour, and the answer is the same from one new year to the next.
@lru_cache(maxsize=4096)
def _off_holidays(
    rrule: str, starts: str, zone: str, *, holidays: HolidayRule, days: DaysOff, year: int
) -> tuple[tuple[datetime, datetime | None], ...]:
    """The occurrences that are not when the rule says, and when they are; nothing: left out.

    All in UTC: times of one zone are the same if the wall shows the same, which it does twice in
    a night of autumn.
    """
    if holidays is HolidayRule.KEEP:
        return ()
    rule = Recurrence(rrule=rrule, dtstart=first_of(starts, zone), timed=True)
    back, ahead = _YEARS_BACK, _YEARS_AHEAD
    if by_the_clock(rrule):
        back, ahead = _YEARS_BACK_BY_THE_CLOCK, _YEARS_AHEAD_BY_THE_CLOCK
    since, until = date(year - back, 1, 1), date(year + ahead + 1, 1, 1)
    elsewhere: dict[datetime, datetime | None] = {}
    for at in on_holidays(rule, since, until, days):
        moved = as_ruled(at, holidays, days)
        then = moved.astimezone(UTC) if moved else None
        # Two occurrences at one time are one: nobody is reminded twice.
        meets = then is None or then in elsewhere.values() or _names(rule, then)
        elsewhere[at.astimezone(UTC)] = None if meets else then
    return tuple(elsewhere.items())


def _names(rule: Recurrence, at: datetime) -> bool:
    """Whether the rule itself names that time, which is in UTC."""
    found = occurrences(rule, at - timedelta(seconds=1), 1)
    return at in (one.astimezone(UTC) for one in found)


def _put_off(rule: Recurrence, due: datetime) -> datetime:
    """The occurrence that is now due then: the last before."""
    for length in _LOOKED_BACK:
        found = occurrences(rule, due - length, _LOOKED_AT_ONCE)
        before = [at for at in found if at <= due]
        if before:
            return before[-1].astimezone(UTC)
    return rule.dtstart.astimezone(UTC)
