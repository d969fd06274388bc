"""Words of office life say no date, and beside one they stay as they were typed."""

from datetime import datetime
from pathlib import Path

import pytest

from kaz_bot.dates import BadDate, Found, Moment, Use
from tests.dates.examples import BERLIN, READER, answer

NOW = datetime(2026, 9, 25, 10, 0, tzinfo=BERLIN)
FRIDAY = Moment(at=datetime(2026, 9, 25, 11, 0, tzinfo=BERLIN), timed=True)
WORDS = [
    word
    for line in Path(__file__).with_name("ordinary_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]


def found(text: str) -> Found | BadDate | None:
    try:
        return READER.found(text, NOW, Use.REMINDER)
    except BadDate as refusal:
        return refusal


def until(text: str) -> Found | BadDate | None:
    try:
        return READER.until(text, NOW)
    except BadDate as refusal:
        return refusal


def test_there_are_many_of_them() -> None:
    assert len(set(WORDS)) > 800


def test_alone_they_are_no_date() -> None:
    said = {word: answer(word, NOW, Use.REMINDER) for word in WORDS}
    assert {word: why for word, why in said.items() if why != "unverstanden"} == {}
    assert [word for word in WORDS if found(word) is not None] == []


@pytest.mark.parametrize("form", ["{} am Freitag um 11", "am Freitag um 11 {}"])
def test_beside_a_date_they_are_the_matter(form: str) -> None:
    read = {word: found(form.format(word)) for word in WORDS}
    right = {word: Found(when=FRIDAY, what=word) for word in WORDS}
    assert {word: read[word] for word in WORDS if read[word] != right[word]} == {}


def test_before_a_limit_they_are_the_matter() -> None:
    read = {word: until(f"{word} bis Freitag um 11") for word in WORDS}
    right = {word: Found(when=FRIDAY, what=word) for word in WORDS}
    assert {word: read[word] for word in WORDS if read[word] != right[word]} == {}
