"""Shows the conversation as it happens: who, where, in which thread, encrypted or not."""

from kaz_bot.demo.book import Book, Place
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.screen import Ink, Screen

_SHOWN_OF_A_MESSAGE = 50


class Chronicle:
    """Everybody in a room hears the same; it is shown once, when the first of them does."""

    def __init__(self, book: Book, narration: Narration, screen: Screen) -> None:
        self._book = book
        self._narration = narration
        self._screen = screen
        self._known: dict[str, Heard] = {}
        self._last_room = ""

    def told(self, person: str, heard: Heard) -> None:
        """`person` heard something."""
        if heard.event_id in self._known:
            return
        self._known[heard.event_id] = heard
        text = self._text(heard)
        if text:
            self._show(person, heard, text)

    def interrupted(self) -> None:
        """Something else was written below; the next message names its room again."""
        self._last_room = ""

    def _text(self, heard: Heard) -> str:
        say = self._narration.say
        match heard.kind:
            case "m.room.message" if heard.edits:
                return say("edited", text=heard.body)
            case "m.room.message" if heard.file:
                return f"{heard.body}\n{say('file', name=heard.content.get('filename', ''))}"
            case "m.room.message":
                return heard.body
            case "m.reaction":
                about = self._words_of(heard.reacts_to)
                return say("reacted", reaction=heard.reaction, text=about)
            case "m.room.redaction":
                return say("redacted", text=self._words_of(heard.redacts))
        return ""

    def _show(self, person: str, heard: Heard, text: str) -> None:
        if heard.room_id != self._last_room:
            self._screen.line()
            self._screen.line(self._heading(person, heard), ink=Ink.ROOM, indent=2)
            self._last_room = heard.room_id
        in_thread = bool(self._thread_of(heard))
        ink = Ink.BOT if heard.sender == self._book.bot else Ink.PLAIN
        name = self._book.name_of(heard.sender)
        lines = text.split("\n")
        indent, head = (6, "↳ ") if in_thread else (4, "")
        self._screen.line(f"{name}: {lines[0]}", ink=ink, indent=indent, head=head)
        if lines[1:]:
            self._screen.line("\n".join(lines[1:]), ink=ink, indent=indent + 2)

    def _heading(self, person: str, heard: Heard) -> str:
        say = self._narration.say
        place = self._book.place_at(heard.room_id) or Place(
            room_id=heard.room_id,
            name=say("direct", person=self._book.names[person]),
            encrypted=heard.encrypted,
            members=(person,),
        )
        lock = say("encrypted") if place.encrypted else say("unencrypted")
        return f"{place.name} · {lock}"

    def _thread_of(self, heard: Heard) -> str:
        """The thread it belongs to; for an edit or a reaction that of the message it is about."""
        about = self._known.get(heard.edits or heard.reacts_to or heard.redacts)
        return heard.thread or (about.thread if about else "")

    def _words_of(self, event_id: str) -> str:
        heard = self._known.get(event_id)
        words = " ".join(heard.body.split()) if heard else ""
        if len(words) <= _SHOWN_OF_A_MESSAGE:
            return words
        return f"{words[:_SHOWN_OF_A_MESSAGE].rsplit(' ', 1)[0]} …"
