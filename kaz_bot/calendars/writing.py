"""Writes a calendar in the form of RFC 5545: one event for each date in it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from kaz_bot.calendars.cleaning import clean
from kaz_bot.calendars.meetings import meeting_event
from kaz_bot.calendars.records import Calendar, Entry, Shift
from kaz_bot.calendars.tasks import task_event
from kaz_bot.calendars.zones import timezone_of
from kaz_bot.domain.recurring import by_the_clock, first_of
from kaz_bot.domain.reminders import Reminder, ReminderKind, ReminderState

PROGRAM = "-//Kommunales Anwendungszentrum Brandenburg//Kaz-Bot//DE"
# How often a subscribed calendar should ask again. Outlook reads the second name.
_REFRESH = timedelta(hours=1)
# On a day without a time of day the alarm comes when people start to work, not at midnight.
_MORNING = timedelta(hours=9)
_DAY = timedelta(days=1)


def written(calendar: Calendar, words: Mapping[str, str]) -> bytes:
    """The file; `words` are the table `calendar` of the reader's language."""
    file = icalendar.Calendar()
    file.add("prodid", PROGRAM)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    # The library knows neither property, and would write them as they are.
    name = icalendar.vText(clean(calendar.name) or words["mine"])
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", calendar.zone.key)
    file.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", icalendar.vDuration(_REFRESH))
    # A file without any component is none: the zone is always there.
    zones = {calendar.zone.key, *(entry.reminder.zone for entry in calendar.entries)}
    zones |= {entry.meeting.zone for entry in calendar.meetings}
    zones |= {entry.task.zone for entry in calendar.tasks}
    for zone in sorted(zones):
        file.add_component(timezone_of(ZoneInfo(zone), calendar.at.year))
    for entry in calendar.entries:
        for event in _events(entry, calendar.server, words):
            file.add_component(event)
    for meeting in calendar.meetings:
        file.add_component(meeting_event(meeting, calendar.server, words))
    for task in calendar.tasks:
        file.add_component(task_event(task, calendar.server, words))
    text: bytes = file.to_ical()
    return text


def _events(entry: Entry, server: str, words: Mapping[str, str]) -> Iterator[icalendar.Event]:
    """The event, and one more for each occurrence of it that is elsewhere.

    Such a one is an event of its own with RECURRENCE-ID, not EXDATE and RDATE: Outlook and Google
    read no RDATE, and an EXDATE of the same time makes some take the moved one out as well.
    """
    reminder = entry.reminder
    event = _event(entry, server, words)
    event.add("dtstart", _start(reminder))
    if _all_day(reminder):
        event.add("dtend", _start(reminder) + _DAY)
    if recurrence := _recurrence(reminder):
        event.add("rrule", recurrence)
        for occurrence in entry.left_out:
            event.add("exdate", _like_start(reminder, occurrence))
    yield event
    if recurrence:
        for shift in entry.shifts:
            yield _shifted(entry, shift, server, words)


def _shifted(entry: Entry, shift: Shift, server: str, words: Mapping[str, str]) -> icalendar.Event:
    event = _event(entry, server, words)
    event.add("recurrence-id", _like_start(entry.reminder, shift.planned))
    start = _like_start(entry.reminder, shift.at)
    event.add("dtstart", start)
    if _all_day(entry.reminder):
        event.add("dtend", start + _DAY)
    return event


def _event(entry: Entry, server: str, words: Mapping[str, str]) -> icalendar.Event:
    """All that does not depend on when it is."""
    reminder = entry.reminder
    cancelled = reminder.state is ReminderState.CANCELLED
    summary = _summary(reminder, words)
    event = icalendar.Event()
    event.add("uid", f"reminder-{reminder.id}@{server}")
    event.add("sequence", reminder.sequence)
    event.add("dtstamp", reminder.changed_at)
    event.add("created", reminder.set_at)
    event.add("last-modified", reminder.changed_at)
    event.add("summary", summary)
    event.add("description", _description(entry, words))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # Nobody is busy because something is due.
    event.add("transp", "TRANSPARENT")
    if reminder.open:
        for before in _alarms(reminder):
            event.add_component(_alarm(before, summary))
    return event


def _summary(reminder: Reminder, words: Mapping[str, str]) -> str:
    about = clean(reminder.about)
    kind = words[reminder.kind]
    if reminder.kind is not ReminderKind.REMINDER:
        about = f"{kind}: {about}" if about else kind
    # Not every client shows the status, and none knows that something is done.
    return about or kind if reminder.open else f"{words[reminder.state]}: {about or kind}"


def _description(entry: Entry, words: Mapping[str, str]) -> str:
    lines = [f"{words[entry.reminder.kind]} {words['number']} {entry.reminder.id}"]
    if place := clean(entry.place):
        lines.append(f"{words['place']}: {place}")
    return "\n".join(lines)


def _alarms(reminder: Reminder) -> tuple[timedelta, ...]:
    """When it rings, counted from the beginning of the event."""
    if not reminder.is_deadline:
        return (timedelta(),)
    at = _MORNING if _all_day(reminder) else timedelta()
    return (at - _DAY, at)


def _alarm(after: timedelta, words: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", after)
    return alarm


def _all_day(reminder: Reminder) -> bool:
    """A deadline without a time of day runs until its day has ended."""
    return reminder.is_deadline and not reminder.timed


def _start(reminder: Reminder) -> date | datetime:
    if not reminder.rrule:
        return _like_start(reminder, reminder.due)
    return _like_start(reminder, first_of(reminder.starts, reminder.zone))


def _like_start(reminder: Reminder, at: datetime) -> date | datetime:
    """A time in the form all times of this event have."""
    local = at.astimezone(ZoneInfo(reminder.zone))
    if _all_day(reminder):
        return local.date()
    return local.astimezone(UTC) if _in_utc(reminder) else local


def _in_utc(reminder: Reminder) -> bool:
    """What is counted in hours goes on counting when the clocks on the wall are moved; and of an
    hour that they show twice, only UTC can say that the second is meant."""
    if reminder.rrule:
        return by_the_clock(reminder.rrule)
    due = reminder.due
    return due.fold == 1 and due.utcoffset() != due.replace(fold=0).utcoffset()


def _recurrence(reminder: Reminder) -> icalendar.vRecur | None:
    """Its rule; what has ended recurs until then and no longer."""
    if not reminder.rrule:
        return None
    rule: icalendar.vRecur = icalendar.vRecur.from_ical(reminder.rrule)
    if reminder.ended_at is not None:
        if reminder.ended_at < first_of(reminder.starts, reminder.zone):
            return None
        rule.pop("COUNT", None)
        ends = [reminder.ended_at.astimezone(UTC), *rule.get("UNTIL", [])]
        rule["UNTIL"] = [min(ends, key=_comparable)]
    if _all_day(reminder) and "UNTIL" in rule:
        # The end has the form of the beginning.
        rule["UNTIL"] = [_day_of(until, reminder) for until in rule["UNTIL"]]
    return rule


def _comparable(at: date | datetime) -> datetime:
    if isinstance(at, datetime):
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return datetime(at.year, at.month, at.day, tzinfo=UTC)


def _day_of(at: date | datetime, reminder: Reminder) -> date:
    if isinstance(at, datetime):
        return _comparable(at).astimezone(ZoneInfo(reminder.zone)).date()
    return at
