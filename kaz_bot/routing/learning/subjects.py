"""What is learned: the area of a question, question or chatter, and what cannot wait."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from kaz_bot.routing import corpus
from kaz_bot.routing.corpus import Example
from kaz_bot.routing.features import AREAS, NOWHERE, Feature, content, features, knowledge
from kaz_bot.routing.intent import CHATTER, QUESTION, intent_features
from kaz_bot.routing.learning.fitting import Course, Lesson, Matter, Sighting
from kaz_bot.routing.urgency import CALM, INCIDENT, PRESSING, urgency_features

URGENT_WEIGHT = 2.0
# Questions written for the areas are many, and few of them look like what comes in a room; but
# of the shortest there are too few elsewhere.
OF_AN_AREA, SHORT, IN_A_ROOM = 0.1, 0.7, 2.0
FEW_WORDS = 7
# What occurs once teaches nothing; runs of letters are so many that they must occur more often.
_TWICE = dict.fromkeys("wpthbceq12k", 2) | {"l": 3}

Seeing = Callable[[str], Sequence[Feature]]


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What the area model learns from: questions of all areas, and what belongs to none."""

    questions: Sequence[Example]
    nowhere: Sequence[Example]

    @classmethod
    def shipped(cls) -> Self:
        """What the package carries."""
        # Chatter without any word of the field is as good as a foreign language.
        strange = [said for said in corpus.chatter() if not speaks_of_the_field(said.text)]
        return cls(questions=corpus.questions(), nowhere=(*corpus.nowhere(), *strange))


def areas(shelf: Shelf, see: Seeing | None = None, more: Sequence[Lesson] = ()) -> Matter:
    """The area of a question, or nowhere. `see` looks with other eyes, to compare."""
    seen = see or area_features
    return Matter(
        [
            *(lesson(example, example.label, seen) for example in shelf.questions),
            *(lesson(example, NOWHERE, seen) for example in shelf.nowhere),
            *more,
        ],
        (*AREAS, NOWHERE),
        Course(freedom=0.4, counted=0.2, rarest=_TWICE),
    )


def intent(see: Seeing = intent_features) -> Matter:
    """A question to the desk, or what people say to each other."""
    return Matter(
        [
            *(
                lesson(example, QUESTION, see, SHORT if _is_short(example) else OF_AN_AREA)
                for example in corpus.questions()
            ),
            *(lesson(example, QUESTION, see, IN_A_ROOM) for example in corpus.asked()),
            *(lesson(example, CHATTER, see, IN_A_ROOM) for example in corpus.chatter()),
        ],
        (QUESTION, CHATTER),
        Course(freedom=0.3, counted=0.1, rarest=_TWICE),
    )


def urgency(see: Seeing = urgency_features) -> Matter:
    """What can wait, what cannot, and what is a running incident."""
    every = (*corpus.questions(), *corpus.asked(), *corpus.chatter())
    return Matter(
        [
            lesson(example, label, see, 1.0 if label == CALM else URGENT_WEIGHT)
            for example in every
            for label in [pressure(example)]
        ],
        (CALM, PRESSING, INCIDENT),
        Course(freedom=0.3, counted=0.1, rarest=_TWICE),
    )


def area_features(text: str) -> list[Feature]:
    """What the area model weighs of a text."""
    return features(text, content(text))


def pressure(example: Example) -> str:
    """What the urgency model should say of it."""
    if example.incident:
        return INCIDENT
    return PRESSING if example.urgent else CALM


def _is_short(example: Example) -> bool:
    return len(example.text.split()) <= FEW_WORDS


def speaks_of_the_field(text: str) -> bool:
    """Whether any phrase of the knowledge base stands in it."""
    return any(True for _ in knowledge().hits(content(text)))


def lesson(example: Example, label: str, see: Seeing, weight: float = 1.0) -> Lesson:
    """The example as a lesson on `label`."""
    return Lesson(
        features=Sighting(see(example.text)),
        label=label,
        right=example.right if label in example.right else frozenset({label}),
        hand=example.hand,
        situation=example.situation,
        weight=weight,
    )
