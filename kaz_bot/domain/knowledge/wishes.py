"""Reads what somebody types to search: words, and what narrows them down."""

import re
from collections.abc import Mapping
from datetime import date

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.knowledge.finds import FindKind, Wish
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.domain.written_dates import written_day
from kaz_bot.errors import ErrorCode, Refusal

_TAG = re.compile(r"(?<!\S)#([\w-]+)[.,;:!?]*")
_FILTER = re.compile(r"(?<!\S)(?P<name>[^\W\d_]+):\s?(?P<value>\S+)")
_MINE = re.compile(r"(?<!\S)(?:von[ :]mir|by[ :]me|nur meine|only mine)(?!\S)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_KIND_NAMES = frozenset({"art", "kind", "typ", "type"})
_SINCE_NAMES = frozenset({"seit", "since", "ab"})
_KINDS: Mapping[FindKind, str] = {
    FindKind.SOLUTION: "musterloesung musterloesungen loesung loesungen l solution solutions",
    FindKind.ENTRY: "katalog eintrag k catalogue catalog entry",
    FindKind.DECISION: "beschluss beschluesse b decision decisions",
    FindKind.TICKET: "ticket tickets anfrage anfragen frage fragen t question questions",
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words.split()}


class UnknownFindKind(Refusal):
    """There is no such kind of thing to be found; told which there are."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_find_kind"


class SinceUnclear(Refusal):
    """Since when is no day, month or year."""

    code = ErrorCode.BAD_DATE
    template = "refusal/since_unclear"


def wish_of(text: str, areas: Areas, *, prefix: str) -> Wish:
    """What is typed behind the verb. Raises UnknownFindKind, SinceUnclear.

    A tag that names no area stays one of the words.
    """
    area, text = _area(text, areas)
    kinds: list[FindKind] = []
    since: date | None = None
    for match in reversed(list(_FILTER.finditer(text))):
        name, value = folded(match["name"]), match["value"].strip(".,;")
        if name in _KIND_NAMES:
            kinds.append(_kind(value, prefix))
        elif name in _SINCE_NAMES:
            since = _since(value, prefix)
        else:
            continue
        text = f"{text[: match.start()]} {text[match.end() :]}"
    words, mine = _MINE.subn(" ", text)
    return Wish(
        words=" ".join(words.split()),
        kinds=(FindKind.TICKET,) if mine else tuple(kind for kind in FindKind if kind in kinds),
        area=area,
        since=since,
        mine=mine > 0,
    )


def _area(text: str, areas: Areas) -> tuple[AreaKey | None, str]:
    found = [(match, areas.named(folded(match[1]))) for match in _TAG.finditer(text)]
    named = [(match, area) for match, area in found if area is not None]
    if not named:
        return None, text
    match, area = named[0]
    return area, f"{text[: match.start()]} {text[match.end() :]}"


def _kind(value: str, prefix: str) -> FindKind:
    kind = _BY_WORD.get(folded(value))
    if kind is None:
        raise UnknownFindKind(typed=value, prefix=prefix)
    return kind


def _since(value: str, prefix: str) -> date:
    day = date(int(value), 1, 1) if _YEAR.fullmatch(value) else written_day(value)
    if day is None:
        raise SinceUnclear(typed=value, prefix=prefix)
    return day
