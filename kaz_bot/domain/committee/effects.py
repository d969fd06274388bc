"""What a single vote changes in how its body votes."""

from enum import StrEnum

from kaz_bot.domain.committee.ballots import Choice, Elector, Vote, Way
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.tally import Tally


class Effect(StrEnum):
    """Repeats: the person said just that before. Deputy: a member has voted, so it does not count.
    Overtaken: a later vote counts, which was heard before. Unexplained: an objection whose reason
    is still to come."""

    COUNTS = "counts"
    REPLACES = "replaces"
    REPEATS = "repeats"
    DEPUTY = "deputy"
    OVERTAKEN = "overtaken"
    UNEXPLAINED = "unexplained"
    TAKEN_BACK = "taken_back"


def took_effect(
    vote: Vote, elector: Elector, *, earlier: Vote | None, before: Tally, after: Tally
) -> Effect:
    """`earlier` is the vote of the person that counted until then."""
    if earlier is not None and earlier.cast_at > vote.cast_at:
        return Effect.OVERTAKEN
    if _same(vote, earlier):
        return Effect.REPEATS
    if vote.choice is Choice.NONE:
        return Effect.TAKEN_BACK
    was, now = before.of(elector.body), after.of(elector.body)
    if vote.choice is Choice.BIASED:
        return Effect.REPLACES if _stands(earlier) else Effect.COUNTS
    if now.person != vote.person:
        return Effect.DEPUTY if elector.seat is Seat.DEPUTY else Effect.OVERTAKEN
    if now.unexplained:
        return Effect.UNEXPLAINED
    return Effect.COUNTS if was.person is None and not _stands(earlier) else Effect.REPLACES


def is_quiet(vote: Vote, effect: Effect) -> bool:
    """Whether there is nothing new to answer; whoever types a command is answered always."""
    return effect is Effect.REPEATS and vote.way is not Way.COMMAND


def _same(vote: Vote, earlier: Vote | None) -> bool:
    if not _stands(earlier) or earlier is None:
        return vote.choice is Choice.NONE
    return (vote.choice, vote.reason) == (earlier.choice, earlier.reason)


def _stands(vote: Vote | None) -> bool:
    return vote is not None and vote.choice is not Choice.NONE
