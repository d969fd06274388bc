"""How a meeting and its agenda are shown in letters: as what templates take, and to whom."""

from collections.abc import Callable, Sequence

from kaz_bot.announcements.letters import Key, Spot
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.attending import Roll
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.messages import UserId

NameOf = Callable[[UserId], str]


def meeting_key(meeting: Meeting, event: str) -> Key:
    """What programs read: which, when it begins on the wall of its zone, what happened."""
    content = {"id": meeting.subject, "start": meeting.starts.isoformat(), "event": event}
    return Key(name="de.kaz.meeting", content=content)


def rows(lines: Sequence[AgendaLine], name_of: NameOf) -> list[dict[str, object]]:
    """An agenda as templates take it."""
    return [row_of(line, name_of) for line in lines]


def row_of(line: AgendaLine, name_of: NameOf) -> dict[str, object]:
    return {
        "place": line.place,
        "number": line.number,
        "what": line.what,
        "lead": line.lead or (name_of(line.person) if line.person else ""),
        "tabled": line.item.tabled,
        "result": line.item.result,
        "text": line.item.result_text,
        "state": line.state,
    }


def roll_facts(roll: Roll, name_of: NameOf) -> dict[str, object]:
    """Who is there, as templates take it."""
    return {
        "bodies": [
            {
                "body": one.body,
                "members": [name_of(person) for person in one.members],
                "deputies": [name_of(person) for person in one.deputies],
            }
            for one in roll.bodies
        ],
        "others": [name_of(person) for person in roll.others],
        "excused": [name_of(person) for person in roll.excused],
    }


def shown_at(meeting: Meeting, spot: Spot, view: DeskView) -> Meeting:
    """Without its words where what was said encrypted may not be read."""
    return meeting.without_words() if meeting.sealed and not is_encrypted(spot, view) else meeting


def sealed_at(
    meeting: Meeting | None, lines: Sequence[AgendaLine], spot: Spot, view: DeskView
) -> bool:
    sealed = (meeting is not None and meeting.sealed) or any(line.sealed for line in lines)
    return sealed and is_encrypted(spot, view)


def is_encrypted(spot: Spot, view: DeskView) -> bool:
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    return room is not None and room.encrypted


def names_in(view: DeskView) -> NameOf:
    def name_of(user: UserId) -> str:
        return view.person(user).name

    return name_of
