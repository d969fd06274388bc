"""Takes out the words of solutions: those withdrawn, and those that nobody ever released."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.digest_quotes import quoting
from kaz_bot.domain.knowledge.solution_events import SolutionErased
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition, SolutionState
from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.forgetting.letters import take_back
from kaz_bot.indexing import unindex
from kaz_bot.messages import UserId
from kaz_bot.store import Work

# What shows the words of a solution, or its files, in these letters.
_SHOWING = ("solution/", "info/solution", "info/file", "info/search", "digest/")
_READ = frozenset({LetterKind.MESSAGE, LetterKind.EDIT})


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """A solution without words, the letters that show them, and the tickets that it had closed."""

    solution: Solution
    edition: SolutionEdition
    shown: tuple[StoredLetter, ...]
    used: tuple[Ticket, ...]


async def clear_solution(work: Work, solution: Solution, at: datetime) -> Cleared:
    """Withdrawn, in all its editions; whom it had helped has it no more either."""
    withdrawn = solution.withdrawn(at)
    editions = await work.solutions.editions(solution.id)
    shown = await _showing(work, solution)
    used = await _used(work, {edition.answer for edition in editions}, shown, at)
    for edition in editions:
        await work.solutions.save_edition(edition.without_words())
    saved = await work.solutions.save(withdrawn)
    await unindex(work, solution.subject)
    return Cleared(
        solution=saved, edition=editions[-1].without_words(), shown=tuple(shown), used=used
    )


async def forget_proposals(work: Work, ticket_id: TicketId, at: datetime) -> None:
    """What was made of a ticket goes with its text, unless a second specialist released it.

    Of a released solution the editions that nobody released before it go as well: names that were
    put right may stand in them.
    """
    for solution in await work.solutions.of_ticket(ticket_id):
        if solution.state is SolutionState.PROPOSED:
            for letter in (await clear_solution(work, solution, at)).shown:
                await take_back(work, letter, at)
            await work.committee_trail.add(
                CommitteeEntry(subject=solution.subject, at=at, actor=None, event="erased")
            )
        elif solution.state is SolutionState.RELEASED:
            await _forget_drafts(work, solution, at)


async def _forget_drafts(work: Work, solution: Solution, at: datetime) -> None:
    editions = await work.solutions.editions(solution.id)
    first = next(one.number for one in editions if one.released_at is not None)
    drafts = [one for one in editions if one.number < first]
    for edition in drafts:
        await work.solutions.save_edition(edition.without_words())
    released = editions[first - 1].released_at
    for letter in await _showing(work, solution) if drafts else []:
        if released is None or letter.written_at < released:
            await take_back(work, letter, at)


async def forget_edition(
    work: Work, solution: Solution, gone: SolutionEdition, *, by: UserId, at: datetime
) -> SolutionErased | None:
    """The message that wrote it was taken back. What was released stays: two people have read it.

    Without its first words a proposal is none; a later edition leaves the one before it.
    """
    if gone.released_at is not None or solution.state is SolutionState.WITHDRAWN:
        return None
    if solution.released_edition is None and not 1 < gone.number == solution.edition:
        cleared = await clear_solution(work, solution, at)
        return SolutionErased(
            cleared.solution, cleared.edition, gone.written_at, shown=cleared.shown, by=by, at=at
        )
    shown = [one for one in await _showing(work, solution) if one.written_at == gone.written_at]
    if gone.number == solution.edition:
        solution = await work.solutions.save(solution.without_latest(at))
        await work.solutions.drop_edition(gone)
    else:
        await work.solutions.save_edition(gone.without_words())
    latest = await work.solutions.edition(solution)
    return SolutionErased(solution, latest, gone.written_at, shown=tuple(shown), by=by, at=at)


async def _showing(work: Work, solution: Solution) -> list[StoredLetter]:
    alone = await work.subjects.telling_alone(solution.subject)
    digests = await work.subjects.telling(quoting(solution.subject), solution.proposed_at)
    letters = [*alone, *digests]
    return [one for one in letters if one.kind in _READ and one.template.startswith(_SHOWING)]


async def _used(
    work: Work, answers: set[str], shown: list[StoredLetter], at: datetime
) -> tuple[Ticket, ...]:
    """The tickets that were closed by what was offered in these letters, without it now."""
    numbers = dict.fromkeys(letter.ticket_id for letter in shown if letter.ticket_id)
    tickets = [await work.tickets.get(number) for number in numbers]
    return tuple(
        [
            await work.tickets.save(ticket.unsolved(at))
            for ticket in tickets
            if ticket.state is TicketState.CLOSED and ticket.solution and ticket.solution in answers
        ]
    )
