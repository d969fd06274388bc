"""Notes what came out for an item of an agenda, and what that means for its paper."""

from dataclasses import replace

from kaz_bot.agenda_lines import line_of
from kaz_bot.agendas import settle
from kaz_bot.bringing_forward import heard
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import PUT_OFF, AgendaLine, ItemVotedOn
from kaz_bot.domain.committee.meeting_events import ResultNoted
from kaz_bot.domain.committee.meetings import ItemResult, Meeting
from kaz_bot.domain.committee.paper_events import PaperDeferred
from kaz_bot.domain.committee.papers import Paper, PaperState

# What is not talked about to an end while a vote is open on it.
_NO_VOTE = PUT_OFF | {ItemResult.REMOVED}


async def note_result(
    ctx: Context, meeting: Meeting, line: AgendaLine, came: ItemResult, text: str = ""
) -> ResultNoted:
    """The last word counts. A paper that is put off is deferred. Raises ItemVotedOn."""
    deferred = await _deferred(ctx, line, came)
    item = await settle(ctx.work, line.item, meeting, came, text)
    saved = await touched(ctx, meeting)
    return ResultNoted(
        saved,
        (),
        line=await line_of(ctx.work, item, saved, sealed=saved.sealed),
        deferred=deferred,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _deferred(ctx: Context, line: AgendaLine, came: ItemResult) -> Paper | None:
    """The paper of the item, if it is put off."""
    if line.item.paper_id is None or came not in _NO_VOTE:
        return None
    paper = await ctx.work.papers.get(line.item.paper_id)
    if paper.state is PaperState.VOTING:
        raise ItemVotedOn(paper=paper, prefix=ctx.settings.prefix)
    if came not in PUT_OFF or not paper.open:
        return None
    saved = await ctx.work.papers.save(paper.deferred(ctx.now))
    edition = await ctx.work.papers.edition(saved)
    deferred = PaperDeferred(saved, edition, by=ctx.sender, at=ctx.now)
    # It is told together with the result; its own history knows it too.
    await ctx.work.committee_trail.add(deferred.entry(ctx.incoming.event_id))
    return saved


async def touched(ctx: Context, meeting: Meeting) -> Meeting:
    """With another agenda than before, which may hold from now on what was said encrypted."""
    sealed = meeting.sealed or ctx.state.encrypted
    return await ctx.work.meetings.save(replace(meeting, sealed=sealed, changed_at=ctx.now))
