"""A letter waits in its lane, is sent once, and is found again by what became of it."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.messages import EventId, LetterId, RoomId
from kaz_bot.store import Work
from kaz_bot.store.letters import Outbox
from tests.store.records import ANN, DIRECT, LETTER, NOON, POST, PROJECT, TICKET, after

SENT = EventId("$sent")
TO_ANN = replace(LETTER, room_id=None, person=ANN)


def sent(letter: StoredLetter) -> StoredLetter:
    return replace(letter, state=LetterState.SENT, event_id=SENT, sent_at=after(1), content={})


async def test_a_letter_is_found_as_it_was_added(work: Work) -> None:
    await work.tickets.add(TICKET)
    post = await work.posts.add(POST)
    everything = replace(
        LETTER,
        txn_id="stable",
        kind=LetterKind.EDIT,
        state=LetterState.REJECTED,
        person=ANN,
        content={"body": "ä\0\ud800", "m.mentions": {}},
        thread=Place(event=EventId("$root")),
        reply_to=EventId("$said"),
        target=Place(letter=LetterId(12)),
        sealed=True,
        ticket_id=post.ticket_id,
        post_id=post.id,
        template="ticket/claimed",
        event_id=SENT,
        attempts=3,
        not_before=after(1),
        problem="M_FORBIDDEN",
        sent_at=after(2),
    )
    added = await work.letters.add(everything)
    assert added == replace(everything, id=LetterId(1))
    assert await work.letters.get(added.id) == added


async def test_every_letter_gets_a_transaction_id_of_its_own(work: Work) -> None:
    one = await work.letters.add(LETTER)
    other = await work.letters.add(LETTER)
    assert await work.letters.get(one.id) == one
    assert len({"", one.txn_id, other.txn_id}) == 3


async def test_a_transaction_id_never_serves_twice(work: Work) -> None:
    one = await work.letters.add(LETTER)
    with pytest.raises(IntegrityError):
        await work.letters.add(replace(LETTER, txn_id=one.txn_id))


async def test_a_lane_brings_its_letters_in_the_order_they_were_written(work: Work) -> None:
    first = await work.letters.add(LETTER)
    second = await work.letters.add(LETTER)
    assert await work.letters.next_in(PROJECT) == first
    await work.letters.sent(first.id, SENT, NOON)
    assert await work.letters.next_in(PROJECT) == second
    await work.letters.reject(second.id, "too large")
    assert await work.letters.next_in(PROJECT) is None


async def test_lanes_are_the_rooms_and_persons_somebody_waits_for(work: Work) -> None:
    await work.letters.add(TO_ANN)
    await work.letters.add(LETTER)
    await work.letters.add(TO_ANN)
    done = await work.letters.add(replace(LETTER, room_id=RoomId("!quiet:kaz.test")))
    await work.letters.sent(done.id, SENT, NOON)
    assert await work.letters.lanes() == [ANN, PROJECT]


async def test_a_delayed_letter_keeps_its_turn(work: Work) -> None:
    first = await work.letters.add(LETTER)
    await work.letters.add(LETTER)
    await work.letters.delay(first.id, after(1), "429")
    await work.letters.delay(first.id, after(2), "502")
    assert await work.letters.next_in(PROJECT) == replace(
        first, attempts=2, not_before=after(2), problem="502"
    )


async def test_letters_to_a_person_wait_in_the_room_once_it_is_known(work: Work) -> None:
    letter = await work.letters.add(TO_ANN)
    await work.letters.settle(ANN, DIRECT)
    assert await work.letters.lanes() == [DIRECT]
    assert await work.letters.next_in(DIRECT) == replace(letter, room_id=DIRECT)


async def test_a_sent_letter_keeps_where_it_is_and_not_what_it_said(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    assert await work.letters.sent(letter.id, SENT, after(1))
    assert await work.letters.by_event(SENT) == sent(letter)


async def test_an_echo_confirms_a_letter_that_was_not_marked(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    assert await work.letters.confirm(letter.txn_id, SENT, after(1))
    assert await work.letters.get(letter.id) == sent(letter)


async def test_what_is_marked_once_stays(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    await work.letters.sent(letter.id, SENT, after(1))
    assert not await work.letters.confirm(letter.txn_id, EventId("$other"), after(2))
    assert await work.letters.get(letter.id) == sent(letter)


async def test_an_echo_of_somebody_else_confirms_nothing(work: Work) -> None:
    assert not await work.letters.confirm("foreign", SENT, NOON)


async def test_a_cancelled_letter_is_never_sent(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    await work.letters.cancel(letter.id)
    assert await work.letters.next_in(PROJECT) is None
    assert await work.letters.get(letter.id) == replace(
        letter, state=LetterState.CANCELLED, content={}
    )


async def test_a_letter_cancelled_on_its_way_is_to_be_taken_back(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    await work.letters.cancel(letter.id)
    assert not await work.letters.sent(letter.id, SENT, after(1))
    assert await work.letters.by_event(SENT) == replace(sent(letter), state=LetterState.CANCELLED)


async def test_a_sent_letter_cannot_be_cancelled(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    await work.letters.sent(letter.id, SENT, after(1))
    await work.letters.cancel(letter.id)
    assert await work.letters.get(letter.id) == sent(letter)


async def test_letters_are_found_by_post_target_and_ticket(work: Work) -> None:
    await work.tickets.add(TICKET)
    post = await work.posts.add(POST)
    letter = await work.letters.add(replace(LETTER, post_id=post.id))
    edit = await work.letters.add(replace(LETTER, target=Place(letter=letter.id)))
    receipt = await work.letters.add(replace(LETTER, ticket_id=post.ticket_id))
    await work.letters.add(replace(LETTER, target=Place(event=EventId("$1"))))
    assert await work.letters.carrying(post.id) == [letter]
    assert await work.letters.editing(letter.id) == [edit]
    assert await work.letters.of_ticket(post.ticket_id) == [receipt]
    assert await work.letters.by_event(SENT) is None


async def test_a_rejected_letter_is_reported_once(work: Work) -> None:
    letter = await work.letters.add(LETTER)
    await work.letters.add(LETTER)
    await work.letters.reject(letter.id, "too large")
    rejected = replace(letter, state=LetterState.REJECTED, problem="too large", content={})
    assert await work.letters.rejected_unreported() == [rejected]
    await work.letters.reported([letter.id])
    assert await work.letters.rejected_unreported() == []


async def test_the_outbox_knows_how_full_it_is(work: Work) -> None:
    assert await work.letters.counts() == Outbox(queued=0, rejected=0, oldest_at=None)
    rejected = await work.letters.add(LETTER)
    await work.letters.reject(rejected.id, "too large")
    await work.letters.add(replace(LETTER, written_at=after(2)))
    await work.letters.add(replace(LETTER, written_at=after(1)))
    assert await work.letters.counts() == Outbox(queued=2, rejected=1, oldest_at=after(1))
