"""Reads a date as people say it, alone or in a sentence."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.dates import sentences
from kaz_bot.dates.moments import Found, Moment, Recurrence, Use
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scanning import visible
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.tokens import tokens
from kaz_bot.dates.understanding import understood
from kaz_bot.days_off import DaysOff

# Nobody says when in more; the grammar is never asked about longer texts.
LONGEST = 200
MOST_TOKENS = 40

_USUAL_DAYS = DaysOff()
# What is read is a date in any case, so nobody needs to say so.
_LABEL = re.compile(
    r"\s*(?:Frist|Fristende|Termin|Stichtag|Fällig(?:\s+am)?|Deadline|Due)\b(?:\s*:)?(?=.*\w)",
    re.IGNORECASE | re.DOTALL,
)


class Reader:
    """Understands dates in one zone, where these days are off. Reading is pure and bounded."""

    def __init__(self, zone: ZoneInfo, days: DaysOff = _USUAL_DAYS) -> None:
        self.zone = zone
        self._days = days
        # Grammar, words and holidays are loaded now, so that the first to ask waits no longer.
        self.read("Karfreitag", datetime(2026, 1, 1, tzinfo=zone), Use.DEADLINE)

    def read(self, text: str, now: datetime, use: Use) -> Moment | Recurrence:
        """What the whole text says. Raises `BadDate`."""
        try:
            return self._read(text, self._scene(now, use))
        except BadDate as refusal:
            raise refusal.hearing(text) from refusal.__cause__

    def found(self, text: str, now: datetime, use: Use) -> Found | None:
        """A date at the beginning or the end of the text, and the rest.

        Raises `BadDate` if the words there are a date, but none that can be taken.
        """
        return sentences.found(visible(text), self._scene(now, use))

    def until(self, text: str, now: datetime) -> Found | None:
        """What is to be done and by when: `<was> bis <wann>`, or the other way round.

        Raises `BadDate` as `found` does.
        """
        return sentences.until(visible(text), self._scene(now, Use.DEADLINE))

    def _scene(self, now: datetime, use: Use) -> Scene:
        return Scene(now=now.astimezone(self.zone), zone=self.zone, days=self._days, use=use)

    @staticmethod
    def _read(text: str, scene: Scene) -> Moment | Recurrence:
        if len(text) > LONGEST:
            raise BadDate(Reason.TOO_LONG)
        seen = _LABEL.sub("", visible(text))
        said = tokens(seen, most=MOST_TOKENS + 1)
        if not said:
            raise BadDate(Reason.EMPTY)
        if len(said) > MOST_TOKENS:
            raise BadDate(Reason.TOO_LONG)
        return understood(said, scene)
