"""What tests and demo are promised of the embedded homeserver."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.demo.synapse_config import RateLimit
from kaz_bot.demo.synapse_environment import HomeserverError


async def log_in(homeserver: Homeserver, name: str, password: str) -> dict[str, str]:
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": name},
        "password": password,
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{homeserver.url}/_matrix/client/v3/login", json=login) as answer,
    ):
        answer.raise_for_status()
        whose: dict[str, str] = await answer.json()
        return whose


async def test_a_registered_person_can_log_in(homeserver: Homeserver) -> None:
    user_id = await homeserver.register("ann", "secret of ann", display_name="Ann Arndt")
    assert user_id == "@ann:kaz.test"
    assert (await log_in(homeserver, "ann", "secret of ann"))["user_id"] == user_id


async def test_a_name_is_registered_only_once(homeserver: Homeserver) -> None:
    await homeserver.register("bek", "secret of bek")
    with pytest.raises(HomeserverError, match="already taken"):
        await homeserver.register("bek", "another secret")


async def test_accounts_and_address_outlive_a_killed_server(homeserver: Homeserver) -> None:
    address = homeserver.url
    await homeserver.register("cem", "secret of cem")
    await homeserver.kill()
    await homeserver.restart()
    assert homeserver.url == address
    assert (await log_in(homeserver, "cem", "secret of cem"))["user_id"] == "@cem:kaz.test"


async def test_a_killed_server_answers_nobody(homeserver: Homeserver) -> None:
    await homeserver.kill()
    with pytest.raises(HomeserverError, match="does not answer"):
        await homeserver.register("dan", "secret of dan")
    await homeserver.start()


@pytest.fixture
async def tight_homeserver(synapse_environment: Path, tmp_path: Path) -> AsyncIterator[Homeserver]:
    # Making a room already counts as one message.
    limit = RateLimit(per_second=0.01, burst=2)
    server = Homeserver(tmp_path, environment=synapse_environment, message_limit=limit)
    await server.start()
    yield server
    await server.stop()


async def test_a_tight_limit_refuses_the_second_message(tight_homeserver: Homeserver) -> None:
    await tight_homeserver.register("dia", "secret of dia")
    token = (await log_in(tight_homeserver, "dia", "secret of dia"))["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(tight_homeserver.url, headers=headers) as dia:
        created = await dia.post("/_matrix/client/v3/createRoom", json={})
        room = f"/_matrix/client/v3/rooms/{(await created.json())['room_id']}"
        text = {"msgtype": "m.text", "body": "Guten Tag"}
        first = await dia.put(f"{room}/send/m.room.message/1", json=text)
        second = await dia.put(f"{room}/send/m.room.message/2", json=text)
    assert (first.status, second.status) == (200, 429)


async def test_a_server_that_is_not_installed_says_so(tmp_path: Path) -> None:
    server = Homeserver(tmp_path, environment=tmp_path / "nothing here")
    with pytest.raises(HomeserverError, match="install"):
        await server.start()
