"""What is said to rooms, to operators, and to people whose messages cannot be read."""

from collections.abc import Mapping

from kaz_bot.announcements.letters import Announcement, Key, Letter, Reaction, Spot, info_key
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.events import BindingRefused, KeyMissing, RoomBound, TicketSuggested
from kaz_bot.errors import ErrorCode

SUGGESTION = "🎫"


def room_bound(happened: RoomBound, view: DeskView) -> list[Announcement]:
    """A greeting that says what the room is from now on."""
    room = view.rooms.get(happened.room.room_id)
    if room is None:
        return []
    return [
        Letter(
            spot=Spot(room_id=room.room_id),
            template="room/bound",
            facts={"room": room, "area": happened.room.area or "", "prefix": view.verb_prefix},
            key=info_key("room"),
        )
    ]


def binding_refused(happened: BindingRefused, view: DeskView) -> list[Announcement]:
    """Operators hear of it, and whoever wanted to bind the room."""
    facts = {
        "room_id": happened.room_id,
        "kind": happened.kind,
        "area": happened.area or "",
        "problem": happened.problem,
    }
    told = to_admins(view, "room/refused_for_admins", facts)
    if happened.by is None or happened.room_id not in view.rooms:
        return told
    refusal = Letter(
        spot=Spot(room_id=happened.room_id),
        template="refusal/room_stands_open",
        facts={"problem": happened.problem, "named": None},
        key=Key(name="de.kaz.error", content={"code": ErrorCode.NOT_ALLOWED.value}),
    )
    return [refusal, *told]


def suggested(happened: TicketSuggested) -> list[Announcement]:
    """The sign to press; in a direct chat with a word about it, for there nobody else explains."""
    reaction = Reaction(room_id=happened.room_id, target=happened.event_id, key=SUGGESTION)
    if not happened.explained:
        return [reaction]
    spot = Spot(room_id=happened.room_id, reply_to=happened.event_id)
    key = info_key("suggested")
    return [reaction, Letter(spot=spot, template="info/suggested", facts={}, key=key)]


def key_missing(happened: KeyMissing, view: DeskView) -> list[Announcement]:
    """The sender is asked to send it again."""
    person = view.person(happened.sender)
    return [
        Letter(
            spot=Spot(room_id=happened.room_id, reply_to=happened.events[-1]),
            template="letters/unreadable",
            facts={"person": person, "count": len(happened.events)},
            key=info_key("unreadable"),
            calls=(happened.sender,),
        )
    ]


def to_admins(view: DeskView, template: str, facts: Mapping[str, object]) -> list[Announcement]:
    """In the operators' room, if there is one."""
    room = view.admin_room()
    if room is None:
        return []
    key = info_key(template.partition("/")[2])
    return [
        Letter(spot=Spot(room_id=room.room_id), template=template, facts=facts, key=key, loud=True)
    ]
