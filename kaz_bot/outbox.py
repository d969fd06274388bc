"""Writes announcements into the outbox: rendered in the room's language, with their places."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kaz_bot.announcements.letters import (
    Announcement,
    Edit,
    Key,
    Letter,
    Poll,
    PollEnd,
    Reaction,
    Redaction,
    Spot,
)
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.domain.posts import Post
from kaz_bot.domain.rooms import Language
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.matrix import polls, written
from kaz_bot.messages import EventId, LetterId, Rendered, RoomId
from kaz_bot.store import Work
from kaz_bot.texts import Quoted, Texts

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
                case Poll():
                    await self._poll(announcement)
                case PollEnd():
                    await self._poll_end(announcement)

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
        if letter.subjects:
            await self._work.subjects.tell(stored.id, letter.subjects)
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
            **written.bodies(rendered),
            "m.mentions": {"user_ids": sorted(letter.calls)} if letter.calls else {},
            letter.key.name: letter.key.content,
        }
        return written.fitting(
            content | written.attached(letter.attachment) | written.enclosed(letter.enclosure)
        )

    def _rendered(
        self, template: str, room_id: RoomId | None, facts: Mapping[str, object]
    ) -> Rendered:
        return self._texts.render(template, self._language(room_id), quoted(facts))

    def _language(self, room_id: RoomId | None) -> Language:
        room = self._view.rooms.get(room_id) if room_id else None
        return room.language if room else self._view.language

    async def _edit(self, edit: Edit) -> None:
        rendered = self._rendered(edit.of.template, edit.of.room_id, edit.facts)
        common = {"msgtype": "m.text", "m.mentions": {}, edit.key.name: edit.key.content}
        content = {
            **common,
            # The fallback for clients without edits; the whole text would not fit in twice.
            "body": f"* {rendered.body[:_LONGEST_FALLBACK]}",
            "m.new_content": written.fitting(
                {**common, **written.bodies(rendered), **written.attached(edit.attachment)}
            ),
        }
        letter = edit.of.about(LetterKind.EDIT, content, self._now)
        await self._work.letters.add(replace(letter, sealed=edit.sealed))

    async def _poll(self, poll: Poll) -> None:
        spot = poll.spot
        question = self._rendered(poll.template, spot.room_id, poll.facts).body
        called = self._texts.words(poll.words, self._language(spot.room_id))
        answers = [(str(answer), called.get(answer, answer)) for answer in poll.answers]
        stored = await self._work.letters.add(
            StoredLetter(
                id=LetterId(0),
                txn_id="",
                kind=LetterKind.POLL,
                room_id=spot.room_id,
                person=spot.person,
                content=_calling_nobody(polls.poll(question, answers), poll.key),
                thread=spot.thread,
                reply_to=spot.reply_to,
                sealed=poll.sealed,
                template=poll.template,
                written_at=self._now,
            )
        )
        if poll.subjects:
            await self._work.subjects.tell(stored.id, poll.subjects)

    async def _poll_end(self, end: PollEnd) -> None:
        last_word = self._rendered(end.template, end.of.room_id, end.facts).body
        content = _calling_nobody(polls.poll_end(last_word), end.key)
        letter = end.of.about(LetterKind.POLL_END, content, self._now)
        await self._work.letters.add(replace(letter, template=end.template, sealed=end.sealed))

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


def _calling_nobody(content: dict[str, object], key: Key) -> dict[str, object]:
    return {**content, "m.mentions": {}, key.name: key.content}
