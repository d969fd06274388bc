"""The register in print: each decision with all that belongs to it, and how it is verified."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.decisions import CastVote
from kaz_bot.domain.rooms import Language
from kaz_bot.register import Part, Wish, booklet_of, files_of
from kaz_bot.register.wishes import Form
from kaz_bot.texts import Texts
from kaz_bot.typesetting import Block, Column, Fact, Facts, Heading, Items, Quote, Table
from kaz_bot.typesetting.setting import pdf
from tests.register.extracts import extract, register
from tests.register.records import NOON, new_decision

GERMAN = Texts().speech("de")
ENGLISH = Texts().speech("en")
HOSTILE = "<b> {{ 7 * 7 }} #set page(margin: 0pt) $x$ \0\ud800\u202e שלום 🎫 e\u0301" + "ab" * 400


def headings(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


def facts(blocks: Iterable[Block]) -> list[Fact]:
    return [fact for block in blocks if isinstance(block, Facts) for fact in block.facts]


def quotes(blocks: Iterable[Block]) -> list[Quote]:
    return [block for block in blocks if isinstance(block, Quote)]


def test_a_decision_is_printed_with_its_wording_its_votes_and_what_was_said() -> None:
    blocks = booklet_of(extract(), GERMAN).blocks
    assert headings(blocks) == [
        "2026/1  Gemeinsame Ausschreibung",
        "Begründung",
        "Stimmen",
        "Erklärungen zur Abstimmung",
        "So lässt sich das Register prüfen",
    ]
    assert quotes(blocks) == [
        Quote("Die Ausschreibung beginnt im März.\nDas ZIT-BB führt sie durch."),
        Quote("Die Finanzierung ab 2028 ist offen.", source="MIK (Enthaltung)"),
    ]
    [votes] = [block for block in blocks if isinstance(block, Table)]
    assert votes.rows == (
        ("Landkreistag", "Ja", "Mitglied"),
        ("Städte- und Gemeindebund", "Ja", "Vertretung"),
        ("MIK", "Enthaltung", "Mitglied"),
        ("ZIT-BB", "keine Stimme", ""),
    )
    said = facts(blocks)
    assert Fact("Beschlossen am", "Mittwoch, 30. September 2026, 12:00 Uhr") in said
    assert Fact("Beschlussfähig mit", "mehr als der Hälfte der Stellen") in said
    assert Fact("Vorlage", "BV-101, Fassung 2") in said


def test_the_head_says_who_what_and_when() -> None:
    [entry] = register(new_decision())
    printed = booklet_of(extract(entry, chairs=("Kim", "Lea")), GERMAN)
    assert printed.title == "Beschlussregister"
    assert printed.author == "Steuerungsgremium"
    assert printed.subtitle == "Stand: Mittwoch, 30. September 2026, 12:00 Uhr"
    assert printed.blocks[0] == Facts(
        (
            Fact("Vorsitz", "Kim und Lea"),
            Fact("Anzahl der Beschlüsse", "1"),
            Fact("Umfang", "vollständiges Register"),
        )
    )


def test_of_more_than_two_there_is_an_overview() -> None:
    entries = register(*(new_decision(title=title) for title in ("Eins", "Zwei", "Drei")))
    assert booklet_of(extract(*entries), GERMAN).blocks[2] == Table(
        columns=(Column("Nummer"), Column("Titel"), Column("Beschlossen am")),
        rows=(
            ("2026/1", "Eins", "30.09.2026"),
            ("2026/2", "Zwei", "30.09.2026"),
            ("2026/3", "Drei", "30.09.2026"),
        ),
    )


def test_what_has_become_of_a_decision_is_said() -> None:
    [entry] = register(new_decision())
    published = replace(entry, published_at=NOON)
    said = facts(booklet_of(extract(published), GERMAN).blocks)
    assert Fact("Veröffentlicht", "Mittwoch, 30. September 2026") in said
    assert Fact("Umgesetzt", "noch nicht") in said


def test_the_end_of_the_chain_is_named_with_its_checksum() -> None:
    entries = register(new_decision(), new_decision(title="Umlage"))
    blocks = booklet_of(extract(*entries), ENGLISH).blocks
    assert facts(blocks)[-3:] == [
        Fact("Last decision", "2026/2, serial number 2"),
        Fact("Checksum", entries[1].decision.digest),
        Fact("Algorithm", "SHA-256"),
    ]
    assert isinstance(blocks[-1], Items)


@pytest.mark.parametrize(
    ("wish", "title", "name"),
    [
        (Wish(), "Beschlussregister", "beschluesse"),
        (Wish(part=Part.YEAR, year=2026), "Beschlüsse des Jahres 2026", "beschluesse-2026"),
        (
            Wish(part=Part.OPEN),
            "Beschlüsse, die noch nicht umgesetzt sind",
            "beschluesse-offen",
        ),
        (
            Wish(part=Part.WORDS, words=("{year}", "Ö")),
            "Beschlüsse mit den Wörtern {year} Ö",
            "beschluesse-auswahl",
        ),
    ],
)
def test_a_part_of_the_register_is_called_by_what_is_in_it(
    wish: Wish, title: str, name: str
) -> None:
    part = extract(wish=replace(wish, forms=(Form.CSV,)))
    assert booklet_of(part, GERMAN).title == title
    assert [file.name for file in files_of(part, GERMAN)] == [f"{name}.csv"]


def test_a_decision_taken_in_a_meeting_names_it() -> None:
    entries = register(
        new_decision(manner=Manner.MEETING, meeting="S-4", mode=Mode.UNANIMOUS, quorum="3")
    )
    said = facts(booklet_of(extract(*entries), ENGLISH).blocks)
    assert Fact("Procedure", "in the meeting S-4") in said
    assert Fact("Kind of decision", "unanimously") in said
    assert Fact("Quorate with", "at least 3 bodies") in said


def test_silence_and_unexplained_objections_are_called_so() -> None:
    votes = (
        CastVote(body="A", choice=Choice.YES, silent=True),
        CastVote(body="B", choice=None, unexplained=True),
    )
    blocks = booklet_of(extract(*register(new_decision(votes=votes))), GERMAN).blocks
    [table] = [block for block in blocks if isinstance(block, Table)]
    assert [row[1] for row in table.rows] == [
        "Ja durch Verschweigen",
        "Einspruch ohne Begründung",
    ]


def test_an_empty_register_is_a_document_as_well() -> None:
    printed = booklet_of(replace(extract(), entries=()), ENGLISH)
    assert printed.language is Language.EN
    assert pdf(printed).startswith(b"%PDF")


def test_hostile_words_are_printed_as_words() -> None:
    vote = CastVote(body=HOSTILE, choice=Choice.NO, reason=HOSTILE)
    decision = new_decision(
        title=HOSTILE, wording=HOSTILE, reasons=HOSTILE, lead=HOSTILE, votes=(vote,)
    )
    printed = booklet_of(extract(*register(decision), committee=HOSTILE, at=NOON), GERMAN)
    assert pdf(printed).startswith(b"%PDF")
