"""Knows by its name what is a municipality: those govern themselves and are asked, not ordered."""

import re

from kaz_bot.domain.words import folded

# Folded, as the name is read. What only sounds alike (Gemeindebund, Landkreistag) is another word.
_KINDS = (
    "kommunen?",
    "gemeinden?",
    "gemeindeverwaltung",
    "verbandsgemeinden?",
    "ortsgemeinden?",
    "stadt",
    "staedten?",
    "stadtverwaltung",
    "landeshauptstadt",
    "kfs",
    "landkreis(?:es|e|en)?",
    "kreisverwaltung",
    "amtsverwaltung",
    "lk",
    "municipality",
    "municipalities",
    "towns?",
    "city",
    "cities",
    "districts?",
)
# Elsewhere than in front these are something else: Auswärtiges Amt, Kreis der Projektleitungen.
_KINDS_IN_FRONT = (*_KINDS, "kreisfreien? (?:stadt|staedte)", "kreis", "amt", "aemter", "vg")
_HEADS = (
    r"\w*buergermeister(?:in)?",
    "landr(?:at|aetin|aete|aetinnen)",
    "amtsdirektor(?:in)?",
    "mayor",
)
_DISTRICTS = (
    "barnim",
    "dahme-spreewald",
    "elbe-elster",
    "havelland",
    "maerkisch-oderland",
    "oberhavel",
    "oberspreewald-lausitz",
    "oder-spree",
    "ostprignitz-ruppin",
    "potsdam-mittelmark",
    "prignitz",
    "spree-neisse",
    "teltow-flaeming",
    "uckermark",
)
# Brandenburg alone is the state.
_CITIES = (
    "brandenburg an der havel",
    "brandenburg (havel)",
    "cottbus",
    "frankfurt",
    "frankfurt (oder)",
    "frankfurt an der oder",
    "potsdam",
)
_PLACES = frozenset({*_DISTRICTS, *_CITIES})
_ARTICLE = r"(?:(?:die|der|das|den|dem|the|alle|all)\s+)?"
_IN_FRONT = re.compile(rf"{_ARTICLE}(?:{'|'.join((*_KINDS_IN_FRONT, *_HEADS))})\b(?!-)")
_ANYWHERE = re.compile(rf"(?<![\w-])(?:{'|'.join((*_KINDS, *_HEADS))})\b(?!-)")
# "Amt" is also an office of the state, "Kreis" a round of people.
_OTHERS = re.compile(rf"{_ARTICLE}(?:amt|aemter|kreis)\s+(?:fuer|des|der|zur|im|von|aus)\b")
# For whom somebody works is not who they are: ZIT-BB für die Stadt Cottbus.
_ON_BEHALF = re.compile(r"\s(?:fuer|for|im auftrag|on behalf)\b.*")
_ASSOCIATIONS = re.compile(r"(?:^|\s)(?:verband|verein|vereinigung|bund|association|union)\b")
_BETWEEN = re.compile(r"\s*/\s*|\s*&\s*|\s+(?:und|and)\s+")


def is_municipality(name: str) -> bool:
    """Whether it names one, its head, or all of a kind."""
    words = _ON_BEHALF.sub("", _read(name))
    if _ASSOCIATIONS.search(words):
        return False
    named = any(one in _PLACES for one in _BETWEEN.split(words))
    return named or begins_with_municipality(name) or bool(_ANYWHERE.search(words))


def begins_with_municipality(text: str) -> bool:
    """Whether the text begins with such a name, whatever follows."""
    words = _read(text)
    return bool(_IN_FRONT.match(words)) and not _OTHERS.match(words)


def _read(name: str) -> str:
    return " ".join(folded(name).replace(" - ", "/").replace("–", "-").split())
