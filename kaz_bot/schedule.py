"""Lets time act: ticks at intervals, while the database says what is due."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from kaz_bot.dispatcher import Job

log = logging.getLogger(__name__)

Tick = Callable[[Job], Awaitable[None]]


class Schedule:
    """The clockwork. It holds no state: a tick that comes late finds all that is due."""

    def __init__(self, tick: Tick, jobs: Mapping[str, tuple[Job, timedelta]]) -> None:
        self._tick = tick
        # A tick must never be dropped for being late, nor pile up behind a slow one.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name, (job, every) in jobs.items():
            self._scheduler.add_job(
                self._act, "interval", (name, job), id=name, seconds=every.total_seconds()
            )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; a job that runs is not waited for, its transaction decides."""
        self._scheduler.shutdown(wait=False)

    async def _act(self, name: str, job: Job) -> None:
        try:
            await self._tick(job)
        except Exception:
            log.exception("The duty %s failed; it is tried again at its next tick", name)
