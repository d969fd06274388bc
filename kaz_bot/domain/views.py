"""What of a ticket may be shown where: nothing of an encrypted room in one that is not."""

from dataclasses import dataclass

from kaz_bot.domain.service_levels import Due
from kaz_bot.domain.tickets import Ticket


@dataclass(frozen=True, kw_only=True)
class TicketLine:
    """A ticket as one line of a list. `question` is empty where it must not show.

    `stands`: the clock does, since the asker was asked something or the paper that it `awaits` is
    not decided; then nothing is `due`. `owed`: it awaits a paper, and an answer of its asker too.
    """

    ticket: Ticket
    question: str = ""
    solution: str = ""
    assignee_name: str = ""
    due: Due | None = None
    stands: bool = False
    awaits: str = ""
    owed: bool = False

    @property
    def sealed(self) -> bool:
        """Whether it shows anything from an encrypted room."""
        question = self.ticket.sealed and self.question
        return bool(question or (self.ticket.solution_sealed and self.solution))


def question_shown(ticket: Ticket, *, encrypted: bool, private: bool = False) -> str:
    """The question, if the room may show it; `private`: the reader is its asker, or works on it."""
    if ticket.sealed and not encrypted:
        return ""
    return "" if ticket.confidential and not private else ticket.question


def solution_shown(ticket: Ticket, *, encrypted: bool, private: bool = False) -> str:
    """The answer, under the same rule."""
    if ticket.solution_sealed and not encrypted:
        return ""
    return "" if ticket.confidential and not private else ticket.solution
