"""Says which of several documents answers best what is sought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log2

from kaz_bot.domain.knowledge.documents import Document, Options, SoughtWord
from kaz_bot.domain.knowledge.finds import FindKind

# What was made to be used again goes before what was only said.
_WORTH = {
    FindKind.SOLUTION: 1.3,
    FindKind.ENTRY: 1.2,
    FindKind.DECISION: 1.1,
    FindKind.TICKET: 1.0,
}
_IN_TITLE = 1.5
_STALE = 0.6
# The oldest loses so much against what is from today; half of it in two years.
_AGE, _YEARS = 0.25, 3.0
# Words say less of a text the more there are in it: half at this many.
_LONG = 400
# What has less than this part of the best's words is noise.
_ENOUGH = 0.5


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A document with how much of what is sought it has, from 0 to 1, and how good it is."""

    document: Document
    share: float
    score: float


def ranked(
    documents: Iterable[Document], sought: Sequence[SoughtWord], today: date
) -> list[Ranked]:
    """The best first, without those that have much less of the words than the best has."""
    weights = [rarity(word.often) for word in sought]
    options = [word.options for word in sought]
    total = sum(weights) or 1.0
    weighed = [_ranked(one, weights, options, total, today) for one in documents]
    most = max((one.share for one in weighed), default=0.0)
    good = [one for one in weighed if one.share and one.share >= most * _ENOUGH]
    return sorted(good, key=lambda one: (-one.score, -one.document.dated.toordinal()))


def rarity(often: int) -> float:
    """A word weighs the more the fewer documents have it."""
    return 1 / log2(2 + often)


def _ranked(
    document: Document,
    weights: Sequence[float],
    options: Sequence[Options],
    total: float,
    today: date,
) -> Ranked:
    words, head = frozenset(document.words), frozenset(document.head)
    share = score = 0.0
    for weight, option in zip(weights, options, strict=True):
        had = _had(option, words)
        share += weight * had
        # What stands in the title stands in the words as well.
        score += weight * max(had, _IN_TITLE * _had(option, head) if had else 0.0)
    return Ranked(document=document, share=share / total, score=score * _factor(document, today))


def _had(options: Options, words: frozenset[str]) -> float:
    return max((counts for option, counts in options if words.issuperset(option)), default=0.0)


def _factor(document: Document, today: date) -> float:
    stale = document.valid_until is not None and document.valid_until < today
    years = max((today - document.dated).days, 0) / 365
    fresh = 1 - _AGE * (1 - exp(-years / _YEARS))
    short = 1 / (1 + len(document.words) / _LONG)
    return _WORTH[document.kind] * fresh * short * (_STALE if stale else 1.0)
