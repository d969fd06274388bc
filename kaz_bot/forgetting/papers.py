"""Takes the words of a message out of the paper that it filed or changed, before it is decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.ballots import BallotState
from kaz_bot.domain.committee.drafts import taken_back
from kaz_bot.domain.committee.paper_events import PaperErased, PaperHappened, PaperKept
from kaz_bot.domain.committee.papers import Edition, Paper, PaperState
from kaz_bot.messages import UserId
from kaz_bot.store import Work

# States in which nobody has decided on the words, unless a ballot was counted before.
_UNDECIDED = frozenset({PaperState.DRAFT, PaperState.DEFERRED, PaperState.WITHDRAWN})


async def forget_filed(
    work: Work, paper: Paper, gone: Edition, *, by: UserId, now: datetime
) -> PaperHappened:
    """Without its first words it is no paper any more. What is voted or decided on stays: it is a
    record."""
    editions = await work.papers.editions(paper.id)
    if not await _may_be_forgotten(work, paper):
        return PaperKept(paper, editions[-1], by=by, at=now)
    if gone.number > 1:
        latest = await _take_back(work, editions, gone)
        saved = await work.papers.save(replace(paper, title=latest.title, changed_at=now))
        return PaperErased(saved, latest, gone.filed_at, by=by, at=now)
    saved = await work.papers.save(paper.erased(now))
    await work.papers.erase_editions(paper.id)
    return PaperErased(saved, editions[-1].without_words(), gone.filed_at, by=by, at=now)


async def _may_be_forgotten(work: Work, paper: Paper) -> bool:
    counted = {ballot.state for ballot in await work.ballots.of(paper.id)} - {BallotState.VOID}
    return paper.state in _UNDECIDED and not counted


async def _take_back(work: Work, editions: Sequence[Edition], gone: Edition) -> Edition:
    """What stood there before stands there again, also in all later editions; the latest one."""
    restored = taken_back(editions, gone.number)
    for edition in restored:
        await work.papers.change_words(edition)
    return restored[-1]
