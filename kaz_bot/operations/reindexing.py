"""Builds the search anew at an operator's wish, also while the bot runs."""

from kaz_bot.config import Settings
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.operations.records import opened
from kaz_bot.reindexing import reindex as build_anew


async def reindex(settings: Settings, progress: Progress = unwatched) -> int:
    """How many records were looked at. Until it is done, a search finds only part of them."""
    async with opened(settings) as store:
        return await build_anew(store, progress)
