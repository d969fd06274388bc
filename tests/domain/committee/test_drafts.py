"""A paper is read as people type it."""

from dataclasses import replace
from timeit import timeit

import pytest

from kaz_bot.domain.committee.drafts import (
    LONGEST,
    Part,
    PartTooLong,
    label_within,
    parts_of,
    read,
    taken_back,
    with_parts,
)
from tests.domain.committee.papers import EDITION

WHOLE = """Arbeitsprogramm 2027
Wortlaut: Das Programm wird beschlossen.
Begründung: Es ist nötig.
Finanzen: keine
Federführung: Kaz
Beteiligt: MIK
Anlagen: Entwurf"""
PARTS = {
    Part.TITLE: "Arbeitsprogramm 2027",
    Part.WORDING: "Das Programm wird beschlossen.",
    Part.REASONS: "Es ist nötig.",
    Part.MONEY: "keine",
    Part.LEAD: "Kaz",
    Part.INVOLVED: "MIK",
    Part.ANNEXES: "Entwurf",
}


def test_each_label_begins_its_part() -> None:
    assert read(WHOLE).parts == PARTS


def test_the_order_does_not_matter() -> None:
    title, *lines = WHOLE.splitlines()
    assert read("\n".join([title, *reversed(lines)])).parts == PARTS


def test_the_labels_are_there_in_english() -> None:
    typed = "Programme\nWording: W\nReasons: R\nCosts: C\nLead: L\nInvolved: I\nAnnexes: A"
    assert [*read(typed).parts.values()] == ["Programme", "W", "R", "C", "L", "I", "A"]


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Wortlaut", Part.WORDING),
        ("WORTLAUT ", Part.WORDING),
        ("- Wortlaut", Part.WORDING),
        ("* Wortlaut", Part.WORDING),
        ("1. Wortlaut", Part.WORDING),
        ("2) Wortlaut", Part.WORDING),
        ("• Wortlaut", Part.WORDING),
        ("  Wortlaut", Part.WORDING),
        ("**Wortlaut**", Part.WORDING),
        ("Beschlussvorschlag", Part.WORDING),
        ("begruendung", Part.REASONS),
        ("Begrundung", Part.REASONS),
        ("BEGRÜNDUNG", Part.REASONS),
        ("Finanzielles", Part.MONEY),
        ("Finanzielle  Auswirkungen", Part.MONEY),
        ("Kosten", Part.MONEY),
        ("Money", Part.MONEY),
        ("Federfuehrung", Part.LEAD),
        ("Beteiligte Ressorts", Part.INVOLVED),
        ("Anlage", Part.ANNEXES),
    ],
)
def test_a_label_may_be_typed_in_many_ways(label: str, part: Part) -> None:
    assert read(f"Titel\n{label}: Text").parts == {Part.TITLE: "Titel", part: "Text"}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**Wortlaut:** Text", "Text"),
        ("__Wortlaut:__ Text", "Text"),
        ("Wortlaut: **Text** bleibt fett", "**Text** bleibt fett"),
        ("Wortlaut: um 9:30 Uhr", "um 9:30 Uhr"),
    ],
)
def test_the_marks_of_a_label_go_and_those_of_the_text_stay(line: str, text: str) -> None:
    assert read(line).of(Part.WORDING) == text


def test_a_part_runs_on_until_the_next_label() -> None:
    typed = "Titel\nWortlaut:\nErster Satz.\n\n  Zweiter Satz.\nHinweis: kein Label\nAnlagen: eine"
    assert read(typed).of(Part.WORDING) == ("Erster Satz.\n\n  Zweiter Satz.\nHinweis: kein Label")


def test_a_title_over_two_lines_is_one() -> None:
    assert read("Arbeitsprogramm\n  2027\nLead: Kaz").title == "Arbeitsprogramm 2027"


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Programm; Wortlaut: Es gilt.", "Wortlaut"),
        ("Programm Finanzielle Auswirkungen: keine", "Finanzielle Auswirkungen"),
        ("Programm: Begruendung: weil", "Begruendung"),
        ("Digitale Akte: Eckwerte", ""),
        ("IT-Kosten: Überblick", ""),
        ("Programm", ""),
        (":", ""),
    ],
)
def test_a_label_within_a_title_is_found(title: str, label: str) -> None:
    assert label_within(title) == label


def test_what_is_said_twice_is_kept_twice() -> None:
    assert read("Titel\nAnlagen: eine\nAnlagen: noch eine").of(Part.ANNEXES) == "eine\nnoch eine"


def test_without_labels_all_of_it_is_the_title() -> None:
    assert read("Nur ein Titel: mit Doppelpunkt").parts == {
        Part.TITLE: "Nur ein Titel: mit Doppelpunkt"
    }


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.TITLE])
def test_a_part_has_its_limit(part: Part) -> None:
    label, limit = read_as(part), LONGEST[part]
    assert len(read(f"Titel\n{label}: {'x' * limit}").of(part)) == limit
    with pytest.raises(PartTooLong) as refused:
        read(f"Titel\n{label}: {'x' * (limit + 1)}")
    assert refused.value.facts == {"part": part, "length": limit + 1, "limit": limit}


def read_as(part: Part) -> str:
    """One of the labels of the part."""
    return {
        Part.WORDING: "Wortlaut",
        Part.REASONS: "Begründung",
        Part.MONEY: "Kosten",
        Part.LEAD: "Federführung",
        Part.INVOLVED: "Beteiligt",
        Part.ANNEXES: "Anlagen",
    }[part]


def test_a_title_has_its_limit() -> None:
    with pytest.raises(PartTooLong):
        read("x" * 201)


@pytest.mark.parametrize(
    "hostile",
    [
        " " * 60_000,
        "* " + " " * 60_000 + "x",
        "*" * 60_000,
        "ab" + " " * 60_000 + "x",
        "\n".join(["Anlagen :"] * 6000),
    ],
)
def test_whatever_is_typed_is_read_at_once(hostile: str) -> None:
    def attempt() -> None:
        try:
            read(hostile)
        except PartTooLong:
            return

    assert timeit(attempt, number=1) < 1


def test_only_what_is_different_is_a_change() -> None:
    draft = read("Arbeitsprogramm 2027\nWortlaut: Anders.\nFinanzen:")
    assert draft.changes(EDITION) == {Part.WORDING: "Anders."}


def test_a_part_that_is_named_without_a_text_is_emptied() -> None:
    assert read("Wortlaut:").changes(EDITION) == {Part.WORDING: ""}


def test_a_title_is_never_emptied() -> None:
    assert read("Titel:\nKosten: 5").changes(EDITION) == {Part.MONEY: "5"}


SECOND = with_parts(replace(EDITION, number=2), {Part.WORDING: "Geheim.", Part.MONEY: "5"})
THIRD = with_parts(replace(SECOND, number=3), {Part.MONEY: "6", Part.LEAD: "Kaz"})


def test_an_edition_taken_back_leaves_its_words_nowhere() -> None:
    restored = taken_back([EDITION, SECOND, THIRD], 2)
    assert [(one.number, one.wording, one.money, one.lead) for one in restored] == [
        (2, EDITION.wording, "", ""),
        (3, EDITION.wording, "6", "Kaz"),
    ]


def test_earlier_editions_stay_as_they_are() -> None:
    assert [one.number for one in taken_back([EDITION, SECOND, THIRD], 3)] == [3]
    assert parts_of(taken_back([EDITION, SECOND, THIRD], 3)[0]) == parts_of(SECOND)
