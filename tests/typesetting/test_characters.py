"""What people typed is brought into letters that can be printed."""

import pytest

from kaz_bot.typesetting.characters import shown
from kaz_bot.typesetting.fonts import letters, letters_of_text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Das ist *so*.", "Das ist *so*."),
        ("zwei\r\nZeilen\rund\u2028mehr", "zwei\nZeilen\nund\nmehr"),
        ("ein Absatz\n \n\n\nnoch einer\n\n", "ein Absatz\n\nnoch einer"),
        ("a\tb\u2003c", "a b c"),
        ("12\u202f000\u00a0€", "12\u00a0000\u00a0€"),
        ("a\x00b\x1bc\u202ed\u2066e\ufefff", "abcdef"),
        ("a\ud83d\ude00b\ud83dc", "a😀b�c"),
        ("u\u0308ber", "über"),
        ("漢\ue000\U0010fffd", "□□□"),
        ("Z\u0335\u0335\u0335\u0335\u0335\u0335", "Z\u0335\u0335\u0335\u0335"),
    ],
)
def test_text_becomes_what_can_be_shown(typed: str, expected: str) -> None:
    assert shown(typed, letters()) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Datenschutzgrundverordnung", "Datenschutzgrundverordnung"),
        ("Datenschutz-Grundverordnung", "Datenschutz-|Grundverordnung"),
        ("12345678901234567890", "1234567890|1234567890"),
        ("kaz.test/akte/2026", "kaz.|test/|akte/|2026"),
        ("(xqzvxqzvxqzvxqzv)", "(xqzvxqzvx|qzvxqzv)"),
        ("12.345,67", "12.345,67"),
        ("aaaaaaaaaaaa", "aaaaaaaaaa|aa"),
    ],
)
def test_what_is_longer_than_its_line_can_be_broken(typed: str, expected: str) -> None:
    assert shown(typed, letters(), longest=10).replace("\u200b", "|") == expected


def test_a_picture_of_several_parts_is_not_broken() -> None:
    family = "👨\u200d👩\u200d👧"
    assert shown(family * 3, letters(), longest=2).split("\u200b") == [family * 2, family]


def test_the_first_font_alone_has_no_pictures() -> None:
    assert shown("ja ✅", letters_of_text()) == "ja □"
