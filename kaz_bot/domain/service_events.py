"""What time brings to a ticket whose asker waits for us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.events import Happened
from kaz_bot.domain.service_levels import Target


@dataclass(frozen=True)
class TargetNear(Happened):
    """Three quarters of the time have gone. Told to whoever has it, and kept nowhere."""

    word: ClassVar[str] = "target_near"
    recorded: ClassVar[bool] = False
    target: Target
    due_at: datetime


@dataclass(frozen=True)
class TargetMissed(Happened):
    """The time has gone; the area hears of it."""

    word: ClassVar[str] = "overdue"
    target: Target
    due_at: datetime

    @property
    def details(self) -> Mapping[str, str]:
        return {"target": self.target}


@dataclass(frozen=True)
class TargetEscalated(Happened):
    """Half as much time again has gone; operators hear of it.

    `area_knows`: the area was told before. It was not if the bot was down meanwhile.
    """

    word: ClassVar[str] = "escalated"
    target: Target
    due_at: datetime
    area_knows: bool

    @property
    def details(self) -> Mapping[str, str]:
        return {"target": self.target}
