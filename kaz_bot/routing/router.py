"""Classifies a message by the version it was given, and by the lists of the package."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kaz_bot.routing.features import AREAS, NOWHERE, Feature, content, features
from kaz_bot.routing.intent import QUESTION, intent_features
from kaz_bot.routing.likeness import likeness
from kaz_bot.routing.urgency import CALM, INCIDENT, urgency_features
from kaz_bot.routing.version import Version
from kaz_bot.routing.versions import shipped_version
from kaz_bot.routing.words import Word, stop_words

MOST_REASONS = 5
# A reason must speak clearly, and not be drowned by the strongest.
LEAST_REASON, LEAST_SHARE = 0.03, 0.25
# A question that may be an incident is looked at; chatter has to be one for sure.
SURELY_INCIDENT = 0.5


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
    """What decides. The version behind it may change while it works."""

    def __init__(self, version: Version) -> None:
        self._version = version
        # A message is asked about more than once on its way; only the latest is remembered.
        self._latest: tuple[str, Classification] | None = None

    @classmethod
    def shipped(cls) -> Self:
        """By the version that the package carries."""
        return cls(shipped_version())

    def go_by(self, version: Version) -> None:
        """From the next message on."""
        self._version = version
        self._latest = None

    def alike(self, asked: str, others: Sequence[str]) -> list[float]:
        """How alike a question is to each of the others, from 0 to 1. One to three ms for each."""
        return likeness(self._version.areas, asked, others)

    def classify(self, text: str) -> Classification:
        """Never raises, whatever the text; costs no more for a huge one than for a long one."""
        if self._latest is None or self._latest[0] != text:
            self._latest = (text, self._classified(text))
        return self._latest[1]

    def _classified(self, text: str) -> Classification:
        version = self._version
        words = content(text)
        found = features(text, words)
        chances = version.areas.probabilities(found)
        ranking = sorted(((area, chances[area]) for area in AREAS), key=lambda ranked: -ranked[1])
        area, confidence = ranking[0]
        nowhere = chances[NOWHERE]
        intent = version.intent.probabilities(intent_features(text))
        pressing = version.urgency.probabilities(urgency_features(text))
        incident = pressing[INCIDENT] >= version.thresholds.incident
        return Classification(
            area=area,
            confidence=confidence,
            ranking=tuple(ranking),
            # Whoever reports an attack wants help, however it is worded; a joke about one does not.
            is_question=pressing[INCIDENT] >= SURELY_INCIDENT
            or intent[QUESTION] >= version.thresholds.question,
            urgent=incident or 1.0 - pressing[CALM] >= version.thresholds.urgent,
            incident=incident,
            # Who does not know has no reasons either.
            because=_because(version, words, found, area) if confidence > nowhere else (),
        )


def _because(
    version: Version, words: Sequence[Word], found: Sequence[Feature], area: str
) -> tuple[str, ...]:
    """The words that decided, the strongest first, as they were typed."""
    reasons: dict[str, float] = {}
    for at, reason in version.areas.reasons(found, area).items():
        # A stop word decides as part of a phrase; alone it explains nothing to anybody.
        if words[at].folded not in stop_words() and len(words[at].folded) > 1:
            typed = words[at].typed
            reasons[typed] = reasons.get(typed, 0.0) + reason
    strongest = sorted(reasons.items(), key=lambda reason: -reason[1])
    least = max(LEAST_REASON, strongest[0][1] * LEAST_SHARE) if strongest else 0.0
    return tuple(typed for typed, reason in strongest if reason >= least)[:MOST_REASONS]
