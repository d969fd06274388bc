"""Takes events one by one, each in a transaction of its own with all that it changes and sends."""

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol

from kaz_bot.announcements import announce
from kaz_bot.announcements.letters import Key, Letter, Spot, info_key
from kaz_bot.announcements.view import DeskView, RoomView, bound_view
from kaz_bot.clock import Clock
from kaz_bot.commands import Answer, Outcome
from kaz_bot.context import Desk
from kaz_bot.domain.events import (
    AskerWrote,
    DeskEvent,
    Happened,
    NoteTaken,
    PostEdited,
    PostErased,
)
from kaz_bot.domain.letters import Place
from kaz_bot.domain.rooms import Language
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.errors import (
    ErrorCode,
    HomeserverUnavailable,
    LoggedOut,
    Refusal,
    StaleRecord,
    StoreUnavailable,
)
from kaz_bot.handlers import rooms as room_handlers
from kaz_bot.limits import Allowance, Limits, RateLimited
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.messages import (
    Batch,
    Echo,
    EventId,
    Incoming,
    Invitation,
    Joined,
    Left,
    Reacted,
    Redacted,
    RoomChanged,
    RoomId,
    Rooms,
    Said,
    Undecryptable,
    Upgraded,
    UserId,
    server_of,
)
from kaz_bot.outbox import Outbox, take_back_cancelled
from kaz_bot.reception import Reception
from kaz_bot.rights import served
from kaz_bot.store import Store, Work
from kaz_bot.texts import Texts

log = logging.getLogger(__name__)

_ATTEMPTS = 10
# How long to wait before asking a database or homeserver again that is away.
_PAUSE = 1.0
# So many characters of a wrong word are repeated to whoever typed it.
_ECHOED = 80

Job = Callable[[Work, datetime], Awaitable[Sequence[DeskEvent]]]


class OwnFault(Refusal):
    """A bug of ours; told the reference under which the operator finds it."""

    code = ErrorCode.INTERNAL
    template = "refusal/internal"

    @property
    def key(self) -> Mapping[str, object]:
        return {**super().key, "ref": self.facts["ref"]}


class Homeserver(Protocol):
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

    async def join(self, room_id: RoomId, via: Sequence[str] = ()) -> None:
        """Enter a room; entering one's own room again changes nothing."""
        ...

    async def leave(self, room_id: RoomId) -> None:
        """Leave a room, or decline an invitation."""
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
        self._texts = texts
        self._desk = desk
        self._clock = clock
        self._device = device
        self._written = written
        self._reception = Reception(desk)
        self._limits = Limits()

    async def handle(self, batch: Batch) -> None:
        """Take all of a batch; its token is kept when everything in it is done."""
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
        """Let time act: one job in one transaction, its letters written like those of events."""
        await self._until_stored(lambda: self._run(job))

    async def retry_undecrypted(self) -> None:
        """Try every kept message again whose key may have come before a crash."""
        await self._keys_came(None)

    async def _run(self, job: Job) -> None:
        now = self._clock.now()
        async with self._store.work() as work:
            happened = await job(work, now)
            await self._record(work, happened, cause=None, now=now)
        if happened:
            await self._written()

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
        while target is not None:
            try:
                found = await self._homeserver.fetch(incoming.room_id, target)
                return found if isinstance(found, Said) else None
            except HomeserverUnavailable as problem:
                log.warning("The homeserver is away, waiting: %s", problem)
                await self._clock.sleep(_PAUSE)
            except LoggedOut:
                raise
            except Exception:
                log.exception("Event %s in %s cannot be read", target, incoming.room_id)
                return None
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
            case Said() | Reacted() | Redacted():
                return await self._person_acts(work, incoming, pointed_at, now)
        return None

    async def _person_acts(
        self, work: Work, incoming: Incoming, pointed_at: Said | None, now: datetime
    ) -> Outcome:
        if await self._reception.is_command(work, incoming):
            match self._limits.take(incoming.sender, now):
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
            if isinstance(incoming, Reacted):
                return False
            view = await self._view(work, None)
            await self._outbox(work, view, now).write([_answer(incoming, outcome)])
            return True
        happened = outcome if isinstance(outcome, Sequence) else [outcome]
        places = await self._record(work, happened, cause=incoming.event_id, now=now)
        if incoming.room_id not in places and await self._reception.is_command(work, incoming):
            await self._confirm_elsewhere(work, incoming, happened, now)
        return bool(happened)

    async def _confirm_elsewhere(
        self, work: Work, incoming: Incoming, happened: Sequence[DeskEvent], now: datetime
    ) -> None:
        """Whoever commands from another room hears there that it is done."""
        about = next((event for event in happened if _is_deed(event)), None)
        if not isinstance(about, Happened):
            return
        facts = {"ticket": about.ticket, "prefix": self._desk.settings.prefix}
        answer = Answer(template="info/done", facts=facts, topic="done")
        view = await self._view(work, None)
        await self._outbox(work, view, now).write([_answer(incoming, answer)])

    async def _record(
        self, work: Work, happened: Sequence[DeskEvent], *, cause: EventId | None, now: datetime
    ) -> set[RoomId]:
        """Keep the audit trail and write the letters; the rooms that hear of it."""
        places: set[RoomId] = set()
        for event in happened:
            if isinstance(event, Happened):
                await work.trail.add(event.trail(cause))
            view = await self._view(work, event)
            letters = announce(event, view)
            await self._outbox(work, view, now).write(letters)
            places |= {
                letter.spot.room_id
                for letter in letters
                if isinstance(letter, Letter) and letter.spot.room_id is not None
            }
        return places

    def _outbox(self, work: Work, view: DeskView, now: datetime) -> Outbox:
        return Outbox(work, self._texts, view, now)

    async def _view(self, work: Work, event: DeskEvent | None) -> DeskView:
        """What announcements need to know about the desk for this event."""
        settings = self._desk.settings
        tickets = _tickets(event)
        asker = event.ticket.asker if isinstance(event, Happened) else None
        threads = {ticket: tuple(await work.threads.of(ticket)) for ticket in tickets}
        carriers = {}
        if isinstance(event, PostEdited | PostErased):
            carriers = {event.post.id: tuple(await work.letters.carrying(event.post.id))}
        return DeskView(
            rooms=await self._rooms(work),
            areas=self._desk.areas,
            ticket_prefix=settings.ticket_prefix,
            verb_prefix=settings.prefix,
            emergency_contact=settings.emergency_contact,
            bot=self._desk.bot,
            language=Language(settings.language),
            threads=threads,
            directs=await self._direct(work, asker),
            carriers=carriers,
        )

    async def _rooms(self, work: Work) -> dict[RoomId, RoomView]:
        views: dict[RoomId, RoomView] = {}
        for bound in await work.rooms.all():
            state = self._desk.rooms.get(bound.room_id)
            if state is not None:
                views[bound.room_id] = bound_view(
                    bound, name=state.name, encrypted=state.encrypted, members=state.members
                )
        return views

    async def _direct(self, work: Work, person: UserId | None) -> Mapping[UserId, RoomId]:
        """The person's encrypted direct chat, if both are in it."""
        bound = await work.rooms.direct_with(person) if person else None
        state = self._desk.rooms.get(bound.room_id) if bound else None
        if person is None or state is None or not state.encrypted:
            return {}
        reachable = person in state.members or person in state.invited
        return {person: state.room_id} if reachable else {}

    async def _give_up(self, incoming: Incoming, bug: Exception) -> None:
        """A bug: logged under a reference that the person gets, and nobody else has to wait."""
        ref, now = secrets.token_hex(4), self._clock.now()
        log.error("Event %s failed, reference %s", incoming.event_id, ref, exc_info=bug)
        try:
            async with self._first_sight(incoming, now) as work:
                if work is None or not await self._reception.is_command(work, incoming):
                    return
                await self._reply(work, incoming, OwnFault(ref=ref), now)
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
            await self._reply(work, incoming, refusal, now)
        return True

    async def _reply(self, work: Work, incoming: Incoming, refusal: Refusal, now: datetime) -> None:
        facts = refusal.facts
        view = await self._view(work, None)
        ticket = facts.get("ticket")
        holder = ticket.assignee if isinstance(ticket, Ticket) else None
        letter = Letter(
            spot=await self._reply_spot(work, incoming),
            template=refusal.template,
            facts={
                **{name: _short(fact) for name, fact in facts.items()},
                "named": view.person(incoming.sender) if isinstance(incoming, Reacted) else None,
                "holder": view.person(holder) if holder else None,
            },
            key=Key(name="de.kaz.error", content={**refusal.key, **_state_of(ticket, refusal)}),
        )
        await self._outbox(work, view, now).write([letter])

    async def _reply_spot(self, work: Work, incoming: Incoming) -> Spot:
        if not isinstance(incoming, Reacted):
            return _reply_spot(incoming)
        letter = await work.letters.by_event(incoming.target)
        if letter is not None:
            place = letter.thread or Place(letter=letter.id)
            return Spot(room_id=incoming.room_id, thread=place)
        posts = await work.posts.by_event(incoming.target)
        threads = [thread for post in posts for thread in await work.threads.of(post.ticket_id)]
        here = [thread for thread in threads if thread.room_id == incoming.room_id]
        if not here:
            return Spot(room_id=incoming.room_id, reply_to=incoming.target)
        place = Place(event=here[-1].root_event, letter=here[-1].root_letter)
        return Spot(room_id=incoming.room_id, thread=place, reply_to=incoming.target)

    async def _invited(self, invitation: Invitation) -> None:
        """Follow the invitations of people the desk serves; decline the others."""
        room_id, sender = invitation.room_id, invitation.sender
        if served(sender, self._desk.settings):
            log.info("Invited to %s by %s", room_id, sender)
            await self._insist(lambda: self._homeserver.join(room_id, (server_of(sender),)))
        else:
            log.info("Invitation of %s declined", sender)
            await self._insist(lambda: self._homeserver.leave(room_id))

    async def _follow(self, upgrade: Upgraded) -> None:
        """Enter the room that replaces another; where that fails, an invitation must come."""
        via = (server_of(upgrade.sender),)
        await self._insist(lambda: self._homeserver.join(upgrade.replacement, via))

    async def _insist(self, act: Callable[[], Awaitable[None]]) -> None:
        """Come or go, also if the homeserver is away for a while: it will not ask us again."""
        for _ in range(_ATTEMPTS):
            try:
                return await act()
            except HomeserverRefused as refused:
                log.warning("The homeserver refuses: %s", refused)
                return None
            except HomeserverUnavailable as problem:
                log.warning("The homeserver is away, waiting: %s", problem)
                await self._clock.sleep(_PAUSE)
        return None

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
                await self._until_stored(lambda: self._forget_unread(unread.event_id))  # noqa: B023
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


def _tickets(event: DeskEvent | None) -> set[TicketId]:
    """The tickets whose threads an event concerns."""
    if not isinstance(event, Happened):
        return set()
    lead = getattr(event, "lead", None)
    desk = getattr(event, "desk", None)
    return {event.ticket.id, *(other.id for other in (lead, desk) if isinstance(other, Ticket))}


def _is_deed(event: DeskEvent) -> bool:
    """Whether somebody did something with it, and did not just say something."""
    talk = isinstance(event, AskerWrote) or (isinstance(event, NoteTaken) and not event.asked)
    return isinstance(event, Happened) and not talk


def _short(fact: object) -> object:
    """What somebody typed, no longer than it takes to recognise it."""
    return fact[:_ECHOED] if type(fact) is str else fact


def _state_of(ticket: object, refusal: Refusal) -> dict[str, object]:
    """How the ticket stands that a step did not fit, for programs that want to try another."""
    if refusal.code is not ErrorCode.BAD_STATE or not isinstance(ticket, Ticket):
        return {}
    return {"state": ticket.state.value, "assignee": ticket.assignee}


def _reply_spot(incoming: Incoming) -> Spot:
    thread = incoming.thread if isinstance(incoming, Said) else None
    return Spot(
        room_id=incoming.room_id,
        thread=Place(event=thread) if thread else None,
        reply_to=incoming.event_id,
    )


def _answer(incoming: Incoming, answer: Answer) -> Letter:
    return Letter(
        spot=_reply_spot(incoming),
        template=answer.template,
        facts=answer.facts,
        key=info_key(answer.topic, **answer.data),
    )
