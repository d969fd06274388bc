"""The outbox: letters from the moment they are written until Matrix has them, and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    TextClause,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.domain.posts import PostId
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, LetterId, RoomId, UserId
from kaz_bot.store.enclosures import Enclosures
from kaz_bot.store.rows import added_id, columns_for
from kaz_bot.store.tables import (
    QUEUED_LETTERS,
    REJECTED_LETTERS,
    UNSETTLED_THREADS,
    letters,
    threads,
)
from kaz_bot.store.tables_of_time import reminder_letters

# An answer to anything that the desk wrote further back is meant for somebody else.
_STILL_ANSWERED = 1000
# So many of a reminder's letters are taken back however old they are.
_LAST_TELLING = 100
_COLUMNS = columns_for(StoredLetter, letters)


def _arriving(name: Column[object]) -> Executable:
    cancelled = letters.c.state == LetterState.CANCELLED
    return (
        update(letters)
        .where(name == bindparam("which"), letters.c.event_id.is_(None))
        .values(
            state=case((cancelled, LetterState.CANCELLED), else_=LetterState.SENT),
            event_id=bindparam("became"),
            sent_at=bindparam("at"),
            content={},
        )
        .returning(letters.c.id, letters.c.state)
    )


# Made once: to make a statement anew takes longer than to run it.
_BY_EVENT = select(*_COLUMNS).where(letters.c.event_id == bindparam("event_id"))
_NEXT = (
    select(*_COLUMNS)
    .where(letters.c.lane == bindparam("lane"), QUEUED_LETTERS)
    .order_by(letters.c.id)
    .limit(1)
)
_SENT = _arriving(letters.c.id)
_CONFIRM = _arriving(letters.c.txn_id)


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """How full the outbox is; `oldest_at` is when the longest waiting letter was written."""

    queued: int
    rejected: int
    oldest_at: datetime | None


class Letters:
    """The letters. Those of one lane (a room, or a person without one yet) keep their order."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._enclosures = Enclosures(connection)

    async def add(self, letter: StoredLetter) -> StoredLetter:
        """The letter with its number, and with a transaction id that stays for good."""
        named = replace(letter, txn_id=letter.txn_id or f"kaz{uuid4().hex}")
        number = await added_id(
            self._connection, letters, named, lane=named.room_id or named.person, reported=False
        )
        return replace(named, id=LetterId(number))

    async def get(self, letter_id: LetterId) -> StoredLetter:
        found = await self._connection.execute(select(*_COLUMNS).where(letters.c.id == letter_id))
        return StoredLetter(**found.one()._mapping)

    async def by_event(self, event_id: EventId) -> StoredLetter | None:
        """The letter that became this message."""
        found = await self._connection.execute(_BY_EVENT, {"event_id": event_id})
        row = found.first()
        return None if row is None else StoredLetter(**row._mapping)

    async def latest(
        self, room_id: RoomId, thread: EventId | None, *, besides: str
    ) -> StoredLetter | None:
        """The last message in the thread of that root, or beside all threads of the room, but for
        those made from the template `besides`."""
        place = letters.c.thread == Place(event=thread) if thread else letters.c.thread.is_(None)
        newest = select(func.max(letters.c.id)).scalar_subquery()
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(
                letters.c.id > newest - _STILL_ANSWERED,
                letters.c.lane == room_id,
                letters.c.kind == LetterKind.MESSAGE,
                letters.c.template != besides,
                place,
            )
            .order_by(letters.c.id.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else StoredLetter(**row._mapping)

    async def carrying(self, post_id: PostId) -> list[StoredLetter]:
        """The letters that brought the post to other rooms."""
        return await self._where(letters.c.post_id == post_id)

    async def editing(self, letter_id: LetterId) -> list[StoredLetter]:
        """The letters about this one: its edits, reactions and redactions."""
        return await self._where(letters.c.target == Place(letter=letter_id))

    async def of_ticket(self, ticket_id: TicketId) -> list[StoredLetter]:
        return await self._where(letters.c.ticket_id == ticket_id)

    async def telling(self, reminder_id: ReminderId, since: datetime) -> list[StoredLetter]:
        """The letters that tell of a reminder, written since then, waiting, or among the last.

        What comes every quarter of an hour has thousands, and each is redacted by itself.
        """
        of_it = reminder_letters.c.reminder_id == reminder_id
        last = select(reminder_letters.c.letter_id).where(of_it)
        last = last.order_by(reminder_letters.c.letter_id.desc()).limit(_LAST_TELLING)
        found = await self._connection.execute(
            select(*_COLUMNS)
            .join(reminder_letters, reminder_letters.c.letter_id == letters.c.id)
            .where(
                of_it, or_(letters.c.written_at >= since, QUEUED_LETTERS, letters.c.id.in_(last))
            )
            .order_by(letters.c.id)
        )
        return [StoredLetter(**row._mapping) for row in found]

    async def cancel_answers(self, room_id: RoomId) -> None:
        """What was looked up there and still waits: it is about no one ticket."""
        await self._end(
            letters.c.lane == room_id,
            QUEUED_LETTERS,
            letters.c.ticket_id.is_(None),
            letters.c.kind == LetterKind.MESSAGE,
            state=LetterState.CANCELLED,
        )

    async def lanes(self) -> list[str]:
        """The lanes in which a letter waits, the longest waiting first."""
        found = await self._connection.execute(
            select(letters.c.lane)
            .where(QUEUED_LETTERS)
            .group_by(letters.c.lane)
            .order_by(func.min(letters.c.id))
        )
        return list(found.scalars())

    async def next_in(self, lane: str) -> StoredLetter | None:
        """The letter whose turn it is, also when it has to wait until `not_before`."""
        found = await self._connection.execute(_NEXT, {"lane": lane})
        row = found.one_or_none()
        return None if row is None else StoredLetter(**row._mapping)

    async def sent(self, letter_id: LetterId, event_id: EventId, at: datetime) -> bool:
        """The letter is the message `event_id`. False: it was sent already, or was cancelled
        while it was on its way; then it stays cancelled and its message is to be taken back."""
        return await self._arrived(_SENT, {"which": letter_id, "became": event_id, "at": at})

    async def confirm(self, txn_id: str, event_id: EventId, at: datetime) -> bool:
        """The same, as the homeserver's echo tells it."""
        return await self._arrived(_CONFIRM, {"which": txn_id, "became": event_id, "at": at})

    async def _arrived(self, mark: Executable, facts: Mapping[str, object]) -> bool:
        arrived = (await self._connection.execute(mark, facts)).one_or_none()
        if arrived is None:
            return False
        await self._enclosures.drop(letters.c.id == arrived.id)
        return arrived.state is LetterState.SENT

    async def delay(self, letter_id: LetterId, until: datetime, problem: str) -> None:
        """Tried in vain; its lane waits with it."""
        await self._change(
            letters.c.id == letter_id,
            QUEUED_LETTERS,
            attempts=letters.c.attempts + 1,
            not_before=until,
            problem=problem,
        )

    async def reject(self, letter_id: LetterId, problem: str) -> None:
        """The homeserver will never take it; its lane goes on without it, and its text goes."""
        await self._end(
            letters.c.id == letter_id,
            QUEUED_LETTERS,
            state=LetterState.REJECTED,
            problem=problem,
        )

    async def cancel(self, letter_id: LetterId) -> None:
        """Erased before it was sent; a letter that is sent stays as it is."""
        await self._end(
            letters.c.id == letter_id,
            letters.c.event_id.is_(None),
            state=LetterState.CANCELLED,
        )

    async def settle(self, person: UserId, room_id: RoomId) -> None:
        """The person's direct chat is known: what waits for the person goes there."""
        await self._change(letters.c.lane == person, QUEUED_LETTERS, room_id=room_id, lane=room_id)
        await self._connection.execute(
            update(threads)
            .where(threads.c.person == person, UNSETTLED_THREADS)
            .values(room_id=room_id)
        )

    async def rejected_unreported(self) -> list[StoredLetter]:
        """Rejected letters the operators have not heard of."""
        return await self._where(letters.c.reported.is_(False), REJECTED_LETTERS)

    async def reported(self, letter_ids: Iterable[LetterId]) -> None:
        await self._change(letters.c.id.in_(list(letter_ids)), reported=True)

    async def counts(self) -> Outbox:
        """The state of the outbox; letters that are sent are not even looked at."""
        queued = select(func.count(), func.min(letters.c.written_at)).where(QUEUED_LETTERS)
        rejected = select(func.count()).select_from(letters).where(REJECTED_LETTERS)
        counted = await self._connection.execute(queued.add_columns(rejected.scalar_subquery()))
        count, oldest_at, rejections = counted.one()._tuple()
        return Outbox(queued=count, rejected=rejections, oldest_at=oldest_at)

    async def _where(self, *conditions: ColumnElement[bool] | TextClause) -> list[StoredLetter]:
        found = await self._connection.execute(
            select(*_COLUMNS).where(*conditions).order_by(letters.c.id)
        )
        return [StoredLetter(**row._mapping) for row in found]

    async def _end(self, *conditions: ColumnElement[bool] | TextClause, **changes: object) -> None:
        """It will not be sent: text and file go. The file first, while the letter still waits."""
        await self._enclosures.drop(*conditions)
        await self._change(*conditions, content={}, **changes)

    async def _change(
        self, *conditions: ColumnElement[bool] | TextClause, **changes: object
    ) -> None:
        await self._connection.execute(update(letters).where(*conditions).values(changes))
