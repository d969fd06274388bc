"""What can be wrong with a command as it was typed."""

from kaz_bot.errors import ErrorCode, Refusal


class UnknownCommand(Refusal):
    """No verb of that name; the nearest one is suggested."""

    code = ErrorCode.UNKNOWN_COMMAND
    template = "refusal/unknown_command"


class MissingTicket(Refusal):
    """The verb needs a number and none can be guessed from the place."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_ticket"


class MissingAnswer(Refusal):
    """The verb needs the number of the ticket whose answer is meant."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_answer"


class MissingReminder(Refusal):
    """The verb needs the number of a reminder, or to be said in answer to one."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_reminder"


class OtherTicket(Refusal):
    """A text in the thread of one ticket begins with the number of another."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/other_ticket"


class MissingRecord(Refusal):
    """The verb needs the number of a paper, a task, a meeting or a decision."""

    template = "refusal/missing_record"


class MissingText(Refusal):
    """The verb needs a text."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_text"


class UnknownArea(Refusal):
    """There is no such area; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_area"


class UnknownPriority(Refusal):
    """There is no such priority; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_priority"


class UnknownPerson(Refusal):
    """Nobody in the room is meant by that name, or more than one."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_person"


class TooManyWords(Refusal):
    """The verb takes less than was typed; running it would ignore what the person meant."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/too_many_words"
