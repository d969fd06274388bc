"""Writes a document as one page for the screen, complete in itself and readable for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from kaz_bot.typesetting.documents import Block, Document, Heading
from kaz_bot.typesetting.page_parts import escaped, part, within

_DEEPEST = 3


@dataclass
class _Contents:
    """The headings as they come, each with its place on the page."""

    entries: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, level: int, text: str) -> str:
        """The id of the new one."""
        place = f"part-{len(self.entries) + 1}"
        self.entries.append((level, text, place))
        return place


def page(document: Document) -> bytes:
    """The file in HTML; the same document gives the same bytes. It asks for nothing else."""
    return "\n".join(_page(document)).encode("utf-8", "replace")


def _page(document: Document) -> Iterator[str]:
    style = files("kaz_bot.typesetting").joinpath("data", "page.css").read_text("utf-8")
    contents = _Contents()
    blocks = list(_blocks(document, contents))
    yield f'<!DOCTYPE html>\n<html lang="{document.language.value}">\n<head>'
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # What stands in it can neither run nor fetch anything, whatever it is.
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">"
    )
    yield f"<title>{within(document.title) or '–'}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>"
    if document.skip:
        yield f'<a class="skip" href="#main">{within(document.skip)}</a>'
    yield from _head(document)
    yield '<div class="columns">'
    yield from _navigation(document, contents)
    yield '<main id="main" tabindex="-1">'
    yield from blocks
    yield "</main>\n</div>"
    if document.notes:
        yield "<footer>"
        yield from (f"<p>{escaped(note)}</p>" for note in document.notes)
        yield "</footer>"
    yield "</body>\n</html>\n"


def _head(document: Document) -> Iterator[str]:
    yield '<header class="banner">' if document.banner else "<header>"
    if document.author:
        yield f'<p class="author">{within(document.author)}</p>'
    yield f"<h1>{within(document.title) or '–'}</h1>"
    if document.subtitle:
        yield f'<p class="subtitle">{escaped(document.subtitle)}</p>'
    yield "</header>"


def _navigation(document: Document, contents: _Contents) -> Iterator[str]:
    """The parts of the first level; those below are found there."""
    entries = [(text, place) for level, text, place in contents.entries if level == 1]
    if not (document.contents and entries):
        return
    yield '<nav aria-labelledby="contents">'
    yield f'<p class="contents" id="contents">{within(document.contents)}</p>\n<ol>'
    yield from (f'<li><a href="#{place}">{within(text)}</a></li>' for text, place in entries)
    yield "</ol>\n</nav>"


def _blocks(document: Document, contents: _Contents) -> Iterator[str]:
    """The parts, each part of the first level in a section of its own."""
    level, name = 0, document.title
    open_section = False
    for number, block in enumerate(document.blocks, start=1):
        if not isinstance(block, Heading):
            yield from _part(block, number, name)
            continue
        if not block.text.strip():
            continue
        # As in print: a heading is at most one level below the one before.
        level = max(1, min(block.level, level + 1, _DEEPEST))
        name = block.text
        place = contents.add(level, block.text)
        if level == 1:
            yield ("</section>\n" if open_section else "") + f'<section aria-labelledby="{place}">'
            open_section = True
        yield f'<h{level + 1} id="{place}">{within(block.text)}</h{level + 1}>'
    if open_section:
        yield "</section>"


def _part(block: Block, number: int, name: str) -> Iterator[str]:
    """A part; `name` is what a table is called that has no name of its own."""
    return part(block, f"b{number}", name)
