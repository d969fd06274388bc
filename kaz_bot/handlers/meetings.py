"""What people say about a meeting: call it, move it, cancel it, begin it, end it, look it up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.agendas import gather, let_go, table_anew
from kaz_bot.bringing_forward import NoDate, heard
from kaz_bot.commands import Family, Outcome, Role, Text, TooManyWords, typed, verb
from kaz_bot.context import Context, TooLong
from kaz_bot.dates import Moment, Use
from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.meeting_events import (
    Calling,
    MeetingCalled,
    MeetingCancelled,
    MeetingMoved,
)
from kaz_bot.domain.committee.meeting_refusals import (
    EndNotUnderstood,
    MeetingRecurs,
    MoveMissing,
    TimeMissing,
)
from kaz_bot.domain.committee.meetings import USUAL_LENGTH, Meeting, MeetingState
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.domain.committee.particulars import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    Particulars,
    joined,
    names_place,
    read,
)
from kaz_bot.domain.committee.spans import length_until
from kaz_bot.domain.words import folded
from kaz_bot.holding_meetings import begin, end
from kaz_bot.invitations import invitation_to
from kaz_bot.meeting_answers import one_meeting, what_is_ahead
from kaz_bot.meeting_meant import first_named, here, only_planned
from kaz_bot.papers_due import no_papers_due, papers_due
from kaz_bot.planning import clash_of
from kaz_bot.rights import chairs, check_chair

_LONGEST_REASON = 500


@verb(
    "sitzung",
    "meeting",
    allow=Role.MEMBER,
    family=Family.MEETINGS,
    everyday=True,
    aliases=("sitzungen", "meetings"),
)
async def meeting(ctx: Context, text: Text | None) -> Outcome:
    """Call a meeting of the committee, or note one of the IT-Rat; with a word: change it."""
    if text is None:
        return await what_is_ahead(ctx)
    found, rest = await first_named(ctx, text)
    command = typed(rest)
    act = _ACTS.get(folded(command.word))
    if act is not None:
        named, more = await first_named(ctx, command.rest)
        return await act(ctx, found or named, more)
    if found is None:
        return await _call(ctx, text)
    if rest:
        raise TooManyWords(word=command.word, verb=ctx.verb, prefix=ctx.settings.prefix)
    return await one_meeting(ctx, found)


async def _call(ctx: Context, text: str) -> Outcome:
    said = read(text)
    if not said.outside:
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    moment, place = _when(ctx, said)
    length = _length(ctx, said, moment.at)
    blank = Meeting(
        id=MeetingId(0),
        room_id=ctx.room.room_id,
        title=_fitting(said.title, LONGEST_TITLE),
        outside=said.outside,
        starts_at=moment.at,
        length=length or USUAL_LENGTH,
        zone=ctx.settings.timezone.key,
        place=place,
        owner=ctx.sender,
        event_id=ctx.incoming.event_id,
        sealed=ctx.state.encrypted,
        set_at=ctx.now,
        changed_at=ctx.now,
    ).awaited(ctx.now, ctx.settings.working_time)
    called = await ctx.work.meetings.add(blank)
    if not called.outside:
        await gather(ctx.work, called)
    agenda = await agenda_of(ctx.work, called)
    return MeetingCalled(
        called,
        agenda,
        calling=await _calling(ctx, called, agenda, moment, length),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _when(ctx: Context, said: Particulars) -> tuple[Moment, str]:
    """When it begins, and where it is."""
    found = ctx.desk.reader.found(said.head, ctx.now, Use.REMINDER)
    if found is None:
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    if not isinstance(found.when, Moment):
        raise MeetingRecurs(prefix=ctx.settings.prefix)
    if not found.when.timed:
        raise TimeMissing(at=found.when.at, outside=said.outside, prefix=ctx.settings.prefix)
    return found.when, _fitting(joined(found.what, said.place), LONGEST_PLACE)


def _length(ctx: Context, said: Particulars, starts_at: datetime) -> timedelta | None:
    """How long it lasts, if that was said. Raises EndNotUnderstood."""
    starts = starts_at.astimezone(ctx.settings.timezone)
    lasts = length_until(starts, said.until) if said.until else None
    if lasts is None and (said.unread or said.until):
        raise EndNotUnderstood(prefix=ctx.settings.prefix)
    return lasts


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TooLong(limit=longest, length=len(text))
    return text


async def _calling(
    ctx: Context,
    meeting: Meeting,
    agenda: Sequence[AgendaLine],
    moment: Moment | None,
    length: timedelta | None,
) -> Calling:
    """What people must know about the date that it has now."""
    notice = ctx.settings.notice_period
    short = not meeting.outside and meeting.starts_at - ctx.now < notice
    return Calling(
        file=invitation_to(ctx, meeting, agenda),
        clash=clash_of(meeting.starts, ctx.desk.days),
        short=notice.days if short else 0,
        remark=moment.remark or "" if moment else "",
        until=meeting.ends_at if length else None,
        papers=await papers_due(ctx, meeting) if meeting.outside else None,
    )


async def _move(ctx: Context, named: Meeting | None, rest: str) -> Outcome:
    before = named or await here(ctx) or await only_planned(ctx, "move")
    _check_may_change(ctx, before)
    before.check(MeetingState.PLANNED)
    moment, place, said = _whereto(ctx, before, read(rest))
    starts_at = moment.at if moment else before.starts_at
    length = _length(ctx, said, starts_at)
    moved = before.moved(starts_at, _fitting(place, LONGEST_PLACE), ctx.now)
    retitled = replace(
        moved,
        length=length or before.length,
        title=_fitting(said.title, LONGEST_TITLE) or before.title,
        sealed=before.sealed or ctx.state.encrypted,
    )
    awaited = retitled.awaited(ctx.now, ctx.settings.working_time)
    saved = await ctx.work.meetings.save(awaited)
    if saved.starts_at != before.starts_at:
        await table_anew(ctx.work, saved, ctx.settings.notice_period)
    agenda = await agenda_of(ctx.work, saved)
    return MeetingMoved(
        saved,
        agenda,
        before=before.starts,
        place_before=before.place if before.place != saved.place else "",
        worded=bool(place or said.title),
        calling=await _calling(ctx, saved, agenda, moment, length),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _whereto(
    ctx: Context, before: Meeting, said: Particulars
) -> tuple[Moment | None, str, Particulars]:
    """When and where it is from now on; the time, or the place, may stay. Raises MoveMissing."""
    if not said.head:
        if said.place or said.title or said.until:
            return None, said.place, said
        raise MoveMissing(meeting=before, whereto="", prefix=ctx.settings.prefix)
    try:
        return *_when(ctx, said), said
    except NoDate:
        if names_place(said.head):
            return None, _fitting(joined(said.head, said.place), LONGEST_PLACE), said
        prefix = ctx.settings.prefix
        raise MoveMissing(meeting=before, whereto=said.head, prefix=prefix) from None


async def _cancel(ctx: Context, named: Meeting | None, rest: str) -> Outcome:
    before = named or await here(ctx) or await only_planned(ctx, "cancel")
    _check_may_change(ctx, before)
    cancelled = await ctx.work.meetings.save(before.cancelled(ctx.now))
    agenda = await agenda_of(ctx.work, before)
    return MeetingCancelled(
        cancelled,
        agenda,
        file=invitation_to(ctx, cancelled, ()),
        reason=_fitting(rest, _LONGEST_REASON),
        waiting=await let_go(ctx.work, cancelled, ctx.now),
        papers=await no_papers_due(ctx, cancelled) if cancelled.outside else None,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _check_may_change(ctx: Context, meeting: Meeting) -> None:
    """To call the committee is the chair's; what is known of other bodies anybody may note."""
    if not meeting.outside:
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))


_ACTS: Mapping[str, Callable[[Context, Meeting | None, str], Awaitable[Outcome]]] = {
    **dict.fromkeys(("verlegen", "verschieben", "move"), _move),
    **dict.fromkeys(("absagen", "cancel"), _cancel),
    **dict.fromkeys(("beginnen", "begin", "eroeffnen", "start"), begin),
    **dict.fromkeys(("beenden", "end", "schliessen", "close"), end),
}
MEETINGS = (meeting,)
