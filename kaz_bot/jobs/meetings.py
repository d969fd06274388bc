"""Reminds people of a meeting the working day before, and asks about one that was forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.context import Desk
from kaz_bot.domain.committee.meeting_events import (
    MeetingAnnounced,
    MeetingForgotten,
    MeetingHappened,
)
from kaz_bot.domain.committee.meetings import Meeting, MeetingState
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.domain.events import DeskEvent
from kaz_bot.rights import chairs
from kaz_bot.store import Work

# More would keep others from the database for too long; the next tick takes the next ones.
AT_ONCE = 100
# The clock ticks each second, and a busy machine may miss some: that is not late yet.
GRACE = timedelta(minutes=2)
_AGAIN_AFTER = timedelta(days=1)


class MeetingDuty:
    """The duty, at a desk that knows who leads a committee."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._working = desk.settings.working_time

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """See to each meeting whose time has come."""
        return [
            event
            for meeting in await work.meetings.due(now, AT_ONCE)
            for event in await self._see_to(work, meeting, now)
        ]

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """Of what is to be seen to."""
        return await work.meetings.numbers_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """See to this one, unless somebody has moved or cancelled it."""
        meeting = await work.meetings.get(MeetingId(number))
        awaited = meeting.next_at is not None and meeting.next_at <= now
        return await self._see_to(work, meeting, now) if awaited else []

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.meetings.set_aside(MeetingId(number), until)

    async def _see_to(self, work: Work, meeting: Meeting, now: datetime) -> list[MeetingHappened]:
        if self._desk.rooms.get(meeting.room_id) is None:
            # Nobody is there to be told; perhaps the bot is let in again.
            await work.meetings.set_aside(meeting.id, now + _AGAIN_AFTER)
            return []
        if meeting.state is MeetingState.PLANNED and now < meeting.starts_at:
            return await self._announce(work, meeting, now)
        if meeting.outside and now >= meeting.ends_at:
            await work.meetings.save(meeting.over(now))
            return []
        missed_at = meeting.ends_at if meeting.outside else meeting.missed_at(self._working)
        if now < missed_at and meeting.state is MeetingState.PLANNED:
            # The bot was away when people should have been told, and now they are meeting.
            await work.meetings.save(replace(meeting, next_at=missed_at))
            return []
        saved = await work.meetings.save(replace(meeting, next_at=None))
        state = self._desk.rooms.get(meeting.room_id)
        asked = chairs(state, self._desk.settings) if state else ()
        agenda = await agenda_of(work, saved)
        return [MeetingForgotten(saved, agenda, chairs=asked, by=None, at=now)]

    async def _announce(self, work: Work, meeting: Meeting, now: datetime) -> list[MeetingHappened]:
        """Late, nobody is disturbed before the desk opens, if the meeting is after that."""
        due = meeting.announced_at(self._working) or meeting.starts_at
        late = now - due > GRACE
        opening = self._working.next_opening(now)
        if late and now < opening < meeting.starts_at:
            await work.meetings.save(replace(meeting, next_at=opening))
            return []
        after = meeting.ends_at if meeting.outside else meeting.missed_at(self._working)
        saved = await work.meetings.save(replace(meeting, next_at=after))
        agenda = await agenda_of(work, saved)
        return [MeetingAnnounced(saved, agenda, due=due, late=late, by=None, at=now)]
