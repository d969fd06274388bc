"""Makes what people wrote safe to be shown in a message of ours."""

import html as entities
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import nh3
from markupsafe import escape

from kaz_bot.texts.characters import shortened, tame
from kaz_bot.texts.plain import plain

# What the client-server specification recommends for m.room.message, without what hides
# (details, spoilers), colours (span, font) or fetches (img).
TAGS = frozenset(
    "del s h1 h2 h3 h4 h5 h6 blockquote p a ul ol li sup sub b i u strong em code pre hr br div "
    "table thead tbody tr th td caption".split()
)
_ATTRIBUTES = {"*": set[str](), "a": {"href"}, "ol": {"start"}, "code": {"class"}, "img": {"alt"}}
_SCHEMES = frozenset({"http", "https", "mailto"})

# Parsing deeply nested tags costs the square of their depth: 64 KiB of them take a second.
_MOST_TAGS = 2000
_DEEPEST = 40

# An encrypted event of 64 KiB holds about 47 000 bytes; the rest is for the words around.
_ROOM_IN_EVENT = 36_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_ANY_TAG = re.compile(r"<[^<>]*>")
_IMAGE = re.compile(r'<img(?: alt="([^"]*)")?>')
_LINK_TO_NOWHERE = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_SPACES = re.compile(r"\s+")
_VOID = frozenset({"br", "hr", "img"})


def html_of(text: str) -> str:
    """Plain text as HTML: nothing in it is markup, its lines stay lines."""
    lines = _EMPTY_LINES.sub("\n\n", tame(text))
    return str(escape(lines)).replace("\n", "<br>")


def sanitize(html: str) -> str:
    """Somebody's formatted text with nothing in it that acts: no images, colours or mentions.

    A bomb of nested tags loses its formatting. Sanitizing twice changes nothing.
    """
    whole = tame(html)
    if _costly(whole):
        return html_of(_SPACES.sub(" ", entities.unescape(_ANY_TAG.sub(" ", whole))).strip())
    # Tame once more: an entity such as &#x202e; has become a character.
    clean = tame(_CLEANER.clean(whole))
    clean = _IMAGE.sub(lambda image: str(escape(entities.unescape(image[1] or ""))), clean)
    return _LINK_TO_NOWHERE.sub(r"\1", clean).strip()


@dataclass(frozen=True)
class Quoted:
    """What somebody wrote, fit to be shown: any `html` given is sanitized, or made from `text`.

    `cut` says that it was too long for one message, and something is missing at its end.
    """

    text: str
    html: str = ""
    cut: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        text, cut = tame(self.text), False
        html = sanitize(self.html) if self.html else ""
        if not html or _size(html) > _ROOM_IN_EVENT:
            text, html, cut = _fitting(text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "html", html)
        object.__setattr__(self, "cut", cut)

    def __html__(self) -> str:
        return self.html

    def beginning(self, length: int) -> str:
        """The first words, on one line."""
        return shortened(self.text, length)


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    match attribute:
        case "href":
            return None if _mentions(value) else value
        case "start":
            return value if value.isdecimal() and len(value) < 7 else None
        case "class":
            return value if re.fullmatch(r"language-[\w+#.-]{1,30}", value) else None
        case _:
            return value


def _mentions(address: str) -> bool:
    """Links to matrix.to become pills in clients, and a pill calls a person."""
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return True
    return host.rstrip(".") == "matrix.to"


_CLEANER = nh3.Cleaner(
    tags=set(TAGS | {"img"}),
    clean_content_tags={"mx-reply", "script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_keep,
    url_schemes=set(_SCHEMES),
    url_relative="deny",
    link_rel=None,
)


def _costly(html: str) -> bool:
    tags = _TAG.findall(html)
    return len(tags) > _MOST_TAGS or _depth(tags) > _DEEPEST


def _depth(tags: Iterable[tuple[str, str]]) -> int:
    """How many tags are open at once at most, if each end ends the nearest start of its name."""
    still_open: Counter[str] = Counter()
    depth = deepest = 0
    for slash, name in tags:
        tag = name.lower()
        if not slash and tag not in _VOID:
            still_open[tag] += 1
            depth += 1
        elif slash and still_open[tag]:
            still_open[tag] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


def _fitting(text: str) -> tuple[str, str, bool]:
    """As much of `text` as goes into one message, that as HTML, and whether some had to go."""
    # Each character stands in both forms of a message.
    most = _ROOM_IN_EVENT // 2
    kept = text if len(text) <= most else _beginning(text, most)
    while (size := _size(html := html_of(kept))) > _ROOM_IN_EVENT:
        kept = _beginning(kept, len(kept) * _ROOM_IN_EVENT * 9 // (size * 10))
    return kept, html, kept != text


def _size(html: str) -> int:
    """Bytes that `html` and the plain text derived from it take in an event, quoted by lines."""
    body = plain(html) if len(html) <= _ROOM_IN_EVENT else ""
    as_json = json.dumps([html, body], ensure_ascii=False)
    return len(as_json.encode()) + 2 * body.count("\n")


def _beginning(text: str, length: int) -> str:
    """The first `length` characters, lines kept, ending with a whole word where there is one."""
    head = text[: max(length, 1)]
    return (head.rsplit(maxsplit=1)[0] if len(head.split(maxsplit=1)) > 1 else head) + " …"
