"""A poll goes out in the words of its room, and its end finds it."""

from dataclasses import replace

from kaz_bot.announcements.letters import Redaction, Spot
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.letters import LetterState, Place
from kaz_bot.messages import LetterId, RoomId
from tests.desk import BOT, COMMITTEE, MARKET, DeskAtWork, on_both_databases
from tests.fakes import room
from tests.postman.conftest import BALLOT, KEY, POLL, Writer, end_of

UPGRADED = RoomId("!upgraded:kaz.test")
START = "org.matrix.msc3381.poll.start"
END = "org.matrix.msc3381.poll.end"
TEXT = "org.matrix.msc1767.text"


async def test_a_poll_is_asked_in_the_language_of_its_room(
    desk: DeskAtWork, writer: Writer
) -> None:
    await desk.binds(COMMITTEE, language="en")
    [sent] = await writer.writes(replace(POLL, answers=("yes", "no", "other")))
    assert (sent.room_id, sent.event_type, sent.content) == (
        COMMITTEE,
        START,
        {
            START: {
                "question": {TEXT: "Do you agree to BV-7?"},
                "kind": "org.matrix.msc3381.poll.disclosed",
                "max_selections": 1,
                "answers": [
                    {"id": "yes", TEXT: "Yes"},
                    {"id": "no", TEXT: "No"},
                    {"id": "other", TEXT: "other"},
                ],
            },
            TEXT: "Do you agree to BV-7?\n1. Yes\n2. No\n3. other",
            "body": "Do you agree to BV-7?\n1. Yes\n2. No\n3. other",
            "m.mentions": {},
            "de.kaz.decision": KEY.content,
        },
    )


async def test_a_poll_can_stand_in_the_thread_of_a_letter(desk: DeskAtWork, writer: Writer) -> None:
    desk.homeserver.away = True
    await writer.writes(BALLOT)
    spot = Spot(room_id=COMMITTEE, thread=Place(letter=LetterId(1)))
    await writer.writes(replace(POLL, spot=spot))
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    ballot, poll = await desk.delivers()
    assert (poll.event_type, poll.thread) == (START, ballot.event_id)


async def test_the_end_of_a_poll_names_it(writer: Writer) -> None:
    [poll] = await writer.writes(POLL)
    [end] = await writer.writes(end_of(await writer.letter()))
    assert (end.event_type, end.content) == (
        END,
        {
            END: {},
            TEXT: "BV-7 ist angenommen.",
            "body": "BV-7 ist angenommen.",
            "m.mentions": {},
            "de.kaz.decision": KEY.content,
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll.event_id},
        },
    )


@on_both_databases
async def test_a_poll_that_ends_before_it_was_sent_is_sent_first(
    desk: DeskAtWork, writer: Writer
) -> None:
    desk.homeserver.away = True
    await writer.writes(POLL)
    await writer.writes(end_of(await writer.letter()))
    await desk.restarts()
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    poll, end = await desk.delivers()
    assert (poll.event_type, end.event_type, end.refers_to) == (START, END, poll.event_id)


async def test_a_poll_that_never_arrived_is_not_ended(desk: DeskAtWork, writer: Writer) -> None:
    desk.homeserver.unwilling.add(COMMITTEE)
    await writer.writes(POLL)
    desk.homeserver.unwilling.clear()
    assert await writer.writes(end_of(await writer.letter())) == []
    assert (await writer.letter(2)).state is LetterState.CANCELLED


async def test_a_poll_whose_answer_is_lost_is_asked_once(desk: DeskAtWork, writer: Writer) -> None:
    desk.homeserver.loses_answers = True
    await writer.writes(POLL)
    desk.homeserver.loses_answers = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert [sent.event_type for sent in desk.homeserver.sent] == [START]
    assert (await writer.letter()).state is LetterState.SENT


async def test_a_sealed_poll_never_enters_a_room_without_encryption(
    desk: DeskAtWork, writer: Writer
) -> None:
    await writer.writes(replace(POLL, spot=Spot(room_id=MARKET), sealed=True))
    poll = await writer.letter()
    await writer.writes(end_of(poll))
    assert (desk.homeserver.sent, poll.state) == ([], LetterState.REJECTED)


async def test_a_poll_that_waits_moves_with_its_room(desk: DeskAtWork, writer: Writer) -> None:
    desk.homeserver.away = True
    await writer.writes(POLL)
    await writer.writes(end_of(await writer.letter()))
    desk.homeserver.rooms.put(room(UPGRADED, BOT, name="Gremium"))
    async with desk.store.work() as work:
        await work.rooms.move(COMMITTEE, UPGRADED, desk.clock.now())
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    poll, end = await desk.delivers()
    assert (poll.room_id, end.room_id, end.refers_to) == (UPGRADED, UPGRADED, poll.event_id)


async def test_a_poll_can_be_taken_back(writer: Writer) -> None:
    [poll] = await writer.writes(POLL)
    [redaction] = await writer.writes(Redaction(of=await writer.letter()))
    assert redaction.redacts == poll.event_id


@on_both_databases
async def test_a_reaction_on_a_letter_or_a_poll_is_meant_for_its_subjects(
    desk: DeskAtWork, writer: Writer
) -> None:
    subjects = (Subject("A-3"), Subject("BV-7"))
    told = await writer.writes(
        replace(BALLOT, subjects=subjects), replace(POLL, subjects=subjects[1:]), BALLOT
    )
    async with desk.store.work() as work:
        found = [await work.subjects.at(sent.event_id) for sent in told]
    assert found == [[*subjects], [*subjects[1:]], []]
