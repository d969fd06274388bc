"""What a search finds: solutions, entries of the catalogue, decisions, tickets."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.knowledge.catalogue import EntryKind
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import AreaKey, Ticket
from kaz_bot.messages import RoomId, UserId


class FindKind(StrEnum):
    """Musterlösung, Eintrag im Katalog, Beschluss, Anfrage."""

    SOLUTION = "solution"
    ENTRY = "entry"
    DECISION = "decision"
    TICKET = "ticket"


@dataclass(frozen=True, kw_only=True)
class Find:
    """Something that was found, as a line or two. `as_of` is its Stand; of a decision the day on
    which it was made, of a ticket that of its answer.

    `ticket` is set for a ticket, `subject` for all else. `title` and `excerpt` are empty where they
    may not be shown, which `withheld` says. `yours`: whoever searches asked it. `readable`: the
    whole of it can be looked at in the same room. `sealed`: text from an encrypted room is shown.
    """

    kind: FindKind
    subject: Subject | None = None
    ticket: Ticket | None = None
    entry_kind: EntryKind | None = None
    title: str = ""
    excerpt: str = ""
    area: AreaKey | None = None
    as_of: date
    stale: bool = False
    yours: bool = False
    readable: bool = True
    withheld: bool = False
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody looks for: words, and what it is narrowed down to; empty means everything."""

    words: str = ""
    kinds: tuple[FindKind, ...] = ()
    area: AreaKey | None = None
    since: date | None = None
    mine: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything was left out by intention."""
        return bool(self.kinds or self.area or self.since or self.mine)


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who searches, and where: what may be found depends on both.

    `encrypted`: whether the room is, so that what was said in such a one may be shown.
    """

    person: UserId
    room_id: RoomId
    kind: RoomKind
    encrypted: bool

    @property
    def direct(self) -> bool:
        """Whether nobody else reads along."""
        return self.kind is RoomKind.DIRECT

    def asked_here(self, ticket: Ticket) -> bool:
        """Whether it is their own and may be found here in any state; in confidence only alone."""
        here = ticket.room_id == self.room_id and not ticket.confidential
        return ticket.asker == self.person and (self.direct or here)

    def reads(self, ticket: Ticket) -> bool:
        """Whether the ticket, which everybody may find, can be looked at as a whole here."""
        if self.kind is RoomKind.AREA:
            return True
        asking = self.kind in {RoomKind.PROJECT, RoomKind.DIRECT}
        return asking and (ticket.room_id == self.room_id or ticket.asker == self.person)
