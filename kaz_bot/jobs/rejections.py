"""Tells the operators about letters the homeserver will never take."""

from collections.abc import Sequence
from datetime import datetime

from kaz_bot.domain.events import DeskEvent, LettersRejected
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.store import Work

# More examples than this help nobody; the log has them all.
_EXAMPLES = 3


async def rejections(work: Work, now: datetime) -> Sequence[DeskEvent]:
    """One message for all that were rejected since the last; not about the admin room's own."""
    rejected = await work.letters.rejected_unreported()
    if not rejected:
        return []
    await work.letters.reported([letter.id for letter in rejected])
    own = {room.room_id for room in await work.rooms.of_kind(RoomKind.ADMIN)}
    told = [letter for letter in rejected if letter.room_id not in own]
    if not told:
        return []
    problems = dict.fromkeys(letter.problem for letter in told)
    tickets = dict.fromkeys(letter.ticket_id for letter in told if letter.ticket_id is not None)
    return [
        LettersRejected(
            count=len(told),
            problems=tuple(problems)[:_EXAMPLES],
            tickets=tuple(tickets)[:_EXAMPLES],
            at=now,
        )
    ]
