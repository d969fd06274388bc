"""What careless and malicious people send, and what each gets: the table of docs/bad-input.md."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kaz_bot.matrix.shapes import Json

DOCUMENT = Path(__file__).parents[2] / "docs" / "bad-input.md"

# Places in a content that the test fills in.
TICKET = "<ticket>"
ELSEWHERE = "<a message of another room>"
RECEIPT = "<the bot's receipt>"

NOTHING = "nothing"
REFUSED = "refused by the homeserver"

Room = Literal["project", "security"]
Who = Literal["asker", "ann", "bek"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """`content` is sent by `who`; what the bot says to it is `got`, in an open room `got_open`."""

    what: str
    content: object
    got: str
    got_open: str = ""
    event_type: str = "m.room.message"
    room: Room = "project"
    who: Who = "asker"

    @property
    def in_open_rooms(self) -> str:
        return self.got_open or self.got


@dataclass(frozen=True, kw_only=True)
class ToDevice:
    """What a stranger sends to the bot's device, past all rooms."""

    what: str
    content: object
    event_type: str = "m.room.encrypted"


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Cases that belong together."""

    title: str
    cases: tuple[Case, ...] = field(default_factory=tuple)


def said(
    what: str,
    text: str,
    got: str,
    *,
    got_open: str = "",
    room: Room = "project",
    who: Who = "asker",
    more: Json | None = None,
) -> Case:
    content = {"msgtype": "m.text", "body": text, **(more or {})}
    return Case(what=what, content=content, got=got, got_open=got_open, room=room, who=who)


def related(what: str, relation: object, got: str, *, got_open: str = "") -> Case:
    """A command with a relation that is none."""
    return said(what, "!kaz hilfe", got, got_open=got_open, more={"m.relates_to": relation})


def formatted(what: str, html: object, got: str) -> Case:
    return said(
        what,
        "!kaz frage #vergabe Was ist das?",
        got,
        more={"format": "org.matrix.custom.html", "formatted_body": html},
    )


def reacted(what: str, target: object, key: object, got: str, *, got_open: str = "") -> Case:
    relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
    return Case(
        what=what,
        content={"m.relates_to": relation},
        event_type="m.reaction",
        got=got,
        got_open=got_open,
    )


def sealed(what: str, content: object) -> Case:
    """An event that claims to be encrypted."""
    return Case(what=what, content=content, event_type="m.room.encrypted", got=NOTHING)


OPENED = "ticket opened"
HELP = "info help"
# Who asks how a ticket stands, but names none, sees their own.
MINE = "info mine"
CODES = ("unknown_command", "not_allowed", "not_found", "bad_state", "bad_argument", "too_long")
UNKNOWN, NOT_ALLOWED, NOT_FOUND, BAD_STATE, BAD_ARGUMENT, TOO_LONG = (
    f"error {code}" for code in CODES
)
MEGOLM = "m.megolm.v1.aes-sha2"
OLM = "m.olm.v1.curve25519-aes-sha2"

COMMANDS = Chapter(
    title="Commands",
    cases=(
        said("the prefix alone", "!kaz", HELP),
        said("the prefix and blanks", "!kaz  \t\n ", HELP),
        said("a mistyped verb", "!kaz statsu 1", UNKNOWN),
        said("a word that is no verb", "!kaz quxquux", UNKNOWN),
        said("a verb of 5000 letters", "!kaz " + "x" * 5000, UNKNOWN),
        said("an emoji as a verb", "!kaz 🎫", UNKNOWN),
        said("emoji and nothing else", "🎫🙋📤👍👎", NOTHING),
        said("invisible marks before the prefix", "\u200b\u2060!kaz hilfe", HELP),
        said("a question without words", "!kaz frage", BAD_ARGUMENT),
        said("a question of blanks", "!kaz frage \u3000\u00a0\u200b", BAD_ARGUMENT),
        said("a question that is only a tag", "!kaz frage #vergabe", BAD_ARGUMENT),
        said("too many words", "!kaz meine alle guten Fragen", BAD_ARGUMENT),
        said("a notice with a command", "!kaz hilfe", NOTHING, more={"msgtype": "m.notice"}),
    ),
)
NUMBERS = Chapter(
    title="Numbers",
    cases=(
        said("a number that nobody has", "!kaz status 999999", NOT_FOUND),
        said("number 0", "!kaz status KAZ-0", NOT_FOUND),
        said("a number beyond every integer", f"!kaz status {'9' * 40}", NOT_FOUND),
        said("a negative number", "!kaz status -1", MINE),
        said("Arabic digits", "!kaz status ٩٩٩٩", NOT_FOUND),
        said("another desk's number", "!kaz status OTRS-7", MINE),
        said("SQL behind the number", f"!kaz status {TICKET}; DROP TABLE tickets", MINE),
        said(
            "a ticket merged with itself",
            f"!kaz zusammenführen {TICKET} {TICKET}",
            BAD_ARGUMENT,
            room="security",
            who="ann",
        ),
    ),
)
RIGHTS = Chapter(
    title="Wrong rooms and people without rights",
    cases=(
        said("claiming in a project's room", f"!kaz übernehmen {TICKET}", NOT_ALLOWED),
        said("listing in a project's room", "!kaz liste", NOT_ALLOWED),
        said(
            "asking in an area's room", "!kaz frage Wer?", NOT_ALLOWED, room="security", who="ann"
        ),
        said("an operator's verb", "!kaz raum betrieb", NOT_ALLOWED),
        said(
            "an operator's verb in an area", "!kaz zustand", NOT_ALLOWED, room="security", who="ann"
        ),
        said(
            "claiming what belongs to another area",
            "!kaz übernehmen <ticket elsewhere>",
            NOT_ALLOWED,
            room="security",
            who="bek",
        ),
        said(
            "withdrawing somebody else's question",
            f"!kaz zurückziehen {TICKET}",
            NOT_ALLOWED,
            who="bek",
        ),
        said(
            "choosing an area for somebody else",
            f"!kaz fachgebiet vergabe {TICKET}",
            NOT_ALLOWED,
            who="bek",
        ),
        said(
            "resolving what nobody has claimed",
            f"!kaz lösen {TICKET} So.",
            BAD_STATE,
            room="security",
            who="ann",
        ),
        said(
            "an area that does not exist",
            f"!kaz weiterleiten mars {TICKET}",
            BAD_ARGUMENT,
            room="security",
            who="ann",
        ),
        said(
            "a priority that does not exist",
            f"!kaz priorität mega {TICKET}",
            BAD_ARGUMENT,
            room="security",
            who="ann",
        ),
        said(
            "a person who is not there",
            f"!kaz zuweisen @niemand:kaz.test {TICKET}",
            BAD_ARGUMENT,
            room="security",
            who="ann",
        ),
        said(
            "a list that does not exist",
            "!kaz liste unsinn",
            BAD_ARGUMENT,
            room="security",
            who="ann",
        ),
    ),
)
TEXTS = Chapter(
    title="Texts",
    cases=(
        said("9000 letters", "!kaz frage " + "x" * 9000, TOO_LONG),
        said("46 000 bytes", "!kaz frage " + "€" * 15_000, REFUSED, got_open=TOO_LONG),
        said("64 KiB", "!kaz frage " + "x" * 65_600, REFUSED),
        said("control characters", "!kaz frage #vergabe Rot\x07\x08\x1b[31m\x7f\x85?", OPENED),
        said("a NUL", "!kaz frage #vergabe Null\x00stelle?", OPENED),
        said("half a character", "!kaz frage #vergabe halb \ud83d?", OPENED, got_open=REFUSED),
        said(
            "marks that turn the writing round",
            "!kaz frage #vergabe \u202e\u2066gnp.exe\u202d?",
            OPENED,
        ),
        said(
            "a tower of accents", "!kaz frage #vergabe Z" + "\u0310\u0337\u0489" * 600 + "?", OPENED
        ),
        said("500 lines", "!kaz frage #vergabe Was?" + "\n" * 500, OPENED),
        said("HTML in the plain text", "!kaz frage #vergabe <script>alert(1)</script><b>?", OPENED),
        said(
            "a template", "!kaz frage #vergabe {{ 7 * 7 }} {% include 'info/help.html' %}?", OPENED
        ),
        said("SQL", "!kaz frage #vergabe '); DROP TABLE tickets; --?", OPENED),
        said(
            "a call to everybody",
            "!kaz frage #vergabe @room?",
            OPENED,
            more={"m.mentions": {"room": True}},
        ),
        formatted(
            "HTML with scripts",
            "<script>x</script><img src=x onerror=x><a href='javascript:x'>Was ist das?</a>",
            OPENED,
        ),
        formatted("HTML 4000 deep", "!kaz frage #vergabe " + "<b>" * 4000 + "?", OPENED),
        formatted("HTML that is cut off", "!kaz frage #vergabe <table><tr><td <b title='", OPENED),
        formatted("formatted text that is a number", 7, OPENED),
    ),
)
SHAPES = Chapter(
    title="Events that are none",
    cases=(
        Case(what="no content", content={}, got=NOTHING, got_open=REFUSED),
        Case(what="no body", content={"msgtype": "m.text"}, got=NOTHING, got_open=REFUSED),
        Case(
            what="a body that is a number",
            content={"msgtype": "m.text", "body": 7},
            got=NOTHING,
            got_open=REFUSED,
        ),
        Case(
            what="a body that is a list",
            content={"msgtype": "m.text", "body": ["!kaz hilfe"]},
            got=NOTHING,
            got_open=REFUSED,
        ),
        Case(
            what="a kind of message nobody knows",
            content={"msgtype": "org.example.x", "body": "!kaz hilfe"},
            got=NOTHING,
        ),
        Case(
            what="a kind of message that is a list",
            content={"msgtype": [], "body": "!kaz hilfe"},
            got=NOTHING,
            got_open=REFUSED,
        ),
        Case(
            what="a kind of event nobody knows",
            content={"body": "!kaz hilfe"},
            event_type="org.example.x",
            got=NOTHING,
        ),
        said(
            "mentions that are a text",
            "!kaz hilfe",
            HELP,
            got_open=REFUSED,
            more={"m.mentions": "@room"},
        ),
        said(
            "mentions that are numbers",
            "!kaz hilfe",
            HELP,
            got_open=REFUSED,
            more={"m.mentions": {"user_ids": [7]}},
        ),
        said(
            "a picture from nowhere",
            "x.png",
            NOTHING,
            more={"msgtype": "m.image", "url": "javascript:x", "info": []},
        ),
        said(
            "an encrypted picture without a key",
            "x.png",
            NOTHING,
            more={"msgtype": "m.image", "file": {"url": 7}},
        ),
        sealed("encrypted by an unknown method", {"algorithm": "rot13", "ciphertext": "xyz"}),
        sealed("encrypted, without anything", {}),
        sealed(
            "encrypted, with a broken text",
            {"algorithm": MEGOLM, "ciphertext": "%", "session_id": "x", "sender_key": "y"},
        ),
        sealed(
            "encrypted, with numbers",
            {"algorithm": MEGOLM, "ciphertext": 1, "session_id": 2, "sender_key": 3},
        ),
        sealed(
            "encrypted for a device, in a room",
            {"algorithm": OLM, "ciphertext": {"x": {"type": 0, "body": "y"}}, "sender_key": "z"},
        ),
    ),
)
RELATIONS = Chapter(
    title="Relations",
    cases=(
        related("a text", "m.thread", HELP),
        related("a number", 7, HELP),
        related("a list", [{"rel_type": "m.thread"}], HELP),
        related("nothing", None, HELP),
        related("parts that are no texts", {"rel_type": 7, "event_id": {"x": []}}, HELP),
        related("a reply that is a text", {"m.in_reply_to": "$x"}, HELP),
        related("a reply to nothing", {"m.in_reply_to": {"event_id": "$nothing"}}, HELP),
        related("a reply into another room", {"m.in_reply_to": {"event_id": ELSEWHERE}}, HELP),
        related(
            "a thread under nothing",
            {"rel_type": "m.thread", "event_id": "$nothing"},
            HELP,
            got_open=REFUSED,
        ),
        related(
            "a thread of another room",
            {"rel_type": "m.thread", "event_id": ELSEWHERE},
            HELP,
            got_open=REFUSED,
        ),
        related(
            "an id of 300 letters",
            {"rel_type": "m.thread", "event_id": "$" + "x" * 300},
            HELP,
            got_open=REFUSED,
        ),
        related(
            "an edit of nothing",
            {"rel_type": "m.replace", "event_id": "$nothing"},
            HELP,
            got_open=REFUSED,
        ),
        related("an edit without a message", {"rel_type": "m.replace"}, HELP, got_open=NOTHING),
        said(
            "an edit that becomes a command",
            "* !kaz hilfe",
            NOTHING,
            more={
                "m.new_content": {"msgtype": "m.text", "body": "!kaz hilfe"},
                "m.relates_to": {"rel_type": "m.replace", "event_id": RECEIPT},
            },
        ),
        reacted("a reaction to nothing", "$nothing", "🎫", REFUSED),
        reacted("a reaction to a message of another room", ELSEWHERE, "🎫", REFUSED),
        reacted("🎫 on the bot's own message", RECEIPT, "🎫", NOTHING),
        reacted("🙋 of somebody who may not claim", RECEIPT, "🙋", NOTHING),
        reacted("a reaction that is a number", RECEIPT, 7, REFUSED),
        reacted("a reaction of 5000 letters", RECEIPT, "x" * 5000, REFUSED),
    ),
)
CHAPTERS = (COMMANDS, NUMBERS, RIGHTS, TEXTS, SHAPES, RELATIONS)

TO_DEVICE = (
    ToDevice(what="nothing in it", content={}),
    ToDevice(
        what="no ciphertext for us", content={"algorithm": OLM, "sender_key": "x", "ciphertext": {}}
    ),
    ToDevice(
        what="a key that is no key",
        content={
            "algorithm": OLM,
            "sender_key": "%",
            "ciphertext": {"<key>": {"type": 0, "body": "x"}},
        },
    ),
    ToDevice(
        what="a message of no type",
        content={"algorithm": OLM, "sender_key": "x", "ciphertext": {"<key>": {"body": "x"}}},
    ),
    ToDevice(
        what="a message that is no base64",
        content={
            "algorithm": OLM,
            "sender_key": "x",
            "ciphertext": {"<key>": {"type": 1, "body": "€"}},
        },
    ),
    ToDevice(
        what="a message of type 7",
        content={
            "algorithm": OLM,
            "sender_key": "x",
            "ciphertext": {"<key>": {"type": 7, "body": "AA"}},
        },
    ),
    ToDevice(
        what="a room key in clear",
        content={"algorithm": MEGOLM, "room_id": "!x", "session_id": "x", "session_key": "x"},
        event_type="m.room_key",
    ),
    ToDevice(
        what="a request for our keys",
        content={"action": "request", "body": {}, "request_id": "1", "requesting_device_id": "X"},
        event_type="m.room_key_request",
    ),
    ToDevice(
        what="a verification",
        content={
            "from_device": "X",
            "methods": ["m.sas.v1"],
            "transaction_id": "1",
            "timestamp": 1,
        },
        event_type="m.key.verification.request",
    ),
    ToDevice(what="a kind nobody knows", content={"x": [1]}, event_type="org.example.x"),
)


def document() -> str:
    """The table for people."""
    return "\n".join(
        [
            _HEAD,
            *(line for chapter in CHAPTERS for line in _chapter(chapter)),
            _END,
            *_to_device(),
            "",
        ]
    )


_HEAD = """# Bad input, and what it gets

Sent to the bot by real clients over a real homeserver, in an encrypted room and in one that is
not; after each of them it answered the next command as ever. What the bot said is told by the key
that programs read in it (`de.kaz.error` and so on). In the encrypted room relations were hidden
in the ciphertext, where the homeserver cannot check them and the bot does not heed them.

`tests/homeserver/test_bad_input.py` does it again; `python -m tests.homeserver.bad_input` writes
this page."""
_END = """
## Past the rooms

What a stranger sent to the bot's device. Each got nothing, and what followed was decrypted as ever.
"""


def _chapter(chapter: Chapter) -> Iterable[str]:
    yield f"\n## {chapter.title}\n"
    yield "| sent | encrypted | open |"
    yield "|---|---|---|"
    for case in chapter.cases:
        yield f"| {case.what} | {case.got} | {case.in_open_rooms} |"


def _to_device() -> Iterable[str]:
    for case in TO_DEVICE:
        yield f"- {case.event_type}: {case.what}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
