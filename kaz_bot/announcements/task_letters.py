"""How a letter about a task is made: where it goes, what it may show there, what programs read."""

from collections.abc import Mapping
from datetime import datetime

from kaz_bot.announcements.letters import Key, Letter, Spot
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.committee.task_events import TaskHappened
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.letters import Place
from kaz_bot.messages import UserId

# What the contract calls the events that it has no word for.
_EVENTS = {
    "given": "changed",
    "taken_away": "changed",
    "outcome": "changed",
    "erased": "withdrawn",
    "orphaned": "changed",
    "taken_back": "changed",
}


def task_key(task: Task, event: str, now: datetime) -> Key:
    """What programs read: which, how it stands, when it is due on the wall of its zone."""
    return Key(
        name="de.kaz.task",
        content={
            "id": task.subject,
            "state": task.state_at(now),
            "due": task.due.isoformat(),
            "event": _EVENTS.get(event, event),
        },
    )


def task_letter(
    happened: TaskHappened,
    view: DeskView,
    spot: Spot,
    template: str,
    facts: Mapping[str, object],
    *,
    calls: tuple[UserId, ...] = (),
    loud: bool = False,
    reactions: tuple[str, ...] = (),
) -> Letter:
    """A letter that shows the words of the task where they may be shown."""
    task = happened.task
    shown = is_shown(task, spot, view)
    person = task.person
    return Letter(
        spot=spot,
        template=template,
        facts={
            "task": task if shown else task.without_words(),
            "withheld": not shown,
            "person": view.person(person) if person else None,
            "outside": is_outside(task, view),
            "owner": view.person(task.owner),
            "by": view.person(happened.by) if happened.by else None,
            "direct": not in_committee(spot, task),
            "prefix": view.verb_prefix,
            **facts,
            **({"reason": reason_for(happened, spot, view)} if "reason" in facts else {}),
        },
        key=task_key(task, happened.word, happened.at),
        calls=calls,
        loud=loud,
        sealed=encrypted(spot, view) and (task.sealed or _heard_sealed(happened)),
        reactions=reactions,
        subjects=(task.subject,),
    )


def encrypted(spot: Spot, view: DeskView) -> bool:
    """Whether encrypted words may go there: a direct chat that is yet to be made is encrypted."""
    if spot.room_id is None:
        return True
    room = view.rooms.get(spot.room_id)
    return room is not None and room.encrypted


def is_shown(task: Task, spot: Spot, view: DeskView) -> bool:
    """Whether its words may stand there."""
    return encrypted(spot, view) or not task.sealed


def in_committee(spot: Spot, task: Task) -> bool:
    """Whether the committee reads it."""
    return spot.room_id == task.room_id


def spot_of_committee(task: Task) -> Spot:
    """In the room where it was set."""
    return Spot(room_id=task.room_id)


def spot_of_person(person: UserId, view: DeskView) -> Spot:
    """In the direct chat of somebody who does not belong to the committee."""
    direct = view.directs.get(person)
    return Spot(room_id=direct) if direct else Spot(person=person)


def spot_heard(happened: TaskHappened) -> Spot:
    """Where somebody said it."""
    heard = happened.heard
    if heard is None:
        return spot_of_committee(happened.task)
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=heard.room_id, thread=thread, reply_to=heard.reply_to)


def is_outside(task: Task, view: DeskView) -> bool:
    """Whether whoever has it is asked in their direct chat, not being in the room."""
    room = view.rooms.get(task.room_id)
    here = room is not None and task.person in room.members
    return task.person is not None and task.asked and not here


def present(users: tuple[UserId | None, ...], room: RoomView | None) -> tuple[UserId, ...]:
    """Whom a letter in the room can call."""
    members = room.members if room else {}
    return tuple(dict.fromkeys(user for user in users if user is not None and user in members))


def reason_for(happened: TaskHappened, spot: Spot, view: DeskView) -> object:
    """Why somebody did it; said encrypted, it is repeated encrypted only."""
    reason = getattr(happened, "reason", "")
    return reason if encrypted(spot, view) or not _heard_sealed(happened) else ""


def _heard_sealed(happened: TaskHappened) -> bool:
    return happened.heard is not None and happened.heard.sealed
