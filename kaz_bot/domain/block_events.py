"""What happens to a ticket that waits for the committee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.events import Happened


@dataclass(frozen=True)
class TicketBlocked(Happened):
    """It waits for the paper from now on."""

    word: ClassVar[str] = "blocked"
    paper: Paper

    @property
    def details(self) -> Mapping[str, str]:
        return {"paper": self.paper.subject}


@dataclass(frozen=True)
class TicketUnblocked(Happened):
    """Somebody says that it need not wait, or has done with it what ends the wait."""

    word: ClassVar[str] = "unblocked"
    paper: Paper

    @property
    def details(self) -> Mapping[str, str]:
        return {"paper": self.paper.subject}


@dataclass(frozen=True)
class TicketWoken(Happened):
    """The paper is passed, rejected or withdrawn: it goes on, with what came of it."""

    word: ClassVar[str] = "woken"
    paper: Paper

    @property
    def details(self) -> Mapping[str, str]:
        decision = {"decision": str(self.paper.decision)} if self.paper.decision else {}
        return {"paper": self.paper.subject, "outcome": self.paper.state, **decision}


@dataclass(frozen=True)
class TicketStillBlocked(Happened):
    """The committee has put the paper off: it waits on. Told, and kept nowhere."""

    word: ClassVar[str] = "still_blocked"
    recorded: ClassVar[bool] = False
    paper: Paper


BlockHappened = TicketBlocked | TicketUnblocked | TicketWoken | TicketStillBlocked
