"""Takes back a letter, whether it was sent or is still on its way."""

from datetime import datetime

from kaz_bot.domain.letters import LetterKind, LetterState, StoredLetter
from kaz_bot.store import Work


async def take_back(work: Work, letter: StoredLetter, at: datetime) -> None:
    """Cancelled here and redacted there; twice changes nothing."""
    await work.letters.cancel(letter.id)
    # Who has no direct chat yet was sent nothing that could be taken back.
    if letter.state in {LetterState.QUEUED, LetterState.SENT} and letter.room_id is not None:
        # A queued letter may be on its way at this moment; its redaction waits behind it.
        await work.letters.add(letter.about(LetterKind.REDACTION, {}, at))
