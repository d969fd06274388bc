"""Writes announcements into the outbox: rendered in the room's language, with their places."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kaz_bot.announcements.letters import Announcement, Edit, Letter, Reaction, Redaction, Spot
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.domain.posts import Post
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import Attachment, Enclosure, EventId, LetterId, Rendered, RoomId
from kaz_bot.store import Work
from kaz_bot.texts import Quoted, Texts

# An encrypted event of this content still fits into the 64 KiB of the client-server spec.
_LARGEST_CONTENT = 40_000
_LONGEST_FALLBACK = 1000


class Outbox:
    """The outbox of one transaction."""

    def __init__(self, work: Work, texts: Texts, view: DeskView, now: datetime) -> None:
        self._work = work
        self._texts = texts
        self._view = view
        self._now = now
        self._opened: dict[tuple[TicketId | None, Side], LetterId] = {}
        self._rooted: dict[ThreadId | None, LetterId] = {}

    async def write(self, announcements: list[Announcement]) -> None:
        """Write them in this order; letters of one room keep it."""
        for announcement in announcements:
            match announcement:
                case Letter():
                    await self._letter(announcement)
                case Edit():
                    await self._edit(announcement)
                case Redaction(of=letter):
                    await self._redaction(letter)
                case Reaction(room_id=room_id, target=target, key=key):
                    await self._reaction(Spot(room_id=room_id), Place(event=target), key)

    async def _letter(self, letter: Letter) -> None:
        spot = letter.spot
        thread = spot.thread
        if spot.rootless in self._rooted:
            thread = Place(letter=self._rooted[spot.rootless])
        if spot.opened is not None:
            opened = self._opened.get((letter.ticket_id, spot.opened))
            thread = Place(letter=opened) if opened is not None else None
        stored = await self._work.letters.add(
            StoredLetter(
                id=LetterId(0),
                txn_id="",
                kind=LetterKind.MESSAGE,
                room_id=spot.room_id,
                person=spot.person,
                content=self._content(letter),
                thread=thread if thread is not None and (thread.event or thread.letter) else None,
                reply_to=spot.reply_to,
                sealed=letter.sealed,
                ticket_id=letter.ticket_id,
                post_id=letter.post_id,
                template=letter.template,
                written_at=self._now,
            )
        )
        await self._work.reminders.tell(stored.id, letter.reminders)
        if letter.enclosure is not None:
            await self._work.enclosures.add(stored.id, letter.enclosure)
        if letter.opens is not None and letter.ticket_id is not None:
            await self._open_thread(letter, stored)
        if spot.rootless is not None and spot.rootless not in self._rooted:
            self._rooted[spot.rootless] = stored.id
            await self._work.threads.take_root(spot.rootless, stored.id)
        for key in letter.reactions:
            await self._reaction(spot, Place(letter=stored.id), key)

    async def _open_thread(self, letter: Letter, root: StoredLetter) -> None:
        if letter.opens is None or letter.ticket_id is None:
            return
        self._opened[letter.ticket_id, letter.opens] = root.id
        await self._work.threads.add(
            Thread(
                id=ThreadId(0),
                ticket_id=letter.ticket_id,
                side=letter.opens,
                room_id=letter.spot.room_id,
                person=letter.spot.person,
                root_letter=root.id,
            )
        )

    def _content(self, letter: Letter) -> Mapping[str, object]:
        rendered = self._rendered(letter.template, letter.spot.room_id, letter.facts)
        notifies = bool(letter.calls) or letter.loud
        content: dict[str, object] = {
            "msgtype": "m.text" if notifies else "m.notice",
            **_bodies(rendered),
            "m.mentions": {"user_ids": sorted(letter.calls)} if letter.calls else {},
            letter.key.name: letter.key.content,
        }
        return _fitting(content | _attached(letter.attachment) | _enclosed(letter.enclosure))

    def _rendered(
        self, template: str, room_id: RoomId | None, facts: Mapping[str, object]
    ) -> Rendered:
        room = self._view.rooms.get(room_id) if room_id else None
        language = room.language if room else self._view.language
        return self._texts.render(template, language, quoted(facts))

    async def _edit(self, edit: Edit) -> None:
        rendered = self._rendered(edit.of.template, edit.of.room_id, edit.facts)
        common = {"msgtype": "m.text", "m.mentions": {}, edit.key.name: edit.key.content}
        content = {
            **common,
            # The fallback for clients without edits; the whole text would not fit in twice.
            "body": f"* {rendered.body[:_LONGEST_FALLBACK]}",
            "m.new_content": _fitting(
                {**common, **_bodies(rendered), **_attached(edit.attachment)}
            ),
        }
        letter = edit.of.about(LetterKind.EDIT, content, self._now)
        await self._work.letters.add(replace(letter, sealed=edit.sealed))

    async def _redaction(self, letter: StoredLetter) -> None:
        # A rejected letter is nowhere but here, with its text.
        if letter.state in {LetterState.QUEUED, LetterState.REJECTED}:
            await self._work.letters.cancel(letter.id)
        # A queued one may be on its way at this moment; its redaction waits behind it.
        if letter.state in {LetterState.QUEUED, LetterState.SENT}:
            await self._work.letters.add(letter.about(LetterKind.REDACTION, {}, self._now))

    async def _reaction(self, spot: Spot, target: Place, key: str) -> None:
        await self._work.letters.add(
            StoredLetter(
                id=LetterId(0),
                txn_id="",
                kind=LetterKind.REACTION,
                room_id=spot.room_id,
                person=spot.person,
                content={"key": key},
                target=target,
                written_at=self._now,
            )
        )


async def take_back_cancelled(work: Work, event_id: EventId, now: datetime) -> None:
    """A letter that was cancelled on its way has arrived all the same: take it back once."""
    letter = await work.letters.by_event(event_id)
    if letter is None or letter.state is not LetterState.CANCELLED:
        return
    waiting = {LetterState.QUEUED, LetterState.SENT}
    about_it = await work.letters.editing(letter.id)
    if not any(one.kind is LetterKind.REDACTION and one.state in waiting for one in about_it):
        await work.letters.add(letter.about(LetterKind.REDACTION, {}, now))


def quoted(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as templates take them: people's words wrapped so that they stay words."""
    post = facts.get("post")
    if not isinstance(post, Post):
        return dict(facts)
    return {
        **facts,
        "author": post.author,
        "kind": post.kind,
        "said_at": post.said_at,
        "file": post.attachment.name if post.attachment else "",
        "text": Quoted(post.text, post.html or ""),
    }


def _bodies(rendered: Rendered) -> dict[str, object]:
    return {
        "body": rendered.body,
        "format": "org.matrix.custom.html",
        "formatted_body": rendered.html,
    }


def _attached(attachment: Attachment | None) -> dict[str, object]:
    """What makes a message a file: its own content, and a name beside the caption (MSC2530)."""
    return {**attachment.content, "filename": attachment.name} if attachment else {}


def _enclosed(enclosure: Enclosure | None) -> dict[str, object]:
    """The same for a file of our own; where it lies is known when the postman has uploaded it."""
    if enclosure is None:
        return {}
    info = {"mimetype": enclosure.media_type, "size": len(enclosure.content)}
    return {"msgtype": "m.file", "filename": enclosure.name, "info": info}


def _fitting(content: dict[str, object]) -> dict[str, object]:
    """Without the formatted form when both would be too large; the plain one is complete."""
    if len(json.dumps(content, ensure_ascii=False).encode()) > _LARGEST_CONTENT:
        content.pop("formatted_body")
        content.pop("format")
    return content
