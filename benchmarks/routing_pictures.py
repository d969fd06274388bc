"""Draws the figures of routing, in colours that differ in grey as well."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from kaz_bot.routing.features import AREAS
from kaz_bot.routing.figures import Share
from kaz_bot.routing.figures import reliability as groups
from kaz_bot.routing.learning.judging import Call

# Text stays text, and drawing again gives the same file.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "kaz", "font.size": 10})
_LINES = (
    ("#1b3a5c", "o", "-"),
    ("#b8461b", "s", "--"),
    ("#3f7d4e", "^", "-."),
    ("#8a6d00", "D", ":"),
    ("#5b4a8a", "v", "-"),
)


def confusion_rows(calls: Sequence[Call]) -> Iterator[tuple[object, ...]]:
    """For each area how often it was called which; an area that is as good counts as right."""
    counts = _counted(calls)
    for asked in AREAS:
        yield (asked, *(counts[asked, called] for called in AREAS))


def confusion(path: Path, calls: Sequence[Call]) -> None:
    """Which area is taken for which, in per cent of the questions of an area."""
    counts = _counted(calls)
    totals = {asked: sum(counts[asked, called] for called in AREAS) for asked in AREAS}
    shares = [[counts[asked, called] / totals[asked] for called in AREAS] for asked in AREAS]
    figure = Figure(figsize=(5.6, 4.8), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, line in enumerate(shares):
        for column, value in enumerate(line):
            shade = "white" if value > 0.5 else "black"
            axes.text(column, row, f"{value:.1%}", ha="center", va="center", color=shade)
    axes.set_xticks(range(len(AREAS)), AREAS)
    axes.set_yticks(range(len(AREAS)), AREAS)
    axes.set_xlabel("called")
    axes.set_ylabel("asked")
    axes.set_title("Which area is taken for which (hands held out)")
    _save(figure, path)


def reliability(path: Path, ways: Mapping[str, Sequence[tuple[float, bool]]]) -> None:
    """Of those called with a confidence, how many are right; the diagonal is honest."""
    figure = Figure(figsize=(6.4, 4.8), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#888888", linewidth=1)
    for (name, calls), (colour, marker, line) in zip(ways.items(), _LINES, strict=False):
        # Fewer than ten calls are an anecdote.
        bins = [one for one in groups(calls) if one.right.of >= 10]
        axes.plot(
            [one.confidence for one in bins],
            [one.right.value for one in bins],
            color=colour,
            marker=marker,
            linestyle=line,
            label=name,
        )
    axes.set_xlabel("called with a confidence of")
    axes.set_ylabel("share that is right")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left")
    axes.set_title("How honest the confidence is")
    _save(figure, path)


def curve(path: Path, sizes: Sequence[tuple[int, Share]]) -> None:
    """How much is right with how large a corpus, with 95 % intervals."""
    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axes = figure.subplots()
    values = [found.value for _, found in sizes]
    below = [found.value - found.interval[0] for _, found in sizes]
    above = [found.interval[1] - found.value for _, found in sizes]
    axes.errorbar(
        [size for size, _ in sizes],
        values,
        yerr=[below, above],
        color="#1b3a5c",
        marker="o",
        capsize=3,
    )
    for size, found in sizes:
        axes.annotate(
            f"{found.value:.1%}", (size, found.value), (6, -14), textcoords="offset points"
        )
    axes.set_xscale("log")
    axes.set_xticks([size for size, _ in sizes], [f"{size:,}" for size, _ in sizes])
    axes.set_xticks([], minor=True)
    axes.set_xlim(sizes[0][0] * 0.85, sizes[-1][0] * 1.4)
    axes.set_xlabel("questions learned from")
    axes.set_ylabel("area right")
    axes.grid(alpha=0.3)
    axes.set_title("What the size of the corpus contributes")
    _save(figure, path)


def _counted(calls: Sequence[Call]) -> Counter[tuple[str, str]]:
    """A question with two right areas counts for the one that was called, if it is one of them."""
    return Counter((call.label if call.right else call.lesson.label, call.label) for call in calls)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None})
