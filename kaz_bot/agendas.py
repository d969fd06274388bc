"""Keeps agendas in step with the papers on them: where each is talked about, what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.domain.committee.agenda_items import MOST_ITEMS, AgendaFull
from kaz_bot.domain.committee.ballots import Ballot, Manner
from kaz_bot.domain.committee.meetings import (
    FORGOTTEN_AFTER,
    AgendaItem,
    ItemId,
    ItemResult,
    Meeting,
    MeetingState,
)
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store import Work

# As long as nobody has approved the minutes, something may still come out.
_UNSETTLED = frozenset({MeetingState.PLANNED, MeetingState.RUNNING, MeetingState.ENDED})


async def put_on_agenda(
    work: Work,
    paper: Paper,
    *,
    by: UserId,
    event_id: EventId,
    now: datetime,
    notice: timedelta,
) -> AgendaItem:
    """The item of the meeting that runs or comes next; without one it waits for the next.

    An item on which nothing has come out yet is used again.
    """
    standing = await _open_item(work, await work.meetings.items_on(paper.id))
    if standing is not None:
        return standing
    blank = AgendaItem(
        id=ItemId(0),
        room_id=paper.room_id,
        paper_id=paper.id,
        by=by,
        event_id=event_id,
        added_at=now,
    )
    return await add_item(work, blank, await next_meeting(work, paper.room_id, now), notice)


async def next_meeting(work: Work, room_id: RoomId, now: datetime) -> Meeting | None:
    """The one that runs, or the next one; not one that was forgotten."""
    return await work.meetings.next_in(room_id, now - FORGOTTEN_AFTER)


async def add_item(
    work: Work, blank: AgendaItem, meeting: Meeting | None, notice: timedelta
) -> AgendaItem:
    """At the end of the agenda of that meeting, or of what waits for one. Raises AgendaFull."""
    if meeting is None:
        if len(await work.meetings.waiting_in(blank.room_id)) >= MOST_ITEMS:
            raise AgendaFull(meeting=None, limit=MOST_ITEMS)
        return await work.meetings.add_item(blank)
    listed = await work.meetings.agenda(meeting.id)
    if len(listed) >= MOST_ITEMS:
        raise AgendaFull(meeting=meeting, limit=MOST_ITEMS)
    tabled = blank.added_at > meeting.closes_at(notice)
    placed = replace(blank.on(meeting.id, len(listed) + 1), tabled=tabled)
    return await work.meetings.add_item(placed)


async def _open_item(work: Work, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The latest one on which something may still come out."""
    for item in reversed(items):
        if item.open and (item.meeting_id is None or await _is_unsettled(work, item)):
            return item
    return None


async def _is_unsettled(work: Work, item: AgendaItem) -> bool:
    assert item.meeting_id is not None
    return (await work.meetings.get(item.meeting_id)).state in _UNSETTLED


async def meeting_of(work: Work, paper: Paper, ballot: Ballot) -> Meeting | None:
    """In which the ballot is voted: the one that ran when it was opened, however late it is
    closed; otherwise the one that runs, if the paper is on its agenda."""
    if ballot.manner is not Manner.MEETING:
        return None
    ran = await work.meetings.running_at(paper.room_id, ballot.opened_at)
    if ran is not None:
        return ran
    running = await work.meetings.running_in(paper.room_id)
    items = await work.meetings.items_on(paper.id)
    listed = running is not None and any(item.meeting_id == running.id for item in items)
    return running if listed else None


async def note_outcome(
    work: Work, paper: Paper, result: ItemResult, text: str = "", *, voted_in: Meeting | None = None
) -> AgendaItem | None:
    """What became of the paper, on the item of the meeting in which it was voted on, or of the one
    that runs, otherwise on the latest one that is open; nothing when it is on no agenda.

    What is adjourned in a meeting waits for the next one. What only waits for a meeting, and is
    settled without, need not be talked about any more.
    """
    items = await work.meetings.items_on(paper.id)
    here = voted_in if voted_in is not None and voted_in.state in _UNSETTLED else None
    here = here or await work.meetings.running_in(paper.room_id)
    item = await _item_here(work, here, paper, items) if here is not None else None
    item = item or await _open_item(work, items)
    if item is None:
        return None
    if item.meeting_id is None:
        if not paper.open:
            await work.meetings.remove_item(item)
        return None
    meeting = await work.meetings.get(item.meeting_id)
    if result is ItemResult.ADJOURNED and meeting.state is MeetingState.PLANNED:
        # Nobody has met yet: it is still to be talked about.
        return item
    return await settle(work, item, meeting, result, text)


async def _item_here(
    work: Work, running: Meeting, paper: Paper, items: Sequence[AgendaItem]
) -> AgendaItem | None:
    """The paper's item in the meeting that runs; what is voted on there comes on its agenda."""
    here = [item for item in items if item.meeting_id == running.id]
    if here:
        return here[-1]
    ballot = await work.ballots.latest_of(paper.id)
    began = running.began_at or running.starts_at
    if ballot is None or ballot.manner is not Manner.MEETING or ballot.opened_at < began:
        return None
    place = len(await work.meetings.agenda(running.id)) + 1
    standing = await _open_item(work, items)
    if standing is not None:
        moved = await work.meetings.save_item(standing.on(running.id, place))
        await _close_gaps(work, standing)
        return moved
    blank = AgendaItem(
        id=ItemId(0),
        room_id=paper.room_id,
        paper_id=paper.id,
        tabled=True,
        by=ballot.opened_by,
        event_id=ballot.event_id,
        added_at=ballot.opened_at,
    )
    return await work.meetings.add_item(blank.on(running.id, place))


async def settle(
    work: Work, item: AgendaItem, meeting: Meeting, result: ItemResult, text: str
) -> AgendaItem:
    """The item with its result. What is adjourned goes to the next meeting, anything else does not
    stand there."""
    saved = await work.meetings.save_item(item.with_result(result, text))
    later = await _carried(work, saved)
    if result is not ItemResult.ADJOURNED:
        if later is not None and meeting.state is not MeetingState.PLANNED:
            await work.meetings.remove_item(later)
            await _close_gaps(work, later)
    elif later is None:
        await carry_over(work, saved, meeting)
    return saved


async def _carried(work: Work, item: AgendaItem) -> AgendaItem | None:
    """The item by which this one was carried over to a later meeting: from the same message."""
    same = [one for one in await work.meetings.items_by(item.event_id) if _same(one, item)]
    return same[-1] if same and same[-1].open else None


def _same(one: AgendaItem, item: AgendaItem) -> bool:
    about = (one.paper_id, one.task_id, one.text) == (item.paper_id, item.task_id, item.text)
    return about and one.id > item.id


async def carry_over(work: Work, item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """The same item for the meeting after that one, where nothing has come out yet."""
    blank = replace(item.waiting(), id=ItemId(0), version=1).with_result(ItemResult.NONE)
    following = await work.meetings.planned_after(meeting.room_id, meeting.starts_at)
    if following is None:
        return await work.meetings.add_item(blank)
    place = len(await work.meetings.agenda(following.id)) + 1
    return await work.meetings.add_item(blank.on(following.id, place))


async def gather(work: Work, meeting: Meeting) -> None:
    """What has waited is talked about in this meeting, unless it was settled meanwhile."""
    waiting = await work.meetings.waiting_in(meeting.room_id)
    papers = await work.papers.many(item.paper_id for item in waiting if item.paper_id)
    place = len(await work.meetings.agenda(meeting.id))
    for item in waiting:
        if item.paper_id is not None and not papers[item.paper_id].open:
            await work.meetings.remove_item(item)
        elif place < MOST_ITEMS:
            place += 1
            await work.meetings.save_item(item.on(meeting.id, place))


async def table_anew(work: Work, meeting: Meeting, notice: timedelta) -> None:
    """What came too late for its date as it is now is tabled, and nothing else."""
    for item in await work.meetings.agenda(meeting.id):
        tabled = item.added_at > meeting.closes_at(notice)
        if item.tabled != tabled:
            await work.meetings.save_item(replace(item, tabled=tabled))


async def let_go(work: Work, meeting: Meeting, now: datetime) -> int:
    """What was to be talked about waits for the next meeting; how many items that are."""
    items = [item for item in await work.meetings.agenda(meeting.id) if item.open]
    for item in items:
        await work.meetings.save_item(item.waiting())
    room, later = meeting.room_id, max(meeting.starts_at, now)
    following = await work.meetings.planned_after(room, later)
    following = following or await work.meetings.planned_after(room, now)
    if following is not None:
        await gather(work, following)
    return len(items)


async def remove(work: Work, item: AgendaItem) -> None:
    """Off the agenda; those behind it move up."""
    await work.meetings.remove_item(item)
    await _close_gaps(work, item)


async def _close_gaps(work: Work, gone: AgendaItem) -> None:
    if gone.meeting_id is not None:
        await put_in_order(work, await work.meetings.agenda(gone.meeting_id))


async def put_in_order(work: Work, items: Iterable[AgendaItem]) -> None:
    """The items get the places in which they are given."""
    for place, item in enumerate(items, start=1):
        if item.place != place:
            await work.meetings.save_item(replace(item, place=place))
