"""Packs the pictures of a document into one file, each as dots and as lines."""

import io
import re
from collections.abc import Iterator
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kaz_bot.domain.words import folded
from kaz_bot.plots import drawing
from kaz_bot.typesetting.documents import Chart, Document
from kaz_bot.typesetting.problems import NotTypeset

_NOT_IN_A_NAME = re.compile("[^a-z0-9]+")
_LONGEST_NAME = 50
_EVERYBODY_READS = 0o644 << 16


def packed(document: Document) -> bytes:
    """The pictures as ZIP; the same document gives the same bytes. Raise NotTypeset."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as folder:
        for name, content in pictures_of(document):
            one = ZipInfo(name, document.created_at.astimezone(UTC).timetuple()[:6])
            one.external_attr = _EVERYBODY_READS
            folder.writestr(one, content, ZIP_DEFLATED)
        if not folder.namelist():
            raise NotTypeset("it has no charts")
    return file.getvalue()


def pictures_of(document: Document) -> Iterator[tuple[str, bytes]]:
    """Each picture with the name of its file, in the order of the document."""
    charts = [block.chart for block in document.blocks if isinstance(block, Chart)]
    for number, chart in enumerate(charts, start=1):
        title = _NOT_IN_A_NAME.sub("-", folded(chart.title)[:_LONGEST_NAME]).strip("-")
        name = f"{number:02}-{title}" if title else f"{number:02}"
        yield f"{name}.png", drawing.png(chart)
        yield f"{name}.svg", drawing.svg(chart)
