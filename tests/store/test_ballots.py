"""Ballots, those who may vote, and votes: each kept, none twice."""

import asyncio
from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import Ballot, BallotState, Choice, Elector, Result
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Store, Work
from tests.store.records import ANN, BEK, after
from tests.store.records_of_committee import BALLOT, COMMITTEE, ELECTOR, PAPER, VOTE

SEATS = [
    replace(ELECTOR, place=2, body="MIK", person=BEK, seat=Seat.DEPUTY),
    replace(ELECTOR, place=1, body="Kaz", person=ANN),
]
HOSTILE = "\U0001f3ab e\u0301 \u202e '); DROP TABLE votes; -- %_\\ \r\n" + "x" * 20_000


async def opened(work: Work, *electors: Elector, **changes: object) -> Ballot:
    """A ballot over a paper of its own."""
    paper = await work.papers.add(PAPER)
    ballot = replace(BALLOT, paper_id=paper.id, **changes)  # type: ignore[arg-type]  # by name
    return await work.ballots.add(ballot, electors)


async def test_a_ballot_and_its_electors_are_what_was_opened(work: Work) -> None:
    ballot = await opened(work, *SEATS)
    assert await work.ballots.get(ballot.id) == ballot
    assert await work.ballots.hold(ballot.id) == ballot
    assert await work.ballots.open_on(ballot.paper_id) == ballot
    assert [
        (one.ballot_id, one.body, one.person, one.seat)
        for one in await work.ballots.electors(ballot.id)
    ] == [(ballot.id, "Kaz", ANN, Seat.MEMBER), (ballot.id, "MIK", BEK, Seat.DEPUTY)]


async def test_over_one_paper_one_ballot_is_open_at_a_time(work: Work) -> None:
    ballot = await opened(work)
    with pytest.raises(StaleRecord):
        await work.ballots.add(replace(BALLOT, paper_id=ballot.paper_id), [])
    await work.ballots.save(ballot.ended(BallotState.VOID, after(1)))
    assert await work.ballots.open_on(ballot.paper_id) is None
    later = await work.ballots.add(replace(BALLOT, paper_id=ballot.paper_id), [])
    assert await work.ballots.latest_of(ballot.paper_id) == later
    assert [one.id for one in await work.ballots.of(ballot.paper_id)] == [ballot.id, later.id]
    assert await work.ballots.latest_of(PaperId(99)) is None


async def test_of_two_who_change_it_one_is_too_late(work: Work) -> None:
    ballot = await opened(work)
    saved = await work.ballots.save(ballot.counted(Result.PASSED, after(60)))
    assert await work.ballots.get(ballot.id) == saved
    with pytest.raises(StaleRecord):
        await work.ballots.save(ballot.ended(BallotState.VOID, after(61)))


async def test_one_event_is_one_vote_and_votes_keep_their_order(work: Work) -> None:
    ballot = await opened(work, *SEATS)
    first = replace(VOTE, ballot_id=ballot.id, reason=HOSTILE)
    second = replace(first, choice=Choice.NO, event_id=EventId("$second"), reason="")
    assert await work.ballots.cast(first)
    assert await work.ballots.cast(second)
    assert not await work.ballots.cast(replace(first, choice=Choice.NO))
    kept = await work.ballots.votes(ballot.id)
    assert [(one.choice, one.reason, one.cast_at) for one in kept] == [
        (Choice.YES, HOSTILE, after(1)),
        (Choice.NO, "", after(1)),
    ]
    assert await work.ballots.vote_by(EventId("$second")) == kept[1]
    assert await work.ballots.vote_by(EventId("$nothing")) is None


async def test_a_reason_goes_wherever_the_person_repeated_it_and_nowhere_else(work: Work) -> None:
    ballot = await opened(work, *SEATS)
    mine = replace(VOTE, ballot_id=ballot.id, reason="Zinnober")
    await work.ballots.cast(mine)
    await work.ballots.cast(replace(mine, event_id=EventId("$again")))
    await work.ballots.cast(replace(mine, event_id=EventId("$other"), reason="Anderes"))
    await work.ballots.cast(replace(mine, event_id=EventId("$bek"), person=BEK))
    await work.ballots.erase_reason(mine)
    assert [one.reason for one in await work.ballots.votes(ballot.id)] == [
        "",
        "",
        "Anderes",
        "Zinnober",
    ]


async def test_time_looks_at_those_that_are_due_the_longest_due_first(work: Work) -> None:
    later = await opened(work, next_at=after(20))
    sooner = await opened(work, next_at=after(10))
    await opened(work, next_at=after(99))
    await opened(work, next_at=None)
    assert await work.ballots.numbers_due(after(20), 9) == [sooner.id, later.id]
    assert await work.ballots.numbers_due(after(20), 1) == [sooner.id]
    await work.ballots.set_aside(sooner.id, after(50))
    assert await work.ballots.numbers_due(after(20), 9) == [later.id]
    with pytest.raises(StaleRecord):
        await work.ballots.save(sooner)


async def test_what_is_open_in_a_room_is_listed(work: Work) -> None:
    first, second = await opened(work), await opened(work)
    await work.ballots.save(first.ended(BallotState.ORAL, after(1)))
    assert await work.ballots.open_in(COMMITTEE) == [second]


async def test_whoever_holds_a_ballot_lets_others_wait_and_then_see_all_votes(
    store: Store,
) -> None:
    people = [UserId(f"@p{number}:kaz.test") for number in range(40)]
    async with store.work() as work:
        seats = [replace(ELECTOR, place=n, person=who) for n, who in enumerate(people)]
        ballot = await opened(work, *seats)
    seen: list[int] = []

    async def votes(who: UserId) -> None:
        async with store.work() as work:
            await work.ballots.hold(ballot.id)
            given = replace(VOTE, ballot_id=ballot.id, person=who, event_id=EventId(f"${who}"))
            await work.ballots.cast(given)
            seen.append(len(await work.ballots.votes(ballot.id)))

    await asyncio.gather(*map(votes, people))
    assert sorted(seen) == list(range(1, 41))
