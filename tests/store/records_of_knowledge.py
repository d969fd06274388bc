"""Records of what is used again that are right in everything a test does not replace."""

from dataclasses import replace
from datetime import date

from kaz_bot.domain.committee.numbers import EntryId, SolutionId
from kaz_bot.domain.digests import DigestOrder
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.documents import Document
from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import Attachment, EventId, RoomId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, NOON, PROJECT, SECURITY, after

AREA_ROOM = RoomId("!security:kaz.test")
DAY = date(2026, 9, 30)
SOLUTION = Solution(
    id=SolutionId(0),
    ticket_id=TicketId(1),
    area=SECURITY,
    room_id=AREA_ROOM,
    proposed_at=NOON,
    changed_at=NOON,
)
SOLUTION_EDITION = SolutionEdition(
    solution_id=SolutionId(1),
    number=1,
    title="Schlüssel verwahren",
    question="Wer hat den Schlüssel?",
    answer="Er liegt im Keller.",
    attachments=(Attachment(name="plan.pdf", content={"url": "mxc://a/b"}),),
    author=ANN,
    event_id=EventId("$solution"),
    as_of=DAY,
    valid_until=date(2027, 9, 30),
    written_at=NOON,
)
CATALOGUE_ENTRY = CatalogueEntry(
    id=EntryId(0),
    kind=EntryKind.APPLICATION,
    name="E-Akte",
    description="Elektronische Akten für alle Ämter.",
    as_of=DAY,
    room_id=AREA_ROOM,
    author=ANN,
    event_id=EventId("$entry"),
    added_at=NOON,
    changed_at=NOON,
)
DOCUMENT = Document(
    kind=FindKind.SOLUTION,
    subject="L-1",
    ticket_id=TicketId(1),
    area=SECURITY,
    dated=DAY,
    valid_until=date(2027, 9, 30),
    head=("schlussel", "verwahr"),
    words=("schlussel", "verwahr", "kell"),
)
TYPED = {"schlussel": "Schlüssel", "verwahr": "verwahren", "kell": "Keller"}
DIGEST_ORDER = DigestOrder(room_id=PROJECT, next_at=after(60), covered_until=NOON, changed_at=NOON)


async def fill_knowledge(work: Work) -> None:
    """One of everything; a ticket with the number 1 must be there."""
    bound = await work.affiliations.room(PROJECT, NOON)
    await work.affiliations.save(bound.bound_to(MunicipalityKey("12069"), after(1)))
    solution = await work.solutions.add(SOLUTION)
    await work.solutions.add_edition(SOLUTION_EDITION)
    released = solution.released(SOLUTION_EDITION, BEK, after(2))
    await work.solutions.save(released)
    await work.solutions.save_edition(
        replace(SOLUTION_EDITION, released_by=BEK, released_at=after(2))
    )
    await work.catalogue.add(CATALOGUE_ENTRY)
    await work.digests.save(DIGEST_ORDER)
    await work.imported.note("A-17", TicketId(1))
    await work.index.add(DOCUMENT, TYPED)
