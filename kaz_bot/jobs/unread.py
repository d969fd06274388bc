"""Asks the senders of messages whose key has not come, once, to send them again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from kaz_bot.domain.events import DeskEvent, KeyMissing
from kaz_bot.messages import RoomId, Undecryptable, UserId
from kaz_bot.store import Work

# Undecryptable messages are kept no longer than this (data minimisation).
KEPT_FOR = timedelta(days=7)


class Unread:
    """The duty, with its patience."""

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """One request per person and room, however many of their messages cannot be read."""
        unread = await work.undecrypted.unasked(now - self._patience)
        await work.undecrypted.asked([message.event_id for message in unread], now)
        return [
            KeyMissing(
                room_id=room_id,
                sender=sender,
                events=tuple(message.event_id for message in messages),
                at=now,
            )
            for (room_id, sender), messages in groupby(sorted(unread, key=_whose), key=_whose)
        ]


def _whose(message: Undecryptable) -> tuple[RoomId, UserId]:
    return message.room_id, message.sender
