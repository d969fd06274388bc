"""What is typed to have a paper voted on is understood in any order, or left over."""

import pytest

from kaz_bot.domain.committee.ballots import Manner, Mode
from kaz_bot.domain.committee.motions import Ask, Motion, paper_first, papers_named, read
from kaz_bot.domain.committee.numbers import PaperId

SEVEN = PaperId(7)
CIRCULATION, MEETING = Manner.CIRCULATION, Manner.MEETING


@pytest.mark.parametrize(
    ("text", "motion"),
    [
        ("", Motion()),
        ("BV-7", Motion(paper=SEVEN)),
        ("bv 7", Motion(paper=SEVEN)),
        ("über BV‑7", Motion(paper=SEVEN)),
        ("BV-7 eröffnen", Motion(paper=SEVEN)),
        (
            "BV-7 im Umlauf bis 15.10.",
            Motion(paper=SEVEN, manner=CIRCULATION, rest="bis 15.10."),
        ),
        (
            "einstimmig, im schriftlichen Umlauf bis Freitag 12 Uhr: BV-7",
            Motion(paper=SEVEN, manner=CIRCULATION, mode=Mode.UNANIMOUS, rest="bis Freitag 12 Uhr"),
        ),
        (
            "BV-7 by circulation until end of month by consensus",
            Motion(paper=SEVEN, manner=CIRCULATION, mode=Mode.CONSENSUS, rest="until end of month"),
        ),
        (
            "BV-7 mit einfacher Mehrheit in der Sitzung",
            Motion(paper=SEVEN, manner=MEETING, mode=Mode.MAJORITY),
        ),
        ("schließen BV-7", Motion(ask=Ask.CLOSE, paper=SEVEN)),
        ("BV-7 SCHLIESSEN", Motion(ask=Ask.CLOSE, paper=SEVEN)),
        ("close BV-7", Motion(ask=Ask.CLOSE, paper=SEVEN)),
        ("BV-7 abbrechen bitte", Motion(ask=Ask.CANCEL, paper=SEVEN)),
        ("vertagen BV-7", Motion(ask=Ask.ADJOURN, paper=SEVEN)),
        (
            "BV-7 einstimmig mehrheitlich",
            Motion(paper=SEVEN, mode=Mode.UNANIMOUS, rest="mehrheitlich"),
        ),
        ("BV-7 BV-8", Motion(paper=SEVEN, rest="BV-8")),
        ("BV-7 Ende", Motion(paper=SEVEN, rest="Ende")),
        ("ABV-7", Motion(rest="ABV-7")),
    ],
)
def test_each_part_is_found_wherever_it_stands(text: str, motion: Motion) -> None:
    assert read(text) == motion


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BV-7 zu teuer", (SEVEN, "zu teuer")),
        ("zu BV-7, weil es zu teuer ist", (SEVEN, "weil es zu teuer ist")),
        ("for BV-7", (SEVEN, "")),
        ("weil BV-7 zu teuer ist", (None, "weil BV-7 zu teuer ist")),
        ("zu teuer", (None, "zu teuer")),
    ],
)
def test_a_reason_may_begin_with_the_paper(text: str, found: tuple[PaperId | None, str]) -> None:
    assert paper_first(text) == found


def test_papers_are_named_anywhere_in_a_reason() -> None:
    assert papers_named("siehe BV-7 und bv 8, nicht ABV-9 oder BV-") == {SEVEN, PaperId(8)}
