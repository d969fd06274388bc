"""Knows everywhere a person is named, so that the name can be taken out."""

from sqlalchemy import Column, Table, delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.letters import LetterState
from kaz_bot.domain.reminders import ReminderState
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import UserId
from kaz_bot.store.tables import letters, posts, threads, tickets, trail, undecrypted
from kaz_bot.store.tables_of_committee import (
    agenda_items,
    attendance,
    ballots,
    blocks,
    bodies,
    committee_trail,
    editions,
    electors,
    meetings,
    papers,
    seats,
    tasks,
    votes,
)
from kaz_bot.store.tables_of_knowledge import (
    affiliations,
    catalogue,
    digest_orders,
    solution_editions,
)
from kaz_bot.store.tables_of_time import feeds, reminder_trail, reminders, responsible

# A direct chat that still exists is named by whom it is with: without that nobody can be
# answered there. It goes when the bot leaves the chat.
_NAMED: tuple[tuple[Table, Column[str]], ...] = (
    (tickets, tickets.c.asker),
    (tickets, tickets.c.assignee),
    (posts, posts.c.sender),
    (threads, threads.c.person),
    (trail, trail.c.actor),
    (blocks, blocks.c.by),
)
_IN_REMINDERS: tuple[Column[str], ...] = (
    reminders.c.owner,
    reminders.c.target,
    reminders.c.about_author,
)
_NAMED_IN_REMINDERS: tuple[tuple[Table, Column[str]], ...] = (
    *((reminders, column) for column in _IN_REMINDERS),
    (responsible, responsible.c.person),
    (reminder_trail, reminder_trail.c.actor),
)
# The register of decisions is not among them: it names bodies, never who sat there.
_NAMED_IN_COMMITTEE: tuple[tuple[Table, Column[str]], ...] = (
    (papers, papers.c.author),
    (editions, editions.c.author),
    (ballots, ballots.c.opened_by),
    (electors, electors.c.person),
    (votes, votes.c.person),
    (tasks, tasks.c.owner),
    (tasks, tasks.c.person),
    (meetings, meetings.c.owner),
    (meetings, meetings.c.approved_by),
    (agenda_items, agenda_items.c.by),
    (attendance, attendance.c.person),
    (committee_trail, committee_trail.c.actor),
)
_NAMED_IN_KNOWLEDGE: tuple[tuple[Table, Column[str]], ...] = (
    (catalogue, catalogue.c.author),
    (solution_editions, solution_editions.c.author),
    (solution_editions, solution_editions.c.released_by),
)
_NAMED_ANYWHERE = (*_NAMED, *_NAMED_IN_REMINDERS, *_NAMED_IN_COMMITTEE, *_NAMED_IN_KNOWLEDGE)
# A person's calendar address, digest, seats and municipality are not renamed: they go altogether.
_NAMED_BY = (
    *(column for _, column in _NAMED_ANYWHERE),
    feeds.c.person,
    seats.c.person,
    digest_orders.c.person,
    affiliations.c.person,
)


class People:
    """The Matrix ids in the records of tickets, reminders and the committee."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self) -> set[UserId]:
        """Everybody named anywhere."""
        found = await self._connection.scalars(
            union(*(select(column).where(column.is_not(None)) for column in _NAMED_BY))
        )
        return {UserId(user) for user in found}

    async def rename(self, user: UserId, as_: UserId) -> None:
        """From now on all of it was `as_`, without a name of their own.

        Records change behind the back of who has read them: do this last in a transaction.
        """
        for table, column in _NAMED_ANYWHERE:
            await self._connection.execute(
                update(table).where(column == user).values(_named(table, column, as_))
            )
        await self._connection.execute(update(posts).where(posts.c.sender == as_).values(author=""))
        await self._connection.execute(
            update(letters)
            .where(letters.c.person == user, letters.c.state != LetterState.QUEUED)
            .values(person=as_)
        )
        await self._connection.execute(delete(undecrypted).where(undecrypted.c.sender == user))

    async def unseat(self, user: UserId) -> None:
        """They speak for no body any more; ballots that were opened before keep their electors."""
        theirs = select(seats.c.body_id).where(seats.c.person == user)
        await self._connection.execute(
            update(bodies).where(bodies.c.id.in_(theirs)).values(version=bodies.c.version + 1)
        )
        await self._connection.execute(delete(seats).where(seats.c.person == user))

    async def rename_all_in(self, ticket_id: TicketId, as_: UserId) -> None:
        """Nobody who had to do with the ticket is named in it any more."""
        for table, column in _NAMED:
            key = table.c.id if table is tickets else table.c.ticket_id
            await self._connection.execute(
                update(table)
                .where(key == ticket_id, column.is_not(None))
                .values(_named(table, column, as_))
            )
        await self._connection.execute(
            update(posts).where(posts.c.ticket_id == ticket_id).values(author="")
        )
        await self._connection.execute(
            update(letters)
            .where(
                letters.c.ticket_id == ticket_id,
                letters.c.person.is_not(None),
                letters.c.state != LetterState.QUEUED,
            )
            .values(person=as_)
        )
        await self._without_names_in_details(ticket_id, as_)
        await self._without_names_in_reminders(ticket_id, as_)

    async def _without_names_in_reminders(self, ticket_id: TicketId, as_: UserId) -> None:
        """Of those that still stand, whom they call is needed until they end."""
        there = select(reminders.c.id).where(reminders.c.ticket_id == ticket_id)
        over = there.where(reminders.c.state != ReminderState.OPEN)
        for column in _IN_REMINDERS:
            await self._connection.execute(
                update(reminders)
                .where(reminders.c.id.in_(over), column.is_not(None))
                .values(_named(reminders, column, as_))
            )
        await self._connection.execute(
            delete(responsible).where(responsible.c.reminder_id.in_(over))
        )
        await self._connection.execute(
            update(reminder_trail)
            .where(reminder_trail.c.reminder_id.in_(there), reminder_trail.c.actor.is_not(None))
            .values(actor=as_)
        )

    async def _without_names_in_details(self, ticket_id: TicketId, as_: UserId) -> None:
        found = await self._connection.execute(
            select(trail.c.id, trail.c.details).where(trail.c.ticket_id == ticket_id)
        )
        for row_id, details in found.all():
            nameless = {key: as_ if _is_user(value) else value for key, value in details.items()}
            if nameless != details:
                await self._connection.execute(
                    update(trail).where(trail.c.id == row_id).values(details=nameless)
                )


def _named(table: Table, column: Column[str], as_: UserId) -> dict[str, object]:
    """The new name; a record with a version gets another, or whoever has read it before would
    put the old name back."""
    versions = {"version": table.c.version + 1} if "version" in table.c else {}
    return {column.name: as_, **versions}


def _is_user(value: object) -> bool:
    return isinstance(value, str) and value.startswith("@")
