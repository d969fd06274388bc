"""Reads by when something is to be done, or says in a sentence how to mend it."""

import re
from datetime import timedelta

from kaz_bot.domain.service_levels import BUSINESS_DAY, USUAL, ServiceLevels, Targets
from kaz_bot.domain.tickets import Priority
from kaz_bot.domain.words import folded

_PRIORITIES = {
    **{priority.value: priority for priority in Priority},
    "niedrig": Priority.LOW,
    "hoch": Priority.HIGH,
    "kritisch": Priority.CRITICAL,
}
_UNITS = {
    **dict.fromkeys(("m", "min", "minute", "minuten", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "std", "stunde", "stunden", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "t", "tag", "tage", "tagen", "day", "days"), BUSINESS_DAY),
}
_LENGTH = r"\d+(?:\.\d+)?\s*[^\W\d_]+"
_LEVEL = re.compile(rf"\s*([^\W\d_]+)\s*[=:]\s*({_LENGTH})\s*/\s*({_LENGTH})\s*")
_NO_DAYS_AHEAD = "is no list of days before a deadline; write for example 14d, 7d, 1d, 0d"
_NO_LEVEL = "write for example critical=1h/8h, high=4h/2d, normal=1d/5d, low=3d/15d"
# Nobody waits for a year's work.
_LONGEST_TARGET = 250 * BUSINESS_DAY


def service_levels(text: str) -> ServiceLevels:
    """The targets of each priority; one that is not named keeps the usual ones."""
    targets: dict[Priority, Targets] = {}
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        found = _LEVEL.fullmatch(part)
        priority = _PRIORITIES.get(folded(found[1])) if found else None
        if found is None or priority is None:
            raise ValueError(f'"{part.strip()}" is no target; {_NO_LEVEL}')
        if priority in targets:
            raise ValueError(f'"{found[1]}" stands there twice; leave one of them out')
        targets[priority] = _targets(found[2], found[3])
    return ServiceLevels({**USUAL, **targets})


def _targets(answer: str, solution: str) -> Targets:
    targets = Targets(answer=_length(answer), solution=_length(solution))
    if targets.solution < targets.answer:
        raise ValueError(f'"{answer}/{solution}": no solution comes before the first answer')
    return targets


def _length(text: str) -> timedelta:
    number, unit = re.findall(r"([\d.]+)\s*(\w+)", text)[0]
    if unit.lower() not in _UNITS:
        raise ValueError(f'"{text}" is no length of business time; write it as 30m, 4h or 2d')
    length = float(number) * _UNITS[unit.lower()] if len(number) < 9 else timedelta.max
    if not timedelta(0) < length <= _LONGEST_TARGET:
        raise ValueError(f'"{text}" is no target; write more than nothing and at most 250d')
    return length


def days_ahead(text: str) -> tuple[timedelta, ...]:
    """How long before a deadline people are reminded, the longest first; 0d is that morning."""
    words = [word for word in re.split(r"[,;\s]+", text) if word]
    lengths = {_whole_days(word) for word in words}
    if not lengths:
        raise ValueError(f'"{text}" {_NO_DAYS_AHEAD}')
    return tuple(sorted(lengths, reverse=True))


def _whole_days(word: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,3})(?:d|t|tage?|days?)?", folded(word))
    if found is None:
        raise ValueError(f'"{word}" {_NO_DAYS_AHEAD}')
    return timedelta(days=int(found[1]))


def working_days(text: str) -> int:
    """A number of working days, at least one."""
    if not re.fullmatch(r"[1-9]\d?", text):
        raise ValueError(f'"{text}" is no number of working days; write one from 1 to 99')
    return int(text)
