"""Reads the word lists, the corpus and the weights that the package carries."""

import hashlib
from importlib.resources import files
from pathlib import Path

SHIPPED = "shipped.version"

# What makes features of a text: weights learned before a change here fit no longer.
_SEES = tuple(
    Path(__file__).with_name(f"{module}.py")
    for module in (
        "words",
        "abbreviations",
        "compounds",
        "patterns",
        "features",
        "intent",
        "urgency",
    )
)


def read(*path: str) -> str:
    """A text of the package's data."""
    return files("kaz_bot.routing").joinpath("data", *path).read_text(encoding="utf-8")


def read_bytes(*path: str) -> bytes:
    """A file of the package's data."""
    return files("kaz_bot.routing").joinpath("data", *path).read_bytes()


def folder() -> Path:
    """Where the data lies, to be written by the training."""
    return Path(str(files("kaz_bot.routing").joinpath("data")))


def fingerprint() -> str:
    """Of all that is learned from. The weights name theirs, so that stale ones are noticed."""
    found = hashlib.sha256()
    lists, everyday = (sorted(folder().glob(found)) for found in ("**/*.txt", "everyday/*"))
    for source in (*lists, *everyday, *_SEES):
        found.update(source.read_bytes())
    return found.hexdigest()
