"""Turns facts into the messages people read, in their language, escaped by construction."""

from kaz_bot.texts.catalogue import LANGUAGES, Texts, UnknownText
from kaz_bot.texts.characters import shortened, tame
from kaz_bot.texts.plain import plain
from kaz_bot.texts.quoted import Quoted, html_of, sanitize
from kaz_bot.texts.shelves import HouseStyle
from kaz_bot.texts.speech import Speech

__all__ = [
    "LANGUAGES",
    "HouseStyle",
    "Quoted",
    "Speech",
    "Texts",
    "UnknownText",
    "html_of",
    "plain",
    "sanitize",
    "shortened",
    "tame",
]
