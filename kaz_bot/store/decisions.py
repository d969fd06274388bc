"""Keeps the register of decisions: added to, never changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Row, Select, String, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.chain import Link, linked
from kaz_bot.domain.committee.contents import NoDecision, canonical, read
from kaz_bot.domain.committee.decisions import Decision, DecisionNotFound, Entry
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.words import folded
from kaz_bot.errors import DatabaseError, StaleRecord
from kaz_bot.messages import RoomId
from kaz_bot.store.rows import insert_into
from kaz_bot.store.tables_of_committee import decisions, papers

_LARGEST_NUMBER = 2**31 - 1
# When it was decided stands in the content, whatever became of its column.
_ENTRY = [column for column in decisions.c if column is not decisions.c.decided_at]
# SQLite keeps whatever somebody puts there: it is read as it is, and not as a time.
_KEPT = [*_ENTRY, type_coerce(decisions.c.decided_at, String).label("decided_at")]


class Decisions:
    """The register."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enter(self, decision: Decision) -> Decision:
        """With the next number of its year, at the end of the chain.

        Raises StaleRecord when another was entered meanwhile, so that no number is left out.
        """
        year = decision.number.year
        highest = await self._connection.scalar(
            select(func.max(decisions.c.number)).where(decisions.c.year == year)
        )
        numbered = replace(decision, number=DecisionNumber(year, (highest or 0) + 1))
        place, digest = await self._end()
        entered = linked(numbered, place=place + 1, previous=digest)
        adding = insert_into(self._connection, decisions).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(decisions.c.place), _row(entered))
        if added.one_or_none() is None:
            raise StaleRecord(f"decision {entered.number}")
        return entered

    async def _end(self) -> tuple[int, str]:
        # Whatever became of the last one's content: the chain goes on behind it.
        found = await self._connection.execute(
            select(decisions.c.place, decisions.c.digest)
            .order_by(decisions.c.place.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return (row.place, row.digest) if row is not None else (0, "")

    async def get(self, number: DecisionNumber) -> Entry:
        """Raises DecisionNotFound."""
        if number.number <= _LARGEST_NUMBER:
            found = await self._connection.execute(
                select(*_ENTRY).where(
                    decisions.c.year == number.year, decisions.c.number == number.number
                )
            )
            row = found.one_or_none()
            if row is not None:
                return _entry(row)
        raise DecisionNotFound(number=str(number))

    async def all(self, room_id: RoomId | None = None, *, published: bool = False) -> list[Entry]:
        """The whole register, or that of one committee, in the order of the chain."""
        query = select(*_ENTRY).where(*_readable(room_id, published=published))
        return await self._listed(query.order_by(decisions.c.place))

    async def of_year(
        self, year: int, *, room_id: RoomId | None = None, published: bool = False
    ) -> list[Entry]:
        """The decisions of a year, in their order."""
        query = select(*_ENTRY).where(*_readable(room_id, published=published))
        return await self._listed(
            query.where(decisions.c.year == year).order_by(decisions.c.number)
        )

    async def latest(
        self, limit: int, *, room_id: RoomId | None = None, published: bool = False
    ) -> list[Entry]:
        """The last ones, the newest first."""
        query = select(*_ENTRY).where(*_readable(room_id, published=published))
        return await self._listed(query.order_by(decisions.c.place.desc()).limit(limit))

    async def published_between(self, since: datetime, until: datetime) -> list[Entry]:
        """What others could first read from after `since` to `until`, in the order of the chain."""
        return await self._listed(
            select(*_ENTRY)
            .where(decisions.c.published_at > since, decisions.c.published_at <= until)
            .order_by(decisions.c.place)
        )

    async def undone(
        self, room_id: RoomId | None = None, *, published: bool = False
    ) -> list[Entry]:
        """What was decided and is not carried out yet, the oldest first."""
        query = select(*_ENTRY).where(*_readable(room_id, published=published))
        return await self._listed(
            query.where(decisions.c.done_at.is_(None)).order_by(decisions.c.place)
        )

    async def found(
        self,
        words: Iterable[str],
        *,
        room_id: RoomId | None = None,
        published: bool = False,
    ) -> list[Entry]:
        """Those in whose title or wording all the words occur, the newest first."""
        query = select(*_ENTRY).where(*_readable(room_id, published=published))
        for word in words:
            query = query.where(decisions.c.words.contains(folded(word), autoescape=True))
        return await self._listed(query.order_by(decisions.c.place.desc()))

    async def count(self, room_id: RoomId | None = None, *, published: bool = False) -> int:
        """How many there are."""
        readable = _readable(room_id, published=published)
        counted = select(func.count()).select_from(decisions).where(*readable)
        return await self._connection.scalar(counted) or 0

    async def links(self) -> list[Link]:
        """The whole register as it is kept, in the order of its places, whatever stands in it."""
        found = await self._connection.execute(select(*_KEPT).order_by(decisions.c.place))
        return [
            Link(
                place=row.place,
                number=DecisionNumber(row.year, row.number),
                paper_id=row.paper_id,
                decided_at=_moment(row.decided_at),
                content=row.content,
                digest=row.digest,
            )
            for row in found
        ]

    async def promised(self) -> list[DecisionNumber]:
        """The numbers under which papers were passed."""
        passed = select(papers.c.decision).where(papers.c.decision.is_not(None))
        return list(await self._connection.scalars(passed))

    async def publish(self, number: DecisionNumber, at: datetime) -> None:
        """Others may read it from now on. Raises StaleRecord if they may already."""
        published = await self._connection.execute(
            update(decisions)
            .where(
                decisions.c.year == number.year,
                decisions.c.number == number.number,
                decisions.c.published_at.is_(None),
            )
            .values(published_at=at)
        )
        if published.rowcount == 0:
            raise StaleRecord(f"decision {number}")

    async def mark_done(self, number: DecisionNumber, at: datetime | None) -> None:
        """It is carried out; or, without a time, it is not after all."""
        await self._connection.execute(
            update(decisions)
            .where(decisions.c.year == number.year, decisions.c.number == number.number)
            .values(done_at=at)
        )

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Entry]:
        return [_entry(row) for row in await self._connection.execute(query)]


def _readable(room_id: RoomId | None, *, published: bool) -> list[ColumnElement[bool]]:
    """What may be read: of one committee or of all, everything or what was published."""
    own = [decisions.c.room_id == room_id] if room_id is not None else []
    return [*own, decisions.c.published_at.is_not(None)] if published else own


def _moment(stored: object) -> datetime | None:
    """The time that a column says; None if somebody has put something else there."""
    try:
        moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _row(decision: Decision) -> dict[str, object]:
    return {
        "year": decision.number.year,
        "number": decision.number.number,
        "place": decision.place,
        "room_id": decision.room_id,
        "paper_id": decision.paper_id,
        "decided_at": decision.decided_at,
        "content": canonical(decision),
        "digest": decision.digest,
        "words": folded(f"{decision.title} {decision.wording}"),
    }


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    """Raises DatabaseError for one that was damaged."""
    try:
        decision = read(row.content, row.digest)
    except NoDecision as damage:
        raise DatabaseError(
            f"The decision {row.year}/{row.number} in the register is damaged ({damage}): "
            "kaz-bot check says more"
        ) from damage
    return Entry(
        decision=decision,
        content=row.content,
        room_id=row.room_id,
        published_at=row.published_at,
        done_at=row.done_at,
    )
