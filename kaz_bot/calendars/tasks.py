"""Writes the day on which a task is due as an event of RFC 5545."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import icalendar

from kaz_bot.calendars.cleaning import clean
from kaz_bot.calendars.records import TaskEntry
from kaz_bot.domain.committee.tasks import Task, TaskState

_DAY = timedelta(days=1)
# On a day without a time of day the alarm comes when people start to work, not at midnight.
_MORNING = timedelta(hours=9)


def task_event(entry: TaskEntry, server: str, words: Mapping[str, str]) -> icalendar.Event:
    """The event; `words` are the table `calendar` of the reader's language."""
    task = entry.task
    withdrawn = task.state is TaskState.WITHDRAWN
    summary = _summary(task, words)
    event = icalendar.Event()
    event.add("uid", f"task-{task.id}@{server}")
    # Each change saves the record, so that its version grows whenever the event may.
    event.add("sequence", task.version)
    event.add("dtstamp", task.changed_at)
    event.add("created", task.set_at)
    event.add("last-modified", task.changed_at)
    event.add("dtstart", _start(task))
    if not task.timed:
        event.add("dtend", task.day + _DAY)
    event.add("summary", summary)
    event.add("description", _description(entry, words))
    event.add("status", "CANCELLED" if withdrawn else "CONFIRMED")
    # Nobody is busy because something is due.
    event.add("transp", "TRANSPARENT")
    if task.open:
        at = timedelta() if task.timed else _MORNING
        for before in (at - _DAY, at):
            event.add_component(_alarm(before, summary))
    return event


def _start(task: Task) -> date | datetime:
    """The day alone, unless a time of day was said; of an hour that the clocks show twice, only
    UTC can say that the second is meant."""
    if not task.timed:
        return task.day
    due = task.due
    second = due.fold == 1 and due.utcoffset() != due.replace(fold=0).utcoffset()
    return due.astimezone(UTC) if second else due


def _summary(task: Task, words: Mapping[str, str]) -> str:
    kind = words["request"] if task.asked else words["task"]
    what = clean(task.what)
    whole = f"{kind} {task.subject}: {what}" if what else f"{kind} {task.subject}"
    # Not every client shows the status, and none knows that something is done.
    return whole if task.open else f"{words[task.state]}: {whole}"


def _description(entry: TaskEntry, words: Mapping[str, str]) -> str:
    facts = (
        (words["lead"], entry.task.lead),
        (words["worker"], entry.task.worker),
        (words["place"], entry.place),
    )
    return "\n".join(f"{label}: {clean(value)}" for label, value in facts if clean(value))


def _alarm(after: timedelta, words: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", after)
    return alarm
