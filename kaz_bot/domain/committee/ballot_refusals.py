"""Why a vote is not taken down, or a ballot not opened or ended."""

from kaz_bot.errors import ErrorCode, Refusal


class NoOpenBallot(Refusal):
    """The paper is not voted on; told how it stands, and what came of the last ballot."""

    code = ErrorCode.BAD_STATE
    template = "refusal/no_open_ballot"


class WhichBallot(Refusal):
    """Several ballots are open, or none; the numbers are listed."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/which_ballot"


class NotEntitled(Refusal):
    """The person has no seat in this ballot."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_entitled"


class LateVote(Refusal):
    """It was sent after the end, or could only be read then (`unread`); told when that was."""

    code = ErrorCode.BAD_STATE
    template = "refusal/late_vote"


class ReasonMissing(Refusal):
    """An objection has to say why."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/reason_missing"


class VotedBefore(Refusal):
    """It was sent before the paper was put to the vote, which it is now; it counts for nothing."""

    code = ErrorCode.BAD_STATE
    template = "refusal/voted_before"


class BallotRuns(Refusal):
    """Bodies were promised that they can vote until a time, and some have not."""

    code = ErrorCode.BAD_STATE
    template = "refusal/ballot_runs"


class BallotOver(Refusal):
    """Its end has passed, and it is about to be counted; nobody can end it in another way."""

    code = ErrorCode.BAD_STATE
    template = "refusal/ballot_over"


class NotByCirculation(Refusal):
    """In a meeting everything is dealt with orally anyway."""

    code = ErrorCode.BAD_STATE
    template = "refusal/not_by_circulation"


class NoElectors(Refusal):
    """Nobody is entitled to vote here."""

    code = ErrorCode.BAD_STATE
    template = "refusal/no_electors"


class NeedsEnd(Refusal):
    """A vote by circulation ends at one time; told what to type."""

    code = ErrorCode.BAD_DATE
    template = "refusal/needs_end"
