"""A bot that does not come up says why."""

from pathlib import Path

import pytest

from kaz_bot.demo.bot import BotProcess
from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.folder import DemoFolder


async def test_a_bot_that_ends_while_starting_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with DemoFolder(tmp_path / "demo") as folder:
        bot = BotProcess(folder)
        with pytest.raises(DemoError) as ended:
            await bot.start({"KAZ_USER_ID": "@kaz:kaz.test"})
        await bot.stop()
    assert "The bot ended while starting" in str(ended.value)
    assert "KAZ_HOMESERVER: is missing" in str(ended.value)


async def test_settings_of_another_bot_do_not_reach_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZ_HOMESERVER", "https://example.org")
    with DemoFolder(tmp_path / "demo") as folder:
        bot = BotProcess(folder)
        with pytest.raises(DemoError, match="KAZ_HOMESERVER: is missing"):
            await bot.start({"KAZ_USER_ID": "@kaz:kaz.test"})
        await bot.stop()
