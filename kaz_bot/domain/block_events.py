"""What happens to a ticket that waits for the committee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.events import Happened


@dataclass(frozen=True)
class TicketBlocked(Happened):
    """It waits for the paper from now on. `owed`: its asker has still to answer something."""

    word: ClassVar[str] = "blocked"
    paper: Paper
    owed: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        return {"paper": self.paper.subject}


@dataclass(frozen=True)
class TicketUnblocked(Happened):
    """Somebody says that it need not wait, or has done with it what ends the wait. `owed`: it waits
    for its asker still."""

    word: ClassVar[str] = "unblocked"
    paper: Paper
    owed: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        return {"paper": self.paper.subject}


@dataclass(frozen=True)
class TicketWoken(Happened):
    """The paper is passed, rejected or withdrawn: it goes on, with what came of it. `owed`: it
    waits for its asker still."""

    word: ClassVar[str] = "woken"
    paper: Paper
    owed: bool = False

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
