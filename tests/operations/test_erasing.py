"""An operator erases a person, also when no bot runs; who must know hears of it."""

import pytest

from kaz_bot.config import Settings
from kaz_bot.domain.committee.numbers import Series, subject_of
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.operations.erasing import erase_user, look_for
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.forgetting.committee import COMMITTEE, KIM, committee_at_work
from tests.forgetting.desk import new_ticket
from tests.operations.conftest import NewSettings
from tests.store.records import NOON, after

A_1 = subject_of(Series.TASK, 1)


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot that knows Kim as an asker, and from the committee."""
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        await work.rooms.save(BoundRoom(room_id=COMMITTEE, kind=RoomKind.COMMITTEE, bound_at=NOON))
        await new_ticket(work, KIM)
        await committee_at_work(work)
    await store.close()
    return settings


async def test_it_is_said_what_there_is(settings: Settings) -> None:
    found = await look_for(settings, KIM)
    assert (found.tickets, found.posts, found.pseudonymised) == (1, 1, 15)


async def test_nobody_is_named_any_more(settings: Settings) -> None:
    await erase_user(settings, Texts(), KIM, after(30))
    found = await look_for(settings, KIM)
    assert (found.tickets, found.posts, found.pseudonymised) == (0, 0, 0)


async def test_the_committee_hears_of_a_task_that_nobody_has_any_more(settings: Settings) -> None:
    await erase_user(settings, Texts(), KIM, after(30))
    store = Store(settings.database_url)
    async with store.work() as work:
        [told] = await work.subjects.telling_alone(A_1)
        entries = await work.committee_trail.of(A_1, 10)
    await store.close()
    assert (told.room_id, told.template) == (COMMITTEE, "task/orphaned")
    assert "A-1 bearbeitet jetzt niemand." in str(told.content)
    assert "Formulare" not in str(told.content)
    assert [entry.event for entry in entries] == ["declined", "orphaned"]


async def test_in_a_room_that_was_left_nothing_is_said(settings: Settings) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        left = BoundRoom(
            room_id=COMMITTEE, kind=RoomKind.COMMITTEE, bound_at=NOON, left_at=after(1)
        )
        await work.rooms.save(left)
    await store.close()
    await erase_user(settings, Texts(), KIM, after(30))
    store = Store(settings.database_url)
    async with store.work() as work:
        told = await work.subjects.telling_alone(A_1)
    await store.close()
    assert told == []
