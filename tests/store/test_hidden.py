"""What people wrote never gets into the text of an error, which operators find in the log."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from kaz_bot.store import Store
from tests.store.records import TICKET


async def add_without_asker(store: Store, question: str) -> None:
    async with store.work() as work:
        nobody = replace(TICKET, question=question, asker=None)  # type: ignore[arg-type]  # on purpose
        await work.tickets.add(nobody)


async def test_the_error_of_a_refused_record_does_not_tell_its_words(store: Store) -> None:
    with pytest.raises(IntegrityError) as refused:
        await add_without_asker(store, "Wer liefert die Zebrastreifen?")
    assert "Zebra" not in str(refused.value)
