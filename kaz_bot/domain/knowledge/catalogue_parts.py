"""What an entry of the catalogue is made of, and what each part of it may say."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.domain.written_dates import written_day
from kaz_bot.errors import ErrorCode, Refusal


class EntryPart(StrEnum):
    """What an entry is made of; in this order it is shown, and written into files."""

    KIND = "kind"
    NAME = "name"
    STATUS = "status"
    CONTACT = "contact"
    AREA = "area"
    LINK = "link"
    AS_OF = "as_of"
    DESCRIPTION = "description"


# The first one is what we call it ourselves.
LABELS: Mapping[EntryPart, tuple[str, ...]] = {
    EntryPart.KIND: ("Art", "Kind", "Typ", "Type"),
    EntryPart.NAME: ("Name", "Titel", "Title", "Bezeichnung"),
    EntryPart.STATUS: ("Zustand", "State", "Status"),
    EntryPart.CONTACT: ("Kontakt", "Contact", "Ansprechpartner", "Ansprechpartnerin"),
    EntryPart.AREA: ("Fachgebiet", "Area", "Bereich"),
    EntryPart.LINK: ("Link", "Adresse", "Address", "URL", "Webseite", "Website"),
    EntryPart.AS_OF: ("Stand", "As of", "Datum", "Date"),
    EntryPart.DESCRIPTION: ("Beschreibung", "Description", "Text"),
}
KINDS: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.APPLICATION: ("Anwendung", "Application", "Anwendungen", "Applications", "App"),
    EntryKind.PROJECT: ("Projekt", "Project", "Projekte", "Projects"),
    EntryKind.PLAN: ("Vorhaben", "Plan", "Plans", "Pläne", "Planung"),
}
_BY_KIND: Mapping[str, EntryKind] = {
    folded(name): kind for kind, names in KINDS.items() for name in names
}
_TODAY = frozenset({"heute", "today", "jetzt", "now"})
LONGEST: Mapping[EntryPart, int] = {
    EntryPart.NAME: 200,
    EntryPart.STATUS: 200,
    EntryPart.CONTACT: 300,
    EntryPart.LINK: 500,
    EntryPart.DESCRIPTION: 2000,
}
# These are words of people; the others are chosen from a few, or are a date.
WORDED = frozenset(LONGEST)
_UNSAFE = re.compile(r"[\s<>\"'\\^`{|}\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


class PartRefused(Refusal):
    """Something of an entry cannot be taken as it was typed; `part` says what."""

    code = ErrorCode.BAD_ARGUMENT
    part: EntryPart

    def __init__(self, *, part: EntryPart, **facts: object) -> None:
        super().__init__(part=part, **facts)
        self.part = part


class EntryPartTooLong(PartRefused):
    """Longer than anybody reads in a list."""

    code = ErrorCode.TOO_LONG
    template = "refusal/entry_part_too_long"


class NameMissing(PartRefused):
    """An entry needs its kind and its name; told how one is written."""

    template = "refusal/entry_name_missing"


class KindUnknown(PartRefused):
    """There are three kinds; told which."""

    template = "refusal/entry_kind_unknown"


class AreaNotFound(PartRefused):
    """There is no such area; told which there are."""

    template = "refusal/entry_area_unknown"


class LinkRefused(PartRefused):
    """Only addresses of the web are taken."""

    template = "refusal/entry_link_refused"


class DayUnclear(PartRefused):
    """The Stand is no day that can be read, or one that is still to come."""

    code = ErrorCode.BAD_DATE
    template = "refusal/entry_day_unclear"


def kind_of(word: str) -> EntryKind | None:
    """The kind that a word in either language means."""
    return _BY_KIND.get(folded(word.strip(" .,;:")))


def with_parts(
    entry: CatalogueEntry, parts: Mapping[EntryPart, str], *, areas: Areas, today: date
) -> CatalogueEntry:
    """The entry with these parts, the others as they are. Raises PartRefused."""
    changed = entry
    for part, text in parts.items():
        changed = _with_part(changed, part, text.strip(), areas=areas, today=today)
    return changed


def changes(before: CatalogueEntry, after: CatalogueEntry) -> tuple[EntryPart, ...]:
    """What is different in the second one."""
    return tuple(part for part in EntryPart if value_of(before, part) != value_of(after, part))


def given(entry: CatalogueEntry) -> tuple[EntryPart, ...]:
    """What an entry says."""
    return tuple(part for part in EntryPart if value_of(entry, part))


def value_of(entry: CatalogueEntry, part: EntryPart) -> object:
    """What the entry says of it."""
    return getattr(entry, part.value)


def without(entry: CatalogueEntry, parts: frozenset[EntryPart]) -> CatalogueEntry:
    """The entry without these words of people; the name cannot be left out."""
    return replace(
        entry,
        status="" if EntryPart.STATUS in parts else entry.status,
        contact="" if EntryPart.CONTACT in parts else entry.contact,
        link="" if EntryPart.LINK in parts else entry.link,
        description="" if EntryPart.DESCRIPTION in parts else entry.description,
    )


def _with_part(
    entry: CatalogueEntry, part: EntryPart, text: str, *, areas: Areas, today: date
) -> CatalogueEntry:
    limit = LONGEST.get(part, 0)
    if limit and len(text) > limit:
        raise EntryPartTooLong(part=part, length=len(text), limit=limit)
    match part:
        case EntryPart.KIND:
            return replace(entry, kind=_kind(text))
        case EntryPart.NAME:
            return replace(entry, name=_name(text))
        case EntryPart.AREA:
            return replace(entry, area=_area(text, areas))
        case EntryPart.LINK:
            return replace(entry, link=_link(text))
        case EntryPart.AS_OF:
            return replace(entry, as_of=_day(text, today))
        case EntryPart.STATUS:
            return replace(entry, status=text)
        case EntryPart.CONTACT:
            return replace(entry, contact=text)
        case EntryPart.DESCRIPTION:
            return replace(entry, description=text)


def _kind(text: str) -> EntryKind:
    kind = kind_of(text)
    if kind is None:
        raise KindUnknown(part=EntryPart.KIND, typed=text)
    return kind


def _name(text: str) -> str:
    if not text:
        raise NameMissing(part=EntryPart.NAME)
    return text


def _area(text: str, areas: Areas) -> AreaKey | None:
    area = areas.named(folded(text.lstrip("#"))) if text else None
    if text and area is None:
        raise AreaNotFound(part=EntryPart.AREA, typed=text, areas=areas.all)
    return area


def _link(text: str) -> str:
    """Nobody is led anywhere but to a page of the web, and everybody sees where it is."""
    address = text.removeprefix("<").removesuffix(">")
    if not address:
        return ""
    try:
        split = urlsplit(address)
        host, strange = split.hostname, bool(split.username or split.password)
    except ValueError:
        host, strange = None, True
    if host is None or strange or _UNSAFE.search(address) or split.scheme not in {"http", "https"}:
        raise LinkRefused(part=EntryPart.LINK, typed=text)
    return address


def _day(text: str, today: date) -> date:
    day = today if folded(text) in _TODAY else written_day(text)
    if day is None or day > today:
        raise DayUnclear(part=EntryPart.AS_OF, typed=text, future=day is not None)
    return day
