"""Dates as people type them, in a table of our own."""

import pytest

from tests.dates.examples import Example, answer, examples


@pytest.mark.parametrize("example", examples(), ids=str)
def test_it_is_understood(example: Example) -> None:
    assert answer(example.text, example.now, example.use) == example.result
