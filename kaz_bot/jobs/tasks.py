"""Reminds of tasks: those who have them, later the chair and at last the operators, until done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.context import Desk
from kaz_bot.domain.committee.numbers import TaskId
from kaz_bot.domain.committee.task_events import TaskTold
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.events import DeskEvent
from kaz_bot.rights import chairs
from kaz_bot.store import Work

# More would keep others from the database for too long; the next tick takes the next ones.
AT_ONCE = 200
# As long as the bot is not in the committee's room, nobody can be told there.
_LOOK_AGAIN = timedelta(days=1)


class RemindingOfTasks:
    """The duty."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Tell of each once, the longest due first."""
        return await self._remind(work, await work.tasks.due(now, AT_ONCE), now)

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """Of what is to be told."""
        return await work.tasks.numbers_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """Tell of this one, unless somebody has ended or extended it."""
        task = await work.tasks.get(TaskId(number))
        awaited = task.next_at is not None and task.next_at <= now
        return await self._remind(work, [task], now) if awaited else []

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.tasks.set_aside(TaskId(number), until)

    async def _remind(self, work: Work, tasks: Iterable[Task], now: datetime) -> list[DeskEvent]:
        told = [await self._told(work, task, now) for task in tasks]
        return [event for event in told if event is not None]

    async def _told(self, work: Work, task: Task, now: datetime) -> TaskTold | None:
        """The latest of what people should have heard; nothing outside business hours."""
        state = self._desk.rooms.get(task.room_id)
        if state is None:
            await work.tasks.save(replace(task, next_at=now + _LOOK_AGAIN))
            return None
        telling = self._desk.ladder.telling(task, task.told_at or task.set_at, now)
        if telling.rung is None:
            await work.tasks.save(replace(task, next_at=telling.next_at))
            return None
        informed = task.informed(telling.rung.told, next_at=telling.next_at, at=now)
        return TaskTold(
            await work.tasks.save(informed),
            telling.rung,
            telling.late,
            chairs(state, self._desk.settings),
            task.working_days_over(now, self._desk.days),
            by=None,
            at=now,
        )
