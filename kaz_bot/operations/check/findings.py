"""What was found: one sentence each, with a word in front that says how bad it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaz_bot.texts import Texts


class Level(StrEnum):
    """`problem` keeps the bot from serving, or from being trusted; `warning` only from serving
    well."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing that is well or not; `topic` names its template in `check/`."""

    level: Level
    topic: str
    facts: Mapping[str, object]


def ok(topic: str, **facts: object) -> Finding:
    return Finding(Level.OK, topic, facts)


def warning(topic: str, **facts: object) -> Finding:
    return Finding(Level.WARNING, topic, facts)


def problem(topic: str, **facts: object) -> Finding:
    return Finding(Level.PROBLEM, topic, facts)


def serves(findings: Iterable[Finding]) -> bool:
    """Whether nothing found keeps the bot from serving."""
    return all(finding.level is not Level.PROBLEM for finding in findings)


def lines(findings: Iterable[Finding], texts: Texts, language: str) -> Iterator[str]:
    """The findings in words, one line each."""
    for finding in findings:
        sentence = texts.render(f"check/{finding.topic}", language, finding.facts).body
        facts = {"level": finding.level.value, "sentence": sentence}
        yield texts.render("check/line", language, facts).body
