"""Classifies a message by the models and lists that the package carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kaz_bot.routing.features import AREAS, Feature, content, features
from kaz_bot.routing.intent import QUESTION, intent_features
from kaz_bot.routing.model import LinearModel
from kaz_bot.routing.shipped import read
from kaz_bot.routing.urgency import CALM, INCIDENT, urgency_features
from kaz_bot.routing.words import Word, stop_words

MOST_REASONS = 5
# A reason must speak clearly, and not be drowned by the strongest.
LEAST_REASON, LEAST_SHARE = 0.3, 0.2
# An unwanted offer is worse than a missed one, so what is not clearly a question is chatter.
QUESTION_THRESHOLD = 0.88
# One message in fourteen of the corpus is urgent, in life fewer: the model starts out calm.
# An alarm missed costs more than one too many, a night call more than a look at the ticket.
URGENT_THRESHOLD, INCIDENT_THRESHOLD = 0.13, 0.15


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
    def __init__(self, *, areas: LinearModel, intent: LinearModel, urgency: LinearModel) -> None:
        self._areas = areas
        self._intent = intent
        self._urgency = urgency

    @classmethod
    def shipped(cls) -> Self:
        return cls(
            areas=LinearModel.from_json(read("areas.json")),
            intent=LinearModel.from_json(read("intent.json")),
            urgency=LinearModel.from_json(read("urgency.json")),
        )

    def classify(self, text: str) -> Classification:
        """Never raises, whatever the text; costs no more for a huge one than for a long one."""
        words = content(text)
        found = features(words)
        chances = self._areas.probabilities(found)
        ranking = sorted(((area, chances[area]) for area in AREAS), key=lambda ranked: -ranked[1])
        area, confidence = ranking[0]
        intent = self._intent.probabilities(intent_features(text))
        pressing = self._urgency.probabilities(urgency_features(text))
        incident = pressing[INCIDENT] >= INCIDENT_THRESHOLD
        return Classification(
            area=area,
            confidence=confidence,
            ranking=tuple(ranking),
            # Whoever reports an attack wants help, however it is worded.
            is_question=incident or intent[QUESTION] >= QUESTION_THRESHOLD,
            urgent=incident or 1.0 - pressing[CALM] >= URGENT_THRESHOLD,
            incident=incident,
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
        least = max(LEAST_REASON, strongest[0][1] * LEAST_SHARE) if strongest else 0.0
        return tuple(typed for typed, reason in strongest if reason >= least)[:MOST_REASONS]
