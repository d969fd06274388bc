"""Writes the parts of a page in HTML: whatever stands in them, it is text and no markup."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from kaz_bot.plots import drawing
from kaz_bot.typesetting.documents import (
    Block,
    Chart,
    Facts,
    Figure,
    Items,
    KeyFigures,
    Paragraph,
    Quote,
    Table,
)

_MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
# What a page may not hold at all, or what would turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")
_EMPTY_LINES = re.compile(r"\n\s*\n")
# A table with more columns than this has the whole width.
_NARROW = 3


def escaped(text: str) -> str:
    """Text as a page shows it; its lines stay lines."""
    return within(text).replace("\n", "<br>")


def within(text: str) -> str:
    """Text as it may stand anywhere, also in an attribute."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return escape(_UNSEEN.sub("", lines), quote=True)


def part(block: Block, place: str, name: str) -> Iterator[str]:
    """One part in its lines. `place` begins the ids in it; `name` is for what has none."""
    match block:
        case Paragraph():
            kind = ' class="quiet"' if block.quiet else ""
            yield from (f"<p{kind}>{escaped(one)}</p>" for one in _paragraphs(block.text))
        case Facts():
            facts = (
                f"<div><dt>{within(fact.label)}</dt><dd>{escaped(fact.value)}</dd></div>"
                for fact in block.facts
            )
            yield from _wrapped('<dl class="facts">', facts, "</dl>")
        case Table():
            yield from _table(block, place, name)
        case Items():
            kind = "ol" if block.numbered else "ul"
            texts = (f"<li>{escaped(text)}</li>" for text in block.texts)
            yield from _wrapped(f"<{kind}>", texts, f"</{kind}>")
        case Quote():
            yield from _quote(block)
        case Figure():
            yield from _figure(block)
        case KeyFigures():
            yield from _wrapped('<dl class="key-figures">', _key_figures(block), "</dl>")
        case Chart():
            yield from _chart(block, place, name)


def _wrapped(before: str, lines: Iterator[str], after: str) -> Iterator[str]:
    inner = list(lines)
    if inner:
        yield from (before, *inner, after)


def _paragraphs(text: str) -> list[str]:
    return [one for one in _EMPTY_LINES.split(text.replace("\r\n", "\n")) if one.strip()]


def _table(table: Table, place: str, name: str) -> Iterator[str]:
    """Wider than a small screen it can be moved, also by keys, and has a name for it."""
    caption = f"{place}-caption"
    hidden = "" if table.caption.strip() else ' class="hidden"'
    kinds = " ".join(kind for kind in ("dense", "summed") if getattr(table, kind))
    yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{caption}">'
    yield f'<table class="{kinds}">' if kinds else "<table>"
    yield f'<caption id="{caption}"{hidden}>{within(table.caption) or within(name)}</caption>'
    yield "<thead><tr>"
    for column in table.columns:
        yield f'<th scope="col"{_number(column.numeric)}>{within(column.heading) or "–"}</th>'
    yield "</tr></thead>\n<tbody>"
    for first, *others in table.rows:
        cells = "".join(
            f"<td{_number(column.numeric)}>{escaped(cell)}</td>"
            for cell, column in zip(others, table.columns[1:], strict=True)
        )
        yield f'<tr><th scope="row">{escaped(first)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"


def _number(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _quote(quote: Quote) -> Iterator[str]:
    yield "<blockquote>"
    yield from (f"<p>{escaped(one)}</p>" for one in _paragraphs(quote.text))
    if quote.source:
        yield f'<p class="quiet">{escaped(quote.source)}</p>'
    yield "</blockquote>"


def _figure(figure: Figure) -> Iterator[str]:
    data = b64encode(figure.content).decode("ascii")
    address = f"data:{_MEDIA_TYPES[figure.format]};base64,{data}"
    yield "<figure>"
    yield f'<img src="{address}" alt="{within(figure.alternative)}">'
    if figure.caption:
        yield f"<figcaption>{within(figure.caption)}</figcaption>"
    yield "</figure>"


def _key_figures(block: KeyFigures) -> Iterator[str]:
    for figure in block.figures:
        note = f'<dd class="note">{within(figure.note)}</dd>' if figure.note else ""
        yield (
            f"<div><dt>{within(figure.label)}</dt>"
            f'<dd class="value">{within(figure.value)}</dd>{note}</div>'
        )


def _chart(block: Chart, place: str, name: str) -> Iterator[str]:
    """The picture, and its table beside it or, if that is wide, below."""
    table = block.in_rows
    narrow = len(table.columns) <= _NARROW
    yield '<div class="chart beside">' if narrow else '<div class="chart">'
    yield f'<figure>\n<figcaption id="{place}-name">{within(block.title)}</figcaption>'
    yield f'<div class="picture" role="region" tabindex="0" aria-labelledby="{place}-name">'
    yield _inline(drawing.svg(block.chart, titled=False), block, place)
    yield "</div>\n</figure>"
    if table.caption == block.title:
        table = replace(table, caption="")
    yield from _table(table, place, block.title or name)
    yield "</div>"


def _inline(svg: bytes, block: Chart, place: str) -> str:
    """The picture as a part of the page, told in words, its ids unlike those of the others."""
    whole = svg.decode("utf-8")
    inner = whole[whole.index("<svg") :]
    # Its style would be that of the whole page.
    inner = re.sub(r"<style\b.*?</style>", "", inner, flags=re.DOTALL)
    inner = re.sub(r'\bid="', f'id="{place}-', inner)
    inner = re.sub(r'href="#', f'href="#{place}-', inner)
    inner = re.sub(r'\s(?:width|height)="[\d.]+pt"', "", inner, count=2)
    named = (
        f'<svg role="img" aria-labelledby="{place}-title {place}-told" '
        'style="stroke-linejoin:round;stroke-linecap:butt"'
    )
    words = (
        f'><title id="{place}-title">{within(block.title)}</title>'
        f'<desc id="{place}-told">{within(block.chart.alternative)}</desc>'
    )
    return inner.replace("<svg", named, 1).replace(">", words, 1).rstrip()
