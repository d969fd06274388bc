"""Documents for tests: a small one of every part, and a register as the desk writes it."""

import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime

from kaz_bot.domain.rooms import Language
from kaz_bot.typesetting import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    FigureFormat,
    Heading,
    Items,
    Paragraph,
    Quote,
    Table,
)

AT = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">'
    b'<rect width="60" height="60" fill="#0b4f6c"/></svg>'
)
PICTURE = Figure(
    content=SQUARE,
    format=FigureFormat.SVG,
    alternative="Ein ausgefülltes Quadrat",
    caption="Das Quadrat",
)
VOTES = Table(
    columns=(Column("Stelle"), Column("Stimme"), Column("Gewicht", numeric=True)),
    rows=(("Landkreis Spree-Neiße", "Ja", "2"), ("Stadt Cottbus/Chóśebuz", "Enthaltung", "1")),
    caption="Die Stimmen",
)


def red_dot() -> bytes:
    """A picture of one pixel, as PNG (its specification, version 1.2)."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = {b"IHDR": header, b"IDAT": zlib.compress(b"\x00\xff\x00\x00"), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks.items()
    )


def document(*blocks: Block, title: str = "Beschlüsse") -> Document:
    """A document of these parts."""
    return Document(
        title=title,
        language=Language.DE,
        created_at=AT,
        page_words="Seite {page} von {pages}",
        blocks=blocks,
    )


FULL = replace(
    document(
        Heading("Grundlagen"),
        Paragraph("Das Gremium hat beraten.\n\nEs war beschlussfähig."),
        Facts((Fact("Federführung", "Stadt Cottbus/Chóśebuz"), Fact("Ort", "Potsdam"))),
        Heading("Abstimmung", 2),
        VOTES,
        Quote("Die Kommunen nutzen den Dienst gemeinsam.", source="Beschluss 2026/3"),
        Items(("Vergabe vorbereiten", "Bericht geben")),
        Items(("Erstens", "Zweitens"), numbered=True),
        PICTURE,
        Paragraph("Was nicht gelesen werden muss.", quiet=True),
    ),
    subtitle="Jahr 2026",
    author="Steuerungsgremium",
    subject="Register",
    notes=("Erstellt am Freitag, 25. September 2026.",),
)
