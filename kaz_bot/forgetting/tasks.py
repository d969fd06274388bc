"""Takes out of a task what somebody said and took back: its words, a reason, what came of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.letters import TAKEN_BACK_WITHIN, LetterKind
from kaz_bot.forgetting.letters import take_back
from kaz_bot.store import Work

_SAID = frozenset({LetterKind.MESSAGE, LetterKind.EDIT})


async def forget_task(work: Work, task: Task, at: datetime) -> Task:
    """Its words leave the database and the rooms; nobody is to do it any more."""
    saved = await work.tasks.save(task.erased(at))
    await _take_back(work, task.subject, at, since=at - TAKEN_BACK_WITHIN)
    return saved


async def forget_parts(
    work: Work, task: Task, parts: Iterable[str], entry: CommitteeEntry, at: datetime
) -> None:
    """What came of it, or who is in charge, as somebody said then; the task stands as it is."""
    await work.tasks.save(replace(task.without_words(parts), changed_at=at))
    await _take_back(work, task.subject, at, since=entry.at)


async def forget_task_reason(work: Work, entry: CommitteeEntry, at: datetime) -> None:
    """Why it was extended, declined or withdrawn; that it was stands."""
    told = {name: fact for name, fact in entry.details.items() if name != "reason"}
    await work.committee_trail.amend(replace(entry, details=told))
    for letter in await work.subjects.telling(entry.subject, entry.at):
        # They were written in the same moment, and any may quote it.
        if letter.kind in _SAID and letter.written_at == entry.at:
            await take_back(work, letter, at)


async def _take_back(work: Work, subject: Subject, at: datetime, *, since: datetime) -> None:
    """The messages about it that were written since then."""
    for letter in await work.subjects.telling(subject, since):
        if letter.kind in _SAID:
            await take_back(work, letter, at)
