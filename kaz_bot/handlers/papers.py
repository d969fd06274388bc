"""What people say to put something to the committee: file a paper, change it, take it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.agendas import note_outcome
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, Family, MissingRecord, Outcome, Role, Text, typed, verb
from kaz_bot.context import Context
from kaz_bot.counting import void
from kaz_bot.domain.committee.ballot_events import BallotVoided
from kaz_bot.domain.committee.decisions import DecisionNotFound
from kaz_bot.domain.committee.drafts import (
    ChangeMissing,
    Draft,
    Part,
    TitleMissing,
    TitleUnclear,
    is_order,
    parts_of,
    read,
    with_parts,
)
from kaz_bot.domain.committee.meetings import ItemResult
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Series, pattern_of
from kaz_bot.domain.committee.paper_events import (
    PaperChanged,
    PaperFiled,
    PaperWithdrawn,
)
from kaz_bot.domain.committee.papers import (
    Edition,
    NotYourPaper,
    Paper,
    PaperNotFound,
    PaperState,
    PaperStep,
)
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.words import folded
from kaz_bot.forgetting import forget_filed
from kaz_bot.messages import Redacted, UserId
from kaz_bot.rights import chairs
from kaz_bot.store import Work
from kaz_bot.waking import wake

_WITHDRAW = frozenset({"zurueckziehen", "withdraw"})
_PAPERS = ("vorlage", "beschlussvorlage", "paper")


@verb(
    "beschluss", "decision", allow=Role.MEMBER, family=Family.PAPERS, aliases=_PAPERS, everyday=True
)
async def file(ctx: Context, paper: Paper | None, text: Text | None) -> Outcome:
    """File a paper. `paper` is what the answered message tells of: it can be withdrawn so."""
    unwanted = await _withdrawn_by(ctx, paper, text or "")
    if unwanted is not None:
        return await _withdraw(ctx, unwanted)
    await _check_not_decided(ctx, text or "")
    draft = read(text or "")
    if not draft.title:
        raise TitleMissing(prefix=ctx.settings.prefix)
    added = await ctx.work.papers.add(
        Paper(
            id=PaperId(0),
            room_id=ctx.room.room_id,
            author=ctx.sender,
            title=draft.title,
            event_id=ctx.incoming.event_id,
            sealed=ctx.state.encrypted,
            filed_at=ctx.now,
            changed_at=ctx.now,
        )
    )
    edition = with_parts(_edition_of(ctx, added), draft.parts)
    await ctx.work.papers.add_edition(edition)
    return PaperFiled(added, edition, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


@verb(
    "beschluss",
    "decision",
    allow=Role.MEMBER,
    family=Family.PAPERS,
    aliases=_PAPERS,
    about=Series.PAPER,
)
async def change(ctx: Context, paper: Paper, text: Text | None) -> Outcome:
    """Change the parts of a paper that are named. Votes on the earlier wording are void."""
    if folded(text or "").strip(" .") in _WITHDRAW:
        return await _withdraw(ctx, paper)
    if text is None:
        raise ChangeMissing(paper=paper, prefix=ctx.settings.prefix)
    paper.check(PaperStep.CHANGE)
    _check_may_change(ctx, paper)
    before = await ctx.work.papers.edition(paper)
    draft = read(text)
    if draft.head != before.title:
        _check_title(ctx, paper, draft)
    parts = draft.changes(before)
    if not parts:
        facts = {"paper": paper, "prefix": ctx.settings.prefix}
        return Answer(template="info/paper_unchanged", facts=facts, topic="decision")
    voided = await void(ctx.work, paper, by=ctx.sender, now=ctx.now, sent_at=ctx.incoming.sent_at)
    sealed = replace(paper, sealed=paper.sealed or ctx.state.encrypted)
    saved = await ctx.work.papers.save(sealed.changed(with_parts(before, parts).title, ctx.now))
    edition = with_parts(_edition_of(ctx, saved), {**parts_of(before), **parts})
    await ctx.work.papers.add_edition(edition)
    changed = PaperChanged(
        saved,
        edition,
        tuple(parts),
        voided=voided,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [changed, *_on(saved, voided)]


def _check_title(ctx: Context, paper: Paper, draft: Draft) -> None:
    """Raises TitleUnclear for words that would become the title without being meant for one."""
    voting = paper.state is PaperState.VOTING
    order = is_order(draft.head, lambda word: ctx.desk.verbs.named(word) is not None)
    if draft.head and (voting or order):
        raise TitleUnclear(paper=paper, typed=draft.head, voting=voting, prefix=ctx.settings.prefix)


async def _withdrawn_by(ctx: Context, answered: Paper | None, text: str) -> Paper | None:
    """The paper that these words withdraw: that of the number after them, or the answered one.

    With anything else behind it the word begins a title: "Zurückziehen der alten Richtlinie".
    """
    command = typed(text)
    if folded(command.word) not in _WITHDRAW:
        return None
    number = pattern_of(Series.PAPER).match(command.rest)
    if number is None:
        if answered is None and not command.rest:
            raise MissingRecord(series=Series.PAPER.name.lower(), verb=change)
        return None if command.rest else answered
    if set(read(command.rest[number.end() :]).parts) - {Part.TITLE}:
        return None
    named = await ctx.work.papers.get(PaperId(int(number["number"])))
    if named.room_id != ctx.room.room_id:
        raise PaperNotFound(number=named.id)
    return named


async def _withdraw(ctx: Context, paper: Paper) -> list[DeskEvent]:
    withdrawn = paper.withdrawn(ctx.now)
    _check_may_change(ctx, paper)
    voided = await void(ctx.work, paper, by=ctx.sender, now=ctx.now, sent_at=ctx.incoming.sent_at)
    saved = await ctx.work.papers.save(withdrawn)
    told = PaperWithdrawn(
        saved,
        await ctx.work.papers.edition(saved),
        voided=voided,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [told, *_on(saved, voided), *await _settled(ctx.work, saved, ctx.sender, ctx.now)]


async def _settled(work: Work, paper: Paper, by: UserId, now: datetime) -> list[DeskEvent]:
    """Nothing waits any more for a paper that is not to be decided: no meeting, and no ticket."""
    await note_outcome(work, paper, ItemResult.REMOVED)
    return await wake(work, paper, by=by, now=now)


async def _check_not_decided(ctx: Context, text: str) -> None:
    """`beschluss 2026/3 …` would change what was decided; a title that only begins so may be."""
    number = DecisionNumber.read(text)
    if number is None:
        return
    try:
        entry = await ctx.work.decisions.get(number)
    except DecisionNotFound:
        return
    if entry.room_id == ctx.room.room_id:
        (await ctx.work.papers.get(entry.decision.paper_id)).check(PaperStep.CHANGE)


def _check_may_change(ctx: Context, paper: Paper) -> None:
    """Raises NotYourPaper for all but whoever filed it, and the chair."""
    leading = chairs(ctx.state, ctx.settings)
    if ctx.sender != paper.author and ctx.sender not in leading:
        others = tuple(user for user in leading if user != paper.author)
        raise NotYourPaper(paper=paper, author=ctx.name_of(paper.author), chairs=others)


def _on(paper: Paper, voided: BallotVoided | None) -> list[BallotVoided]:
    """What happened to its ballot, told of the paper as it is now."""
    return [replace(voided, paper=paper)] if voided else []


def _edition_of(ctx: Context, paper: Paper) -> Edition:
    """The latest edition, by whoever says something now; its words are still to be filled in."""
    return Edition(
        paper_id=paper.id,
        number=paper.edition,
        title=paper.title,
        author=ctx.sender,
        event_id=ctx.incoming.event_id,
        filed_at=ctx.now,
    )


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[DeskEvent]:
    """What somebody filed leaves the paper when the message is taken back, as long as nobody has
    voted on it. Tickets do not wait for a paper without words."""
    happened: list[DeskEvent] = []
    for paper in await work.papers.filed_by(redaction.target):
        editions = await work.papers.editions(paper.id)
        gone = next(one for one in editions if one.event_id == redaction.target)
        # A room has no say in what was said in another.
        theirs = redaction.sender == gone.author or redaction.room_id == paper.room_id
        if not theirs or paper.erased_at is not None:
            continue
        forgotten = await forget_filed(work, paper, gone, by=redaction.sender, now=now)
        happened.append(forgotten)
        if paper.open and not forgotten.paper.open:
            happened += await _settled(work, forgotten.paper, redaction.sender, now)
    return happened


PAPERS = (file, change)
