"""Papers are kept with all their editions, and nobody overwrites what somebody else changed."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import Ballot, BallotId, Manner, Mode
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from kaz_bot.domain.committee.papers import CommitteeEntry, Paper, PaperNotFound, PaperState
from kaz_bot.domain.letters import LetterKind
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Store, Work
from tests.domain.committee.papers import EDITION, KIM, LATER, LEA, NOON, PAPER, ROOM
from tests.store.records import LETTER

CHANGED = EventId("$changed")


async def filed(work: Work, **changes: object) -> Paper:
    """A paper with its first edition."""
    paper = await work.papers.add(replace(PAPER, **changes))  # type: ignore[arg-type]  # by name
    await work.papers.add_edition(replace(EDITION, paper_id=paper.id))
    return paper


async def test_a_paper_comes_back_as_it_went(work: Work) -> None:
    passed = replace(PAPER, state=PaperState.PASSED, sealed=True, decision=DecisionNumber(2026, 3))
    paper = await work.papers.add(passed)
    assert await work.papers.get(paper.id) == replace(passed, id=paper.id)


@pytest.mark.parametrize("number", [1, 2**63, 10**30])
async def test_a_paper_that_does_not_exist_is_not_found(work: Work, number: int) -> None:
    with pytest.raises(PaperNotFound):
        await work.papers.get(PaperId(number))


async def test_of_two_who_save_the_second_is_told(work: Work) -> None:
    paper = await filed(work)
    await work.papers.save(paper.changed("Neu", LATER))
    with pytest.raises(StaleRecord):
        await work.papers.save(paper.withdrawn(LATER))


async def test_a_number_is_never_given_twice(store: Store) -> None:
    async with store.work() as work:
        first = await filed(work)
        second = await filed(work)
    assert second.id == first.id + 1


async def test_an_edition_comes_back_as_it_went(work: Work) -> None:
    paper = await filed(work)
    whole = replace(
        EDITION,
        paper_id=paper.id,
        number=2,
        reasons="Weil\x00\ud800",
        money="5",
        lead="Kaz",
        involved="MIK",
        annexes="eine",
        event_id=CHANGED,
    )
    await work.papers.add_edition(whole)
    kept = replace(whole, reasons="Weil\ufffd\ufffd")
    assert await work.papers.edition_of(paper.id, 2) == kept
    assert await work.papers.editions(paper.id) == [replace(EDITION, paper_id=paper.id), kept]


async def test_the_edition_of_a_paper_is_the_one_that_counts(work: Work) -> None:
    paper = await filed(work)
    changed = await work.papers.save(paper.changed("Neu", LATER))
    second = replace(EDITION, paper_id=paper.id, number=2, title="Neu")
    await work.papers.add_edition(second)
    assert await work.papers.edition(changed) == second


async def test_those_of_a_room_that_are_to_be_decided_are_listed(work: Work) -> None:
    draft = await filed(work)
    deferred = await filed(work, state=PaperState.DEFERRED)
    await filed(work, state=PaperState.WITHDRAWN)
    await filed(work, room_id=RoomId("!other:kaz.test"))
    assert await work.papers.open_in(ROOM, 10) == [draft, deferred]
    assert await work.papers.open_in(ROOM, 1) == [draft]


async def test_several_are_found_by_their_numbers(work: Work) -> None:
    first, second = await filed(work), await filed(work)
    found = await work.papers.many([first.id, second.id, PaperId(99)])
    assert found == {first.id: first, second.id: second}


async def test_a_message_leads_to_the_paper_that_it_filed_or_changed(work: Work) -> None:
    paper = await filed(work)
    await work.papers.add_edition(replace(EDITION, paper_id=paper.id, number=2, event_id=CHANGED))
    assert await work.papers.filed_by(PAPER.event_id) == [paper]
    assert await work.papers.filed_by(CHANGED) == [paper]
    assert await work.papers.filed_by(EventId("$other")) == []


async def test_the_papers_of_an_author_are_found(work: Work) -> None:
    paper = await filed(work)
    assert (await work.papers.by_author(LEA), await work.papers.by_author(KIM)) == ([paper], [])


async def test_words_are_erased_and_numbers_stay(work: Work) -> None:
    paper = await filed(work)
    await work.papers.erase_editions(paper.id)
    erased = replace(EDITION, paper_id=paper.id).without_words()
    assert await work.papers.editions(paper.id) == [erased]


async def test_other_words_replace_those_of_one_edition(work: Work) -> None:
    paper = await filed(work)
    first, second = (
        replace(EDITION, paper_id=paper.id),
        replace(EDITION, paper_id=paper.id, number=2),
    )
    await work.papers.add_edition(second)
    await work.papers.change_words(replace(second, wording="Anders.", author=KIM))
    assert await work.papers.editions(paper.id) == [first, replace(second, wording="Anders.")]


BALLOT = Ballot(
    id=BallotId(0),
    paper_id=PaperId(0),
    edition=1,
    room_id=ROOM,
    manner=Manner.MEETING,
    mode=Mode.CONSENSUS,
    quorum="majority",
    opened_by=KIM,
    event_id=EventId("$opened"),
    opened_at=NOON,
)


async def test_only_one_ballot_is_open_on_a_paper(work: Work) -> None:
    paper = await filed(work)
    ballot = replace(BALLOT, paper_id=paper.id)
    await work.ballots.add(ballot, [])
    with pytest.raises(StaleRecord):
        await work.ballots.add(ballot, [])


async def test_letters_tell_of_papers(work: Work) -> None:
    early = await work.letters.add(replace(LETTER, template="paper/filed", written_at=NOON))
    late = await work.letters.add(replace(LETTER, template="info/paper", written_at=LATER))
    for letter in (early, late):
        await work.subjects.tell(letter.id, [PAPER.subject, PAPER.subject])
    assert [one.id for one in await work.subjects.telling(PAPER.subject, NOON)] == [
        early.id,
        late.id,
    ]
    assert [one.id for one in await work.subjects.telling(PAPER.subject, LATER)] == [late.id]
    assert late.kind is LetterKind.MESSAGE


async def test_the_trail_is_read_in_its_order(work: Work) -> None:
    entries = [
        CommitteeEntry(
            subject=PAPER.subject,
            at=NOON,
            actor=LEA,
            event=event,
            cause=EventId(f"${event}"),
            details={"edition": "2"},
        )
        for event in ("filed", "changed", "withdrawn")
    ]
    for entry in entries:
        await work.committee_trail.add(entry)
    assert await work.committee_trail.of(PAPER.subject, 2) == entries[1:]
    assert await work.committee_trail.caused_by(EventId("$changed")) == [entries[1]]
    assert await work.committee_trail.by(LEA) == entries
