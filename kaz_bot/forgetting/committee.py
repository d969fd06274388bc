"""Forgets a person in the records of the committee, which stay; and the words of dropped papers."""

from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.letters import LetterKind
from kaz_bot.forgetting.letters import take_back
from kaz_bot.forgetting.tasks import forget_task_reason
from kaz_bot.messages import UserId
from kaz_bot.store import Work

# Why somebody did or would not do a task says something of them, and nothing of the task.
_PERSONAL = frozenset({"accepted", "declined"})
_SHOWING = frozenset({LetterKind.MESSAGE, LetterKind.EDIT, LetterKind.POLL})
# More than ever happens to one paper.
_ALL = 100_000


async def leave_committee(work: Work, user: UserId, at: datetime) -> tuple[Task, ...]:
    """They speak for no body any more, and do no task; the tasks that nobody has now.

    Decisions, papers, votes with their reasons, tasks and meetings are records of the committee:
    they stay, under the pseudonym that `People.rename` gives. So do their votes in a ballot that
    is open, and their place among its electors.
    """
    await work.people.unseat(user)
    for entry in await work.committee_trail.by(user):
        if entry.event in _PERSONAL and "reason" in entry.details:
            await forget_task_reason(work, entry, at)
    return tuple(
        [
            await work.tasks.save(task.given_to(None, asked=task.asked, at=at))
            for task in await work.tasks.open_of(user)
        ]
    )


async def forget_dropped(work: Work, paper: Paper, at: datetime) -> None:
    """A withdrawn paper loses its words, here and in the messages of the bot that tell of it alone.

    Its number, its times and what happened to it stay, without the reasons people gave.
    """
    await work.papers.save(paper.erased(at))
    await work.papers.erase_editions(paper.id)
    await _forget_reasons(work, paper)
    for letter in await work.subjects.telling_alone(paper.subject):
        if letter.kind in _SHOWING:
            await take_back(work, letter, at)


async def _forget_reasons(work: Work, paper: Paper) -> None:
    """Nothing was decided, so nobody has to be able to show why somebody voted as they did."""
    for ballot in await work.ballots.of(paper.id):
        for vote in await work.ballots.votes(ballot.id):
            if vote.reason:
                await work.ballots.erase_reason(vote)
    for entry in await work.committee_trail.of(paper.subject, _ALL):
        if "reason" in entry.details:
            told = {name: fact for name, fact in entry.details.items() if name != "reason"}
            await work.committee_trail.amend(replace(entry, details=told))
