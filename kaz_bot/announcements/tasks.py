"""Who hears what happened to a task: the committee, and whoever has it without belonging to it."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Letter, Spot
from kaz_bot.announcements.rooms import to_admins
from kaz_bot.announcements.task_letters import (
    in_committee,
    is_outside,
    is_shown,
    present,
    spot_heard,
    spot_of_committee,
    spot_of_person,
    task_key,
    task_letter,
)
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.committee.task_events import (
    TaskAccepted,
    TaskChanged,
    TaskDeclined,
    TaskExtended,
    TaskGiven,
    TaskHappened,
    TaskOutcomeSaid,
    TaskSet,
    TaskTakenAway,
    TaskTakenBack,
    TaskTold,
    TaskWithdrawn,
    TaskWithoutWords,
)
from kaz_bot.domain.reminders import Told
from kaz_bot.messages import UserId

ACCEPT, DONE = "👍", "✅"
# From this level of a ladder on the operators hear of it.
_OPERATORS = 2
_EVENTS = {Told.OVERDUE: "overdue", Told.ESCALATED: "overdue"}


def task_happened(happened: TaskHappened, view: DeskView) -> list[Announcement]:
    """The letters about it, in the order they are to be written."""
    match happened:
        case TaskSet(clash=clash, remark=remark):
            facts: dict[str, object] = {"clash": clash, "remark": remark}
            return [_handed_over(happened, view, facts), *_asked(happened, view)]
        case TaskGiven(former=former):
            facts = {"former": view.person(former) if former else None}
            return [_handed_over(happened, view, facts), *_asked(happened, view)]
        case TaskTakenAway(former=former):
            spot = spot_of_person(former, view)
            return [task_letter(happened, view, spot, "task/taken_away", {}, calls=(former,))]
        case TaskTold():
            return _told(happened, view)
    return _heard_by_all(happened, view)


def _handed_over(happened: TaskSet | TaskGiven, view: DeskView, facts: dict[str, object]) -> Letter:
    """Where it was said; whoever has it now is called, and whoever had it before."""
    task = happened.task
    spot = spot_heard(happened)
    former = happened.former if isinstance(happened, TaskGiven) else None
    waits = task.person is not None or task.asked
    others = tuple(user for user in (task.person, former) if user != happened.by)
    return task_letter(
        happened,
        view,
        spot,
        f"task/{happened.word}",
        facts,
        calls=present(others, view.rooms.get(task.room_id)),
        reactions=(ACCEPT,) if waits and not is_outside(task, view) else (),
    )


def _heard_by_all(happened: TaskHappened, view: DeskView) -> list[Announcement]:
    """Where it was said; the committee if that was elsewhere; whoever has it, if they are."""
    task, spot = happened.task, spot_heard(happened)
    spots = [spot]
    if not in_committee(spot, task):
        spots.append(spot_of_committee(task))
    elif task.person is not None and is_outside(task, view):
        spots.append(spot_of_person(task.person, view))
    return [
        task_letter(
            happened,
            view,
            one,
            f"task/{happened.word}",
            _facts(happened),
            calls=_called(happened, one, view),
        )
        for one in spots
    ]


def _facts(happened: TaskHappened) -> Mapping[str, object]:
    match happened:
        case TaskExtended(before=before, clash=clash):
            return {"before": before, "clash": clash, "reason": ""}
        case TaskAccepted(reported=reported):
            return {"reason": "", "reported": reported}
        case TaskDeclined() | TaskWithdrawn():
            return {"reason": ""}
        case TaskChanged(parts=parts):
            return {"parts": parts}
    return {}


def _called(happened: TaskHappened, spot: Spot, view: DeskView) -> tuple[UserId, ...]:
    """Whom it gives something to do, or takes it from: whoever has it, or has to find somebody
    else."""
    task = happened.task
    concerned: UserId | None
    match happened:
        case TaskAccepted() | TaskOutcomeSaid():
            return ()
        case TaskWithoutWords() if task.ended_at != happened.at:
            return ()
        case TaskDeclined() | TaskTakenBack():
            concerned = task.owner
        case _:
            concerned = task.person
    if concerned is None or concerned == happened.by:
        return ()
    # Who is only invited to their direct chat as yet is called there all the same.
    if concerned == task.person and not in_committee(spot, task):
        return (concerned,)
    return present((concerned,), view.rooms.get(spot.room_id) if spot.room_id else None)


def _asked(happened: TaskHappened, view: DeskView) -> list[Announcement]:
    """Somebody from outside is asked in their direct chat."""
    task = happened.task
    if task.person is None or not is_outside(task, view):
        return []
    spot, calls = spot_of_person(task.person, view), (task.person,)
    signs = (ACCEPT,) if is_shown(task, spot, view) else ()
    return [
        task_letter(
            happened, view, spot, "task/requested", {}, calls=calls, loud=True, reactions=signs
        )
    ]


def _told(happened: TaskTold, view: DeskView) -> list[Announcement]:
    """Whoever has it; later also the chair; at last the operators, who learn only the number."""
    task, rung = happened.task, happened.rung
    letters: list[Announcement] = []
    if task.person is not None and is_outside(task, view):
        letters.append(_reminder(happened, view, to=task.person))
    if not letters or rung.level:
        letters.append(_reminder(happened, view, to=None))
    if rung.level < _OPERATORS:
        return letters
    room = view.rooms.get(task.room_id)
    facts = {"task": task.without_words(), "room_name": room.name if room else ""}
    key = task_key(task, "overdue", happened.at)
    admins = [
        replace(letter, key=key, subjects=(task.subject,))
        for letter in to_admins(view, "task/escalated", facts)
        if isinstance(letter, Letter)
    ]
    return [*letters, *admins]


def _reminder(happened: TaskTold, view: DeskView, *, to: UserId | None) -> Letter:
    """In the direct chat of `to`, or to the committee. Who was asked and has not answered is asked
    once more; nothing is overdue that nobody has promised."""
    task, rung = happened.task, happened.rung
    room = view.rooms.get(task.room_id)
    chairs = happened.chairs if rung.level else ()
    spot = spot_of_person(to, view) if to else spot_of_committee(task)
    template, sign = ("task/question", ACCEPT) if task.requested else ("task/due", DONE)
    # Nobody promises by one sign what they cannot read.
    signs = (sign,) if sign == DONE or is_shown(task, spot, view) else ()
    letter = task_letter(
        happened,
        view,
        spot,
        template,
        {
            "told": rung.told,
            "level": rung.level,
            "late": happened.late,
            "rung": rung.at,
            "left": happened.left,
            "hours": happened.hours,
            "days": happened.days,
            "absent": _is_absent(happened, view),
        },
        calls=(to,) if to else present((*_in_charge(happened, room), *chairs), room),
        loud=True,
        reactions=signs,
    )
    event = "late" if happened.late else _EVENTS.get(rung.told, "due")
    return replace(letter, key=task_key(task, event, happened.at))


def _in_charge(happened: TaskTold, room: RoomView | None) -> tuple[UserId, ...]:
    """Whoever has it, otherwise whoever set it, otherwise the chair: as long as they are there."""
    task = happened.task
    found = present((task.person,), room) or present((task.owner,), room)
    return found or happened.chairs


def _is_absent(happened: TaskTold, view: DeskView) -> bool:
    """Whether whoever had it as a member has left the room."""
    task, room = happened.task, view.rooms.get(happened.task.room_id)
    here = room is not None and task.person in room.members
    return task.person is not None and not here and not is_outside(task, view)
