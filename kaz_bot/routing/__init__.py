"""Tells what a message is: whose area, question or chatter, urgent or not, a mere thanks."""

from kaz_bot.routing.features import AREAS
from kaz_bot.routing.lines import classify_lines
from kaz_bot.routing.router import MOST_REASONS, Classification, Router
from kaz_bot.routing.search_words import SearchWord, search_words
from kaz_bot.routing.thanks import is_thanks
from kaz_bot.routing.words import as_typed, words

__all__ = [
    "AREAS",
    "MOST_REASONS",
    "Classification",
    "Router",
    "SearchWord",
    "as_typed",
    "classify_lines",
    "is_thanks",
    "search_words",
    "words",
]
