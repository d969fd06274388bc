"""What can be wrong with what somebody wants of a meeting."""

from kaz_bot.errors import ErrorCode, Refusal


class NoMeeting(Refusal):
    """None runs and none ran, or none is ahead; told what can be done."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/no_meeting"


class SessionElsewhere(Refusal):
    """Another body meets there: it is neither begun nor minuted here."""

    code = ErrorCode.BAD_STATE
    template = "refusal/session_elsewhere"


class OtherMeetingRuns(Refusal):
    """One meeting at a time; told which is to be ended first."""

    code = ErrorCode.BAD_STATE
    template = "refusal/other_meeting_runs"


class MeetingFarAway(Refusal):
    """It is so far ahead that nobody begins it by mistake; told how it is begun all the same."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/meeting_far_away"


class TimeMissing(Refusal):
    """A meeting begins at a time of day; told how that is typed."""

    code = ErrorCode.BAD_DATE
    template = "refusal/time_missing"


class EndNotUnderstood(Refusal):
    """Its end is no time of day after its beginning; told how that is typed."""

    code = ErrorCode.BAD_DATE
    template = "refusal/end_not_understood"


class MoveMissing(Refusal):
    """Neither another time nor another place was named; told how they are typed."""

    code = ErrorCode.BAD_DATE
    template = "refusal/move_missing"


class MeetingNumberMissing(Refusal):
    """Which meeting is to be moved or cancelled cannot be guessed; told how it is typed."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/meeting_number_missing"


class MinutesVotedOn(Refusal):
    """A vote of the meeting is open, so that something may still come out."""

    code = ErrorCode.BAD_STATE
    template = "refusal/minutes_voted_on"


class MeetingRecurs(Refusal):
    """Each meeting is called by itself, with its own number and agenda."""

    code = ErrorCode.BAD_DATE
    template = "refusal/meeting_recurs"


class MinutesSealed(Refusal):
    """What was said encrypted is not printed for a room that is not."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/minutes_sealed"
