"""Takes JSON apart that must be of its form: anything else raises TypeError or ValueError."""

from collections.abc import Mapping
from datetime import datetime


def object_of(value: object) -> Mapping[str, object]:
    """An object."""
    if not isinstance(value, dict):
        raise TypeError(f"a {type(value).__name__} is no object")
    return value


def list_of(value: object) -> list[object]:
    """A list."""
    if not isinstance(value, list):
        raise TypeError(f"a {type(value).__name__} is no list")
    return value


def text_of(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError(f"a {type(value).__name__} is no text")
    return value


def number_of(value: object) -> int:
    """A whole number; what is true or false is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a {type(value).__name__} is no number")
    return value


def moment_of(value: object) -> datetime:
    """An instant, which needs a zone."""
    moment = datetime.fromisoformat(text_of(value))
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment
