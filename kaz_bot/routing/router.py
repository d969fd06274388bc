"""Classifies a message by the models and lists that the package carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kaz_bot.routing.features import AREAS, Feature, content, features
from kaz_bot.routing.intent import QUESTION, intent_features
from kaz_bot.routing.model import LinearModel
from kaz_bot.routing.shipped import read
from kaz_bot.routing.urgency import urgency
from kaz_bot.routing.words import Word, stop_words

MOST_REASONS = 5
LEAST_REASON = 0.15
# An unwanted offer is worse than a missed one, so a toss-up is chatter.
QUESTION_THRESHOLD = 0.6


@dataclass(frozen=True, kw_only=True)
class Classification:
    """What a message seems to be. `ranking` holds every area; what is missing to 1 is "no area"."""

    area: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    is_question: bool
    urgent: bool
    incident: bool
    because: tuple[str, ...]


class Router:
    def __init__(self, areas: LinearModel, intent: LinearModel) -> None:
        self._areas = areas
        self._intent = intent

    @classmethod
    def shipped(cls) -> Self:
        return cls(
            areas=LinearModel.from_json(read("areas.json")),
            intent=LinearModel.from_json(read("intent.json")),
        )

    def classify(self, text: str) -> Classification:
        """Never raises, whatever the text; costs no more for a huge one than for a long one."""
        words = content(text)
        found = features(words)
        chances = self._areas.probabilities(found)
        ranking = sorted(((area, chances[area]) for area in AREAS), key=lambda ranked: -ranked[1])
        area, confidence = ranking[0]
        intent = self._intent.probabilities(intent_features(text))
        pressing = urgency(text)
        return Classification(
            area=area,
            confidence=confidence,
            ranking=tuple(ranking),
            is_question=intent[QUESTION] >= QUESTION_THRESHOLD,
            urgent=pressing.urgent,
            incident=pressing.incident,
            because=self._because(words, found, area),
        )

    def _because(
        self, words: Sequence[Word], found: Sequence[Feature], area: str
    ) -> tuple[str, ...]:
        reasons: dict[str, float] = {}
        for at, reason in self._areas.reasons(found, area).items():
            # A stop word decides as part of a phrase; alone it explains nothing to anybody.
            if words[at].folded not in stop_words() and len(words[at].folded) > 1:
                typed = words[at].typed
                reasons[typed] = reasons.get(typed, 0.0) + reason
        strongest = sorted(reasons.items(), key=lambda reason: -reason[1])
        return tuple(typed for typed, reason in strongest if reason >= LEAST_REASON)[:MOST_REASONS]
