"""How records are numbered, written and read: papers, decisions, tasks, solutions and others."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Self

PaperId = NewType("PaperId", int)
TaskId = NewType("TaskId", int)
MeetingId = NewType("MeetingId", int)
SolutionId = NewType("SolutionId", int)
EntryId = NewType("EntryId", int)
# A record as people and letters name it: `BV-7`, `2026/3`, `A-31`, `L-3`.
Subject = NewType("Subject", str)

_MOST_DIGITS = 18
_DECISION = re.compile(r"(?P<year>\d{4})\s*/\s*(?P<number>\d{1,6})(?![\w/])")
_DECISION_FIRST = re.compile(
    r"\s*(?P<year>\d{4})\s*/\s*(?P<number>\d{1,6})(?=[\s:,.;)]|$)[:,.;]?\s*"
)
_TIE = re.compile(r"\s*(?:zu|zur|für|fuer|on|for|to|about)\s+", re.IGNORECASE)


class Series(StrEnum):
    """What is counted apart, by the letters that stand before its numbers; of decisions by the
    sign between the year and the number."""

    PAPER = "BV"
    TASK = "A"
    MEETING = "S"
    DECISION = "/"
    SOLUTION = "L"
    ENTRY = "K"


@dataclass(frozen=True, order=True)
class DecisionNumber:
    """The number of a decision: the year of its passing, and its place in that year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The number that the text is, or begins with."""
        match = _DECISION.match(text.strip())
        return cls(int(match["year"]), int(match["number"])) if match else None


def subject_of(series: Series, number: int) -> Subject:
    """How people write it: `BV-7`."""
    return Subject(f"{series}-{number}")


def pattern_of(series: Series) -> re.Pattern[str]:
    """A number of the series at the beginning of a text, however it is typed: `bv 7`, `BV-7:`."""
    if series is Series.DECISION:
        return _DECISION_FIRST
    return re.compile(
        rf"\s*{series}\s?[-‐‑–]?\s?(?P<number>\d{{1,{_MOST_DIGITS}}})(?=[\s:,.;)]|$)[:,.;]?\s*",
        re.IGNORECASE,
    )


def names_record(text: str) -> bool:
    """Whether a text begins with the number of a record, also behind "zu"."""
    start = _TIE.sub("", text, count=1)
    return any(pattern_of(series).match(start) for series in Series)
