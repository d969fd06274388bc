"""That something was erased stays known."""

from kaz_bot.store import Work
from kaz_bot.store.erasures import Erasure
from tests.store.records import NOON, after


async def test_erasures_are_listed_from_the_first(work: Work) -> None:
    await work.erasures.add("ticket", "KAZ-1", NOON)
    await work.erasures.add("person", "erased-1", after(1))
    assert await work.erasures.all() == [
        Erasure(what="ticket", subject="KAZ-1", at=NOON),
        Erasure(what="person", subject="erased-1", at=after(1)),
    ]
