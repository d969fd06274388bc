"""By which names a municipality is known, the full ones and the short ones."""

import re
from collections.abc import Iterable, Sequence

from kaz_bot.domain.municipalities import Municipality
from kaz_bot.municipalities.words import reduced

# As a name alone this is the state, and its short form is no municipality's.
STATE = ("brandenburg",)

# Without these a name is still the same: Frankfurt an der Oder, Frankfurt a. d. Oder.
_FILLERS = frozenset({"an", "der", "bei", "a", "d", "b"})
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_AFTER_SLASH = re.compile(r"\s*/.*")
_WHERE = re.compile(r"\s+(?:an der|bei)\s.*")
_BAD = re.compile(r"^Bad\s+")
# Amt Gransee und Gemeinden, Amt Seelow-Land: people say Amt Gransee, Amt Seelow.
_AROUND = re.compile(r"(?: und Gemeinden|-Land)$")
# As the register has it: Cottbus/Chóśebuz, Stadt.
_RANK = re.compile(r",\s*Stadt$")
_SHORTENED = (_RANK, _IN_BRACKETS, _AFTER_SLASH, _WHERE, _BAD, _AROUND)


def known_as(municipality: Municipality) -> set[tuple[str, ...]]:
    """All its names, reduced to their words, without those that change nothing."""
    name, sorbian = municipality.name, municipality.sorbian_name
    full = (name, sorbian, municipality.official_name, f"{name}/{sorbian}")
    written = {name for given in full for name in (given, *_short_forms(given))}
    return {without_fillers(reduced(name)) for name in written if name}


def without_fillers(words: Sequence[str]) -> tuple[str, ...]:
    """The words that make the name."""
    return tuple(word for word in words if word not in _FILLERS)


def _short_forms(name: str) -> Iterable[str]:
    for dropped in _SHORTENED:
        yield dropped.sub("", name)
