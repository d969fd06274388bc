"""How an operation says how far it is, to whoever shows it."""

from collections.abc import Callable

# How much is done, and of how much.
Progress = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Nobody wants to know."""
