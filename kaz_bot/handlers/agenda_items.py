"""What people say about the agenda: put something on it, take it off, change its order."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from kaz_bot.agenda_lines import agenda_of, line_of, lines_of
from kaz_bot.agendas import add_item, put_in_order, remove
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Family, Outcome, Role, Text, TooManyWords, typed, verb
from kaz_bot.context import Context, TooLong
from kaz_bot.domain.committee.agenda_items import (
    LONGEST_ITEM,
    AgendaLine,
    ItemNumberMissing,
    OnAgendaAlready,
    PaperSettled,
    at_place,
    place_first,
)
from kaz_bot.domain.committee.item_events import AgendaOrdered, ItemAdded, ItemRemoved
from kaz_bot.domain.committee.meetings import AgendaItem, ItemId, ItemResult, Meeting, MeetingState
from kaz_bot.domain.committee.numbers import PaperId, Series, TaskId, pattern_of
from kaz_bot.domain.committee.papers import PaperNotFound
from kaz_bot.domain.committee.tasks import TaskNotFound
from kaz_bot.domain.words import folded
from kaz_bot.item_results import note_result, touched
from kaz_bot.meeting_answers import one_meeting, what_waits
from kaz_bot.meeting_meant import ahead, here, named
from kaz_bot.rights import chairs, check_chair

_PAPER, _TASK = pattern_of(Series.PAPER), pattern_of(Series.TASK)
_TO = re.compile(r"(?:auf|nach|an|to)\s+(?:platz|stelle|place)?\s*", re.IGNORECASE)
_STANDING = (MeetingState.PLANNED, MeetingState.RUNNING)


@verb(
    "top",
    "agenda",
    allow=Role.MEMBER,
    family=Family.MEETINGS,
    everyday=True,
    aliases=("tagesordnung", "tops"),
)
async def agenda(ctx: Context, text: Text | None) -> Outcome:
    """Put a paper, a task or a text on the agenda; with a word: change it; alone: show it."""
    meeting, rest = await named(ctx, text or "")
    command = typed(rest)
    act = _ACTS.get(folded(command.word))
    if act is not None:
        return await act(ctx, meeting, command.rest)
    if not rest:
        shown = meeting or await here(ctx) or await ahead(ctx)
        return await one_meeting(ctx, shown) if shown else await what_waits(ctx)
    return await _add(ctx, meeting, rest)


async def _add(ctx: Context, meant: Meeting | None, text: str) -> Outcome:
    found = meant or await _standing_here(ctx) or await ahead(ctx)
    if found is not None:
        found.check(*_STANDING)
    blank = await _blank(ctx, text)
    await _check_not_there(ctx, blank)
    item = await add_item(ctx.work, blank, found, ctx.settings.notice_period)
    meeting = await touched(ctx, found) if found else None
    return ItemAdded(
        ctx.room.room_id,
        meeting,
        await line_of(ctx.work, item, meeting, sealed=ctx.state.encrypted),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _standing_here(ctx: Context) -> Meeting | None:
    """The meeting in whose thread this is said, unless it is over."""
    found = await here(ctx)
    return found if found is not None and found.state in _STANDING else None


async def _blank(ctx: Context, text: str) -> AgendaItem:
    """What the text names: a paper, a task, or itself."""
    blank = AgendaItem(
        id=ItemId(0),
        room_id=ctx.room.room_id,
        by=ctx.sender,
        event_id=ctx.incoming.event_id,
        added_at=ctx.now,
    )
    for pattern, find in ((_PAPER, _on_paper), (_TASK, _on_task)):
        match = pattern.match(text)
        if match is not None:
            if text[match.end() :]:
                word = text[match.end() :].split(maxsplit=1)[0]
                raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
            return await find(ctx, blank, int(match["number"]))
    if len(text) > LONGEST_ITEM:
        raise TooLong(limit=LONGEST_ITEM, length=len(text))
    return replace(blank, text=" ".join(text.split()))


async def _on_paper(ctx: Context, blank: AgendaItem, number: int) -> AgendaItem:
    paper = await ctx.work.papers.get(PaperId(number))
    if paper.room_id != ctx.room.room_id:
        raise PaperNotFound(number=number)
    if not paper.open:
        raise PaperSettled(paper=paper, prefix=ctx.settings.prefix)
    return replace(blank, paper_id=paper.id)


async def _on_task(ctx: Context, blank: AgendaItem, number: int) -> AgendaItem:
    task = await ctx.work.tasks.get(TaskId(number))
    if task.room_id != ctx.room.room_id:
        raise TaskNotFound(number=number)
    return replace(blank, task_id=task.id)


async def _check_not_there(ctx: Context, blank: AgendaItem) -> None:
    """Raises OnAgendaAlready for a paper or a task that is still to be talked about."""
    items: Sequence[AgendaItem] = ()
    if blank.paper_id is not None:
        items = await ctx.work.meetings.items_on(blank.paper_id)
    if blank.task_id is not None:
        items = await ctx.work.meetings.items_for(blank.task_id)
    for item in items:
        if not item.open:
            continue
        meeting = await ctx.work.meetings.get(item.meeting_id) if item.meeting_id else None
        if meeting is None or meeting.state in _STANDING:
            line = await line_of(ctx.work, item, meeting, sealed=ctx.state.encrypted)
            raise OnAgendaAlready(number=line.number, meeting=meeting, place=line.place)


async def _remove(ctx: Context, meant: Meeting | None, rest: str) -> Outcome:
    meeting, place, rest = await _placed(ctx, meant, rest)
    if rest:
        raise TooManyWords(word=rest.split()[0], verb=ctx.verb, prefix=ctx.settings.prefix)
    lines = await _lines(ctx, meeting)
    line = at_place(lines, place, meeting)
    if line.item.by != ctx.sender:
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    if meeting is not None and meeting.state is MeetingState.RUNNING:
        # The others keep the numbers by which they are called out.
        return await note_result(ctx, meeting, line, ItemResult.REMOVED)
    if meeting is not None:
        meeting.check(MeetingState.PLANNED)
    await remove(ctx.work, line.item)
    return ItemRemoved(
        ctx.room.room_id,
        await touched(ctx, meeting) if meeting else None,
        line,
        renumbered=place < len(lines),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _order(ctx: Context, meant: Meeting | None, rest: str) -> Outcome:
    meeting, place, rest = await _placed(ctx, meant, rest)
    there, more = place_first(_TO.sub("", rest, count=1))
    if there is None or more or meeting is None:
        raise ItemNumberMissing(verb=ctx.verb, prefix=ctx.settings.prefix)
    meeting.check(*_STANDING)
    lines = await _lines(ctx, meeting)
    line = at_place(lines, place, meeting)
    order = [one.item for one in lines if one is not line]
    order.insert(at_place(lines, there, meeting).place - 1, line.item)
    await put_in_order(ctx.work, order)
    saved = await touched(ctx, meeting)
    ordered = await agenda_of(ctx.work, saved)
    return AgendaOrdered(
        ctx.room.room_id,
        saved,
        ordered[there - 1],
        agenda=ordered,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _placed(
    ctx: Context, meant: Meeting | None, rest: str
) -> tuple[Meeting | None, int, str]:
    """The meeting, the number of the item, and what follows it."""
    place, more = place_first(rest)
    if place is None:
        raise ItemNumberMissing(verb=ctx.verb, prefix=ctx.settings.prefix)
    return meant or await _standing_here(ctx) or await ahead(ctx), place, more


async def _lines(ctx: Context, meeting: Meeting | None) -> tuple[AgendaLine, ...]:
    if meeting is not None:
        return await agenda_of(ctx.work, meeting)
    waiting = await ctx.work.meetings.waiting_in(ctx.room.room_id)
    return await lines_of(ctx.work, waiting, sealed=ctx.state.encrypted)


_ACTS: Mapping[str, Callable[[Context, Meeting | None, str], Awaitable[Outcome]]] = {
    **dict.fromkeys(("entfernen", "streichen", "remove", "delete"), _remove),
    **dict.fromkeys(("verschieben", "umordnen", "move"), _order),
}
AGENDA_ITEMS = (agenda,)
