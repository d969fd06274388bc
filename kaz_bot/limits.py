"""Keeps one person from costing everybody: so many commands at once, then one every second."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, UserId

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
    counted: EventId | None = None
    allowance: Allowance = Allowance.YES


class Limits:
    """A bucket of commands per person, filled again with time; kept in memory only.

    What else makes the bot act or answer counts like a command.
    """

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: dict[UserId, _Bucket] = {}

    def take(self, user: UserId, event_id: EventId, now: datetime) -> Allowance:
        """Count one event of the person; again in a transaction run again, it counts once."""
        if len(self._buckets) > _REMEMBERED:
            self._forget_the_calm(now)
        bucket = self._buckets.setdefault(user, _Bucket(tokens=self._burst, at=now))
        if bucket.counted != event_id:
            bucket.counted = event_id
            bucket.allowance = self._counted(bucket, now)
        return bucket.allowance

    def _counted(self, bucket: _Bucket, now: datetime) -> Allowance:
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
