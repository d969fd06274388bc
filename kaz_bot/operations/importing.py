"""Brings in old tickets from elsewhere: all is checked first, then it is written in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Self

from kaz_bot.config import Settings
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.posts import Post, PostId, PostKind
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.errors import ConfigError
from kaz_bot.finding import index_anew
from kaz_bot.messages import ERASED, EventId, RoomId, UserId
from kaz_bot.municipalities import directory
from kaz_bot.operations.importing_columns import COLUMNS, REQUIRED, End, Field
from kaz_bot.operations.importing_rows import OldTicket, RowReader
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.operations.records import opened
from kaz_bot.spreadsheets import lines_of
from kaz_bot.store import Work

# So many are written in one transaction: a running bot is not held up.
_AT_ONCE = 100
# Nobody who asked, answered or wrote is named, and no room holds it. By RFC 2606 neither exists.
NOBODY = UserId(f"@imported:{ERASED}")
NOWHERE = RoomId(f"!imported:{ERASED}")
NOTHING_IMPORTED = "Nothing was imported. Mend the lines, or leave them out with --skip-bad."


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a file. `known` were brought in before; `without_text` are so old that their
    texts may not be kept. `problems` name the lines that were left out."""

    added: int = 0
    known: int = 0
    without_text: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: Self) -> Self:
        return replace(
            self,
            added=self.added + other.added,
            known=self.known + other.known,
            without_text=self.without_text + other.without_text,
            problems=self.problems + other.problems,
        )


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be taken, and all that is wrong with it."""

    number: int
    problems: tuple[str, ...]

    @property
    def said(self) -> list[str]:
        """A sentence for each."""
        return [f"line {self.number}: {problem}" for problem in self.problems]


async def import_tickets(
    settings: Settings,
    file: Path,
    *,
    now: datetime,
    skip_bad: bool = False,
    dry_run: bool = False,
    progress: Progress = unwatched,
) -> Imported:
    """Bring in all tickets of the file that are not here yet, or none if a line is bad.

    A crash in between leaves whole batches: the same file again brings in the rest. Raises
    ConfigError, which names every bad line.
    """
    areas = Areas.of((area.key for area in settings.areas), default=settings.default_area)
    reader = RowReader(areas=areas, directory=directory(), zone=settings.timezone, now=now)
    good, problems = _checked(file, reader)
    if problems and not skip_bad:
        raise ConfigError("\n".join([*problems, NOTHING_IMPORTED]))
    imported = Imported(problems=tuple(problems))
    async with opened(settings) as store:
        rows = (found for found in _read(file, reader) if isinstance(found, OldTicket))
        done = 0
        while batch := list(islice(rows, _AT_ONCE)):
            async with store.work() as work:
                imported += await _brought_in(work, batch, settings, now, dry_run=dry_run)
            done += len(batch)
            progress(done, good)
    return imported


def _checked(file: Path, reader: RowReader) -> tuple[int, list[str]]:
    """How many lines are good, and what is wrong with the others."""
    good = 0
    problems: list[str] = []
    for found in _read(file, reader):
        if isinstance(found, OldTicket):
            good += 1
        else:
            problems += found.said
    return good, problems


def _read(file: Path, reader: RowReader) -> Iterator[OldTicket | BadLine]:
    """Line by line; of those that call themselves the same the first counts."""
    lines: dict[str, int] = {}
    for line in lines_of(file, COLUMNS, required=REQUIRED):
        ticket, problems = reader.read(line)
        if ticket is None:
            yield BadLine(line.number, tuple(problems))
        elif ticket.reference in lines:
            first = lines[ticket.reference]
            called = COLUMNS[Field.REFERENCE][0]
            same = f'{called}: "{ticket.reference}" stands in line {first} already'
            yield BadLine(line.number, (same,))
        else:
            lines[ticket.reference] = line.number
            yield ticket


async def _brought_in(
    work: Work, batch: Sequence[OldTicket], settings: Settings, now: datetime, *, dry_run: bool
) -> Imported:
    known = await work.imported.known([row.reference for row in batch])
    new = [row for row in batch if row.reference not in known]
    tickets = [_ticket(row, settings, now) for row in new]
    if not dry_run:
        for row, ticket in zip(new, tickets, strict=True):
            await _add(work, row, ticket)
    without_text = sum(ticket.erased_at is not None for ticket in tickets)
    return Imported(added=len(new), known=len(known), without_text=without_text)


def _ticket(row: OldTicket, settings: Settings, now: datetime) -> Ticket:
    """It has ended, and has no texts if they would have been forgotten by now."""
    ticket = Ticket(
        id=TicketId(0),
        state=TicketState.WITHDRAWN if row.end is End.WITHDRAWN else TicketState.CLOSED,
        area=row.area,
        priority=row.priority,
        asker=NOBODY,
        room_id=NOWHERE,
        question=row.question,
        confidential=row.confidential,
        solution=row.answer if row.end is End.SOLVED else "",
        rating=row.rating if row.end is End.SOLVED else None,
        opened_at=row.opened_at,
        changed_at=row.ended_at,
        resolved_at=row.resolved_at,
        ended_at=row.ended_at,
        municipality=row.municipality,
    )
    kept = settings.retention_confidential if row.confidential else settings.retention
    if row.ended_at >= now - kept:
        return ticket
    return replace(ticket, question="", solution="", erased_at=now)


async def _add(work: Work, row: OldTicket, ticket: Ticket) -> None:
    """The ticket with its trail, its texts if they are kept, and the words it is found by."""
    added = await work.tickets.add(ticket)
    await work.imported.note(row.reference, added.id)
    for entry in _trail(row, added):
        await work.trail.add(entry)
    if added.erased_at is None:
        for post in _posts(row, added):
            await work.posts.add(post)
        await index_anew(work, [added])


def _trail(row: OldTicket, ticket: Ticket) -> Iterator[TrailEntry]:
    """What happened to it, as far as anybody knows, in the words of our own tickets."""

    def entry(at: datetime, event: str, state: TicketState, **details: str) -> TrailEntry:
        return TrailEntry(
            ticket_id=ticket.id, at=at, actor=None, event=event, state=state, details=details
        )

    asked_for = {"municipality": row.municipality} if row.municipality else {}
    facts = {"area": row.area, "priority": row.priority.value, **asked_for}
    yield entry(row.opened_at, "opened", TicketState.NEW, **facts)
    if row.answered_at is not None:
        post = PostKind.ANSWER.value
        yield entry(row.answered_at, "relayed", TicketState.CLAIMED, post=post)
    if row.resolved_at is not None:
        yield entry(row.resolved_at, "resolved", TicketState.RESOLVED)
    if ticket.rating is not None:
        rating = ticket.rating.value
        yield entry(row.ended_at, "rated", TicketState.RESOLVED, rating=rating)
    yield entry(row.ended_at, ticket.state.value, ticket.state)


def _posts(row: OldTicket, ticket: Ticket) -> Iterator[Post]:
    """What was asked and answered; that it can be offered, it has to be somebody's words."""
    answer = PostKind.RESOLUTION if row.end is End.SOLVED else PostKind.CLOSURE
    said = ((PostKind.QUESTION, row.question, row.opened_at), (answer, row.answer, row.ended_at))
    for kind, text, at in said:
        if text:
            yield Post(
                id=PostId(0),
                ticket_id=ticket.id,
                # No event of Matrix is called like this.
                event_id=EventId(f"imported/{row.reference}"),
                room_id=NOWHERE,
                sender=NOBODY,
                author="",
                kind=kind,
                text=text,
                said_at=at,
            )
