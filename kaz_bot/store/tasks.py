"""Keeps the tasks of the committee."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import DecisionNumber, TaskId
from kaz_bot.domain.committee.tasks import Task, TaskNotFound
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, columns_for, contents_of
from kaz_bot.store.tables_of_committee import AWAITED_TASKS, OPEN_TASKS, tasks

_COLUMNS = columns_for(Task, tasks)


class Tasks:
    """Who does what by when."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, task: Task) -> Task:
        """A new one, with the number it keeps."""
        return replace(task, id=TaskId(await added_id(self._connection, tasks, task)))

    async def get(self, task_id: TaskId) -> Task:
        """Raises TaskNotFound."""
        if task_id <= LARGEST_ID:
            found = await self._connection.execute(select(*_COLUMNS).where(tasks.c.id == task_id))
            row = found.one_or_none()
            if row is not None:
                return Task(**row._mapping)
        raise TaskNotFound(number=task_id)

    async def save(self, task: Task) -> Task:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(tasks)
            .where(tasks.c.id == task.id, tasks.c.version == task.version)
            .values(contents_of(task) | {"version": task.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"task {task.id}, version {task.version}")
        return replace(task, version=task.version + 1)

    async def due(self, now: datetime, limit: int) -> list[Task]:
        """Those that time must look at, the longest due first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.next_at <= now, AWAITED_TASKS)
            .order_by(tasks.c.next_at, tasks.c.id)
            .limit(limit)
        )

    async def numbers_due(self, now: datetime, limit: int) -> list[TaskId]:
        """The numbers of those: known also of one that cannot be read."""
        found = await self._connection.scalars(
            select(tasks.c.id)
            .where(tasks.c.next_at <= now, AWAITED_TASKS)
            .order_by(tasks.c.next_at, tasks.c.id)
            .limit(limit)
        )
        return [TaskId(number) for number in found]

    async def set_aside(self, task_id: TaskId, until: datetime) -> None:
        """Let time look at it again then."""
        await self._connection.execute(
            update(tasks)
            .where(tasks.c.id == task_id, tasks.c.next_at < until)
            .values(next_at=until, version=tasks.c.version + 1)
        )

    async def open_in(self, room_id: RoomId, limit: int | None = None) -> list[Task]:
        """What is still to be done for the committee, the first due first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.room_id == room_id, OPEN_TASKS)
            .order_by(tasks.c.due_at, tasks.c.id)
            .limit(limit)
        )

    async def overdue_in(self, room_id: RoomId, now: datetime) -> list[Task]:
        """What should have been done, the longest overdue first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.room_id == room_id, tasks.c.due_at < now, OPEN_TASKS)
            .order_by(tasks.c.due_at, tasks.c.id)
        )

    async def between(self, room_id: RoomId, since: datetime, until: datetime) -> list[Task]:
        """All that is or was due from `since` to before `until`, the first due first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.room_id == room_id, tasks.c.due_at >= since, tasks.c.due_at < until)
            .order_by(tasks.c.due_at, tasks.c.id)
        )

    async def open_of(self, person: UserId) -> list[Task]:
        """What somebody has to do, the next first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.person == person, OPEN_TASKS)
            .order_by(tasks.c.due_at, tasks.c.id)
        )

    async def ended_since(
        self, since: datetime, *, room_id: RoomId | None = None, person: UserId | None = None
    ) -> list[Task]:
        """What was done or withdrawn lately in a room, or by somebody, the first due first."""
        whose = tasks.c.person == person if room_id is None else tasks.c.room_id == room_id
        return await self._listed(
            select(*_COLUMNS)
            .where(whose, tasks.c.ended_at >= since)
            .order_by(tasks.c.due_at, tasks.c.id)
        )

    async def all_with(self, person: UserId) -> list[Task]:
        """What somebody set or has to do, also what has ended."""
        return await self._listed(
            select(*_COLUMNS)
            .where((tasks.c.person == person) | (tasks.c.owner == person))
            .order_by(tasks.c.id)
        )

    async def of_decision(self, number: DecisionNumber) -> list[Task]:
        """What follows from a decision."""
        return await self._listed(
            select(*_COLUMNS).where(tasks.c.decision == number).order_by(tasks.c.id)
        )

    async def set_by(self, event_id: EventId) -> list[Task]:
        """The tasks that a message set."""
        return await self._listed(
            select(*_COLUMNS).where(tasks.c.event_id == event_id).order_by(tasks.c.id)
        )

    async def set_between(self, room_id: RoomId, since: datetime, until: datetime) -> list[Task]:
        """What was set from `since` to `until`, as in a meeting, the first one first."""
        return await self._listed(
            select(*_COLUMNS)
            .where(tasks.c.room_id == room_id, tasks.c.set_at >= since, tasks.c.set_at <= until)
            .order_by(tasks.c.id)
        )

    async def count_open_in(self, room_id: RoomId) -> int:
        """How many are still to be done."""
        return (
            await self._connection.scalar(
                select(func.count()).where(tasks.c.room_id == room_id, OPEN_TASKS)
            )
            or 0
        )

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Task]:
        return [Task(**row._mapping) for row in await self._connection.execute(query)]
