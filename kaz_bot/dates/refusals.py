"""Why a date is not taken as it was typed."""

from datetime import date, datetime
from enum import StrEnum

from kaz_bot.errors import ErrorCode, Refusal

# Of more than two things that may be meant nobody wants to choose.
_MOST_CHOICES = 2


class Reason(StrEnum):
    """The words of the conventions; each has a template of its name."""

    INVALID = "ungueltig"
    PAST = "vergangenheit"
    AMBIGUOUS = "mehrdeutig"
    CONTRADICTION = "widerspruch"
    GAP = "zeit_existiert_nicht"
    EMPTY = "leer"
    NOT_UNDERSTOOD = "unverstanden"
    # Even or odd weeks.
    NO_RULE = "keine_regel"
    TOO_OFTEN = "zu_oft"
    TOO_LONG = "zu_lang"
    TOO_FAR = "zu_weit"


class BadDate(Refusal):
    """The words are no date that a careful program would take; says why, and what would do.

    Facts: `heard` is what was typed, `days` or `moments` are what may have been meant, `day` and
    `moment` are what the words come to, `said` is the weekday (Monday is 0) that `day` is not.
    """

    code = ErrorCode.BAD_DATE

    def __init__(
        self,
        reason: Reason,
        *,
        days: tuple[date, ...] = (),
        moments: tuple[datetime, ...] = (),
        day: date | None = None,
        moment: datetime | None = None,
        said: int | None = None,
    ) -> None:
        self.reason = reason
        self.template = f"refusal/date/{reason}"
        super().__init__(
            heard="",
            days=tuple(dict.fromkeys(days))[:_MOST_CHOICES],
            moments=tuple(dict.fromkeys(moments))[:_MOST_CHOICES],
            day=day,
            moment=moment,
            said=said,
        )

    def hearing(self, text: str) -> "BadDate":
        """The same, naming what was typed."""
        self.facts = {**self.facts, "heard": text.strip()}
        return self
