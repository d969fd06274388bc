"""Says who may vote in a committee at this moment."""

from collections.abc import Sequence
from itertools import count

from kaz_bot.config import Settings
from kaz_bot.domain.committee.ballots import BallotId, Elector
from kaz_bot.domain.committee.bodies import Body, Seat
from kaz_bot.messages import RoomState, UserId
from kaz_bot.rights import is_voter
from kaz_bot.store import Work

_NOT_OPEN_YET = BallotId(0)


async def electors_of(
    work: Work, state: RoomState, settings: Settings, ballot_id: BallotId = _NOT_OPEN_YET
) -> list[Elector]:
    """The seats of the bodies of the room; where there are none, each person in it for themselves.

    Whoever is not in the room keeps the seat: a body of which nobody is there is entitled too, and
    is missing until somebody comes.
    """
    bodies = await work.bodies.of(state.room_id)
    if not bodies:
        return _each_person(state, settings, ballot_id)
    return [
        Elector(ballot_id=ballot_id, place=place, body=body.name, person=person, seat=seat)
        for place, body in enumerate(bodies)
        for seat, person in _seats(body, settings)
    ]


def _seats(body: Body, settings: Settings) -> list[tuple[Seat, UserId]]:
    """Those who can vote for it. If nobody can any more, it is entitled all the same."""
    seats = [
        *((Seat.MEMBER, person) for person in body.members),
        *((Seat.DEPUTY, person) for person in body.deputies),
    ]
    return [(seat, person) for seat, person in seats if is_voter(person, settings)] or seats


def _each_person(state: RoomState, settings: Settings, ballot_id: BallotId) -> list[Elector]:
    people = sorted(person for person in state.members if is_voter(person, settings))
    return [
        Elector(ballot_id=ballot_id, place=place, body=name, person=person)
        for place, (person, name) in enumerate(_told_apart(people, state))
    ]


def _told_apart(people: Sequence[UserId], state: RoomState) -> list[tuple[UserId, str]]:
    """Each by a name that nobody else has; of several with the same the later get a number."""
    names = [state.display_name(person) for person in people]
    taken: set[str] = set()
    named = []
    for person, name in zip(people, names, strict=True):
        # Somebody may be called "Kim (2)" by themselves.
        others = taken | set(names)
        numbered = (f"{name} ({number})" for number in count(2))
        unique = name if name not in taken else next(one for one in numbered if one not in others)
        taken.add(unique)
        named.append((person, unique))
    return named
