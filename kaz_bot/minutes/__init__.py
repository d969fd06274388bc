"""Writes down what came of a meeting: a draft, until a person stands by it."""

from kaz_bot.minutes.gathering import approved_minutes_of as approved_minutes_of
from kaz_bot.minutes.gathering import minutes_of as minutes_of
