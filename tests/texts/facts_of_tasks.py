"""Facts for the templates about tasks and requests."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.announcements.view import Person
from kaz_bot.days_off import Holiday
from kaz_bot.domain.committee.numbers import DecisionNumber, Subject, TaskId
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.committee.task_events import TaskHappened
from kaz_bot.domain.committee.task_lines import TaskGroup, TaskLine
from kaz_bot.domain.committee.tasks import OVERDUE, Task, TaskState
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import Told
from kaz_bot.domain.tickets import TicketState
from kaz_bot.handlers.programme import Part
from kaz_bot.messages import EventId, RoomId, UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=21)
TASK_EVENTS = [kind.word for kind in TaskHappened.__subclasses__()]
TASK_STATES = [*(state.value for state in TaskState), OVERDUE, "asked"]
# Whatever a ticket's state is in a run, these show every kind of task once.
_STATES = {
    TicketState.NEW: TaskState.OPEN,
    TicketState.CLAIMED: TaskState.ACCEPTED,
    TicketState.WAITING: TaskState.WITHDRAWN,
}
_TOLD = {TicketState.NEW: Told.AHEAD, TicketState.CLAIMED: Told.DUE}
_PARTS = {
    TicketState.NEW: Part.OPEN,
    TicketState.CLAIMED: Part.OVERDUE,
    TicketState.WAITING: Part.MINE,
}
_OTHERS = frozenset(
    {
        "info/programme",
        "info/task",
        "info/task_history",
        "info/task_unchanged",
        "info/tasks",
        "refusal/nobody_to_give_to",
        "refusal/not_your_task",
        "refusal/one_person_only",
        "refusal/promise_of_others",
        "refusal/task_date_stands",
        "refusal/task_ended",
        "refusal/task_needs_reason",
        "refusal/task_not_found",
        "refusal/task_stands",
        "refusal/too_many_tasks",
        "refusal/unknown_task_list",
    }
)


def facts_of_tasks(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] != "task" and template not in _OTHERS:
        return {}
    person = Person(id=UserId("@ann:kaz.test"), name=words("name"))
    task = _task(words, plenty=plenty, state=_STATES.get(state, TaskState.DONE))
    listed = template in _OTHERS
    return {
        "task": task,
        "withheld": plenty,
        "person": (words("name") if listed else person) if plenty else ("" if listed else None),
        "owner": words("name") if listed else person,
        "by": person,
        "former": person if plenty else None,
        "whose": words("name"),
        "names": (words("name"), words("name")),
        **dict.fromkeys(("outside", "direct", "late", "absent", "reported"), plenty),
        "remark": "next_week_meant" if plenty else "",
        "clash": _clash() if plenty else None,
        "reason": words("text") if plenty else "",
        "before": MORNING,
        "due": LATER,
        "parts": ("what", "lead"),
        "told": _TOLD.get(state, Told.ESCALATED),
        "level": 2 if plenty else 0,
        "rung": MORNING,
        "left": 14 if plenty else 1,
        "hours": 0,
        "days": 3 if plenty else 0,
        "state": task.state_at(MORNING),
        "entries": _history(words, plenty=plenty),
        "number": TaskId(31),
        "part": _PARTS.get(state, Part.YEAR),
        "year": 2026,
        "count": 12 if plenty else 0,
        "more": 3 if plenty else 0,
        "groups": _groups(words, task) if plenty else [],
        "word": words("name"),
    }


def _task(words: Callable[[str], str], *, plenty: bool, state: TaskState) -> Task:
    text = words("text") if plenty else ""
    name = words("name") if plenty else ""
    return Task(
        id=TaskId(31),
        room_id=RoomId("!a:kaz.test"),
        state=state,
        decision=DecisionNumber(2026, 3) if plenty else None,
        what=text,
        client=name,
        lead=name,
        worker=name,
        person=UserId("@ann:kaz.test") if plenty else None,
        asked=plenty and state is TaskState.OPEN,
        owner=UserId("@bo:kaz.test"),
        event_id=EventId("$e"),
        zone="Europe/Berlin",
        due_at=LATER,
        timed=plenty,
        next_at=LATER,
        outcome=text if state is TaskState.DONE else "",
        set_at=MORNING,
        changed_at=MORNING,
        erased_at=None if plenty else MORNING,
    )


def _clash() -> Clash:
    return Clash(
        due=LATER, holiday=Holiday.REFORMATION_DAY, next_working_day=LATER + timedelta(days=2)
    )


def _groups(words: Callable[[str], str], task: Task) -> list[tuple[TaskGroup, list[TaskLine]]]:
    line = TaskLine(
        task=task,
        group=TaskGroup.SOON,
        state=task.state.value,
        person=words("name"),
        requested=task.requested,
    )
    overdue = replace(line, state=OVERDUE, days=3)
    done = replace(line, task=replace(task, outcome=words("text")), state="done")
    return [
        (TaskGroup.OVERDUE, [overdue, replace(overdue, days=1)]),
        (TaskGroup.SOON, [line, line]),
        (TaskGroup.DONE, [done]),
    ]


def _history(words: Callable[[str], str], *, plenty: bool) -> list[tuple[object, ...]]:
    entry = CommitteeEntry(subject=Subject("A-31"), at=MORNING, actor=None, event="set")
    extended = replace(entry, event="extended")
    name = words("name") if plenty else ""
    reason = words("text") if plenty else ""
    return [(entry, name, None, ""), (extended, name, (MORNING, LATER), reason)]
