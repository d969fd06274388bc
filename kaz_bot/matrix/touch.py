"""Knows whether all has been heard that was said until a moment ago."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

# What was said longer ago than this has been heard and acted upon, if we are in touch.
HEARD_WITHIN = timedelta(seconds=2)
# A homeserver that has something to tell tells it within so many seconds.
_TELLS_WITHIN = 1.0


class Touch:
    """Follows the requests of the sync loop, one after the other.

    A request that waits means that there is no news, unless it has begun just now, or waits for
    longer than the homeserver was told to: then the connection is dead, and nobody has noticed.
    """

    def __init__(self, longest: float, now: Callable[[], float] = time.monotonic) -> None:
        self._longest = longest
        self._now = now
        self._waits = False
        self._asked_at = 0.0
        self._told_until = 0.0
        self._heard_until: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether answers come and are acted upon, without a failure since the latest of them."""
        return self._heard_until is not None

    @property
    def is_close(self) -> bool:
        """Whether all that was said until `HEARD_WITHIN` ago has been acted upon."""
        if self._heard_until is None:
            return False
        now = self._now()
        if self._waits and _TELLS_WITHIN <= now - self._asked_at <= self._longest:
            return True
        return now - self._heard_until <= HEARD_WITHIN.total_seconds()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Inside, the homeserver is asked for news; what it answers has to be acted upon."""
        self._waits, self._asked_at = True, self._now()
        try:
            yield
        except BaseException:
            self._heard_until = None
            raise
        finally:
            self._waits = False
        # It tells all there was when it was asked. Of what came later it would have told before.
        self._told_until = max(self._asked_at, self._now() - _TELLS_WITHIN)

    def acted(self) -> None:
        """All is done that had to be done about the latest answer."""
        self._heard_until = self._told_until
