"""Monitoring reads over HTTP how the bot is."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from kaz_bot.config import HttpAddress
from kaz_bot.errors import ConfigError
from kaz_bot.http import Vitals, WebServer

NOON = datetime(2026, 9, 25, 12, 0, tzinfo=UTC)
WELL = Vitals(at=NOON, ready=True, database=True, homeserver=True)

Ask = Callable[[Vitals, str], Awaitable[tuple[int, str, str]]]


async def no_calendar(_token: str) -> bytes | None:
    return None


@pytest.fixture
async def ask(address: HttpAddress) -> AsyncIterator[Ask]:
    """Asks a server, that sees the given vitals, for a page: status, content type and text."""
    seen = [WELL]

    async def vitals() -> Vitals:
        return seen[-1]

    server = WebServer(address, vitals, no_calendar)
    await server.start()
    async with ClientSession(f"http://127.0.0.1:{address.port}") as client:

        async def asked(at: Vitals, path: str) -> tuple[int, str, str]:
            seen.append(at)
            async with client.get(path) as answer:
                return answer.status, answer.headers["Content-Type"], await answer.text()

        yield asked
    await server.stop()


async def test_a_bot_that_serves_is_healthy(ask: Ask) -> None:
    status, kind, text = await ask(replace(WELL, synced_at=NOON, letters_queued=2), "/health")
    assert (status, kind) == (200, "application/json; charset=utf-8")
    assert text == (
        '{"status": "ok", "ready": true, "database": true, "homeserver": true, '
        '"synced_at": "2026-09-25T12:00:00+00:00", "letters_queued": 2, "letters_rejected": 0}'
    )


@pytest.mark.parametrize(
    ("vitals", "lost"),
    [
        (replace(WELL, ready=False), "ready"),
        (replace(WELL, database=False), "database"),
        (replace(WELL, homeserver=False), "homeserver"),
    ],
)
async def test_a_bot_that_cannot_serve_is_unavailable(ask: Ask, vitals: Vitals, lost: str) -> None:
    status, _, text = await ask(vitals, "/health")
    assert status == 503
    assert f'"{lost}": false' in text


async def test_metrics_are_what_prometheus_reads(ask: Ask) -> None:
    vitals = replace(
        WELL,
        synced_at=NOON - timedelta(seconds=3),
        oldest_letter_at=NOON - timedelta(minutes=2),
        letters_queued=1_234_567,
        letters_rejected=1,
        undecryptable=2,
        tickets={("security", "new"): 7, ("projects", 'odd"\\\n'): 1},
    )
    status, kind, text = await ask(vitals, "/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert samples == [
        "kaz_ready 1",
        "kaz_database_up 1",
        "kaz_homeserver_up 1",
        "kaz_sync_age_seconds 3",
        "kaz_letters_queued 1234567",
        "kaz_oldest_letter_seconds 120",
        "kaz_letters_rejected 1",
        "kaz_undecryptable 2",
        'kaz_tickets{area="projects",state="odd\\"\\\\\\n"} 1',
        'kaz_tickets{area="security",state="new"} 7',
    ]


async def test_every_metric_is_explained(ask: Ask) -> None:
    _, _, text = await ask(WELL, "/metrics")
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    shown = {line.split()[0] for line in text.splitlines() if not line.startswith("#")}
    assert shown <= names


async def test_an_address_in_use_is_named(address: HttpAddress) -> None:
    async def vitals() -> Vitals:
        return WELL

    with (
        socket.create_server((address.host, address.port)),
        pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{address.port}"),
    ):
        await WebServer(address, vitals, no_calendar).start()
