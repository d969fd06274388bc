"""Brings the catalogue in from a file, and hands it out as one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from kaz_bot.catalogue_files import COLUMNS, CatalogueLine, catalogue_csv, catalogue_lines
from kaz_bot.config import Settings
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.committee.numbers import EntryId
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.catalogue_events import CatalogueHappened, EntryAdded, EntryChanged
from kaz_bot.domain.knowledge.catalogue_parts import (
    KINDS,
    AreaNotFound,
    DayUnclear,
    EntryPart,
    EntryPartTooLong,
    KindUnknown,
    LinkRefused,
    PartRefused,
    changes,
    given,
    with_parts,
)
from kaz_bot.errors import ConfigError
from kaz_bot.indexing import index_entry
from kaz_bot.operations.importing import NOTHING_IMPORTED
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.operations.records import opened
from kaz_bot.store import Work
from kaz_bot.texts import Texts


@dataclass(frozen=True, kw_only=True)
class CatalogueImported:
    """What came of a file; `problems` name the lines that were left out."""

    added: int
    changed: int
    unchanged: int
    problems: tuple[str, ...]


@dataclass(kw_only=True)
class _Plan:
    """What is to be done, and which line did it first."""

    added: list[CatalogueEntry] = field(default_factory=list)
    changed: list[tuple[CatalogueEntry, tuple[EntryPart, ...]]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    taken: dict[object, int] = field(default_factory=dict)


class _LineRefused(Exception):
    """The line cannot be taken; the text says what to write."""


async def import_catalogue(
    settings: Settings,
    file: Path,
    *,
    now: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
    progress: Progress = unwatched,
) -> CatalogueImported:
    """Add the entries of the file that are new, and change those that are known by their number,
    or by kind and name; all of it or, if a line is bad, nothing.

    What comes from the operator's file is for everybody: it is not sealed. Raises ConfigError,
    which names every bad line.
    """
    async with opened(settings) as store, store.work() as work:
        plan = _planned(file, settings, await work.catalogue.all(), now)
        if plan.problems and not skip_bad:
            raise ConfigError("\n".join([*plan.problems, NOTHING_IMPORTED]))
        if not dry_run:
            await _carried_out(work, plan, now, progress)
    return CatalogueImported(
        added=len(plan.added),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        problems=tuple(plan.problems),
    )


async def export_catalogue(
    settings: Settings, texts: Texts, file: Path, progress: Progress = unwatched
) -> int:
    """Write the catalogue into a file that is not there yet; how many entries."""
    async with opened(settings) as store, store.work() as work:
        entries = await work.catalogue.all()
    _write(file, catalogue_csv(entries, texts.speech(settings.language)))
    progress(len(entries), len(entries))
    return len(entries)


def _write(file: Path, content: bytes) -> None:
    try:
        # For the owner alone from the first byte on: some of it is from encrypted rooms.
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError as problem:
        raise ConfigError(f"{file} exists already: name another file") from problem
    except OSError as problem:
        raise ConfigError(f"{file} cannot be written: {problem.strerror}") from problem
    file.write_bytes(content)


def _planned(file: Path, settings: Settings, entries: list[CatalogueEntry], now: datetime) -> _Plan:
    areas = Areas.of((area.key for area in settings.areas), default=settings.default_area)
    today = now.astimezone(settings.timezone).date()
    by_number = {entry.id: entry for entry in entries}
    by_name = {entry.known_as: entry for entry in entries}
    plan = _Plan()
    for line in catalogue_lines(file):
        try:
            _plan_line(plan, line, by_number, by_name, areas=areas, today=today, now=now)
        except (PartRefused, _LineRefused) as problem:
            said = _said(problem) if isinstance(problem, PartRefused) else str(problem)
            plan.problems.append(f"line {line.line}: {said}")
    return plan


def _plan_line(
    plan: _Plan,
    line: CatalogueLine,
    by_number: Mapping[EntryId, CatalogueEntry],
    by_name: Mapping[tuple[EntryKind, str], CatalogueEntry],
    *,
    areas: Areas,
    today: date,
    now: datetime,
) -> None:
    """Decide what the line comes to. Raises PartRefused, or _LineRefused."""
    if line.problem:
        raise _LineRefused(line.problem)
    read = with_parts(_new(today, now), line.parts_said, areas=areas, today=today)
    # A number of another installation, or of an entry that was removed, means nothing here.
    before = by_number.get(line.number) if line.number else None
    before = before or by_name.get(read.known_as)
    same_name = by_name.get(read.known_as)
    if before and same_name and same_name.id != before.id:
        raise _LineRefused(f"{before.subject}: {same_name.subject} has the same kind and name")
    for key in (read.known_as, before.id if before else read.known_as):
        first = plan.taken.setdefault(key, line.line)
        if first != line.line:
            raise _LineRefused(f"it is the same entry as line {first}")
    if before is None:
        plan.added.append(read)
        return
    after = with_parts(before, line.parts_said, areas=areas, today=today)
    parts = changes(before, after)
    if parts:
        nobody = replace(after, author=None, event_id=None, room_id=None, changed_at=now)
        plan.changed.append((nobody, parts))
    else:
        plan.unchanged += 1


def _new(today: date, now: datetime) -> CatalogueEntry:
    return CatalogueEntry(
        id=EntryId(0),
        kind=EntryKind.APPLICATION,
        name="",
        as_of=today,
        added_at=now,
        changed_at=now,
    )


async def _carried_out(work: Work, plan: _Plan, now: datetime, progress: Progress) -> None:
    total = len(plan.added) + len(plan.changed)
    for done, (entry, parts) in enumerate(_steps(plan), start=1):
        happened: CatalogueHappened
        if entry.id:
            saved = await work.catalogue.save(entry)
            happened = EntryChanged(saved, parts=parts, by=None, at=now)
        else:
            saved = await work.catalogue.add(entry)
            happened = EntryAdded(saved, parts=parts, by=None, at=now)
        await work.committee_trail.add(happened.entry(None))
        await index_entry(work, saved)
        progress(done, total)


def _steps(plan: _Plan) -> Iterator[tuple[CatalogueEntry, tuple[EntryPart, ...]]]:
    yield from ((entry, given(entry)) for entry in plan.added)
    yield from plan.changed


def _said(problem: PartRefused) -> str:
    """What to write instead, for an operator."""
    column, facts = COLUMNS[problem.part.value][0], problem.facts
    typed = str(facts.get("typed", ""))[:80]
    match problem:
        case EntryPartTooLong():
            return f"{column}: has {facts['length']} characters, {facts['limit']} are possible"
        case KindUnknown():
            kinds = ", ".join(names[0] for names in KINDS.values())
            return f'{column}: "{typed}" is not known: write one of {kinds}'
        case AreaNotFound():
            return f'{column}: "{typed}" is no area: write a key, or leave it empty'
        case LinkRefused():
            return f'{column}: "{typed}" is no address: it begins with https:// or http://'
        case DayUnclear():
            return f'{column}: "{typed}" is no day up to today: write 01.07.2026'
    return f"{column}: is missing"
