"""How accuracy and honesty are measured."""

import pytest

from kaz_bot.routing.figures import calibration_error, reliability, share


def test_a_share_tells_its_interval() -> None:
    assert str(share([True] * 8 + [False] * 2)) == " 80.0%  (8/10, 95 % 49.0% to 94.3%)"


def test_who_is_right_as_often_as_he_says_is_honest() -> None:
    calls = [(0.75, True)] * 3 + [(0.75, False)] + [(1.0, True)] * 4
    assert calibration_error(calls) == pytest.approx(0.0)


def test_overconfidence_is_an_error_of_its_size() -> None:
    assert calibration_error([(0.9, True), (0.9, False)]) == pytest.approx(0.4)


def test_calls_of_like_confidence_are_told_together() -> None:
    low, high = reliability([(0.21, False), (0.29, True), (0.95, True)])
    assert low.confidence == pytest.approx(0.25)
    assert low.right == share([False, True])
    assert (high.low, high.high) == (0.9, 1.0)


def test_nothing_called_is_no_error() -> None:
    assert calibration_error([]) == 0.0
