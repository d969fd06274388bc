"""Leaves a paper for a meeting, on whose agenda it goes."""

from dataclasses import dataclass

from kaz_bot.agendas import note_outcome, put_on_agenda
from kaz_bot.context import Context
from kaz_bot.domain.committee.meetings import AgendaItem, ItemResult, Meeting
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.events import DeskEvent
from kaz_bot.waking import wake


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """The paper from now on, the meeting that deals with it if one is planned, and what else is
    to be told."""

    paper: Paper
    meeting: Meeting | None
    others: tuple[DeskEvent, ...]


async def talked_about(ctx: Context, paper: Paper) -> Deferred:
    """For the meeting that runs or comes next. Raises PaperWrongState for what is decided."""
    saved = await ctx.work.papers.save(paper.deferred(ctx.now))
    return await _deferred(ctx, saved, await _on_agenda(ctx, saved))


async def adjourned(ctx: Context, paper: Paper) -> Deferred:
    """The same, but not for the meeting that runs: there it is settled by that."""
    saved = await ctx.work.papers.save(paper.deferred(ctx.now))
    await _on_agenda(ctx, saved)
    await note_outcome(ctx.work, saved, ItemResult.ADJOURNED)
    return await _deferred(ctx, saved, await _on_agenda(ctx, saved))


async def _on_agenda(ctx: Context, paper: Paper) -> AgendaItem:
    return await put_on_agenda(
        ctx.work,
        paper,
        by=ctx.sender,
        event_id=ctx.incoming.event_id,
        now=ctx.now,
        notice=ctx.settings.notice_period,
    )


async def _deferred(ctx: Context, paper: Paper, item: AgendaItem) -> Deferred:
    meeting = await ctx.work.meetings.get(item.meeting_id) if item.meeting_id else None
    others = await wake(ctx.work, paper, by=ctx.sender, now=ctx.now)
    return Deferred(paper=paper, meeting=meeting, others=tuple(others))
