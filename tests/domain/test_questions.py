"""Tags and words by which an asker fixes area and urgency."""

import pytest

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.questions import question_in
from kaz_bot.domain.words import bare, folded

AREAS = Areas.of(["standards", "procurement", "security", "projects"], default="projects")


@pytest.mark.parametrize(
    ("typed", "text", "area", "urgent"),
    [
        ("#vergabe Wer prüft?", "Wer prüft?", "procurement", False),
        ("Wer prüft? #Vergabe", "Wer prüft?", "procurement", False),
        ("Wer #vergabe prüft?", "Wer prüft?", "procurement", False),
        ("!dringend Wer prüft?", "Wer prüft?", None, True),
        ("Wer prüft? !EILT", "Wer prüft?", None, True),
        ("#vergabe #sicherheit Wer?", "Wer?", "procurement", False),
        ("#it-sicherheit Wer?", "Wer?", "security", False),
        ("Im Plan#vergabe steht", "Im Plan#vergabe steht", None, False),
        ("Was heißt #1?", "Was heißt #1?", None, False),
        ("So!dringend nicht", "So!dringend nicht", None, False),
        ("!dringender Fall", "!dringender Fall", None, False),
        ("#vergabe", "", "procurement", False),
        ("\u200b\u3000\u2060", "", None, False),
    ],
)
def test_tags_are_read_and_leave_the_text(
    typed: str, text: str, area: str | None, urgent: bool
) -> None:
    found = question_in(typed, AREAS)
    assert (found.text, found.area, found.urgent) == (text, area, urgent)


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("Übernehmen", "uebernehmen"),
        ("U\u0308bernehmen", "uebernehmen"),
        ("SCHLIESSEN", "schliessen"),
        ("schließen", "schliessen"),
        ("Café", "cafe"),
        ("cla\u200bim", "claim"),
    ],
)
def test_words_are_compared_without_case_umlauts_and_invisible_marks(
    typed: str, compared: str
) -> None:
    assert folded(typed) == compared


def test_dots_may_be_missing_altogether() -> None:
    assert bare("Übernehmen") == "ubernehmen"


def test_an_area_that_does_not_ship_is_its_own_word_and_has_a_sign() -> None:
    areas = Areas.of(["geodata", "procurement"], default="geodata")
    assert areas.named("geodata") == "geodata"
    assert len({area.reaction for area in areas.all}) == 2
    assert areas.marked(areas.all[0].reaction) == "geodata"
