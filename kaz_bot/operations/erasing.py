"""Erases a person at an operator's hand, for those who cannot or will not ask in chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kaz_bot.announcements import announce
from kaz_bot.announcements.view import DeskView, bound_view
from kaz_bot.config import Settings
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.committee.forgetting_events import TaskOrphaned
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.rooms import Language
from kaz_bot.errors import StaleRecord
from kaz_bot.forgetting import Forgotten, forget_user, keep_register
from kaz_bot.messages import UserId
from kaz_bot.operations.learning import school_of
from kaz_bot.operations.records import opened
from kaz_bot.outbox import Outbox
from kaz_bot.portraits import portrait_of
from kaz_bot.store import Store, Work
from kaz_bot.texts import Texts

_ATTEMPTS = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of a person; of the records that stay only the name will go."""

    tickets: int
    posts: int
    pseudonymised: int


async def look_for(settings: Settings, user: UserId) -> Found:
    """How much would be erased."""
    async with opened(settings) as store, store.work() as work:
        portrait = await portrait_of(work, user)
    return Found(
        tickets=sum(ticket.erased_at is None for ticket in portrait.tickets),
        posts=sum(post.erased_at is None for post in portrait.posts),
        pseudonymised=sum(portrait.counts.values()),
    )


async def erase_user(settings: Settings, texts: Texts, user: UserId, now: datetime) -> Forgotten:
    """Forget them, and enter it into the register; a running bot takes back what it relayed."""
    async with opened(settings) as store:
        forgotten = await _forget(store, settings, texts, user, now)
        async with store.work() as work:
            await keep_register(work, settings.data_dir)
        # What the routing learned from their questions goes at once, also when no bot runs.
        await school_of(settings, store).forget()
    return forgotten


async def _forget(
    store: Store, settings: Settings, texts: Texts, user: UserId, now: datetime
) -> Forgotten:
    """A running bot may change one of the records in the same moment: then once more."""
    for _ in range(_ATTEMPTS):
        try:
            async with store.work() as work:
                forgotten = await forget_user(work, user, now)
                await _tell(work, settings, texts, forgotten.orphaned, now)
                return forgotten
        except StaleRecord:
            continue
    raise StaleRecord(f"the records of {user} keep changing; stop the bot and try again")


async def _tell(
    work: Work, settings: Settings, texts: Texts, orphaned: Iterable[Task], now: datetime
) -> None:
    """The committee hears of the tasks that nobody has now, from the running bot or the next."""
    view = await _view(work, settings)
    for task in orphaned:
        happened = TaskOrphaned(task, by=None, at=now)
        await work.committee_trail.add(happened.entry(None))
        if task.room_id in view.rooms:
            await Outbox(work, texts, view, now).write(announce(happened, view))


async def _view(work: Work, settings: Settings) -> DeskView:
    """The desk as the database knows it: not who is in its rooms, nor which are encrypted."""
    rooms = [room for room in await work.rooms.all() if room.left_at is None]
    return DeskView(
        rooms={
            room.room_id: bound_view(room, name="", encrypted=False, members={}) for room in rooms
        },
        areas=Areas.of((area.key for area in settings.areas), default=settings.default_area),
        ticket_prefix=settings.ticket_prefix,
        verb_prefix=settings.prefix,
        emergency_contact=settings.emergency_contact,
        bot=settings.user_id,
        language=Language(settings.language),
    )
