"""What people look up of all tasks: the control list, and the work programme of a year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.task_lines import TaskLine, group_of, in_groups
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.register import Form, programme_files
from kaz_bot.rights import NotAllowed, has_task

LISTED = 15
_YEAR = re.compile(r"20\d\d|21\d\d")


class Part(StrEnum):
    """Which tasks are listed."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    YEAR = "year"


_PARTS = {
    **dict.fromkeys(("offen", "offene", "open", "alle", "all"), Part.OPEN),
    **dict.fromkeys(("ueberfaellig", "uberfallig", "ueberfaellige", "overdue"), Part.OVERDUE),
    **dict.fromkeys(("meine", "meins", "mine", "my"), Part.MINE),
}
_FORMS = {
    **dict.fromkeys(("datei", "dateien", "file", "files"), (Form.PDF, Form.CSV)),
    "pdf": (Form.PDF,),
    "csv": (Form.CSV,),
}


class UnknownTaskList(Refusal):
    """There is no such list; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_task_list"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants to see; `forms` are empty when it is to be told and not handed out."""

    part: Part
    year: int = 0
    forms: tuple[Form, ...] = ()


@verb("aufträge", "tasks", allow=Role.PERSON, family=Family.TASKS)
async def tasks(ctx: Context, text: Text | None) -> Outcome:
    """The control list of the committee, or the work programme of a year; in a direct chat what
    this person has to do."""
    if ctx.room.kind not in {RoomKind.COMMITTEE, RoomKind.DIRECT}:
        raise NotAllowed(verb=ctx.verb, rooms=(RoomKind.COMMITTEE, RoomKind.DIRECT))
    wish = _wish(ctx, text or "")
    found = [task for task in await _found(ctx, wish) if task.erased_at is None]
    lines = [_line(ctx, task) for task in found]
    ordered = [line for _, some in in_groups(lines) for line in some]
    files = programme_files(
        lines,
        wish.forms,
        ctx.desk.speech(ctx.room.language),
        part=wish.part,
        year=wish.year,
        now=ctx.now,
    )
    return Answer(
        template="info/programme" if files else "info/tasks",
        facts={
            "part": wish.part,
            "year": wish.year,
            "count": _count(wish, lines),
            "groups": in_groups(ordered[:LISTED]),
            "more": max(0, len(ordered) - LISTED),
            "direct": ctx.direct,
            "prefix": ctx.settings.prefix,
        },
        topic="tasks",
        data={"ids": [line.task.subject for line in ordered[:LISTED]]},
        sealed=ctx.state.encrypted and any(task.sealed for task in found),
        enclosure=files[0] if files else None,
        more=tuple(files[1:]),
    )


def _wish(ctx: Context, text: str) -> Wish:
    words = [folded(word.strip(".,;")) for word in text.split()]
    forms = [form for word in words for form in _FORMS.get(word, ())]
    others = [word for word in words if word not in _FORMS]
    ordered = tuple(form for form in Form if form in forms)
    if not others:
        return Wish(part=Part.MINE if ctx.direct else Part.OPEN, forms=ordered)
    if len(others) == 1 and _YEAR.fullmatch(others[0]):
        return Wish(part=Part.YEAR, year=int(others[0]), forms=ordered)
    if len(others) > 1 or others[0] not in _PARTS:
        raise UnknownTaskList(word=text, prefix=ctx.settings.prefix)
    return Wish(part=_PARTS[others[0]], forms=ordered)


async def _found(ctx: Context, wish: Wish) -> Sequence[Task]:
    stored, room = ctx.work.tasks, ctx.room.room_id
    if ctx.direct:
        return await _own(ctx, wish)
    match wish.part:
        case Part.OPEN:
            return await stored.open_in(room)
        case Part.OVERDUE:
            return await stored.overdue_in(room, ctx.now)
        case Part.MINE:
            return [task for task in await stored.open_of(ctx.sender) if task.room_id == room]
        case Part.YEAR:
            return await stored.between(room, *_year(ctx, wish.year))


async def _own(ctx: Context, wish: Wish) -> Sequence[Task]:
    """Of all lists the person's own part."""
    whole = wish.part is Part.YEAR
    found = await (
        ctx.work.tasks.all_with(ctx.sender) if whole else ctx.work.tasks.open_of(ctx.sender)
    )
    since, until = _year(ctx, wish.year) if whole else (_always(), ctx.now)
    return [
        task
        for task in found
        if has_task(ctx.sender, task, home=ctx.desk.rooms.get(task.room_id))
        and (wish.part in {Part.OPEN, Part.MINE} or since <= task.due_at < until)
    ]


def _always() -> datetime:
    return datetime.min.replace(tzinfo=UTC)


def _year(ctx: Context, year: int) -> tuple[datetime, datetime]:
    """From its first moment to that of the next, as the desk's clock on the wall shows it."""
    zone = ctx.settings.timezone
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _count(wish: Wish, lines: Sequence[TaskLine]) -> int:
    """How many there are; what nobody has promised stands among the overdue, and is none."""
    counted = [line for line in lines if wish.part is not Part.OVERDUE or not line.requested]
    return len(counted)


def _line(ctx: Context, task: Task) -> TaskLine:
    shown = ctx.state.encrypted or not task.sealed
    overdue = task.open and not task.requested
    return TaskLine(
        task=task if shown else task.without_words(),
        group=group_of(task, ctx.now),
        state=task.state_at(ctx.now),
        person=ctx.name_of(task.person) if task.person else "",
        days=task.working_days_over(ctx.now, ctx.desk.days) if overdue else 0,
        requested=task.requested,
    )


PROGRAMME = (tasks,)
