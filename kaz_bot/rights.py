"""Who may do what: the one place where every verb and every reaction is allowed or refused."""

from collections.abc import Iterable

from kaz_bot.commands import Role, Verb
from kaz_bot.config import Settings
from kaz_bot.domain.committee.decisions import DecisionNotFound, Entry
from kaz_bot.domain.committee.tasks import NotYourTask, Task
from kaz_bot.domain.knowledge.solutions import Solution, SolutionNotFound
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey, Ticket
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import RoomState, UserId, server_of

# Who may redact others' messages in a room moderates it (client-server spec,
# `m.room.power_levels`).
_MODERATES = 50
_ASKING_ROOMS = frozenset({RoomKind.PROJECT, RoomKind.DIRECT})

# In which rooms a role can be had at all; help lists the verbs of the room by this.
ROOMS_OF: dict[Role, frozenset[RoomKind]] = {
    Role.PERSON: frozenset(RoomKind),
    Role.ASKING: _ASKING_ROOMS,
    Role.ASKER: _ASKING_ROOMS,
    # One's own data are shown to nobody else.
    Role.ALONE: frozenset({RoomKind.DIRECT}),
    Role.READER: _ASKING_ROOMS | {RoomKind.AREA},
    Role.SPECIALIST: frozenset({RoomKind.AREA}),
    Role.MEMBER: frozenset({RoomKind.COMMITTEE}),
    Role.CHAIR: frozenset({RoomKind.COMMITTEE}),
    Role.REPORTER: frozenset({RoomKind.AREA, RoomKind.COMMITTEE, RoomKind.ADMIN}),
    # Of operators a digest would tell nothing.
    Role.SUBSCRIBER: frozenset(RoomKind) - {RoomKind.ADMIN},
    Role.ADMIN: frozenset(RoomKind),
}


class NotAllowed(Refusal):
    """The verb is not for this person in this room; told where it is."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_allowed"


class NotChair(Refusal):
    """Only the chair and their deputy may do this; told who that is."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_chair"


class NotServed(Refusal):
    """The person's homeserver is not one that this desk serves."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_served"


class NotYourTicket(Refusal):
    """Only whoever asked may do this, or read this."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_your_ticket"


class OtherArea(Refusal):
    """The ticket belongs to another area; told which."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/other_area"


class NotKeeper(Refusal):
    """Everybody reads the catalogue, specialists keep it; told where."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_keeper"


def served(user: UserId, settings: Settings) -> bool:
    """Whether the desk serves people of that homeserver."""
    return server_of(user) in settings.allowed_servers


def is_admin(user: UserId, settings: Settings, admin_room: RoomState | None) -> bool:
    """Named in the settings, or a member of the operators' room at this moment."""
    return user in settings.admins or (admin_room is not None and user in admin_room.members)


def chairs(state: RoomState, settings: Settings) -> tuple[UserId, ...]:
    """Who leads the committee in its room: those named in the settings, otherwise those who
    moderate the room; if neither is there, everybody in it."""
    people = tuple(user for user in state.members if is_voter(user, settings))
    named = tuple(user for user in people if user in settings.chairs)
    moderators = tuple(user for user in people if state.power(user) >= _MODERATES)
    return named or moderators or people


def is_voter(user: UserId, settings: Settings) -> bool:
    """Whether it is a person whom the desk serves: bots never count."""
    bots = settings.bots | {settings.user_id}
    return user not in bots and served(user, settings)


def check_person(user: UserId, state: RoomState, settings: Settings) -> None:
    """Refuse people of other homeservers, and those who have left the room meanwhile."""
    if not served(user, settings):
        raise NotServed(server=server_of(user))
    if user not in state.members:
        raise NotAllowed(verb=None, rooms=())


def check_verb(
    entry: Verb, user: UserId, room: BoundRoom, *, admin: bool, chairs: Iterable[UserId] = ()
) -> None:
    """Refuse a verb that is not for this room, or not for this person."""
    if entry.allow is Role.ADMIN and not admin:
        raise NotAllowed(verb=entry, rooms=(RoomKind.ADMIN,))
    if room.kind not in ROOMS_OF[entry.allow]:
        raise NotAllowed(verb=entry, rooms=tuple(sorted(ROOMS_OF[entry.allow])))
    if entry.allow is Role.CHAIR:
        check_chair(user, tuple(chairs))
    if room.kind is RoomKind.DIRECT and room.person is not None and user != room.person:
        raise NotAllowed(verb=entry, rooms=())


def usable_in(kind: RoomKind, entry: Verb, twins: Iterable[Verb]) -> Verb:
    """The verb, or the first of its twins that can be used in rooms of this kind if it cannot;
    one of a certain kind of number is meant and no other."""
    if entry.about is not None or kind in ROOMS_OF[entry.allow]:
        return entry
    return next((twin for twin in twins if kind in ROOMS_OF[twin.allow]), entry)


def check_chair(user: UserId, chairs: tuple[UserId, ...]) -> None:
    """Refuse what only the chair may do."""
    if user not in chairs:
        raise NotChair(chairs=chairs)


def may_see_task(user: UserId, room: BoundRoom, task: Task, *, home: RoomState | None) -> bool:
    """Whether somebody can get at the task from this room: where it was set, or, if it is theirs,
    in their direct chat. `home` is the room where it was set."""
    if task.room_id == room.room_id:
        return True
    return room.kind is RoomKind.DIRECT and has_task(user, task, home=home)


def has_task(user: UserId, task: Task, *, home: RoomState | None) -> bool:
    """Whether it is in somebody's hands. Whoever was given it as a member of the committee and has
    left that has nothing to do with it any more."""
    return user == task.person and (task.asked or (home is not None and user in home.members))


def check_task(user: UserId, task: Task, *, whose: str) -> None:
    """Refuse to promise or to decline for somebody else what was given to them.

    All else may be done by whoever can get at it. `whose` is what people call whoever has it.
    """
    if task.person not in {None, user}:
        raise NotYourTask(task=task, whose=whose)


def only_reports(user: UserId, task: Task) -> bool:
    """Whether somebody cannot promise it, but say that it was promised: they asked a municipality
    for it, of which nobody is named."""
    return user == task.owner and task.person is None and task.asked and bool(task.municipality)


def check_decision(room: BoundRoom, entry: Entry) -> None:
    """Refuse to show outside of the committee what it has not published."""
    if entry.room_id != room.room_id and entry.published_at is None:
        raise DecisionNotFound(number=str(entry.decision.number))


def check_keeper(room: BoundRoom) -> None:
    """Refuse to change the catalogue outside of the areas, whose specialists keep it."""
    if room.kind is not RoomKind.AREA:
        raise NotKeeper


def check_solution(room: BoundRoom, solution: Solution) -> None:
    """Refuse to show outside of the areas what nobody has released, or what was withdrawn."""
    if room.kind is RoomKind.AREA or solution.usable:
        return
    if solution.released_at is not None:
        solution.check_standing()
    raise SolutionNotFound(number=solution.id)


def check_ticket(
    entry: Verb, user: UserId, room: BoundRoom, ticket: Ticket, *, home: AreaKey
) -> None:
    """Refuse a verb on a ticket that is not this person's or this area's business.

    `home` is the area whose room shows the ticket.
    """
    if entry.allow is Role.ASKER and ticket.asker != user:
        raise NotYourTicket(ticket=ticket)
    if entry.allow is Role.SPECIALIST and room.area != home:
        raise OtherArea(ticket=ticket)
    reads = entry.allow in {Role.READER, Role.PERSON}
    if reads and not may_read(user, room, ticket, home=home):
        raise NotYourTicket(ticket=ticket)


def may_read(user: UserId, room: BoundRoom, ticket: Ticket, *, home: AreaKey) -> bool:
    """Whether the ticket may be shown to this person in this room."""
    if room.kind is RoomKind.AREA:
        return room.area == home or not ticket.confidential
    if room.kind is RoomKind.DIRECT:
        return ticket.asker == user
    return not ticket.confidential and (ticket.room_id == room.room_id or ticket.asker == user)


def may_see(
    user: UserId,
    room: BoundRoom,
    reminder: Reminder,
    people: Iterable[UserId],
    *,
    home: RoomState | None,
) -> bool:
    """Whether this person can get at the reminder from this room: where it was set, or, if it is
    theirs, in their direct chat. `home` is the room where it was set."""
    if reminder.room_id == room.room_id:
        return True
    theirs = user in {reminder.owner, reminder.target, *people}
    return room.kind is RoomKind.DIRECT and theirs and within_reach(user, reminder, home)


def within_reach(user: UserId, reminder: Reminder, home: RoomState | None) -> bool:
    """Whether what somebody has to do with is still their business outside of its room.

    It is as long as they are in that room, or if they set it for themselves alone. What was set
    in a room that the bot has left is told to one person, who can get at it.
    """
    if home is None:
        return user == (reminder.target or reminder.owner)
    return user in home.members or user == reminder.owner == reminder.target
