"""What happened to a paper: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.committee.ballot_events import BallotVoided
from kaz_bot.domain.committee.drafts import Part
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import Edition, Paper


@dataclass(frozen=True)
class PaperHappened(CommitteeHappened):
    """Something happened to `paper`; `edition` is the one that counts."""

    paper: Paper
    edition: Edition

    @property
    def subject(self) -> Subject:
        return self.paper.subject


@dataclass(frozen=True)
class PaperFiled(PaperHappened):
    """Somebody filed it."""

    word: ClassVar[str] = "filed"


@dataclass(frozen=True)
class PaperChanged(PaperHappened):
    """It has another edition, different in these parts; a ballot on the earlier one is void."""

    word: ClassVar[str] = "changed"

    parts: tuple[Part, ...]
    voided: BallotVoided | None = field(default=None, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {"edition": str(self.edition.number)}


@dataclass(frozen=True)
class PaperWithdrawn(PaperHappened):
    """It is not to be decided any more; a ballot that was open is void."""

    word: ClassVar[str] = "withdrawn"

    voided: BallotVoided | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class PaperDeferred(PaperHappened):
    """It is left for a later meeting."""

    word: ClassVar[str] = "deferred"


@dataclass(frozen=True)
class PaperTakenUp(PaperHappened):
    """It is not left for a later meeting after all."""

    word: ClassVar[str] = "taken_up"


@dataclass(frozen=True)
class PaperErased(PaperHappened):
    """Whoever wrote it took back words that nobody had decided on.

    Those of the paper, which is withdrawn with them, or those of one of its editions: what stood
    there before counts again. `since`: letters written from then on may show them.
    """

    word: ClassVar[str] = "erased"

    since: datetime


@dataclass(frozen=True)
class PaperKept(PaperHappened):
    """The message that filed it is gone; its words stay, since they are voted or decided on."""

    word: ClassVar[str] = "kept"
