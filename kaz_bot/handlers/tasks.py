"""What the committee says to have something done: set a task, change it, take it back."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.assigning import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_WHAT,
    is_asked,
    no_longer_than,
    number_missing,
    person_called,
    person_within,
)
from kaz_bot.bringing_forward import DeadlineRecurs, NoDate, heard
from kaz_bot.carrying_out import follow_up
from kaz_bot.commands import Family, MissingText, Outcome, Role, Text, typed, verb
from kaz_bot.context import Context
from kaz_bot.dates import Moment, Use
from kaz_bot.domain.committee.decisions import DecisionNotFound
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, TaskId, pattern_of
from kaz_bot.domain.committee.task_events import (
    TaskChanged,
    TaskGiven,
    TaskReopened,
    TaskSet,
    TaskTakenAway,
    TaskWithdrawn,
)
from kaz_bot.domain.committee.tasks import Task, TaskNotFound, TooManyTasks
from kaz_bot.domain.committee.wordings import Part, Wording, worded
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId
from kaz_bot.planning import clash_of
from kaz_bot.rights import may_see_task

# More than any committee keeps in view, and few enough to be written into a calendar at once.
MOST_OPEN = 2000
_WITHDRAW = frozenset({"zurueckziehen", "zuruckziehen", "withdraw"})
_REOPEN = frozenset({"oeffnen", "offnen", "reopen"})
_NOBODY = frozenset({"niemand", "niemandem", "nobody"})
_UNTIL = frozenset({"bis", "spaetestens", "until", "till", "by"})


class TaskDateStands(Refusal):
    """A task is not moved in passing: an extension names its reason."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/task_date_stands"


@verb("auftrag", "task", allow=Role.MEMBER, family=Family.TASKS)
async def set_task(ctx: Context, text: Text) -> Outcome:
    """Set a task, from a decision or alone. With a word before its number: take one back, or have
    it done after all."""
    named = await _named_after(ctx, text)
    if named is not None:
        task, word, reason = named
        return await _withdraw(ctx, task, reason) if word in _WITHDRAW else await _reopen(ctx, task)
    wording = worded(text)
    person, sentence = _person(ctx, wording)
    when, what = _due(ctx, wording, sentence)
    if not what:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    await _check_decision(ctx, wording.decision)
    if await ctx.work.tasks.count_open_in(ctx.room.room_id) >= MOST_OPEN:
        raise TooManyTasks(limit=MOST_OPEN, prefix=ctx.settings.prefix)
    blank = _worded(ctx, wording, what, person)
    due = replace(blank, due_at=when.at, timed=when.timed, elapsed=when.elapsed)
    added = await ctx.work.tasks.add(
        replace(due, next_at=ctx.desk.ladder.next_after(due, ctx.now).at)
    )
    done = TaskSet(
        added,
        clash_of(added.due, ctx.desk.days),
        when.remark or "",
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [done, *await _followed_up(ctx, added)]


@verb("auftrag", "task", allow=Role.MEMBER, family=Family.TASKS, about=Series.TASK)
async def change_task(ctx: Context, task: Task, text: Text) -> Outcome:
    """Give a task to somebody else, or word it otherwise."""
    word = folded(typed(text).word)
    if word in _WITHDRAW:
        return await _withdraw(ctx, task, typed(text).rest)
    if word in _REOPEN:
        return await _reopen(ctx, task)
    task.check_open()
    wording = worded(text)
    if folded(text).strip(" .") in _NOBODY:
        return await _given(ctx, task, None)
    person, what = _person(ctx, wording)
    if Part.DUE in wording.parts or _moves(ctx, what):
        raise TaskDateStands(task=task, prefix=ctx.settings.prefix)
    happened = await _changed(ctx, task, wording, what)
    if person is not None and person != task.person:
        happened += await _given(ctx, await ctx.work.tasks.get(task.id), person)
    if not happened:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    return happened


def _person(ctx: Context, wording: Wording) -> tuple[UserId | None, str]:
    """Whom it is given, and the sentence without them."""
    person, sentence = person_within(ctx, wording.rest)
    line = wording.said(Part.PERSON)
    return (person_called(ctx, line) if line else person), sentence


def _due(ctx: Context, wording: Wording, sentence: str) -> tuple[Moment, str]:
    """By when, and what is to be done. Raises a Refusal when no date can be taken."""
    line = wording.said(Part.DUE)
    if line:
        when, what = ctx.desk.reader.read(line, ctx.now, Use.DEADLINE), sentence
    else:
        found = ctx.desk.reader.until(sentence, ctx.now)
        if found is None:
            raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
        when, what = found.when, found.what
    if not isinstance(when, Moment):
        raise DeadlineRecurs(prefix=ctx.settings.prefix)
    return when, what


def _worded(ctx: Context, wording: Wording, what: str, person: UserId | None) -> Task:
    """The task in its words, whose date is still to be filled in."""
    lead, worker = _name(wording, Part.LEAD), _name(wording, Part.WORKER)
    return Task(
        id=TaskId(0),
        room_id=ctx.room.room_id,
        decision=wording.decision,
        what=no_longer_than(LONGEST_WHAT, what),
        client=_name(wording, Part.CLIENT),
        lead=lead,
        worker=worker,
        person=person,
        asked=is_asked(ctx, person, lead, worker),
        owner=ctx.sender,
        event_id=ctx.incoming.event_id,
        zone=ctx.settings.timezone.key,
        due_at=ctx.now,
        next_at=ctx.now,
        told_at=ctx.now,
        sealed=ctx.state.encrypted,
        set_at=ctx.now,
        changed_at=ctx.now,
    )


def _name(wording: Wording, part: Part, otherwise: str = "") -> str:
    return no_longer_than(LONGEST_NAME, wording.said(part, otherwise))


async def _check_decision(ctx: Context, number: DecisionNumber | None) -> None:
    """Raises DecisionNotFound for one that this committee has not made."""
    if number is None:
        return
    entry = await ctx.work.decisions.get(number)
    if entry.room_id != ctx.room.room_id:
        raise DecisionNotFound(number=str(number))


async def _named_after(ctx: Context, text: str) -> tuple[Task, str, str] | None:
    """The task whose number follows a word such as "zurückziehen", the word, and the rest."""
    command = typed(text)
    word = folded(command.word)
    if word not in _WITHDRAW | _REOPEN:
        return None
    number = pattern_of(Series.TASK).match(command.rest)
    if number is None:
        if command.rest:
            return None
        raise number_missing(ctx)
    task = await ctx.work.tasks.get(TaskId(int(number["number"])))
    if not may_see_task(ctx.sender, ctx.room, task, home=ctx.desk.rooms.get(task.room_id)):
        raise TaskNotFound(number=task.id)
    return task, word, command.rest[number.end() :].strip()


def _moves(ctx: Context, what: str) -> bool:
    """Whether the new words name a date by which it is to be done."""
    words = {folded(word) for word in what.split()}
    return bool(words & _UNTIL) and ctx.desk.reader.until(what, ctx.now) is not None


async def _changed(ctx: Context, task: Task, wording: Wording, what: str) -> list[DeskEvent]:
    """In its new words, if there are any."""
    await _check_decision(ctx, wording.decision)
    named = replace(
        task,
        what=no_longer_than(LONGEST_WHAT, what) or task.what,
        client=_name(wording, Part.CLIENT, task.client),
        lead=_name(wording, Part.LEAD, task.lead),
        worker=_name(wording, Part.WORKER, task.worker),
        decision=wording.decision or task.decision,
    )
    parts = task.differing(named)
    if not parts:
        return []
    asked = is_asked(ctx, task.person, named.lead, named.worker)
    sealed = task.sealed or ctx.state.encrypted
    reworded = task.reworded(replace(named, asked=asked, sealed=sealed), ctx.now)
    saved = await ctx.work.tasks.save(reworded)
    told = TaskChanged(saved, parts, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    if saved.decision == task.decision:
        return [told]
    return [told, *await _followed_up(ctx, task), *await _followed_up(ctx, saved)]


async def _given(ctx: Context, task: Task, person: UserId | None) -> list[DeskEvent]:
    """In other hands; whoever had it hears so."""
    asked = is_asked(ctx, person, task.lead, task.worker)
    saved = await ctx.work.tasks.save(task.given_to(person, asked=asked, at=ctx.now))
    former = task.person if task.person != ctx.sender else None
    given = TaskGiven(saved, former, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    if former is None or former in ctx.state.members:
        return [given]
    return [TaskTakenAway(saved, former, by=ctx.sender, at=ctx.now), given]


async def _withdraw(ctx: Context, task: Task, reason: str) -> Sequence[DeskEvent]:
    no_longer_than(LONGEST_REASON, reason)
    saved = await ctx.work.tasks.save(task.withdrawn(ctx.now))
    told = TaskWithdrawn(saved, reason, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    return [told, *await _followed_up(ctx, saved)]


async def _reopen(ctx: Context, task: Task) -> Sequence[DeskEvent]:
    reopened = task.reopened(ctx.now)
    rung = ctx.desk.ladder.next_after(reopened, ctx.now)
    saved = await ctx.work.tasks.save(replace(reopened, next_at=rung.at))
    told = TaskReopened(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    return [told, *await _followed_up(ctx, saved)]


async def _followed_up(ctx: Context, task: Task) -> list[DeskEvent]:
    """What it means for the decision it comes from."""
    if task.decision is None:
        return []
    return await follow_up(ctx.work, task.decision, ctx.now, by=ctx.sender)


TASKS = (set_task, change_task)
