"""A poll of the bot's is one to matrix-js-sdk, in an encrypted room: shown, answered, ended."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.matrix import parcel_of, polls
from kaz_bot.messages import EventId, LetterId, PollAnswered, Redacted, RoomId
from tests.homeserver.people import Timeline, people
from tests.homeserver.session_bot import SessionBot, at_work
from tests.interop.js_person import JsPerson

_NUMBERS = count(1)
QUESTION = "Stimmen Sie BV-7 zu?"
ANSWERS = {"yes": "Ja", "no": "Nein", "abstain": "Enthaltung"}
LETTER = StoredLetter(
    id=LetterId(1),
    txn_id="poll",
    kind=LetterKind.POLL,
    room_id=None,
    content=polls.poll(QUESTION, list(ANSWERS.items())),
    written_at=datetime(2026, 9, 30, tzinfo=UTC),
)

pytestmark = pytest.mark.timeout(120)


@dataclass(frozen=True, kw_only=True)
class Committee:
    """The bot and two people with clients of another make."""

    bot: SessionBot
    ann: JsPerson
    bek: JsPerson
    room: str

    async def asks(self) -> EventId:
        return await self.bot.sends(parcel_of(LETTER, RoomId(self.room), target=None, root=None))

    async def ends(self, poll: EventId) -> EventId:
        end = replace(
            LETTER,
            txn_id="end",
            kind=LetterKind.POLL_END,
            content=polls.poll_end("BV-7 ist angenommen."),
        )
        return await self.bot.sends(parcel_of(end, RoomId(self.room), target=poll, root=None))

    async def answers(self, number: int) -> Sequence[PollAnswered]:
        """All that the bot has heard, as soon as it is so much."""
        heard = self.bot.seen
        await self.bot.until(lambda: len(heard(PollAnswered)) >= number, f"{number} answers")
        return heard(PollAnswered)


@pytest_asyncio.fixture(loop_scope="session")
async def committee(
    homeserver: Homeserver, js_person: type[JsPerson], tmp_path: Path
) -> AsyncIterator[Committee]:
    bot = await SessionBot.arrive(homeserver, tmp_path / "bot", f"polls-{next(_NUMBERS)}")
    ann, bek = await js_person.arrive(homeserver), await js_person.arrive(homeserver)
    async with at_work(bot), people(ann, bek):
        room = await ann.make_room("Gremium", invite=[bot.id, bek.id], encrypted=True)
        await bek.join(room)
        await bot.enters(room)
        await ann.sees(room, bot.id, bek.id)
        await bek.sees(room, bot.id, ann.id)
        yield Committee(bot=bot, ann=ann, bek=bek, room=room)


async def test_a_poll_is_shown_with_its_answers(committee: Committee) -> None:
    poll = await committee.asks()
    assert await committee.ann.poll(committee.room, poll) == {
        "question": QUESTION,
        "answers": ANSWERS,
        "votes": {},
    }
    events = await Timeline(committee.ann, committee.room).until(
        lambda events: any(event.type == polls.START for event in events), "the poll"
    )
    [shown] = [event for event in events if event.id == poll]
    assert (shown.encrypted, await committee.ann.shield(shown)) == (True, "NONE")


async def test_answers_come_back_as_they_were_picked(committee: Committee) -> None:
    poll, ann, bek, room = await committee.asks(), committee.ann, committee.bek, committee.room
    await ann.poll(room, poll)
    yes = await ann.pick(room, poll, "yes")
    no = await ann.pick(room, poll, "no")
    none = await ann.pick(room, poll)
    await committee.answers(3)
    abstained = await bek.pick(room, poll, "abstain")
    heard = await committee.answers(4)
    assert {one.target for one in heard} == {poll}
    assert [(one.event_id, one.sender, one.answers) for one in heard] == [
        (yes, ann.id, ("yes",)),
        (no, ann.id, ("no",)),
        (none, ann.id, ()),
        (abstained, bek.id, ("abstain",)),
    ]


async def test_an_answer_that_is_redacted_is_told_as_such(committee: Committee) -> None:
    poll = await committee.asks()
    picked = await committee.ann.pick(committee.room, poll, "yes")
    await committee.answers(1)
    await committee.ann.redact(committee.room, picked)
    bot = committee.bot
    await bot.until(lambda: bool(bot.seen(Redacted)), "the redaction")
    assert [one.target for one in bot.seen(Redacted)] == [picked]


async def test_the_end_of_a_poll_ends_it_for_the_clients(committee: Committee) -> None:
    poll, ann, bek, room = await committee.asks(), committee.ann, committee.bek, committee.room
    await ann.pick(room, poll, "yes")
    await bek.pick(room, poll, "no")
    await committee.answers(2)
    running = await bek.poll(room, poll, voters=2)
    await committee.ends(poll)
    ended = [await person.poll(room, poll, voters=2, ended=True) for person in (ann, bek)]
    assert [running["votes"], *(one["votes"] for one in ended)] == [
        {ann.id: ["yes"], bek.id: ["no"]}
    ] * 3
