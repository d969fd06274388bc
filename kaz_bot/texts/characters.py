"""Takes from people's texts the characters that could act on the text around them."""

import re

# Line ends of every origin become the one that everything else here knows.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# Control characters; embeddings, overrides and isolates, which turn the direction of what
# follows; lone surrogates, which cannot be encoded; noncharacters and annotation marks.
_ACTING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_SPACES = re.compile(r"\s+")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

LONGEST_FACT = 1000


def tame(text: str) -> str:
    """`text` without characters that steer a terminal, a client or the direction of writing."""
    return _ACTING.sub("", _LINE_ENDS.sub("\n", text))


def inline(text: str) -> str:
    """`text` fit to stand inside a sentence of ours: tame, bounded, on one line.

    A right-to-left name is isolated, so that it does not pull our numbers to its side.
    """
    line = shortened(text, LONGEST_FACT)
    if _RIGHT_TO_LEFT.search(line):
        return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"
    return line


def shortened(text: str, length: int) -> str:
    """As many whole words as fit into `length` characters, with … when some were left out."""
    words = _SPACES.sub(" ", tame(text[: 4 * length + 1000])).strip()
    if len(words) <= length:
        return words
    # A blank and the mark take two characters, the mark alone takes one.
    head = words[: max(length - 2, 0)]
    whole = head if words[len(head)] == " " else head.rpartition(" ")[0]
    return whole.rstrip(" ,;:–-") + " …" if " " in head else words[: length - 1] + "…"
