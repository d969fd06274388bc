"""Reads the questions and the chatter that the models learn from."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaz_bot.routing.features import AREAS
from kaz_bot.routing.shipped import read

NOWHERE = "nowhere"
INCIDENT_MARK, URGENT_MARK = "!! ", "! "


@dataclass(frozen=True, kw_only=True)
class Example:
    """One line of the corpus."""

    text: str
    label: str
    urgent: bool = False
    incident: bool = False


def questions() -> tuple[Example, ...]:
    return tuple(example for area in AREAS for example in _examples(area))


def chatter() -> tuple[Example, ...]:
    return tuple(_examples("chatter"))


def nowhere() -> tuple[Example, ...]:
    return tuple(_examples(NOWHERE))


def _examples(label: str) -> Iterator[Example]:
    for line in read("corpus", f"{label}.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            incident = line.startswith(INCIDENT_MARK)
            urgent = incident or line.startswith(URGENT_MARK)
            text = line.removeprefix(INCIDENT_MARK).removeprefix(URGENT_MARK)
            yield Example(
                text=text.replace("\\n", "\n"),
                label=label,
                urgent=urgent,
                incident=incident,
            )
