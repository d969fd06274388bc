"""What is done to model solutions: propose one, put it right, release it, withdraw it."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, MissingRecord, Outcome, TooManyWords
from kaz_bot.context import Context, home_area
from kaz_bot.domain.committee.numbers import Series, SolutionId, pattern_of
from kaz_bot.domain.knowledge.solution_events import (
    SolutionChanged,
    SolutionProposed,
    SolutionReleased,
    SolutionWithdrawn,
)
from kaz_bot.domain.knowledge.solution_lines import SolutionOrder, read_lines
from kaz_bot.domain.knowledge.solutions import (
    Solution,
    SolutionConfidential,
    SolutionEdition,
    SolutionExists,
    SolutionOfOtherArea,
    SolutionSealed,
    SolutionWithoutAnswer,
)
from kaz_bot.domain.posts import ANSWERS, Post
from kaz_bot.domain.tickets import Ticket, TicketState
from kaz_bot.drafting import area_in, changed_parts, drafted, left_in, part_missing, with_lines
from kaz_bot.forgetting import clear_solution
from kaz_bot.indexing import index_solution

_SOLVED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


async def ordered(
    ctx: Context, order: SolutionOrder, answered: Solution | None, rest: str
) -> Outcome:
    """What the word behind the verb asks for, of the solution whose number follows it; without
    one, of the `answered` one."""
    match = pattern_of(Series.SOLUTION).match(rest)
    solution = answered
    if match is not None:
        solution = await ctx.work.solutions.get(SolutionId(int(match["number"])))
        rest = rest[match.end() :]
    if solution is None:
        raise MissingRecord(series="solution", verb=ctx.verb, prefix=ctx.settings.prefix)
    if order is SolutionOrder.CHANGE:
        return await amend(ctx, solution, rest)
    if rest.strip():
        word = rest.split()[0]
        raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
    if order is SolutionOrder.RELEASE:
        return await release(ctx, solution)
    return await withdraw(ctx, solution)


async def propose(ctx: Context, ticket: Ticket, text: str) -> Outcome:
    """The answer of a ticket without what points at somebody, for a second specialist to read."""
    lines = read_lines(text)
    if lines.head:
        word = lines.head.split()[0]
        raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
    posts = await ctx.work.posts.of(ticket.id)
    answers = [post for post in posts if post.kind in ANSWERS and post.erased_at is None]
    await _check_publishable(ctx, ticket, answers)
    draft, taken = await drafted(ctx, ticket, answers)
    added = await ctx.work.solutions.add(
        Solution(
            id=SolutionId(0),
            ticket_id=ticket.id,
            area=area_in(ctx, ticket.area, lines),
            room_id=ctx.room.room_id,
            sealed=ctx.state.encrypted or ticket.sealed or ticket.solution_sealed,
            proposed_at=ctx.now,
            changed_at=ctx.now,
        )
    )
    edition = replace(with_lines(ctx, draft, lines), solution_id=added.id)
    await ctx.work.solutions.add_edition(edition)
    return SolutionProposed(
        added, edition, ticket, taken, by=ctx.sender, at=ctx.now, heard=await heard(ctx)
    )


async def amend(ctx: Context, solution: Solution, text: str) -> Outcome:
    """A new edition; the one that was released stays in use until this one is."""
    await _check_area(ctx, solution)
    solution.check_standing()
    lines = read_lines(text)
    if lines.head or not (lines.parts or (ctx.said and ctx.said.attachment)):
        raise part_missing(ctx, solution.id, None, unknown=lines.unknown)
    before = await ctx.work.solutions.edition(solution)
    elsewhere = replace(solution, area=area_in(ctx, solution.area, lines), changed_at=ctx.now)
    edition = with_lines(ctx, before, lines)
    if edition == before and elsewhere.area == solution.area:
        facts = {"solution": solution, "prefix": ctx.settings.prefix}
        return Answer(template="info/solution_unchanged", facts=facts, topic="solution")
    if edition == before:
        saved = await ctx.work.solutions.save(elsewhere)
    else:
        saved, edition = await _another_edition(ctx, elsewhere, edition)
    await _index(ctx, saved)
    return SolutionChanged(
        saved,
        edition,
        changed_parts(lines, before, edition),
        left_in(ctx, edition),
        solution.area,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _another_edition(
    ctx: Context, solution: Solution, wording: SolutionEdition
) -> tuple[Solution, SolutionEdition]:
    sealed = replace(solution, sealed=solution.sealed or ctx.state.encrypted)
    saved = await ctx.work.solutions.save(sealed.amended(ctx.now))
    written = replace(
        wording,
        number=saved.edition,
        author=ctx.sender,
        event_id=ctx.incoming.event_id,
        written_at=ctx.now,
        released_by=None,
        released_at=None,
    )
    await ctx.work.solutions.add_edition(written)
    return saved, written


async def release(ctx: Context, solution: Solution) -> Outcome:
    """A second specialist of its area has read it: others may use it from now on."""
    await _check_area(ctx, solution)
    if solution.sealed and not ctx.state.encrypted:
        raise SolutionSealed(solution=solution)
    edition = await ctx.work.solutions.edition(solution)
    saved = await ctx.work.solutions.save(solution.released(edition, ctx.sender, ctx.now))
    released = replace(edition, released_by=ctx.sender, released_at=ctx.now)
    await ctx.work.solutions.save_edition(released)
    await _index(ctx, saved)
    return SolutionReleased(saved, released, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


async def withdraw(ctx: Context, solution: Solution) -> Outcome:
    """Its text leaves the database, the index, and what the bot said of it."""
    await _check_area(ctx, solution)
    cleared = await clear_solution(ctx.work, solution, ctx.now)
    return SolutionWithdrawn(
        cleared.solution,
        cleared.edition,
        shown=cleared.shown,
        used=cleared.used,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _index(ctx: Context, solution: Solution) -> None:
    """Others find what was released last."""
    await index_solution(ctx.work, solution, await ctx.work.solutions.released_edition(solution))


async def _check_area(ctx: Context, solution: Solution) -> None:
    """Raises SolutionOfOtherArea: its area's room decides, and who is in it now."""
    if ctx.room.area != await home_area(ctx.work, ctx.desk.areas, solution.area):
        raise SolutionOfOtherArea(solution=solution)


async def _check_publishable(ctx: Context, ticket: Ticket, answers: Sequence[Post]) -> None:
    """What was answered together with something confidential is as confidential as that."""
    told = [other for post in answers for other in await ctx.work.tickets.answered_by(post)]
    if ticket.confidential or any(other.confidential for other in told):
        raise SolutionConfidential(ticket=ticket)
    if ticket.erased_at or not answers or not ticket.question or ticket.state not in _SOLVED:
        raise SolutionWithoutAnswer(ticket=ticket, prefix=ctx.settings.prefix)
    for before in await ctx.work.solutions.of_ticket(ticket.id):
        if before.withdrawn_at is None:
            raise SolutionExists(ticket=ticket, solution=before, prefix=ctx.settings.prefix)
    sealed = ticket.sealed or any(post.sealed for post in answers)
    if sealed and not ctx.state.encrypted:
        raise SolutionSealed(solution=None)
