"""Looks up who is at a meeting, and for which bodies."""

from kaz_bot.domain.committee.attending import Roll, roll_of
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.store import Work


async def roll_at(work: Work, meeting: Meeting) -> Roll:
    """Everybody who was there or excused, by the bodies as they are now.

    Before it begins nobody is missing yet.
    """
    bodies = await work.bodies.of(meeting.room_id) if meeting.began_at is not None else []
    return roll_of(bodies, await work.meetings.attendance(meeting.id))
