"""Understands dates, times, lengths and recurrences as people type them, German and English."""

from kaz_bot.dates.lines import when_lines
from kaz_bot.dates.moments import Found, Moment, Recurrence, Remark, Use
from kaz_bot.dates.occurrences import next_occurrence, occurrences, times_after
from kaz_bot.dates.reader import Reader
from kaz_bot.dates.refusals import BadDate, Reason

__all__ = [
    "BadDate",
    "Found",
    "Moment",
    "Reader",
    "Reason",
    "Recurrence",
    "Remark",
    "Use",
    "next_occurrence",
    "occurrences",
    "times_after",
    "when_lines",
]
