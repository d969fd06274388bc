"""Keeps every record of the desk in SQLite or PostgreSQL; the only package that speaks SQL."""

from kaz_bot.store.store import Store
from kaz_bot.store.vocabulary import Spread
from kaz_bot.store.work import Work

__all__ = ["Spread", "Store", "Work"]
