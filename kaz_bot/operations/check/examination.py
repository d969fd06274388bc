"""Looks at everything in the order in which an operator would mend it."""

from collections.abc import AsyncIterator, Iterator

from kaz_bot.config import Settings
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.errors import HomeserverUnavailable, IdentityError, LoggedOut
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.operations.check.account import check_device, sign_in, sign_out
from kaz_bot.operations.check.findings import Finding, ok, problem
from kaz_bot.operations.check.installation import check_database, check_purposes, check_settings
from kaz_bot.operations.check.rooms import (
    RoomToCheck,
    check_room,
    resolve,
    surroundings,
)
from kaz_bot.texts import Texts

# An operator waits in front of the screen.
_PATIENCE = 10.0
_PROJECT = RoomKind.PROJECT.value


async def examine(settings: Settings, texts: Texts) -> list[Finding]:
    """Everything there is to say. It works beside a running bot and before its first start.

    The device and its keys are looked at and not used, nothing is sent, and a login made for the
    occasion is ended again.
    """
    database, bound = await check_database(settings)
    found = [*check_settings(settings, texts), *database, *check_purposes(settings, bound)]
    api = Api(settings.homeserver)
    try:
        async for finding in _account(api, settings, bound):
            found.append(finding)  # noqa: PERF401  what came before an error must not be lost
    except HomeserverUnavailable as silence:
        found.append(problem("homeserver_unreachable", url=settings.homeserver, why=str(silence)))
    except (HomeserverRefused, LoggedOut) as refusal:
        found.append(problem("homeserver_refused", url=settings.homeserver, answer=str(refusal)))
    except IdentityError as broken:
        found.append(problem("identity_broken", why=str(broken)))
    finally:
        await api.close()
    return found


async def _account(api: Api, settings: Settings, bound: list[BoundRoom]) -> AsyncIterator[Finding]:
    """One by one, so that what was found stays found when the homeserver goes away meanwhile."""
    ways = await api.get("login", patience=_PATIENCE)
    yield ok("homeserver_ok", url=settings.homeserver)
    signed_in = await sign_in(api, settings, ways)
    yield signed_in.finding
    if not signed_in.succeeded:
        return
    try:
        for finding in await check_device(api, settings):
            yield finding
        for finding in await _rooms(api, settings, bound):
            yield finding
    finally:
        if signed_in.passing:
            await sign_out(api)


async def _rooms(api: Api, settings: Settings, bound: list[BoundRoom]) -> list[Finding]:
    around = await surroundings(api, settings.user_id)
    resolved = [await resolve(api, to_check) for to_check in named_rooms(settings)]
    named = [room for room in resolved if isinstance(room, RoomToCheck)]
    others = other_rooms(bound, {room.room_id for room in named})
    found = [room for room in resolved if isinstance(room, Finding)]
    for room in [*named, *others]:
        found += check_room(room, around, settings)
    # There may be hundreds of project rooms: of those only what is wrong is worth a line.
    told = [one for one in found if (one.topic, one.facts.get("purpose")) != ("room_ok", _PROJECT)]
    projects = sum(room.kind is RoomKind.PROJECT for room in others)
    return [*told, ok("projects", count=projects)] if projects else told


def named_rooms(settings: Settings) -> Iterator[RoomToCheck]:
    """The rooms of the settings."""
    kinds = {"committee": RoomKind.COMMITTEE, "admin": RoomKind.ADMIN}
    for purpose, room in settings.rooms.items():
        yield RoomToCheck(purpose=purpose, room=room, kind=kinds.get(purpose, RoomKind.AREA))


def other_rooms(bound: list[BoundRoom], named: set[str]) -> list[RoomToCheck]:
    """The rooms bound in chat or by invitation; a direct chat is its two people's business."""
    return [
        RoomToCheck(
            purpose=room.area or room.kind.value,
            room=room.room_id,
            kind=room.kind,
            room_id=room.room_id,
        )
        for room in bound
        if room.room_id not in named and room.kind is not RoomKind.DIRECT
    ]
