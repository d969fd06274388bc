"""Writes a document as JSON, as it waits for its printing, and reads it again."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kaz_bot import plots
from kaz_bot.domain.rooms import Language
from kaz_bot.typesetting.documents import (
    Block,
    Chart,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    FigureFormat,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Quote,
    Table,
)
from kaz_bot.typesetting.problems import NoDocument

_KIND = "kind"


def to_json(document: Document) -> bytes:
    """The document in bytes; half a surrogate pair, which no encoding has, is kept as well."""
    written = asdict(document) | {
        "created_at": document.created_at.isoformat(),
        "blocks": [_of_block(block) for block in document.blocks],
    }
    return json.dumps(written).encode("ascii")


def from_json(written: bytes) -> Document:
    """The document that was written. Raise NoDocument."""
    try:
        return _document(json.loads(written))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        # Its own words are people's words, and are not for the log.
        raise NoDocument(type(problem).__name__) from problem


def _of_block(block: Block) -> dict[str, object]:
    written = asdict(block)
    if isinstance(block, Figure):
        written["content"] = b64encode(block.content).decode("ascii")
    if isinstance(block, Chart):
        written["chart"] = plots.of_chart(block.chart)
    return {_KIND: type(block).__name__, **written}


def _document(written: Mapping[str, Any]) -> Document:
    read = {
        "language": Language(written["language"]),
        "created_at": datetime.fromisoformat(written["created_at"]),
        "blocks": tuple(_block(block) for block in written["blocks"]),
        "notes": tuple(written["notes"]),
    }
    return Document(**{**written, **read})


def _block(written: Mapping[str, Any]) -> Block:
    fields = {name: value for name, value in written.items() if name != _KIND}
    return _READERS[written[_KIND]](fields)


def _facts(written: Mapping[str, Any]) -> Facts:
    return Facts(tuple(Fact(**fact) for fact in written["facts"]))


def _table(written: Mapping[str, Any]) -> Table:
    read = {
        "columns": tuple(Column(**column) for column in written["columns"]),
        "rows": tuple(tuple(row) for row in written["rows"]),
    }
    return Table(**{**written, **read})


def _items(written: Mapping[str, Any]) -> Items:
    return Items(tuple(written["texts"]), numbered=written["numbered"])


def _figure(written: Mapping[str, Any]) -> Figure:
    read = {
        "content": b64decode(written["content"]),
        "format": FigureFormat(written["format"]),
    }
    return Figure(**{**written, **read})


def _key_figures(written: Mapping[str, Any]) -> KeyFigures:
    return KeyFigures(tuple(KeyFigure(**figure) for figure in written["figures"]))


def _chart(written: Mapping[str, Any]) -> Chart:
    table = written["table"]
    return Chart(
        chart=plots.chart_of(written["chart"]),
        caption=written["caption"],
        table=_table(table) if table else None,
    )


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Block]] = {
    "Heading": lambda written: Heading(**written),
    "Paragraph": lambda written: Paragraph(**written),
    "Facts": _facts,
    "Table": _table,
    "Items": _items,
    "Quote": lambda written: Quote(**written),
    "Figure": _figure,
    "KeyFigures": _key_figures,
    "Chart": _chart,
}
