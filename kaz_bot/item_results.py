"""Notes what came out for an item of an agenda, and what that means for its paper."""

from dataclasses import replace

from kaz_bot.agenda_lines import line_of
from kaz_bot.agendas import settle
from kaz_bot.bringing_forward import heard
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import (
    PUT_OFF,
    AgendaLine,
    ItemDecided,
    ItemNotVotedOn,
    ItemVotedOn,
    claims_decision,
)
from kaz_bot.domain.committee.meeting_events import ResultNoted
from kaz_bot.domain.committee.meetings import ItemResult, Meeting
from kaz_bot.domain.committee.paper_events import PaperDeferred, PaperTakenUp
from kaz_bot.domain.committee.papers import Paper, PaperState

# What is not talked about to an end while a vote is open on it.
_NO_VOTE = PUT_OFF | {ItemResult.REMOVED}
# What a vote alone brings, and what leaves the paper's fate open to any words.
_DECIDED = frozenset({ItemResult.DECIDED, ItemResult.REJECTED})
_IN_WORDS = frozenset({ItemResult.TEXT, ItemResult.NOTED})
# The result that deferred a paper is among the latest things that happened to it.
_LOOKED_BACK = 30


async def note_result(
    ctx: Context, meeting: Meeting, line: AgendaLine, came: ItemResult, text: str = ""
) -> ResultNoted:
    """The last word counts, and the paper follows it. Raises ItemVotedOn, ItemNotVotedOn and
    ItemDecided."""
    paper = await ctx.work.papers.get(line.item.paper_id) if line.item.paper_id else None
    if paper is not None:
        _check(ctx, line, paper, came, text)
    deferred = await _deferred(ctx, paper, came) if paper else None
    taken_up = await _taken_up(ctx, meeting, line, paper, came) if paper else None
    item = await settle(ctx.work, line.item, meeting, came, text)
    saved = await touched(ctx, meeting)
    return ResultNoted(
        saved,
        (),
        line=await line_of(ctx.work, item, saved, sealed=saved.sealed),
        deferred=deferred,
        taken_up=taken_up,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _check(ctx: Context, line: AgendaLine, paper: Paper, came: ItemResult, text: str) -> None:
    prefix = ctx.settings.prefix
    if line.item.result in _DECIDED:
        raise ItemDecided(paper=paper, result=line.item.result, prefix=prefix)
    if came in _NO_VOTE and paper.state is PaperState.VOTING:
        raise ItemVotedOn(paper=paper, prefix=prefix)
    if came in _IN_WORDS and paper.open and claims_decision(text):
        raise ItemNotVotedOn(paper=paper, place=line.place, prefix=prefix)


async def _deferred(ctx: Context, paper: Paper, came: ItemResult) -> Paper | None:
    """The paper of the item, if it is put off."""
    if came not in PUT_OFF or not paper.open:
        return None
    if paper.state is PaperState.DEFERRED:
        # Whatever left it for later first did so; were this result taken back, it would stay so.
        return paper
    saved = await ctx.work.papers.save(paper.deferred(ctx.now))
    edition = await ctx.work.papers.edition(saved)
    deferred = PaperDeferred(saved, edition, by=ctx.sender, at=ctx.now)
    # It is told together with the result; its own history knows it too.
    await ctx.work.committee_trail.add(deferred.entry(ctx.incoming.event_id))
    return saved


async def _taken_up(
    ctx: Context, meeting: Meeting, line: AgendaLine, paper: Paper, came: ItemResult
) -> Paper | None:
    """The paper of the item, if only the result that no longer holds had put it off."""
    put_off = line.item.result in PUT_OFF and paper.state is PaperState.DEFERRED
    if not put_off or came in PUT_OFF or not await _was_put_off_by(ctx, meeting, line, paper):
        return None
    saved = await ctx.work.papers.save(paper.taken_up(ctx.now))
    edition = await ctx.work.papers.edition(saved)
    taken_up = PaperTakenUp(saved, edition, by=ctx.sender, at=ctx.now)
    await ctx.work.committee_trail.add(taken_up.entry(ctx.incoming.event_id))
    return saved


async def _was_put_off_by(ctx: Context, meeting: Meeting, line: AgendaLine, paper: Paper) -> bool:
    trail = ctx.work.committee_trail
    entries = await trail.of(paper.subject, _LOOKED_BACK)
    last = next((one for one in reversed(entries) if one.event != "reminded"), None)
    if last is None or last.event != PaperDeferred.word or last.cause is None:
        return False
    item = str(line.item.id)
    return any(
        one.subject == meeting.subject
        and one.event == ResultNoted.word
        and one.details.get("item") == item
        for one in await trail.caused_by(last.cause)
    )


async def touched(ctx: Context, meeting: Meeting) -> Meeting:
    """With another agenda than before, which may hold from now on what was said encrypted."""
    sealed = meeting.sealed or ctx.state.encrypted
    return await ctx.work.meetings.save(replace(meeting, sealed=sealed, changed_at=ctx.now))
