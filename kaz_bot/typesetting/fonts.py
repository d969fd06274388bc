"""Knows the letters that the fonts of the package have, for a page must not show any other."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from struct import unpack_from

# The first has the letters of all European languages; the others lend what it does not have.
# `report.typ` names them in this order.
FILES = ("SourceSans3-Regular.ttf", "DejaVuSans.ttf", "NotoEmoji-Regular.ttf")
# The table of a font that says which letters it has, in the form that knows all of Unicode
# (OpenType specification, "cmap", format 12).
_UNICODE = {(0, 4), (3, 10)}


def folder() -> Path:
    """Where the fonts lie, each with its licence."""
    return Path(str(files("kaz_bot.typesetting").joinpath("data", "fonts")))


@cache
def letters() -> frozenset[int]:
    """The code points that one of the fonts has."""
    return frozenset().union(*(_letters_of(file) for file in FILES))


@cache
def letters_of_text() -> frozenset[int]:
    """The code points that the first font has."""
    return _letters_of(FILES[0])


@cache
def _letters_of(file: str) -> frozenset[int]:
    font = (folder() / file).read_bytes()
    return frozenset(code for group in _groups(font, _table(font, b"cmap")) for code in group)


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of the font begins."""
    (count,) = unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        name, _, offset = unpack_from(">4sII", font, at)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _groups(font: bytes, cmap: int) -> Iterator[range]:
    (count,) = unpack_from(">H", font, cmap + 2)
    for at in range(cmap + 4, cmap + 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHI", font, at)
        if (platform, encoding) in _UNICODE:
            (groups,) = unpack_from(">I", font, cmap + offset + 12)
            for group in range(groups):
                first, last, _ = unpack_from(">III", font, cmap + offset + 16 + 12 * group)
                yield range(first, last + 1)
            return
