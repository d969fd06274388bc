"""`check` and `reset-identity` on a real homeserver."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.app import session_settings
from kaz_bot.config import AreaSetting, Settings
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.matrix import Session
from kaz_bot.messages import UserId
from kaz_bot.operations.check import examine, lines
from kaz_bot.operations.identity import reset_identity
from kaz_bot.texts import Texts

TEXTS = Texts()


@pytest.fixture
async def settings(homeserver: Homeserver, tmp_path: Path) -> Settings:
    """A new account that has never logged in."""
    name = f"kaz-{tmp_path.name[-20:].replace('_', '-')}"
    user = await homeserver.register(name, "secret of the bot")
    return Settings(
        homeserver=homeserver.url,
        user_id=UserId(user),
        password="secret of the bot",
        data_dir=tmp_path / "data",
        database_url=f"sqlite+aiosqlite:///{tmp_path}/data/kaz.sqlite3",
        language="en",
        timezone=ZoneInfo("UTC"),
        allowed_servers=frozenset({homeserver.server_name}),
        areas=(AreaSetting(AreaKey("projects")),),
        default_area=AreaKey("projects"),
    )


async def said(settings: Settings, about: str) -> str:
    """What `check` says about one thing."""
    findings = await examine(settings, TEXTS)
    return "\n".join(line for line in lines(findings, TEXTS, "en") if f": {about}: " in line)


async def test_before_the_first_start_nothing_keeps_it_from_starting(settings: Settings) -> None:
    assert (await said(settings, "Homeserver")).startswith("ok: ")
    assert (await said(settings, "Login")).startswith("ok: ")
    assert (await said(settings, "Device signature")).startswith("ok: ")


async def test_beside_a_running_bot_its_device_is_signed(settings: Settings) -> None:
    session = Session(session_settings(settings))
    await session.open()
    signature, encryption = (
        await said(settings, "Device signature"),
        await said(settings, "Encryption"),
    )
    report = await session.report()
    await session.close()
    assert signature.startswith(f"ok: Device signature: the device {report.device_id} is signed")
    assert report.fingerprint in encryption


async def test_an_identity_of_somebody_else_is_replaced_only_by_command(
    settings: Settings, tmp_path: Path
) -> None:
    somebody = Session(session_settings(replace(settings, data_dir=tmp_path / "other client")))
    await somebody.open()
    await somebody.close()
    bot = Session(session_settings(settings))
    await bot.open()
    await bot.close()
    before = await said(settings, "Device signature")
    await reset_identity(settings)
    after = await said(settings, "Device signature")
    assert before.startswith("warning: ")
    assert "kaz-bot reset-identity" in before
    assert after.startswith("ok: ")
    assert "is signed with the bot's own identity" in after
