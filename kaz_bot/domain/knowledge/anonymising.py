"""Proposes what to take out of an answer before others may read it: names, places, addresses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaz_bot.domain.words import folded

Span = tuple[int, int]


class Personal(StrEnum):
    """What is taken out; also what the word in its place is called."""

    NAME = "name"
    MUNICIPALITY = "municipality"
    MAIL = "mail"
    MATRIX_ID = "matrix_id"
    PHONE = "phone"
    ACCOUNT = "account"
    CASE = "case"
    ADDRESS = "address"
    # The lines with which a letter begins and ends, and all that stands below them.
    GREETING = "greeting"


# What hides in something else goes with it: the town in an address, the name before an @.
_PATTERNS: Mapping[Personal, tuple[re.Pattern[str], ...]] = {
    Personal.MAIL: (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),),
    Personal.MATRIX_ID: (re.compile(r"[@!#][\w.=/+-]+:[\w-]+(?:\.[\w-]+)*(?::\d+)?"),),
    Personal.ACCOUNT: (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,7}(?: ?[\dA-Z]{1,3})?\b"),),
    Personal.CASE: (
        re.compile(
            r"(?:\bAz\.?|\bAktenzeichen|\bGesch(?:äfts)?zeichen|\bGesch\.?-?Z\.?|\b(?:Mein|Unser|Ihr)"
            r" Zeichen|\bfile (?:number|reference)|\bcase number|\bref(?:erence)? no\.?)"
            r"\s*:?\s*(?P<out>(?=[^\s,;]*\d)[^\s,;]+(?: ?[-/] ?[\w./-]*\d[\w./-]*)*)",
            re.IGNORECASE,
        ),
    ),
    Personal.PHONE: (
        re.compile(r"(?<![\w.,/-])(?:\+\d{2}|00\d{2}|\(?0)(?:[ ()/-]{0,3}\d){6,14}(?!\w|[.,]\d)"),
        re.compile(
            r"\b(?:Tel(?:efon)?|Durchwahl|Fax|Mobil|Handy|phone|mobile|extension)\b[.:]*\s*"
            r"(?P<out>[+(\d-](?:[ ()/-]{0,3}\d){1,14})(?!\w|[.,]\d)",
            re.IGNORECASE,
        ),
    ),
    Personal.ADDRESS: (
        re.compile(
            r"\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|allee|weg|platz|ufer)\s+\d{1,4}\s?[a-z]?\b"
            r"|\b(?:[A-ZÄÖÜ][\w-]*\s)?(?:Straße|Allee|Platz|Weg)\s+\d{1,4}\s?[a-z]?\b"
        ),
    ),
}
_TITLED = re.compile(
    r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Ms\.?|Mrs\.?)\s+(?P<out>(?:(?:Dr|Prof)\.\s+)*"
    r"(?:[A-ZÄÖÜ]\w+[ ])?(?:(?:von|van|zu|de)\s)?[A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)?)"
)
_SALUTATION = re.compile(
    r"\A\s*(?:sehr geehrte|liebe[rs]?\s|hallo|guten (?:tag|morgen|abend)|moin|dear|hello|hi\b)"
    r"[^\n.?:]{0,60}?(?:[,!]|(?=\n)|\Z)\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:^|(?<=[.!?]\s))[ \t]*(?:(?:mit )?(?:freundlichen?|besten?|vielen?|herzlichen?|schönen?|"
    r"lieben?|kollegialen?) (?:gr(?:ü|ue)(?:ß|ss)en?)|mfg\b|m\.f\.g\.|vg\b|lg\b|(?:kind|best|"
    r"many) (?:regards|wishes)|yours (?:sincerely|faithfully))",
    re.IGNORECASE | re.MULTILINE,
)
# Below a closing stand name, function and telephone; more lines than these are no signature.
_SIGNATURE_LINES = 10
# What stands behind a name tells of its office: "Eva Lange (Amt Odervorland)".
_BEHIND_NAME = re.compile(r"\s*[(\[|,/–—@:].*", re.DOTALL)
_SHORTEST_NAME = 3
_POSTCODE = re.compile(r"\b\d{5}\s+\Z")
_NO_NAMES = frozenset(
    "landkreis stadt amt gemeinde verbandsgemeinde team support technik leitung vergabe admin "
    "organisation verwaltung kaz test bot von van der und office".split()
)


@dataclass(frozen=True, kw_only=True)
class Anonymised:
    """A text as it would be published, and how often what was taken out of it."""

    text: str
    taken: Mapping[Personal, int] = field(default_factory=dict)


def anonymised(
    text: str,
    *,
    names: Iterable[str],
    municipalities: Iterable[Span],
    words: Mapping[str, str],
) -> Anonymised:
    """The text with a word in brackets for each name, place and number that points at somebody.

    `names` are display names of people who may be in it, `municipalities` the places in the text
    that name one, `words` what stands in the brackets by its `Personal`. It proposes: who knows
    the matter reads it and puts it right.
    """
    found = _apart([*_found(text, names), *_with_postcodes(text, municipalities)])
    taken = Counter(kind for _, _, kind in found)
    parts: list[str] = []
    at = 0
    for start, end, kind in found:
        parts.append(text[at:start])
        if kind is not Personal.GREETING:
            parts.append(f"[{words.get(kind, kind)}]")
        at = end
    parts.append(text[at:])
    left = "".join(parts).strip()
    if found and found[0][0] == 0 and found[0][2] is Personal.GREETING:
        # Behind "Guten Tag," a sentence goes on in small letters.
        left = left[:1].upper() + left[1:]
    return Anonymised(text=left, taken={kind: taken[kind] for kind in Personal if taken[kind]})


def together(several: Iterable[Anonymised]) -> Mapping[Personal, int]:
    """What was taken out of all of them."""
    total: Counter[Personal] = Counter()
    for one in several:
        total.update(one.taken)
    return {kind: total[kind] for kind in Personal if total[kind]}


def _found(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, Personal]]:
    """In the order in which one beats another that it overlaps."""
    for start, end in _greetings(text):
        yield start, end, Personal.GREETING
    for kind, patterns in _PATTERNS.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                group = "out" if "out" in pattern.groupindex else 0
                yield match.start(group), match.end(group), kind
    called = _called(names)
    for match in called.finditer(text) if called else ():
        yield match.start(), match.end(), Personal.NAME
    for match in _TITLED.finditer(text):
        yield match.start("out"), match.end("out"), Personal.NAME


def _greetings(text: str) -> Iterator[Span]:
    salutation = _SALUTATION.match(text)
    if salutation and salutation.end() < len(text):
        yield salutation.span()
    closings = list(_CLOSING.finditer(text))
    below = text[closings[-1].end() :] if closings else ""
    if closings and len([line for line in below.splitlines() if line.strip()]) <= _SIGNATURE_LINES:
        yield closings[-1].start(), len(text)


def _called(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names in any case; of those with a surname each part as well, as names are written."""
    whole = {" ".join(_BEHIND_NAME.sub("", name).split()) for name in names}
    whole = {
        name for name in whole if len(name) >= _SHORTEST_NAME and folded(name) not in _NO_NAMES
    }
    parts = {
        part
        for name in whole
        if " " in name
        for part in name.split()
        if len(part) >= _SHORTEST_NAME and part[0].isupper() and folded(part) not in _NO_NAMES
    }
    if not whole:
        return None
    several = [f"(?i:{_spaced(name)})" for name in _longest_first(whole)]
    single = [re.escape(part) for part in _longest_first(parts)]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*several, *single])})(?:s|'s)?(?!\w)")


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(part) for part in name.split())


def _with_postcodes(
    text: str, municipalities: Iterable[Span]
) -> Iterator[tuple[int, int, Personal]]:
    for start, end in municipalities:
        postcode = _POSTCODE.search(text, 0, start)
        yield (postcode.start() if postcode else start), end, Personal.MUNICIPALITY


def _apart(found: Iterable[tuple[int, int, Personal]]) -> list[tuple[int, int, Personal]]:
    """Those that overlap none that came before them, in the order of the text."""
    kept: list[tuple[int, int, Personal]] = []
    for start, end, kind in found:
        if start < end and all(end <= other or start >= stop for other, stop, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)
