"""Makes of tokens what they say: the grammar's parts, then one moment or a rule."""

from collections.abc import Sequence

from kaz_bot.dates.arranging import is_recurring
from kaz_bot.dates.composing import moment
from kaz_bot.dates.context import settled
from kaz_bot.dates.hearing import NotUnderstood, heard
from kaz_bot.dates.moments import Moment, Recurrence
from kaz_bot.dates.parts import decided
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.repeating import recurrence
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import Mark, Part
from kaz_bot.dates.tokens import UNSURE, Token

_UNCLEAR = frozenset({"VAGUE", "START", "ZWISCHEN", UNSURE})


def understood(said: Sequence[Token], scene: Scene) -> Moment | Recurrence:
    """What the tokens say. Raises `BadDate`."""
    if any(token.kind == "ODER" for token in said):
        raise _either(said, scene)
    try:
        parts = parts_of(said)
    except NotUnderstood as problem:
        unclear = any(token.kind in _UNCLEAR for token in said)
        raise BadDate(Reason.AMBIGUOUS if unclear else Reason.NOT_UNDERSTOOD) from problem
    return resolved(parts, scene)


def parts_of(said: Sequence[Token]) -> tuple[Part, ...]:
    """What the tokens say, before any calendar. Raises `NotUnderstood`."""
    return decided(heard(settled(said)))


def resolved(parts: Sequence[Part], scene: Scene) -> Moment | Recurrence:
    """What the parts come to. Raises `BadDate`."""
    if Mark.PARITY in parts:
        raise BadDate(Reason.NO_RULE)
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
    return BadDate(Reason.AMBIGUOUS, moments=tuple(candidates))
