"""Puts people with matrix-js-sdk to the desk of a real bot, on a real Synapse."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kaz_bot.demo.homeserver import Homeserver
from tests.homeserver.conftest import homeserver, synapse_environment  # noqa: F401  fixtures
from tests.homeserver.organisation import Organisation, at_work
from tests.interop.conversation import Desk
from tests.interop.installation import NotInstalled, install
from tests.interop.js_person import JsPerson
from tests.interop.node import Node
from tests.not_run import not_run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.homeserver)
            # One loop for all: it reads what the one Node for all people writes.
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def node_program(request: pytest.FixtureRequest) -> Path:
    capture = request.config.pluginmanager.getplugin("capturemanager")
    try:
        with capture.global_and_fixture_disabled():
            return install(lambda line: print(line, flush=True))  # noqa: T201  it takes a while
    except NotInstalled as reason:
        not_run("matrix-js-sdk", str(reason))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def js_person(node_program: Path) -> AsyncIterator[type[JsPerson]]:
    """People as Element would let them be, unless somebody asks for more safety."""
    node = Node(node_program)
    await node.start()
    JsPerson.node = node
    yield JsPerson
    await node.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def organisation(
    homeserver: Homeserver,  # noqa: F811  the fixture
    js_person: type[JsPerson],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Organisation]:
    """One for all tests, each of which asks a question of its own."""
    folder = tmp_path_factory.mktemp("bot")
    settings = {"KAZ_DECRYPT_PATIENCE": "2s"}
    async with at_work(
        homeserver, folder, js_person, encrypted=True, settings=settings
    ) as organisation:
        yield organisation


@pytest_asyncio.fixture(loop_scope="session")
async def desk(organisation: Organisation) -> AsyncIterator[Desk]:
    """Open, with people who are strict, whatever the test before has done to it."""
    asker, ann = organisation.asker, organisation.ann
    assert isinstance(asker, JsPerson)
    assert isinstance(ann, JsPerson)
    if not organisation.bot.is_running:
        await organisation.bot.start()
    await asker.shut_out(unsigned=True)
    await ann.shut_out(unsigned=True)
    yield Desk(organisation=organisation, asker=asker, ann=ann)
    assert organisation.bot.faults() == []
