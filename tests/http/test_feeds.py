"""Calendars are read over HTTP by whoever has their address, and by nobody else."""

import asyncio
import logging
from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
from aiohttp import ClientSession

from kaz_bot.config import HttpAddress
from kaz_bot.errors import StoreUnavailable
from kaz_bot.http import NotYet, Vitals, WebServer
from tests.fakes import MORNING

FILE = b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:R\xc3\xa4ume\r\nEND:VCALENDAR\r\n"
SECRET = "a-live-token-of-nobody"
PAGE = f"/calendar/{SECRET}.ics"


class Shelf:
    """The calendars by their tokens, as a test wants them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {SECRET: FILE}
        self.trouble: Exception | None = None
        self.most_at_once = 0
        self._asking = 0

    async def file(self, token: str) -> bytes | None:
        if self.trouble is not None:
            raise self.trouble
        self._asking += 1
        self.most_at_once = max(self.most_at_once, self._asking)
        # Others have the turn meanwhile, if they may.
        await asyncio.sleep(0)
        self._asking -= 1
        return self.files.get(token)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def client(address: HttpAddress, shelf: Shelf) -> AsyncIterator[ClientSession]:
    """Somebody's calendar program, and the server it asks."""

    async def vitals() -> Vitals:
        return Vitals(at=MORNING, ready=True, database=True, homeserver=True)

    server = WebServer(address, vitals, shelf.file)
    await server.start()
    async with ClientSession(str(address)) as session:
        yield session
    await server.stop()


async def test_whoever_has_the_address_reads_the_calendar(client: ClientSession) -> None:
    async with client.get(PAGE) as answer:
        assert (answer.status, await answer.read()) == (HTTPStatus.OK, FILE)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


async def test_the_address_is_told_to_nobody_and_the_file_kept_by_nobody(
    client: ClientSession,
) -> None:
    async with client.get(PAGE) as answer:
        kept = {name: answer.headers[name] for name in ("Cache-Control", "Referrer-Policy")}
    assert kept == {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}


async def test_head_tells_the_same_without_the_file(client: ClientSession) -> None:
    async with client.get(PAGE) as whole, client.head(PAGE) as head:
        assert (head.status, await head.read()) == (HTTPStatus.OK, b"")
        names = ("Content-Type", "Content-Length", "ETag")
        assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]


async def test_what_has_not_changed_is_not_sent_again(client: ClientSession) -> None:
    async with client.get(PAGE) as first:
        known = first.headers["ETag"]
    async with client.get(PAGE, headers={"If-None-Match": f'"other", W/{known}'}) as again:
        assert (again.status, await again.read()) == (HTTPStatus.NOT_MODIFIED, b"")
        assert again.headers["ETag"] == known


async def test_whoever_wants_nothing_but_what_is_new_gets_no_file(client: ClientSession) -> None:
    async with client.get(PAGE, headers={"If-None-Match": "*"}) as answer:
        assert (answer.status, await answer.read()) == (HTTPStatus.NOT_MODIFIED, b"")


async def test_many_who_ask_at_once_are_answered_one_after_the_other(
    client: ClientSession, shelf: Shelf
) -> None:
    async def status() -> int:
        async with client.get(PAGE) as answer:
            return answer.status

    assert await asyncio.gather(*(status() for _ in range(8))) == [HTTPStatus.OK] * 8
    assert shelf.most_at_once == 1


async def test_what_has_changed_is_sent(client: ClientSession, shelf: Shelf) -> None:
    async with client.get(PAGE) as first:
        known = first.headers["ETag"]
    shelf.files[SECRET] = b"changed"
    async with client.get(PAGE, headers={"If-None-Match": known}) as again:
        assert (again.status, await again.read()) == (HTTPStatus.OK, b"changed")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_address_that_was_never_given_is_not_found(
    client: ClientSession, method: str
) -> None:
    async with client.request(method, "/calendar/guessed.ics") as answer:
        assert (answer.status, answer.headers.get("ETag")) == (HTTPStatus.NOT_FOUND, None)


@pytest.mark.parametrize(
    "page", ["/calendar/", "/calendar", "/calendar/.ics", f"/calendar/{SECRET}", f"{PAGE}/"]
)
async def test_nothing_else_lies_there(client: ClientSession, page: str) -> None:
    async with client.get(page) as answer:
        assert answer.status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
async def test_a_calendar_can_only_be_read(client: ClientSession, method: str) -> None:
    async with client.request(method, PAGE) as answer:
        assert answer.status == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("trouble", [StoreUnavailable("away"), NotYet()])
async def test_a_bot_that_cannot_answer_asks_to_come_back(
    client: ClientSession, shelf: Shelf, trouble: Exception
) -> None:
    shelf.trouble = trouble
    async with client.get(PAGE) as answer:
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.headers["Retry-After"] == "30"


async def test_no_log_line_tells_the_address(
    client: ClientSession,
    shelf: Shelf,
    address: HttpAddress,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with client.get(PAGE):
        shelf.trouble = RuntimeError("bug")
    async with client.get(PAGE) as answer:
        assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
    await _says(address, f"GET {PAGE} HTTP/9.9\r\n\r\n")
    await _says(address, f"GE\x01T {PAGE} HTTP/1.1\r\n\r\n")
    assert "bug" in caplog.text
    assert SECRET not in caplog.text


async def _says(address: HttpAddress, request: str) -> None:
    """A program that does not speak proper HTTP."""
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(request.encode())
    await reader.read()
    writer.close()
    await writer.wait_closed()
