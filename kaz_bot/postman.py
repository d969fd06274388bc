"""Carries letters from the database to Matrix, each at least once, each room in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from kaz_bot.clock import Clock
from kaz_bot.domain.letters import Place, StoredLetter
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.errors import HomeserverUnavailable, SendDelayed, SendRejected, StoreUnavailable
from kaz_bot.matrix import HomeserverRefused, parcel_of
from kaz_bot.matrix.written import awaits_file, file_info
from kaz_bot.messages import Enclosure, EventId, LetterId, Parcel, RoomId, Rooms, UserId
from kaz_bot.outbox import take_back_cancelled
from kaz_bot.store import Store, Work
from kaz_bot.typesetting import Press

log = logging.getLogger(__name__)

_PAUSE = timedelta(seconds=1)
_PAUSE_AFTER_BUG = timedelta(seconds=10)
# A letter nobody collects (delayed, or written just before a crash) is found this late.
_LOOK_AGAIN = 5.0
_MOMENT = 0.2
# So many rounds of the event loop after a walk has begun, its request is on the wire: the next
# sync must not reach the homeserver first, or the answer waits for it.
_ROUNDS_TO_REQUEST = 3

# What is to be written down about a letter.
Note = Callable[[Work], Awaitable[object]]


class Carrier(Protocol):
    """The way to the homeserver."""

    @property
    def rooms(self) -> Rooms:
        """Who is where."""
        ...

    async def deliver(self, parcel: Parcel) -> EventId:
        """Send one; the same transaction id posts nothing twice."""
        ...

    async def upload(self, room_id: RoomId, enclosure: Enclosure) -> Mapping[str, object]:
        """Bring a file to the homeserver, encrypted if the room is; where a message finds it."""
        ...

    def find_direct(self, person: UserId) -> RoomId | None:
        """A direct chat with the person that was made before."""
        ...

    async def create_direct(self, person: UserId) -> RoomId:
        """A new encrypted direct chat with the person."""
        ...


class Postman:
    """Walks every lane (a room, or a person without one yet) on its own; lanes never wait."""

    def __init__(
        self, store: Store, carrier: Carrier, clock: Clock, language: Language, press: Press
    ) -> None:
        self._store = store
        self._carrier = carrier
        self._clock = clock
        self._language = language
        self._press = press
        self._wake = asyncio.Event()
        self._walks: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, datetime] = {}
        # Where the files of letters lie that could not be sent yet.
        self._uploaded: dict[LetterId, Mapping[str, object]] = {}
        self._on_duty = False

    async def collect(self) -> None:
        """Letters have been written: on return those that nobody has to wait for are on their way.

        Before `run` it does nothing; then they wait.
        """
        if self._on_duty:
            # They are written: a bug of the postman must not look like one of the event's.
            await self._on_round()
            for _ in range(_ROUNDS_TO_REQUEST):
                await asyncio.sleep(0)

    async def pause(self) -> None:
        """Return when nothing is on its way any more, at the latest after a moment.

        What is asked for before tells of little but our own letters.
        """
        if self._walks:
            await asyncio.wait(self._walks.values(), timeout=_MOMENT)

    async def run(self) -> None:
        """Carry letters until cancelled; what is on its way then goes again at the next start."""
        self._on_duty = True
        try:
            while True:
                self._wake.clear()
                rest = await self._on_round()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), rest)
        finally:
            self._on_duty = False
            for walk in self._walks.values():
                walk.cancel()
            await asyncio.gather(*self._walks.values(), return_exceptions=True)

    async def round(self) -> None:
        """Carry every letter whose turn it is; return when no lane can go on."""
        while walking := await self._set_out():
            await asyncio.wait(walking)

    async def _on_round(self) -> float:
        """Set out once, whatever may go wrong; seconds until the next time."""
        try:
            await self._set_out()
        except Exception:
            log.exception("The postman could not set out")
            return _PAUSE_AFTER_BUG.total_seconds()
        return self._until_next()

    def _until_next(self) -> float:
        """Seconds until a resting lane may be walked again."""
        now = self._clock.now()
        rests = [(until - now).total_seconds() for until in self._resting.values()]
        return max(0.0, min([_LOOK_AGAIN, *rests]))

    async def _set_out(self) -> list[asyncio.Task[None]]:
        """Start a walk in every lane where letters wait and nobody walks; who walks now."""
        now = self._clock.now()
        self._resting = {lane: until for lane, until in self._resting.items() if until > now}
        self._walks = {lane: walk for lane, walk in self._walks.items() if not walk.done()}
        try:
            async with self._store.work() as work:
                lanes = [lane for lane in await work.letters.lanes() if self._is_free(lane)]
                first = {lane: await work.letters.next_in(lane) for lane in lanes}
        except StoreUnavailable as problem:
            log.warning("The database is away, waiting: %s", problem)
            first = {}
        for lane, letter in first.items():
            if self._is_free(lane):
                walk = asyncio.create_task(self._walk(lane, letter), name=f"post {lane}")
                # A letter may have been written just when the walk had found none left.
                walk.add_done_callback(lambda _: self._wake.set())
                self._walks[lane] = walk
        return list(self._walks.values())

    def _is_free(self, lane: str) -> bool:
        return lane not in self._resting and lane not in self._walks

    def _rest(self, lane: str, until: datetime) -> None:
        self._resting[lane] = until

    async def _walk(self, lane: str, letter: StoredLetter | None) -> None:
        """Carry the letters of one lane, one after the other, until none is left or it rests."""
        try:
            while letter is not None and lane not in self._resting:
                letter = await self._carry(letter, lane)
        except (StoreUnavailable, HomeserverUnavailable) as problem:
            log.warning("Waiting with the letters to %s: %s", lane, problem)
            self._rest(lane, self._clock.now() + _PAUSE)
        except Exception:
            log.exception("Letters to %s failed", lane)
            self._rest(lane, self._clock.now() + _PAUSE_AFTER_BUG)

    async def _carry(self, letter: StoredLetter, lane: str) -> StoredLetter | None:
        """Carry one letter and note what became of it; the next one of its lane."""
        if letter.not_before is not None and letter.not_before > self._clock.now():
            self._rest(lane, letter.not_before)
            return None
        try:
            note = await self._carried(letter)
        except SendDelayed as delay:
            until = self._clock.now() + timedelta(seconds=delay.seconds)
            self._rest(lane, until)
            note = _delayed(letter, until, str(delay))
        except (SendRejected, HomeserverRefused) as rejection:
            self._uploaded.pop(letter.id, None)
            log.error("Letter %s to %s rejected: %s", letter.id, lane, rejection)
            note = _rejected(letter, str(rejection))
        async with self._store.work() as work:
            await note(work)
            return await work.letters.next_in(lane)

    async def _carried(self, letter: StoredLetter) -> Note:
        if letter.room_id is None:
            return await self._settled(letter)
        parcel = await self._parcel(letter, letter.room_id)
        if parcel is None:
            return lambda work: work.letters.cancel(letter.id)
        self._check_seal(letter, letter.room_id)
        if awaits_file(letter.content):
            parcel = replace(parcel, content={**parcel.content, **await self._file_of(letter)})
        # No transaction is open while the network is busy. A crash between sending and
        # marking repeats the request under the same id, which posts nothing twice.
        event_id = await self._carrier.deliver(parcel)
        self._uploaded.pop(letter.id, None)
        now = self._clock.now()

        async def arrived(work: Work) -> None:
            if not await work.letters.sent(letter.id, event_id, now):
                await take_back_cancelled(work, event_id, now)

        return arrived

    async def _file_of(self, letter: StoredLetter) -> Mapping[str, object]:
        """The letter's own file, and where it lies. After a crash it is uploaded anew, a copy
        to which nothing refers; the letter is still sent once."""
        if letter.id not in self._uploaded:
            async with self._store.work() as work:
                enclosure = await work.enclosures.of(letter.id)
            if enclosure is None or letter.room_id is None:
                raise SendRejected("the file that belongs to it is gone")
            printed = await self._press.printed(letter.id, enclosure)
            address = await self._carrier.upload(letter.room_id, printed)
            self._uploaded[letter.id] = {**address, "info": file_info(printed)}
        return self._uploaded[letter.id]

    def _check_seal(self, letter: StoredLetter, room_id: RoomId) -> None:
        """The last guard of the promise that nothing leaves encryption."""
        state = self._carrier.rooms.get(room_id)
        if letter.sealed and state is not None and not state.encrypted:
            raise SendRejected("text from an encrypted room must not go into one that is not")

    async def _parcel(self, letter: StoredLetter, room_id: RoomId) -> Parcel | None:
        """The request for a letter; nothing if what it is about never arrived anywhere."""
        target = await self._event_at(letter.target)
        if letter.target is not None and target is None:
            return None
        root = await self._event_at(letter.thread)
        return parcel_of(letter, room_id, target=target, root=root)

    async def _event_at(self, place: Place | None) -> EventId | None:
        if place is None or place.letter is None:
            return place.event if place else None
        async with self._store.work() as work:
            return (await work.letters.get(place.letter)).event_id

    async def _settled(self, letter: StoredLetter) -> Note:
        """Find or make the direct chat of the person the letter is for."""
        person = letter.person
        if person is None:
            raise SendRejected("neither room nor person")
        room_id = self._carrier.find_direct(person)
        if room_id is None:
            room_id = await self._carrier.create_direct(person)
        bound = self._direct(room_id, person, self._clock.now())

        async def settle(work: Work) -> None:
            known = await work.rooms.get(room_id)
            if known is None or known.left_at is not None:
                await work.rooms.save(bound)
            await work.letters.settle(person, room_id)

        return settle

    def _direct(self, room_id: RoomId, person: UserId, now: datetime) -> BoundRoom:
        return BoundRoom(
            room_id=room_id,
            kind=RoomKind.DIRECT,
            person=person,
            language=self._language,
            bound_at=now,
        )


def _delayed(letter: StoredLetter, until: datetime, why: str) -> Note:
    return lambda work: work.letters.delay(letter.id, until, why)


def _rejected(letter: StoredLetter, why: str) -> Note:
    return lambda work: work.letters.reject(letter.id, why)
