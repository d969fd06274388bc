"""Keeps one person from costing everybody: so many commands at once, then one every second."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId

# A whole team's morning in one burst; more is a program gone wild.
BURST = 300
PER_SECOND = 1.0
# More people than this talk to no desk in five minutes; whoever is calm is forgotten then.
_REMEMBERED = 10_000


class RateLimited(Refusal):
    """Too many commands; told once, then silence until it calms down."""

    code = ErrorCode.RATE_LIMITED
    template = "refusal/rate_limited"


class Allowance(StrEnum):
    """Whether a command may run."""

    YES = "yes"
    TELL = "tell"
    IGNORE = "ignore"


@dataclass
class _Bucket:
    tokens: float
    at: datetime
    told: bool = False


class Limits:
    """A bucket of commands per person, filled again with time; kept in memory only."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: dict[UserId, _Bucket] = {}

    def take(self, user: UserId, now: datetime) -> Allowance:
        """Count one command of the person."""
        if len(self._buckets) > _REMEMBERED:
            self._forget_the_calm(now)
        bucket = self._buckets.setdefault(user, _Bucket(tokens=self._burst, at=now))
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.tokens = min(self._burst, bucket.tokens + passed * self._per_second)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            bucket.told = False
            return Allowance.YES
        told, bucket.told = bucket.told, True
        return Allowance.IGNORE if told else Allowance.TELL

    def _forget_the_calm(self, now: datetime) -> None:
        full_after = self._burst / self._per_second
        self._buckets = {
            user: bucket
            for user, bucket in self._buckets.items()
            if (now - bucket.at).total_seconds() < full_after
        }
