"""Writes to the terminal: wrapped to its width, in colour only where somebody sees it."""

import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from enum import StrEnum
from typing import TextIO

_WIDEST = 100
_NARROWEST = 40


class Ink(StrEnum):
    """Colours, which never say anything that the words do not say."""

    PLAIN = ""
    FAINT = "2"
    BOLD = "1"
    GOOD = "32"
    BAD = "31;1"
    ROOM = "36"
    BOT = "33"


class Screen:
    """A terminal, a pipe or a file."""

    def __init__(self, out: TextIO, *, colours: bool, width: int) -> None:
        self._out = out
        self._colours = colours
        self._width = max(_NARROWEST, min(width, _WIDEST))
        self.is_watched = out.isatty()

    @classmethod
    def of_terminal(cls, environ: Mapping[str, str] = os.environ) -> "Screen":
        """Standard output."""
        out = sys.stdout
        if hasattr(out, "reconfigure"):
            out.reconfigure(errors="replace")
        colours = out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        return cls(out, colours=colours, width=shutil.get_terminal_size((_WIDEST, 24)).columns)

    def line(
        self, text: str = "", *, ink: Ink = Ink.PLAIN, indent: int = 0, head: str = ""
    ) -> None:
        """A paragraph; `head` stands before its first line, the rest hangs below its beginning.

        Line breaks of the text are kept, control characters are not.
        """
        first = " " * indent + head
        rest = " " * len(first)
        for number, paragraph in enumerate(text.split("\n")):
            wrapped = textwrap.wrap(
                _printable(paragraph),
                width=self._width,
                initial_indent=rest if number else first,
                subsequent_indent=rest + _list_indent(paragraph),
                break_on_hyphens=False,
            )
            for line in wrapped or [""]:
                self._write(line, ink)
        self._out.flush()

    def rule(self, text: str, *, ink: Ink = Ink.BOLD) -> None:
        """A heading with a line behind it."""
        self._write(f"── {text} ".ljust(self._width, "─"), ink)
        self._out.flush()

    def _write(self, text: str, ink: Ink) -> None:
        coloured = self._colours and ink and text
        print(f"\033[{ink}m{text}\033[0m" if coloured else text, file=self._out)


def _printable(text: str) -> str:
    """Nobody's message drives the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _list_indent(paragraph: str) -> str:
    bare = paragraph.lstrip()
    marked = bare.startswith(("- ", "> ", "* "))
    return " " * (len(paragraph) - len(bare) + (2 if marked else 0))
