"""Understands dates, times, lengths and recurrences as people type them, German and English."""

from kaz_bot.dates.moments import Found, Moment, Recurrence, Remark, Use
from kaz_bot.dates.occurrences import next_occurrence, occurrences
from kaz_bot.dates.reader import Reader
from kaz_bot.dates.refusals import BadDate, Reason, Weekday

__all__ = [
    "BadDate",
    "Found",
    "Moment",
    "Reader",
    "Reason",
    "Recurrence",
    "Remark",
    "Use",
    "Weekday",
    "next_occurrence",
    "occurrences",
]
