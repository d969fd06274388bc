"""Forgets what a person wanted to be reminded of, and what hung on a ticket."""

from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.digest_quotes import about_reminder
from kaz_bot.domain.letters import TAKEN_BACK_WITHIN
from kaz_bot.domain.reminders import Reminder, ReminderEntry
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import TicketId
from kaz_bot.forgetting.letters import take_back
from kaz_bot.messages import UserId
from kaz_bot.store import Work


async def forget_reminders_of(work: Work, user: UserId, at: datetime) -> int:
    """Their own ends without its text, and everything that quotes them loses it; how many ended.

    Their own is what they set for themselves, and whatever they set in their direct chat. Other
    deadlines, and what the room or somebody else is reminded of, are the office's: they stay,
    without the name of whoever set them.
    """
    own = [one for one in await work.reminders.all_set_by(user) if await _is_own(work, one)]
    for reminder in own:
        ended = reminder.cancelled(at) if reminder.open else reminder
        await _erase(work, ended, at)
    for reminder in await work.reminders.quoting(user):
        await _take_text(work, reminder, at)
    return len(own)


async def _is_own(work: Work, reminder: Reminder) -> bool:
    """Nobody else has to do with it."""
    room = await work.rooms.get(reminder.room_id)
    in_direct_chat = room is not None and room.kind is RoomKind.DIRECT
    return in_direct_chat or reminder.target == reminder.owner


async def forget_reminders_on(work: Work, ticket_id: TicketId, at: datetime) -> None:
    """Their texts go with the ticket's; their times stand."""
    for reminder in await work.reminders.of_ticket(ticket_id):
        await _erase(work, reminder, at)


async def forget_reason(work: Work, entry: ReminderEntry, at: datetime) -> None:
    """Why it was put off leaves the history, and the messages that said so; the new date stands."""
    told = {name: fact for name, fact in entry.details.items() if name != "reason"}
    await work.reminders.amend(replace(entry, details=told))
    for letter in await work.letters.telling(entry.reminder_id, entry.at):
        # They were written in the same moment, and any may quote it.
        if letter.written_at == entry.at:
            await take_back(work, letter, at)


async def _erase(work: Work, reminder: Reminder, at: datetime) -> None:
    await work.reminders.strip_history(reminder.id)
    await _take_text(work, reminder, at)


async def _take_text(work: Work, reminder: Reminder, at: datetime) -> None:
    await work.reminders.save(reminder.erased(at))
    since = at - TAKEN_BACK_WITHIN
    quoting = await work.subjects.telling(about_reminder(reminder.id), since)
    for letter in [*await work.letters.telling(reminder.id, since), *quoting]:
        await take_back(work, letter, at)
