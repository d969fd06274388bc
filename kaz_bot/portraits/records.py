"""Writes what is stored about a person for programs, as far as the reader may see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.digests import DigestOrder
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.municipalities import Affiliation
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.views import question_shown, solution_shown
from kaz_bot.messages import RoomId
from kaz_bot.portraits.portrait import Portrait


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the reader may see. `encrypted`: whether what was said encrypted may be shown.

    `reads` and `is_in`: whether they may read a reminder's words, and those that others said in
    a room of the committee.
    """

    encrypted: bool
    ticket_prefix: str
    reads: Callable[[Reminder], bool]
    is_in: Callable[[RoomId], bool]

    def shown(self, text: str, *, sealed: bool) -> str:
        """The text, or nothing."""
        return text if self.encrypted or not sealed else ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One of them; without a time it is one that holds now."""

    kind: str
    at: datetime | None
    said: dict[str, object]


def records_in(portrait: Portrait, sight: Sight) -> Iterator[Record]:
    """All but those of the committee."""
    for ticket in portrait.tickets:
        yield Record(kind="tickets", at=ticket.opened_at, said=_ticket(ticket, sight))
    for post in portrait.posts:
        yield Record(kind="posts", at=post.said_at, said=_post(post, sight))
    for reminder in portrait.reminders:
        own = reminder.owner == portrait.person
        said = _reminder(reminder, sight, own=own)
        yield Record(kind="reminders", at=reminder.set_at, said=said)


def _ticket(ticket: Ticket, sight: Sight) -> dict[str, object]:
    encrypted = sight.encrypted
    return {
        "id": f"{sight.ticket_prefix}-{ticket.id}",
        "state": ticket.state.value,
        "area": ticket.area,
        "room": ticket.room_id,
        "opened_at": ticket.opened_at.isoformat(),
        "municipality": ticket.municipality,
        "question": question_shown(ticket, encrypted=encrypted, private=True),
        "solution": solution_shown(ticket, encrypted=encrypted, private=True),
    }


def _post(post: Post, sight: Sight) -> dict[str, object]:
    file = post.attachment.name if post.attachment else ""
    return {
        "id": f"{sight.ticket_prefix}-{post.ticket_id}",
        "kind": post.kind.value,
        "room": post.room_id,
        "said_at": post.said_at.isoformat(),
        "text": sight.shown(post.text, sealed=post.sealed),
        "file": sight.shown(file, sealed=post.sealed),
    }


def _reminder(reminder: Reminder, sight: Sight, *, own: bool) -> dict[str, object]:
    return {
        "id": reminder.id,
        "kind": reminder.kind.value,
        "state": reminder.state.value,
        "room": reminder.room_id,
        "due": reminder.due.isoformat(),
        "rule": reminder.rrule,
        "set_by_you": own,
        "text": reminder.about if sight.reads(reminder) else "",
    }


def calendar_of(feed: Feed | None) -> dict[str, object]:
    """That their calendar has an address, and since when; it is a secret, `kalender` tells it."""
    if feed is None:
        return {}
    return {
        "made_at": feed.made_at.isoformat(),
        "revoked_at": feed.revoked_at.isoformat() if feed.revoked_at else None,
    }


def digest_order_of(order: DigestOrder | None) -> dict[str, object]:
    """How often they want to read what happened, and since when that is told next."""
    if order is None:
        return {}
    return {
        "rhythm": order.rhythm.value,
        "covered_until": order.covered_until.isoformat(),
        "next_at": order.next_at.isoformat() if order.next_at else None,
    }


def affiliation_of(affiliation: Affiliation | None) -> dict[str, object]:
    """For which municipality they ask, and when they were asked and last said so."""
    if affiliation is None:
        return {}
    asked_at = affiliation.asked_at
    return {
        "key": affiliation.municipality,
        "asked_at": asked_at.isoformat() if asked_at else None,
        "changed_at": affiliation.changed_at.isoformat(),
    }
