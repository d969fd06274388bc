"""Reads the questions and the chatter that the models learn from."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaz_bot.routing.features import AREAS
from kaz_bot.routing.shipped import read

NOWHERE = "nowhere"
INCIDENT_MARK, URGENT_MARK = "!! ", "! "


@dataclass(frozen=True, kw_only=True)
class Example:
    """One line of the corpus. `block` counts the subjects, so that a fold can leave out whole ones."""

    text: str
    label: str
    block: int
    urgent: bool = False
    incident: bool = False


def questions() -> tuple[Example, ...]:
    return tuple(example for area in AREAS for example in _examples(area))


def chatter() -> tuple[Example, ...]:
    return tuple(_examples("chatter"))


def nowhere() -> tuple[Example, ...]:
    return tuple(_examples(NOWHERE))


def _examples(label: str) -> Iterator[Example]:
    block = 0
    for line in read("corpus", f"{label}.txt").splitlines():
        if not line.strip():
            block += 1
        elif not line.startswith("#"):
            incident = line.startswith(INCIDENT_MARK)
            urgent = incident or line.startswith(URGENT_MARK)
            text = line.removeprefix(INCIDENT_MARK).removeprefix(URGENT_MARK)
            yield Example(
                text=text.replace("\\n", "\n"),
                label=label,
                block=block,
                urgent=urgent,
                incident=incident,
            )
