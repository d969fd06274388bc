"""Which rooms the desk serves: bound by settings, by invitation or by an operator's word."""

from dataclasses import replace
from datetime import datetime

from kaz_bot.casework import bring_home
from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context, Desk
from kaz_bot.domain.events import BindingRefused, DeskEvent, RoomBound, RoomLost
from kaz_bot.domain.rooms import GUARDED, BoundRoom, Language, RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import (
    EventId,
    Joined,
    JoinRule,
    Left,
    RoomId,
    RoomState,
    Upgraded,
    UserId,
)
from kaz_bot.store import Work

_KINDS = {
    "projekt": RoomKind.PROJECT,
    "project": RoomKind.PROJECT,
    "fachgebiet": RoomKind.AREA,
    "area": RoomKind.AREA,
    "gremium": RoomKind.COMMITTEE,
    "committee": RoomKind.COMMITTEE,
    "betrieb": RoomKind.ADMIN,
    "admin": RoomKind.ADMIN,
    "operations": RoomKind.ADMIN,
}
# The bot and the person it talks to.
_TWO = 2
_LANGUAGE = frozenset({"sprache", "language"})


class UnknownRoomKind(Refusal):
    """There is no such kind of room; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_room_kind"


class RoomStandsOpen(Refusal):
    """Nothing can be done in a room that must not stand open and does."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/room_stands_open"


@verb("raum", "room", allow=Role.ADMIN)
async def bind_room(ctx: Context, text: Text | None) -> Outcome:
    """Say what this room is to the desk, in which language, or show what it is."""
    given = [folded(word) for word in (text or "").split()]
    if not given:
        facts = {"room": ctx.room, "state": ctx.state, "prefix": ctx.settings.prefix}
        return Answer(template="info/room", facts=facts, topic="room")
    if given[0] in _LANGUAGE and given[1:] and given[1] in set(Language):
        bound = replace(ctx.room, language=Language(given[1]))
    else:
        bound = _bound(ctx, given)
        problem = standing_open(ctx.state) if bound.kind in GUARDED else ""
        if problem:
            return replace(_refusal(bound, problem, ctx.now), by=ctx.sender)
    await _replace_area_room(ctx.work, bound)
    await ctx.work.rooms.save(bound)
    told = RoomBound(room=bound, by=ctx.sender, at=ctx.now)
    return [told, *await _brought_home(ctx.desk, ctx.work, bound, ctx.now)]


def _bound(ctx: Context, given: list[str]) -> BoundRoom:
    kind = _KINDS.get(given[0])
    area = ctx.desk.areas.named(given[1]) if len(given) > 1 else None
    if kind is None or (kind is RoomKind.AREA and area is None):
        raise UnknownRoomKind(
            word=" ".join(given), areas=ctx.desk.areas.all, prefix=ctx.settings.prefix
        )
    return replace(
        ctx.room,
        kind=kind,
        area=area if kind is RoomKind.AREA else None,
        person=None,
        bound_at=ctx.now,
        left_at=None,
    )


async def _brought_home(desk: Desk, work: Work, bound: BoundRoom, now: datetime) -> list[DeskEvent]:
    return [*await bring_home(work, desk.areas, bound.area, now)] if bound.area else []


async def _replace_area_room(work: Work, bound: BoundRoom) -> None:
    """An area has one room: the one it had before becomes an ordinary project room."""
    if bound.area is None:
        return
    for before in await work.rooms.of_area(bound.area):
        if before.room_id != bound.room_id:
            await work.rooms.save(replace(before, kind=RoomKind.PROJECT, area=None))


def standing_open(state: RoomState) -> str:
    """Why outsiders could read along, as a word that templates know; empty if they cannot."""
    if state.join_rule is JoinRule.PUBLIC:
        return "public"
    return "world_readable" if state.world_readable else ""


async def joined(desk: Desk, work: Work, arrival: Joined, state: RoomState) -> list[DeskEvent]:
    """The bot has come into a room: by settings it may be more than a project room."""
    known = await work.rooms.get(arrival.room_id)
    if known is not None and known.left_at is None:
        return []
    known = await _moved_here(desk, work, state, arrival.sent_at) or known
    if known is not None and known.kind in GUARDED and standing_open(state):
        return [_refusal(known, standing_open(state), arrival.sent_at)]
    if known is not None and not await _has_successor(work, known):
        bound = replace(known, left_at=None, bound_at=arrival.sent_at)
    else:
        bound = _by_nature(desk, arrival, state)
    await _replace_area_room(work, bound)
    await work.rooms.save(bound)
    # Nobody invited the bot into a room of its own making, nor waits for a greeting there.
    if arrival.invited_by is None:
        return []
    told = RoomBound(room=bound, by=arrival.invited_by, at=arrival.sent_at)
    return [told, *await _brought_home(desk, work, bound, arrival.sent_at)]


def _by_nature(desk: Desk, arrival: Joined, state: RoomState) -> BoundRoom:
    person = _only_other(desk, arrival, state)
    return BoundRoom(
        room_id=arrival.room_id,
        kind=RoomKind.DIRECT if person else RoomKind.PROJECT,
        person=person,
        language=Language(desk.settings.language),
        bound_at=arrival.sent_at,
    )


def _only_other(desk: Desk, arrival: Joined, state: RoomState) -> UserId | None:
    """Whom the bot is alone with in a direct chat, or will be when they follow its invitation."""
    others = {*state.members, *state.invited} - {desk.bot}
    if state.made_for is not None and others <= {state.made_for}:
        return state.made_for
    return others.pop() if arrival.direct and len(others) == 1 else None


async def left(work: Work, departure: Left, by_bot: bool) -> DeskEvent | None:
    """The bot was removed from a room; operators hear of it, and the room is served no more."""
    known = await work.rooms.get(departure.room_id)
    if known is None or known.left_at is not None:
        return None
    await work.rooms.left(departure.room_id, departure.sent_at)
    if known.kind is RoomKind.DIRECT:
        return None
    by = None if by_bot else departure.sender
    return RoomLost(room=known, by=by, at=departure.sent_at)


async def upgraded(desk: Desk, work: Work, upgrade: Upgraded) -> list[DeskEvent]:
    """The room was replaced: all that hangs on it moves along, at once if the bot is there."""
    known = await work.rooms.get(upgrade.room_id)
    if known is None or known.left_at is not None or upgrade.replacement == upgrade.room_id:
        return []
    state = desk.rooms.get(upgrade.replacement)
    if state is None:
        # What the new room is, only it can say: `joined` moves what hangs on the old one.
        if await _may_become(work, upgrade.replacement):
            await work.rooms.left(upgrade.room_id, upgrade.sent_at)
        return []
    moved = await _moved_here(desk, work, state, upgrade.sent_at)
    if moved is None:
        return []
    problem = standing_open(state) if moved.kind in GUARDED else ""
    if problem:
        return [_refusal(moved, problem, upgrade.sent_at)]
    await work.rooms.save(replace(moved, left_at=None))
    return []


async def _moved_here(desk: Desk, work: Work, state: RoomState, now: datetime) -> BoundRoom | None:
    """The room as what its predecessor was, not served yet; nothing if it replaces none."""
    old = desk.rooms.get(state.predecessor) if state.predecessor else None
    # A tombstone can name any room, and a new room any other: only both together are believed.
    if old is None or not state.follows(old) or not await _may_become(work, state.room_id):
        return None
    known = await work.rooms.get(old.room_id)
    if known is None or (known.left_at is not None and await _has_successor(work, known)):
        return None
    people = {*state.members, *state.invited}
    if known.kind is RoomKind.DIRECT and not people <= {desk.bot, known.person}:
        return None
    await work.rooms.move(old.room_id, state.room_id, now)
    await work.rooms.left(state.room_id, now)
    return replace(known.moved_to(state.room_id, now), left_at=now)


async def _may_become(work: Work, room_id: RoomId) -> bool:
    """Whoever rules a room may replace it, but not take over one that is something already."""
    there = await work.rooms.get(room_id)
    return there is None or (not there.by_settings and there.kind is RoomKind.PROJECT)


async def outgrown(work: Work, state: RoomState, now: datetime) -> DeskEvent | None:
    """A direct chat into which a third person came is confidential no more: all are told."""
    bound = await work.rooms.get(state.room_id)
    if bound is None or bound.kind is not RoomKind.DIRECT or bound.left_at is not None:
        return None
    if len({*state.members, *state.invited}) <= _TWO:
        return None
    grown = replace(bound, kind=RoomKind.PROJECT, person=None)
    await work.rooms.save(grown)
    return RoomBound(room=grown, by=None, at=now)


async def check_guarded(desk: Desk, work: Work, state: RoomState, now: datetime) -> list[DeskEvent]:
    """A room of specialists is served no more while it stands open, and operators know."""
    bound = await work.rooms.get(state.room_id)
    problem = standing_open(state)
    if bound is None or bound.kind not in GUARDED:
        return []
    if problem and bound.left_at is None:
        await work.rooms.left(state.room_id, now)
        return [_refusal(bound, problem, now)]
    if problem or bound.left_at is None or await _has_successor(work, bound):
        return []
    closed = replace(bound, left_at=None, bound_at=now)
    await _replace_area_room(work, closed)
    await work.rooms.save(closed)
    told = RoomBound(room=closed, by=None, at=now)
    return [told, *await _brought_home(desk, work, closed, now)]


async def _has_successor(work: Work, room: BoundRoom) -> bool:
    """Whether another room has taken its place since it was served last."""
    if room.kind not in GUARDED:
        return False
    rooms = (
        await work.rooms.of_area(room.area) if room.area else await work.rooms.of_kind(room.kind)
    )
    since = room.left_at or room.bound_at
    return any(other.room_id != room.room_id and other.bound_at >= since for other in rooms)


def _refusal(room: BoundRoom, problem: str, now: datetime) -> BindingRefused:
    return BindingRefused(
        room_id=room.room_id, kind=room.kind, area=room.area, problem=problem, by=None, at=now
    )


async def bind_by_settings(
    desk: Desk, work: Work, state: RoomState, name: str, now: datetime
) -> list[DeskEvent]:
    """Bind a room as the settings name it: an area's key, `committee` or `admin`."""
    named = {RoomKind.COMMITTEE.value: RoomKind.COMMITTEE, RoomKind.ADMIN.value: RoomKind.ADMIN}
    kind = named.get(name, RoomKind.AREA)
    area = AreaKey(name) if kind is RoomKind.AREA else None
    known = await work.rooms.get(state.room_id)
    # The settings may still name a room that has been upgraded since.
    if known and known.left_at and known.by_settings and await _has_successor(work, known):
        return []
    bound = BoundRoom(
        room_id=state.room_id,
        kind=kind,
        area=area,
        language=known.language if known else Language(desk.settings.language),
        by_settings=True,
        bound_at=now,
    )
    problem = standing_open(state)
    if problem:
        # Kept as what it shall be, so that it is no project room meanwhile.
        await work.rooms.save(replace(bound, left_at=now))
        return [_refusal(bound, problem, now)]
    if known and known.left_at is None and (known.kind, known.area) == (kind, area):
        return []
    await _replace_area_room(work, bound)
    await work.rooms.save(bound)
    told = RoomBound(room=bound, by=None, at=now)
    return [told, *await _brought_home(desk, work, bound, now)]


async def adopt(desk: Desk, work: Work, state: RoomState, now: datetime) -> None:
    """Serve a room the bot was in before it kept records, without a word of greeting."""
    if state.is_space or await work.rooms.get(state.room_id) is not None:
        return
    arrival = Joined(
        event_id=EventId(""),
        room_id=state.room_id,
        sender=desk.bot,
        sent_at=now,
        invited_by=None,
        direct=False,
    )
    await work.rooms.save(_by_nature(desk, arrival, state))


ROOMS = (bind_room,)
