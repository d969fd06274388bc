"""Erases a person at an operator's hand, for those who cannot or will not ask in chat."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.config import Settings
from kaz_bot.errors import StaleRecord
from kaz_bot.forgetting import Forgotten, forget_user, keep_register
from kaz_bot.messages import UserId
from kaz_bot.operations.learning import school_of
from kaz_bot.operations.records import opened
from kaz_bot.store import Store

_ATTEMPTS = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of a person."""

    tickets: int
    posts: int


async def look_for(settings: Settings, user: UserId) -> Found:
    """How much would be erased."""
    async with opened(settings) as store, store.work() as work:
        tickets = await work.tickets.of_asker(user)
        posts = await work.posts.of_sender(user)
    return Found(
        tickets=sum(ticket.erased_at is None for ticket in tickets),
        posts=sum(post.erased_at is None for post in posts),
    )


async def erase_user(settings: Settings, user: UserId, now: datetime) -> Forgotten:
    """Forget them, and enter it into the register; a running bot takes back what it relayed."""
    async with opened(settings) as store:
        forgotten = await _forget(store, user, now)
        async with store.work() as work:
            await keep_register(work, settings.data_dir)
        # What the routing learned from their questions goes at once, also when no bot runs.
        await school_of(settings, store).forget()
    return forgotten


async def _forget(store: Store, user: UserId, now: datetime) -> Forgotten:
    """A running bot may change one of the tickets in the same moment: then once more."""
    for _ in range(_ATTEMPTS):
        try:
            async with store.work() as work:
                return await forget_user(work, user, now)
        except StaleRecord:
            continue
    raise StaleRecord(f"the tickets of {user} keep changing; stop the bot and try again")
