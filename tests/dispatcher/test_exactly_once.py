"""Each event takes effect exactly once, whatever ends or goes away in the middle of it."""

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kaz_bot.domain.posts import PostId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import StaleRecord, StoreUnavailable
from kaz_bot.jobs.closing import Closing
from kaz_bot.messages import Incoming, Redacted, UserId
from kaz_bot.routing import Router
from kaz_bot.texts import Texts
from tests.desk import (
    ANN,
    BEK,
    EVA,
    PROCUREMENT,
    PROJECT,
    SETTINGS,
    DeskAtWork,
    furnish,
    on_both_databases,
)
from tests.dispatcher.troubles import Ended, Fuse, TroubledStore
from tests.fakes import MORNING


@dataclass(frozen=True)
class Outcome:
    """What the rooms saw, what the database kept, and in how many steps."""

    seen: object
    kept: object
    steps: int


def _conversation(desk: DeskAtWork) -> Sequence[Incoming]:
    """Two tickets from the question to the answer, with all that can happen in between."""
    question = desk.said(EVA, "!kaz frage Dürfen wir freihändig vergeben? #vergabe")
    more = desk.said(EVA, "Es sind drei Angebote.", thread=question.event_id)
    secret = desk.said(EVA, "Unter uns: Zinnober.", thread=question.event_id)
    return [
        question,
        desk.said(EVA, "!kaz frage Ist freihändig erlaubt? #vergabe"),
        desk.said(EVA, "LK PM", thread=question.event_id),
        desk.said(ANN, "!kaz claim 1"),
        desk.said(BEK, "!kaz claim 1"),
        more,
        desk.said(EVA, "Es sind vier Angebote.", edits=more.event_id),
        secret,
        Redacted(
            event_id=desk.homeserver.new_event_id(),
            room_id=PROJECT,
            sender=EVA,
            sent_at=desk.clock.now(),
            target=secret.event_id,
        ),
        desk.said(ANN, "!kaz merge 1 2"),
        desk.said(ANN, "!kaz lösen 1 Ja, bis 100.000 Euro."),
    ]


def _seen_in_rooms(desk: DeskAtWork) -> list[tuple[str, str, str, bool, bool]]:
    """All the bot sent, room by room in its order, whatever the events are called."""
    sent = sorted(desk.homeserver.sent, key=lambda one: one.room_id)
    return [
        (one.room_id, one.told, one.body, one.edits is not None, one.redacts is not None)
        for one in sent
    ]


async def _kept(desk: DeskAtWork) -> list[object]:
    async with desk.store.work() as work:
        return [
            [await work.tickets.get(TicketId(number)) for number in (1, 2)],
            [
                # Numbers that were given to what was undone are not given again.
                [replace(post, id=PostId(0)) for post in await work.posts.of(TicketId(number))]
                for number in (1, 2)
            ],
            [
                [
                    (entry.actor, entry.event, entry.cause)
                    for entry in await work.trail.of(TicketId(n))
                ]
                for n in (1, 2)
            ],
        ]


@pytest.fixture
async def desk(new_desk: DeskAtWork) -> DeskAtWork:
    """One that still asks for which municipality people ask."""
    return new_desk


@pytest.fixture(scope="module")
def undisturbed(
    empty_desk_file: Path, tmp_path_factory: pytest.TempPathFactory, router: Router, texts: Texts
) -> Outcome:
    """How the conversation goes when nothing ends."""
    file = shutil.copy(empty_desk_file, tmp_path_factory.mktemp("undisturbed") / "desk.db")

    async def play() -> Outcome:
        desk = DeskAtWork(f"sqlite:///{file}", SETTINGS, router, texts)
        await furnish(desk)
        fuse = Fuse(10_000)
        with fuse.lit():
            desk.homeserver.interrupts = fuse.burn
            await desk.takes(*_conversation(desk))
        outcome = Outcome(_seen_in_rooms(desk), await _kept(desk), fuse.burnt)
        await desk.closes()
        return outcome

    return asyncio.run(play())


async def _ended_and_begun_again(desk: DeskAtWork, fuse: Fuse) -> None:
    """The program ends when the fuse is burnt; the next one gets the same batch again."""
    events = _conversation(desk)
    desk.homeserver.interrupts = fuse.burn
    with fuse.lit(), suppress(Ended):
        await desk.takes(*events)
    assert fuse.burnt > fuse.length
    desk.homeserver.interrupts = lambda: None
    await desk.restarts()
    await desk.takes(*events)


# The conversation takes at least so many steps; the first test notices when it does not.
STEPS = 250


def test_the_conversation_is_as_long_as_these_tests_believe(undisturbed: Outcome) -> None:
    assert STEPS <= undisturbed.steps < 2 * STEPS


@pytest.mark.parametrize("steps", range(1, STEPS, 9))
async def test_a_program_that_ends_anywhere_has_lost_and_repeated_nothing(
    desk: DeskAtWork, undisturbed: Outcome, steps: int
) -> None:
    await _ended_and_begun_again(desk, Fuse(steps))
    assert _seen_in_rooms(desk) == undisturbed.seen
    assert await _kept(desk) == undisturbed.kept


# Not while the tickets are opened: PostgreSQL gives no number again, not even one undone.
@pytest.mark.parametrize("desk_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("steps", [97, 131, 180, 229])
async def test_nor_does_it_on_postgresql(
    desk: DeskAtWork, undisturbed: Outcome, steps: int
) -> None:
    await _ended_and_begun_again(desk, Fuse(steps))
    assert _seen_in_rooms(desk) == undisturbed.seen
    assert await _kept(desk) == undisturbed.kept


@on_both_databases
async def test_a_repeated_batch_has_no_effect(desk: DeskAtWork) -> None:
    events = _conversation(desk)
    await desk.takes(*events)
    assert await desk.takes(*events) == []


async def test_the_token_is_kept_when_all_of_the_batch_is_done(desk: DeskAtWork) -> None:
    assert await desk.dispatcher.since() is None
    await desk.takes(desk.said(EVA, "!kaz hilfe"))
    await desk.restarts()
    assert await desk.dispatcher.since() == "s1"


@on_both_databases
async def test_of_ten_who_claim_at_once_one_gets_it_and_nine_hear_who(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    team = [UserId(f"@s{number}:kaz.test") for number in range(10)]
    desk.homeserver.rooms.enter(PROCUREMENT, *team)
    await desk.takes(*(desk.said(one, "!kaz claim 1", room=PROCUREMENT) for one in team))
    told = desk.told(PROCUREMENT)
    assert (told[0], set(told[1:]), len(told)) == ("ticket:claimed", {"error:bad_state"}, 10)
    assert all("S0" in body for body in desk.bodies(PROCUREMENT))
    assert (await desk.ticket(1)).assignee == team[0]


async def test_of_ten_who_raise_their_hands_one_gets_it_and_nine_hear_who(
    desk: DeskAtWork,
) -> None:
    await desk.has_ticket()
    team = [UserId(f"@s{number}:kaz.test") for number in range(10)]
    desk.homeserver.rooms.enter(PROCUREMENT, *team)
    root = desk.root(1)
    await desk.takes(*(desk.reacted(one, "🙋", root, room=PROCUREMENT) for one in team))
    bodies = desk.bodies(PROCUREMENT)
    assert [body.partition(":")[0] for body in bodies[1:]] == [f"S{n}" for n in range(1, 10)]
    assert all("S0" in body for body in bodies)


@on_both_databases
async def test_time_and_the_asker_at_once_leave_the_ticket_in_one_state(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    desk.clock.advance(days=8)
    words = desk.said(EVA, "Und bei Bauleistungen?", thread=question)
    await asyncio.gather(
        desk.dispatcher.tick(Closing(desk.settings.close_after)), desk.dispatcher.take(words)
    )
    await desk.delivers()
    state = (await desk.ticket(1)).state
    assert (state, desk.told(PROJECT)) in [
        ("claimed", ["ticket:reopened"]),
        ("closed", ["ticket:closed", "error:bad_state"]),
    ]


async def test_what_was_stale_is_done_again_at_once(desk: DeskAtWork, desk_url: str) -> None:
    await desk.has_ticket()
    desk.starts(TroubledStore(desk_url, StaleRecord("ticket 1"), StaleRecord("ticket 1")))
    await desk.says(ANN, "!kaz claim 1")
    assert desk.told(PROCUREMENT) == ["ticket:claimed"]
    assert desk.clock.now() == MORNING


async def test_what_stays_stale_is_answered_with_a_reference(
    desk: DeskAtWork, desk_url: str
) -> None:
    await desk.has_ticket()
    desk.starts(TroubledStore(desk_url, *(StaleRecord("ticket 1") for _ in range(10))))
    [answer] = await desk.says(ANN, "!kaz claim 1")
    assert desk.told(PROCUREMENT) == ["error:internal"]
    assert str(desk.last[0].about["ref"]) in answer


async def test_a_database_that_is_away_is_waited_for(desk: DeskAtWork, desk_url: str) -> None:
    await desk.has_ticket()
    desk.starts(TroubledStore(desk_url, *(StoreUnavailable("away") for _ in range(60))))
    await desk.says(ANN, "!kaz claim 1")
    assert desk.told(PROCUREMENT) == ["ticket:claimed"]
    assert desk.clock.now() == MORNING + timedelta(seconds=60)


async def test_a_homeserver_that_is_away_is_waited_for(desk: DeskAtWork) -> None:
    said = desk.said(EVA, "Wer prüft unsere Ausschreibung? #vergabe")
    desk.homeserver.away = True
    taking = asyncio.create_task(desk.dispatcher.take(desk.reacted(EVA, "🎫", said.event_id)))
    await asyncio.sleep(0)
    assert not taking.done()
    desk.homeserver.away = False
    await taking
    await desk.delivers()
    assert desk.told(PROJECT) == ["ticket:opened", "info:municipality"]


async def test_an_answer_that_got_lost_posts_nothing_twice(desk: DeskAtWork) -> None:
    desk.homeserver.loses_answers = True
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.loses_answers = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert [sent.told for sent in desk.homeserver.sent] == ["info:help"]


async def test_the_bots_own_message_coming_back_confirms_it(desk: DeskAtWork) -> None:
    desk.homeserver.loses_answers = True
    await desk.asks(EVA, "Wer prüft das? #vergabe")
    desk.homeserver.loses_answers = False
    await desk.restarts()
    await desk.takes(*map(desk.homeserver.echo, desk.homeserver.sent))
    await desk.reacts(ANN, "🙋", desk.root(1))
    assert (await desk.ticket(1)).assignee == ANN
    assert len(desk.homeserver.sent_to(PROCUREMENT)) == 2


async def test_what_was_taken_back_on_its_way_is_taken_back_when_it_arrives(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket()
    desk.homeserver.loses_answers = True
    said = desk.said(EVA, "Es ist Zinnober.", thread=question)
    await desk.takes(said)
    await desk.redacts(EVA, said.event_id)
    desk.homeserver.loses_answers = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    [relayed] = [sent for sent in desk.homeserver.sent if "Zinnober" in sent.body]
    await desk.takes(desk.homeserver.echo(relayed))
    await desk.takes(desk.homeserver.echo(relayed))
    assert [sent.redacts for sent in desk.homeserver.sent if sent.redacts] == [relayed.event_id]
