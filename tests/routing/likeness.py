"""Solved questions with others that ask the same, or something near: they measure likeness."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaz_bot.routing import Router
from kaz_bot.routing.figures import Share, share

FOLDER = Path(__file__).with_name("pairs")
MOST = 3


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A question with its answer; `again` asks the same, `near` wants something else."""

    question: str
    answer: str
    again: Sequence[str]
    near: Sequence[str]

    @property
    def told(self) -> str:
        """What a new question is compared with."""
        return f"{self.question}\n{self.answer}"


def natural() -> list[Solved]:
    """Asked again as somebody would who knows nothing of the first time."""
    return [
        Solved(
            question=row["question"], answer=row["answer"], again=[row["again"]], near=[row["near"]]
        )
        for row in _rows("natural.jsonl")
    ]


def hard() -> list[Solved]:
    """Asked again in as few common words as possible; near in as many."""
    return [
        Solved(question=row["question"], answer=row["answer"], again=row["same"], near=row["other"])
        for row in _rows("hard.jsonl")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return (json.loads(line) for line in lines)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is offered to those who ask `again`, or `near`, at a threshold.

    `first` counts those who find the right answer among the three most alike, however alike;
    `wrong` those who would be offered something if the right answer were not there.
    """

    first: Share
    offered: Share
    wrong: Share


def found(
    router: Router, asked: Sequence[tuple[int, str]], told: Sequence[str], at: float
) -> Found:
    """`asked`: questions, each with the number of the answer in `told` that is about it."""
    first, offered, wrong = [], [], []
    for right, text in asked:
        likeness = router.alike(text, told)
        rank = sum(other > likeness[right] for other in likeness)
        others = [like for number, like in enumerate(likeness) if number != right]
        first.append(rank < MOST)
        offered.append(rank < MOST and likeness[right] >= at)
        wrong.append(max(others) >= at)
    return Found(first=share(first), offered=share(offered), wrong=share(wrong))
