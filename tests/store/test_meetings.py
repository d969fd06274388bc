"""Meetings, their agendas and attendance, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.committee.meetings import (
    AgendaItem,
    Attendance,
    ItemId,
    ItemResult,
    Meeting,
    MeetingNotFound,
    MeetingState,
    Presence,
)
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, NOON, after

COMMITTEE, OTHER = RoomId("!committee:kaz.test"), RoomId("!other:kaz.test")
MEETING = Meeting(
    id=MeetingId(0),
    room_id=COMMITTEE,
    starts_at=NOON + timedelta(days=14),
    zone="Europe/Berlin",
    place="Rathaus",
    owner=ANN,
    event_id=EventId("$called"),
    next_at=NOON + timedelta(days=13),
    set_at=NOON,
    changed_at=NOON,
)
ITEM = AgendaItem(
    id=ItemId(0), room_id=COMMITTEE, text="Bericht", by=ANN, event_id=EventId("$top"), added_at=NOON
)


async def add(work: Work, **changes: object) -> Meeting:
    return await work.meetings.add(replace(MEETING, **changes))  # type: ignore[arg-type]  # by name


async def test_a_meeting_comes_back_as_it_was(work: Work) -> None:
    added = await add(work, title="Klausur", sealed=True)
    assert await work.meetings.get(added.id) == added


async def test_a_meeting_that_is_not_there_is_not_found(work: Work) -> None:
    with pytest.raises(MeetingNotFound):
        await work.meetings.get(MeetingId(7))
    with pytest.raises(MeetingNotFound):
        await work.meetings.get(MeetingId(10**18))


async def test_who_saves_an_old_version_is_told(work: Work) -> None:
    added = await add(work)
    await work.meetings.save(replace(added, place="Schloss"))
    with pytest.raises(StaleRecord):
        await work.meetings.save(added)


async def test_the_one_that_runs_comes_before_the_one_that_is_planned(work: Work) -> None:
    planned = await add(work)
    later = await add(work, starts_at=NOON + timedelta(days=30))
    await add(work, outside=True, starts_at=NOON + timedelta(days=1))
    await add(work, room_id=OTHER, starts_at=NOON + timedelta(days=1))
    assert await work.meetings.next_in(COMMITTEE, NOON) == planned
    running = await work.meetings.save(replace(later, state=MeetingState.RUNNING))
    assert await work.meetings.next_in(COMMITTEE, NOON) == running


async def test_one_that_was_forgotten_is_not_the_next(work: Work) -> None:
    await add(work, starts_at=NOON - timedelta(days=3))
    planned = await add(work)
    assert await work.meetings.next_in(COMMITTEE, NOON - timedelta(days=1)) == planned
    assert await work.meetings.planned_after(COMMITTEE, planned.starts_at) is None


async def test_the_latest_that_ran_is_the_last(work: Work) -> None:
    await add(work, state=MeetingState.ENDED, began_at=after(1))
    last = await add(work, state=MeetingState.ENDED, began_at=after(2))
    await add(work)
    assert await work.meetings.last_in(COMMITTEE) == last


async def test_time_looks_at_those_that_are_due(work: Work) -> None:
    due = await add(work, next_at=after(1))
    await add(work, next_at=after(3))
    await add(work, next_at=None)
    assert await work.meetings.due(after(2), 10) == [due]
    assert await work.meetings.numbers_due(after(2), 10) == [due.id]
    await work.meetings.set_aside(due.id, after(5))
    assert await work.meetings.numbers_due(after(2), 10) == []


async def test_all_of_a_room_are_in_its_calendar_since_a_day(work: Work) -> None:
    await add(work, starts_at=NOON - timedelta(days=400))
    cancelled = await add(work, state=MeetingState.CANCELLED)
    session = await add(work, outside=True)
    await add(work, room_id=OTHER)
    assert await work.meetings.since(COMMITTEE, NOON) == [cancelled, session]
    assert await work.meetings.planned_in(COMMITTEE, 10) == [
        await work.meetings.get(MeetingId(1)),
        session,
    ]


async def test_an_agenda_is_in_the_order_of_its_places(work: Work) -> None:
    meeting = await add(work)
    second = await work.meetings.add_item(ITEM.on(meeting.id, 2))
    first = await work.meetings.add_item(ITEM.on(meeting.id, 1))
    waiting = await work.meetings.add_item(ITEM)
    assert await work.meetings.agenda(meeting.id) == [first, second]
    assert await work.meetings.waiting_in(COMMITTEE) == [waiting]
    assert await work.meetings.items_by(EventId("$top")) == [second, first, waiting]


async def test_an_item_keeps_its_result(work: Work) -> None:
    added = await work.meetings.add_item(ITEM)
    saved = await work.meetings.save_item(added.with_result(ItemResult.NOTED, "im Mai wieder"))
    assert await work.meetings.item(added.id) == saved
    with pytest.raises(StaleRecord):
        await work.meetings.save_item(added)


async def test_a_removed_item_is_gone(work: Work) -> None:
    added = await work.meetings.add_item(ITEM)
    await work.meetings.remove_item(added)
    assert await work.meetings.item(added.id) is None


async def test_the_last_word_about_being_there_counts(work: Work) -> None:
    meeting = await add(work)
    said = Attendance(
        meeting_id=meeting.id, person=ANN, presence=Presence.EXCUSED, noted_at=after(1)
    )
    there = replace(said, presence=Presence.PRESENT, noted_at=after(2))
    also = replace(said, person=BEK, noted_at=after(3))
    await work.meetings.attend(said)
    await work.meetings.attend(also)
    await work.meetings.attend(there)
    assert await work.meetings.attendance(meeting.id) == [there, also]


async def test_what_a_message_called_is_found_by_it(work: Work) -> None:
    called = await add(work)
    assert await work.meetings.called_by(EventId("$called")) == [called]


async def test_approved_minutes_are_kept_as_they_were(work: Work) -> None:
    meeting = await add(work)
    assert await work.minutes.of(meeting.id) is None
    await work.minutes.add(meeting.id, b'{"title": "Ergebnisprotokoll"}')
    assert await work.minutes.of(meeting.id) == b'{"title": "Ergebnisprotokoll"}'
