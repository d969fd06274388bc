"""Reads one line of a list of old tickets; says all that is wrong with it, and what to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.tickets import AreaKey, Priority, Rating
from kaz_bot.domain.words import folded
from kaz_bot.domain.written_dates import written_moment
from kaz_bot.municipalities import Directory
from kaz_bot.operations.importing_columns import (
    COLUMNS,
    ENDS,
    NO,
    PRIORITIES,
    RATINGS,
    YES,
    End,
    Field,
)
from kaz_bot.spreadsheets import SheetLine

# Longer texts do not fit into one message.
LONGEST_TEXT = 8000
LONGEST_REFERENCE = 200
_ECHOED = 40
_DAY = 'write "04.03.2024 09:15" or "2024-03-04"'

Meaning = TypeVar("Meaning")
Value = TypeVar("Value", End, Priority, Rating)


class CellRefused(Exception):
    """What stands there cannot be taken; the text says what to write."""


@dataclass(frozen=True, kw_only=True)
class OldTicket:
    """A ticket from elsewhere, which has ended. `line` is where the file has it."""

    line: int
    reference: str
    opened_at: datetime
    answered_at: datetime | None
    resolved_at: datetime | None
    ended_at: datetime
    end: End
    area: AreaKey
    municipality: MunicipalityKey | None
    priority: Priority
    question: str
    answer: str
    rating: Rating | None
    confidential: bool


@dataclass(frozen=True)
class _Cells:
    """The cells of one line, and what was found wrong with them."""

    line: SheetLine
    problems: list[str] = field(default_factory=list)

    def read(self, column: Field, meant: Callable[[str], Meaning], otherwise: Meaning) -> Meaning:
        """What the cell means, `otherwise` if it cannot be taken."""
        try:
            return meant(self.line.cell(column))
        except CellRefused as problem:
            self.wrong(column, str(problem))
            return otherwise

    def wrong(self, column: Field, problem: str) -> None:
        """Note what somebody has to mend there."""
        self.problems.append(f"{COLUMNS[column][0]}: {problem}")


@dataclass(frozen=True, kw_only=True)
class RowReader:
    """Reads lines for one desk. Nothing of an old ticket lies behind `now`."""

    areas: Areas
    directory: Directory
    zone: ZoneInfo
    now: datetime

    def read(self, line: SheetLine) -> tuple[OldTicket | None, list[str]]:
        """The ticket, or all that is wrong with its line."""
        cells = _Cells(line, [line.problem] if line.problem else [])
        area = cells.read(Field.AREA, self._area, None)
        end = cells.read(Field.STATE, lambda text: _one_of(ENDS, text), None)
        answer = cells.read(Field.ANSWER, _text, "")
        opened, answered, resolved, closed = self._times(cells)
        if end is None and (resolved is not None or answer):
            end = End.SOLVED
        ended = closed or resolved or answered
        if end is None:
            cells.wrong(Field.STATE, "is missing: write gelöst, geschlossen or zurückgezogen")
        if ended is None:
            cells.wrong(Field.CLOSED, f"is missing, and so is every other end: {_DAY}")
        rest = _Rest.read(cells, self._municipality)
        if cells.problems or area is None or end is None or ended is None or opened is None:
            return None, cells.problems
        ticket = OldTicket(
            line=line.number,
            reference=rest.reference,
            opened_at=opened,
            answered_at=answered,
            resolved_at=(resolved or ended) if end is End.SOLVED else None,
            ended_at=ended,
            end=end,
            area=area,
            municipality=rest.municipality,
            priority=rest.priority,
            question=rest.question,
            answer=answer,
            rating=rest.rating,
            confidential=rest.confidential,
        )
        return ticket, []

    def _times(self, cells: _Cells) -> tuple[datetime | None, ...]:
        """When it was opened, answered, resolved and closed, in this order."""
        columns = (Field.OPENED, Field.ANSWERED, Field.RESOLVED, Field.CLOSED)
        times = [cells.read(column, self._moment, None) for column in columns]
        if not cells.line.cell(Field.OPENED):
            cells.wrong(Field.OPENED, f"is missing: {_DAY}")
        known = [(column, at) for column, at in zip(columns, times, strict=True) if at]
        for (earlier, before), (later, after) in pairwise(known):
            if after < before:
                cells.wrong(later, f"is before {COLUMNS[earlier][0]}")
        return tuple(times)

    def _moment(self, text: str) -> datetime | None:
        if not text:
            return None
        moment = written_moment(text, self.zone)
        if moment is None:
            raise CellRefused(f'"{_short(text)}" is no day: {_DAY}')
        if moment > self.now:
            raise CellRefused(f'"{_short(text)}" is still to come: import what has ended')
        return moment

    def _area(self, text: str) -> AreaKey | None:
        area = self.areas.named(folded(text.lstrip("#")))
        if area is None:
            keys = ", ".join(one.key for one in self.areas.all)
            wrong = f'"{_short(text)}" is no area' if text else "is missing"
            raise CellRefused(f"{wrong}: write one of {keys}")
        return area

    def _municipality(self, text: str) -> MunicipalityKey | None:
        if not text:
            return None
        asked = text[:LONGEST_REFERENCE]
        found = self.directory.find(asked)
        if not found:
            # Official names have commas in them.
            near = " or ".join(one.official_name for one in self.directory.nearest(asked))
            hint = f"; it may be {near}" if near else ""
            raise CellRefused(f'"{_short(text)}" is no municipality of Brandenburg{hint}')
        if len(found) > 1:
            several = ", ".join(f"{one.key} ({one.official_name})" for one in found[:5])
            raise CellRefused(f'"{_short(text)}" may be several: write a key, {several}')
        return found[0].key


@dataclass(frozen=True, kw_only=True)
class _Rest:
    """What of a line stands for itself."""

    reference: str
    municipality: MunicipalityKey | None
    priority: Priority
    question: str
    rating: Rating | None
    confidential: bool

    @classmethod
    def read(cls, cells: _Cells, municipality: Callable[[str], MunicipalityKey | None]) -> "_Rest":
        """From the cells."""
        priority = cells.read(Field.PRIORITY, lambda text: _one_of(PRIORITIES, text), None)
        return cls(
            reference=cells.read(Field.REFERENCE, _reference, ""),
            municipality=cells.read(Field.MUNICIPALITY, municipality, None),
            priority=priority or Priority.NORMAL,
            question=cells.read(Field.QUESTION, _text, ""),
            rating=cells.read(Field.RATING, lambda text: _one_of(RATINGS, text), None),
            confidential=cells.read(Field.CONFIDENTIAL, _confidential, True),
        )


def _reference(text: str) -> str:
    if not text:
        raise CellRefused("is missing: write what the ticket was called, each once")
    if len(text) > LONGEST_REFERENCE:
        raise CellRefused(f"has {len(text)} characters, {LONGEST_REFERENCE} are possible")
    return text


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellRefused(f"has {len(text)} characters, {LONGEST_TEXT} are possible")
    return text


def _one_of(words: Mapping[Value, str], text: str) -> Value | None:
    """The value that the word stands for, nothing for an empty cell."""
    said = " ".join(folded(text).split())
    if not said:
        return None
    for value, names in words.items():
        if said in names.split("|"):
            return value
    known = ", ".join(names.split("|")[0] for names in words.values())
    raise CellRefused(f'"{_short(text)}" is not known: write one of {known}')


def _confidential(text: str) -> bool:
    said = folded(text)
    if said not in YES | NO:
        raise CellRefused(f'"{_short(text)}" is not known: write ja or nein')
    return said in YES


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ECHOED else f"{line[: _ECHOED - 1]}…"
