"""Keeps what happened to the records of the committee, row by row."""

from sqlalchemy import String, func, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import CommitteeEntry, Course
from kaz_bot.messages import EventId, UserId
from kaz_bot.store.rows import columns_for, row_of
from kaz_bot.store.tables_of_committee import committee_trail

_COLUMNS = columns_for(CommitteeEntry, committee_trail)
# So many entries tell how something began; the rest of a long course is what came lately.
_BEGINNING = 5


class CommitteeTrail:
    """The audit trail of papers, decisions, tasks and meetings; only ever added to,
    and amended when somebody takes back what they said."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: CommitteeEntry) -> None:
        """Write down what happened."""
        await self._connection.execute(insert(committee_trail), row_of(entry))

    async def of(self, subject: Subject, limit: int) -> list[CommitteeEntry]:
        """What happened to it lately, in its order."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(committee_trail.c.subject == subject)
            .order_by(committee_trail.c.id.desc())
            .limit(limit)
        )
        return [CommitteeEntry(**row._mapping) for row in reversed(found.all())]

    async def course(self, subject: Subject, limit: int) -> Course:
        """How it began, and what happened lately; so many entries together."""
        lately = await self.of(subject, limit)
        known = await self._connection.scalar(
            select(func.count())
            .select_from(committee_trail)
            .where(committee_trail.c.subject == subject)
        )
        if not known or known <= limit:
            return Course(entries=tuple(lately))
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(committee_trail.c.subject == subject)
            .order_by(committee_trail.c.id)
            .limit(_BEGINNING)
        )
        first = [CommitteeEntry(**row._mapping) for row in found]
        return Course(
            entries=(*first, *lately[_BEGINNING:]), beginning=_BEGINNING, left_out=known - limit
        )

    async def caused_by(self, cause: EventId) -> list[CommitteeEntry]:
        """What happened because of a message."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(committee_trail.c.cause == cause).order_by(committee_trail.c.id)
        )
        return [CommitteeEntry(**row._mapping) for row in found]

    async def done_by(self, actor: UserId, subject: Subject, event: str) -> list[CommitteeEntry]:
        """What somebody did to a record in this way, in its order."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(
                committee_trail.c.actor == actor,
                committee_trail.c.subject == subject,
                committee_trail.c.event == event,
            )
            .order_by(committee_trail.c.id)
        )
        return [CommitteeEntry(**row._mapping) for row in found]

    async def by(self, actor: UserId) -> list[CommitteeEntry]:
        """All that somebody did."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(committee_trail.c.actor == actor).order_by(committee_trail.c.id)
        )
        return [CommitteeEntry(**row._mapping) for row in found]

    async def pseudonymise(self, user: UserId, as_: UserId) -> None:
        """Where the details name `user`, they name `as_` from now on."""
        # The details are few and short, and erasing is rare: no index is kept for it.
        named = await self._connection.execute(
            select(committee_trail.c.id, committee_trail.c.details).where(
                type_coerce(committee_trail.c.details, String).contains(user, autoescape=True)
            )
        )
        for row_id, details in named.all():
            renamed = {name: fact.replace(user, as_) for name, fact in details.items()}
            await self._connection.execute(
                update(committee_trail)
                .where(committee_trail.c.id == row_id)
                .values(details=renamed)
            )

    async def amend(self, entry: CommitteeEntry) -> None:
        """Its details are others from now on: a reason that was taken back is gone."""
        await self._connection.execute(
            update(committee_trail)
            .where(
                committee_trail.c.subject == entry.subject,
                committee_trail.c.cause == entry.cause,
                committee_trail.c.event == entry.event,
            )
            .values(details=dict(entry.details))
        )
