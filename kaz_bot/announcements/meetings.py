"""What is said about meetings: called, moved, cancelled, begun, ended, and what came out."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.announcements.agenda_rows import (
    is_encrypted,
    meeting_key,
    names_in,
    roll_facts,
    row_of,
    rows,
    sealed_at,
    shown_at,
)
from kaz_bot.announcements.letters import Announcement, Letter, Spot
from kaz_bot.announcements.papers import paper_key, spot_in
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.agenda_items import readable
from kaz_bot.domain.committee.meeting_events import (
    AttendanceNoted,
    Calling,
    MeetingAnnounced,
    MeetingBegun,
    MeetingCalled,
    MeetingCancelled,
    MeetingEnded,
    MeetingForgotten,
    MeetingHappened,
    MeetingMoved,
    MinutesApproved,
    ResultNoted,
)
from kaz_bot.messages import Enclosure


# One case per kind of event is a table to read, not a tangle to follow.
def meeting_happened(happened: MeetingHappened, view: DeskView) -> list[Announcement]:  # noqa: PLR0911
    """What concerns everybody is said in the room and heard; what was noted, where it was said."""
    match happened:
        case MeetingCalled(calling=calling):
            return [_calling(happened, view, "meeting/called", calling, {})]
        case MeetingMoved():
            return [_moved(happened, view)]
        case MeetingCancelled():
            return [_cancelled(happened, view)]
        case MeetingBegun():
            return [_aloud(happened, view, "meeting/begun", {})]
        case MeetingEnded(carried=carried, voting=voting):
            facts = {"carried": carried, "voting": voting, **_unsettled(happened)}
            return [_aloud(happened, view, "meeting/ended", facts)]
        case ResultNoted():
            return [_result(happened, view)]
        case AttendanceNoted():
            return [_attendance(happened, view)]
        case MinutesApproved(file=file):
            return [_aloud(happened, view, "meeting/approved", _unsettled(happened), file)]
        case MeetingAnnounced(due=due, late=late):
            return [_aloud(happened, view, "meeting/reminded", {"due": due, "late": late})]
        case MeetingForgotten():
            return [_forgotten(happened, view)]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _unsettled(happened: MeetingHappened) -> dict[str, object]:
    """The items that nothing came out for."""
    return {"unsettled": [line.place for line in happened.agenda if line.item.open]}


def _aloud(
    happened: MeetingHappened,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
    file: Enclosure | None = None,
) -> Letter:
    """In the room itself, so that everybody hears of it, also when it was said in a thread."""
    heard = happened.heard
    reply_to = heard.reply_to if heard is not None and heard.thread is None else None
    spot = Spot(room_id=happened.meeting.room_id, reply_to=reply_to)
    letter = _letter(happened, view, spot, template, facts)
    return replace(letter, loud=True, enclosure=file)


def _letter(
    happened: MeetingHappened,
    view: DeskView,
    spot: Spot,
    template: str,
    facts: Mapping[str, object],
) -> Letter:
    meeting = happened.meeting
    agenda = readable(happened.agenda, encrypted=is_encrypted(spot, view))
    return Letter(
        spot=spot,
        template=template,
        facts={
            "meeting": shown_at(meeting, spot, view),
            "rows": rows(agenda, names_in(view)),
            "by": view.person(happened.by) if happened.by else None,
            "prefix": view.verb_prefix,
            **facts,
        },
        key=meeting_key(meeting, happened.word),
        sealed=sealed_at(meeting, happened.agenda, spot, view),
        subjects=(meeting.subject,),
    )


def _calling(
    happened: MeetingHappened,
    view: DeskView,
    template: str,
    calling: Calling,
    facts: Mapping[str, object],
) -> Letter:
    told = {
        "clash": calling.clash,
        "short": calling.short,
        "remark": calling.remark,
        "until": calling.until,
        "papers": calling.papers,
        **facts,
    }
    return _aloud(happened, view, template, told, calling.file)


def _moved(happened: MeetingMoved, view: DeskView) -> Letter:
    spot = Spot(room_id=happened.meeting.room_id)
    hidden = happened.meeting.sealed and not is_encrypted(spot, view)
    facts = {
        "before": happened.before,
        "place_before": "" if hidden else happened.place_before,
    }
    return _calling(happened, view, "meeting/moved", happened.calling, facts)


def _cancelled(happened: MeetingCancelled, view: DeskView) -> Letter:
    facts = {
        "reason": happened.reason,
        "waiting": happened.waiting,
        "papers": happened.papers,
    }
    return _aloud(happened, view, "meeting/cancelled", facts, happened.file)


def _result(happened: ResultNoted, view: DeskView) -> Letter:
    spot = spot_in(happened, happened.meeting.room_id)
    (line,) = readable((happened.line,), encrypted=is_encrypted(spot, view))
    facts = {
        "row": row_of(line, names_in(view)),
        "deferred": happened.deferred,
        "taken_up": happened.taken_up,
    }
    letter = _letter(happened, view, spot, "meeting/result", facts)
    sealed = sealed_at(happened.meeting, (happened.line,), spot, view)
    if happened.deferred is None:
        return replace(letter, sealed=sealed)
    # Programs that follow papers learn here that this one is put off.
    return replace(letter, sealed=sealed, key=paper_key(happened.deferred, "deferred"))


def _attendance(happened: AttendanceNoted, view: DeskView) -> Letter:
    spot = spot_in(happened, happened.meeting.room_id)
    names = names_in(view)
    facts = {
        "people": [names(person) for person in happened.people],
        "presence": happened.presence,
        "own": happened.people == (happened.by,),
        **roll_facts(happened.roll, names),
    }
    return _letter(happened, view, spot, "meeting/attendance", facts)


def _forgotten(happened: MeetingForgotten, view: DeskView) -> Letter:
    room = view.rooms.get(happened.meeting.room_id)
    present = tuple(user for user in happened.chairs if room is not None and user in room.members)
    letter = _aloud(happened, view, "meeting/asked", {})
    return replace(letter, calls=present)
