"""Takes the words of a message that was taken back out of meetings and their agendas."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.item_events import subject_of
from kaz_bot.domain.committee.meeting_events import (
    MeetingCancelled,
    MeetingMoved,
    MeetingWordsErased,
    ResultNoted,
    Worded,
)
from kaz_bot.domain.committee.meetings import (
    AgendaItem,
    ItemId,
    ItemResult,
    Meeting,
    MeetingState,
)
from kaz_bot.domain.committee.numbers import MeetingId, Series, pattern_of
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.messages import Redacted
from kaz_bot.store import Work

_NUMBER = pattern_of(Series.MEETING)
# So many changes of one meeting are looked through.
_MANY = 10_000


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[MeetingWordsErased]:
    """Where it is and what it is called, what is on the agenda, what came out. Once the minutes
    are approved, they stay: they are a record."""
    gone = []
    for meeting in await work.meetings.called_by(redaction.target):
        gone += await _without_words(work, meeting, redaction, now)
    gone += await _without_text(work, redaction, now)
    for entry in await work.committee_trail.caused_by(redaction.target):
        number = _NUMBER.fullmatch(entry.subject)
        if number is not None:
            meeting = await work.meetings.get(MeetingId(int(number["number"])))
            gone += await _without_change(work, meeting, entry, redaction, now)
    return gone


async def _without_change(
    work: Work, meeting: Meeting, entry: CommitteeEntry, redaction: Redacted, now: datetime
) -> list[MeetingWordsErased]:
    """What a message said about a meeting that another had called."""
    # A room has no say in what was said in another.
    if redaction.room_id != meeting.room_id:
        return []
    if entry.event == MeetingMoved.word and entry.details.get("worded"):
        return await _without_words(work, meeting, redaction, now)
    if entry.event == MeetingCancelled.word and entry.details.get("reason"):
        # Why it was cancelled stands in the messages alone.
        return [_gone(meeting, Worded.CANCELLATION, entry.at, redaction, now)]
    if entry.event == ResultNoted.word:
        return await _without_result(work, meeting, entry, redaction, now)
    return []


async def _without_words(
    work: Work, meeting: Meeting, redaction: Redacted, now: datetime
) -> list[MeetingWordsErased]:
    """Without its place and its title, unless a later message has said others."""
    entries = await work.committee_trail.of(meeting.subject, _MANY)
    worded = [entry.cause for entry in entries if entry.details.get("worded")]
    latest = not worded or worded[-1] == redaction.target
    if redaction.room_id != meeting.room_id or not (meeting.place or meeting.title):
        return []
    if latest and not _is_record(meeting):
        await work.meetings.save(replace(meeting.without_words(), changed_at=now))
    return [_gone(meeting, Worded.MEETING, meeting.set_at, redaction, now)] if latest else []


async def _without_text(work: Work, redaction: Redacted, now: datetime) -> list[MeetingWordsErased]:
    """An item without its text, also where it was carried over to another meeting."""
    items = await work.meetings.items_by(redaction.target)
    theirs = [item for item in items if item.text and item.room_id == redaction.room_id]
    meetings = {
        item.id: await work.meetings.get(item.meeting_id) for item in theirs if item.meeting_id
    }
    kept = [item for item in theirs if item.id in meetings and _is_record(meetings[item.id])]
    for item in theirs:
        if item not in kept:
            await work.meetings.save_item(replace(item, text=""))
    if not theirs:
        return []
    subjects = [*(one.subject for one in meetings.values()), *map(subject_of, theirs)]
    return [
        MeetingWordsErased(
            redaction.room_id,
            tuple(dict.fromkeys(subjects)),
            worded=Worded.ITEM,
            since=min(item.added_at for item in theirs),
            kept=bool(kept),
            by=redaction.sender,
            at=now,
        )
    ]


async def _without_result(
    work: Work, meeting: Meeting, entry: CommitteeEntry, redaction: Redacted, now: datetime
) -> list[MeetingWordsErased]:
    """Without what was said beside the result, unless a later message has said something else."""
    item = await work.meetings.item(ItemId(int(entry.details["item"])))
    if item is None or not item.result_text:
        return []
    entries = await work.committee_trail.of(meeting.subject, _MANY)
    results = [one for one in entries if one.event == ResultNoted.word]
    same = [one.cause for one in results if one.details.get("item") == entry.details["item"]]
    if same[-1] != redaction.target:
        return []
    if not _is_record(meeting):
        await work.meetings.save_item(_without_words_of_result(item))
    return [_gone(meeting, Worded.RESULT, entry.at, redaction, now)]


def _without_words_of_result(item: AgendaItem) -> AgendaItem:
    words_only = item.result is ItemResult.TEXT
    return item.with_result(ItemResult.NONE if words_only else item.result)


def _is_record(meeting: Meeting) -> bool:
    return meeting.state is MeetingState.APPROVED


def _gone(
    meeting: Meeting, worded: Worded, since: datetime, redaction: Redacted, now: datetime
) -> MeetingWordsErased:
    return MeetingWordsErased(
        meeting.room_id,
        (meeting.subject,),
        worded=worded,
        since=since,
        kept=_is_record(meeting),
        by=redaction.sender,
        at=now,
    )
