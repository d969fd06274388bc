"""How a model weighs what was found in a text, and how it is kept."""

from array import array

import pytest

from kaz_bot.routing.features import Feature
from kaz_bot.routing.model import (
    RARITY_PARTS,
    WEIGHT_PARTS,
    BrokenModel,
    LinearModel,
    key_of,
)

NAMES = sorted(("w:ä", "w:b", "w:rare"), key=key_of)
RARITY = {"w:ä": 1.0, "w:b": 1.0, "w:rare": 3.0}
WEIGHTS = {"w:ä": (1.25, 0.0), "w:b": (0.0, 1.0), "w:rare": (0.0, 1.0)}
MODEL = LinearModel(
    labels=("left", "right"),
    bias=(0.5, -0.5),
    keys=array("I", [key_of(name) for name in NAMES]),
    rarities=array("H", [round(RARITY[name] * RARITY_PARTS) for name in NAMES]),
    weights=array(
        "h", [round(weight * WEIGHT_PARTS) for name in NAMES for weight in WEIGHTS[name]]
    ),
    temperature=0.75,
)


def found(*names: str) -> list[Feature]:
    return [Feature(name, 1.0, (at,)) for at, name in enumerate(names)]


def test_a_feature_speaks_for_its_label() -> None:
    assert MODEL.scores(found("w:ä")) == pytest.approx([1.75, -0.5])


def test_a_long_text_shouts_no_louder() -> None:
    one, many = MODEL.scores(found("w:b")), MODEL.scores(found("w:b", *["w:unknown"] * 100))
    assert one == many


def test_what_is_rare_counts_more() -> None:
    left, right = MODEL.scores(found("w:ä", "w:rare"))
    assert left - 0.5 == pytest.approx(1.25 / 10**0.5)
    assert right + 0.5 == pytest.approx(3 / 10**0.5)


def test_without_anything_known_the_bias_decides() -> None:
    assert MODEL.scores(found("w:unknown")) == [0.5, -0.5]


def test_a_higher_temperature_is_less_sure_of_the_same() -> None:
    sure, unsure = (MODEL.at(degrees).probabilities(found("w:ä"))["left"] for degrees in (0.5, 3))
    assert 0.5 < unsure < sure


def test_the_reasons_are_the_words_that_spoke_for_the_label() -> None:
    reasons = MODEL.reasons(found("w:ä", "w:b", "w:unknown"), "left")
    assert (reasons[0] > 0, reasons[1] < 0, 2 in reasons) == (True, True, False)


def test_a_model_is_read_as_it_was_written() -> None:
    assert LinearModel.from_bytes(MODEL.to_bytes()) == MODEL


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"KZM1",
        MODEL.to_bytes()[:-1],
        MODEL.to_bytes() + b"\0",
        b"XXXX" + MODEL.to_bytes()[4:],
        MODEL.to_bytes()[:4] + b"\xff" * 40,
    ],
)
def test_what_is_no_model_is_refused(source: bytes) -> None:
    with pytest.raises(BrokenModel):
        LinearModel.from_bytes(source)


def test_half_a_surrogate_pair_is_a_feature_like_any_other() -> None:
    assert MODEL.scores(found("w:\ud800")) == [0.5, -0.5]
