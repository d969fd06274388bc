"""What the minutes of a meeting are made of, before they are laid out."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.attending import Roll
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.messages import UserId


@dataclass(frozen=True, kw_only=True)
class Voted:
    """How a body voted, by a word of the table `choice`, and what it said."""

    body: str
    how: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an item. `wording` is what was voted on, and the votes are one for each body.

    `decision` is empty for what was rejected.
    """

    line: AgendaLine
    decision: Decision | None = None
    wording: str = ""
    mode: str = ""
    votes: tuple[Voted, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """`names` are what everybody is called who is named in them."""

    meeting: Meeting
    committee: str
    chairs: tuple[str, ...]
    roll: Roll
    outcomes: tuple[Outcome, ...]
    tasks: tuple[Task, ...]
    names: Mapping[UserId, str]
