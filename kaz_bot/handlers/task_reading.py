"""What people look up of a task: how it stands, and what has happened to it."""

from datetime import datetime

from kaz_bot.commands import Answer, Family, Outcome, Role, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.committee.tasks import Task

# So many changes are listed; a task has few.
LISTED = 30


@verb("zeige", "show", allow=Role.PERSON, family=Family.TASKS, about=Series.TASK)
async def show_task(ctx: Context, task: Task) -> Outcome:
    """What is to be done, by whom and by when, how it stands, and what came of it."""
    return Answer(
        template="info/task",
        facts={**_facts(ctx, task), "owner": ctx.name_of(task.owner)},
        topic="show",
        data={"id": task.subject, "state": task.state_at(ctx.now)},
        sealed=_shows_words(ctx, task) and task.sealed,
        subjects=(task.subject,),
    )


@verb("verlauf", "history", allow=Role.PERSON, family=Family.TASKS, about=Series.TASK)
async def history_of_task(ctx: Context, task: Task) -> Outcome:
    """Who changed what of a task, and when; also all dates that it has had."""
    entries = await ctx.work.committee_trail.of(task.subject, LISTED)
    shown = _shows_words(ctx, task)
    return Answer(
        template="info/task_history",
        facts={
            **_facts(ctx, task),
            "entries": [
                (
                    entry,
                    ctx.name_of(entry.actor) if entry.actor else "",
                    _moved(entry),
                    entry.details.get("reason", "") if shown else "",
                )
                for entry in entries
            ],
        },
        topic="history",
        data={"id": task.subject},
        sealed=shown and task.sealed,
        subjects=(task.subject,),
    )


def _facts(ctx: Context, task: Task) -> dict[str, object]:
    return {
        "task": task if _shows_words(ctx, task) else task.without_words(),
        "withheld": not _shows_words(ctx, task),
        "state": task.state_at(ctx.now),
        "person": ctx.name_of(task.person) if task.person else "",
        "days": task.working_days_over(ctx.now, ctx.desk.days) if task.open else 0,
        "direct": ctx.direct,
        "prefix": ctx.settings.prefix,
    }


def _shows_words(ctx: Context, task: Task) -> bool:
    """What was said encrypted is shown encrypted only."""
    return ctx.state.encrypted or not task.sealed


def _moved(entry: CommitteeEntry) -> tuple[datetime, datetime] | None:
    """From when to when, if that is what happened."""
    old, new = entry.details.get("from"), entry.details.get("to")
    return (datetime.fromisoformat(old), datetime.fromisoformat(new)) if old and new else None


TASK_READING = (show_task, history_of_task)
