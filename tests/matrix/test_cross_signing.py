"""The device is vouched for by an identity of the account, which is never replaced unasked."""

import logging
from dataclasses import replace
from typing import Any

import pytest

from kaz_bot.errors import ConfigError
from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.matrix.secret_storage import seal
from kaz_bot.matrix.signing import SigningKey, unpadded
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Says

# The recovery key that js-sdk's own tests use, and the bytes it stands for.
RECOVERY_KEY = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d"
RECOVERY_BYTES = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
SOMEBODYS_SEED = b"s" * 32


def key(usage: str, public: str) -> dict[str, Any]:
    return {"user_id": BOT, "usage": [usage], "keys": {f"ed25519:{public}": public}}


@pytest.fixture
def foreign(server: FakeHomeserver) -> dict[str, Any]:
    """An identity that somebody made for the account in a client."""
    server.cross_signing = {
        "master_key": key("master", SigningKey(b"m" * 32).public),
        "self_signing_key": key("self_signing", SigningKey(SOMEBODYS_SEED).public),
    }
    return dict(server.cross_signing)


def stores(server: FakeHomeserver, secret: bytes) -> None:
    """Secret storage as a client sets it up, with the self-signing key in it."""
    name = "m.cross_signing.self_signing"
    sealed = seal(RECOVERY_BYTES, name, unpadded(secret).encode(), b"i" * 16)
    parts = {part: unpadded(raw) for part, raw in vars(sealed).items()}
    server.account_data = {
        "m.secret_storage.default_key": {"key": "K"},
        "m.secret_storage.key.K": {"algorithm": "m.secret_storage.v1.aes-hmac-sha2"},
        name: {"encrypted": {"K": parts}},
    }


async def is_signed(settings: SessionSettings) -> bool:
    session = Session(settings)
    await session.open()
    report = await session.report()
    await session.close()
    return report.device_signed


async def test_the_first_identity_needs_no_password(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    signed = await is_signed(settings)
    assert (signed, "auth" in server.asked("device_signing")[0].body) == (True, False)


async def test_a_homeserver_that_asks_for_the_password_gets_it(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    server.fails("device_signing", Says(401, {"flows": [], "session": "S", "params": {}}))
    signed = await is_signed(replace(settings, password="pw"))
    auth = server.asked("device_signing")[1].body["auth"]
    assert (signed, auth["session"], auth["password"]) == (True, "S", "pw")


async def test_without_a_password_the_device_then_stays_unsigned(
    server: FakeHomeserver, settings: SessionSettings, caplog: pytest.LogCaptureFixture
) -> None:
    server.fails("device_signing", Says(401, {"flows": [], "session": "S", "params": {}}))
    signed = await is_signed(settings)
    assert (signed, "The device stays unsigned" in caplog.text) == (False, True)


async def test_a_foreign_identity_is_left_alone_and_the_log_says_so_once(
    server: FakeHomeserver,
    settings: SessionSettings,
    foreign: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    signed = await is_signed(settings)
    warnings = [record for record in caplog.records if "KAZ_RECOVERY_KEY" in record.getMessage()]
    assert (signed, server.asked("device_signing"), server.cross_signing, len(warnings)) == (
        False,
        [],
        foreign,
        1,
    )


@pytest.mark.usefixtures("foreign")
async def test_the_recovery_key_opens_a_foreign_identity(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    stores(server, SOMEBODYS_SEED)
    assert await is_signed(replace(settings, recovery_key=RECOVERY_KEY))


@pytest.mark.usefixtures("foreign")
async def test_a_signed_device_needs_the_recovery_key_no_more(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    stores(server, SOMEBODYS_SEED)
    await is_signed(replace(settings, recovery_key=RECOVERY_KEY))
    assert await is_signed(settings)


@pytest.mark.parametrize(
    ("recovery_key", "says"),
    [
        ("EsTc LW2K", "is no recovery key"),
        (RECOVERY_KEY.replace("4d", "4e"), "is no recovery key"),
        ("not base 58: 0OIl", "is no recovery key"),
        ("", "is no recovery key"),
    ],
)
@pytest.mark.usefixtures("foreign")
async def test_a_mistyped_recovery_key_stops_the_start(
    server: FakeHomeserver, settings: SessionSettings, recovery_key: str, says: str
) -> None:
    stores(server, SOMEBODYS_SEED)
    with pytest.raises(ConfigError, match=says):
        await Session(replace(settings, recovery_key=recovery_key)).open()


@pytest.mark.usefixtures("foreign")
async def test_the_recovery_key_of_an_older_identity_stops_the_start(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    stores(server, b"older" + b"-" * 27)
    with pytest.raises(ConfigError, match="the account has replaced since"):
        await Session(replace(settings, recovery_key=RECOVERY_KEY)).open()


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        ("m.secret_storage.default_key", {}, "has no secret storage"),
        ("m.secret_storage.key.K", {"algorithm": "odd"}, "a method Kaz-Bot does not know"),
        ("m.cross_signing.self_signing", {}, "does not open"),
        ("m.cross_signing.self_signing", {"encrypted": {"K": {"iv": 5}}}, "does not open"),
        (
            "m.cross_signing.self_signing",
            {"encrypted": {"K": {"iv": "aaaa", "ciphertext": "aaaa", "mac": "aaaa"}}},
            "does not open",
        ),
    ],
)
@pytest.mark.usefixtures("foreign")
async def test_a_secret_storage_that_does_not_open_stops_the_start(
    server: FakeHomeserver, settings: SessionSettings, kind: str, content: Any, says: str
) -> None:
    stores(server, SOMEBODYS_SEED)
    server.account_data[kind] = content
    with pytest.raises(ConfigError, match=says):
        await Session(replace(settings, recovery_key=RECOVERY_KEY)).open()


@pytest.mark.usefixtures("foreign")
async def test_only_the_operator_replaces_a_foreign_identity(
    server: FakeHomeserver, settings: SessionSettings
) -> None:
    session = Session(settings)
    await session.open()
    server.fails("device_signing", Says(401, {"flows": [], "session": "S", "params": {}}))
    await session.reset_identity("pw")
    report = await session.report()
    await session.close()
    assert (report.identity_is_ours, report.device_signed) == (True, True)
