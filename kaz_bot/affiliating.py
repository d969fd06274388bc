"""Keeps for which municipality somebody asks: known from the person, the room, or asked once."""

from kaz_bot.context import Context
from kaz_bot.domain.events import MunicipalityAsked, TicketAskedFor
from kaz_bot.domain.municipalities import Affiliation, Municipality, MunicipalityKey
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import RoomId, UserId
from kaz_bot.municipalities import directory
from kaz_bot.store import Work

# More than any person has open at once.
_ALL = 10_000


async def municipality_of(work: Work, *, person: UserId, room: BoundRoom) -> MunicipalityKey | None:
    """The person's own wins over the room's, where people of several may sit together."""
    return await _known(work, person, room.room_id)


def municipality_shown(ctx: Context, ticket: Ticket) -> Municipality | None:
    """For whom the ticket was asked, as this room may read it: other project rooms may not."""
    elsewhere = ctx.room.kind is RoomKind.PROJECT and ticket.room_id != ctx.room.room_id
    return directory().get(ticket.municipality) if ticket.municipality and not elsewhere else None


async def affiliation_here(ctx: Context) -> Affiliation | None:
    """The room's, or in a direct chat that of the person it is with, if there is one."""
    if ctx.direct:
        return await ctx.work.affiliations.of_person(ctx.sender)
    return await ctx.work.affiliations.of_room(ctx.room.room_id)


async def asked_once(ctx: Context, ticket: Ticket) -> list[MunicipalityAsked]:
    """Whoever has never been asked is asked now, unless there are more urgent things to say."""
    if ticket.municipality is not None or await _in_trouble(ctx.work, ticket):
        return []
    if ctx.direct:
        affiliation = await ctx.work.affiliations.person(ticket.asker, ctx.now)
    else:
        affiliation = await ctx.work.affiliations.room(ticket.room_id, ctx.now)
    if affiliation.id:
        return []
    await ctx.work.affiliations.save(affiliation.asked(ctx.now))
    return [MunicipalityAsked(ticket, not ctx.direct, by=None, at=ctx.now)]


async def bind(ctx: Context, municipality: MunicipalityKey | None) -> list[TicketAskedFor]:
    """From now on the room, or in a direct chat the person, asks for this one, or for none.

    What is still open was asked for it as well.
    """
    affiliations = ctx.work.affiliations
    if ctx.direct:
        known = await affiliations.person(ctx.sender, ctx.now)
        tickets = await ctx.work.tickets.open_of(ctx.sender, _ALL)
    else:
        known = await affiliations.room(ctx.room.room_id, ctx.now)
        tickets = await ctx.work.tickets.open_in(ctx.room.room_id)
    await affiliations.save(known.bound_to(municipality, ctx.now))
    followed = [await _followed(ctx, ticket) for ticket in tickets]
    return [event for event in followed if event is not None]


async def _followed(ctx: Context, ticket: Ticket) -> TicketAskedFor | None:
    known = await _known(ctx.work, ticket.asker, ticket.room_id)
    if known == ticket.municipality:
        return None
    saved = await ctx.work.tickets.save(ticket.asked_for(known, ctx.now))
    return TicketAskedFor(saved, by=ctx.sender, at=ctx.now)


async def _known(work: Work, person: UserId, room: RoomId) -> MunicipalityKey | None:
    own = await work.affiliations.of_person(person)
    if own is not None and own.municipality is not None:
        return own.municipality
    shared = await work.affiliations.of_room(room)
    return shared.municipality if shared is not None else None


async def _in_trouble(work: Work, ticket: Ticket) -> bool:
    """Whether the asker has a security incident to see to."""
    others = await work.tickets.open_of(ticket.asker, _ALL)
    return any(one.incident and one.active for one in (ticket, *others))
