"""Who is at a meeting, and for which bodies."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaz_bot.domain.committee.bodies import Body
from kaz_bot.domain.committee.meetings import Attendance, Presence
from kaz_bot.messages import UserId


@dataclass(frozen=True, kw_only=True)
class Represented:
    """A body, and who is there for it: its members, and its deputies."""

    body: str
    members: tuple[UserId, ...] = ()
    deputies: tuple[UserId, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether nobody is there for it."""
        return not self.members and not self.deputies


@dataclass(frozen=True, kw_only=True)
class Roll:
    """`others` are there for no body; where there are no bodies, everybody is."""

    bodies: tuple[Represented, ...] = ()
    others: tuple[UserId, ...] = ()
    excused: tuple[UserId, ...] = ()


def roll_of(bodies: Iterable[Body], attendance: Iterable[Attendance]) -> Roll:
    """Everybody who said something about it, body by body."""
    said = tuple(attendance)
    present = tuple(one.person for one in said if one.presence is Presence.PRESENT)
    represented = tuple(
        Represented(
            body=body.name,
            members=tuple(person for person in present if person in body.members),
            deputies=tuple(person for person in present if person in body.deputies),
        )
        for body in bodies
    )
    seated = {person for one in represented for person in (*one.members, *one.deputies)}
    return Roll(
        bodies=represented,
        others=tuple(person for person in present if person not in seated),
        excused=tuple(one.person for one in said if one.presence is Presence.EXCUSED),
    )
