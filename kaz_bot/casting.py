"""Takes down votes, in whatever way they are given, and closes the ballot with the last one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kaz_bot.context import Desk
from kaz_bot.counting import Case, case_of, count, tally_of
from kaz_bot.domain.committee.ballot_events import BallotOpened, Unheard, VoteCast, VoteRefused
from kaz_bot.domain.committee.ballot_refusals import (
    LateVote,
    NotEntitled,
    ReasonMissing,
    VotedBefore,
)
from kaz_bot.domain.committee.ballots import (
    Ballot,
    BallotId,
    Choice,
    Elector,
    Mode,
    Vote,
    Way,
)
from kaz_bot.domain.committee.effects import is_quiet, took_effect
from kaz_bot.domain.committee.tally import last_of_each, tally
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.reminder_events import Heard
from kaz_bot.messages import EventId, Redacted
from kaz_bot.store import Work

# The letters that ask for a vote: a sign or an answer under one of them is a vote.
_ASKING = frozenset({"ballot/opened", "ballot/poll", "ballot/reminded"})

# More names than this nobody reads.
_NAMED = 20


async def cast(
    work: Work, desk: Desk, vote: Vote, *, now: datetime, heard: Heard | None = None
) -> list[DeskEvent]:
    """The one way of a vote into a ballot; with the last missing one it is counted at once.

    Raises LateVote, VotedBefore, NotEntitled or ReasonMissing. What was a vote before changes
    nothing.
    """
    case = await case_of(work, await work.ballots.hold(vote.ballot_id))
    electors = await work.ballots.electors(vote.ballot_id)
    before = await work.ballots.votes(vote.ballot_id)
    earlier = last_of_each(case.ballot, before).get(vote.person)
    given = _repeating(vote, earlier, now)
    # By the homeserver's time, also where the bot's own clock is behind.
    sent = replace(given, cast_at=vote.cast_at)
    asked_at = await _asked_at(work, case.ballot)
    elector = _check(case, sent, electors, asked_at=asked_at, prefix=desk.settings.prefix)
    if not await work.ballots.cast(given):
        return []
    stood = tally(case.ballot, electors, before)
    stands = tally(case.ballot, electors, await work.ballots.votes(vote.ballot_id))
    effect = took_effect(given, elector, earlier=earlier, before=stood, after=stands)
    told = VoteCast(
        case.paper,
        case.edition,
        case.ballot,
        stands,
        given,
        elector,
        effect,
        quiet=is_quiet(given, effect),
        moved=stood.missing != stands.missing,
        by=given.person,
        at=now,
        heard=heard,
    )
    if not stands.complete:
        return [told]
    return [told, *await count(work, desk, case.ballot, by=None, now=now, cause=given.event_id)]


async def cast_by_sign(work: Work, desk: Desk, vote: Vote, now: datetime) -> list[DeskEvent]:
    """The same for reactions and polls: whoever's vote counts for nothing is told so once."""
    try:
        return await cast(work, desk, vote, now=now)
    except LateVote:
        why = Unheard.LATE
    except NotEntitled:
        why = Unheard.NOT_ENTITLED
    case = await case_of(work, await work.ballots.hold(vote.ballot_id))
    told = await work.committee_trail.done_by(vote.person, case.paper.subject, VoteRefused.word)
    known = {entry.details.get("ballot") for entry in told}
    if vote.choice is Choice.NONE or str(vote.ballot_id) in known:
        return []
    stands = await tally_of(work, case.ballot)
    unread = case.ballot.was_unread(vote.cast_at)
    return [
        VoteRefused(
            case.paper, case.edition, case.ballot, stands, why, unread, by=vote.person, at=now
        )
    ]


async def taken_back(work: Work, desk: Desk, redaction: Redacted, now: datetime) -> list[DeskEvent]:
    """Whoever removes their own vote has none any more, if it is the one that counts.

    What others remove stays a vote, so that nobody can unmake one; only its reason is forgotten.
    """
    vote = await work.ballots.vote_by(redaction.target)
    if vote is None:
        return []
    ballot = await work.ballots.hold(vote.ballot_id)
    theirs = redaction.sender == vote.person
    # A room has no say in what was said in another.
    if vote.reason and (theirs or redaction.room_id == ballot.room_id):
        await work.ballots.erase_reason(vote)
    counting = last_of_each(ballot, await work.ballots.votes(ballot.id)).get(vote.person)
    if not theirs or ballot.is_over(redaction.sent_at) or counting is None:
        return []
    if counting.event_id != vote.event_id or counting.choice is Choice.NONE:
        return []
    back = replace(
        vote,
        choice=Choice.NONE,
        reason="",
        event_id=redaction.event_id,
        cast_at=redaction.sent_at,
    )
    return await cast(work, desk, back, now=now)


async def ballot_at(work: Work, event_id: EventId) -> Ballot | None:
    """The ballot in which a sign on this message, or an answer to this poll, is a vote."""
    letter = await work.letters.by_event(event_id)
    if letter is None or letter.template not in _ASKING:
        return None
    told = [name.partition("ballot-")[2] for name in await work.subjects.at(event_id)]
    numbers = [int(number) for number in told if number]
    return await work.ballots.get(BallotId(numbers[0])) if numbers else None


def not_entitled(electors: Iterable[Elector], **known: object) -> NotEntitled:
    """Told who is: as many as anybody reads."""
    bodies = tuple(dict.fromkeys(elector.body for elector in electors))
    return NotEntitled(**known, bodies=bodies[:_NAMED])


def _repeating(vote: Vote, earlier: Vote | None, now: datetime) -> Vote:
    """With the reason that was given before, if it says the same once more without one."""
    repeats = earlier is not None and earlier.choice is vote.choice and not vote.reason
    reason = earlier.reason if earlier is not None and repeats else vote.reason
    # A clock that is ahead must not let a vote outlast those that come after it.
    return replace(vote, reason=reason, cast_at=min(vote.cast_at, now))


async def _asked_at(work: Work, ballot: Ballot) -> datetime:
    """When the word that opened it was sent; a vote that follows it can be heard with it."""
    entries = await work.committee_trail.caused_by(ballot.event_id)
    opened = (entry.details for entry in entries if entry.event == BallotOpened.word)
    asked = next((details["asked"] for details in opened if "asked" in details), None)
    return datetime.fromisoformat(asked) if asked else ballot.opened_at


def _check(
    case: Case, vote: Vote, electors: list[Elector], *, asked_at: datetime, prefix: str
) -> Elector:
    """Whose seat the vote is cast from. Raises what speaks against it."""
    ballot, paper = case.ballot, case.paper
    known = {"paper": paper, "ballot": ballot, "prefix": prefix}
    if ballot.is_over(vote.cast_at):
        raise LateVote(**known, unread=ballot.was_unread(vote.cast_at), oral=False)
    by_command = vote.way is Way.COMMAND
    # A sign stands on the very message of its ballot.
    if by_command and ballot.is_early(vote.cast_at, asked_at):
        raise VotedBefore(**known)
    elector = next((one for one in electors if one.person == vote.person), None)
    if elector is None:
        raise not_entitled(electors, **known)
    objects = ballot.mode is Mode.CONSENSUS and vote.choice is Choice.NO
    if by_command and objects and not vote.reason:
        raise ReasonMissing(**known)
    return elector
