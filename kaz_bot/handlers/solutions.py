"""What specialists say to model solutions: propose one, put it right, release it, withdraw it."""

import re
from collections.abc import Sequence
from datetime import datetime

from kaz_bot.commands import Family, MissingTicket, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Series, subject_of
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.knowledge.solution_lines import order_in, order_like
from kaz_bot.domain.knowledge.solutions import Solution, SolutionOrderUnclear
from kaz_bot.domain.tickets import Ticket
from kaz_bot.forgetting import forget_edition
from kaz_bot.messages import Redacted
from kaz_bot.publishing import ordered, propose
from kaz_bot.store import Work

# Behind the first word, as in `freigebn L-3`.
_NUMBER = re.compile(r"^\S+\s+L[-\s]?(?P<number>\d{1,9})(?!\w)", re.IGNORECASE)


@verb(
    "lösung",
    "solution",
    allow=Role.SPECIALIST,
    reactions=("✅",),
    family=Family.KNOWLEDGE,
    aliases=("musterlösung",),
)
async def solution(
    ctx: Context, named: Solution | None, ticket: Ticket | None, text: Text | None
) -> Outcome:
    """Propose the answer of a ticket, or do something to the solution whose number follows.

    `named` is the one that the answered message tells of; a reaction releases it.
    """
    order, rest = order_in(text or "")
    if order is not None:
        return await ordered(ctx, order, named, rest)
    number = _NUMBER.search(rest)
    if number is not None and (meant := order_like(rest)) is not None:
        raise SolutionOrderUnclear(
            word=rest.split()[0],
            order=meant,
            subject=subject_of(Series.SOLUTION, int(number["number"])),
            prefix=ctx.settings.prefix,
        )
    if ticket is None:
        raise MissingTicket(verb=ctx.verb, prefix=ctx.settings.prefix)
    return await propose(ctx, ticket, rest)


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[DeskEvent]:
    """What somebody proposed or put right goes with their message, unless it was released."""
    happened: list[DeskEvent] = []
    for gone in await work.solutions.written_by(redaction.target):
        found = await work.solutions.get(gone.solution_id)
        # A room has no say in what was said in another.
        if redaction.sender != gone.author and redaction.room_id != found.room_id:
            continue
        erased = await forget_edition(work, found, gone, by=redaction.sender, at=now)
        happened += [erased] if erased else []
    return happened


SOLUTIONS = (solution,)
