"""However many vote at once, and wherever the program ends: none is lost, none counts twice."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kaz_bot.domain.committee.ballots import Choice
from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.chain import faults
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import Incoming, Redacted, UserId
from kaz_bot.routing import Router
from kaz_bot.texts import Texts
from tests.committee import (
    answers,
    ballot,
    duty,
    files,
    opens,
    paper,
    poll,
    register,
    root,
    trail,
    votes,
)
from tests.desk import (
    COMMITTEE,
    KIM,
    LEA,
    MAX,
    NIA,
    SETTINGS,
    DeskAtWork,
    furnish,
    on_both_databases,
)
from tests.dispatcher.troubles import Ended, Fuse, TroubledStore

HUNDRED = [UserId(f"@p{number:02}:kaz.test") for number in range(100)]


async def fifty_bodies(desk: DeskAtWork) -> None:
    """Each with a member and a deputy, all of them in the room."""
    desk.homeserver.rooms.enter(COMMITTEE, *HUNDRED)
    async with desk.store.work() as work:
        for number, member in enumerate(HUNDRED[:50]):
            deputy = HUNDRED[50 + number]
            name = f"Stelle {number + 1}"
            body = Body(id=BodyId(0), room_id=COMMITTEE, name=name)
            await work.bodies.add(body.seated([member], [deputy]))


def in_every_way(desk: DeskAtWork, people: Sequence[UserId]) -> list[Incoming]:
    """One vote for it of each: by command, by sign, by poll, in turn."""
    return [
        *(desk.said(who, "!kaz ja BV-1", room=COMMITTEE) for who in people[::3]),
        *(desk.reacted(who, "✅", root(desk), room=COMMITTEE) for who in people[1::3]),
        *(answers(desk, who, "yes") for who in people[2::3]),
    ]


async def at_once(desk: DeskAtWork, events: Sequence[Incoming]) -> None:
    await asyncio.gather(*map(desk.dispatcher.take, events))
    while await desk.delivers():
        pass


def results(desk: DeskAtWork) -> list[object]:
    """The numbers of the results that were told, in their order."""
    return [
        sent.about["id"]
        for sent in desk.homeserver.sent_to(COMMITTEE)
        if sent.told == "decision:closed" and sent.is_message
    ]


@on_both_databases
async def test_a_hundred_votes_at_once_are_a_hundred_and_make_one_result(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.change(COMMITTEE, members={})
    desk.homeserver.rooms.enter(COMMITTEE, *HUNDRED, KIM)
    await opens(desk)
    await at_once(desk, in_every_way(desk, HUNDRED))
    assert (await ballot(desk)).open
    await desk.says(KIM, "!kaz ja BV-1")
    kept = Counter(who for who, _, _ in await votes(desk))
    assert kept == Counter([*HUNDRED, KIM])
    (decision,) = await register(desk)
    assert (decision.count(Choice.YES), str(decision.number)) == (101, "2026/1")
    assert results(desk) == ["2026/1"]


@on_both_databases
async def test_members_and_deputies_of_fifty_bodies_vote_at_once(desk: DeskAtWork) -> None:
    await fifty_bodies(desk)
    await opens(desk, "mehrheitlich bis Freitag 12 Uhr")
    await at_once(desk, in_every_way(desk, HUNDRED))
    assert results(desk) == ["2026/1"]
    (decision,) = await register(desk)
    assert [vote.choice for vote in decision.votes] == ["yes"] * 50
    told = Counter(sent.told for sent in desk.homeserver.sent_to(COMMITTEE) if sent.is_message)
    # Whoever came after the last body had voted is told that it is over.
    assert told["decision:voted"] + told["error:bad_state"] == 100
    assert len(await votes(desk)) == told["decision:voted"]


@on_both_databases
async def test_the_same_votes_once_more_change_nothing(desk: DeskAtWork) -> None:
    await fifty_bodies(desk)
    await opens(desk)
    events = in_every_way(desk, HUNDRED[:49])
    await at_once(desk, [*events, *events])
    before, sent = await votes(desk), len(desk.homeserver.sent)
    assert len(before) == 49
    await desk.restarts()
    await at_once(desk, events)
    assert (await votes(desk), len(desk.homeserver.sent)) == (before, sent)


@on_both_databases
async def test_of_the_last_two_votes_at_once_one_closes_it(desk: DeskAtWork) -> None:
    numbers = range(1, 9)
    for number in numbers:
        await files(desk, f"Portal {number}")
        await desk.says(KIM, f"!kaz abstimmung BV-{number} bis Freitag")
        await desk.takes(*(desk.said(who, f"!kaz ja BV-{number}") for who in (KIM, LEA)))
    last = [desk.said(who, f"!kaz ja BV-{number}") for number in numbers for who in (MAX, NIA)]
    await at_once(desk, last)
    assert sorted(map(str, results(desk))) == [f"2026/{number}" for number in numbers]


@on_both_databases
async def test_five_that_pass_at_once_are_numbered_without_a_gap(desk: DeskAtWork) -> None:
    numbers = range(1, 6)
    for number in numbers:
        await files(desk, f"Portal {number}")
        await desk.says(KIM, f"!kaz abstimmung BV-{number} bis Freitag")
        await desk.takes(*(desk.said(who, f"!kaz ja BV-{number}") for who in (LEA, MAX, NIA)))
    await at_once(desk, [desk.said(KIM, f"!kaz ja BV-{number}") for number in numbers])
    assert sorted(map(str, results(desk))) == [f"2026/{number}" for number in numbers]
    async with desk.store.work() as work:
        links = await work.decisions.links()
    assert ([link.place for link in links], faults(links)) == ([1, 2, 3, 4, 5], [])


@on_both_databases
async def test_the_last_vote_and_the_end_at_once_leave_one_result(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (LEA, MAX, NIA)))
    desk.clock.advance(days=2)
    last = desk.said(KIM, "!kaz ja BV-1")
    desk.clock.advance(seconds=2)
    await asyncio.gather(desk.dispatcher.tick(duty(desk)), desk.dispatcher.take(last))
    await desk.delivers()
    assert results(desk) == ["2026/1"]
    assert len(await votes(desk)) in {3, 4}


@on_both_databases
async def test_a_vote_and_a_change_of_the_wording_at_once_leave_no_vote_on_the_new_one(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    changed = desk.said(KIM, "!kaz beschluss BV-1 Wortlaut: Wir bauen zwei.")
    await at_once(desk, [*in_every_way(desk, [LEA, MAX]), changed])
    assert ((await paper(desk)).state, (await ballot(desk)).state) == ("draft", "void")
    assert results(desk) == []


async def test_a_vote_that_was_stale_is_cast_again_at_once(desk: DeskAtWork, desk_url: str) -> None:
    await opens(desk)
    desk.starts(TroubledStore(desk_url, StaleRecord("ballot 1"), StaleRecord("ballot 1")))
    await desk.says(LEA, "!kaz ja BV-1")
    assert await votes(desk) == [(LEA, "yes", "command")]
    assert desk.told(COMMITTEE) == ["decision:voted"]


@dataclass(frozen=True)
class Outcome:
    """What the room saw, what the database kept, and in how many steps."""

    seen: object
    kept: object
    steps: int


def _conversation(desk: DeskAtWork) -> list[Incoming]:
    """Everybody votes, some more than once, and the last vote closes the ballot."""
    taken_back = desk.reacted(NIA, "⚪", root(desk))
    return [
        desk.said(LEA, "!kaz nein BV-1 Zu teuer."),
        desk.reacted(MAX, "✅", root(desk)),
        desk.said(MAX, "!kaz nein BV-1"),
        taken_back,
        Redacted(
            event_id=desk.homeserver.new_event_id(),
            room_id=COMMITTEE,
            sender=NIA,
            sent_at=desk.clock.now(),
            target=taken_back.event_id,
        ),
        desk.said(LEA, "!kaz ja BV-1"),
        answers(desk, NIA, "yes", to=poll(desk)),
        desk.said(KIM, "!kaz ja BV-1"),
        desk.said(LEA, "!kaz nein BV-1 Doch nicht."),
    ]


async def _seen_and_kept(desk: DeskAtWork) -> tuple[object, object]:
    seen = [
        (sent.told, sent.event_type, sent.body, sent.edits is not None)
        for sent in desk.homeserver.sent
    ]
    decisions = [(decision.number, decision.digest) for decision in await register(desk)]
    return seen, [await votes(desk), decisions, (await paper(desk)).state, await trail(desk)]


@pytest.fixture(scope="module")
def undisturbed(
    empty_desk_file: Path, tmp_path_factory: pytest.TempPathFactory, router: Router, texts: Texts
) -> Outcome:
    """How it goes when nothing ends."""
    file = shutil.copy(empty_desk_file, tmp_path_factory.mktemp("undisturbed") / "desk.db")

    async def play() -> Outcome:
        desk = DeskAtWork(f"sqlite:///{file}", SETTINGS, router, texts)
        await furnish(desk)
        await opens(desk)
        events, fuse = _conversation(desk), Fuse(10_000)
        with fuse.lit():
            desk.homeserver.interrupts = fuse.burn
            await desk.takes(*events)
        outcome = Outcome(*await _seen_and_kept(desk), fuse.burnt)
        await desk.closes()
        return outcome

    return asyncio.run(play())


async def _ended_and_begun_again(desk: DeskAtWork, fuse: Fuse) -> None:
    """The program ends when the fuse is burnt; the next one gets the same batch again."""
    await opens(desk)
    events = _conversation(desk)
    desk.homeserver.interrupts = fuse.burn
    with fuse.lit(), suppress(Ended):
        await desk.takes(*events)
    assert fuse.burnt > fuse.length
    desk.homeserver.interrupts = lambda: None
    await desk.restarts()
    await desk.takes(*events)


# The votes take at least so many steps; the first test notices when they do not.
STEPS = 400


def test_the_votes_take_as_long_as_these_tests_believe(undisturbed: Outcome) -> None:
    assert STEPS <= undisturbed.steps < 2 * STEPS


@pytest.mark.parametrize("steps", range(1, STEPS, 13))
async def test_a_program_that_ends_anywhere_has_lost_and_doubled_no_vote(
    desk: DeskAtWork, undisturbed: Outcome, steps: int
) -> None:
    await _ended_and_begun_again(desk, Fuse(steps))
    assert await _seen_and_kept(desk) == (undisturbed.seen, undisturbed.kept)


@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("steps", [41, 97, 151, 222])
async def test_nor_has_it_on_postgresql(desk: DeskAtWork, undisturbed: Outcome, steps: int) -> None:
    await _ended_and_begun_again(desk, Fuse(steps))
    assert await _seen_and_kept(desk) == (undisturbed.seen, undisturbed.kept)
