"""A calendar reaches people as a file in their room, and under an address on the bot's server."""

import re
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from ical.calendar_stream import IcsCalendarStream
from nio.crypto import decrypt_attachment

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import at, mapping
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Event, Person
from tests.homeserver.sealed import SealedPerson

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/calendar/[\w-]{43}\.ics")
SET = (
    "!kaz erinnere uns jeden ersten Donnerstag im Monat um 13 Uhr an das Protokoll",
    "!kaz frist Antrag; mit \\ und bis 15.12.2030",
)


@pytest.fixture
def bind() -> str:
    """An address on loopback that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


async def answer(organisation: Organisation, text: str) -> Event:
    """What the bot answers to it."""
    timeline = await organisation.timeline(organisation.project)
    asked = await organisation.asker.say(organisation.project, text)
    events = await timeline.until_answered(asked, organisation.bot_id)
    return next(event for event in events if event.answers == asked)


async def fetched(address: str) -> tuple[int, bytes]:
    """What a calendar program finds there."""
    async with aiohttp.ClientSession() as client, client.get(address) as page:
        return page.status, await page.read()


def shown(file: bytes) -> list[tuple[str, str]]:
    """The first occurrences, as a library of others finds them."""
    timeline = iter(IcsCalendarStream.calendar_from_ics(file.decode()).timeline)
    found = zip(timeline, range(100), strict=False)
    return [(str(event.dtstart), str(event.summary)) for event, _ in found]


async def sealed_file(organisation: Organisation, event: Event) -> bytes:
    """The file as the clients in an encrypted room open it."""
    file = mapping(event.content["file"])
    keys = [at(file, "key", "k"), at(file, "hashes", "sha256"), file["iv"]]
    stored = await organisation.asker.download(str(file["url"]))
    file_itself: bytes = decrypt_attachment(stored, *map(str, keys))
    return file_itself


async def plain_file(organisation: Organisation, event: Event) -> bytes:
    return await organisation.asker.download(str(event.content["url"]))


@pytest.mark.parametrize(
    ("client", "opened"),
    [(Person, plain_file), (SealedPerson, sealed_file)],
    ids=["plain", "encrypted"],
)
async def test_the_file_and_the_address_show_the_same_dates(
    homeserver: Homeserver,
    tmp_path: Path,
    bind: str,
    client: type[Person],
    opened: Callable[[Organisation, Event], Awaitable[bytes]],
) -> None:
    settings = {"KAZ_HTTP_BIND": bind}
    async with at_work(
        homeserver, tmp_path, client, encrypted=client is SealedPerson, settings=settings
    ) as organisation:
        for text in SET:
            await answer(organisation, text)
        event = await answer(organisation, "!kaz kalender")
        [address] = ADDRESS.findall(event.body)
        file, (status, page) = await opened(organisation, event), await fetched(address)
        await answer(organisation, "!kaz kalender aus")
        revoked = await fetched(address)
        faults = organisation.bot.faults()
    assert (event.content["msgtype"], event.told) == ("m.file", "info calendar")
    assert (status, revoked[0], faults) == (200, 404, [])
    assert page == file
    assert ("2030-12-15", "Frist: Antrag; mit \\ und") in shown(file)
    assert sum(summary == "das Protokoll" for _, summary in shown(file)) > 50
