"""Whether the settings fit together and the database can be worked with."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.errors import DatabaseError, StoreUnavailable
from kaz_bot.messages import server_of
from kaz_bot.operations.check.findings import Finding, ok, problem, warning
from kaz_bot.operations.check.register import check_register
from kaz_bot.operations.records import is_to_be_made
from kaz_bot.store import Store, Work
from kaz_bot.texts import Texts


def check_settings(settings: Settings, texts: Texts) -> list[Finding]:
    """What the settings leave to be desired; wrong ones never come this far."""
    found = [
        *(warning("setting_unknown", name=name) for name in settings.unknown),
        *_people(settings),
        *_folder(settings.data_dir),
        *(problem("template_faulty", line=line) for line in texts.check()),
    ]
    serving = not any(finding.topic == "data_dir_unusable" for finding in found)
    good = [ok("settings_ok", user=settings.user_id, url=settings.homeserver)] if serving else []
    return [*good, *found]


def _people(settings: Settings) -> Iterator[Finding]:
    if not settings.admins and "admin" not in settings.rooms:
        yield warning("no_admins")
    for user in sorted(settings.admins):
        if server_of(user) not in settings.allowed_servers:
            yield warning("admin_not_served", user=user, server=server_of(user))
    if not settings.emergency_contact:
        yield warning("no_emergency_contact")


def _folder(data_dir: Path) -> Iterator[Finding]:
    existing = next(folder for folder in (data_dir, *data_dir.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        yield problem("data_dir_unusable", folder=str(data_dir))
    elif existing == data_dir and data_dir.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield warning("data_dir_open", folder=str(data_dir))


async def check_database(settings: Settings) -> tuple[list[Finding], list[BoundRoom]]:
    """What is to be said about the database, and the rooms it knows."""
    store = Store(settings.database_url)
    if is_to_be_made(settings.database_url):
        return [ok("database_new", address=store.address)], []
    try:
        has, needs = await store.schema()
        if has != needs:
            return [_schema(store.address, has, needs)], []
        async with store.work() as work:
            return await _content(store.address, work), await work.rooms.all()
    except (DatabaseError, StoreUnavailable) as wrong:
        return [problem("database_unusable", why=str(wrong))], []
    finally:
        await store.close()


def _schema(address: str, has: str | None, needs: str) -> Finding:
    if has is None:
        return ok("database_new", address=address)
    return warning("database_old", address=address, has=has, needs=needs)


async def _content(address: str, work: Work) -> list[Finding]:
    health = await work.health()
    found = [ok("database_ok", address=address, tickets=health.active_tickets)]
    if health.letters_rejected:
        found.append(warning("letters_rejected", count=health.letters_rejected))
    return [*found, *await check_register(work)]


def check_purposes(settings: Settings, bound: list[BoundRoom]) -> Iterator[Finding]:
    """Areas and operators without a room, whose messages nobody would see."""
    served = {room.area for room in bound if room.kind is RoomKind.AREA}
    lacking = [a.key for a in settings.areas if a.key not in settings.rooms and a.key not in served]
    for area in lacking:
        if area == settings.default_area:
            yield problem("default_area_without_room", area=area)
        else:
            yield warning("area_without_room", area=area, default=settings.default_area)
    if "admin" not in settings.rooms and all(room.kind is not RoomKind.ADMIN for room in bound):
        yield warning("no_admin_room")
