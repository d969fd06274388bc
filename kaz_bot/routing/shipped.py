"""Reads the word lists and weights that the package carries."""

from importlib.resources import files


def read(*path: str) -> str:
    return files("kaz_bot.routing").joinpath("data", *path).read_text(encoding="utf-8")
