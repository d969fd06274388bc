"""Keeps the search in step with the records: what can be found, and by which words."""

from dataclasses import dataclass

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.numbers import Series, Subject
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.documents import Document
from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.tickets import Ticket, TicketState
from kaz_bot.routing import search_words
from kaz_bot.store import Work

# Answered, and as far as anybody knows for good.
SOLVED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})
_KINDS = {
    Series.SOLUTION: FindKind.SOLUTION,
    Series.ENTRY: FindKind.ENTRY,
    Series.DECISION: FindKind.DECISION,
}


async def index_solution(work: Work, solution: Solution, edition: SolutionEdition | None) -> None:
    """Let everybody find the released edition; without one, or if it is withdrawn, nobody."""
    if edition is None or not solution.usable:
        await unindex(work, solution.subject)
        return
    told = _read(edition.title, edition.question, edition.answer)
    document = Document(
        kind=FindKind.SOLUTION,
        subject=solution.subject,
        ticket_id=solution.ticket_id,
        area=solution.area,
        sealed=solution.sealed,
        dated=edition.as_of,
        valid_until=edition.valid_until,
        head=told.head,
        words=told.words,
    )
    await work.index.add(document, told.typed)


async def index_entry(work: Work, entry: CatalogueEntry) -> None:
    """Let everybody find the entry, or nobody if it was removed."""
    if not entry.listed:
        await unindex(work, entry.subject)
        return
    told = _read(entry.name, entry.description, entry.status, entry.contact)
    document = Document(
        kind=FindKind.ENTRY,
        subject=entry.subject,
        area=entry.area,
        sealed=entry.sealed,
        dated=entry.as_of,
        head=told.head,
        words=told.words,
    )
    await work.index.add(document, told.typed)


async def index_decision(work: Work, entry: Entry) -> None:
    """Let the committee find what it decided, and everybody what it has published."""
    decision = entry.decision
    told = _read(decision.title, decision.wording, decision.reasons)
    document = Document(
        kind=FindKind.DECISION,
        subject=decision.subject,
        room_id=entry.room_id,
        public=entry.published_at is not None,
        sealed=entry.sealed,
        dated=decision.decided_at.date(),
        head=told.head,
        words=told.words,
    )
    await work.index.add(document, told.typed)


async def index_ticket(work: Work, ticket: Ticket) -> None:
    """Let everybody find a ticket with its answer. What is confidential, or has none, nobody."""
    whole = ticket.question and ticket.solution
    if ticket.confidential or ticket.state not in SOLVED or not whole:
        await unindex_ticket(work, ticket)
        return
    told = _read(ticket.question, ticket.solution)
    await work.index.add(_document_of(ticket, told), told.typed)


def document_of(ticket: Ticket) -> Document:
    """A ticket as the search would know it, in any state; for its asker, and never kept."""
    return _document_of(ticket, _read(ticket.question, ticket.solution))


def _document_of(ticket: Ticket, told: "_Told") -> Document:
    ended = ticket.resolved_at or ticket.ended_at or ticket.opened_at
    return Document(
        kind=FindKind.TICKET,
        subject=str(ticket.id),
        ticket_id=ticket.id,
        area=ticket.area,
        sealed=ticket.sealed or ticket.solution_sealed,
        dated=ended.date(),
        head=told.head,
        words=told.words,
    )


async def unindex(work: Work, subject: Subject) -> None:
    """Nobody finds `L-3`, `K-4` or `2026/3` any more."""
    for series, kind in _KINDS.items():
        if series in subject:
            await work.index.remove(kind, subject)


async def unindex_ticket(work: Work, ticket: Ticket) -> None:
    """Nobody finds the ticket any more."""
    await work.index.remove(FindKind.TICKET, str(ticket.id))


@dataclass(frozen=True, kw_only=True)
class _Told:
    head: tuple[str, ...]
    words: tuple[str, ...]
    typed: dict[str, str]


def _read(title: str, *texts: str) -> _Told:
    """Each text apart, since only the beginning of a long one is read."""
    titled = search_words(title)
    written = [*titled, *(word for text in texts for word in search_words(text))]
    typed = {word.stem: word.typed for word in reversed(written)}
    implied = [part for word in written for other in word.others for part in other]
    return _Told(
        head=tuple(dict.fromkeys(word.stem for word in titled)),
        words=tuple(dict.fromkeys([*reversed(typed), *implied])),
        typed=typed,
    )
