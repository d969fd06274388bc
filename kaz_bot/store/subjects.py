"""Knows which letters tell of which records of the committee."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, and_, exists, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.digest_quotes import quoting
from kaz_bot.domain.letters import LetterKind, Place, StoredLetter
from kaz_bot.messages import EventId, LetterId
from kaz_bot.store.rows import columns_for
from kaz_bot.store.tables import letters
from kaz_bot.store.tables_of_committee import subject_letters


class Subjects:
    """What reactions and replies on the bot's messages are meant for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tell(self, letter_id: LetterId, of: Iterable[Subject]) -> None:
        """Note of which records a letter tells."""
        rows = [{"letter_id": letter_id, "subject": one} for one in dict.fromkeys(of)]
        if rows:
            await self._connection.execute(insert(subject_letters), rows)

    async def at(self, event_id: EventId) -> list[Subject]:
        """What a message of the bot tells of, in the order of their names."""
        found = await self._connection.scalars(
            select(subject_letters.c.subject)
            .join(letters, letters.c.id == subject_letters.c.letter_id)
            .where(letters.c.event_id == event_id)
            .order_by(subject_letters.c.subject)
        )
        return [Subject(subject) for subject in found]

    async def letters(
        self, subject: Subject, *, template: str, kind: LetterKind = LetterKind.MESSAGE
    ) -> list[StoredLetter]:
        """The letters by this template that tell of it, the oldest first."""
        found = await self._connection.execute(
            select(*columns_for(StoredLetter, letters))
            .join(subject_letters, subject_letters.c.letter_id == letters.c.id)
            .where(
                subject_letters.c.subject == subject,
                letters.c.template == template,
                letters.c.kind == kind,
            )
            .order_by(letters.c.id)
        )
        return [StoredLetter(**row._mapping) for row in found]

    async def telling(self, subject: Subject, since: datetime) -> list[StoredLetter]:
        """The letters that tell of it, or repeat its words, written since then, with their edits,
        the oldest first."""
        return await self._with_edits(
            select(subject_letters.c.letter_id)
            .join(letters, letters.c.id == subject_letters.c.letter_id)
            .where(
                subject_letters.c.subject.in_((subject, quoting(subject))),
                letters.c.written_at >= since,
            )
        )

    async def telling_alone(self, subject: Subject) -> list[StoredLetter]:
        """The letters that tell of it and of nothing else, with their edits, the oldest first."""
        others = subject_letters.alias()
        of_others = exists().where(
            others.c.letter_id == subject_letters.c.letter_id, others.c.subject != subject
        )
        return await self._with_edits(
            select(subject_letters.c.letter_id).where(
                subject_letters.c.subject == subject, ~of_others
            )
        )

    async def _with_edits(self, numbers: Select[tuple[int]]) -> list[StoredLetter]:
        told = list(await self._connection.scalars(numbers))
        places = [Place(letter=LetterId(number)) for number in told]
        edits = and_(letters.c.kind == LetterKind.EDIT, letters.c.target.in_(places))
        found = await self._connection.execute(
            select(*columns_for(StoredLetter, letters))
            .where(or_(letters.c.id.in_(told), edits))
            .order_by(letters.c.id)
        )
        return [StoredLetter(**row._mapping) for row in found]
