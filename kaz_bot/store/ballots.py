"""Keeps ballots, who may vote in them, and each vote that was cast."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.ballots import Ballot, BallotId, Elector, Vote
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store.rows import columns_for, contents_of, insert_into, row_of
from kaz_bot.store.tables_of_committee import (
    AWAITED_BALLOTS,
    OPEN_BALLOTS,
    ballots,
    electors,
    votes,
)

_COLUMNS = columns_for(Ballot, ballots)
_VOTE = columns_for(Vote, votes)


class Ballots:
    """The votes taken over papers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, ballot: Ballot, entitled: Iterable[Elector]) -> Ballot:
        """Open one, with its electors for good; StaleRecord when one is open on that paper."""
        adding = insert_into(self._connection, ballots).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(ballots.c.id), contents_of(ballot))
        row = added.one_or_none()
        if row is None:
            raise StaleRecord(f"ballot on paper {ballot.paper_id}")
        opened = replace(ballot, id=BallotId(row.id))
        rows = [row_of(replace(elector, ballot_id=opened.id)) for elector in entitled]
        if rows:
            await self._connection.execute(insert(electors), rows)
        return opened

    async def get(self, ballot_id: BallotId) -> Ballot:
        """The ballot, which must exist."""
        found = await self._connection.execute(select(*_COLUMNS).where(ballots.c.id == ballot_id))
        return Ballot(**found.one()._mapping)

    async def save(self, ballot: Ballot) -> Ballot:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(ballots)
            .where(ballots.c.id == ballot.id, ballots.c.version == ballot.version)
            .values(contents_of(ballot) | {"version": ballot.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"ballot {ballot.id}, version {ballot.version}")
        return replace(ballot, version=ballot.version + 1)

    async def hold(self, ballot_id: BallotId) -> Ballot:
        """The ballot, which nobody else holds or changes until this transaction ends.

        Whoever casts a vote holds it: of the last two one sees the other, and closes it. They
        wait for each other instead of undoing each other's work, however many there are.
        """
        held = select(*_COLUMNS).where(ballots.c.id == ballot_id).with_for_update()
        found = await self._connection.execute(held)
        return Ballot(**found.one()._mapping)

    async def open_on(self, paper_id: PaperId) -> Ballot | None:
        """The one that is open over the paper, if there is one; it is held."""
        held = select(*_COLUMNS).where(ballots.c.paper_id == paper_id, OPEN_BALLOTS)
        row = (await self._connection.execute(held.with_for_update())).one_or_none()
        return None if row is None else Ballot(**row._mapping)

    async def latest_of(self, paper_id: PaperId) -> Ballot | None:
        """The last one over the paper, open or not."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(ballots.c.paper_id == paper_id)
            .order_by(ballots.c.id.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else Ballot(**row._mapping)

    async def of(self, paper_id: PaperId) -> list[Ballot]:
        """All that were taken over the paper."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(ballots.c.paper_id == paper_id).order_by(ballots.c.id)
        )
        return [Ballot(**row._mapping) for row in found]

    async def open_in(self, room_id: RoomId) -> list[Ballot]:
        """What is being voted on in the room, the oldest first."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(ballots.c.room_id == room_id, OPEN_BALLOTS)
            .order_by(ballots.c.id)
        )
        return [Ballot(**row._mapping) for row in found]

    async def numbers_due(self, now: datetime, limit: int) -> list[BallotId]:
        """Those that time must look at, the longest due first; known also if one cannot be read."""
        found = await self._connection.scalars(
            select(ballots.c.id)
            .where(ballots.c.next_at <= now, AWAITED_BALLOTS)
            .order_by(ballots.c.next_at, ballots.c.id)
            .limit(limit)
        )
        return [BallotId(number) for number in found]

    async def set_aside(self, ballot_id: BallotId, until: datetime) -> None:
        """Let time look at it again then."""
        await self._connection.execute(
            update(ballots)
            .where(ballots.c.id == ballot_id, ballots.c.next_at < until)
            .values(next_at=until, version=ballots.c.version + 1)
        )

    async def electors(self, ballot_id: BallotId) -> list[Elector]:
        """Who may vote, body by body."""
        found = await self._connection.execute(
            select(*columns_for(Elector, electors))
            .where(electors.c.ballot_id == ballot_id)
            .order_by(electors.c.place, electors.c.person)
        )
        return [Elector(**row._mapping) for row in found]

    async def cast(self, vote: Vote) -> bool:
        """Whether it is new; one event is one vote, however often it comes."""
        adding = insert_into(self._connection, votes).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(votes.c.id), contents_of(vote))
        return added.one_or_none() is not None

    async def votes(self, ballot_id: BallotId) -> list[Vote]:
        """Every vote that was cast, also those that others replaced, in their order."""
        found = await self._connection.execute(
            select(*_VOTE).where(votes.c.ballot_id == ballot_id).order_by(votes.c.id)
        )
        return [Vote(**row._mapping) for row in found]

    async def vote_by(self, event_id: EventId) -> Vote | None:
        """The vote that an event was."""
        found = await self._connection.execute(select(*_VOTE).where(votes.c.event_id == event_id))
        row = found.one_or_none()
        return None if row is None else Vote(**row._mapping)

    async def erase_reason(self, vote: Vote) -> None:
        """Without what was said with it, also where the person has said the same once more."""
        await self._connection.execute(
            update(votes)
            .where(
                votes.c.ballot_id == vote.ballot_id,
                votes.c.person == vote.person,
                votes.c.reason == vote.reason,
            )
            .values(reason="")
        )
