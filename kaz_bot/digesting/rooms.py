"""Gathers what the people of a project room, of an area or of a committee wait for."""

from datetime import timedelta

from kaz_bot.digesting.committee import meetings_next, tasks_due, votes_in
from kaz_bot.digesting.knowledge import (
    deadlines,
    decisions_made,
    new_solutions,
    published_decisions,
    solutions_to_look_after,
)
from kaz_bot.digesting.questions import asked, notes_of, overdue, with_askers
from kaz_bot.digesting.sight import Sight, areas_at_home
from kaz_bot.digesting.weeks import spans_of
from kaz_bot.domain.digest_contents import Section, Topic
from kaz_bot.domain.digest_weeks import Load, trend
from kaz_bot.domain.rooms import BoundRoom
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketState
from kaz_bot.messages import RoomId

# A queue that is longer than this is told as so long.
MOST = 1000
# So many of the latest decisions are looked through; a committee makes fewer in a week.
_DECISIONS = 50
# Of shorter spans one has a weekend in it and another has not.
_COMPARABLE = timedelta(days=5)


async def of_project(sight: Sight, room_id: RoomId) -> tuple[Section, ...]:
    """What became of the room's own questions, its deadlines, and what is new for everybody.
    Confidential questions were not asked in it."""
    counts = sight.work.digest_counts
    standing = [one for one in await counts.open_in_room(room_id) if not one.confidential]
    answered = await counts.answered_in_room(room_id, sight.since, sight.now)
    return (
        *await asked(sight, standing, [one for one in answered if not one.confidential]),
        deadlines(sight, await sight.work.reminders.open_in_room(room_id)),
        await published_decisions(sight),
        await new_solutions(sight),
    )


async def of_area(sight: Sight, room: BoundRoom) -> tuple[Section, ...]:
    """What nobody has taken, what is overdue, what waits, and solutions to look after."""
    areas = await _areas_of(sight, room)
    return (
        *await to_take_up(sight, areas),
        Section.of(
            Topic.WITH_ASKER,
            await with_askers(sight, await in_state(sight, areas, TicketState.WAITING)),
        ),
        *await solutions_to_look_after(sight, areas),
        await new_solutions(sight),
    )


async def to_take_up(sight: Sight, areas: list[AreaKey]) -> tuple[Section, ...]:
    """What is overdue in those areas, and what else nobody has taken."""
    late = await overdue_in(sight, areas)
    known = {ticket.id for ticket in late}
    new = await in_state(sight, areas, TicketState.NEW)
    return (
        Section.of(Topic.OVERDUE, await overdue(sight, late)),
        Section.of(Topic.UNCLAIMED, notes_of(sight, [one for one in new if one.id not in known])),
    )


async def load_of(sight: Sight, room: BoundRoom) -> Load:
    """How many questions the area has, and whether it was more than usual."""
    areas = await _areas_of(sight, room)
    counted = await sight.work.digest_counts.active(areas)
    has = {state: counted.get(state, 0) for state in ACTIVE}
    *earlier, (opened, solved) = await spans_of(sight, areas)
    before = earlier if sight.now - sight.since >= _COMPARABLE else []
    return Load(
        new=has[TicketState.NEW],
        claimed=has[TicketState.CLAIMED],
        waiting=has[TicketState.WAITING],
        opened=opened,
        solved=solved,
        coming=trend(opened, [some for some, _ in before]),
        going=trend(solved, [some for _, some in before]),
    )


async def of_committee(sight: Sight, room_id: RoomId) -> tuple[Section, ...]:
    """Which votes run and who is missing, what is to be done, when it meets, what was decided."""
    latest = await sight.work.decisions.latest(_DECISIONS, room_id=room_id)
    return (
        Section.of(Topic.VOTES, await votes_in(sight, room_id)),
        tasks_due(sight, await sight.work.tasks.open_in(room_id)),
        await meetings_next(sight, [room_id]),
        decisions_made(sight, latest),
        await new_solutions(sight),
    )


async def _areas_of(sight: Sight, room: BoundRoom) -> list[AreaKey]:
    areas = sight.desk.areas
    return await areas_at_home(sight.work, areas, room.area or areas.default)


async def in_state(sight: Sight, areas: list[AreaKey], state: TicketState) -> list[Ticket]:
    """The tickets of those areas in a state, but for those that another one leads."""
    found = [
        ticket for area in areas for ticket in await sight.work.tickets.in_area(area, {state}, MOST)
    ]
    return [ticket for ticket in found if ticket.merged_into is None]


async def overdue_in(sight: Sight, areas: list[AreaKey]) -> list[Ticket]:
    """The overdue tickets of those areas."""
    return [
        ticket
        for area in areas
        for ticket in await sight.work.clocks.overdue_in(area, sight.now, MOST)
    ]
