"""Turns what the index leads to into what may be shown of the record itself."""

from dataclasses import dataclass
from datetime import date

from kaz_bot.domain.committee.numbers import DecisionNumber, EntryId, SolutionId, Subject
from kaz_bot.domain.knowledge.documents import Document
from kaz_bot.domain.knowledge.finds import Find, FindKind, Viewer
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.domain.views import question_shown, solution_shown
from kaz_bot.indexing import SOLVED
from kaz_bot.store import Work


@dataclass(frozen=True)
class Presenter:
    """Looks at each record again: what it says now counts, not what the index remembers."""

    work: Work
    viewer: Viewer
    today: date

    async def find(self, document: Document) -> Find | None:
        """What is shown of it; nothing if it must not be found here, or no longer."""
        match document.kind:
            case FindKind.SOLUTION:
                return await self._solution(document)
            case FindKind.ENTRY:
                return await self._entry(document)
            case FindKind.DECISION:
                return await self._decision(document)
            case FindKind.TICKET:
                return await self._ticket(document)

    async def _solution(self, document: Document) -> Find | None:
        solution = await self.work.solutions.get(SolutionId(_number(document)))
        edition = await self.work.solutions.released_edition(solution)
        if edition is None or not solution.usable:
            return None
        hidden = self._hidden(sealed=solution.sealed)
        return Find(
            kind=document.kind,
            subject=solution.subject,
            title="" if hidden else edition.title,
            excerpt="" if hidden else edition.answer,
            area=solution.area,
            as_of=edition.as_of,
            stale=edition.is_stale(self.today),
            withheld=hidden,
            sealed=solution.sealed and not hidden,
        )

    async def _entry(self, document: Document) -> Find | None:
        entry = await self.work.catalogue.get(EntryId(_number(document)))
        if not entry.listed:
            return None
        hidden = self._hidden(sealed=entry.sealed)
        return Find(
            kind=document.kind,
            subject=entry.subject,
            entry_kind=entry.kind,
            title="" if hidden else entry.name,
            excerpt="" if hidden else entry.description or entry.status,
            area=entry.area,
            as_of=entry.as_of,
            stale=entry.is_old(self.today),
            withheld=hidden,
            sealed=entry.sealed and not hidden,
        )

    async def _decision(self, document: Document) -> Find | None:
        number = DecisionNumber.read(document.subject)
        assert number is not None
        entry = await self.work.decisions.get(number)
        hidden = self._hidden(sealed=entry.sealed)
        if hidden or (entry.published_at is None and entry.room_id != self.viewer.room_id):
            return None
        return Find(
            kind=document.kind,
            subject=Subject(document.subject),
            title=entry.decision.title,
            excerpt=entry.decision.wording,
            as_of=document.dated,
            sealed=entry.sealed,
        )

    async def _ticket(self, document: Document) -> Find | None:
        ticket = await self.work.tickets.get(TicketId(int(document.subject)))
        yours = self.viewer.asked_here(ticket)
        if not yours and (ticket.confidential or ticket.state not in SOLVED):
            return None
        if not ticket.question:
            return None
        encrypted, private = self.viewer.encrypted, self.viewer.direct and yours
        question = question_shown(ticket, encrypted=encrypted, private=private)
        solution = solution_shown(ticket, encrypted=encrypted, private=private)
        return Find(
            kind=document.kind,
            ticket=ticket,
            title=question,
            excerpt=solution,
            area=ticket.area,
            as_of=document.dated,
            yours=yours,
            readable=self.viewer.reads(ticket),
            withheld=not question,
            sealed=_shows_sealed(ticket, question, solution),
        )

    def _hidden(self, *, sealed: bool) -> bool:
        return sealed and not self.viewer.encrypted


def _shows_sealed(ticket: Ticket, question: str, solution: str) -> bool:
    return bool((ticket.sealed and question) or (ticket.solution_sealed and solution))


def _number(document: Document) -> int:
    return int(document.subject.rpartition("-")[2])
