"""Reads our HTML as a screen reader would: a plain text that is complete without it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from kaz_bot.texts.characters import shortened

# Ours and sanitized HTML is well-formed: every "<" begins a tag, every ">" ends one.
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Apart from what stands before and after by an empty line.
_PARAGRAPHS = _HEADINGS | {"p", "ul", "ol", "blockquote", "pre", "table", "hr", "details"}
_LINES = frozenset({"div", "li", "tr", "caption", "summary", "thead", "tbody"})
# Meaning that would be lost: what is struck out or set high says something else without it.
_MARKS = {"del": "~~", "s": "~~", "sup": "^", "sub": "_"}
_LONGEST_HEADER = 60


def plain(html: str) -> str:
    """The text of `html`, which is ours or sanitized: quotes, lists and tables stay readable."""
    page = _Page()
    for slash, tag, attributes, text in _TOKEN.findall(html):
        if text:
            page.read(unescape(text))
        elif slash:
            page.end(tag)
        else:
            page.start(
                tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            )
    return page.text()


@dataclass
class _Container:
    """A quote or an item of a list; `marker` stands before its first line, `rest` after that."""

    marker: str
    rest: str
    quote: bool = False

    def prefix(self) -> str:
        prefix, self.marker = self.marker, self.rest
        return prefix


@dataclass
class _Table:
    """The table being read; tables within its cells are read as text."""

    depth: int = 1
    headers: list[str] = field(default_factory=list)
    unread: bool = False
    cells: list[str] = field(default_factory=list)
    all_headers: bool = True
    in_cell: bool = False

    def row(self) -> str:
        """The row just ended as a line, empty for a row of headers: those go before each value."""
        cells, headers_only = self.cells, self.all_headers
        self.cells, self.all_headers = [], True
        if cells and headers_only:
            line = self.left_over()
            self.headers, self.unread = cells, True
            return line
        self.unread = False
        headers = [shortened(name, _LONGEST_HEADER) for name in self.headers]
        headers += [""] * (len(cells) - len(headers))
        pairs = zip(headers, cells, strict=False)
        return "; ".join(f"{name}: {cell or '–'}" if name else cell for name, cell in pairs)

    def left_over(self) -> str:
        """Headers under which no row stood."""
        return "; ".join(self.headers) if self.unread else ""


class _Page:
    """Collects lines; `_gap` is how far below the last one the next begins, 2 for an empty line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._containers: list[_Container] = []
        self._gap = 1
        self._gap_depth = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._table: _Table | None = None
        self._verbatim = 0

    def text(self) -> str:
        """All that was read."""
        self._end_line()
        return "\n".join(self._lines)

    def read(self, text: str) -> None:
        """Text between two tags."""
        self._words.append(text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        if tag in _MARKS:
            self._words.append(_MARKS[tag])
        elif tag == "a":
            self._links.append((attributes.get("href", ""), len(self._words)))
        elif tag == "br":
            self._line_break()
        elif tag in {"table", "tr", "td", "th"}:
            self._start_of_table(tag)
        elif tag in _PARAGRAPHS or tag in _LINES:
            self._end_block(tag)
            self._start_of_block(tag, attributes)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag in _MARKS:
            if _MARKS[tag] == "~~":
                self._words.append(_MARKS[tag])
        elif tag == "a" and self._links:
            self._end_of_link(*self._links.pop())
        elif tag in {"table", "tr", "td", "th"}:
            self._end_of_table(tag)
        elif tag in _PARAGRAPHS or tag in _LINES:
            if tag == "pre":
                self._end_of_verbatim()
            self._end_block(tag)
            self._end_of_container(tag)

    def _start_of_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "blockquote":
            self._containers.append(_Container("> ", "> ", quote=True))
        elif tag in {"ul", "ol"}:
            self._lists.append(int(attributes.get("start", 1)) if tag == "ol" else None)
        elif tag == "li":
            marker = self._next_marker()
            self._containers.append(_Container(marker, " " * len(marker)))
        elif tag == "pre":
            self._verbatim += 1

    def _next_marker(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_of_container(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag in {"blockquote", "li"} and self._containers:
            self._containers.pop()
            self._gap_depth = min(self._gap_depth, len(self._containers))

    def _end_of_link(self, address: str, start: int) -> None:
        text = _SPACES.sub(" ", "".join(self._words[start:])).strip()
        spellings = {f"{scheme}{text}" for scheme in ("", "https://", "http://", "mailto:")}
        if address and not {address, address.removesuffix("/")} & spellings:
            self._words.append(f" ({address})")

    def _start_of_table(self, tag: str) -> None:
        if self._table is not None:
            if tag == "table":
                self._table.depth += 1
            self._words.append(" ")
            if self._table.depth == 1 and tag in {"td", "th"}:
                self._words.clear()
                self._table.in_cell = True
                self._table.all_headers &= tag == "th"
        elif tag == "table":
            self._end_block(tag)
            self._table = _Table()

    def _end_of_table(self, tag: str) -> None:
        table = self._table
        if table is None:
            return
        if table.depth > 1:
            self._words.append(" ")
            table.depth -= tag == "table"
        elif tag in {"td", "th"}:
            table.in_cell = False
            table.cells.append(self._take_words())
        else:
            self._words = [table.row() if tag == "tr" else table.left_over()]
            self._table = None
            self._end_block(tag)
            self._table = table if tag == "tr" else None

    def _line_break(self) -> None:
        if self._verbatim:
            self._words.append("\n")
        elif not self._end_line():
            self._gap = 2

    def _end_block(self, tag: str) -> None:
        """Ends the line; inside an item of a list, paragraphs need no empty line."""
        self._end_line()
        if self._table is not None and self._table.in_cell:
            return
        tight = any(not container.quote for container in self._containers)
        if tag in _PARAGRAPHS and not tight:
            self._gap = 2
        self._gap_depth = min(self._gap_depth, len(self._containers))

    def _end_of_verbatim(self) -> None:
        self._verbatim = max(0, self._verbatim - 1)
        if self._table is not None and self._table.in_cell:
            return
        for line in "".join(self._words).strip("\n").split("\n"):
            self._write(line.rstrip())
        self._words.clear()

    def _end_line(self) -> bool:
        """Whether there was anything to write. In a cell, lines go on in the same row."""
        if self._table is not None and self._table.in_cell:
            self._words.append(" ")
            return True
        line = self._take_words()
        if line:
            self._write(line)
        return bool(line)

    def _take_words(self) -> str:
        line = _SPACES.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        return line

    def _write(self, line: str) -> None:
        if self._lines and self._gap == 2:
            outer = self._containers[: self._gap_depth]
            self._lines.append("".join(c.rest for c in outer).rstrip())
        prefix = "".join(container.prefix() for container in self._containers)
        self._lines.append((prefix + line).rstrip())
        self._gap, self._gap_depth = 1, len(self._containers)
