"""Whatever people or homeservers write can be stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kaz_bot.messages import EventId
from kaz_bot.store import Store
from kaz_bot.store.columns import INSTANT, storable
from tests.store.records import NOON, PROJECT, SOLVED


@given(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert storable(text) == text


@given(some.text(some.characters()))
def test_any_text_becomes_one_that_can_be_encoded(text: str) -> None:
    assert "\0" not in storable(text).encode().decode()


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("a\0b", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("ä\udfff\ud800", "ä\ufffd\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\u202eabc\x1b[31m", "\u202eabc\x1b[31m"),
    ],
)
def test_only_what_no_database_takes_is_replaced(written: str, stored: str) -> None:
    assert storable(written) == stored


def test_a_moment_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        INSTANT.put(NOON.replace(tzinfo=None))


@pytest.mark.parametrize("word", ["a\0b", "\ud800", "'; DROP TABLE tickets; --", "%_\\"])
async def test_what_cannot_be_stored_can_be_asked_for(store: Store, word: str) -> None:
    async with store.work() as work:
        ticket = await work.tickets.add(SOLVED)
        await work.search.index(ticket.id, [word])
        assert await work.search.find([word], limit=1) == [ticket]
        assert await work.letters.next_in(word) is None
        assert await work.threads.at(PROJECT, EventId(word)) is None
