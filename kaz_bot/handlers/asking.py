"""What askers say: ask, follow their tickets, withdraw, reopen, rate."""

from kaz_bot.affiliating import municipality_shown
from kaz_bot.casework import as_it_was, at_home, led_on, route_ticket
from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.events import (
    TicketRated,
    TicketReopened,
    TicketRouted,
    TicketWithdrawn,
)
from kaz_bot.domain.tickets import AreaKey, Rating, Step, Ticket, TicketState, WrongState
from kaz_bot.domain.views import TicketLine, question_shown
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.finding import index_anew
from kaz_bot.opening import NothingToAsk, open_ticket
from kaz_bot.teaching import teach
from kaz_bot.waking import owes_answer

# More lines than this nobody reads in a chat; the rest is counted.
LISTED = 10


class NotRateable(Refusal):
    """Only an answer can be rated."""

    code = ErrorCode.BAD_STATE
    template = "refusal/not_rateable"


@verb("frage", "ask", allow=Role.ASKING, reactions=("🎫",))
async def ask(ctx: Context, text: Text | None) -> Outcome:
    """Open a ticket: from the text, or from the message that was answered or pointed at."""
    if ctx.said is None:
        raise NothingToAsk(prefix=ctx.settings.prefix)
    # Of a message that is the command itself only what follows the verb is the question.
    own = ctx.said is ctx.incoming
    return await open_ticket(ctx, ctx.said, (text or "") if own else text)


@verb("meine", "mine", allow=Role.ASKING)
async def mine(ctx: Context) -> Outcome:
    """The asker's tickets that are not ended. In a room, only what was asked there shows words."""
    tickets = await ctx.work.tickets.open_of(ctx.sender, LISTED + 1)
    clocks = await ctx.work.clocks.answering_all(tickets)
    blocks = await ctx.work.blocks.holding_all(tickets)
    lines = [
        TicketLine(
            ticket=ticket,
            due=clocks[ticket.id].nearest(ctx.now) if ticket.id in clocks else None,
            stands=ticket.id in clocks and clocks[ticket.id].stands,
            awaits=blocks[ticket.id].paper if ticket.id in blocks else "",
            owed=ticket.id in blocks and await owes_answer(ctx.work, ticket),
            question=question_shown(ticket, encrypted=ctx.state.encrypted, private=ctx.direct)
            if ctx.direct or ticket.room_id == ctx.room.room_id
            else "",
        )
        for ticket in tickets[:LISTED]
    ]
    return Answer(
        template="info/mine",
        facts={"lines": lines, "more": len(tickets) > LISTED, "prefix": ctx.settings.prefix},
        topic="mine",
        sealed=any(line.sealed for line in lines),
    )


@verb("status", "status", allow=Role.READER, lead=False)
async def status(ctx: Context, ticket: Ticket) -> Outcome:
    """Where a ticket stands."""
    name = ctx.name_of(ticket.assignee) if ticket.assignee else ""
    clock = await ctx.work.clocks.answering(ticket)
    block = await ctx.work.blocks.holding(ticket)
    return Answer(
        template="info/status",
        facts={
            "ticket": ticket,
            "assignee_name": name,
            "dues": clock.dues(ctx.now) if clock else (),
            "stands": clock is not None and clock.stands,
            "awaits": block.paper if block else "",
            "owed": block is not None and await owes_answer(ctx.work, ticket),
            "municipality": municipality_shown(ctx, ticket),
            "yours": ticket.asker == ctx.sender,
            "prefix": ctx.settings.prefix,
        },
        topic="status",
    )


@verb("zurückziehen", "withdraw", allow=Role.ASKER, lead=False)
async def withdraw(ctx: Context, ticket: Ticket) -> Outcome:
    """The asker ends it. If others were merged into it, the first of them leads from now on."""
    withdrawn = await ctx.work.tickets.save(ticket.withdrawn(ctx.now))
    await ctx.work.search.remove(ticket.id)
    told = TicketWithdrawn(withdrawn, by=ctx.sender, at=ctx.now)
    return [told, *await led_on(ctx, withdrawn)]


@verb("öffnen", "reopen", allow=Role.ASKER, lead=False)
async def reopen(ctx: Context, ticket: Ticket) -> Outcome:
    """The answer did not help: back to whoever had it."""
    reopened = await ctx.work.tickets.save(ticket.reopened(ctx.now))
    await index_anew(ctx.work, [reopened])
    return [*await at_home(ctx, reopened), TicketReopened(reopened, by=ctx.sender, at=ctx.now)]


@verb("fachgebiet", "area", allow=Role.ASKER, lead=False)
async def choose_area(ctx: Context, area: AreaKey, ticket: Ticket) -> Outcome:
    """The asker says which area the question belongs to, as long as nobody works on it.

    The router learns from it, also where the question stays.
    """
    # Of two that are answered as one, the specialists decide where they belong.
    if ticket.state is not TicketState.NEW or ticket.merged_into is not None:
        raise WrongState(ticket=ticket, step=Step.ROUTE)
    origin = ticket.area
    if area == origin:
        settled = await ctx.work.tickets.save(ticket.settled_in(area, ctx.now))
        await teach(ctx.work, settled, ctx.now)
        return TicketRouted(settled, origin, (), by=ctx.sender, at=ctx.now)
    return [*await route_ticket(ctx, ticket, area)]


@verb("hilfreich", "helpful", allow=Role.ASKER, reactions=("👍",), lead=False)
async def helpful(ctx: Context, ticket: Ticket) -> Outcome:
    """The answer helped."""
    return await _rated(ctx, ticket, Rating.HELPFUL)


@verb("nicht-hilfreich", "not-helpful", allow=Role.ASKER, reactions=("👎",), lead=False)
async def not_helpful(ctx: Context, ticket: Ticket) -> Outcome:
    """The answer did not help; told how to reopen."""
    return await _rated(ctx, ticket, Rating.NOT_HELPFUL)


async def _rated(ctx: Context, ticket: Ticket, rating: Rating) -> Outcome:
    if ticket.state not in {TicketState.RESOLVED, TicketState.CLOSED}:
        raise NotRateable(ticket=ticket)
    if ticket.rating is rating:
        return as_it_was(ctx, ticket)
    rated = await ctx.work.tickets.save(ticket.rated(rating, ctx.now))
    return TicketRated(rated, rating, by=ctx.sender, at=ctx.now)


ASKING = (ask, mine, status, withdraw, reopen, choose_area, helpful, not_helpful)
