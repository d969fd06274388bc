"""The identity is one unit: what is missing or foreign stops the start, and says what to do."""

import json
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kaz_bot.errors import ConfigError, HomeserverUnavailable, IdentityError
from kaz_bot.matrix import DataDirectoryInUse, Session, SessionSettings
from kaz_bot.messages import UserId
from tests.matrix.fake_homeserver import BOT, DEVICE, TOKEN, FakeHomeserver, Says

Damage = Callable[[Path], object]


@asynccontextmanager
async def opened(settings: SessionSettings) -> AsyncIterator[Session]:
    session = Session(settings)
    await session.open()
    yield session
    await session.close()


async def used_once(settings: SessionSettings) -> Path:
    """The folder of an identity that has been in use."""
    async with opened(settings):
        return settings.data_dir / "identity"


@pytest.fixture
async def identity(settings: SessionSettings) -> Path:
    return await used_once(settings)


def with_password(settings: SessionSettings) -> SessionSettings:
    return replace(settings, access_token=None, password="pw")


def mode(file: Path) -> str:
    return oct(file.stat().st_mode & 0o777)


def files(folder: Path, but: Collection[str] = ()) -> list[Path]:
    return [file for file in folder.iterdir() if file.name not in but]


def rewritten(name: str, **changes: str) -> Damage:
    def damage(folder: Path) -> None:
        file = folder / name
        file.write_text(json.dumps(json.loads(file.read_text()) | changes))

    return damage


async def test_the_first_start_logs_in_and_publishes_signed_keys(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    async with opened(with_password(settings)) as session:
        report = await session.report()
    assert (
        report.identity_is_ours,
        report.device_signed,
        report.one_time_keys,
        report.fallback_key,
        report.fingerprint,
    ) == (True, True, 50, True, server.device_keys["keys"][f"ed25519:{server.device_id}"])


async def test_a_second_start_logs_in_no_more_and_uploads_nothing(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    await used_once(with_password(settings))
    server.requests.clear()
    await used_once(replace(settings, access_token=None))
    assert [request.path for request in server.requests] == [
        "account/whoami",
        "keys/query",
        "keys/query",
    ]


async def test_nobody_else_can_read_the_files(identity: Path) -> None:
    assert (mode(identity), {file.name: mode(file) for file in files(identity)}) == (
        "0o700",
        dict.fromkeys(
            ("crypto.db", "marker.json", "pickle_key", "session.json", "signing_seeds.json"),
            "0o600",
        ),
    )


async def test_files_that_became_readable_are_closed_again(
    settings: SessionSettings, identity: Path
) -> None:
    (identity / "pickle_key").chmod(0o644)
    await used_once(settings)
    assert (identity / "pickle_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: (folder / "session.json").unlink(), "session.json is missing"),
        (lambda folder: (folder / "pickle_key").unlink(), "pickle_key is missing"),
        (lambda folder: (folder / "signing_seeds.json").unlink(), "signing_seeds.json is missing"),
        (lambda folder: (folder / "crypto.db").unlink(), "crypto.db is missing"),
        (lambda folder: (folder / "marker.json").write_text("{}"), "marker.json cannot be read"),
        (lambda folder: (folder / "session.json").write_text("x"), "session.json cannot be read"),
        (lambda folder: (folder / "signing_seeds.json").write_text("[]"), "cannot be read"),
        (lambda folder: (folder / "signing_seeds.json").write_text("{}"), "cannot be read"),
        (lambda folder: (folder / "pickle_key").write_text("another"), "cannot be opened with"),
        (lambda folder: (folder / "crypto.db").write_text("no database"), "cannot be opened with"),
        (rewritten("marker.json", ed25519="another"), "crypto.db belongs to another device"),
        (rewritten("marker.json", device_id="OTHER"), "belong to different devices"),
        (rewritten("session.json", device_id="OTHER"), "belong to different devices"),
        (rewritten("session.json", user_id="@ann:kaz.test"), "is the identity of @ann:kaz.test"),
    ],
)
async def test_a_damaged_identity_stops_the_start_in_plain_words(
    settings: SessionSettings, identity: Path, damage: Damage, says: str
) -> None:
    damage(identity)
    with pytest.raises(IdentityError, match=says):
        await Session(settings).open()


async def test_a_lost_marker_is_a_damage_when_keys_were_published(
    settings: SessionSettings, identity: Path
) -> None:
    (identity / "marker.json").unlink()
    with pytest.raises(IdentityError, match="has published keys before"):
        await Session(settings).open()


async def test_a_damaged_identity_can_be_restored(
    settings: SessionSettings, identity: Path
) -> None:
    backup = (identity / "crypto.db").read_bytes()
    (identity / "crypto.db").unlink()
    with pytest.raises(IdentityError):
        await Session(settings).open()
    (identity / "crypto.db").write_bytes(backup)
    await used_once(settings)


async def test_the_store_of_another_device_is_not_used(
    server: FakeHomeserver, settings: SessionSettings, identity: Path, tmp_path: Path
) -> None:
    other = replace(with_password(settings), data_dir=tmp_path / "other")
    server.device_keys = {}
    foreign = await used_once(other)
    (identity / "crypto.db").write_bytes((foreign / "crypto.db").read_bytes())
    server.device_id = DEVICE
    with pytest.raises(IdentityError, match=r"crypto\.db"):
        await Session(settings).open()


async def test_a_token_of_another_device_is_refused(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.device_id = "ANOTHER"
    with pytest.raises(IdentityError, match="KAZ_ACCESS_TOKEN belongs to @bot:kaz"):
        await Session(settings).open()


async def test_a_new_token_of_the_same_device_is_taken_and_kept(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.tokens = {"newer"}
    await used_once(replace(settings, access_token="newer"))
    await used_once(replace(settings, access_token=None))
    assert server.requests[-1].token == "newer"


async def test_a_device_whose_keys_were_lost_is_not_used_again(
    server: FakeHomeserver, settings: SessionSettings, tmp_path: Path
) -> None:
    await used_once(settings)
    lost = replace(settings, data_dir=tmp_path / "empty")
    with pytest.raises(IdentityError, match="Restore the data directory from a backup"):
        await Session(lost).open()


async def test_other_keys_of_our_device_on_the_homeserver_stop_the_start(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.device_keys["keys"][f"ed25519:{DEVICE}"] = "another"
    with pytest.raises(IdentityError, match="the homeserver knows other keys"):
        await Session(settings).open()


async def test_keys_the_homeserver_forgot_are_published_again(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    before, server.device_keys = server.device_keys["keys"], {}
    await used_once(settings)
    assert server.device_keys["keys"] == before


async def test_an_ended_token_without_a_password_tells_both_ways_out(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.tokens.clear()
    with pytest.raises(IdentityError, match=r"Set KAZ_PASSWORD.* or set KAZ_ACCESS_TOKEN"):
        await Session(settings).open()


async def test_an_ended_token_is_replaced_by_the_password_on_the_same_device(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.tokens.clear()
    await used_once(with_password(settings))
    assert server.asked("login")[-1].body["device_id"] == DEVICE


async def test_an_ended_token_in_the_settings_makes_way_for_the_one_that_replaced_it(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    server.tokens.clear()
    both = replace(settings, password="pw")
    await used_once(both)
    await used_once(both)
    assert len(server.asked("login")) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"access_token": None}, "KAZ_PASSWORD or KAZ_ACCESS_TOKEN is missing"),
        ({"access_token": None, "password": "wrong"}, "does not let @bot:kaz.test in: M_FORBIDDEN"),
        ({"access_token": "wrong"}, "KAZ_ACCESS_TOKEN is not accepted"),
        ({"user_id": UserId("@ann:kaz.test")}, "belongs to @bot:kaz.test, not to @ann:kaz.test"),
        ({"device_id": "OTHER"}, "KAZ_DEVICE_ID is OTHER, but KAZ_ACCESS_TOKEN belongs to"),
    ],
)
async def test_a_wrong_setting_is_named(
    settings: SessionSettings, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        await Session(replace(settings, **change)).open()


async def test_a_token_without_a_device_cannot_encrypt(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    server.device_id = None
    with pytest.raises(ConfigError, match="belongs to no device"):
        await Session(settings).open()


async def test_a_homeserver_that_is_down_is_no_mistake_of_the_operator(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    await server.stop()
    session = Session(settings)
    with pytest.raises(HomeserverUnavailable):
        await session.open()
    await server.restart()
    await session.open()
    await session.close()


@pytest.mark.parametrize(
    "path",
    ["account/whoami", "keys/query", "keys/upload", "device_signing", "signatures", "login"],
)
@pytest.mark.parametrize("first", ["token", "password"])
async def test_a_first_start_broken_off_anywhere_is_completed_by_the_next(
    server: FakeHomeserver, settings: SessionSettings, path: str, first: str
) -> None:
    chosen = settings if first == "token" else with_password(settings)
    server.fails(path, Says(502, "<html>"))
    broken_off = Session(chosen)
    with suppress(HomeserverUnavailable):
        await broken_off.open()
    await broken_off.close()
    server.works()
    async with opened(chosen) as session:
        report = await session.report()
    assert (report.device_signed, len(server.tokens) <= 2) == (True, True)


@pytest.mark.parametrize(
    "left_over",
    [
        [],
        ["session.json"],
        ["session.json", "pickle_key"],
        ["session.json", "pickle_key", "signing_seeds.json"],
        ["session.json", "pickle_key", "signing_seeds.json", "crypto.db"],
    ],
)
async def test_what_an_interrupted_first_start_left_is_no_damage(
    server: FakeHomeserver, settings: SessionSettings, identity: Path, left_over: list[str]
) -> None:
    for file in files(identity, but=left_over):
        file.unlink()
    server.device_keys = {}
    server.cross_signing = {}
    async with opened(settings) as session:
        assert (await session.report()).device_signed


async def test_a_store_without_its_key_is_no_leftover(
    server: FakeHomeserver, settings: SessionSettings, identity: Path
) -> None:
    (identity / "marker.json").unlink()
    (identity / "pickle_key").unlink()
    with pytest.raises(IdentityError, match="pickle_key, marker"):
        await Session(settings).open()


async def test_two_bots_cannot_use_one_data_directory(
    session: Session, settings: SessionSettings
) -> None:
    with pytest.raises(DataDirectoryInUse, match="Another Kaz-Bot is running"):
        await Session(settings).open()


async def test_a_closed_bot_makes_room_for_the_next(settings: SessionSettings) -> None:
    await used_once(settings)
    await used_once(settings)


def test_settings_do_not_show_their_secrets(settings: SessionSettings) -> None:
    shown = repr(replace(settings, password="p4ss", recovery_key="rec0very"))
    assert [secret in shown for secret in (TOKEN, "p4ss", "rec0very")] == [False] * 3


def test_the_bot_of_the_tests_is_the_one_of_the_settings(settings: SessionSettings) -> None:
    assert settings.user_id == BOT
