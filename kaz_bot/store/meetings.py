"""Keeps meetings, their agendas, and who was there."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.meetings import (
    AgendaItem,
    Attendance,
    ItemId,
    Meeting,
    MeetingNotFound,
    MeetingState,
)
from kaz_bot.domain.committee.numbers import MeetingId, PaperId, TaskId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, columns_for, contents_of, insert_into, row_of
from kaz_bot.store.tables_of_committee import (
    AWAITED_MEETINGS,
    WAITING_ITEMS,
    agenda_items,
    attendance,
    meetings,
)

_COLUMNS = columns_for(Meeting, meetings)
_ITEM = columns_for(AgendaItem, agenda_items)


class Meetings:
    """When the committee meets, and about what."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, meeting: Meeting) -> Meeting:
        """A new one, with the number it keeps."""
        return replace(meeting, id=MeetingId(await added_id(self._connection, meetings, meeting)))

    async def get(self, meeting_id: MeetingId) -> Meeting:
        """Raises MeetingNotFound."""
        if meeting_id <= LARGEST_ID:
            found = await self._listed(select(*_COLUMNS).where(meetings.c.id == meeting_id))
            if found:
                return found[0]
        raise MeetingNotFound(number=meeting_id)

    async def save(self, meeting: Meeting) -> Meeting:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(meetings)
            .where(meetings.c.id == meeting.id, meetings.c.version == meeting.version)
            .values(contents_of(meeting) | {"version": meeting.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"meeting {meeting.id}, version {meeting.version}")
        return replace(meeting, version=meeting.version + 1)

    async def next_in(self, room_id: RoomId, since: datetime) -> Meeting | None:
        """The committee's own meeting that runs, or the next one planned to begin since then."""
        return await self.running_in(room_id) or await self.planned_after(room_id, since)

    async def planned_after(self, room_id: RoomId, since: datetime) -> Meeting | None:
        """The committee's own meeting that is planned next."""
        found = await self._listed(
            select(*_COLUMNS)
            .where(
                meetings.c.room_id == room_id,
                meetings.c.outside.is_(False),
                meetings.c.state == MeetingState.PLANNED,
                meetings.c.starts_at > since,
            )
            .order_by(meetings.c.starts_at, meetings.c.id)
            .limit(1)
        )
        return found[0] if found else None

    async def called_by(self, event_id: EventId) -> list[Meeting]:
        """What a message called."""
        return await self._listed(
            select(*_COLUMNS).where(meetings.c.event_id == event_id).order_by(meetings.c.id)
        )

    async def running_in(self, room_id: RoomId) -> Meeting | None:
        """The one that runs at this moment."""
        found = await self._listed(
            select(*_COLUMNS)
            .where(meetings.c.room_id == room_id, meetings.c.state == MeetingState.RUNNING)
            .order_by(meetings.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    async def running_at(self, room_id: RoomId, at: datetime) -> Meeting | None:
        """The one that ran then, whether it runs still or not."""
        found = await self._listed(
            select(*_COLUMNS)
            .where(
                meetings.c.room_id == room_id,
                meetings.c.began_at <= at,
                or_(meetings.c.ended_at.is_(None), meetings.c.ended_at >= at),
            )
            .order_by(meetings.c.began_at.desc(), meetings.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    async def last_in(self, room_id: RoomId) -> Meeting | None:
        """The latest one that ran."""
        found = await self._listed(
            select(*_COLUMNS)
            .where(meetings.c.room_id == room_id, meetings.c.began_at.is_not(None))
            .order_by(meetings.c.began_at.desc(), meetings.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    async def planned_in(self, room_id: RoomId, limit: int) -> list[Meeting]:
        """What is ahead, also sessions of other bodies, the next first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(meetings.c.room_id == room_id, meetings.c.state == MeetingState.PLANNED)
            .order_by(meetings.c.starts_at, meetings.c.id)
            .limit(limit)
        )

    async def since(self, room_id: RoomId, since: datetime) -> list[Meeting]:
        """All that begin then or later, also cancelled ones, for a calendar."""
        return await self._listed(
            select(*_COLUMNS)
            .where(meetings.c.room_id == room_id, meetings.c.starts_at >= since)
            .order_by(meetings.c.starts_at, meetings.c.id)
        )

    async def due(self, now: datetime, limit: int) -> list[Meeting]:
        """Those that time must look at, the longest due first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(meetings.c.next_at <= now, AWAITED_MEETINGS)
            .order_by(meetings.c.next_at, meetings.c.id)
            .limit(limit)
        )

    async def numbers_due(self, now: datetime, limit: int) -> list[MeetingId]:
        """The numbers of those: known also of one that cannot be read."""
        found = await self._connection.scalars(
            select(meetings.c.id)
            .where(meetings.c.next_at <= now, AWAITED_MEETINGS)
            .order_by(meetings.c.next_at, meetings.c.id)
            .limit(limit)
        )
        return [MeetingId(number) for number in found]

    async def set_aside(self, meeting_id: MeetingId, until: datetime) -> None:
        """Let time look at it again then."""
        await self._connection.execute(
            update(meetings)
            .where(meetings.c.id == meeting_id, meetings.c.next_at < until)
            .values(next_at=until, version=meetings.c.version + 1)
        )

    async def add_item(self, item: AgendaItem) -> AgendaItem:
        """At the place it says."""
        return replace(item, id=ItemId(await added_id(self._connection, agenda_items, item)))

    async def save_item(self, item: AgendaItem) -> AgendaItem:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(agenda_items)
            .where(agenda_items.c.id == item.id, agenda_items.c.version == item.version)
            .values(contents_of(item) | {"version": item.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"agenda item {item.id}, version {item.version}")
        return replace(item, version=item.version + 1)

    async def agenda(self, meeting_id: MeetingId) -> list[AgendaItem]:
        """The items of a meeting, in their order."""
        return await self._items(
            select(*_ITEM)
            .where(agenda_items.c.meeting_id == meeting_id)
            .order_by(agenda_items.c.place, agenda_items.c.id)
        )

    async def waiting_in(self, room_id: RoomId) -> list[AgendaItem]:
        """Items that wait for a meeting."""
        return await self._items(
            select(*_ITEM)
            .where(agenda_items.c.room_id == room_id, WAITING_ITEMS)
            .order_by(agenda_items.c.id)
        )

    async def items_on(self, paper_id: PaperId) -> list[AgendaItem]:
        """Where the paper is, or was, on an agenda, the latest last."""
        return await self._items(
            select(*_ITEM).where(agenda_items.c.paper_id == paper_id).order_by(agenda_items.c.id)
        )

    async def items_for(self, task_id: TaskId) -> list[AgendaItem]:
        """Where the task is, or was, on an agenda, the latest last."""
        return await self._items(
            select(*_ITEM).where(agenda_items.c.task_id == task_id).order_by(agenda_items.c.id)
        )

    async def item(self, item_id: ItemId) -> AgendaItem | None:
        """One item, unless it is gone."""
        found = await self._items(select(*_ITEM).where(agenda_items.c.id == item_id))
        return found[0] if found else None

    async def items_by(self, event_id: EventId) -> list[AgendaItem]:
        """What a message put on an agenda."""
        return await self._items(
            select(*_ITEM).where(agenda_items.c.event_id == event_id).order_by(agenda_items.c.id)
        )

    async def remove_item(self, item: AgendaItem) -> None:
        """Off the agenda, as if it had never been there."""
        await self._connection.execute(delete(agenda_items).where(agenda_items.c.id == item.id))

    async def attend(self, one: Attendance) -> None:
        """Somebody is there, or is excused; the last word counts."""
        row = row_of(one)
        await self._connection.execute(
            insert_into(self._connection, attendance).on_conflict_do_update(
                index_elements=["meeting_id", "person"],
                set_={"presence": one.presence, "noted_at": one.noted_at},
            ),
            row,
        )

    async def attendance(self, meeting_id: MeetingId) -> list[Attendance]:
        """Who was there, and who was excused, in the order in which it was said."""
        found = await self._connection.execute(
            select(*columns_for(Attendance, attendance))
            .where(attendance.c.meeting_id == meeting_id)
            .order_by(attendance.c.noted_at, attendance.c.person)
        )
        return [Attendance(**row._mapping) for row in found]

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Meeting]:
        return [Meeting(**row._mapping) for row in await self._connection.execute(query)]

    async def _items(self, query: Select[tuple[object, ...]]) -> list[AgendaItem]:
        return [AgendaItem(**row._mapping) for row in await self._connection.execute(query)]
