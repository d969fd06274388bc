"""Hands out tickets for the files: text, trail and metadata, for people and for programs."""

import json
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.domain.municipalities import Municipality
from kaz_bot.domain.posts import Post
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.errors import ConfigError
from kaz_bot.matrix.files import make_folder
from kaz_bot.municipalities import directory
from kaz_bot.operations.handing_out import document, keep
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.operations.records import opened
from kaz_bot.store import Store, Work
from kaz_bot.texts import Quoted, Texts

_AT_ONCE = 100
_SUBJECT = 80


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A ticket with all that belongs to it."""

    ticket: Ticket
    posts: list[Post]
    trail: list[TrailEntry]

    @property
    def subject(self) -> str:
        """The first line of the question, as files are named (Betreff)."""
        line = self.ticket.question.strip().split("\n", 1)[0]
        return line if len(line) <= _SUBJECT else f"{line[: _SUBJECT - 1]}…"


@dataclass(frozen=True)
class Contribution:
    """A post as the template shows it."""

    post: Post
    text: Quoted
    file: str


def numbers(written: Iterable[str], ticket_prefix: str) -> list[TicketId]:
    """Ticket numbers as an operator writes them: KAZ-12, kaz-12 or 12."""
    form = re.compile(rf"(?:{re.escape(ticket_prefix)}-)?(\d{{1,18}})", re.IGNORECASE)
    found = {word: form.fullmatch(word) for word in written}
    wrong = [word for word, match in found.items() if match is None]
    if wrong:
        raise ConfigError(f"{', '.join(wrong)}: write a ticket's number as {ticket_prefix}-12")
    return [TicketId(int(match[1])) for match in found.values() if match]


async def export(
    settings: Settings,
    texts: Texts,
    wanted: list[TicketId] | None,
    folder: Path,
    progress: Progress = unwatched,
) -> int:
    """Write a folder for each ticket, of all if `wanted` is nothing; how many."""
    make_folder(folder)
    count = 0
    async with opened(settings) as store:
        async with store.work() as work:
            total = await work.tickets.count() if wanted is None else len(wanted)
        async for dossier in _dossiers(store, wanted):
            _write(dossier, texts, settings, folder)
            count += 1
            progress(count, max(total, count))
    return count


async def _dossiers(store: Store, wanted: list[TicketId] | None) -> AsyncIterator[Dossier]:
    """One short transaction each: a running bot is not held up."""
    if wanted is not None:
        for number in wanted:
            async with store.work() as work:
                dossier = await _dossier(work, await _existing(work, number))
            yield dossier
        return
    last = TicketId(0)
    while True:
        async with store.work() as work:
            some = [await _dossier(work, each) for each in await work.tickets.after(last, _AT_ONCE)]
        if not some:
            return
        for dossier in some:
            yield dossier
        last = some[-1].ticket.id


async def _existing(work: Work, number: TicketId) -> Ticket:
    found = await work.tickets.find(number)
    if found is None:
        raise ConfigError(f"There is no ticket {number}")
    return found


async def _dossier(work: Work, ticket: Ticket) -> Dossier:
    return Dossier(
        ticket=ticket,
        posts=await work.posts.of(ticket.id),
        trail=await work.trail.of(ticket.id),
    )


def _write(dossier: Dossier, texts: Texts, settings: Settings, folder: Path) -> None:
    reference = f"{settings.ticket_prefix}-{dossier.ticket.id}"
    own = folder / reference
    make_folder(own)
    shown = [
        Contribution(
            post,
            Quoted(post.text, post.html or ""),
            post.attachment.name if post.attachment else "",
        )
        for post in dossier.posts
    ]
    facts = {
        "ticket": dossier.ticket,
        "subject": dossier.subject,
        "municipality": _municipality(dossier.ticket),
        "posts": shown,
        "trail": dossier.trail,
    }
    page = texts.render("export/ticket", settings.language, facts)
    keep(own / "ticket.json", json.dumps(record(dossier, reference), indent=1, ensure_ascii=False))
    keep(own / "ticket.html", document(page.html, reference, settings.language))
    keep(own / "ticket.txt", page.body + "\n")


def _municipality(ticket: Ticket) -> Municipality | None:
    return directory().get(ticket.municipality) if ticket.municipality else None


def record(dossier: Dossier, reference: str) -> dict[str, object]:
    """The ticket for programs. The names of the metadata are those of German records (xdomea)."""
    ticket = dossier.ticket
    times = ("opened_at", "claimed_at", "resolved_at", "ended_at", "erased_at")
    return {
        "id": reference,
        "metadata": {
            "Betreff": dossier.subject,
            "Aktenzeichen": reference,
            "Laufzeit": {
                "Beginn": ticket.opened_at.isoformat(),
                "Ende": ticket.ended_at.isoformat() if ticket.ended_at else None,
            },
        },
        "state": ticket.state,
        "area": ticket.area,
        "priority": ticket.priority,
        "asker": ticket.asker,
        "assignee": ticket.assignee,
        "room_id": ticket.room_id,
        "confidential": ticket.confidential,
        "municipality": ticket.municipality,
        "merged_into": ticket.merged_into,
        "rating": ticket.rating,
        "question": ticket.question,
        "solution": ticket.solution,
        **{name: _iso(getattr(ticket, name)) for name in times},
        "posts": [_post(post) for post in dossier.posts],
        "trail": [vars(entry) | {"at": entry.at.isoformat()} for entry in dossier.trail],
    }


def _post(post: Post) -> dict[str, object]:
    return {
        "kind": post.kind,
        "author": post.author,
        "sender": post.sender,
        "text": post.text,
        "file": dict(post.attachment.content) if post.attachment else None,
        "event_id": post.event_id,
        "room_id": post.room_id,
        "said_at": _iso(post.said_at),
        "edited_at": _iso(post.edited_at),
        "erased_at": _iso(post.erased_at),
    }


def _iso(at: object) -> str | None:
    return at.isoformat() if isinstance(at, datetime) else None
