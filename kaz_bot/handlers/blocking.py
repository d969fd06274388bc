"""What specialists say when a ticket cannot go on before the committee has decided."""

import re

from kaz_bot.casework import for_all
from kaz_bot.commands import (
    Answer,
    MissingRecord,
    MissingText,
    Outcome,
    Role,
    Text,
    TooManyWords,
    verb,
)
from kaz_bot.context import Context
from kaz_bot.domain.block_events import TicketBlocked
from kaz_bot.domain.committee.blocks import Block, NotBlocked, PaperDecided
from kaz_bot.domain.committee.numbers import PaperId, Series, pattern_of
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import folded
from kaz_bot.waking import lift, owes_answer

# "wartet auf BV-7", "blocked by BV-7".
_LINKING = re.compile(r"(?:auf|durch|von|wegen|for|by|on)\s+", re.IGNORECASE)
_LIFT = frozenset({"aufheben", "aufgehoben", "lift", "lifted"})


@verb(
    "blockiert",
    "blocked",
    allow=Role.SPECIALIST,
    aliases=("wartet", "waits"),
    everyday=True,
)
async def block(ctx: Context, ticket: Ticket, text: Text | None) -> Outcome:
    """Let a ticket wait for a paper of the committee; the last one named is the one it waits for.

    `aufheben` ends the wait.
    """
    if text is None:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    waits = await ctx.work.blocks.of(ticket.id)
    if folded(text).strip(" .") in _LIFT:
        if waits is None:
            raise NotBlocked(ticket=ticket)
        return [*await lift(ctx.work, waits, by=ctx.sender, now=ctx.now)]
    blocked = ticket.blocked(ctx.now)
    paper = await _undecided(ctx, text)
    if waits is not None and waits.paper_id == paper.id:
        return _as_it_is(ctx, waits)
    # A paper that is decided at this moment is decided before that or after it: with another
    # version it cannot be missed that somebody waits.
    await ctx.work.papers.save(paper)
    await ctx.work.blocks.end(ticket.id, ctx.now)
    await ctx.work.blocks.add(
        Block(ticket_id=ticket.id, paper_id=paper.id, by=ctx.sender, since=ctx.now)
    )
    saved, followers = await ctx.keep(blocked)
    owed = await owes_answer(ctx.work, saved)
    return [*for_all(TicketBlocked(saved, paper, owed, by=ctx.sender, at=ctx.now), followers)]


async def _undecided(ctx: Context, text: str) -> Paper:
    """The paper that is named, in whatever room the committee has filed it."""
    link = _LINKING.match(text)
    named = text[link.end() :] if link else text
    match = pattern_of(Series.PAPER).match(named)
    if match is None:
        raise MissingRecord(
            series=Series.PAPER.name.lower(), verb=ctx.verb, prefix=ctx.settings.prefix
        )
    rest = named[match.end() :].split()
    if rest:
        raise TooManyWords(word=rest[0], verb=ctx.verb, prefix=ctx.settings.prefix)
    paper = await ctx.work.papers.get(PaperId(int(match["number"])))
    if not paper.open:
        raise PaperDecided(paper=paper)
    return paper


def _as_it_is(ctx: Context, waits: Block) -> Answer:
    facts = {"ticket_id": waits.ticket_id, "paper": waits.paper, "prefix": ctx.settings.prefix}
    return Answer(template="info/blocked", facts=facts, topic="blocked")


BLOCKING = (block,)
