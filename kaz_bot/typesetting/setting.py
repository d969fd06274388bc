"""Sets a document as a PDF that a screen reader can read, and owns the program that does it."""

import json
import re
from collections.abc import Set
from datetime import UTC
from importlib.resources import files

import typst

from kaz_bot.typesetting import fonts
from kaz_bot.typesetting.documents import Document
from kaz_bot.typesetting.drawn import drawn
from kaz_bot.typesetting.fitting import Fitting
from kaz_bot.typesetting.problems import NotTypeset

_REPORT = "report.typ"
# The program quotes people's words between these.
_QUOTED = re.compile("`.*`", re.DOTALL)


def pdf(document: Document) -> bytes:
    """The file; the same document gives the same bytes. Raise NotTypeset."""
    document = drawn(document)
    try:
        return _printed(document, fonts.letters())
    except typst.TypstError:
        pass
    # Letters of several fonts have come together in one that no font has, such as a mark upon
    # a picture. Those of the first font alone fit with each other.
    try:
        return _printed(document, fonts.letters_of_text())
    except typst.TypstError as problem:
        raise NotTypeset(_QUOTED.sub("…", problem.message)) from None


def _printed(document: Document, letters: Set[int]) -> bytes:
    report = files("kaz_bot.typesetting").joinpath("data", _REPORT).read_bytes()
    return typst.compile(
        report,
        # The document goes in as data, and is never part of the program.
        sys_inputs={"document": json.dumps(Fitting(letters).document(document))},
        # With no other fonts than these every machine makes the same bytes.
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(fonts.folder())],
        ),
        # For the archive, and for everybody to read (ISO 19005-2, level a; ISO 14289-1).
        pdf_standards=["a-2a", "ua-1"],
        # The library takes whole seconds alone.
        timestamp=document.created_at.astimezone(UTC).replace(microsecond=0),
    )
