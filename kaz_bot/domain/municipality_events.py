"""What was said about the municipality a room or a person asks for; the tickets' trails keep it."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.municipalities import Municipality
from kaz_bot.domain.reminder_events import Heard
from kaz_bot.messages import UserId


@dataclass(frozen=True, kw_only=True)
class MunicipalityHappened:
    """Something was said about it where `heard` says. `shared`: for a room, not for one person."""

    shared: bool
    by: UserId
    at: datetime
    heard: Heard


@dataclass(frozen=True, kw_only=True)
class MunicipalityBound(MunicipalityHappened):
    """From now on it is this one, or none. `tickets`: so many open ones are asked for it now."""

    municipality: Municipality | None
    tickets: int


@dataclass(frozen=True, kw_only=True)
class MunicipalityUnclear(MunicipalityHappened):
    """Several can be meant, in the order of their keys."""

    choices: tuple[Municipality, ...]
