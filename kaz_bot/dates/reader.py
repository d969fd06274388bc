"""Reads a date as people say it, alone or in a sentence."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.dates.arranging import is_recurring
from kaz_bot.dates.composing import moment
from kaz_bot.dates.context import settled
from kaz_bot.dates.hearing import NotUnderstood, heard
from kaz_bot.dates.moments import Moment, Recurrence, Use
from kaz_bot.dates.parts import decided
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.repeating import recurrence
from kaz_bot.dates.scanning import visible
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.tokens import UNSURE, Token, tokens
from kaz_bot.days_off import DaysOff

# Nobody says when in more; the grammar is never asked about longer texts.
LONGEST = 200
MOST_TOKENS = 40


class Reader:
    """Understands dates in one zone, where these days are off. Reading is pure and bounded."""

    def __init__(self, zone: ZoneInfo, days: DaysOff = DaysOff()) -> None:  # noqa: B008
        self._zone = zone
        self._days = days

    def read(self, text: str, now: datetime, use: Use) -> Moment | Recurrence:
        """What the whole text says. Raises `BadDate`."""
        scene = self._scene(now, use)
        try:
            return _read(text, scene)
        except BadDate as refusal:
            raise refusal.hearing(text) from refusal.__cause__

    def _scene(self, now: datetime, use: Use) -> Scene:
        return Scene(now=now.astimezone(self._zone), zone=self._zone, days=self._days, use=use)


def _read(text: str, scene: Scene) -> Moment | Recurrence:
    seen = visible(text[: 2 * LONGEST])
    if not seen.strip():
        raise BadDate(Reason.EMPTY)
    if len(text) > LONGEST:
        raise BadDate(Reason.TOO_LONG)
    said = tokens(seen, most=MOST_TOKENS + 1)
    if len(said) > MOST_TOKENS:
        raise BadDate(Reason.TOO_LONG)
    return understood(said, scene)


def understood(said: Sequence[Token], scene: Scene) -> Moment | Recurrence:
    """What the tokens say. Raises `BadDate`."""
    kinds = {token.kind for token in said}
    if "ODER" in kinds:
        raise _either(said, scene)
    try:
        parts = decided(heard(settled(said)))
    except NotUnderstood as problem:
        reason = Reason.AMBIGUOUS if kinds & {"VAGUE", UNSURE} else Reason.NOT_UNDERSTOOD
        raise BadDate(reason) from problem
    if is_recurring(parts, scene.use):
        return recurrence(parts, scene)
    return moment(parts, scene)


def _either(said: Sequence[Token], scene: Scene) -> BadDate:
    """The refusal of "A oder B", naming what both come to."""
    place = next(number for number, token in enumerate(said) if token.kind == "ODER")
    candidates = []
    for side in (said[:place], said[place + 1 :]):
        try:
            found = understood(side, scene)
        except BadDate:
            continue
        candidates.append(found.at if isinstance(found, Moment) else found.dtstart)
    return BadDate(Reason.AMBIGUOUS, candidates=tuple(candidates))
