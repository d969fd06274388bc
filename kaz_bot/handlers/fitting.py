"""What askers say to an answer they were offered: that it fits."""

from kaz_bot.casework import as_it_was, led_on
from kaz_bot.commands import MissingTicket, Outcome, Role, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.events import TicketAnsweredBefore, TicketReusedSolution
from kaz_bot.domain.knowledge.solutions import Solution, SolutionNotOffered
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.finding import offered_answers
from kaz_bot.solving import was_offered

# Nobody has more open questions among which to look for the offer.
_LOOKED_AT = 50


class NotOffered(Refusal):
    """The asker was offered other answers, or none; told which."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/not_offered"


class NothingOffered(Refusal):
    """To none of the asker's open questions the solution was offered."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/solution_offer_missing"


@verb("passt", "fits", allow=Role.ASKER, reactions=("✅",), lead=False)
async def fits(ctx: Context, solved: TicketId, ticket: Ticket) -> Outcome:
    """The answer of another ticket, which was offered, answers this one too: it ends.

    If others were merged into it, the first of them leads from now on.
    """
    offered = await offered_answers(ctx.work, ticket)
    answers = [post for post in offered if post.ticket_id == solved]
    if not answers:
        numbers = [post.ticket_id for post in offered]
        raise NotOffered(ticket=ticket, solved=solved, offered=numbers)
    if ticket.state is TicketState.CLOSED and ticket.solution in {post.text for post in offered}:
        return as_it_was(ctx, ticket)
    answer = answers[-1]
    ended = ticket.answered_before(answer.text, sealed=answer.sealed, at=ctx.now)
    saved = await ctx.work.tickets.save(ended)
    await ctx.work.search.remove(ticket.id)
    told = TicketAnsweredBefore(saved, solved, by=ctx.sender, at=ctx.now)
    return [told, *await led_on(ctx, saved)]


@verb("passt", "fits", allow=Role.ASKER, lead=False, about=Series.SOLUTION)
async def fits_solution(ctx: Context, solution: Solution, ticket: Ticket | None) -> Outcome:
    """A model solution, which was offered, answers this question: it ends as reuse.

    If others were merged into it, the first of them leads from now on.
    """
    if ticket is None:
        raise await _question_missing(ctx, solution)
    edition = await ctx.work.solutions.released_edition(solution)
    if edition is None or not await was_offered(ctx.work, ticket, solution):
        raise SolutionNotOffered(ticket=ticket, solution=solution)
    if ticket.state is TicketState.CLOSED and ticket.solution == edition.answer:
        return as_it_was(ctx, ticket)
    ended = ticket.answered_before(edition.answer, sealed=solution.sealed, at=ctx.now)
    saved = await ctx.work.tickets.save(ended)
    await ctx.work.search.remove(ticket.id)
    told = TicketReusedSolution(saved, solution, by=ctx.sender, at=ctx.now)
    return [told, *await led_on(ctx, saved)]


async def _question_missing(ctx: Context, solution: Solution) -> Refusal:
    """Of several open questions one must be named, unless none was offered the solution."""
    for ticket in await ctx.work.tickets.open_of(ctx.sender, _LOOKED_AT):
        if await was_offered(ctx.work, ticket, solution):
            return MissingTicket(verb=ctx.verb, prefix=ctx.settings.prefix)
    return NothingOffered(solution=solution, prefix=ctx.settings.prefix)


FITTING = (fits,)
# After the verbs of the committee, so that there `zeige` means its papers first.
REUSING = (fits_solution,)
