"""What people say to set a deadline, which can be put off, or an Ausschlussfrist, which cannot."""

import re
from dataclasses import replace

from kaz_bot.bringing_forward import DeadlineRecurs, NoDate, heard, pointed_out, set_down
from kaz_bot.commands import (
    Family,
    MissingText,
    Outcome,
    Recipients,
    Role,
    Text,
    named_within,
    verb,
)
from kaz_bot.context import Context
from kaz_bot.dates import Moment
from kaz_bot.domain.reminder_events import ReminderSet
from kaz_bot.domain.reminders import ReminderKind, Responsible
from kaz_bot.domain.tickets import Ticket, TicketId, TicketNotFound
from kaz_bot.messages import UserId
from kaz_bot.planning import clash_of
from kaz_bot.rights import may_read

_NUMBER_FIRST = re.compile(r"(?:#|nr\.?\s*)?(?P<number>\d{1,9})\s+(?=\D)", re.IGNORECASE)


@verb("frist", "deadline", allow=Role.PERSON, ticket_anywhere=True)
async def deadline(ctx: Context, who: Recipients, ticket: Ticket | None, text: Text) -> Outcome:
    """Set a deadline, with reminders before it and after it."""
    return await _set(ctx, ReminderKind.DEADLINE, who, ticket, text)


@verb("ausschlussfrist", "cutoff", allow=Role.PERSON, family=Family.TIME, ticket_anywhere=True)
async def cutoff(ctx: Context, who: Recipients, ticket: Ticket | None, text: Text) -> Outcome:
    """Set a deadline that can be neither put off nor extended."""
    return await _set(ctx, ReminderKind.CUTOFF, who, ticket, text)


async def _set(
    ctx: Context, kind: ReminderKind, who: Recipients, ticket: Ticket | None, text: str
) -> Outcome:
    if ticket is None:
        ticket, text = await _numbered(ctx, text)
    found = ctx.desk.reader.until(text, ctx.now)
    if found is None:
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    if not isinstance(found.when, Moment):
        raise DeadlineRecurs(prefix=ctx.settings.prefix)
    about, message = pointed_out(ctx, found.what)
    if not about and ticket is None:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    blank = await set_down(ctx, about=about, message=message, ticket=ticket)
    when = found.when
    due = replace(blank, kind=kind, timed=when.timed, elapsed=when.elapsed).due_on(when.at)
    planned = replace(due, next_at=ctx.desk.ladder.next_after(due, ctx.now).at)
    people = _people(ctx, who, found.what)
    added = await ctx.work.reminders.add(planned, people)
    return ReminderSet(
        added,
        tuple(Responsible(person=person) for person in people),
        ticket,
        clash_of(added.due, ctx.desk.days),
        when.remark or "",
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _numbered(ctx: Context, text: str) -> tuple[Ticket | None, str]:
    """A number in front is a ticket's, if one is open here; otherwise it begins the text."""
    match = _NUMBER_FIRST.match(text)
    if match is None:
        return None, text
    try:
        ticket = await ctx.work.tickets.get(TicketId(int(match["number"])))
    except TicketNotFound:
        return None, text
    home = await ctx.home_area(ticket)
    here = ticket.active and may_read(ctx.sender, ctx.room, ticket, home=home)
    return (ticket, text[match.end() :]) if here else (None, text)


def _people(ctx: Context, who: Recipients, text: str) -> tuple[UserId, ...]:
    """Who has to do it; nobody by name means the room."""
    me = (ctx.sender,) if who.me or ctx.direct else ()
    mentioned = tuple(sorted(ctx.said.mentions)) if ctx.said else ()
    others = {user: name for user, name in ctx.state.members.items() if user != ctx.desk.bot}
    named = who.people or named_within(text, others, mentioned)
    return tuple(dict.fromkeys((*me, *named)))


DEADLINES = (deadline, cutoff)
