"""Composes the digest of a room, or of one person in their direct chat."""

from datetime import datetime

from kaz_bot.context import Desk
from kaz_bot.digesting.people import of_person
from kaz_bot.digesting.rooms import load_of, of_area, of_committee, of_project
from kaz_bot.digesting.sight import Sight
from kaz_bot.domain.digest_contents import Digest, Reader, Section, filled
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.messages import RoomState, UserId
from kaz_bot.store import Work

# Whoever has a digest for themselves alone has it in their direct chat.
READERS = {
    RoomKind.PROJECT: Reader.PROJECT,
    RoomKind.AREA: Reader.AREA,
    RoomKind.COMMITTEE: Reader.COMMITTEE,
}


async def digest_of_room(
    work: Work, desk: Desk, room: BoundRoom, state: RoomState, *, since: datetime, now: datetime
) -> Digest:
    """What those in the room may all see."""
    sight = Sight(work=work, desk=desk, since=since, now=now, encrypted=state.encrypted)
    reader = READERS[room.kind]
    zone = desk.settings.timezone
    return Digest(
        reader=reader,
        area=room.area,
        since=since.astimezone(zone),
        until=now.astimezone(zone),
        sections=filled(await _sections(sight, reader, room)),
        load=await load_of(sight, room) if reader is Reader.AREA else None,
    )


async def _sections(sight: Sight, reader: Reader, room: BoundRoom) -> tuple[Section, ...]:
    match reader:
        case Reader.PROJECT:
            return await of_project(sight, room.room_id)
        case Reader.AREA:
            return await of_area(sight, room)
    return await of_committee(sight, room.room_id)


async def digest_of_person(
    work: Work, desk: Desk, person: UserId, state: RoomState, *, since: datetime, now: datetime
) -> Digest:
    """What the person may see at this moment; `state` is that of their direct chat."""
    sight = Sight(work=work, desk=desk, since=since, now=now, encrypted=state.encrypted)
    sections = filled(await of_person(sight, person))
    zone = desk.settings.timezone
    return Digest(
        reader=Reader.PERSON,
        since=since.astimezone(zone),
        until=now.astimezone(zone),
        sections=sections,
    )
