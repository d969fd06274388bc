"""Reads messages as they come in life. Nothing is learned from them; they set the thresholds.

The corpus is harder than life: it has far more chatter that sounds like a question, and calm
questions that sound like an alarm, so that these are learned. What is set on it would be deaf.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kaz_bot.routing.shipped import read


@dataclass(frozen=True, kw_only=True)
class Everyday:
    """One message. What is not asked of its kind is false."""

    text: str
    is_question: bool = True
    urgent: bool = False
    incident: bool = False


def questions() -> Sequence[Everyday]:
    """What people ask, some of it urgent."""
    return [
        Everyday(text=row["text"], urgent=row["urgent"], incident=row["incident"])
        for row in map(json.loads, read("everyday", "questions.jsonl").splitlines())
    ]


def messages() -> Sequence[Everyday]:
    """What people write in a room, some of it questions."""
    return [
        Everyday(text=row["text"], is_question=row["is_question"])
        for row in map(json.loads, read("everyday", "messages.jsonl").splitlines())
    ]
