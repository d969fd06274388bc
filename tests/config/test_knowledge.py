"""For how long a model solution may be relied on is the operator's to say."""

from datetime import timedelta

import pytest

from kaz_bot.config import load
from kaz_bot.errors import ConfigError
from tests.config.test_settings import NEEDED


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", timedelta(days=365)),
        ("180d", timedelta(days=180)),
        ("2 years", timedelta(days=730)),
        ("unlimited", None),
        ("unbegrenzt", None),
    ],
)
def test_a_solution_is_valid_for_a_year_unless_it_is_set(
    text: str, length: timedelta | None
) -> None:
    assert load(environ={**NEEDED, "KAZ_SOLUTION_VALID": text}).solution_valid == length


@pytest.mark.parametrize("text", ["365", "12h", "bald", "0d"])
def test_less_than_a_day_is_a_mistake(text: str) -> None:
    with pytest.raises(ConfigError, match="KAZ_SOLUTION_VALID"):
        load(environ={**NEEDED, "KAZ_SOLUTION_VALID": text})
