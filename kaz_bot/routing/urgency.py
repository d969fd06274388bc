"""Tells what cannot wait for the next working day: a running incident, a deadline, a service down."""

from dataclasses import dataclass
from functools import lru_cache

from kaz_bot.routing.features import content
from kaz_bot.routing.intent import own_words
from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read


@dataclass(frozen=True, kw_only=True)
class Urgency:
    urgent: bool
    incident: bool


def urgency(text: str) -> Urgency:
    said = {hit.means for hit in _cues().hits(content(own_words(text)))}
    incident = _incident(said)
    return Urgency(
        urgent=incident or _deadline(said) or _service_down(said) or "emergency" in said,
        incident=incident,
    )


def _incident(said: set[str]) -> bool:
    # "What do we do in case of an attack" is asked in peace, "vor zwei Jahren" is over.
    if "distance" in said:
        return False
    return "happened" in said or {"threat", "now"} <= said


def _deadline(said: set[str]) -> bool:
    return "deadline" in said and "no deadline" not in said


def _service_down(said: set[str]) -> bool:
    return {"service", "down", "still there"} <= said and "distance" not in said


@lru_cache(maxsize=1)
def _cues() -> Phrasebook:
    return Phrasebook(phrases(read("cues", "urgency.txt")))
