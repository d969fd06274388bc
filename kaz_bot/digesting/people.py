"""Gathers what one person waits for, by what they are at this moment: asker, specialist, member."""

from collections.abc import Sequence

from kaz_bot.digesting.committee import meetings_next, tasks_due, votes_in
from kaz_bot.digesting.knowledge import deadlines, new_solutions
from kaz_bot.digesting.questions import asked, notes_of
from kaz_bot.digesting.rooms import MOST, to_take_up
from kaz_bot.digesting.sight import Sight, areas_at_home
from kaz_bot.domain.committee.tally import BodyVote
from kaz_bot.domain.digest_contents import Section, Topic, VoteNote
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import RoomId, UserId
from kaz_bot.rights import has_task, within_reach


async def of_person(sight: Sight, person: UserId) -> tuple[Section, ...]:
    """What they asked, what they work on, where they vote, what they have to do, what is new."""
    committees = await _committees(sight, person)
    return (
        *await _own_questions(sight, person),
        *await _own_work(sight, person),
        Section.of(Topic.VOTES, await _votes(sight, person, committees)),
        await _tasks(sight, person),
        await meetings_next(sight, committees),
        await _deadlines(sight, person),
        await new_solutions(sight),
    )


async def _own_questions(sight: Sight, person: UserId) -> tuple[Section, ...]:
    standing = await sight.work.tickets.open_of(person, MOST)
    answered = await sight.work.digest_counts.answered_of(person, sight.since, sight.now)
    return await asked(sight, standing[::-1], answered)


async def _own_work(sight: Sight, person: UserId) -> tuple[Section, ...]:
    """Of the areas in whose rooms they are now, and of no other."""
    areas = await _areas(sight, person)
    in_hand = [
        ticket
        for ticket in await sight.work.tickets.of_assignee(person, MOST)
        if ticket.area in areas and ticket.merged_into is None
    ]
    return (
        Section.of(Topic.IN_HAND, notes_of(sight, in_hand)),
        *await to_take_up(sight, areas),
    )


async def _areas(sight: Sight, person: UserId) -> list[AreaKey]:
    found: list[AreaKey] = []
    for room in await sight.work.rooms.of_kind(RoomKind.AREA):
        if room.area is not None and _is_in(sight, person, room.room_id):
            found += await areas_at_home(sight.work, sight.desk.areas, room.area)
    return list(dict.fromkeys(found))


async def _committees(sight: Sight, person: UserId) -> list[RoomId]:
    rooms = await sight.work.rooms.of_kind(RoomKind.COMMITTEE)
    return [room.room_id for room in rooms if _is_in(sight, person, room.room_id)]


async def _votes(sight: Sight, person: UserId, committees: Sequence[RoomId]) -> list[VoteNote]:
    """Those in which a body that they speak for is missing."""

    def theirs(body: BodyVote) -> bool:
        return person in {*body.members, *body.deputies}

    return [note for room_id in committees for note in await votes_in(sight, room_id, theirs)]


async def _tasks(sight: Sight, person: UserId) -> Section:
    tasks = await sight.work.tasks.open_of(person)
    rooms = sight.desk.rooms
    return tasks_due(
        sight,
        [task for task in tasks if has_task(person, task, home=rooms.get(task.room_id))],
    )


async def _deadlines(sight: Sight, person: UserId) -> Section:
    """Those that they set or have to keep, as far as they are still their business."""
    rooms = sight.desk.rooms
    return deadlines(
        sight,
        [
            one
            for one in await sight.work.reminders.open_of(person)
            if within_reach(person, one, rooms.get(one.room_id))
        ],
    )


def _is_in(sight: Sight, person: UserId, room_id: RoomId) -> bool:
    state = sight.desk.rooms.get(room_id)
    return state is not None and person in state.members
