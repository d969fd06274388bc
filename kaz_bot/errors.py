"""The errors of the house, sorted by who has to act."""

from collections.abc import Mapping
from enum import StrEnum


class ErrorCode(StrEnum):
    """What other programs read in `de.kaz.error` instead of parsing prose."""

    UNKNOWN_COMMAND = "unknown_command"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    BAD_STATE = "bad_state"
    BAD_ARGUMENT = "bad_argument"
    BAD_DATE = "bad_date"
    TOO_LONG = "too_long"
    RATE_LIMITED = "rate_limited"
    INTERNAL = "internal"


class Refusal(Exception):
    """The user has to act: told why in words of a template, nothing is logged as an error."""

    code: ErrorCode = ErrorCode.BAD_ARGUMENT
    template: str = "refusal/bad_argument"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.template)
        self.facts: Mapping[str, object] = facts

    @property
    def key(self) -> Mapping[str, object]:
        """What programs read in `de.kaz.error`."""
        return {"code": self.code.value}


class ConfigError(Exception):
    """The operator has to act before the start; names every problem at once, one a line."""


class IdentityError(ConfigError):
    """A part of the bot's identity (device, token, crypto store, keys) is missing or foreign."""


class DatabaseError(ConfigError):
    """The database cannot be used as it is: unreachable, newer than the program, or foreign."""


class LoggedOut(Exception):
    """The homeserver does not accept the access token any more; the operator must log in anew."""


class StaleRecord(Exception):
    """Somebody saved the record first; nobody has to act, the transaction runs again."""


class StoreUnavailable(Exception):
    """The database does not answer just now; nobody has to act, we wait and go on."""


class HomeserverUnavailable(Exception):
    """The homeserver does not answer just now; nobody has to act, we wait and go on."""


class SendDelayed(Exception):
    """Nobody has to act: the letter stays in the outbox and is tried again."""

    def __init__(self, why: str, *, seconds: float) -> None:
        super().__init__(why)
        self.seconds = seconds


class SendRejected(Exception):
    """The operator has to act: the homeserver will never take this letter."""
