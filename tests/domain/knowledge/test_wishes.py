"""What is typed to search is words, and what narrows them down, in either language."""

from datetime import date

import pytest

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.knowledge.finds import FindKind, Wish
from kaz_bot.domain.knowledge.wishes import SinceUnclear, UnknownFindKind, wish_of
from kaz_bot.domain.tickets import AreaKey

AREAS = Areas.of(["standards", "procurement", "security", "projects"], default="projects")
PROCUREMENT = AreaKey("procurement")


def wish(text: str) -> Wish:
    return wish_of(text, AREAS, prefix="!kaz")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Rahmenvertrag  Lizenzen", Wish(words="Rahmenvertrag Lizenzen")),
        ("Frist #vergabe", Wish(words="Frist", area=PROCUREMENT)),
        ("Frist #Vergabe.", Wish(words="Frist", area=PROCUREMENT)),
        ("#procurement Frist", Wish(words="Frist", area=PROCUREMENT)),
        ("Ticket #4711", Wish(words="Ticket #4711")),
        ("Frist art:lösung", Wish(words="Frist", kinds=(FindKind.SOLUTION,))),
        ("kind:solution deadline", Wish(words="deadline", kinds=(FindKind.SOLUTION,))),
        ("art: katalog E-Akte", Wish(words="E-Akte", kinds=(FindKind.ENTRY,))),
        (
            "Art:Beschluss art:TICKET Frist",
            Wish(words="Frist", kinds=(FindKind.DECISION, FindKind.TICKET)),
        ),
        ("Frist seit:2026", Wish(words="Frist", since=date(2026, 1, 1))),
        ("Frist seit:1.3.2026", Wish(words="Frist", since=date(2026, 3, 1))),
        ("deadline since:2026-03-01", Wish(words="deadline", since=date(2026, 3, 1))),
        ("Frist von mir", Wish(words="Frist", kinds=(FindKind.TICKET,), mine=True)),
        ("deadline by me", Wish(words="deadline", kinds=(FindKind.TICKET,), mine=True)),
        ("von mir", Wish(kinds=(FindKind.TICKET,), mine=True)),
        ("Betreff: Frist", Wish(words="Betreff: Frist")),
        ("http://kaz.test/art:quatsch", Wish(words="http://kaz.test/art:quatsch")),
    ],
)
def test_a_wish_is_read(typed: str, meant: Wish) -> None:
    assert wish(typed) == meant


def test_only_filters_narrow_down() -> None:
    assert not wish("Frist").narrowed
    assert wish("#vergabe").narrowed
    assert wish("von mir").narrowed


@pytest.mark.parametrize("typed", ["Frist art:quatsch", "kind:?"])
def test_an_unknown_kind_is_refused(typed: str) -> None:
    with pytest.raises(UnknownFindKind):
        wish(typed)


@pytest.mark.parametrize("typed", ["Frist seit:gestern", "since:99.99.2026", "seit:20261"])
def test_an_unclear_day_is_refused(typed: str) -> None:
    with pytest.raises(SinceUnclear):
        wish(typed)
