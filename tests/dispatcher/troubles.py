"""A database with troubles, and a program that ends in the middle of what it does."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import Engine, event

from kaz_bot.store import Store, Work


class TroubledStore(Store):
    """Each piece of work ends with the next of these troubles, until there are no more."""

    def __init__(self, url: str, *troubles: Exception) -> None:
        super().__init__(url)
        self.troubles = list(troubles)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        async with super().work() as work:
            yield work
            if self.troubles:
                raise self.troubles.pop(0)


class Ended(BaseException):
    """The program is no more."""


class Fuse:
    """Burns a little with each statement, commit and request; when it is burnt, all is over."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.burnt = 0

    def burn(self, *_: object) -> None:
        self.burnt += 1
        if self.burnt > self.length:
            raise Ended

    @contextmanager
    def lit(self) -> Iterator[None]:
        hooks = [(Engine, "before_cursor_execute"), (Engine, "commit")]
        for where, name in hooks:
            event.listen(where, name, self.burn)
        try:
            yield
        finally:
            for where, name in hooks:
                event.remove(where, name, self.burn)
