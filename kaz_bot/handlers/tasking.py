"""What people say to a task: promise it, decline it, extend it, say that it is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.assigning import (
    LONGEST_OUTCOME,
    LONGEST_REASON,
    PromiseOfOthers,
    as_talk,
    meant,
    names_number,
    no_longer_than,
)
from kaz_bot.bringing_forward import NoDate, date_first, heard
from kaz_bot.carrying_out import follow_up
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.dates import Moment, Use
from kaz_bot.domain.committee.numbers import Series, TaskId, pattern_of
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.committee.task_events import (
    TaskAccepted,
    TaskChanged,
    TaskDeclined,
    TaskDone,
    TaskExtended,
    TaskOutcomeSaid,
    TaskTakenBack,
    TaskTold,
    TaskWithoutWords,
)
from kaz_bot.domain.committee.tasks import Task, TaskState
from kaz_bot.domain.events import DeskEvent
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.forgetting import forget_parts, forget_task, forget_task_reason
from kaz_bot.messages import Reacted, Redacted, UserId
from kaz_bot.planning import clash_of
from kaz_bot.rights import check_task, only_reports
from kaz_bot.store import Work

# So far back it is looked up who said that a task is done.
_LOOKED_BACK = 50


class ExtensionUnexplained(Refusal):
    """An extension says why; told how that is typed."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/task_needs_reason"


@verb("zusagen", "accept", allow=Role.PERSON, family=Family.TASKS, reactions=("👍",))
async def accept(ctx: Context, task: Task | None, text: Text | None) -> Outcome:
    """Promise to do it. What nobody has is then in the hands of whoever says so; of a municipality
    whoever asked it only reports that it has promised."""
    task = await meant(ctx, task, text)
    if ctx.direct and text and not names_number(ctx):
        # Nobody promises anything by a sentence that only begins like that.
        raise as_talk(ctx, text)
    _check(ctx, task)
    remark = no_longer_than(LONGEST_REASON, text)
    reported = only_reports(ctx.sender, task)
    sign = isinstance(ctx.incoming, Reacted)
    if reported and sign:
        raise PromiseOfOthers(task=task, prefix=ctx.settings.prefix)
    promised = task.accepted(None if reported else ctx.sender, ctx.now)
    if promised is task:
        return _unchanged(ctx, task)
    told = TaskAccepted(
        await ctx.work.tasks.save(promised),
        remark,
        reported,
        sign,
        taken=task.person is None,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [told]


@verb("absagen", "decline", allow=Role.PERSON, family=Family.TASKS)
async def decline(ctx: Context, task: Task | None, text: Text | None) -> Outcome:
    """Say no: nobody has it then."""
    task = await meant(ctx, task, text)
    _check(ctx, task)
    reason = no_longer_than(LONGEST_REASON, text)
    saved = await ctx.work.tasks.save(task.declined(ctx.now))
    return TaskDeclined(saved, reason, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


@verb(
    "erledigt",
    "done",
    allow=Role.PERSON,
    family=Family.TASKS,
    about=Series.TASK,
    reactions=("✅",),
)
async def done_task(ctx: Context, task: Task, text: Text | None) -> Outcome:
    """It is done, with what came of it; who said so before may add that."""
    outcome = no_longer_than(LONGEST_OUTCOME, text)
    if task.state is TaskState.DONE and outcome and await _closed_by(ctx, task):
        saved = await ctx.work.tasks.save(_sealed(ctx, task.with_outcome(outcome, ctx.now)))
        return [TaskOutcomeSaid(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))]
    saved = await ctx.work.tasks.save(_sealed(ctx, task.done(outcome, ctx.now)))
    told = TaskDone(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    return [told, *await _followed_up(ctx.work, saved, ctx.now, by=ctx.sender)]


@verb(
    "später",
    "snooze",
    allow=Role.PERSON,
    family=Family.TASKS,
    aliases=("verlängern", "extend", "verschieben", "postpone"),
    about=Series.TASK,
)
async def extend_task(ctx: Context, task: Task, text: Text | None) -> Outcome:
    """Another date, and why; the old one stays in the history."""
    task.check_open()
    found = date_first(ctx, text or "", task.due_at, Use.DEADLINE)
    if found is None or not isinstance(found.when, Moment):
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    reason = no_longer_than(LONGEST_REASON, found.what)
    if not reason:
        raise ExtensionUnexplained(task=task, due=found.when.at, prefix=ctx.settings.prefix)
    when = found.when
    later = task.extended(when.at, timed=when.timed, elapsed=when.elapsed, at=ctx.now)
    saved = await ctx.work.tasks.save(
        replace(later, next_at=ctx.desk.ladder.next_after(later, ctx.now).at)
    )
    return TaskExtended(
        saved,
        task.due,
        reason,
        clash_of(saved.due, ctx.desk.days),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _unchanged(ctx: Context, task: Task) -> Answer:
    shown = ctx.state.encrypted or not task.sealed
    return Answer(
        template="info/task_unchanged",
        facts={"task": task if shown else task.without_words()},
        topic="task",
        data={"id": task.subject},
        sealed=shown and task.sealed,
    )


def _check(ctx: Context, task: Task) -> None:
    whose = ctx.name_of(task.person) if task.person else ""
    check_task(ctx.sender, task, whose=whose)


def _sealed(ctx: Context, task: Task) -> Task:
    """What is said encrypted of a task is shown encrypted only."""
    return replace(task, sealed=task.sealed or (bool(task.outcome) and ctx.state.encrypted))


async def _closed_by(ctx: Context, task: Task) -> bool:
    """Whether it was this person who said that it is done."""
    last = await _last(ctx.work, task, TaskDone.word)
    return last is not None and last.actor == ctx.sender


async def _last(work: Work, task: Task, *words: str) -> CommitteeEntry | None:
    """When one of these happened to it last."""
    entries = await work.committee_trail.of(task.subject, _LOOKED_BACK)
    found = [entry for entry in entries if entry.event in words]
    return found[-1] if found else None


async def _followed_up(work: Work, task: Task, now: datetime, *, by: UserId) -> list[DeskEvent]:
    return await follow_up(work, task.decision, now, by=by) if task.decision else []


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[DeskEvent]:
    """What somebody said of a task leaves it when they take the message back. A task without its
    words is withdrawn."""
    happened: list[DeskEvent] = []
    for task in await work.tasks.set_by(redaction.target):
        # A room has no say in what was said in another.
        if task.room_id == redaction.room_id and task.erased_at is None:
            happened += await _without_words(work, task, now, by=redaction.sender)
    for entry in await work.committee_trail.caused_by(redaction.target):
        number = pattern_of(Series.TASK).match(entry.subject)
        if number is None:
            continue
        task = await work.tasks.get(TaskId(int(number["number"])))
        if redaction.sender == entry.actor or redaction.room_id == task.room_id:
            happened += await _taken_back(work, task, entry, now, by=redaction.sender)
    return happened


async def _taken_back(
    work: Work, task: Task, entry: CommitteeEntry, now: datetime, *, by: UserId
) -> Sequence[DeskEvent]:
    """One thing that somebody said, unless something else was said instead meanwhile."""
    if entry.event == TaskAccepted.word and "sign" in entry.details:
        return await _unpromised(work, task, entry, now, by=by)
    if entry.details.get("reason"):
        await forget_task_reason(work, entry, now)
    said = await _last(work, task, TaskDone.word, TaskOutcomeSaid.word)
    if task.outcome and said == entry:
        await forget_parts(work, task, {"outcome"}, entry, now)
    if entry == await _last(work, task, TaskChanged.word):
        parts = set(entry.details["parts"].split())
        if "what" in parts and task.what:
            return await _without_words(work, task, now, by=by)
        await forget_parts(work, task, parts, entry, now)
    return []


async def _unpromised(
    work: Work, task: Task, entry: CommitteeEntry, now: datetime, *, by: UserId
) -> Sequence[DeskEvent]:
    """Whoever removes their own sign has not promised anything, as long as no more happened."""
    entries = await work.committee_trail.of(task.subject, _LOOKED_BACK)
    happened = [one for one in entries if one.event != TaskTold.word]
    stands = task.state is TaskState.ACCEPTED and happened[-1:] == [entry]
    if not stands or by != entry.actor:
        return []
    person = task.person if entry.details["sign"] == "given" else None
    saved = await work.tasks.save(task.given_to(person, asked=task.asked, at=now))
    return [TaskTakenBack(saved, by=by, at=now)]


async def _without_words(
    work: Work, task: Task, now: datetime, *, by: UserId
) -> Sequence[DeskEvent]:
    saved = await forget_task(work, task, now)
    told = TaskWithoutWords(saved, by=by, at=now)
    return [told, *await _followed_up(work, saved, now, by=by)]


TASKING = (accept, decline, done_task, extend_task)
