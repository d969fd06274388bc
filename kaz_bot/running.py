"""Runs a verb: finds what its arguments name, and checks whether the person may."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.commands import (
    MissingTicket,
    Outcome,
    Parameter,
    Surroundings,
    Typed,
    UnknownCommand,
    Verb,
    arguments,
)
from kaz_bot.context import Context, Desk, home_area
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.meetings import Meeting, MeetingNotFound
from kaz_bot.domain.committee.numbers import (
    DecisionNumber,
    EntryId,
    MeetingId,
    PaperId,
    SolutionId,
    Subject,
    TaskId,
)
from kaz_bot.domain.committee.papers import Paper, PaperNotFound
from kaz_bot.domain.committee.tasks import Task, TaskNotFound
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.solutions import Solution
from kaz_bot.domain.reminders import Reminder, ReminderId, ReminderNotFound
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.threads import Thread
from kaz_bot.domain.tickets import ALLOWED_FROM, Ticket, TicketId
from kaz_bot.handlers.asking import ask, mine, status
from kaz_bot.handlers.helping import help_with
from kaz_bot.messages import Said
from kaz_bot.rights import (
    chairs,
    check_decision,
    check_person,
    check_solution,
    check_ticket,
    check_verb,
    is_admin,
    may_see,
    may_see_task,
    served,
    usable_in,
)

ASKING_ROOMS = frozenset({RoomKind.PROJECT, RoomKind.DIRECT})
_RECORDS = (Paper, Task, Meeting, Entry, Solution, CatalogueEntry)


class Runner:
    """Whoever stands behind the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def unknown(self, ctx: Context, word: str) -> UnknownCommand:
        """What to say to a word that is no verb."""
        return UnknownCommand(
            word=word[:40],
            nearest=self._desk.verbs.nearest(word),
            looks_like_question=False,
            prefix=ctx.settings.prefix,
            direct=ctx.direct,
        )

    async def command(
        self,
        ctx: Context,
        entry: Verb | None,
        command: Typed,
        thread: Thread | None,
        pointed_at: Said | None,
    ) -> Outcome:
        """Run what was typed; without a verb, help."""
        if not command.word:
            entry = help_with
        if entry is None:
            raise self.unknown(ctx, command.word)
        entry = await self._meant(ctx, entry, command.rest)
        check_verb(
            entry,
            ctx.sender,
            ctx.room,
            admin=await self._is_admin(ctx),
            chairs=chairs(ctx.state, ctx.settings),
        )
        hint = await self._ticket_hint(ctx, entry, thread)
        around = Surroundings(
            ticket=hint,
            in_thread=thread is not None,
            ticket_prefix=ctx.settings.ticket_prefix,
            areas=self._desk.areas,
            members={
                user: name
                for user, name in ctx.state.members.items()
                if user != self._desk.bot and served(user, ctx.settings)
            },
            mentioned=tuple(
                user for user in (ctx.said.mentions if ctx.said else ()) if user != self._desk.bot
            ),
            prefix=ctx.settings.prefix,
            reminder=await self._reminder_hint(ctx, entry),
            subjects=await self._subjects_hint(ctx, entry),
            committee=ctx.room.kind is RoomKind.COMMITTEE,
        )
        try:
            given = arguments(entry, command.rest, around)
        except MissingTicket:
            if entry is not status or ctx.room.kind not in ASKING_ROOMS:
                raise
            # Which one is not clear: whoever asks chooses from the list.
            return await self.run(ctx, mine, {})
        if entry is ask and given["text"] is None and pointed_at is not None:
            check_person(pointed_at.sender, ctx.state, ctx.settings)
            ctx = replace(ctx, said=pointed_at)
        return await self.run(ctx, entry, given)

    async def _meant(self, ctx: Context, entry: Verb, rest: str) -> Verb:
        """Of several verbs of one name that for the number that follows, or for this room."""
        twins = self._desk.verbs.twins(entry)
        if not twins:
            return entry
        told = await self._told_of(ctx)
        return usable_in(ctx.room.kind, self._desk.verbs.about(entry, rest, told), twins.values())

    async def run(self, ctx: Context, entry: Verb, given: Mapping[str, object]) -> Outcome:
        """Run the verb on what these arguments name; raises a Refusal where it may not be."""
        ready = {
            parameter.name: await self._looked_up(ctx, entry, parameter, given[parameter.name])
            for parameter in entry.parameters
        }
        outcome: Outcome = await entry.handler(replace(ctx, verb=entry), **ready)
        return outcome

    async def _looked_up(
        self, ctx: Context, entry: Verb, parameter: Parameter, value: object
    ) -> object:
        if parameter.kind is Ticket:
            return await self._ticket(ctx, entry, value)
        if parameter.kind == tuple[Ticket, ...] and isinstance(value, tuple):
            return tuple([await self._ticket(ctx, entry, number) for number in value])
        if parameter.kind is Reminder and isinstance(value, int):
            return await self._reminder(ctx, ReminderId(value))
        if parameter.kind in _RECORDS and value is not None:
            return await self._record(ctx, parameter, value)
        return value

    async def _record(
        self, ctx: Context, parameter: Parameter, value: object
    ) -> Paper | Task | Meeting | Entry | Solution | CatalogueEntry:
        """The record of that number, if it can be got at from here."""
        if isinstance(value, DecisionNumber):
            entry = await ctx.work.decisions.get(value)
            check_decision(ctx.room, entry)
            return entry
        assert isinstance(value, int)
        if parameter.kind is Solution:
            solution = await ctx.work.solutions.get(SolutionId(value))
            check_solution(ctx.room, solution)
            return solution
        if parameter.kind is CatalogueEntry:
            return await ctx.work.catalogue.get(EntryId(value))
        if parameter.kind is Paper:
            paper = await ctx.work.papers.get(PaperId(value))
            if paper.room_id != ctx.room.room_id:
                raise PaperNotFound(number=value)
            return paper
        if parameter.kind is Meeting:
            meeting = await ctx.work.meetings.get(MeetingId(value))
            if meeting.room_id != ctx.room.room_id:
                raise MeetingNotFound(number=value)
            return meeting
        task = await ctx.work.tasks.get(TaskId(value))
        home = self._desk.rooms.get(task.room_id)
        if not may_see_task(ctx.sender, ctx.room, task, home=home):
            raise TaskNotFound(number=value)
        return task

    async def _subjects_hint(self, ctx: Context, entry: Verb) -> tuple[Subject, ...]:
        """The records that the answered message, or the root of the thread, tells of."""
        wanted = any(parameter.kind in _RECORDS for parameter in entry.parameters)
        return await self._told_of(ctx) if wanted else ()

    async def _told_of(self, ctx: Context) -> tuple[Subject, ...]:
        if ctx.said is None or ctx.incoming is not ctx.said:
            return ()
        for event in (ctx.said.reply_to, ctx.said.thread):
            found = await ctx.work.subjects.at(event) if event else []
            if found:
                return tuple(found)
        return ()

    async def _reminder(self, ctx: Context, number: ReminderId) -> Reminder:
        """The reminder of that number, if it can be got at from here."""
        found = await ctx.work.reminders.get(number)
        people = [one.person for one in await ctx.work.reminders.people(number)]
        home = self._desk.rooms.get(found.room_id)
        if not may_see(ctx.sender, ctx.room, found, people, home=home):
            raise ReminderNotFound(number=number)
        return found

    async def _reminder_hint(self, ctx: Context, entry: Verb) -> ReminderId | None:
        """The reminder that the answered message tells of, or that it set, if it is one."""
        reply_to = ctx.said.reply_to if ctx.said else None
        wanted = any(parameter.kind is Reminder for parameter in entry.parameters)
        if not wanted or reply_to is None or ctx.incoming is not ctx.said:
            return None
        told = await ctx.work.reminders.by_letter(reply_to)
        found = told or await ctx.work.reminders.about(reply_to)
        return found[0].id if len(found) == 1 else None

    async def _ticket(self, ctx: Context, entry: Verb, number: object) -> Ticket | None:
        """The ticket of that number, if the person may; with `lead`, the one it is merged into."""
        if not isinstance(number, int):
            return None
        ticket = await ctx.work.tickets.get(TicketId(number))
        if entry.lead and ticket.merged_into is not None:
            ticket = await ctx.work.tickets.get(ticket.merged_into)
        home = await home_area(ctx.work, self._desk.areas, ticket.area)
        check_ticket(entry, ctx.sender, ctx.room, ticket, home=home)
        return ticket

    async def _ticket_hint(
        self, ctx: Context, entry: Verb, thread: Thread | None
    ) -> TicketId | None:
        """The ticket meant when no number is typed: the thread's, or the asker's only one."""
        if thread is not None:
            return thread.ticket_id
        if not entry.takes_ticket or entry.ticket_anywhere or ctx.room.kind not in ASKING_ROOMS:
            return None
        possible = [
            ticket
            for ticket in await ctx.work.tickets.open_of(ctx.sender, 10)
            if (ctx.direct or ticket.room_id == ctx.room.room_id) and _fits(entry, ticket)
        ]
        return possible[0].id if len(possible) == 1 else None

    async def _is_admin(self, ctx: Context) -> bool:
        rooms = await ctx.work.rooms.of_kind(RoomKind.ADMIN)
        states = [self._desk.rooms.get(room.room_id) for room in rooms]
        return any(is_admin(ctx.sender, ctx.settings, state) for state in (None, *states))


def _fits(entry: Verb, ticket: Ticket) -> bool:
    steps = {step.value: states for step, states in ALLOWED_FROM.items()}
    states = steps.get(entry.english)
    return states is None or ticket.state in states
