"""Lets people of the scene do what is written there."""

import html
from collections.abc import Mapping

from kaz_bot.demo.book import Book, Place
from kaz_bot.demo.guest import Guest
from kaz_bot.demo.script import Act

_REACTION = "m.reaction"


class Acting:
    """The cast: one client for each person."""

    def __init__(self, guests: Mapping[str, Guest], book: Book) -> None:
        self._guests = guests
        self._book = book

    async def perform(self, act: Act) -> None:
        """Do it; its event is noted under the act's label. Raises NotThere."""
        guest = self._guests[self._book.person(act.by)]
        place = self._book.place(act.room)
        if act.invites:
            await guest.invite(place.room_id, self._book.user(act.invites))
            return
        # Until a client has heard that a room is encrypted it would speak there in clear.
        await guest.until(lambda: guest.is_in(place.room_id, encrypted=place.encrypted))
        event_id = await self._send(guest, place, act)
        if act.label:
            self._book.messages[act.label] = event_id

    async def _send(self, guest: Guest, place: Place, act: Act) -> str:
        if act.redacts:
            return await guest.redact(place.room_id, self._book.message(act.redacts))
        if act.reacts:
            relation = {
                "rel_type": "m.annotation",
                "event_id": self._book.message(act.to),
                "key": act.reacts,
            }
            return await guest.send(place.room_id, {"m.relates_to": relation}, _REACTION)
        content = await self._file(guest, act) if act.sends else self._words(act)
        return await guest.send(place.room_id, self._related(content, act))

    def _words(self, act: Act) -> dict[str, object]:
        text = self._book.filled(act.says)
        content: dict[str, object] = {"msgtype": "m.text", "body": text, "m.mentions": {}}
        if act.mentions:
            called = [self._book.user(person) for person in act.mentions]
            content["m.mentions"] = {"user_ids": called}
            content["format"] = "org.matrix.custom.html"
            content["formatted_body"] = self._with_pills(act)
        return content

    def _with_pills(self, act: Act) -> str:
        """Called people as links, the way clients write them."""
        marked = html.escape(act.says)
        for person in act.mentions:
            link = f"https://matrix.to/#/{self._book.user(person)}"
            name = html.escape(self._book.filled(f"{{{person}}}"))
            marked = marked.replace(f"{{{person}}}", f'<a href="{link}">{name}</a>')
        return self._book.filled(marked)

    async def _file(self, guest: Guest, act: Act) -> dict[str, object]:
        data, mimetype = self._book.files[act.sends], "text/plain"
        return {
            "msgtype": "m.file",
            "body": act.sends,
            "filename": act.sends,
            "file": await guest.upload(data, name=act.sends, mimetype=mimetype),
            "info": {"size": len(data), "mimetype": mimetype},
            "m.mentions": {},
        }

    def _related(self, content: dict[str, object], act: Act) -> dict[str, object]:
        """In its thread, or in place of another message (client-server spec, "Relationships")."""
        if act.edits:
            edited = self._book.message(act.edits)
            return {
                **content,
                "body": f"* {content['body']}",
                "m.new_content": content,
                "m.relates_to": {"rel_type": "m.replace", "event_id": edited},
            }
        if not act.thread:
            return content
        root = self._book.message(act.thread)
        return {
            **content,
            "m.relates_to": {
                "rel_type": "m.thread",
                "event_id": root,
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": root},
            },
        }
