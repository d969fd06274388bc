"""What is said about reminders and deadlines: when set, when due, when somebody has done it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.announcements.letters import Announcement, Key, Letter, Redaction, Spot, info_key
from kaz_bot.announcements.rooms import to_admins
from kaz_bot.announcements.view import DeskView, Person
from kaz_bot.domain.letters import LetterKind, Place
from kaz_bot.domain.reminder_events import (
    DeadlineTold,
    FellDue,
    HolidayRuleChosen,
    ReminderCancelled,
    ReminderDone,
    ReminderHappened,
    ReminderPutOff,
    RemindersDue,
    ReminderSet,
    ReminderWithoutText,
)
from kaz_bot.domain.reminders import Reminder, Told
from kaz_bot.messages import UserId

DONE, LATER = "✅", "💤"
# The events of the contract; what else happens to a reminder is told as `de.kaz.info`.
_CONTRACT_EVENTS = frozenset({"set", "snoozed", "done", "cancelled"})
# From this level of a ladder on the operators hear of it.
_OPERATORS = 2
_EVENTS = {
    Told.NOTHING: "due",
    Told.AHEAD: "due",
    Told.DUE: "due",
    Told.OVERDUE: "overdue",
    Told.ESCALATED: "overdue",
}


def reminder_key(reminder: Reminder, event: str, due: datetime | None = None) -> Key:
    """What programs read: which, when it is due on the wall of its zone, what happened."""
    at = (due or reminder.due_at).astimezone(ZoneInfo(reminder.zone))
    return Key(
        name="de.kaz.reminder",
        content={"id": reminder.id, "due": at.isoformat(), "event": event},
    )


def reminder_happened(happened: ReminderHappened, view: DeskView) -> list[Announcement]:
    """Answered where it was said; the room hears too what concerns others in it."""
    match happened:
        case DeadlineTold():
            return _deadline_told(happened, view)
        case ReminderSet(people=people, clash=clash, remark=remark, upcoming=upcoming):
            return _answered(
                happened,
                view,
                "reminder/set",
                people=_people((one.person for one in people), view),
                clash=clash,
                remark=remark,
                upcoming=upcoming,
            )
        case ReminderPutOff(before=before, reason=reason, clash=clash):
            return _answered(
                happened,
                view,
                "reminder/put_off",
                due=happened.until,
                before=before,
                reason=reason,
                clash=clash,
            )
        case ReminderDone(missing=missing):
            return _answered(happened, view, "reminder/done", missing=_people(missing, view))
        case ReminderCancelled():
            return _answered(happened, view, "reminder/cancelled")
        case HolidayRuleChosen():
            return _answered(happened, view, "reminder/holidays")
        case ReminderWithoutText():
            taken_back: list[Announcement] = [
                Redaction(of=letter) for letter in view.told if letter.kind is LetterKind.MESSAGE
            ]
            spot = _own_spot(happened.reminder, view)
            return [*taken_back, _letter(happened, view, spot, "reminder/without_text", {})]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _answered(
    happened: ReminderHappened, view: DeskView, template: str, **facts: object
) -> list[Announcement]:
    """Where it was said; and in its own room, if that is another and others are concerned."""
    reminder, heard = happened.reminder, happened.heard
    own = _own_spot(reminder, view)
    if heard is None:
        return [_letter(happened, view, own, template, facts)]
    thread = Place(event=heard.thread) if heard.thread else None
    spot = Spot(room_id=heard.room_id, thread=thread, reply_to=heard.reply_to)
    answer = _letter(happened, view, spot, template, facts)
    private = reminder.target is not None and reminder.target == happened.by == reminder.owner
    if own.room_id in {None, heard.room_id} or private:
        return [answer]
    return [answer, _letter(happened, view, own, template, facts)]


def _letter(
    happened: ReminderHappened,
    view: DeskView,
    spot: Spot,
    template: str,
    facts: Mapping[str, object],
) -> Letter:
    reminder = _shown(happened.reminder, spot, view)
    until = happened.until if isinstance(happened, ReminderPutOff) else None
    key = (
        reminder_key(reminder, happened.word, until)
        if happened.word in _CONTRACT_EVENTS
        else info_key(f"reminder_{happened.word}", id=reminder.id)
    )
    told = {**_facts(reminder, view, happened.by), **facts}
    heard = happened.heard
    if told.get("reason") and heard and heard.sealed and not _encrypted(spot, view):
        told["reason"] = ""
    return Letter(
        spot=spot,
        template=template,
        facts=told,
        key=key,
        sealed=_encrypted(spot, view) and (reminder.sealed or bool(heard and heard.sealed)),
        reminders=(reminder.id,),
    )


def _encrypted(spot: Spot, view: DeskView) -> bool:
    """Whether the place is surely one where encrypted text may be shown."""
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    return room is not None and room.encrypted


def _shown(reminder: Reminder, spot: Spot, view: DeskView) -> Reminder:
    """Without its text where that may not be shown."""
    hidden = reminder.sealed and not _encrypted(spot, view)
    return replace(reminder, about="") if hidden else reminder


def _facts(reminder: Reminder, view: DeskView, by: UserId | None) -> dict[str, object]:
    return {
        "reminder": reminder,
        "target": view.person(reminder.target) if reminder.target else None,
        "owner": view.person(reminder.owner),
        "mine": reminder.target is not None and reminder.target == by,
        "prefix": view.verb_prefix,
    }


def _own_spot(reminder: Reminder, view: DeskView) -> Spot:
    """Where it was set; in private what is a person's own, if they or the bot had to leave."""
    room = view.rooms.get(reminder.room_id)
    own = reminder.target is not None and reminder.target == reminder.owner
    if room is None or (own and reminder.target not in room.members):
        person = reminder.target or reminder.owner
        direct = view.directs.get(person)
        return Spot(room_id=direct) if direct else Spot(person=person)
    thread = Place(event=reminder.thread) if reminder.thread else None
    return Spot(room_id=reminder.room_id, thread=thread, reply_to=reminder.about_event)


def reminders_due(happened: RemindersDue, view: DeskView) -> list[Announcement]:
    """One message for one reminder, and one for several that are late."""
    first = happened.fallen[0].reminder
    spot = _own_spot(first, view)
    key = reminder_key(first, happened.word, happened.fallen[0].due)
    others = [reminder_key(one.reminder, happened.word, one.due).content for one in happened.fallen]
    several = {"also": others[1:]} if len(others) > 1 else {}
    called = _reachable(first, spot, view)
    return [
        Letter(
            spot=spot,
            template="reminder/late" if happened.late else "reminder/due",
            facts={
                "fallen": [_fallen_facts(one, spot, view, called) for one in happened.fallen],
                "person": view.person(called) if called else None,
                "prefix": view.verb_prefix,
            },
            key=Key(name=key.name, content={**key.content, **several}),
            calls=(called,) if called else (),
            loud=True,
            sealed=_encrypted(spot, view) and any(one.reminder.sealed for one in happened.fallen),
            reactions=(DONE, LATER),
            reminders=tuple(one.reminder.id for one in happened.fallen),
        )
    ]


def _fallen_facts(
    one: FellDue, spot: Spot, view: DeskView, called: UserId | None
) -> dict[str, object]:
    """What is said about one of them. `owner`: who asked for it, `absent`: who is not there."""
    target, owner = one.reminder.target, one.reminder.owner
    return {
        "reminder": _shown(one.reminder, spot, view),
        "due": one.due,
        "missed": one.missed,
        "upcoming": one.upcoming,
        "holiday": one.holiday,
        "ticket": one.ticket,
        "owner": view.person(owner) if target is not None and owner != target == called else None,
        "absent": view.person(target) if target is not None and target != called else None,
    }


def _reachable(reminder: Reminder, spot: Spot, view: DeskView) -> UserId | None:
    """Whom the reminder calls; who set it, when the person meant has left the room."""
    if reminder.target is None:
        return None
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    if room is None or reminder.target in room.members:
        return reminder.target
    return reminder.owner if reminder.owner in room.members else None


def _deadline_told(happened: DeadlineTold, view: DeskView) -> list[Announcement]:
    """Those who have not done it; later also who set it; at last the operators."""
    reminder, rung = happened.reminder, happened.rung
    room = view.rooms.get(reminder.room_id)
    called = [*happened.missing, *([reminder.owner] if rung.level else [])]
    present = tuple(dict.fromkeys(user for user in called if room is None or user in room.members))
    event = "late" if happened.late else _EVENTS[rung.told]
    spot = _own_spot(reminder, view)
    told = Letter(
        spot=spot,
        template="reminder/deadline",
        facts={
            **_facts(_shown(reminder, spot, view), view, None),
            "told": rung.told,
            "level": rung.level if reminder.owner in present else 0,
            "late": happened.late,
            "rung": rung.at,
            "days": _days_between(reminder, happened.at),
            "hours": _hours_between(reminder, happened.at),
            "missing": _people(happened.missing, view),
            "ticket": happened.ticket,
        },
        key=reminder_key(reminder, event),
        calls=present,
        loud=True,
        sealed=reminder.sealed and _encrypted(spot, view),
        reactions=(DONE,),
        reminders=(reminder.id,),
    )
    if rung.level < _OPERATORS:
        return [told]
    facts = {"reminder": reminder, "room_name": room.name if room else ""}
    admins = [
        replace(letter, key=reminder_key(reminder, "overdue"), reminders=(reminder.id,))
        for letter in to_admins(view, "reminder/escalated", facts)
        if isinstance(letter, Letter) and letter.spot.room_id != reminder.room_id
    ]
    return [told, *admins]


def _days_between(reminder: Reminder, now: datetime) -> int:
    """Days until the day it is due; negative once that has passed."""
    return (reminder.day - now.astimezone(ZoneInfo(reminder.zone)).date()).days


def _hours_between(reminder: Reminder, now: datetime) -> int:
    """Whole hours until it is due, of what is counted in hours; nought for all else."""
    left = round((reminder.due_at - now).total_seconds() / 3600)
    return max(0, left) if reminder.elapsed else 0


def _people(users: Iterable[UserId], view: DeskView) -> list[Person]:
    return [view.person(user) for user in users]
