"""Looks at everything in the order in which an operator would mend it."""

from collections.abc import Iterator

from kaz_bot.config import Settings
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.errors import HomeserverUnavailable, IdentityError, LoggedOut
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.operations.check.account import check_device, sign_in, sign_out
from kaz_bot.operations.check.findings import Finding, Level, ok, problem
from kaz_bot.operations.check.installation import check_database, check_purposes, check_settings
from kaz_bot.operations.check.rooms import RoomToCheck, check_room, surroundings
from kaz_bot.texts import Texts

# An operator waits in front of the screen.
_PATIENCE = 10.0


async def examine(settings: Settings, texts: Texts) -> list[Finding]:
    """Everything there is to say. It works beside a running bot and before its first start.

    The device and its keys are looked at and not used, nothing is sent, and a login made for the
    occasion is ended again.
    """
    database, bound = await check_database(settings)
    found = [*check_settings(settings, texts), *database, *check_purposes(settings, bound)]
    api = Api(settings.homeserver)
    try:
        found += await _account(api, settings, bound)
    except HomeserverUnavailable as silence:
        found.append(problem("homeserver_unreachable", url=settings.homeserver, why=str(silence)))
    except (HomeserverRefused, LoggedOut) as refusal:
        found.append(problem("homeserver_refused", url=settings.homeserver, answer=str(refusal)))
    except IdentityError as broken:
        found.append(problem("identity_broken", why=str(broken)))
    finally:
        await api.close()
    return found


async def _account(api: Api, settings: Settings, bound: list[BoundRoom]) -> list[Finding]:
    ways = await api.get("login", patience=_PATIENCE)
    answers = ok("homeserver_ok", url=settings.homeserver)
    signed_in = await sign_in(api, settings, ways)
    if not signed_in.succeeded:
        return [answers, signed_in.finding]
    try:
        device = await check_device(api, settings)
        rooms = await _rooms(api, settings, bound)
    finally:
        if signed_in.passing:
            await sign_out(api)
    return [answers, signed_in.finding, *device, *rooms]


async def _rooms(api: Api, settings: Settings, bound: list[BoundRoom]) -> list[Finding]:
    around = await surroundings(api, settings.user_id)
    found: list[Finding] = []
    projects = 0
    for to_check in rooms_to_check(settings, bound):
        about_room = await check_room(api, to_check, around, settings)
        if to_check.kind is RoomKind.PROJECT:
            # There may be hundreds of them: only what is wrong is worth a line.
            projects += 1
            about_room = [one for one in about_room if one.level is not Level.OK]
        found += about_room
    if projects:
        found.append(ok("projects", count=projects))
    return found


def rooms_to_check(settings: Settings, bound: list[BoundRoom]) -> Iterator[RoomToCheck]:
    """The rooms of the settings, then those bound in chat or by invitation."""
    kinds = {"committee": RoomKind.COMMITTEE, "admin": RoomKind.ADMIN}
    for purpose, named in settings.rooms.items():
        yield RoomToCheck(purpose=purpose, room=named, kind=kinds.get(purpose, RoomKind.AREA))
    for room in bound:
        if not room.by_settings and room.kind is not RoomKind.DIRECT:
            purpose = room.area or room.kind.value
            yield RoomToCheck(purpose=purpose, room=room.room_id, kind=room.kind)
