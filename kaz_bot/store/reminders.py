"""Keeps reminders and deadlines, who has to do them, and what happened to them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.reminders import (
    Reminder,
    ReminderEntry,
    ReminderId,
    ReminderNotFound,
    ReminderState,
    Responsible,
)
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import ERASED, EventId, LetterId, RoomId, UserId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, columns_for, contents_of, row_of
from kaz_bot.store.tables import letters, rooms
from kaz_bot.store.tables_of_time import (
    AWAITED_REMINDERS,
    ENDED_REMINDERS,
    OPEN_REMINDERS,
    TOLD_REMINDERS,
    reminder_letters,
    reminder_trail,
    reminders,
    responsible,
)

_COLUMNS = columns_for(Reminder, reminders)
# Made once: to make a statement anew takes longer than to run it.
_BY_ID = select(*_COLUMNS).where(reminders.c.id == bindparam("sought"))
_DUE = (
    select(*_COLUMNS)
    .where(reminders.c.next_at <= bindparam("now"), AWAITED_REMINDERS)
    .order_by(reminders.c.next_at, reminders.c.id)
    .limit(bindparam("limit"))
)
_IN_ROOM = (
    select(*_COLUMNS)
    .where(reminders.c.room_id == bindparam("sought"), OPEN_REMINDERS)
    .order_by(reminders.c.due_at, reminders.c.id)
)
_OWNED = select(*_COLUMNS).where(reminders.c.owner == bindparam("sought"), OPEN_REMINDERS)
_MEANT_FOR = select(*_COLUMNS).where(reminders.c.target == bindparam("sought"), OPEN_REMINDERS)
_RESPONSIBLE = (
    select(*_COLUMNS)
    .join(responsible, responsible.c.reminder_id == reminders.c.id)
    .where(responsible.c.person == bindparam("sought"), OPEN_REMINDERS)
)
_QUOTING = select(*_COLUMNS).where(
    reminders.c.about_author == bindparam("sought"), reminders.c.about != ""
)
_ABOUT = select(*_COLUMNS).where(
    or_(reminders.c.event_id == bindparam("sought"), reminders.c.about_event == bindparam("sought"))
)
_OF_LETTER = (
    select(*_COLUMNS)
    .join(reminder_letters, reminder_letters.c.reminder_id == reminders.c.id)
    .join(letters, letters.c.id == reminder_letters.c.letter_id)
    .where(letters.c.event_id == bindparam("sought"))
    .order_by(reminders.c.id)
)


class Reminders:
    """The reminders and deadlines of all rooms."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reminder: Reminder, people: Iterable[UserId] = ()) -> Reminder:
        """A new one; for a deadline, `people` are those who have to do it."""
        added = replace(
            reminder, id=ReminderId(await added_id(self._connection, reminders, reminder))
        )
        rows = [{"reminder_id": added.id, "person": person} for person in sorted(set(people))]
        if rows:
            await self._connection.execute(insert(responsible), rows)
        return added

    async def get(self, reminder_id: ReminderId) -> Reminder:
        """Raises ReminderNotFound."""
        found = await self._listed(_BY_ID, reminder_id) if reminder_id <= LARGEST_ID else []
        if not found:
            raise ReminderNotFound(number=reminder_id)
        return found[0]

    async def save(self, reminder: Reminder) -> Reminder:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(reminders)
            .where(reminders.c.id == reminder.id, reminders.c.version == reminder.version)
            .values(contents_of(reminder) | {"version": reminder.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"reminder {reminder.id}, version {reminder.version}")
        return replace(reminder, version=reminder.version + 1)

    async def due(self, now: datetime, limit: int) -> list[Reminder]:
        """Those that time must look at, the longest due first."""
        found = await self._connection.execute(_DUE, {"now": now, "limit": limit})
        return [Reminder(**row._mapping) for row in found]

    async def numbers_due(self, now: datetime, limit: int) -> list[ReminderId]:
        """The numbers of those: known also of one that cannot be read."""
        found = await self._connection.scalars(
            _DUE.with_only_columns(reminders.c.id), {"now": now, "limit": limit}
        )
        return [ReminderId(number) for number in found]

    async def set_aside(self, reminder_id: ReminderId, until: datetime) -> None:
        """Let time look at it again then, unless somebody has put it off further or ended it."""
        await self._connection.execute(
            update(reminders)
            .where(reminders.c.id == reminder_id, reminders.c.next_at < until)
            .values(next_at=until, version=reminders.c.version + 1)
        )

    async def open_in_room(self, room_id: RoomId, limit: int | None = None) -> list[Reminder]:
        """What is set in the room, the next first."""
        return await self._listed(_IN_ROOM.limit(limit), room_id)

    async def open_of(self, person: UserId) -> list[Reminder]:
        """What somebody set, is reminded of or has to do, in all rooms, the next first."""
        found = {
            reminder.id: reminder
            for query in (_OWNED, _MEANT_FOR, _RESPONSIBLE)
            for reminder in await self._listed(query, person)
        }
        return sorted(found.values(), key=lambda reminder: (reminder.due_at, reminder.id))

    async def count_in_room(self, room_id: RoomId) -> int:
        """How many are set in the room."""
        return await self._count(_IN_ROOM, room_id)

    async def count_set_by(self, person: UserId) -> int:
        """How many somebody set that have not ended."""
        return await self._count(_OWNED, person)

    async def all_set_by(self, person: UserId) -> list[Reminder]:
        """What somebody set, also what has ended."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(reminders.c.owner == person).order_by(reminders.c.id)
        )
        return [Reminder(**row._mapping) for row in found]

    async def all_with(self, person: UserId) -> list[Reminder]:
        """What somebody set, is reminded of or has to do, also what has ended."""
        theirs = select(responsible.c.reminder_id).where(responsible.c.person == person)
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(
                or_(
                    reminders.c.owner == person,
                    reminders.c.target == person,
                    reminders.c.id.in_(theirs),
                )
            )
            .order_by(reminders.c.id)
        )
        return [Reminder(**row._mapping) for row in found]

    async def quoting(self, author: UserId) -> list[Reminder]:
        """Those whose text is a message of theirs."""
        return await self._listed(_QUOTING, author)

    async def ended_since(
        self, since: datetime, *, room_id: RoomId | None = None, person: UserId | None = None
    ) -> list[Reminder]:
        """Those done or cancelled, of a room, or set by or meant for a person."""
        whose = (
            reminders.c.room_id == room_id
            if room_id is not None
            else or_(reminders.c.owner == person, reminders.c.target == person)
        )
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(reminders.c.ended_at >= since, whose, ENDED_REMINDERS)
            .order_by(reminders.c.ended_at, reminders.c.id)
        )
        return [Reminder(**row._mapping) for row in found]

    async def of_ticket(self, ticket_id: TicketId) -> list[Reminder]:
        """All that hang on the ticket, also ended ones."""
        return await self._listed(
            select(*_COLUMNS)
            .where(reminders.c.ticket_id == bindparam("sought"))
            .order_by(reminders.c.due_at, reminders.c.id),
            ticket_id,
        )

    async def by_letter(self, event_id: EventId) -> list[Reminder]:
        """Those that a message of the bot tells of."""
        return await self._listed(_OF_LETTER, event_id)

    async def about(self, event_id: EventId) -> list[Reminder]:
        """Those that a message set, or that point at it."""
        return await self._listed(_ABOUT, event_id)

    async def tell(self, letter_id: LetterId, of: Iterable[ReminderId]) -> None:
        """Note of which reminders a letter tells."""
        rows = [{"letter_id": letter_id, "reminder_id": one} for one in of]
        if rows:
            await self._connection.execute(insert(reminder_letters), rows)

    async def begin_anew(self, reminder_id: ReminderId) -> None:
        """Nobody has done it yet: as when it was set."""
        await self._connection.execute(
            update(responsible).where(responsible.c.reminder_id == reminder_id).values(done_at=None)
        )

    async def people(self, reminder_id: ReminderId) -> list[Responsible]:
        """Who has to do it."""
        found = await self._connection.execute(
            select(responsible.c.person, responsible.c.done_at)
            .where(responsible.c.reminder_id == reminder_id)
            .order_by(responsible.c.person)
        )
        return [Responsible(**row._mapping) for row in found]

    async def has_done(self, reminder_id: ReminderId, person: UserId, at: datetime) -> None:
        """One of those who have to do it has done it."""
        await self._connection.execute(
            update(responsible)
            .where(responsible.c.reminder_id == reminder_id, responsible.c.person == person)
            .values(done_at=at)
        )

    async def note(self, entry: ReminderEntry) -> None:
        """Write down what happened."""
        await self._connection.execute(insert(reminder_trail), row_of(entry))

    async def history(self, reminder_id: ReminderId, limit: int) -> list[ReminderEntry]:
        """What happened to it lately, in its order."""
        found = await self._connection.execute(
            select(*columns_for(ReminderEntry, reminder_trail))
            .where(reminder_trail.c.reminder_id == reminder_id)
            .order_by(reminder_trail.c.id.desc())
            .limit(limit)
        )
        return [ReminderEntry(**row._mapping) for row in reversed(found.all())]

    async def caused_by(self, cause: EventId) -> list[ReminderEntry]:
        """What happened because of a message."""
        found = await self._connection.execute(
            select(*columns_for(ReminderEntry, reminder_trail))
            .where(reminder_trail.c.cause == cause)
            .order_by(reminder_trail.c.id)
        )
        return [ReminderEntry(**row._mapping) for row in found]

    async def amend(self, entry: ReminderEntry) -> None:
        """Its details are others from now on."""
        await self._connection.execute(
            update(reminder_trail)
            .where(
                reminder_trail.c.reminder_id == entry.reminder_id,
                reminder_trail.c.cause == entry.cause,
                reminder_trail.c.event == entry.event,
            )
            .values(details=entry.details)
        )

    async def strip_history(self, reminder_id: ReminderId) -> None:
        """Without the reasons people gave; that it changed, and when, stays."""
        await self._connection.execute(
            update(reminder_trail)
            .where(reminder_trail.c.reminder_id == reminder_id)
            .values(details={})
        )

    async def settle(self, told_before: datetime, at: datetime) -> None:
        """Nobody ticked it off, and nobody is waiting for it: done."""
        await self._connection.execute(
            update(reminders)
            .where(reminders.c.told_at < told_before, TOLD_REMINDERS)
            .values(state=ReminderState.DONE, ended_at=at, version=reminders.c.version + 1)
        )

    async def end_forsaken(self, now: datetime) -> None:
        """What is due in a room that the bot has left, for somebody who was erased, ends: there
        is nobody to be told."""
        served = select(rooms.c.room_id).where(rooms.c.left_at.is_(None))
        addressee = func.coalesce(reminders.c.target, reminders.c.owner)
        await self._connection.execute(
            update(reminders)
            .where(
                reminders.c.next_at <= now,
                AWAITED_REMINDERS,
                addressee.endswith(f":{ERASED}"),
                reminders.c.room_id.not_in(served),
            )
            .values(
                state=ReminderState.CANCELLED,
                next_at=None,
                ended_at=now,
                changed_at=now,
                version=reminders.c.version + 1,
            )
        )

    async def purge(self, ended_before: datetime, limit: int) -> int:
        """Delete what ended long ago, with its history; how many went."""
        found = await self._connection.scalars(
            select(reminders.c.id)
            .where(reminders.c.ended_at < ended_before, ENDED_REMINDERS)
            .order_by(reminders.c.ended_at)
            .limit(limit)
        )
        gone = list(found)
        for table in (responsible, reminder_trail, reminder_letters):
            await self._connection.execute(delete(table).where(table.c.reminder_id.in_(gone)))
        await self._connection.execute(delete(reminders).where(reminders.c.id.in_(gone)))
        return len(gone)

    async def _listed(self, query: Select[tuple[object, ...]], sought: object) -> list[Reminder]:
        found = await self._connection.execute(query, {"sought": sought})
        return [Reminder(**row._mapping) for row in found]

    async def _count(self, query: Select[tuple[object, ...]], sought: str) -> int:
        counting = query.with_only_columns(func.count()).order_by(None)
        return await self._connection.scalar(counting, {"sought": sought}) or 0
