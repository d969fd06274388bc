"""A ticket that cannot go on until the committee has decided."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.committee.numbers import PaperId, Series, Subject, subject_of
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId


class PaperDecided(Refusal):
    """Nobody has to wait for it any more; told what came of it."""

    code = ErrorCode.BAD_STATE
    template = "refusal/paper_decided"


class NotBlocked(Refusal):
    """The ticket waits for no paper."""

    code = ErrorCode.BAD_STATE
    template = "refusal/not_blocked"


@dataclass(frozen=True, kw_only=True)
class Block:
    """`ticket_id` waits for `paper_id` until `ended_at`.

    A ticket that is merged into another has none of its own: it waits with that one.
    """

    ticket_id: TicketId
    paper_id: PaperId
    by: UserId
    since: datetime
    ended_at: datetime | None = None

    @property
    def paper(self) -> Subject:
        """`BV-7`."""
        return subject_of(Series.PAPER, self.paper_id)
