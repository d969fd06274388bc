"""What is typed behind `beschlüsse`, and what it means."""

import pytest

from kaz_bot.register import Form, Part, Wish

ALL_FORMS = (Form.PDF, Form.CSV, Form.JSON)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish()),
        ("alle", Wish()),
        ("2026", Wish(part=Part.YEAR, year=2026)),
        ("offen", Wish(part=Part.OPEN)),
        ("OPEN", Wish(part=Part.OPEN)),
        ("pdf", Wish(forms=(Form.PDF,))),
        ("datei", Wish(forms=ALL_FORMS)),
        ("files", Wish(forms=ALL_FORMS)),
        ("json csv", Wish(forms=(Form.CSV, Form.JSON))),
        ("2026 PDF", Wish(part=Part.YEAR, year=2026, forms=(Form.PDF,))),
        ("offen datei", Wish(part=Part.OPEN, forms=ALL_FORMS)),
        ("Lizenzen", Wish(part=Part.WORDS, words=("Lizenzen",))),
        ("pdf Lizenzen", Wish(part=Part.WORDS, words=("pdf", "Lizenzen"))),
        ("Haushalt 2026", Wish(part=Part.WORDS, words=("Haushalt", "2026"))),
        ("offen bleibt", Wish(part=Part.WORDS, words=("offen", "bleibt"))),
        ("12", Wish(part=Part.WORDS, words=("12",))),
        ("Haushalt csv", Wish(part=Part.WORDS, words=("Haushalt",), forms=(Form.CSV,))),
    ],
)
def test_a_wish_is_understood(text: str, wish: Wish) -> None:
    assert Wish.read(text) == wish


def test_whoever_pastes_a_text_looks_for_its_first_words() -> None:
    assert Wish.read("wort " * 5000).words == ("wort",) * 20
