"""What learning from examples yields, and that what is shipped was learned from what is shipped."""

import json

import pytest

from kaz_bot.routing import corpus
from kaz_bot.routing.features import AREAS, Feature
from kaz_bot.routing.learning import Course, Lesson, learn, pruned
from kaz_bot.routing.model import LinearModel
from kaz_bot.routing.shipped import fingerprint, read

LABELS = ("left", "right")


def lesson(label: str, *names: str) -> Lesson:
    features = tuple(Feature(name=name, value=1.0, words=(0,)) for name in names)
    return Lesson(features=features, label=label)


LESSONS = [lesson("left", "w:a"), lesson("right", "w:b")] * 10


def test_a_model_learns_what_tells_the_labels_apart() -> None:
    model = learn(LESSONS, LABELS, Course(passes=20, rarest={}), prior={})
    assert model.probabilities(lesson("left", "w:a").features)["left"] > 0.8


def test_a_feature_too_rare_is_not_learned() -> None:
    once = [*LESSONS, lesson("left", "w:once")]
    model = learn(once, LABELS, Course(passes=1, rarest={"w": 2}), prior={})
    assert sorted(model.weights) == ["w:a", "w:b"]


def test_what_is_known_before_holds_without_an_example() -> None:
    model = learn(LESSONS, LABELS, Course(passes=1, rarest={}), prior={"k:c": (2.0, 0.0)})
    assert model.probabilities(lesson("left", "k:c").features)["left"] > 0.8


def test_learning_again_gives_the_same_model() -> None:
    course = Course(passes=3, rarest={})
    assert learn(LESSONS, LABELS, course, {}) == learn(LESSONS, LABELS, course, {})


def test_a_higher_temperature_is_less_sure_of_the_same() -> None:
    model = LinearModel(labels=LABELS, bias=(0.0, 0.0), weights={"w:a": (2.0, 0.0)})
    sure = model.probabilities(lesson("left", "w:a").features)["left"]
    unsure = model.at(3.0).probabilities(lesson("left", "w:a").features)["left"]
    assert 0.5 < unsure < sure


def test_a_model_is_read_as_it_was_written() -> None:
    model = LinearModel(
        labels=LABELS, bias=(0.5, -0.5), weights={"w:ä": (1.25, 0.0)}, temperature=0.8
    )
    assert LinearModel.from_json(model.to_json()) == model


def test_weights_that_tell_nothing_apart_are_pruned() -> None:
    model = LinearModel(
        labels=LABELS, bias=(0.0, 0.0), weights={"w:a": (1.0, 0.0), "w:b": (0.01, 0.0)}
    )
    assert list(pruned(model, 0.02).weights) == ["w:a"]


def test_the_shipped_weights_were_learned_from_the_shipped_lists_and_corpus() -> None:
    """If this fails: `python -m kaz_bot.routing.training`, then commit the weights."""
    assert json.loads(read("training.json")) == {"learned_from": fingerprint()}


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_enough_questions_to_learn_from(area: str) -> None:
    assert sum(question.label == area for question in corpus.questions()) >= 200


def test_no_text_stands_in_the_corpus_twice() -> None:
    texts = [
        example.text for example in (*corpus.questions(), *corpus.chatter(), *corpus.nowhere())
    ]
    assert sorted(texts) == sorted(set(texts))
