"""Facts for the templates about the catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from kaz_bot.catalogue_answers import EntryLine
from kaz_bot.domain.committee.numbers import EntryId, Subject
from kaz_bot.domain.committee.papers import CommitteeEntry, Course
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.catalogue_events import CatalogueHappened
from kaz_bot.domain.knowledge.catalogue_parts import EntryPart
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import UserId
from tests.texts.facts_of_papers import ANN, MORNING

ENTRY_EVENTS = [kind.word for kind in CatalogueHappened.__subclasses__()]
# Each kind as one of them, and as several.
ENTRY_KINDS = [*EntryKind, *(f"{kind}s" for kind in EntryKind)]
OTHERS = frozenset(
    {
        "info/catalogue",
        "info/catalogue_file",
        "info/entry",
        "info/entry_history",
        "info/entry_unchanged",
        "refusal/entry_area_unknown",
        "refusal/entry_change_missing",
        "refusal/entry_day_unclear",
        "refusal/entry_kind_unknown",
        "refusal/entry_known",
        "refusal/entry_label_unknown",
        "refusal/entry_link_refused",
        "refusal/entry_name_missing",
        "refusal/entry_not_found",
        "refusal/entry_part_too_long",
        "refusal/entry_removed",
        "refusal/entry_stands",
        "refusal/not_keeper",
    }
)
_LINK = "https://kaz.test/?a=1&b=2"


def facts_of_catalogue(
    template: str, words: Callable[[str], str], *, plenty: bool
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] != "catalogue" and template not in OTHERS:
        return {}
    entry = entry_of(words, plenty=plenty)
    return {
        "entry": entry,
        "other": entry,
        "parts": tuple(EntryPart) if plenty else (EntryPart.STATUS,),
        "part": EntryPart.DESCRIPTION,
        "everything": plenty,
        "kind": None if plenty else EntryKind.PLAN,
        "area": "" if plenty else AreaKey("security"),
        "words": "" if plenty else words("text"),
        "lines": [EntryLine(entry=entry, old=True)] * 3 if plenty else [],
        "counts": {EntryKind.PROJECT: 1250, EntryKind.PLAN: 1} if plenty else {},
        "typed": words("name"),
        "number": 77,
        "name": words("name"),
        **dict.fromkeys(("old", "keeper", "erased", "future", "unsearched"), plenty),
        "withheld": not plenty,
        **_history(words, plenty=plenty),
    }


def entry_of(words: Callable[[str], str], *, plenty: bool) -> CatalogueEntry:
    """All that an entry can say, or its number alone."""
    entry = CatalogueEntry(
        id=EntryId(4),
        kind=EntryKind.APPLICATION,
        name=words("name"),
        status=words("name"),
        description=words("text"),
        contact=words("name"),
        area=AreaKey("security"),
        link=_LINK,
        as_of=date(2025, 1, 31),
        sealed=plenty,
        author=ANN,
        added_at=MORNING,
        changed_at=MORNING,
    )
    return entry if plenty else replace(entry.without_words(), area=None, removed_at=MORNING)


def _history(words: Callable[[str], str], *, plenty: bool) -> dict[str, object]:
    course = Course(
        entries=tuple(_note(word) for word in ENTRY_EVENTS),
        beginning=1 if plenty else 0,
        left_out=2000 if plenty else 0,
    )
    parts = [EntryPart.STATUS, EntryPart.AS_OF] if plenty else []
    actor = words("name") if plenty else ""
    return {"course": course, "entries": [(note, actor, parts) for note in course.entries]}


def _note(event: str) -> CommitteeEntry:
    return CommitteeEntry(
        subject=Subject("K-4"),
        at=datetime(2026, 9, 25, 7, 0, tzinfo=UTC),
        actor=UserId("@ann:kaz.test"),
        event=event,
    )
