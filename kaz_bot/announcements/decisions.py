"""What is said about decisions of the register: that others may read one, that one is done."""

from kaz_bot.announcements.letters import Announcement, Key, Letter, Spot
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.decision_events import (
    DecisionDone,
    DecisionHappened,
    DecisionPublished,
    DecisionUndone,
)
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.letters import Place


def decision_key(entry: Entry, event: str) -> Key:
    """What programs read in a letter about a decision: which, how it stands, what happened."""
    return Key(
        name="de.kaz.decision",
        content={
            "id": entry.decision.subject,
            "state": entry.state.value,
            "event": event,
        },
    )


def decision_happened(happened: DecisionHappened, view: DeskView) -> list[Announcement]:
    """Told in the committee's room, under what was said there, if something was."""
    match happened:
        case DecisionPublished():
            return [_letter(happened, view, "decision/published")]
        case DecisionDone():
            return [_letter(happened, view, "decision/done")]
        case DecisionUndone():
            # Whoever set the task is told of that.
            return []
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _letter(happened: DecisionHappened, view: DeskView, template: str) -> Letter:
    entry = happened.decided
    room = view.rooms.get(entry.room_id)
    hidden = entry.sealed and (room is None or not room.encrypted)
    return Letter(
        spot=_spot(happened),
        template=template,
        facts={
            "entry": entry.without_words() if hidden else entry,
            "prefix": view.verb_prefix,
        },
        key=decision_key(entry, happened.word),
        sealed=entry.sealed and not hidden,
        subjects=(entry.decision.subject,),
    )


def _spot(happened: DecisionHappened) -> Spot:
    room_id, heard = happened.decided.room_id, happened.heard
    if heard is None or heard.room_id != room_id:
        return Spot(room_id=room_id)
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=room_id, thread=thread, reply_to=heard.reply_to)
