"""Takes events one by one, each in a transaction of its own with all that it changes and sends."""

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, runtime_checkable

from kaz_bot.clerk import Clerk
from kaz_bot.clock import Clock
from kaz_bot.commands import Answer, Outcome
from kaz_bot.context import Desk
from kaz_bot.domain.events import (
    DeskEvent,
)
from kaz_bot.errors import (
    ErrorCode,
    HomeserverUnavailable,
    LoggedOut,
    Refusal,
    StaleRecord,
    StoreUnavailable,
)
from kaz_bot.handlers import rooms as room_handlers
from kaz_bot.journeys import Doors, Journeys
from kaz_bot.limits import Allowance, Limits, RateLimited
from kaz_bot.messages import (
    Batch,
    Echo,
    EventId,
    Incoming,
    Invitation,
    Joined,
    Left,
    PollAnswered,
    Reacted,
    Redacted,
    RoomChanged,
    RoomId,
    Rooms,
    Said,
    Undecryptable,
    Upgraded,
    server_of,
)
from kaz_bot.outbox import take_back_cancelled
from kaz_bot.reception import Reception
from kaz_bot.rights import served
from kaz_bot.store import Store, Work
from kaz_bot.texts import Texts

log = logging.getLogger(__name__)

_ATTEMPTS = 10
# How long to wait before asking a database or homeserver again that is away.
_PAUSE = 1.0
_LONGEST_PAUSE = 10.0
# When a part of a job that failed is tried again.
_SET_ASIDE_FOR = timedelta(hours=1)
Job = Callable[[Work, datetime], Awaitable[Sequence[DeskEvent]]]


@runtime_checkable
class OneByOne(Protocol):
    """A job that can be done in parts, each by its number: one that fails holds up no other."""

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """All that is due."""
        ...

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """What is due, known also of a part that cannot be read."""
        ...

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """This part alone; nothing if it is not due any more."""
        ...

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        """Let this part be due then."""
        ...


class OwnFault(Refusal):
    """A bug of ours; told the reference under which the operator finds it."""

    code = ErrorCode.INTERNAL
    template = "refusal/internal"

    @property
    def key(self) -> Mapping[str, object]:
        return {**super().key, "ref": self.facts["ref"]}


class Homeserver(Doors, Protocol):
    """What the dispatcher asks of the homeserver beside the events it is given."""

    @property
    def rooms(self) -> Rooms:
        """Who is where."""
        ...

    async def fetch(self, room_id: RoomId, event_id: EventId) -> Incoming | None:
        """One event of a room, decrypted."""
        ...

    def decrypt(self, source: str) -> Incoming | None:
        """An event that could not be read, as it is now; nothing if it means nothing to us."""
        ...


class Dispatcher:
    """The desk's front door."""

    def __init__(
        self,
        *,
        store: Store,
        homeserver: Homeserver,
        texts: Texts,
        desk: Desk,
        clock: Clock,
        device: str,
        written: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._homeserver = homeserver
        self._clerk = Clerk(desk, texts)
        self._desk = desk
        self._clock = clock
        self._device = device
        self._written = written
        self._reception = Reception(desk)
        self._limits = Limits()
        self._journeys = Journeys(homeserver, clock)

    async def handle(self, batch: Batch) -> None:
        """Take all of a batch; its token is kept when everything in it is done."""
        await self._journeys.go_on()
        for invitation in batch.invitations:
            await self._invited(invitation)
        if batch.sessions:
            await self._keys_came(batch.sessions)
        for incoming in batch.events:
            await self.take(incoming)
        await self._until_stored(lambda: self._keep_token(batch.next_batch))

    async def since(self) -> str | None:
        """The token up to which everything is done."""
        async with self._store.work() as work:
            return await work.checkpoint.get(self._device)

    async def take(self, incoming: Incoming) -> None:
        """Let one event take effect exactly once, however often it comes."""
        pointed_at = await self._pointed_at(incoming)
        try:
            await self._until_stored(lambda: self._take(incoming, pointed_at))
        except StaleRecord as stale:
            # A record that stays stale is a bug of ours; the next event must have its turn.
            bug = stale
            await self._until_stored(lambda: self._give_up(incoming, bug))
        if isinstance(incoming, Upgraded):
            await self._follow(incoming)

    async def tick(self, job: Job) -> None:
        """Let time act: one job in one transaction, its letters written like those of events.

        If that fails, each part of it in a transaction of its own.
        """
        try:
            await self._until_stored(lambda: self._run(job))
        except Exception as bug:
            if not isinstance(job, OneByOne):
                raise
            log.warning("%s is done one by one, after %s", _name(job), type(bug).__name__)
        else:
            return
        await self._do_one_by_one(job)

    async def retry_undecrypted(self) -> None:
        """Try every kept message again whose key may have come before a crash."""
        await self._keys_came(None)

    async def _run(self, job: Job) -> None:
        now = self._clock.now()
        async with self._store.work() as work:
            happened = await job(work, now)
            await self._clerk.record(work, happened, cause=None, now=now)
        if happened:
            await self._written()

    async def _do_one_by_one(self, job: OneByOne) -> None:
        now = self._clock.now()
        numbers: list[int] = []

        async def look() -> None:
            async with self._store.work() as work:
                numbers[:] = await job.numbers_due(work, now)

        await self._until_stored(look)
        for number in numbers:
            await self._do_one(job, number)

    async def _do_one(self, job: OneByOne, number: int) -> None:
        async def one(work: Work, now: datetime) -> Sequence[DeskEvent]:
            return await job.one(work, number, now)

        async def set_aside(work: Work, now: datetime) -> Sequence[DeskEvent]:
            await job.set_aside(work, number, now + _SET_ASIDE_FOR)
            return []

        try:
            await self._until_stored(lambda: self._run(one))
        # The outermost loop of a part: whatever a bug does, the next one must have its turn.
        except Exception:
            log.exception("%s: number %s failed and is set aside", _name(job), number)
        else:
            return
        await self._until_stored(lambda: self._run(set_aside))

    async def _keep_token(self, next_batch: str) -> None:
        async with self._store.work() as work:
            await work.checkpoint.save(next_batch, self._device)

    async def _until_stored(self, act: Callable[[], Awaitable[None]]) -> None:
        """Again at once when a record was stale, again later when the database was away."""
        stale = 0
        while True:
            try:
                return await act()
            except StaleRecord:
                stale += 1
                if stale >= _ATTEMPTS:
                    raise
            except StoreUnavailable as problem:
                log.warning("The database is away, waiting: %s", problem)
                await self._clock.sleep(_PAUSE)

    async def _pointed_at(self, incoming: Incoming) -> Said | None:
        """The message an event is about, fetched before any transaction is open."""
        target = self._reception.points_at(incoming)
        if target is None:
            return None
        try:
            found = await self._patiently_fetched(incoming.room_id, target)
        except LoggedOut:
            raise
        except Exception:
            log.exception("Event %s in %s cannot be read", target, incoming.room_id)
            return None
        return found if isinstance(found, Said) else None

    async def _patiently_fetched(self, room_id: RoomId, event_id: EventId) -> Incoming | None:
        """Over a restart of the homeserver; but it may fail over one event for ever."""
        for attempt in range(_ATTEMPTS):
            try:
                return await self._homeserver.fetch(room_id, event_id)
            except HomeserverUnavailable as problem:
                log.warning("Event %s cannot be fetched yet: %s", event_id, problem)
                await self._clock.sleep(min(_PAUSE * 2**attempt, _LONGEST_PAUSE))
        log.error("Event %s in %s could not be fetched", event_id, room_id)
        return None

    async def _take(self, incoming: Incoming, pointed_at: Said | None) -> None:
        try:
            wrote = await self._effect(incoming, pointed_at, self._clock.now())
        except (StaleRecord, StoreUnavailable):
            raise
        # The outermost loop of an event: whatever a bug does, the next event must have its turn.
        except Exception as bug:  # noqa: BLE001
            await self._give_up(incoming, bug)
            return
        if wrote:
            await self._written()

    async def _effect(self, incoming: Incoming, pointed_at: Said | None, now: datetime) -> bool:
        try:
            async with self._first_sight(incoming, now) as work:
                if work is None:
                    return False
                outcome = await self._act(work, incoming, pointed_at, now)
                return await self._write(work, incoming, outcome, now)
        except Refusal as refusal:
            return await self._refuse(incoming, refusal, now)

    @asynccontextmanager
    async def _first_sight(self, incoming: Incoming, now: datetime) -> AsyncIterator[Work | None]:
        """A transaction in which the event is noted as seen; nothing if it was seen before."""
        async with self._store.work() as work:
            # To be told twice that a letter has arrived changes nothing.
            if isinstance(incoming, Undecryptable | Echo):
                yield work
                return
            new = await work.seen.first_sight(incoming.event_id, incoming.room_id, now)
            if new and not (isinstance(incoming, Said) and not incoming.encrypted):
                await work.undecrypted.remove(incoming.event_id)
            yield work if new else None

    async def _act(
        self, work: Work, incoming: Incoming, pointed_at: Said | None, now: datetime
    ) -> Outcome:
        match incoming:
            case Echo(txn_id=txn_id, event_id=event_id):
                if not await work.letters.confirm(txn_id, event_id, now):
                    await take_back_cancelled(work, event_id, now)
            case Undecryptable():
                await self._keep_unread(work, incoming, now)
            case Joined() | Left() | Upgraded() | RoomChanged():
                return await self._room_event(work, incoming, now)
            case Said() | Reacted() | PollAnswered() | Redacted():
                return await self._person_acts(work, incoming, pointed_at, now)
        return None

    async def _person_acts(
        self, work: Work, incoming: Incoming, pointed_at: Said | None, now: datetime
    ) -> Outcome:
        if await self._reception.is_costly(work, incoming):
            match self._limits.take(incoming.sender, incoming.event_id, now):
                case Allowance.TELL:
                    raise RateLimited
                case Allowance.IGNORE:
                    return None
        if isinstance(incoming, Redacted):
            # What was taken back is not read any more, even if its key should come.
            await work.undecrypted.remove(incoming.target)
        return await self._reception.act(work, incoming, pointed_at, now)

    async def _keep_unread(self, work: Work, incoming: Undecryptable, now: datetime) -> None:
        bound = await work.rooms.get(incoming.room_id)
        if (
            bound is not None
            and bound.left_at is None
            and served(incoming.sender, self._desk.settings)
        ):
            await work.undecrypted.add(incoming, now)

    async def _room_event(self, work: Work, incoming: Incoming, now: datetime) -> Outcome:
        state = self._desk.rooms.get(incoming.room_id)
        match incoming:
            case Joined() if state is not None and not state.is_space:
                return await room_handlers.joined(self._desk, work, incoming, state)
            case Left():
                by_bot = incoming.sender == self._desk.bot
                return await room_handlers.left(work, incoming, by_bot)
            case Upgraded():
                return await room_handlers.upgraded(self._desk, work, incoming)
            case RoomChanged(what="member") if state is not None:
                return await room_handlers.outgrown(work, state, now)
            case RoomChanged() if state is not None:
                return await room_handlers.check_guarded(self._desk, work, state, now)
        return None

    async def _write(self, work: Work, incoming: Incoming, outcome: Outcome, now: datetime) -> bool:
        """Write what an outcome has to say; whether there was anything."""
        if outcome is None:
            return False
        if isinstance(outcome, Answer):
            if isinstance(incoming, Reacted | PollAnswered):
                return False
            await self._clerk.answer(work, incoming, outcome, now)
            await self._clerk.record(work, outcome.happened, cause=None, now=now)
            return True
        happened = outcome if isinstance(outcome, Sequence) else [outcome]
        places = await self._clerk.record(work, happened, cause=incoming.event_id, now=now)
        if incoming.room_id not in places and await self._reception.is_command(work, incoming):
            await self._clerk.confirm(work, incoming, happened, now)
        return bool(happened)

    async def _give_up(self, incoming: Incoming, bug: Exception) -> None:
        """A bug: logged under a reference that the person gets, and nobody else has to wait."""
        ref, now = secrets.token_hex(4), self._clock.now()
        log.error("Event %s failed, reference %s", incoming.event_id, ref, exc_info=bug)
        try:
            async with self._first_sight(incoming, now) as work:
                if work is None or not await self._reception.is_command(work, incoming):
                    return
                await self._clerk.refuse(work, incoming, OwnFault(ref=ref), now)
        except (StaleRecord, StoreUnavailable):
            raise
        except Exception:
            log.exception("Nobody could be told about %s", ref)
            async with self._first_sight(incoming, now):
                return
        await self._written()

    async def _refuse(self, incoming: Incoming, refusal: Refusal, now: datetime) -> bool:
        """The transaction is undone; the event is noted as seen and the person told why."""
        async with self._first_sight(incoming, now) as work:
            if work is None:
                return False
            await self._clerk.refuse(work, incoming, refusal, now)
        return True

    async def _invited(self, invitation: Invitation) -> None:
        """Follow the invitations of people the desk serves; decline the others."""
        room_id, sender = invitation.room_id, invitation.sender
        if served(sender, self._desk.settings):
            log.info("Invited to %s by %s", room_id, sender)
            await self._journeys.enter(room_id, server_of(sender))
        else:
            log.info("Invitation of %s declined", sender)
            await self._journeys.decline(room_id)

    async def _follow(self, upgrade: Upgraded) -> None:
        """Enter the room that replaces another; where that fails, an invitation must come."""
        await self._journeys.enter(upgrade.replacement, server_of(upgrade.sender))

    async def _keys_came(self, sessions: frozenset[str] | None) -> None:
        """Take the messages that can be read now, in the order they came."""
        waiting: list[Undecryptable] = []

        async def look() -> None:
            async with self._store.work() as work:
                waiting[:] = (
                    await work.undecrypted.all()
                    if sessions is None
                    else await work.undecrypted.of_sessions(sessions)
                )

        await self._until_stored(look)
        for unread in waiting:
            readable = self._decrypted(unread)
            if readable is None:
                await self._until_stored(partial(self._forget_unread, unread.event_id))
            elif not isinstance(readable, Undecryptable):
                await self.take(readable)

    def _decrypted(self, unread: Undecryptable) -> Incoming | None:
        try:
            return self._homeserver.decrypt(unread.source)
        except Exception:
            # Whatever somebody has encrypted: the others' messages must still be heard.
            log.exception("Event %s in %s cannot be read", unread.event_id, unread.room_id)
            return None

    async def _forget_unread(self, event_id: EventId) -> None:
        async with self._store.work() as work:
            await work.undecrypted.remove(event_id)


def _name(job: OneByOne) -> str:
    return type(job).__name__
