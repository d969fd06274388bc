"""What specialists look up: lists, one ticket, its history."""

from collections.abc import Sequence

from kaz_bot.affiliating import municipality_shown
from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.events import NoteTaken
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketState
from kaz_bot.domain.views import TicketLine, question_shown, solution_shown
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.waking import owes_answer

LISTED = 20
_OPEN = frozenset({"", "offen", "open", "alle", "all"})
_MINE = frozenset({"meine", "meins", "mine", "my"})
_OVERDUE = frozenset({"ueberfaellig", "uberfallig", "overdue"})
_UNCLAIMED = frozenset({"neu", "new"})


class UnknownList(Refusal):
    """There is no such list; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_list"


@verb("liste", "list", allow=Role.SPECIALIST)
async def list_tickets(ctx: Context, which: Text | None) -> Outcome:
    """The tickets of this area, one's own, or those of another area; urgent and old ones first."""
    word = folded(which or "")
    area = ctx.desk.areas.named(word.lstrip("#")) or ctx.room.area or ctx.desk.areas.default
    tickets = await _listed(ctx, word, area)
    if tickets is None:
        raise UnknownList(word=which or "", areas=ctx.desk.areas.all, prefix=ctx.settings.prefix)
    lines = await _lines(ctx, tickets[:LISTED])
    return Answer(
        template="info/list",
        facts={
            "lines": lines,
            "more": len(tickets) > LISTED,
            "mine": word in _MINE,
            "overdue": word in _OVERDUE,
            "area": area,
            "prefix": ctx.settings.prefix,
        },
        topic="list",
        sealed=any(line.sealed for line in lines),
    )


async def _listed(ctx: Context, word: str, area: AreaKey) -> list[Ticket] | None:
    """The tickets of the list that `word` names, one more than are shown; None for no list."""
    tickets = ctx.work.tickets
    if word in _MINE:
        return await tickets.of_assignee(ctx.sender, LISTED + 1)
    if word in _OVERDUE:
        return await ctx.work.clocks.overdue_in(area, ctx.now, LISTED + 1)
    if word in _UNCLAIMED:
        return await tickets.in_area(area, frozenset({TicketState.NEW}), LISTED + 1)
    if word in _OPEN or ctx.desk.areas.named(word.lstrip("#")) is not None:
        return await tickets.in_area(area, ACTIVE, LISTED + 1)
    return None


async def _lines(ctx: Context, tickets: Sequence[Ticket]) -> list[TicketLine]:
    clocks = await ctx.work.clocks.answering_all(tickets)
    blocks = await ctx.work.blocks.holding_all(tickets)
    return [
        TicketLine(
            ticket=ticket,
            question=question_shown(ticket, encrypted=ctx.state.encrypted),
            assignee_name=ctx.name_of(ticket.assignee) if ticket.assignee else "",
            due=clocks[ticket.id].nearest(ctx.now) if ticket.id in clocks else None,
            stands=ticket.id in clocks and clocks[ticket.id].stands,
            awaits=blocks[ticket.id].paper if ticket.id in blocks else "",
            owed=ticket.id in blocks and await owes_answer(ctx.work, ticket),
        )
        for ticket in tickets
    ]


@verb("zeige", "show", allow=Role.READER, lead=False)
async def show(ctx: Context, ticket: Ticket) -> Outcome:
    """All that matters of one ticket."""
    followers = await ctx.work.tickets.followers(ticket.id)
    clock = await ctx.work.clocks.answering(ticket)
    block = await ctx.work.blocks.holding(ticket)
    encrypted = ctx.state.encrypted
    # An asker may look from another room, whose people need not read what was asked elsewhere.
    elsewhere = ctx.room.kind is RoomKind.PROJECT and ticket.room_id != ctx.room.room_id
    question = question_shown(ticket, encrypted=encrypted, private=True)
    solution = solution_shown(ticket, encrypted=encrypted, private=True)
    line = TicketLine(
        ticket=ticket,
        question="" if elsewhere else question,
        solution="" if elsewhere else solution,
        assignee_name=ctx.name_of(ticket.assignee) if ticket.assignee else "",
        stands=clock is not None and clock.stands,
        awaits=block.paper if block else "",
        owed=block is not None and await owes_answer(ctx.work, ticket),
    )
    return Answer(
        template="info/show",
        facts={
            "line": line,
            "dues": clock.dues(ctx.now) if clock else (),
            "municipality": municipality_shown(ctx, ticket),
            "yours": ticket.asker == ctx.sender,
            "merged": followers,
            "prefix": ctx.settings.prefix,
        },
        topic="show",
        sealed=line.sealed,
    )


@verb("verlauf", "history", allow=Role.READER, lead=False)
async def history(ctx: Context, ticket: Ticket) -> Outcome:
    """The audit trail of a ticket: who changed what, and when."""
    entries = [
        entry
        for entry in await ctx.work.trail.of(ticket.id)
        # What specialists say among themselves is not even counted elsewhere.
        if ctx.room.kind is RoomKind.AREA or entry.event != NoteTaken.word
    ]
    return Answer(
        template="info/history",
        facts={
            "ticket": ticket,
            "entries": [
                (entry, ctx.name_of(entry.actor) if entry.actor else "")
                for entry in entries[-LISTED * 2 :]
            ],
            "left_out": max(0, len(entries) - LISTED * 2),
        },
        topic="history",
    )


LISTING = (list_tickets, show, history)
