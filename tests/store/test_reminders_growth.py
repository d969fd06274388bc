"""What time does each second takes SQLite as many steps with many reminders as with few."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.reminders_filling import fill
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Store, Work
from kaz_bot.store.engine import address_of
from tests.store.counting import steps
from tests.store.records import NOON, REMINDER

FEW, MANY = 1_000, 10_000
LATER = NOON.replace(year=2027) + timedelta(minutes=50)


async def put_off(work: Work) -> None:
    found = await work.reminders.get(ReminderId(7))
    await work.reminders.save(found.put_off(LATER, timed=True, at=NOON))


OPERATIONS: dict[str, Callable[[Work], Awaitable[object]]] = {
    "a tick with nothing due": lambda work: work.reminders.due(NOON, 500),
    "a tick with some due": lambda work: work.reminders.due(LATER, 10),
    "a reminder by its number": lambda work: work.reminders.get(ReminderId(7)),
    "a new reminder": lambda work: work.reminders.add(replace(REMINDER, next_at=LATER)),
    "putting off": put_off,
    "what a person has": lambda work: work.reminders.open_of(UserId("@asker7")),
    "how much a person has set": lambda work: work.reminders.count_set_by(UserId("@asker7")),
    "what a message set": lambda work: work.reminders.about(EventId("$unknown")),
    "what a letter tells of": lambda work: work.reminders.by_letter(EventId("$unknown")),
    "who has to do it": lambda work: work.reminders.people(ReminderId(9)),
    "what has ended lately": lambda work: work.reminders.ended_since(NOON, person=UserId("@a")),
    "what nobody ticked off": lambda work: work.reminders.settle(LATER, LATER),
    "what ended long ago": lambda work: work.reminders.purge(LATER, 20),
}


async def filled(file: Path, reminders: int) -> str:
    url = f"sqlite:///{file}"
    store = Store(url)
    await store.migrate()
    await store.close()
    fill(address_of(url), reminders)
    return url


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return asyncio.run(filled(tmp_path_factory.mktemp("few") / "kaz.db", FEW))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    return asyncio.run(filled(tmp_path_factory.mktemp("many") / "kaz.db", MANY))


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_it_takes_as_many_steps_as_with_few_reminders(
    few: str, many: str, operation: str
) -> None:
    act = OPERATIONS[operation]
    assert 0 < await steps(many, act) <= 1.5 * await steps(few, act)
