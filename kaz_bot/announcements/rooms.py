"""What is said to rooms, to operators, and to people whose messages cannot be read."""

from collections.abc import Mapping

from kaz_bot.announcements.letters import Announcement, Letter, Spot, info_key
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.events import BindingRefused, KeyMissing, RoomBound


def room_bound(happened: RoomBound, view: DeskView) -> list[Announcement]:
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
    facts = {
        "room_id": happened.room_id,
        "kind": happened.kind,
        "area": happened.area or "",
        "problem": happened.problem,
    }
    return to_admins(view, "room/refused_for_admins", facts)


def key_missing(happened: KeyMissing, view: DeskView) -> list[Announcement]:
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
    room = view.admin_room()
    if room is None:
        return []
    key = info_key(template.partition("/")[2])
    return [
        Letter(spot=Spot(room_id=room.room_id), template=template, facts=facts, key=key, loud=True)
    ]
