"""What people look up in the register of decisions, and what the chair lets others read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.counting import tally_of
from kaz_bot.domain.committee.decision_events import DecisionPublished
from kaz_bot.domain.committee.decisions import DecisionNotFound, Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, pattern_of
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.indexing import index_decision
from kaz_bot.register import Extract, Part, Wish, files_of
from kaz_bot.rights import chairs, check_decision, is_voter

LATEST, LISTED = 10, 20
_TOPIC = "decisions"


@dataclass(frozen=True, kw_only=True)
class OpenPaper:
    """A paper that is still to be decided; while it is voted on, until when and how many bodies
    have not voted."""

    paper: Paper
    due_at: datetime | None = None
    missing: int = 0


@verb("beschlüsse", "decisions", allow=Role.PERSON, family=Family.DECISIONS)
async def decisions(ctx: Context, text: Text | None) -> Outcome:
    """The register: the latest decisions, those of a year, the open ones, or those with some words
    in them; with a kind of file behind it, as files. Elsewhere only what was published."""
    if number := pattern_of(Series.DECISION).fullmatch(text or ""):
        entry = await ctx.work.decisions.get(
            DecisionNumber(int(number["year"]), int(number["number"]))
        )
        check_decision(ctx.room, entry)
        return await _shown(ctx, entry)
    wish = Wish.read(text or "")
    found = await _found(ctx, wish)
    if wish.forms and found:
        return await _handed_out(ctx, wish, found)
    return await _told(ctx, wish, found)


async def _found(ctx: Context, wish: Wish) -> list[Entry]:
    """In the order of the register: of the committee in its room, elsewhere what is published."""
    at_home = _at_home(ctx)
    room_id = ctx.room.room_id if at_home else None
    if wish.part is Part.ALL and not wish.forms:
        latest = await ctx.work.decisions.latest(LATEST, room_id=room_id, published=not at_home)
        return latest[::-1]
    found = await wish.found(ctx.work, room_id, published=not at_home)
    if wish.part is not Part.WORDS:
        return found
    # That a word stands in what may not be shown here would say what it says.
    return [entry for entry in found if not _hidden(ctx, entry)]


def _at_home(ctx: Context) -> bool:
    return ctx.room.kind is RoomKind.COMMITTEE


def _hidden(ctx: Context, entry: Entry) -> bool:
    return entry.sealed and not ctx.state.encrypted


async def _passed_over(ctx: Context, wish: Wish) -> bool:
    """Whether words were not looked for in all that the committee has decided."""
    if wish.part is not Part.WORDS or ctx.state.encrypted or not _at_home(ctx):
        return False
    return any(entry.sealed for entry in await ctx.work.decisions.all(ctx.room.room_id))


async def _told(ctx: Context, wish: Wish, found: Sequence[Entry]) -> Answer:
    at_home = _at_home(ctx)
    room_id = ctx.room.room_id if at_home else None
    newest = found[: -LISTED - 1 : -1]
    papers = await _open_papers(ctx) if at_home and wish.part is Part.OPEN else []
    withheld = any(_hidden(ctx, entry) for entry in newest) or await _passed_over(ctx, wish)
    return Answer(
        template="info/decisions",
        facts={
            "at_home": at_home,
            "part": wish.part.value,
            "year": str(wish.year),
            "words": " ".join(wish.words),
            "lines": [one.without_words() if _hidden(ctx, one) else one for one in newest],
            "count": len(found),
            "total": await ctx.work.decisions.count(room_id, published=not at_home),
            "papers": papers,
            "withheld": withheld,
            "prefix": ctx.settings.prefix,
        },
        topic=_TOPIC,
        data={"ids": [entry.decision.subject for entry in newest]},
        sealed=ctx.state.encrypted
        and (any(one.sealed for one in newest) or any(one.paper.sealed for one in papers)),
    )


async def _open_papers(ctx: Context) -> list[OpenPaper]:
    """What is still to be decided here; in rooms that are not encrypted without the titles that
    came from one that is."""
    papers = await ctx.work.papers.open_in(ctx.room.room_id, LISTED)
    return [await _open_paper(ctx, paper) for paper in papers]


async def _open_paper(ctx: Context, paper: Paper) -> OpenPaper:
    shown = replace(paper, title="") if paper.sealed and not ctx.state.encrypted else paper
    ballot = await ctx.work.ballots.latest_of(paper.id)
    if paper.state is not PaperState.VOTING or ballot is None:
        return OpenPaper(paper=shown)
    missing = (await tally_of(ctx.work, ballot)).missing
    return OpenPaper(paper=shown, due_at=ballot.due_at, missing=len(missing))


async def _handed_out(ctx: Context, wish: Wish, found: Sequence[Entry]) -> Answer:
    """As files, of which the first comes with the answer."""
    at_home = _at_home(ctx)
    entries = tuple(entry for entry in found if not _hidden(ctx, entry))
    extract = Extract(
        entries=entries,
        wish=wish,
        at=ctx.now,
        whole=len(entries) == await ctx.work.decisions.count(),
        published=not at_home,
        committee=ctx.state.name if at_home else "",
        chairs=_chairs(ctx) if at_home else (),
    )
    first, *more = files_of(extract, ctx.desk.speech(ctx.room.language))
    return Answer(
        template="info/decisions_files",
        facts={
            "at_home": at_home,
            "name": first.name,
            "count": len(entries),
            "left_out": len(found) - len(entries),
        },
        topic=_TOPIC,
        sealed=any(entry.sealed for entry in entries),
        enclosure=first,
        more=tuple(more),
    )


def _chairs(ctx: Context) -> tuple[str, ...]:
    """Who leads the committee, unless that is everybody."""
    leading = chairs(ctx.state, ctx.settings)
    people = [user for user in ctx.state.members if is_voter(user, ctx.settings)]
    return tuple(map(ctx.name_of, leading)) if len(leading) < len(people) else ()


@verb("zeige", "show", allow=Role.PERSON, family=Family.DECISIONS, about=Series.DECISION)
async def show_decision(ctx: Context, decision: Entry) -> Outcome:
    """A decision with its wording and its votes, what follows from it, and its digest."""
    return await _shown(ctx, decision)


async def _shown(ctx: Context, entry: Entry) -> Answer:
    hidden = _hidden(ctx, entry)
    at_home = entry.room_id == ctx.room.room_id
    tasks = await ctx.work.tasks.of_decision(entry.decision.number) if at_home else []
    unsealed = ctx.state.encrypted
    return Answer(
        template="info/decision",
        facts={
            "entry": entry.without_words() if hidden else entry,
            "withheld": hidden,
            "at_home": at_home,
            "tasks": [
                (task.without_words() if task.sealed and not unsealed else task, state)
                for task, state in ((one, one.state_at(ctx.now)) for one in tasks)
            ],
            "prefix": ctx.settings.prefix,
        },
        topic="show",
        data={"id": entry.decision.subject, "state": entry.state.value},
        sealed=unsealed and (entry.sealed or any(task.sealed for task in tasks)),
        subjects=(entry.decision.subject,),
    )


@verb("verlauf", "history", allow=Role.MEMBER, family=Family.DECISIONS, about=Series.DECISION)
async def history_of_decision(ctx: Context, decision: Entry) -> Outcome:
    """How a decision came about: what happened to its paper, and then to itself."""
    if decision.room_id != ctx.room.room_id:
        raise DecisionNotFound(number=decision.decision.subject)
    trail = ctx.work.committee_trail
    subjects = (decision.decision.paper, decision.decision.subject)
    courses = [await trail.course(subject, LISTED) for subject in subjects]
    hidden = _hidden(ctx, decision)
    return Answer(
        template="info/decision_history",
        facts={
            "entry": decision.without_words() if hidden else decision,
            "courses": [
                (
                    course,
                    [
                        (entry, ctx.name_of(entry.actor) if entry.actor else "")
                        for entry in course.entries
                    ],
                )
                for course in courses
            ],
            "prefix": ctx.settings.prefix,
        },
        topic="history",
        data={"id": decision.decision.subject},
        sealed=decision.sealed and not hidden,
        subjects=(decision.decision.subject,),
    )


@verb("veröffentlichen", "publish", allow=Role.CHAIR, family=Family.DECISIONS)
async def publish(ctx: Context, decision: Entry) -> Outcome:
    """Let others read a decision, for good. Again only says since when they may."""
    if decision.room_id != ctx.room.room_id:
        raise DecisionNotFound(number=decision.decision.subject)
    if decision.published_at is not None:
        return Answer(
            template="info/published_before",
            facts={"entry": decision, "prefix": ctx.settings.prefix},
            topic=_TOPIC,
            data={"id": decision.decision.subject},
            subjects=(decision.decision.subject,),
        )
    await ctx.work.decisions.publish(decision.decision.number, ctx.now)
    published = await ctx.work.decisions.get(decision.decision.number)
    await index_decision(ctx.work, published)
    return DecisionPublished(published, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


DECIDING = (decisions, show_decision, history_of_decision, publish)
