"""Gives the operators' commands settings, folders and a bot to work on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.config import AreaSetting, Settings
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.matrix.identity import IdentityFolder, Login, Marker
from kaz_bot.messages import UserId

BOT = UserId("@kaz:kaz.test")

NewSettings = Callable[..., Settings]


@pytest.fixture
def new_settings(tmp_path: Path) -> NewSettings:
    """Settings of a bot in a data directory of its own, by default with SQLite."""

    def made(folder: str = "data", **changes: object) -> Settings:
        data_dir = tmp_path / folder
        settings = Settings(
            homeserver="http://127.0.0.1:9",
            user_id=BOT,
            password="secret",
            data_dir=data_dir,
            database_url=f"sqlite+aiosqlite:///{data_dir}/kaz.sqlite3",
            timezone=ZoneInfo("Europe/Berlin"),
            allowed_servers=frozenset({"kaz.test"}),
            areas=tuple(AreaSetting(AreaKey(key)) for key in ("security", "projects")),
            default_area=AreaKey("projects"),
        )
        return replace(settings, **changes)  # type: ignore[arg-type]  # each test knows the fields

    return made


def make_identity(data_dir: Path) -> IdentityFolder:
    """What a first start leaves, with a crypto store that has one table and one row."""
    identity = IdentityFolder(data_dir)
    identity.save_login(
        Login(user_id=BOT, device_id="KAZ1", homeserver="http://127.0.0.1:9", access_token="token")
    )
    identity.make()
    with closing(sqlite3.connect(identity.store)) as store:
        store.execute("CREATE TABLE accounts (account TEXT)")
        store.execute("INSERT INTO accounts VALUES ('pickled')")
        store.commit()
    identity.save_marker(Marker(user_id=BOT, device_id="KAZ1", ed25519="fingerprint"))
    return identity
