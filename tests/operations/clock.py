"""A clock that stands still."""

from datetime import datetime

from tests.store.records import NOON


class StoppedClock:
    """Always noon."""

    def now(self) -> datetime:
        return NOON
