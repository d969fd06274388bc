"""Makes of what people typed what a page can show."""

import re
import unicodedata
from collections.abc import Set

# What stands on the page for a letter that no font has; the first font has it.
UNKNOWN = "\N{WHITE SQUARE}"
# The longest word that is left to hyphenation; German has none beyond.
LONGEST_WORD = 40
_BREAK = "\N{ZERO WIDTH SPACE}"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n[ \n]*\n")
# Letters or digits, with the signs around them that stay with them.
_PART = re.compile(r"\W*(?:[^\W\d_]+|[\d_]+)\W*|\W+")
# A stretch like that hyphenation does not know what to do with.
_NO_WORD = re.compile("[^aeiouyäöüáéíóúě]{9}|[aeiouyäöü]{9}", re.IGNORECASE)
_FIXED_SPACES = frozenset("\u00a0\u2007\u202f")
# What has no shape of its own but makes the letters around it what they are.
_SHAPING = frozenset("\n\u200b\u200c\u200d\u00ad\ufe0e\ufe0f")
# Marks are drawn above each other without end.
_MOST_MARKS = 4


def shown(text: str, letters: Set[int], longest: int = LONGEST_WORD) -> str:
    """The text in letters that there are. At most one empty line stands between two others, and
    what has more than `longest` letters in a row can be broken."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", whole))
    known = "".join(_known(letter, letters) for letter in lines)
    kept = _EMPTY_LINES.sub("\n\n", _without_heaps(known)).strip()
    return re.sub(rf"\S{{{longest + 1},}}", lambda solid: _breakable(solid[0], longest), kept)


def _known(letter: str, letters: Set[int]) -> str:
    if letter in _SHAPING:
        return letter
    if letter in _FIXED_SPACES:
        return "\N{NO-BREAK SPACE}"
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    if category in {"Cc", "Cf"}:
        # Those that turn the direction of writing would reach beyond their own text.
        return ""
    # What is not assigned, or for private use, is told to one program alone.
    known = category not in {"Cn", "Co"} and ord(letter) in letters
    return letter if known else UNKNOWN


def _without_heaps(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _breakable(solid: str, longest: int) -> str:
    """Words are hyphenated; addresses break behind their signs, and anything else anywhere."""
    anywhere = re.compile(rf"(?:.(?:\u200d.|[\u0300-\u036f\ufe0e\ufe0f])*){{1,{longest}}}")
    pieces: list[str] = []
    for part in _PART.findall(solid):
        is_word = len(part) <= LONGEST_WORD and not _NO_WORD.search(part)
        pieces += [part] if is_word or len(part) <= longest else anywhere.findall(part)
    return _BREAK.join(pieces)
