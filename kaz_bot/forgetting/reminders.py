"""Forgets what a person wanted to be reminded of, and what hung on a ticket."""

from datetime import datetime

from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import TicketId
from kaz_bot.forgetting.letters import take_back
from kaz_bot.messages import UserId
from kaz_bot.store import Work


async def forget_reminders_of(work: Work, user: UserId, at: datetime) -> int:
    """Their own reminders end without their text; how many that were.

    Deadlines, and what the room or somebody else is reminded of, are the office's: they stay,
    without the name of whoever set them.
    """
    own = [one for one in await work.reminders.all_set_by(user) if one.target == user]
    for reminder in own:
        ended = reminder.cancelled(at) if reminder.open else reminder
        await _erase(work, ended, at)
    return len(own)


async def forget_reminders_on(work: Work, ticket_id: TicketId, at: datetime) -> None:
    """Their texts go with the ticket's; their times stand."""
    for reminder in await work.reminders.of_ticket(ticket_id):
        await _erase(work, reminder, at)


async def _erase(work: Work, reminder: Reminder, at: datetime) -> None:
    await work.reminders.save(reminder.erased(at))
    await work.reminders.strip_history(reminder.id)
    for letter in await work.reminders.letters_of(reminder.id):
        await take_back(work, await work.letters.get(letter), at)
