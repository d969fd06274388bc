"""Writes beside the database who was erased, for the day when a backup is restored."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kaz_bot.domain.events import DeskEvent
from kaz_bot.forgetting import keep_register
from kaz_bot.store import Work


class Register:
    """The duty, with the folder it writes to."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    # Every duty is told the time; this one has no use for it.
    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:  # noqa: ARG002
        """Who asked in chat to be forgotten is known to the database only."""
        await keep_register(work, self._data_dir)
        return []
