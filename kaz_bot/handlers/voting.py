"""What people say, press and pick to vote, or to have a paper talked about instead."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.bringing_forward import heard
from kaz_bot.casting import ballot_at, cast, cast_by_sign, not_entitled
from kaz_bot.commands import Family, Outcome, Role, Text, verb
from kaz_bot.context import Context, TooLong
from kaz_bot.counting import case_of, end
from kaz_bot.deferring import talked_about
from kaz_bot.domain.committee.ballot_events import OralAsked
from kaz_bot.domain.committee.ballot_refusals import (
    LateVote,
    NoOpenBallot,
    NotByCirculation,
    WhichBallot,
)
from kaz_bot.domain.committee.ballots import (
    LONGEST_REASON,
    SIGNS,
    Ballot,
    BallotState,
    Choice,
    Manner,
    Vote,
    Way,
)
from kaz_bot.domain.committee.motions import paper_first, papers_named
from kaz_bot.domain.committee.papers import Paper, PaperNotFound
from kaz_bot.domain.events import DeskEvent
from kaz_bot.messages import EventId, PollAnswered, Reacted
from kaz_bot.store import Work

_PICKED = {choice.value: choice for choice in SIGNS.values()}


@verb(
    "ja",
    "yes",
    allow=Role.MEMBER,
    aliases=("zustimmung", "zustimmen", "dafür", "einverstanden", "agree"),
    reactions=("✅",),
    family=Family.VOTES,
    everyday=True,
)
async def yes(ctx: Context, paper: Paper | None, reason: Text | None) -> Outcome:
    """Vote for it."""
    return await _vote(ctx, Choice.YES, paper, reason)


@verb(
    "nein",
    "no",
    allow=Role.MEMBER,
    aliases=(
        "ablehnung",
        "ablehnen",
        "dagegen",
        "einspruch",
        "widerspruch",
        "against",
        "object",
        "objection",
    ),
    reactions=("❌",),
    family=Family.VOTES,
    everyday=True,
)
async def no(ctx: Context, paper: Paper | None, reason: Text | None) -> Outcome:
    """Vote against it; where one objection is enough, that needs a reason."""
    return await _vote(ctx, Choice.NO, paper, reason)


@verb(
    "enthaltung",
    "abstain",
    allow=Role.MEMBER,
    aliases=("enthalten", "enthalte", "abstention"),
    reactions=("⚪",),
    family=Family.VOTES,
    everyday=True,
)
async def abstain(ctx: Context, paper: Paper | None, reason: Text | None) -> Outcome:
    """Take part without being for it or against it."""
    return await _vote(ctx, Choice.ABSTAIN, paper, reason)


@verb(
    "befangen",
    "biased",
    allow=Role.MEMBER,
    aliases=("befangenheit", "bias"),
    family=Family.VOTES,
    everyday=True,
)
async def biased(ctx: Context, paper: Paper | None, reason: Text | None) -> Outcome:
    """Take no part, because the matter is one's own."""
    return await _vote(ctx, Choice.BIASED, paper, reason)


@verb("mündlich", "oral", allow=Role.MEMBER, family=Family.VOTES, everyday=True)
async def oral(ctx: Context, paper: Paper | None, reason: Text | None) -> Outcome:
    """Ask to talk about it in a meeting: the vote by circulation ends without a count."""
    meant, said = await _meant(ctx, paper, reason or "")
    case = await case_of(ctx.work, await ctx.work.ballots.hold(meant.id))
    known = {"paper": case.paper, "ballot": case.ballot, "prefix": ctx.settings.prefix}
    if case.ballot.is_over(ctx.incoming.sent_at):
        unread = case.ballot.was_unread(ctx.incoming.sent_at)
        raise LateVote(**known, unread=unread, oral=True)
    if case.ballot.manner is not Manner.CIRCULATION:
        raise NotByCirculation(**known)
    electors = await ctx.work.ballots.electors(meant.id)
    body = next((one.body for one in electors if one.person == ctx.sender), None)
    if body is None:
        raise not_entitled(electors, **known)
    ended, stood = await end(ctx.work, case.ballot, BallotState.ORAL, ctx.now)
    deferred = await talked_about(ctx, case.paper)
    told = OralAsked(
        deferred.paper,
        case.edition,
        ended,
        stood,
        said,
        body,
        deferred.meeting,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [told, *deferred.others]


async def votes(work: Work, reaction: Reacted) -> bool:
    """Whether it is one of the signs, under a message that asks for votes."""
    return reaction.key in SIGNS and await ballot_at(work, reaction.target) is not None


async def signed(ctx: Context, reaction: Reacted) -> Sequence[DeskEvent]:
    """A sign under a message that asks for votes is one."""
    return await _picked(ctx, reaction.target, SIGNS[reaction.key], Way.REACTION)


async def picked(ctx: Context, answered: PollAnswered) -> Sequence[DeskEvent]:
    """The answer to a poll is a vote; none, or one that we did not offer, takes it back."""
    choice = _PICKED.get(next(iter(answered.answers), ""), Choice.NONE)
    return await _picked(ctx, answered.target, choice, Way.POLL)


async def _picked(ctx: Context, target: EventId, choice: Choice, way: Way) -> Sequence[DeskEvent]:
    ballot = await ballot_at(ctx.work, target)
    if ballot is None or ballot.room_id != ctx.room.room_id:
        return []
    vote = _given(ctx, ballot, choice, way)
    return await cast_by_sign(ctx.work, ctx.desk, vote, ctx.now)


async def _vote(
    ctx: Context, choice: Choice, paper: Paper | None, reason: str | None
) -> Sequence[DeskEvent]:
    ballot, said = await _meant(ctx, paper, reason or "")
    vote = replace(_given(ctx, ballot, choice, Way.COMMAND), reason=said)
    return await cast(ctx.work, ctx.desk, vote, now=ctx.now, heard=await heard(ctx))


def _given(ctx: Context, ballot: Ballot, choice: Choice, way: Way) -> Vote:
    return Vote(
        ballot_id=ballot.id,
        person=ctx.sender,
        choice=choice,
        way=way,
        event_id=ctx.incoming.event_id,
        cast_at=ctx.incoming.sent_at,
    )


async def _meant(ctx: Context, paper: Paper | None, reason: str) -> tuple[Ballot, str]:
    """The ballot over the paper that is named, or that the place is about; otherwise the only one.

    A number that the reason begins with is meant before that of the thread, but not before one
    that was typed: "nein BV-1 BV-2 regelt das schon".
    """
    typed = paper is not None and _is_typed(ctx, paper, reason)
    number, said = (None, reason) if typed else paper_first(reason)
    if len(said) > LONGEST_REASON:
        raise TooLong(limit=LONGEST_REASON, length=len(said))
    if number is not None:
        paper = await ctx.work.papers.get(number)
        if paper.room_id != ctx.room.room_id:
            raise PaperNotFound(number=number)
    if paper is None:
        return await _only_one(ctx, said), said
    ballot = await ctx.work.ballots.latest_of(paper.id)
    if ballot is None:
        raise NoOpenBallot(paper=paper, ballot=None, prefix=ctx.settings.prefix)
    return ballot, said


def _is_typed(ctx: Context, paper: Paper, reason: str) -> bool:
    """Whether its number stands before the reason, and is not only that of the place."""
    text = ctx.said.text.rstrip() if ctx.said else ""
    return paper.id in papers_named(text.removesuffix(reason))


async def _only_one(ctx: Context, reason: str) -> Ballot:
    open_ = await ctx.work.ballots.open_in(ctx.room.room_id)
    named = papers_named(reason)
    # "nein, das steht schon in BV-3" leaves open which one it is said to.
    if len(open_) != 1 or named - {open_[0].paper_id}:
        papers = await ctx.work.papers.many([ballot.paper_id for ballot in open_])
        raise WhichBallot(
            papers=tuple(_shown(papers[ballot.paper_id], ctx) for ballot in open_),
            verb=ctx.verb,
            prefix=ctx.settings.prefix,
        )
    return open_[0]


def _shown(paper: Paper, ctx: Context) -> Paper:
    """Without its title where what was filed encrypted may not be shown."""
    return replace(paper, title="") if paper.sealed and not ctx.state.encrypted else paper


VOTING = (yes, no, abstain, biased, oral)
