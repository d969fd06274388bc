"""Shows how far a long command is: a bar on a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from kaz_bot.operations.progress import Progress

# So often a log is told.
LINE_EVERY = 5.0


@contextmanager
def progress(
    label: str,
    *,
    stream: TextIO | None = None,
    seconds: Callable[[], float] = time.monotonic,
) -> Iterator[Progress]:
    """What an operation reports to: `with progress("Tickets") as seen: operation(…, seen)`.

    On standard error, so that what a command writes stays apart from it.
    """
    out = sys.stderr if stream is None else stream
    if out.isatty():
        with _bar(label, out) as seen:
            yield seen
    else:
        yield _Lines(label, out, seconds)


@contextmanager
def _bar(label: str, out: TextIO) -> Iterator[Progress]:
    """Its length is known only when the operation says how much there is."""
    with click.progressbar(length=0, label=label, file=out) as bar:

        def seen(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield seen


class _Lines:
    """Plain lines, without anything that moves a cursor; none for what is done soon."""

    def __init__(self, label: str, out: TextIO, seconds: Callable[[], float]) -> None:
        self._label = label
        self._out = out
        self._seconds = seconds
        self._told_at = seconds()

    def __call__(self, done: int, total: int) -> None:
        now = self._seconds()
        if now - self._told_at < LINE_EVERY:
            return
        self._told_at = now
        click.echo(f"{self._label}: {done} of {total}.", file=self._out)
