"""Device signatures as a real Synapse shows them to everybody."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vodozemac
from nio.api import Api as NioApi

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.errors import IdentityError
from kaz_bot.matrix import IdentityReport, Session, SessionSettings
from kaz_bot.matrix.identity import IdentityFolder
from kaz_bot.matrix.secret_storage import seal
from kaz_bot.matrix.signing import unpadded
from kaz_bot.messages import UserId
from tests.homeserver.nio_person import PASSWORD, NioPerson, present
from tests.homeserver.session_bot import SessionBot, at_work

RECOVERY_KEY = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d"
RECOVERY_BYTES = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")


async def reported(settings: SessionSettings) -> IdentityReport:
    session = Session(settings)
    await session.open()
    report = await session.report()
    await session.close()
    return report


async def account(homeserver: Homeserver, folder: Path, name: str) -> SessionSettings:
    await homeserver.register(name, PASSWORD)
    return SessionSettings(
        homeserver=homeserver.url,
        user_id=UserId(f"@{name}:{homeserver.server_name}"),
        data_dir=folder,
        password=PASSWORD,
    )


async def told(client: NioPerson, method: str, path: str, body: dict[str, Any]) -> Any:
    """An answer of the homeserver to somebody's client."""
    answer = await client.client.send(
        method,
        f"/_matrix/client/v3/{path}",
        NioApi.to_json(body),
        {"Authorization": f"Bearer {client.client.access_token}"},
    )
    return await answer.json()


async def test_everybody_can_see_that_the_device_is_its_owners(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    bot = await SessionBot.arrive(homeserver, tmp_path / "bot", "signed")
    ann = await NioPerson.arrive(homeserver, tmp_path / "ann", "looks-at-signed")
    async with at_work(bot), present(ann):
        keys = await told(ann, "POST", "keys/query", {"device_keys": {bot.id: []}})
    [master] = keys["master_keys"][bot.id]["keys"].values()
    [self_signing] = keys["self_signing_keys"][bot.id]["keys"].values()
    [device] = keys["device_keys"][bot.id].values()
    verify(keys["self_signing_keys"][bot.id], bot.id, master)
    verify(device, bot.id, self_signing)


def verify(signed: dict[str, Any], user: str, public: str) -> None:
    """Raise SignatureException unless it was signed by the owner of the public key."""
    signature = signed["signatures"][user][f"ed25519:{public}"]
    bare = {key: signed[key] for key in signed if key not in ("signatures", "unsigned")}
    vodozemac.Ed25519PublicKey.from_base64(public).verify_signature(
        NioApi.to_canonical_json(bare).encode(), vodozemac.Ed25519Signature.from_base64(signature)
    )


async def test_an_identity_that_is_there_already_stays_as_it_is(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    first = await account(homeserver, tmp_path / "first", "twice")
    await reported(first)
    second = await reported(replace(first, data_dir=tmp_path / "second"))
    before = await reported(first)
    assert (second.identity_exists, second.identity_is_ours, second.device_signed) == (
        True,
        False,
        False,
    )
    assert (before.identity_is_ours, before.device_signed) == (True, True)


async def test_the_recovery_key_signs_the_device_of_an_account_with_an_identity(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    first = await account(homeserver, tmp_path / "first", "recovered")
    await reported(first)
    await store_secrets(homeserver, first, tmp_path / "client")
    second = replace(first, data_dir=tmp_path / "second", recovery_key=RECOVERY_KEY)
    report = await reported(second)
    assert (report.identity_is_ours, report.device_signed) == (False, True)


async def store_secrets(homeserver: Homeserver, settings: SessionSettings, folder: Path) -> None:
    """What a client does when its user sets up recovery."""
    seed = IdentityFolder(settings.data_dir).seeds().self_signing
    name = "m.cross_signing.self_signing"
    sealed = seal(RECOVERY_BYTES, name, unpadded(seed).encode(), b"i" * 16)
    parts = {part: unpadded(raw) for part, raw in vars(sealed).items()}
    client = await NioPerson.log_in(homeserver, folder, settings.user_id[1:].partition(":")[0])
    async with present(client):
        path = f"user/{settings.user_id}/account_data"
        method = {"algorithm": "m.secret_storage.v1.aes-hmac-sha2"}
        await told(client, "PUT", f"{path}/m.secret_storage.key.K", method)
        await told(client, "PUT", f"{path}/m.secret_storage.default_key", {"key": "K"})
        await told(client, "PUT", f"{path}/{name}", {"encrypted": {"K": parts}})


async def test_the_operator_may_replace_an_identity(homeserver: Homeserver, tmp_path: Path) -> None:
    first = await account(homeserver, tmp_path / "first", "replaced")
    await reported(first)
    session = Session(replace(first, data_dir=tmp_path / "second"))
    await session.open()
    await session.reset_identity(PASSWORD)
    report = await session.report()
    await session.close()
    assert (report.identity_is_ours, report.device_signed) == (True, True)


async def test_a_logged_out_device_comes_back_by_the_password(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    settings = await account(homeserver, tmp_path / "bot", "logged-out")
    before = await reported(settings)
    client = await NioPerson.log_in(homeserver, tmp_path / "client", "logged-out")
    async with present(client):
        await told(client, "POST", "logout/all", {})
    after = await reported(settings)
    assert (after.device_id, after.fingerprint, after.device_signed, after.one_time_keys) == (
        before.device_id,
        before.fingerprint,
        True,
        50,
    )


async def test_a_logged_out_device_without_a_password_says_what_to_do(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    settings = await account(homeserver, tmp_path / "bot", "locked-out")
    await reported(settings)
    client = await NioPerson.log_in(homeserver, tmp_path / "client", "locked-out")
    async with present(client):
        await told(client, "POST", "logout/all", {})
    with pytest.raises(IdentityError, match="Set KAZ_PASSWORD"):
        await reported(replace(settings, password=None))


async def test_a_token_of_a_device_whose_keys_are_elsewhere_is_refused(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    settings = await account(homeserver, tmp_path / "bot", "by-token")
    client = await NioPerson.log_in(homeserver, tmp_path / "client", "by-token")
    token, fresh = client.client.access_token, replace(settings, password=None)
    async with present(client):
        with pytest.raises(IdentityError, match="has published keys before"):
            await reported(replace(fresh, access_token=token))
