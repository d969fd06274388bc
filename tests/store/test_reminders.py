"""Reminders are kept, found when they are due, and told of without a second time."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from kaz_bot.domain.letters import LetterState
from kaz_bot.domain.reminders import (
    HolidayRule,
    Reminder,
    ReminderId,
    ReminderKind,
    ReminderNotFound,
    ReminderState,
    Responsible,
    Told,
)
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Store, Work
from tests.store.records import (
    ANN,
    BEK,
    DIRECT,
    LETTER,
    NOON,
    REMINDER,
    REMINDER_ENTRY,
    TICKET,
    after,
)

CEM = UserId("@cem:kaz.test")
MESSAGE = EventId("$message")
DEADLINE = replace(REMINDER, kind=ReminderKind.DEADLINE, target=None)
# Nothing is left to say of it, but nobody has ticked it off.
TOLD = replace(REMINDER, told=Told.DUE, told_at=NOON, next_at=None)
DONE = replace(TOLD, state=ReminderState.DONE, ended_at=NOON)


async def put(work: Work, *reminders: Reminder) -> list[Reminder]:
    """As they are kept, in the given order."""
    return [await work.reminders.add(reminder) for reminder in reminders]


async def kept(work: Work, *reminders: Reminder) -> list[Reminder]:
    """The same ones as they are now."""
    return [await work.reminders.get(reminder.id) for reminder in reminders]


async def test_a_reminder_is_found_as_it_was_added(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    everything = replace(
        REMINDER,
        kind=ReminderKind.CUTOFF,
        state=ReminderState.CANCELLED,
        target=BEK,
        about="Frist 🔑 läuft",
        about_event=MESSAGE,
        ticket_id=ticket.id,
        thread=EventId("$root"),
        due_at=after(1),
        next_at=after(2),
        timed=False,
        elapsed=True,
        rrule="FREQ=WEEKLY;BYDAY=WE",
        starts="2026-09-30T14:00",
        holidays=HolidayRule.BEFORE,
        told=Told.ESCALATED,
        told_at=after(3),
        sealed=True,
        sequence=4,
        set_at=after(5),
        changed_at=after(6),
        ended_at=after(7),
        erased_at=after(8),
    )
    added = await work.reminders.add(everything)
    assert added == replace(everything, id=ReminderId(1))
    assert await work.reminders.get(added.id) == added


async def test_what_no_database_takes_is_replaced_in_a_text(work: Work) -> None:
    (added,) = await put(work, replace(REMINDER, about="\0\ud800"))
    assert (await work.reminders.get(added.id)).about == "\ufffd\ufffd"


async def test_an_unknown_number_is_refused_by_its_number(work: Work) -> None:
    with pytest.raises(ReminderNotFound) as refusal:
        await work.reminders.get(ReminderId(7))
    assert refusal.value.facts == {"number": 7}


@pytest.mark.parametrize("number", [-1, 0, 2**63, 10**40])
async def test_no_number_is_too_large_to_be_unknown(work: Work, number: int) -> None:
    with pytest.raises(ReminderNotFound):
        await work.reminders.get(ReminderId(number))


async def test_a_saved_reminder_is_its_next_version(work: Work) -> None:
    (added,) = await put(work, REMINDER)
    later = added.put_off(after(60), timed=True, at=after(1))
    saved = await work.reminders.save(later)
    assert saved == replace(later, version=2)
    assert await work.reminders.get(added.id) == saved


async def test_saving_one_reminder_changes_no_other(work: Work) -> None:
    first, second = await put(work, REMINDER, REMINDER)
    await work.reminders.save(first.done(after(1)))
    assert await work.reminders.get(second.id) == second


async def test_who_saves_an_old_version_is_told(work: Work) -> None:
    (added,) = await put(work, REMINDER)
    await work.reminders.save(added.done(after(1)))
    with pytest.raises(StaleRecord, match="reminder 1, version 1"):
        await work.reminders.save(added.cancelled(after(1)))


async def test_of_two_who_save_in_the_same_instant_one_is_told(store: Store) -> None:
    async with store.work() as work:
        (added,) = await put(work, REMINDER)

    async def save() -> Reminder:
        async with store.work() as work:
            return await work.reminders.save(added.informed(Told.DUE, next_at=None, at=NOON))

    first, second = await asyncio.gather(save(), save(), return_exceptions=True)
    assert {type(first), type(second)} == {Reminder, StaleRecord}


async def test_what_is_due_comes_longest_due_first(work: Work) -> None:
    late, early, twin = await put(
        work,
        replace(REMINDER, next_at=after(2)),
        replace(REMINDER, next_at=after(1)),
        replace(REMINDER, next_at=after(2)),
    )
    assert await work.reminders.due(after(2), 9) == [early, late, twin]
    assert await work.reminders.due(after(2), 2) == [early, late]


async def test_a_reminder_is_due_from_its_very_microsecond(work: Work) -> None:
    added = await put(work, REMINDER)
    assert await work.reminders.due(NOON - timedelta(microseconds=1), 9) == []
    assert await work.reminders.due(NOON, 9) == added


async def test_it_is_when_time_must_look_that_counts_and_not_when_it_is_due(work: Work) -> None:
    await put(work, TOLD, replace(REMINDER, next_at=after(5)))
    ahead = await put(work, replace(DEADLINE, due_at=after(9), next_at=after(1)))
    assert await work.reminders.due(after(4), 9) == ahead


async def test_what_was_told_or_has_ended_is_not_due_again(work: Work) -> None:
    told, done, cancelled = await put(work, REMINDER, REMINDER, REMINDER)
    await work.reminders.save(told.informed(Told.DUE, next_at=None, at=after(1)))
    await work.reminders.save(done.done(after(1)))
    await work.reminders.save(cancelled.cancelled(after(1)))
    assert await work.reminders.due(after(9), 9) == []


async def test_a_room_lists_what_stands_in_it_the_next_first(work: Work) -> None:
    late, early, told, *_ = await put(
        work,
        replace(REMINDER, due_at=after(2)),
        replace(REMINDER, due_at=after(1)),
        TOLD,
        DONE,
        replace(REMINDER, room_id=DIRECT),
    )
    assert await work.reminders.open_in_room(REMINDER.room_id) == [told, early, late]
    assert await work.reminders.open_in_room(REMINDER.room_id, 2) == [told, early]
    assert await work.reminders.count_in_room(REMINDER.room_id) == 3


async def test_a_person_has_what_they_set_what_calls_them_and_what_they_must_do(
    work: Work,
) -> None:
    has_to_do = await work.reminders.add(replace(DEADLINE, owner=BEK), [ANN, CEM])
    is_called, has_set, *_ = await put(
        work,
        replace(REMINDER, owner=BEK, due_at=after(2), room_id=DIRECT),
        replace(REMINDER, target=BEK, due_at=after(1)),
        replace(REMINDER, owner=BEK, target=BEK),
        DONE,
    )
    assert await work.reminders.open_of(ANN) == [has_to_do, has_set, is_called]
    assert await work.reminders.count_set_by(ANN) == 1


async def test_whoever_sets_is_called_and_has_to_do_it_has_it_once(work: Work) -> None:
    own = await work.reminders.add(replace(DEADLINE, target=ANN), [ANN])
    assert await work.reminders.open_of(ANN) == [own]


async def test_an_ended_deadline_is_no_longer_to_be_done(work: Work) -> None:
    deadline = await work.reminders.add(replace(DEADLINE, owner=BEK), [ANN])
    await work.reminders.save(deadline.done(after(1)))
    assert await work.reminders.open_of(ANN) == []


async def test_what_somebody_set_is_found_also_when_it_has_ended(work: Work) -> None:
    mine = await put(work, DONE, replace(REMINDER, target=BEK))
    await put(work, replace(REMINDER, owner=BEK))
    assert await work.reminders.all_set_by(ANN) == mine


async def test_what_has_ended_lately_is_told_apart_by_room(work: Work) -> None:
    late, early, *_ = await put(
        work,
        replace(DONE, ended_at=after(2)),
        replace(DONE, state=ReminderState.CANCELLED, ended_at=after(1)),
        DONE,
        replace(DONE, room_id=DIRECT, ended_at=after(3)),
        TOLD,
    )
    found = await work.reminders.ended_since(after(1), room_id=REMINDER.room_id)
    assert found == [early, late]


async def test_what_has_ended_lately_is_told_apart_by_person(work: Work) -> None:
    for_ann, of_ann, *_ = await put(
        work,
        replace(DONE, owner=BEK),
        replace(DONE, target=BEK, room_id=DIRECT),
        replace(DONE, owner=BEK, target=BEK),
    )
    assert await work.reminders.ended_since(NOON, person=ANN) == [for_ann, of_ann]


async def test_a_ticket_finds_all_that_hang_on_it(work: Work) -> None:
    ticket, other = await work.tickets.add(TICKET), await work.tickets.add(TICKET)
    late, ended, *_ = await put(
        work,
        replace(REMINDER, ticket_id=ticket.id, due_at=after(1)),
        replace(DONE, ticket_id=ticket.id),
        replace(REMINDER, ticket_id=other.id),
        REMINDER,
    )
    assert await work.reminders.of_ticket(ticket.id) == [ended, late]
    assert await work.reminders.of_ticket(TicketId(99)) == []


async def test_a_message_of_the_bot_leads_to_all_it_tells_of(work: Work) -> None:
    first, second, other = await put(work, REMINDER, TOLD, REMINDER)
    letter, reply = await work.letters.add(LETTER), await work.letters.add(LETTER)
    await work.letters.sent(letter.id, EventId("$told"), NOON)
    await work.letters.sent(reply.id, EventId("$other"), NOON)
    await work.reminders.tell(letter.id, [second.id, first.id])
    await work.reminders.tell(reply.id, [other.id])
    assert await work.reminders.by_letter(EventId("$told")) == [first, second]
    assert await work.reminders.by_letter(EventId("$unknown")) == []


async def test_a_reminder_knows_the_letters_that_tell_of_it(work: Work) -> None:
    told, other = await put(work, REMINDER, REMINDER)
    first, second = await work.letters.add(LETTER), await work.letters.add(LETTER)
    await work.reminders.tell(second.id, [told.id, other.id])
    await work.reminders.tell(first.id, [told.id])
    await work.reminders.tell(first.id, [])
    assert await work.letters.telling(told.id, NOON) == [first, second]
    assert await work.letters.telling(other.id, NOON) == [second]


async def test_of_very_many_letters_only_the_new_the_waiting_and_the_last_are_known(
    work: Work,
) -> None:
    (told,) = await put(work, REMINDER)
    waiting, long_gone, new, *last = [
        await work.letters.add(replace(LETTER, written_at=after(minutes), state=state))
        for minutes, state in [
            (-2, LetterState.QUEUED),
            (-1, LetterState.SENT),
            (0, LetterState.SENT),
            *[(-1, LetterState.SENT)] * 100,
        ]
    ]
    for letter in (waiting, long_gone, new, *last):
        await work.reminders.tell(letter.id, [told.id])
    assert await work.letters.telling(told.id, NOON) == [waiting, new, *last]


async def test_a_letter_tells_of_a_reminder_once(store: Store) -> None:
    async with store.work() as work:
        (told,) = await put(work, REMINDER)
        letter = await work.letters.add(LETTER)
        await work.reminders.tell(letter.id, [told.id])
    with pytest.raises(IntegrityError):
        async with store.work() as work:
            await work.reminders.tell(letter.id, [told.id])


async def test_a_message_leads_to_what_it_set_and_to_what_points_at_it(work: Work) -> None:
    set_by, pointing, *_ = await put(
        work,
        replace(REMINDER, event_id=MESSAGE),
        replace(REMINDER, about_event=MESSAGE),
        REMINDER,
    )
    found = await work.reminders.about(MESSAGE)
    assert {reminder.id for reminder in found} == {set_by.id, pointing.id}


async def test_a_deadline_knows_who_has_done_it(work: Work) -> None:
    deadline = await work.reminders.add(DEADLINE, [CEM, ANN, CEM])
    other = await work.reminders.add(DEADLINE, [ANN])
    await work.reminders.has_done(deadline.id, ANN, after(1))
    assert await work.reminders.people(deadline.id) == [
        Responsible(person=ANN, done_at=after(1)),
        Responsible(person=CEM),
    ]
    assert await work.reminders.people(other.id) == [Responsible(person=ANN)]


async def test_a_deadline_that_begins_anew_is_done_by_nobody(work: Work) -> None:
    deadline = await work.reminders.add(DEADLINE, [ANN, CEM])
    other = await work.reminders.add(DEADLINE, [ANN])
    await work.reminders.has_done(deadline.id, ANN, after(1))
    await work.reminders.has_done(other.id, ANN, after(1))
    await work.reminders.begin_anew(deadline.id)
    assert await work.reminders.people(deadline.id) == [
        Responsible(person=ANN),
        Responsible(person=CEM),
    ]
    assert await work.reminders.people(other.id) == [Responsible(person=ANN, done_at=after(1))]


async def test_what_is_set_aside_is_due_later_unless_somebody_was_faster(work: Work) -> None:
    due, put_off, ended = await put(work, REMINDER, replace(REMINDER, next_at=after(90)), TOLD)
    assert await work.reminders.numbers_due(after(9), 9) == [due.id]
    await work.reminders.set_aside(due.id, after(60))
    await work.reminders.set_aside(put_off.id, after(60))
    await work.reminders.set_aside(ended.id, after(60))
    assert await work.reminders.get(due.id) == replace(due, next_at=after(60), version=2)
    assert await work.reminders.get(put_off.id) == put_off
    assert await work.reminders.get(ended.id) == ended


async def test_nobody_has_to_do_what_is_for_nobody(work: Work) -> None:
    (reminder,) = await put(work, REMINDER)
    assert await work.reminders.people(reminder.id) == []


async def test_changes_are_told_in_their_order(work: Work) -> None:
    first, second = await put(work, REMINDER, REMINDER)
    extended = replace(
        REMINDER_ENTRY,
        reminder_id=first.id,
        # Clocks may jump back: what was written later happened later.
        at=after(-1),
        actor=None,
        event="extended",
        cause=MESSAGE,
        details={"from": "2026-09-30", "reason": "Krank: „Grippe“"},
    )
    await work.reminders.note(REMINDER_ENTRY)
    await work.reminders.note(replace(REMINDER_ENTRY, reminder_id=second.id))
    await work.reminders.note(extended)
    assert await work.reminders.history(first.id, 9) == [REMINDER_ENTRY, extended]
    assert await work.reminders.history(first.id, 1) == [extended]


async def test_a_stripped_history_tells_when_but_not_why(work: Work) -> None:
    first, second = await put(work, REMINDER, REMINDER)
    reasoned = replace(REMINDER_ENTRY, details={"reason": "Krank"})
    of_another = replace(reasoned, reminder_id=second.id)
    await work.reminders.note(reasoned)
    await work.reminders.note(of_another)
    await work.reminders.strip_history(first.id)
    assert await work.reminders.history(first.id, 9) == [REMINDER_ENTRY]
    assert await work.reminders.history(second.id, 9) == [of_another]


async def test_what_nobody_ticked_off_is_done_after_a_while(work: Work) -> None:
    told, *_ = await put(work, TOLD)
    await work.reminders.settle(after(1), after(9))
    assert await kept(work, told) == [
        replace(told, state=ReminderState.DONE, ended_at=after(9), version=2)
    ]


@pytest.mark.parametrize(
    "standing",
    [
        REMINDER,
        replace(TOLD, told_at=after(1)),
        replace(TOLD, next_at=after(60)),
        DONE,
        replace(DONE, state=ReminderState.CANCELLED),
    ],
    ids=["not told", "told just now", "told again later", "done", "cancelled"],
)
async def test_it_is_left_alone_as_long_as_there_is_a_reason(
    work: Work, standing: Reminder
) -> None:
    added = await put(work, standing)
    await work.reminders.settle(after(1), after(9))
    assert await kept(work, *added) == added


async def test_what_ended_long_ago_goes_with_all_that_belongs_to_it(work: Work) -> None:
    gone = await work.reminders.add(DONE, [ANN])
    letter = await work.letters.add(LETTER)
    await work.reminders.note(replace(REMINDER_ENTRY, reminder_id=gone.id))
    await work.reminders.tell(letter.id, [gone.id])
    assert await work.reminders.purge(after(1), 9) == 1
    assert await work.reminders.all_set_by(ANN) == []
    assert await belongings(work, gone) == ([], [], [])


async def test_what_stands_or_ended_lately_stays_with_all_that_belongs_to_it(work: Work) -> None:
    lately = await work.reminders.add(replace(DONE, ended_at=after(1)), [ANN])
    standing = await work.reminders.add(TOLD, [ANN])
    gone = await work.reminders.add(DONE, [ANN])
    assert await work.reminders.purge(after(1), 9) == 1
    assert await work.reminders.all_set_by(ANN) == [lately, standing]
    assert [await belongings(work, one) for one in (lately, standing, gone)] == [
        ([Responsible(person=ANN)], [], []),
        ([Responsible(person=ANN)], [], []),
        ([], [], []),
    ]


async def belongings(
    work: Work, reminder: Reminder
) -> tuple[Sequence[object], Sequence[object], Sequence[object]]:
    """Whatever hangs on it."""
    return (
        await work.reminders.people(reminder.id),
        await work.reminders.history(reminder.id, 9),
        await work.letters.telling(reminder.id, NOON),
    )


async def test_only_so_many_go_at_once_the_longest_ended_first(work: Work) -> None:
    later, _ = await put(work, replace(DONE, ended_at=after(1)), DONE)
    assert await work.reminders.purge(after(9), 1) == 1
    assert await work.reminders.all_set_by(ANN) == [later]
    assert await work.reminders.purge(after(9), 9) == 1
    assert await work.reminders.purge(after(9), 9) == 0


async def test_a_number_is_never_given_twice(work: Work) -> None:
    (gone,) = await put(work, DONE)
    await work.reminders.purge(after(1), 9)
    assert (await work.reminders.add(REMINDER)).id == gone.id + 1
