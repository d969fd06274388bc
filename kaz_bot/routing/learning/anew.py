"""Learns from the corpus and the desk's lessons together, and judges whether that is no worse.

Run as a process of its own by `kaz_bot.teacher`: lessons come as JSON Lines on standard input,
{"ticket", "area", "text", "digest"}, up to an empty line; progress goes to standard error, the
verdict as one line of JSON to standard output. The version is written to the file named as first
argument, whether it is to be taken or not; the second names the version that is in use.
"""

import json
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kaz_bot.routing.corpus import Example
from kaz_bot.routing.features import AREAS
from kaz_bot.routing.figures import calibration_error
from kaz_bot.routing.learning import subjects
from kaz_bot.routing.learning.fitting import Lesson
from kaz_bot.routing.learning.making import judge_areas
from kaz_bot.routing.learning.subjects import Shelf
from kaz_bot.routing.shipped import SHIPPED, folder
from kaz_bot.routing.version import Figures, Verdict, Version

DESK = "desk"
# What a specialist said about a real question counts as much as so many lines of the corpus.
LESSON_WEIGHT = 3.0
# One line in so many of the corpus may go wrong that was right before: that is measuring, not loss.
SPARED = 1000
# A process beside the bot must not take the bot's turn.
NICENESS = 10


@dataclass(frozen=True, kw_only=True)
class Taught:
    """What a moved ticket teaches, with the digest by which a version remembers it."""

    ticket: str
    area: str
    text: str
    digest: str


def learned_anew(
    taught: Iterable[Taught], before: Version, *, shipped: Version, shelf: Shelf
) -> tuple[Version, Verdict]:
    """A version of the corpus and the lessons, and whether it is to be taken.

    It is, if of the corpus, each line judged by a model that never saw its situation, it gets no
    fewer right than the shipped version (one in a thousand is spared), and of the lessons that
    `before` was taught no fewer than that. The shipped one is the measure, or many versions that
    are each hardly worse than the last would end far below it.
    """
    lessons = list(taught)
    matter = subjects.areas(shelf, more=[_lesson(one) for one in lessons])
    judgement = judge_areas(matter)
    calls = judgement.judged.calls(AREAS, judgement.temperature, judgement.shift)
    of_corpus = [call for call in calls if call.lesson.hand != DESK]
    error = calibration_error([(call.confidence, call.right) for call in of_corpus])
    after = replace(
        before,
        areas=judgement.model(),
        taught={one.ticket: one.digest for one in lessons},
        figures=Figures(
            right=sum(call.right for call in of_corpus),
            of=len(of_corpus),
            calibration_error=round(error, 4),
        ),
    )
    return after, _verdict(before, after, shipped, lessons)


def _verdict(
    before: Version, after: Version, shipped: Version, lessons: Sequence[Taught]
) -> Verdict:
    earlier = [one for one in lessons if before.taught.get(one.ticket) == one.digest]
    corpus_before, corpus = shipped.figures.right, after.figures.of
    corpus_after = after.figures.right
    earlier_before, earlier_after = _right(before, earlier), _right(after, earlier)
    return Verdict(
        taken=corpus_after >= corpus_before - corpus // SPARED and earlier_after >= earlier_before,
        lessons=len(lessons),
        corpus_before=corpus_before,
        corpus_after=corpus_after,
        corpus=corpus,
        earlier_before=earlier_before,
        earlier_after=earlier_after,
        earlier=len(earlier),
    )


def _right(version: Version, lessons: Iterable[Taught]) -> int:
    right = 0
    for one in lessons:
        chances = version.areas.probabilities(subjects.area_features(one.text))
        right += one.area == max(AREAS, key=lambda area: chances[area])
    return right


def _lesson(one: Taught) -> Lesson:
    example = Example(
        text=one.text,
        label=one.area,
        right=frozenset({one.area}),
        hand=DESK,
        situation=f"{DESK}/{one.ticket}",
    )
    return subjects.lesson(example, one.area, subjects.area_features, LESSON_WEIGHT)


def _end_with_the_bot() -> None:
    """Whoever started this has closed the pipe, or is gone: nobody waits for a verdict."""
    sys.stdin.read()
    os._exit(1)


def main() -> None:
    """The process."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    target, compared = map(Path, sys.argv[1:3])
    tell = partial(print, file=sys.stderr, flush=True)
    lessons = [Taught(**json.loads(line)) for line in iter(sys.stdin.readline, "\n")]
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    tell(f"learning from {len(lessons)} lessons and the corpus")
    before = Version.from_bytes(compared.read_bytes())
    shipped = Version.from_bytes((folder() / SHIPPED).read_bytes())
    version, verdict = learned_anew(lessons, before, shipped=shipped, shelf=Shelf.shipped())
    target.write_bytes(version.to_bytes())
    sys.stdout.write(json.dumps(vars(verdict)) + "\n")


if __name__ == "__main__":
    main()
