"""Why a date is not taken as it was typed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from kaz_bot.errors import ErrorCode, Refusal


class Reason(StrEnum):
    """The words of the conventions; each has a template of its name."""

    INVALID = "ungueltig"
    PAST = "vergangenheit"
    AMBIGUOUS = "mehrdeutig"
    CONTRADICTION = "widerspruch"
    GAP = "zeit_existiert_nicht"
    EMPTY = "leer"
    NOT_UNDERSTOOD = "unverstanden"
    TOO_LONG = "zu_lang"
    TOO_FAR = "zu_weit"


class Weekday(StrEnum):
    """The days of the week as the templates' table of words knows them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEKDAYS = tuple(Weekday)


class BadDate(Refusal):
    """The words are no date that a careful program would take; says why, and what would do.

    Facts: `heard` is what was typed, `candidates` are what may have been meant, `day` and `moment`
    are what the words come to, `said` the weekday that does not fit `day`.
    """

    code = ErrorCode.BAD_DATE

    def __init__(
        self,
        reason: Reason,
        *,
        heard: str = "",
        candidates: tuple[date, ...] = (),
        day: date | None = None,
        moment: datetime | None = None,
        said: Weekday | None = None,
    ) -> None:
        self.reason = reason
        self.template = f"refusal/date/{reason}"
        super().__init__(
            heard=heard, candidates=candidates, day=day, moment=moment, said=said, named=None
        )

    def hearing(self, text: str) -> "BadDate":
        """The same, naming what was typed."""
        known: Mapping[str, object] = self.facts
        self.facts = {**known, "heard": text}
        return self
