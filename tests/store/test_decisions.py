"""The register: numbered without gaps, and of what is stored."""

import asyncio

import pytest
from sqlalchemy import text

from kaz_bot.domain.committee.ballots import Choice
from kaz_bot.domain.committee.chain import Break, Fault, digest_of, faults, lost
from kaz_bot.domain.committee.contents import canonical
from kaz_bot.domain.committee.decisions import CastVote, Decision, DecisionNotFound
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.errors import DatabaseError, StaleRecord
from kaz_bot.messages import RoomId
from kaz_bot.store import Store, Work
from tests.register.records import COMMITTEE, NOON, enter, new_decision

HOSTILE = (
    "\0 \ud800 \U0001f3ab e\u0301 \u202e '); DROP TABLE decisions; -- %_\\ \r\n" + "x" * 20_000
)
ELSEWHERE = RoomId("!elsewhere:kaz.test")


async def changes(work: Work, statement: str, **values: object) -> None:
    """What somebody does who gets at the database."""
    await work._connection.execute(text(statement), values)


async def entered(work: Work, *titles: str) -> list[Decision]:
    return [await enter(work, title=title) for title in titles]


async def test_decisions_are_numbered_in_their_year_and_placed_in_the_register(work: Work) -> None:
    decided = [await enter(work, year=year) for year in (2026, 2026, 2027, 2026)]
    assert [(str(one.number), one.place) for one in decided] == [
        ("2026/1", 1),
        ("2026/2", 2),
        ("2027/1", 3),
        ("2026/3", 4),
    ]


async def test_what_is_entered_is_what_is_read(work: Work) -> None:
    decision = await enter(work)
    entry = await work.decisions.get(decision.number)
    assert entry.decision == decision
    assert entry.content == canonical(decision)
    assert digest_of(entry.content) == decision.digest
    assert (entry.room_id, entry.published_at, entry.done_at) == (COMMITTEE, None, None)


async def test_the_digest_of_a_hostile_text_is_of_what_is_stored(store: Store) -> None:
    vote = CastVote(body=HOSTILE, choice=Choice.NO, reason=HOSTILE)
    async with store.work() as work:
        decision = await enter(work, title=HOSTILE, wording=HOSTILE, votes=(vote,))
    async with store.work() as work:
        entry = await work.decisions.get(decision.number)
        assert entry.decision == decision
        assert faults(await work.decisions.links()) == []
    assert "\ufffd \ufffd \U0001f3ab" in decision.title


async def test_of_many_who_enter_at_once_none_leaves_a_gap(store: Store) -> None:
    async def decides(title: str) -> None:
        while True:
            try:
                async with store.work() as work:
                    await enter(work, title=title)
            except StaleRecord:
                continue
            return

    await asyncio.gather(*(decides(f"Titel {number}") for number in range(12)))
    async with store.work() as work:
        links = await work.decisions.links()
        titles = {entry.decision.title for entry in await work.decisions.all()}
    assert [link.number.number for link in links] == [*range(1, 13)]
    assert len(titles) == 12
    assert faults(links) == []


async def test_a_paper_is_decided_once(work: Work) -> None:
    decision = await enter(work)
    again = new_decision(number=DecisionNumber(2026, 0), paper_id=decision.paper_id)
    with pytest.raises(StaleRecord):
        await work.decisions.enter(again)


async def test_numbers_that_do_not_exist_are_not_found(work: Work) -> None:
    with pytest.raises(DecisionNotFound):
        await work.decisions.get(DecisionNumber(2026, 1))
    with pytest.raises(DecisionNotFound):
        await work.decisions.get(DecisionNumber(2026, 10**12))


async def test_each_committee_has_its_own_and_others_what_is_published(work: Work) -> None:
    own = await enter(work)
    others = await enter(work, room_id=ELSEWHERE)
    await work.decisions.publish(others.number, NOON)
    assert [one.decision for one in await work.decisions.all(COMMITTEE)] == [own]
    assert [one.decision for one in await work.decisions.all(published=True)] == [others]
    assert [one.decision for one in await work.decisions.all()] == [own, others]
    assert await work.decisions.count() == 2
    assert await work.decisions.count(COMMITTEE) == 1
    assert await work.decisions.count(published=True) == 1


async def test_publishing_twice_is_stale(work: Work) -> None:
    decision = await enter(work)
    await work.decisions.publish(decision.number, NOON)
    with pytest.raises(StaleRecord):
        await work.decisions.publish(decision.number, NOON)
    assert (await work.decisions.get(decision.number)).published_at == NOON


async def test_what_is_done_is_no_longer_undone(work: Work) -> None:
    first, second = await entered(work, "eins", "zwei")
    await work.decisions.mark_done(first.number, NOON)
    assert [one.decision for one in await work.decisions.undone(COMMITTEE)] == [second]
    await work.decisions.mark_done(first.number, None)
    assert [one.decision for one in await work.decisions.undone()] == [first, second]
    await work.decisions.publish(second.number, NOON)
    assert [one.decision for one in await work.decisions.undone(published=True)] == [second]


async def test_the_latest_come_first(work: Work) -> None:
    _, second, third = await entered(work, "eins", "zwei", "drei")
    assert [one.decision for one in await work.decisions.latest(2)] == [third, second]


async def test_signs_of_a_search_are_looked_for_as_they_are(work: Work) -> None:
    percent, _ = await entered(work, "100 % Ökostrom", "Hundert")
    assert [one.decision for one in await work.decisions.found(["%"])] == [percent]
    assert await work.decisions.found(["_"]) == []


async def test_publishing_finishing_and_moving_change_nothing_in_the_chain(work: Work) -> None:
    decision = await enter(work)
    await work.decisions.publish(decision.number, NOON)
    await work.decisions.mark_done(decision.number, NOON)
    await work.rooms.move(COMMITTEE, ELSEWHERE, NOON)
    assert faults(await work.decisions.links()) == []
    entry = await work.decisions.get(decision.number)
    assert (entry.room_id, entry.decision.room_id) == (ELSEWHERE, COMMITTEE)


@pytest.mark.parametrize(
    ("column", "value", "faulty"),
    [
        ("year", 2025, ["2025/2"]),
        ("number", 7, ["2026/7", "2026/3"]),
        ("place", 9, ["2026/3", "2026/2"]),
        ("digest", "0" * 64, ["2026/2", "2026/3"]),
        ("content", "{}", ["2026/2"]),
        ("content", "", ["2026/2"]),
        ("decided_at", "2020-01-01 00:00:00.000000", ["2026/2"]),
    ],
)
async def test_a_column_that_somebody_changed_is_a_fault(
    work: Work, column: str, value: object, faulty: list[str]
) -> None:
    await entered(work, "eins", "zwei", "drei")
    await changes(work, f"UPDATE decisions SET {column} = :value WHERE number = 2", value=value)  # noqa: S608  a name of ours
    assert {fault.number for fault in faults(await work.decisions.links())} >= {*faulty}


async def test_a_wording_that_somebody_changed_is_a_fault(work: Work) -> None:
    await entered(work, "eins", "zwei", "drei")
    await changes(work, "UPDATE decisions SET content = replace(content, 'zwei', 'nein')")
    assert faults(await work.decisions.links()) == [Fault(number="2026/2", kind=Break.CHANGED)]


async def test_one_that_somebody_took_out_is_a_fault_also_at_the_end(work: Work) -> None:
    await entered(work, "eins", "zwei", "drei")
    await changes(work, "DELETE FROM decisions WHERE number = 3")
    links = await work.decisions.links()
    assert faults(links) == []
    assert lost(links, await work.decisions.promised()) == [Fault(number="2026/3", kind=Break.LOST)]
    await changes(work, "DELETE FROM decisions WHERE number = 1")
    assert faults(await work.decisions.links()) == [Fault(number="2026/2", kind=Break.MISSING)]


async def test_one_that_was_damaged_says_so_and_the_register_goes_on(work: Work) -> None:
    first, _ = await entered(work, "eins", "zwei")
    await changes(work, "UPDATE decisions SET content = '{' WHERE number = 2")
    with pytest.raises(DatabaseError, match="2026/2 in the register is damaged"):
        await work.decisions.all()
    assert (await work.decisions.get(first.number)).decision == first
    assert str((await enter(work)).number) == "2026/3"


async def test_one_of_the_old_year_that_is_counted_in_the_new_one_comes_behind(work: Work) -> None:
    first = await enter(work, year=2027)
    late = await enter(work, year=2026)
    assert (str(late.number), late.place, late.previous) == ("2026/1", 2, first.digest)
    assert faults(await work.decisions.links()) == []
