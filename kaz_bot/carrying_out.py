"""Sees to it that a decision is done when all that follows from it is, and not before."""

from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.decision_events import DecisionDone, DecisionUndone
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.committee.tasks import Task, TaskState
from kaz_bot.domain.events import DeskEvent
from kaz_bot.messages import UserId
from kaz_bot.store import Work


async def follow_up(
    work: Work, number: DecisionNumber, now: datetime, *, by: UserId | None
) -> list[DeskEvent]:
    """The decision is done once its tasks are done or withdrawn, at least one of them done; with
    one that still has to be done it is undone again."""
    entry = await work.decisions.get(number)
    done = _carried_out(await work.tasks.of_decision(number))
    if done == (entry.done_at is not None):
        return []
    paper = await work.papers.get(entry.decision.paper_id)
    await work.papers.save(paper.done(now) if done else paper.undone(now))
    await work.decisions.mark_done(number, now if done else None)
    decided = replace(entry, done_at=now if done else None)
    if done:
        return [DecisionDone(decided, by=by, at=now)]
    return [DecisionUndone(decided, by=by, at=now)]


def _carried_out(tasks: list[Task]) -> bool:
    states = {task.state for task in tasks}
    return TaskState.DONE in states and states <= {TaskState.DONE, TaskState.WITHDRAWN}
