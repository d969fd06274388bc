"""What people say to have a paper voted on, and to end the vote."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Family, MissingRecord, Outcome, Role, Text, TooManyWords, verb
from kaz_bot.context import Context
from kaz_bot.counting import case_of, check_runs, count, end, tally_of
from kaz_bot.dates import Moment
from kaz_bot.deferring import adjourned
from kaz_bot.domain.committee.ballot_events import (
    BallotAdjourned,
    BallotCancelled,
    BallotOpened,
)
from kaz_bot.domain.committee.ballot_refusals import (
    BallotRuns,
    NeedsEnd,
    NoElectors,
    NoOpenBallot,
)
from kaz_bot.domain.committee.ballots import (
    Ballot,
    BallotId,
    BallotState,
    Manner,
    Mode,
)
from kaz_bot.domain.committee.calling import looked_at_next
from kaz_bot.domain.committee.motions import Ask, Motion, read, rule_in
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.committee.paper_events import PaperDeferred
from kaz_bot.domain.committee.papers import Paper, PaperNotFound
from kaz_bot.domain.events import DeskEvent
from kaz_bot.electing import electors_of
from kaz_bot.planning import clash_of
from kaz_bot.rights import chairs, check_chair


@verb(
    "abstimmung",
    "vote",
    allow=Role.MEMBER,
    family=Family.VOTES,
    aliases=("abstimmen", "ballot"),
)
async def vote(ctx: Context, paper: Paper | None, text: Text | None) -> Outcome:
    """Put a paper to the vote, in the meeting or by circulation; close, cancel or adjourn it."""
    motion = read(text or "")
    meant = await _meant(ctx, motion, paper)
    if motion.ask is Ask.OPEN:
        return await _open(ctx, meant, motion)
    if motion.rest or motion.mode or motion.manner:
        raise _not_understood(ctx, motion.rest or rule_in(text or ""))
    check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    match motion.ask:
        case Ask.CLOSE:
            return await _close(ctx, meant)
        case Ask.CANCEL:
            return await _cancel(ctx, meant)
        case _:
            return await _adjourn(ctx, meant)


async def _meant(ctx: Context, motion: Motion, paper: Paper | None) -> Paper:
    """The paper of the number that was typed, wherever it stands; otherwise of the place."""
    if motion.paper is None and paper is not None:
        return paper
    if motion.paper is None:
        raise MissingRecord(series=Series.PAPER.name.lower(), **_example(ctx))
    named = await ctx.work.papers.get(motion.paper)
    if named.room_id != ctx.room.room_id:
        raise PaperNotFound(number=motion.paper)
    return named


async def _open(ctx: Context, paper: Paper, motion: Motion) -> BallotOpened:
    """The wording is frozen, and so are those who may vote."""
    until = _until(ctx, motion)
    if until is None or ctx.sender != paper.author:
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    saved = await ctx.work.papers.save(paper.voted_on(ctx.now))
    electors = await electors_of(ctx.work, ctx.state, ctx.settings)
    if not electors:
        raise NoElectors(prefix=ctx.settings.prefix)
    ballot = _ballot(ctx, saved, motion.mode or Mode.CONSENSUS, until)
    planned = replace(ballot, next_at=looked_at_next(ballot, ctx.desk.ladder, ctx.now))
    opened = await ctx.work.ballots.add(planned, electors)
    return BallotOpened(
        saved,
        await ctx.work.papers.edition(saved),
        opened,
        await tally_of(ctx.work, opened),
        clash_of(until.at, ctx.desk.days) if until else None,
        (until.remark or "") if until else "",
        ctx.incoming.sent_at,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _until(ctx: Context, motion: Motion) -> Moment | None:
    """When a vote by circulation ends; nothing for one in a meeting. Raises what is wrong."""
    if not motion.rest:
        if motion.manner is Manner.CIRCULATION:
            raise NeedsEnd(recurs=False, **_example(ctx))
        return None
    found = ctx.desk.reader.until(motion.rest, ctx.now)
    if found is None or found.what or motion.manner is Manner.MEETING:
        raise _not_understood(ctx, found.what if found and found.what else motion.rest)
    if not isinstance(found.when, Moment):
        raise NeedsEnd(recurs=True, **_example(ctx))
    return found.when


def _ballot(ctx: Context, paper: Paper, mode: Mode, until: Moment | None) -> Ballot:
    return Ballot(
        id=BallotId(0),
        paper_id=paper.id,
        edition=paper.edition,
        room_id=paper.room_id,
        manner=Manner.CIRCULATION if until else Manner.MEETING,
        mode=mode,
        quorum=ctx.settings.quorum,
        silence_consents=ctx.settings.silence_consents,
        opened_by=ctx.sender,
        event_id=ctx.incoming.event_id,
        opened_at=ctx.now,
        due_at=until.at if until else None,
        sealed=paper.sealed or ctx.state.encrypted,
    )


async def _close(ctx: Context, paper: Paper) -> Sequence[DeskEvent]:
    """Count what is there. By circulation people were promised time until the end."""
    ballot = await _held(ctx, paper)
    check_runs(paper, ballot, ctx.now)
    if ballot.manner is Manner.CIRCULATION:
        missing = [body.body for body in (await tally_of(ctx.work, ballot)).missing]
        raise BallotRuns(
            paper=paper, ballot=ballot, missing=tuple(missing), prefix=ctx.settings.prefix
        )
    return await count(
        ctx.work,
        ctx.desk,
        ballot,
        by=ctx.sender,
        now=ctx.now,
        cause=ctx.incoming.event_id,
        sent_at=ctx.incoming.sent_at,
    )


async def _cancel(ctx: Context, paper: Paper) -> BallotCancelled:
    """End it without a count; the paper is a draft again."""
    case = await case_of(ctx.work, await _held(ctx, paper))
    ended, stood = await end(ctx.work, case.ballot, BallotState.VOID, ctx.now)
    saved = await ctx.work.papers.save(case.paper.drafted(ctx.now))
    return BallotCancelled(
        saved, case.edition, ended, stood, by=ctx.sender, at=ctx.now, heard=await heard(ctx)
    )


async def _adjourn(ctx: Context, paper: Paper) -> Sequence[DeskEvent]:
    """Leave it for a later meeting, whether a vote is open or not."""
    ballot = await ctx.work.ballots.open_on(paper.id)
    answered = await heard(ctx)
    if ballot is None:
        deferred = await adjourned(ctx, paper)
        edition = await ctx.work.papers.edition(deferred.paper)
        told = PaperDeferred(deferred.paper, edition, by=ctx.sender, at=ctx.now, heard=answered)
        return [told, *deferred.others]
    check_runs(paper, ballot, ctx.incoming.sent_at)
    case = await case_of(ctx.work, ballot)
    ended, stood = await end(ctx.work, ballot, BallotState.VOID, ctx.now)
    deferred = await adjourned(ctx, case.paper)
    told_of = BallotAdjourned(
        deferred.paper,
        case.edition,
        ended,
        stood,
        deferred.meeting,
        by=ctx.sender,
        at=ctx.now,
        heard=answered,
    )
    return [told_of, *deferred.others]


async def _held(ctx: Context, paper: Paper) -> Ballot:
    """The open ballot over the paper, which nobody else changes meanwhile.

    Raises NoOpenBallot, or BallotOver for one that is about to be counted.
    """
    ballot = await ctx.work.ballots.open_on(paper.id)
    if ballot is None:
        latest = await ctx.work.ballots.latest_of(paper.id)
        raise NoOpenBallot(paper=paper, ballot=latest, prefix=ctx.settings.prefix)
    check_runs(paper, ballot, ctx.incoming.sent_at)
    return ballot


def _not_understood(ctx: Context, words: str) -> TooManyWords:
    return TooManyWords(word=words.split(maxsplit=1)[0], **_example(ctx))


def _example(ctx: Context) -> dict[str, object]:
    return {"verb": ctx.verb, "prefix": ctx.settings.prefix}


BALLOTS = (vote,)
