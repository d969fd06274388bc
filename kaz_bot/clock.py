"""The one place that reads the time of day."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; read once per event or tick, then passed down."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)
