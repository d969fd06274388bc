"""Starts one real Synapse for all tests of this folder, and marks them `homeserver`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kaz_bot.demo.homeserver import Homeserver
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Person
from tests.homeserver.sealed import SealedPerson

# Shared with `make demo`: installed once for both.
ENVIRONMENT = Path(__file__).parents[2] / ".synapse"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.homeserver)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def synapse_environment(request: pytest.FixtureRequest) -> Path:
    """The environment to start servers of one's own in, such as one with a tight limit."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        await Homeserver(Path(), environment=ENVIRONMENT).install(_show)
    return ENVIRONMENT


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def homeserver(
    synapse_environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Homeserver]:
    """A running server. A test may kill it, and leaves it running."""
    server = Homeserver(tmp_path_factory.mktemp("homeserver"), environment=synapse_environment)
    await server.start()
    yield server
    await server.stop()


def _show(line: str) -> None:
    print(line, flush=True)  # noqa: T201  the first run takes a minute, and should say why


@pytest_asyncio.fixture(params=[Person, SealedPerson], ids=["plain", "encrypted"])
async def organisation(
    request: pytest.FixtureRequest, homeserver: Homeserver, tmp_path: Path
) -> AsyncIterator[Organisation]:
    """An organisation whose desk is open. A test that asks for it runs encrypted and not."""
    encrypted = request.param is SealedPerson
    async with at_work(homeserver, tmp_path, request.param, encrypted=encrypted) as organisation:
        yield organisation
