"""Facts for what a search answers."""

from collections.abc import Callable, Mapping
from datetime import date

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.knowledge.catalogue import EntryKind
from kaz_bot.domain.knowledge.finds import Find, FindKind, Wish
from kaz_bot.domain.tickets import AreaKey, Ticket

_DAY = date(2026, 9, 25)
_OURS = ("info/search", "refusal/unknown_find_kind", "refusal/since_unclear")


def facts_of_search(
    template: str, words: Callable[[str], str], *, plenty: bool, ticket: Ticket
) -> Mapping[str, object]:
    """What the templates of the search are given; nothing for any other."""
    if template not in _OURS:
        return {}
    return {
        "wish": _wish(words) if plenty else Wish(words=words("text")),
        "text": words("text"),
        "finds": _finds(words, ticket) if plenty else (),
        "corrected": (words("name"), words("word")) if plenty else (),
        "more": plenty,
        "encrypted": plenty,
        "may_ask": plenty,
        "typed": words("name"),
    }


def _wish(words: Callable[[str], str]) -> Wish:
    return Wish(
        words=words("text"),
        kinds=(FindKind.SOLUTION, FindKind.ENTRY),
        area=AreaKey("procurement"),
        since=_DAY,
    )


def _finds(words: Callable[[str], str], ticket: Ticket) -> tuple[Find, ...]:
    said = {"title": words("text"), "excerpt": words("text"), "as_of": _DAY}
    return (
        Find(kind=FindKind.SOLUTION, subject=Subject("L-3"), stale=True, **said),  # type: ignore[arg-type]  # by name
        Find(kind=FindKind.ENTRY, subject=Subject("K-4"), entry_kind=EntryKind.PLAN, **said),  # type: ignore[arg-type]  # by name
        Find(kind=FindKind.DECISION, subject=Subject("2026/3"), **said),  # type: ignore[arg-type]  # by name
        Find(kind=FindKind.TICKET, ticket=ticket, yours=True, **said),  # type: ignore[arg-type]  # by name
        Find(kind=FindKind.TICKET, ticket=ticket, as_of=_DAY, withheld=True, readable=False),
    )
