"""The catalogue as a file for spreadsheets, written and read again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaz_bot.domain.committee.numbers import EntryId, Series, pattern_of
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.catalogue_parts import KINDS, LABELS, EntryPart
from kaz_bot.messages import Enclosure
from kaz_bot.register import Sheet, csv_file, csv_of
from kaz_bot.spreadsheets import SheetLine, lines_of
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Column

_NUMBER = "number"
# The format of a file, which stays the same whatever texts an operator gives the bot.
COLUMNS: Mapping[str, Sequence[str]] = {
    _NUMBER: ("Nummer", "Number", "Nr", "Nr.", "No", "No."),
    **{part.value: names for part, names in LABELS.items()},
}
_REQUIRED = frozenset({EntryPart.KIND.value, EntryPart.NAME.value})
_FILE = "katalog"
_EXAMPLE = (
    "",
    "Anwendung",
    "Onlineakte",
    "im Einsatz",
    "Fachgebiet Standards",
    "standards",
    "https://www.example.org/onlineakte",
    "01.07.2026",
    "Gemeinsame Akte für die Kommunen.",
)


@dataclass(frozen=True, kw_only=True)
class CatalogueLine:
    """An entry as a file has it: `number` if it is one that is known, and the parts it names.

    `problem`: what is wrong with the line as such.
    """

    line: int
    number: EntryId | None
    parts: Mapping[EntryPart, str]
    problem: str = ""

    @property
    def parts_said(self) -> Mapping[EntryPart, str]:
        """Without a Stand where none is written: an empty cell is no date."""
        return {
            part: text for part, text in self.parts.items() if text or part is not EntryPart.AS_OF
        }


def catalogue_file(entries: Iterable[CatalogueEntry], speech: Speech) -> Enclosure:
    """The file, to go with a letter."""
    return csv_file(_FILE, _sheet(entries, speech))


def catalogue_csv(entries: Iterable[CatalogueEntry], speech: Speech) -> bytes:
    """The file for the operator."""
    return csv_of(_sheet(entries, speech))


def example_of_catalogue() -> bytes:
    """A file with one entry, to be filled in."""
    columns = tuple(Column(called[0]) for called in COLUMNS.values())
    return csv_of(Sheet(title=_FILE, columns=columns, rows=(_EXAMPLE,)))


def catalogue_lines(file: Path) -> Iterator[CatalogueLine]:
    """What such a file says, line by line. Raises ConfigError."""
    for line in lines_of(file, COLUMNS, required=_REQUIRED):
        yield _line(line)


def _sheet(entries: Iterable[CatalogueEntry], speech: Speech) -> Sheet:
    return Sheet(
        title=_FILE,
        columns=tuple(Column(called[0]) for called in COLUMNS.values()),
        rows=tuple(_row(entry, speech) for entry in entries),
    )


def _row(entry: CatalogueEntry, speech: Speech) -> tuple[str, ...]:
    said = {
        EntryPart.KIND: KINDS[entry.kind][0],
        EntryPart.NAME: entry.name,
        EntryPart.STATUS: entry.status,
        EntryPart.CONTACT: entry.contact,
        EntryPart.AREA: speech.word("area_word", entry.area) if entry.area else "",
        EntryPart.LINK: entry.link,
        EntryPart.AS_OF: entry.as_of.strftime("%d.%m.%Y"),
        EntryPart.DESCRIPTION: entry.description,
    }
    return (entry.subject, *(said[part] for part in LABELS))


def _line(line: SheetLine) -> CatalogueLine:
    written = line.cell(_NUMBER)
    match = pattern_of(Series.ENTRY).fullmatch(written)
    digits = match["number"] if match else written
    number = EntryId(int(digits)) if digits.isdecimal() and len(digits) < 18 else None
    wrong = f'"{written}" is no number of an entry: write K-4, or leave it empty'
    return CatalogueLine(
        line=line.number,
        number=number,
        parts={part: line.cells[part.value] for part in EntryPart if part.value in line.cells},
        problem=line.problem or (wrong if written and number is None else ""),
    )
