"""Formatted text: cutting a command off the front of the HTML that was typed with it."""

import html
import re

_PIECE = re.compile(r"<[^>]*>|&[^;\s]{1,10};|.", re.DOTALL)


def without_beginning(formatted: str, beginning: str) -> str | None:
    """`formatted` without the words of `beginning`, tags kept; nothing if it begins otherwise.

    White space is not compared, since clients lay it out anew in HTML.
    """
    awaited = "".join(beginning.split())
    found = 0
    kept: list[str] = []
    position = 0
    for match in _PIECE.finditer(formatted):
        if found == len(awaited):
            break
        position = match.end()
        piece = match[0]
        if piece.startswith("<") and len(piece) > 1:
            kept.append(piece)
            continue
        for char in html.unescape(piece):
            if char.isspace():
                continue
            if awaited[found : found + 1] != char:
                return None
            found += 1
    return "".join(kept) + formatted[position:].lstrip() if found == len(awaited) else None
