"""A file goes with its letter, and is gone as soon as nobody needs it any more."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from kaz_bot.messages import Enclosure, EventId, LetterId, Making
from kaz_bot.store import Work
from tests.store.records import LETTER, NOON, PROJECT

FILE = Enclosure(name="kalender.ics", media_type="text/calendar", content=b"\x00\xff\r\nBEGIN")

End = Callable[[Work, LetterId, str], Awaitable[object]]


async def sent_with_file(work: Work) -> tuple[LetterId, str]:
    """A letter in the outbox with a file, and its transaction id."""
    letter = await work.letters.add(LETTER)
    await work.enclosures.add(letter.id, FILE)
    return letter.id, letter.txn_id


async def test_a_file_is_kept_byte_by_byte(work: Work) -> None:
    letter, _ = await sent_with_file(work)
    assert await work.enclosures.of(letter) == FILE


async def test_a_document_is_still_one_that_is_to_be_typeset(work: Work) -> None:
    document, letter = replace(FILE, making=Making.PDF), await work.letters.add(LETTER)
    await work.enclosures.add(letter.id, document)
    assert await work.enclosures.of(letter.id) == document


async def test_most_letters_have_none(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    assert await work.enclosures.of(letter.id) is None


async def test_a_letter_that_has_to_wait_keeps_its_file(work: Work) -> None:
    letter, _ = await sent_with_file(work)
    await work.letters.delay(letter, NOON, "away")
    assert await work.enclosures.of(letter) == FILE


@pytest.mark.parametrize(
    "end",
    [
        lambda work, letter, _: work.letters.sent(letter, EventId("$sent"), NOON),
        lambda work, _, txn_id: work.letters.confirm(txn_id, EventId("$sent"), NOON),
        lambda work, letter, _: work.letters.reject(letter, "M_TOO_LARGE"),
        lambda work, letter, _: work.letters.cancel(letter),
        lambda work, _, __: work.letters.cancel_answers(PROJECT),
    ],
    ids=["sent", "confirmed", "rejected", "cancelled", "answers cancelled"],
)
async def test_the_file_goes_when_its_letter_has_gone_its_way(work: Work, end: End) -> None:
    letter, txn_id = await sent_with_file(work)
    await end(work, letter, txn_id)
    assert await work.enclosures.of(letter) is None


async def test_the_files_of_others_stay(work: Work) -> None:
    letter, _ = await sent_with_file(work)
    other, _ = await sent_with_file(work)
    await work.letters.sent(letter, EventId("$sent"), NOON)
    assert await work.enclosures.of(other) == FILE
