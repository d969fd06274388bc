"""The fonts of the package have what German, Lower Sorbian and a chat need, and are free."""

import pytest
from fontTools.ttLib import TTFont

from kaz_bot.typesetting.characters import UNKNOWN
from kaz_bot.typesetting.fonts import FILES, folder, letters, letters_of_text

GERMAN = "AaBbÄäÖöÜüßẞ€§°²³½„“‚‘»«–—…•→−×"
LOWER_SORBIAN = "ĆćČčĚěŁłŃńÓóŔŕŠšŚśŽžŹź"


@pytest.mark.parametrize("file", FILES)
def test_the_letters_of_a_font_are_those_another_reader_finds(file: str) -> None:
    font = TTFont(folder() / file)
    assert set(font.getBestCmap()) <= letters()


def test_no_letter_is_taken_for_known_that_no_font_has() -> None:
    tables = [TTFont(folder() / file).getBestCmap() for file in FILES]
    assert letters() == frozenset().union(*tables)
    assert letters_of_text() == frozenset(tables[0])


@pytest.mark.parametrize("text", [GERMAN, LOWER_SORBIAN, UNKNOWN])
def test_the_first_font_has_the_letters_of_the_land(text: str) -> None:
    assert {letter for letter in text if ord(letter) not in letters_of_text()} == set()


def test_the_bold_letters_are_the_same() -> None:
    bold = TTFont(folder() / "SourceSans3-SemiBold.ttf").getBestCmap()
    assert letters_of_text() == frozenset(bold)


@pytest.mark.parametrize("file", sorted(folder().glob("*.ttf")), ids=lambda file: file.name)
def test_each_font_may_be_embedded_and_comes_with_its_licence(file: object) -> None:
    path = folder() / str(file)
    assert TTFont(path)["OS/2"].fsType == 0
    licence = path.name.partition("-")[0].removesuffix(".ttf")
    assert (folder() / f"{licence}-LICENSE.txt").read_text(encoding="utf-8")
