"""Tells what a message is: whose area, question or chatter, urgent or not, a mere thanks."""

from kaz_bot.routing.features import AREAS
from kaz_bot.routing.lines import classify_lines
from kaz_bot.routing.router import Classification, Router
from kaz_bot.routing.thanks import is_thanks
from kaz_bot.routing.words import words

__all__ = ["AREAS", "Classification", "Router", "classify_lines", "is_thanks", "words"]
