"""Knows by its name what is a municipality: those govern themselves and are asked, not ordered."""

import re

from kaz_bot.domain.words import folded

# Folded, as the name begins. What only sounds alike (Gemeindebund, Landkreistag) is another word.
_KINDS = (
    "kommune",
    "kommunen",
    "gemeinde",
    "gemeinden",
    "gemeindeverwaltung",
    "verbandsgemeinde",
    "ortsgemeinde",
    "stadt",
    "staedte",
    "stadtverwaltung",
    "landeshauptstadt",
    "kreisfreie stadt",
    "kreisfreien stadt",
    "kreisfreie staedte",
    "kreisangehoerige stadt",
    "grosse kreisangehoerige stadt",
    "kfs",
    "landkreis",
    "landkreise",
    "kreis",
    "kreisverwaltung",
    "lk",
    "vg",
    "amt",
    "aemter",
    "amtsverwaltung",
    "municipality",
    "municipalities",
    "town",
    "city",
    "district",
)
_MUNICIPAL = re.compile(rf"(?:(?:die|der|das|den|the|alle|all)\s+)?(?:{'|'.join(_KINDS)})\b(?!-)")
# "Amt" is also an office of the state: Amt für Statistik.
_OFFICE = re.compile(r"(?:das\s+)?(?:amt|aemter)\s+(?:fuer|des|der|zur|im)\b")


def is_municipality(name: str) -> bool:
    """Whether it names one, or all of a kind, by its first words."""
    words = " ".join(folded(name).split())
    return bool(_MUNICIPAL.match(words)) and not _OFFICE.match(words)
