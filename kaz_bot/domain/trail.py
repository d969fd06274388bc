"""The audit trail: who changed what on a ticket, when, and by which Matrix event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, UserId


@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """One change of one ticket. `actor` is empty for what time brought; `cause` likewise.

    `details` are short facts such as `{"from": "security", "to": "procurement"}`, never texts.
    """

    ticket_id: TicketId
    at: datetime
    actor: UserId | None
    event: str
    state: str
    cause: EventId | None = None
    details: Mapping[str, str] = field(default_factory=dict)
