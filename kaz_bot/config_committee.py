"""Reads the rules of the committee, or says in a sentence how to mend them."""

import re
from datetime import timedelta

from kaz_bot.domain.words import folded

_QUORUMS = {
    "majority": "majority",
    "mehrheit": "majority",
    "all": "all",
    "alle": "all",
    "none": "none",
    "keine": "none",
}
_YES = frozenset({"yes", "ja", "true", "on", "1"})
_NO = frozenset({"no", "nein", "false", "off", "0"})


def quorum(text: str) -> str:
    """How many bodies have to take part: `majority`, `all`, `none`, or a number."""
    if word := _QUORUMS.get(folded(text)):
        return word
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        raise ValueError(f'"{text}" is no quorum; write majority, all, none, or a number')
    return text


def yes_or_no(text: str) -> bool:
    """Whether it is wanted."""
    word = folded(text)
    if word not in _YES | _NO:
        raise ValueError(f'"{text}" is neither; write yes or no')
    return word in _YES


def notice(text: str) -> timedelta:
    """How many days before a meeting it is called."""
    found = re.fullmatch(r"(\d{1,3})\s*(?:d|t|tage?|days?)?", folded(text))
    if found is None:
        raise ValueError(f'"{text}" is no number of days; write for example 14d')
    return timedelta(days=int(found[1]))
