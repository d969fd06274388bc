"""Gathers the dates of a room, or of a person in all rooms, for a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from kaz_bot.calendars import Calendar, Entry, Shift
from kaz_bot.context import Desk
from kaz_bot.dates import occurrences
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.reminders import HolidayRule, Reminder
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.messages import RoomState, UserId, server_of
from kaz_bot.planning import as_ruled, rule_of
from kaz_bot.rights import served
from kaz_bot.store import Work

# What was done or taken back is shown as such for so long, then it is gone.
_KEPT = timedelta(days=30)
# Holidays are looked up from the beginning of last year to the end of the year after next: the
# file stays the same from one new year to the next, as long as nobody changes anything.
_YEARS_BACK, _YEARS_AHEAD = 1, 2
_LOOKED_AT_ONCE = 50
_LOOKED_AT = 2000


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The dates, and how many are left out because they were said encrypted."""

    calendar: Calendar
    language: Language
    withheld: int = 0

    @property
    def sealed_entries(self) -> int:
        """How many of those it shows were said encrypted."""
        return sum(entry.reminder.sealed for entry in self.calendar.entries)


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
    return _agenda(desk, name, room.language, shown, withheld=len(found) - len(shown), now=now)


async def agenda_of_person(
    work: Work, desk: Desk, person: UserId, now: datetime, *, sealed: bool
) -> Agenda:
    """What somebody set, is reminded of or has to do, in all rooms where they are."""
    rooms = {room.room_id: room for room in await work.rooms.all()}
    found = [
        reminder
        for reminder in (
            *await work.reminders.open_of(person),
            *await work.reminders.ended_since(now - _KEPT, person=person),
        )
        if reminder.owner == person or _is_in(person, desk.rooms.get(reminder.room_id))
    ]
    shown = [
        (reminder, _place(desk, rooms.get(reminder.room_id)))
        for reminder in found
        if sealed or not reminder.sealed
    ]
    chat = await work.rooms.direct_with(person)
    language = chat.language if chat else Language(desk.settings.language)
    return _agenda(desk, "", language, shown, withheld=len(found) - len(shown), now=now)


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
        entries=tuple(_entry(reminder, place, desk.days, now) for reminder, place in shown),
        at=now,
    )
    return Agenda(calendar=calendar, language=language, withheld=withheld)


def _entry(reminder: Reminder, place: str, days: DaysOff, now: datetime) -> Entry:
    """The reminder with what the holidays, or somebody who put it off, made of its rule."""
    entry = Entry(reminder=reminder, place=place)
    if not reminder.rrule or _is_as_planned(reminder):
        return entry
    planned = list(_planned(reminder, now))
    actual = {at: as_ruled(at, reminder.holidays, days) for at in planned}
    if reminder.open and planned and reminder.due_at not in _instants(actual):
        before = [at for at in planned if at <= reminder.due_at]
        actual[before[-1] if before else planned[0]] = reminder.due
    elsewhere = {at: then for at, then in actual.items() if then != at}
    # Two occurrences at one time are one: nobody is reminded twice.
    taken = _instants({at: then for at, then in actual.items() if then == at})
    left_out, shifts = [], []
    for at, then in elsewhere.items():
        if then is None or then.astimezone(UTC) in taken:
            left_out.append(at)
        else:
            taken.add(then.astimezone(UTC))
            shifts.append(Shift(planned=at, at=then))
    return replace(entry, left_out=tuple(left_out), shifts=tuple(shifts))


def _is_as_planned(reminder: Reminder) -> bool:
    """Whether nothing has touched the rule, as is nearly always so."""
    if reminder.holidays is not HolidayRule.KEEP:
        return False
    moment_before = reminder.due_at - timedelta(seconds=1)
    return not reminder.open or reminder.due in occurrences(rule_of(reminder), moment_before, 1)


def _instants(actual: dict[datetime, datetime | None]) -> set[datetime]:
    return {then.astimezone(UTC) for then in actual.values() if then is not None}


def _planned(reminder: Reminder, now: datetime) -> Iterator[datetime]:
    """The occurrences of the rule itself, in the years that are looked at."""
    first = datetime(now.year - _YEARS_BACK, 1, 1, tzinfo=UTC)
    end = datetime(now.year + _YEARS_AHEAD + 1, 1, 1, tzinfo=UTC)
    if reminder.holidays is HolidayRule.KEEP:
        # Only what was put off can differ from the rule, and that is near.
        first, end = reminder.due_at - timedelta(days=400), reminder.due_at
    if reminder.ended_at is not None:
        end = min(end, reminder.ended_at)
    rule, since = rule_of(reminder), first
    for _ in range(_LOOKED_AT // _LOOKED_AT_ONCE):
        some = occurrences(rule, since, _LOOKED_AT_ONCE)
        yield from (at for at in some if at <= end)
        if len(some) < _LOOKED_AT_ONCE or some[-1] > end:
            return
        since = some[-1]
