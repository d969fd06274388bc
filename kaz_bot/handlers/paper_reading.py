"""What people look up of a paper: all that it says and how it stands, and what it has been."""

import re

from kaz_bot.commands import Answer, Family, Outcome, Role, Text, TooManyWords, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.ballots import Ballot
from kaz_bot.domain.committee.decided_words import as_decided
from kaz_bot.domain.committee.meetings import ItemResult
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, EditionNotFound, Paper
from kaz_bot.domain.committee.tally import tally

# So many changes are listed; a paper has few.
LISTED = 30
_EDITION = re.compile(r"(?:fassung|edition|version)?\s*(?P<number>\d{1,6})", re.IGNORECASE)


@verb("zeige", "show", allow=Role.MEMBER, family=Family.PAPERS, about=Series.PAPER)
async def show_paper(ctx: Context, paper: Paper, text: Text | None) -> Outcome:
    """A paper with all that it says and how it stands, or one of its earlier editions."""
    number = _number(ctx, text) if text else paper.edition
    if not 1 <= number <= paper.edition:
        raise EditionNotFound(paper=paper, number=number, prefix=ctx.settings.prefix)
    edition = await _edition(ctx, paper, number)
    withheld = paper.sealed and not ctx.state.encrypted
    ballot = await ctx.work.ballots.latest_of(paper.id)
    return Answer(
        template="info/paper",
        facts={
            "paper": paper,
            "edition": edition.without_words() if withheld else edition,
            "withheld": withheld,
            "author": ctx.name_of(paper.author),
            "editor": ctx.name_of(edition.author),
            "waiting": [block.ticket_id for block in await ctx.work.blocks.on(paper.id)],
            **(await _agenda(ctx, paper)),
            **(await _votes(ctx, ballot)),
            "prefix": ctx.settings.prefix,
        },
        topic="show",
        data={"id": paper.number, "edition": number},
        sealed=paper.sealed and not withheld,
        subjects=(paper.subject,),
    )


async def _edition(ctx: Context, paper: Paper, number: int) -> Edition:
    """One of its wordings; of what was decided that of the register."""
    edition = await ctx.work.papers.edition_of(paper.id, number)
    if paper.decision is None:
        return edition
    decision = (await ctx.work.decisions.get(paper.decision)).decision
    return as_decided(edition, decision) if decision.edition == number else edition


def _number(ctx: Context, text: str) -> int:
    match = _EDITION.fullmatch(text.strip())
    if match is None:
        word = text.split(maxsplit=1)[0]
        raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
    return int(match["number"])


async def _votes(ctx: Context, ballot: Ballot | None) -> dict[str, object]:
    """How the vote stands that is open; of one that was counted, what came of it."""
    if ballot is None:
        return {"ballot": None, "missing": (), "entitled": 0}
    counted = tally(
        ballot,
        await ctx.work.ballots.electors(ballot.id),
        await ctx.work.ballots.votes(ballot.id),
        final=not ballot.open,
    )
    missing = [vote.body for vote in counted.missing]
    return {"ballot": ballot, "missing": missing, "entitled": len(counted.bodies)}


async def _agenda(ctx: Context, paper: Paper) -> dict[str, object]:
    """The meetings on whose agenda it is or was, and whether it waits for one."""
    items = await ctx.work.meetings.items_on(paper.id)
    numbers = [item.meeting_id for item in items if item.result is not ItemResult.REMOVED]
    called = dict.fromkeys(number for number in numbers if number is not None)
    meetings = [await ctx.work.meetings.get(number) for number in called]
    return {"meetings": meetings, "unscheduled": None in numbers}


@verb("verlauf", "history", allow=Role.MEMBER, family=Family.PAPERS, about=Series.PAPER)
async def history_of_paper(ctx: Context, paper: Paper) -> Outcome:
    """What has happened to a paper, and its editions."""
    course = await ctx.work.committee_trail.course(paper.subject, LISTED)
    editions = await ctx.work.papers.editions(paper.id)
    withheld = paper.sealed and not ctx.state.encrypted
    return Answer(
        template="info/paper_history",
        facts={
            "paper": paper,
            "course": course,
            "entries": [_named(ctx, entry) for entry in course.entries],
            "editions": [
                (edition.without_words() if withheld else edition, ctx.name_of(edition.author))
                for edition in editions[-LISTED:]
            ],
            "earlier": max(len(editions) - LISTED, 0),
            "prefix": ctx.settings.prefix,
        },
        topic="history",
        data={"id": paper.number},
        sealed=paper.sealed and not withheld,
        subjects=(paper.subject,),
    )


def _named(ctx: Context, entry: CommitteeEntry) -> tuple[CommitteeEntry, str]:
    return entry, ctx.name_of(entry.actor) if entry.actor else ""


PAPER_READING = (show_paper, history_of_paper)
