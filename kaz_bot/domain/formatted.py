"""Formatted text: cutting a command off the front of the HTML that was typed with it."""

import html
import re

_PIECE = re.compile(r"<[^>]*>|&[^;\s]{1,10};|.", re.DOTALL)


def without_beginning(formatted: str, beginning: str) -> str | None:
    """`formatted` without the words of `beginning`, tags kept; nothing if it begins otherwise.

    White space is not compared, since clients lay it out anew in HTML.
    """
    awaited = [char for char in beginning if not char.isspace()]
    kept: list[str] = []
    position = 0
    for match in _PIECE.finditer(formatted):
        if not awaited:
            break
        position = match.end()
        piece = match[0]
        if piece.startswith("<") and len(piece) > 1:
            kept.append(piece)
            continue
        for char in html.unescape(piece):
            if not char.isspace() and (not awaited or awaited.pop(0) != char):
                return None
    return None if awaited else "".join(kept) + formatted[position:].lstrip()
