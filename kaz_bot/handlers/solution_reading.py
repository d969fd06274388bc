"""What people look up of model solutions: one of them, its history, the list."""

import re
from dataclasses import dataclass

from kaz_bot.commands import (
    Answer,
    Family,
    MissingRecord,
    Outcome,
    Role,
    Text,
    TooManyWords,
    verb,
)
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Series, pattern_of
from kaz_bot.domain.digest_quotes import quoting
from kaz_bot.domain.knowledge.solution_lines import order_in
from kaz_bot.domain.knowledge.solutions import (
    Solution,
    SolutionEdition,
    SolutionEditionNotFound,
    SolutionKeptElsewhere,
)
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.drafting import today
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.publishing import ordered

# More than this nobody reads in a chat; the rest is counted.
LISTED = 20
_ENTRIES = 30
_EDITION = re.compile(r"(?:fassung|edition|version)?\s*(?P<number>\d{1,6})", re.IGNORECASE)
_STALE = frozenset({"veraltet", "veraltete", "alt", "stale", "old", "outdated"})
_OPEN = frozenset({"offen", "offene", "vorgeschlagen", "open", "proposed"})
_ALL = frozenset({"", "alle", "all"})


class UnknownSolutionList(Refusal):
    """There is no such list of solutions; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_solution_list"


@dataclass(frozen=True, kw_only=True)
class SolutionLine:
    """A solution as one line of a list. `pending`: it has an edition that waits for a release."""

    solution: Solution
    edition: SolutionEdition
    stale: bool
    pending: bool


@verb(
    "lösung",
    "solution",
    allow=Role.PERSON,
    family=Family.KNOWLEDGE,
    aliases=("musterlösung",),
    about=Series.SOLUTION,
)
async def read_solution(ctx: Context, solution: Solution | None, text: Text | None) -> Outcome:
    """A solution with all that it says; `lösung L-3 freigeben` means the verb of specialists."""
    order, rest = order_in(text or "")
    # "Lösung löschen, aber wie?" names none: it may be a question.
    named = solution is not None or pattern_of(Series.SOLUTION).match(rest) is not None
    if order is not None and named and ctx.room.kind is not RoomKind.AREA:
        raise SolutionKeptElsewhere
    if solution is None:
        raise MissingRecord(series="solution", verb=ctx.verb, prefix=ctx.settings.prefix)
    if order is None:
        return await _shown(ctx, solution, text)
    return await ordered(ctx, order, solution, rest)


@verb("zeige", "show", allow=Role.PERSON, family=Family.KNOWLEDGE, about=Series.SOLUTION)
async def show_solution(ctx: Context, solution: Solution, text: Text | None) -> Outcome:
    """A solution with all that it says, or one of its editions."""
    return await _shown(ctx, solution, text)


@verb("verlauf", "history", allow=Role.SPECIALIST, family=Family.KNOWLEDGE, about=Series.SOLUTION)
async def history_of_solution(ctx: Context, solution: Solution) -> Outcome:
    """What has happened to a solution, and its editions."""
    course = await ctx.work.committee_trail.course(solution.subject, _ENTRIES)
    editions = await ctx.work.solutions.editions(solution.id)
    withheld = solution.sealed and not ctx.state.encrypted
    return Answer(
        template="info/solution_history",
        facts={
            "solution": solution,
            "course": course,
            "entries": [
                (entry, ctx.name_of(entry.actor) if entry.actor else "") for entry in course.entries
            ],
            "editions": [
                edition.without_words() if withheld else edition for edition in editions[-_ENTRIES:]
            ],
            "prefix": ctx.settings.prefix,
        },
        topic="history",
        data={"id": solution.subject},
        sealed=solution.sealed and not withheld,
        subjects=(solution.subject,),
    )


@verb("lösungen", "solutions", allow=Role.PERSON, family=Family.KNOWLEDGE)
async def list_solutions(ctx: Context, which: Text | None) -> Outcome:
    """Model solutions: all, of an area, those that have grown old, those nobody has released."""
    word = folded(which or "").strip(" .")
    area = ctx.desk.areas.named(word.lstrip("#"))
    specialists = ctx.room.kind is RoomKind.AREA
    if " " in word:
        raise TooManyWords(word=word.split()[1], verb=ctx.verb, prefix=ctx.settings.prefix)
    if area is None and word not in _ALL | _STALE | (_OPEN if specialists else frozenset()):
        areas, prefix = ctx.desk.areas.all, ctx.settings.prefix
        raise UnknownSolutionList(
            word=which or "", areas=areas, specialists=specialists, prefix=prefix
        )
    lines = await _lines(ctx, area, specialists=specialists)
    if word in _STALE:
        lines = [line for line in lines if line.stale]
    if word in _OPEN:
        lines = [line for line in lines if line.pending]
    return Answer(
        template="info/solutions",
        facts={
            "lines": lines[:LISTED],
            "more": len(lines[LISTED:]),
            "area": area or "",
            "part": "stale" if word in _STALE else "open" if word in _OPEN else "all",
            "specialists": specialists,
            "prefix": ctx.settings.prefix,
        },
        topic="solutions",
        sealed=any(line.solution.sealed and line.edition.title for line in lines[:LISTED]),
        subjects=tuple(quoting(line.solution.subject) for line in lines[:LISTED]),
    )


async def _lines(ctx: Context, area: AreaKey | None, *, specialists: bool) -> list[SolutionLine]:
    """Others read of each what was released; specialists the latest, if nothing was."""
    found = await ctx.work.solutions.listed(area, open_too=specialists)
    return [
        SolutionLine(
            solution=solution,
            edition=edition.without_words()
            if solution.sealed and not ctx.state.encrypted
            else edition,
            stale=edition.is_stale(today(ctx)),
            pending=specialists and solution.released_edition != solution.edition,
        )
        for solution, edition in await ctx.work.solutions.with_words(found)
    ]


async def _shown(ctx: Context, solution: Solution, text: str | None) -> Answer:
    edition = await _edition(ctx, solution, text)
    withheld = solution.sealed and not ctx.state.encrypted
    specialists = ctx.room.kind is RoomKind.AREA
    return Answer(
        template="info/solution",
        facts={
            "solution": solution,
            "edition": edition.without_words() if withheld else edition,
            "withheld": withheld,
            "stale": edition.is_stale(today(ctx)),
            "released": edition.number == solution.released_edition,
            "specialists": specialists,
            "author": ctx.name_of(edition.author) if specialists else "",
            "releaser": _releaser(ctx, edition) if specialists else "",
            "prefix": ctx.settings.prefix,
        },
        topic="solution",
        data={"id": solution.subject, "edition": edition.number},
        sealed=solution.sealed and not withheld,
        attachments=() if withheld else edition.attachments,
        subjects=(solution.subject,),
    )


def _releaser(ctx: Context, edition: SolutionEdition) -> str:
    return ctx.name_of(edition.released_by) if edition.released_by else ""


async def _edition(ctx: Context, solution: Solution, text: str | None) -> SolutionEdition:
    """The one that is in use, or the one of that number; others see no draft."""
    number = solution.released_edition or solution.edition
    if text:
        match = _EDITION.fullmatch(text.strip())
        if match is None:
            word = text.split(maxsplit=1)[0]
            raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
        number = int(match["number"])
    found = [one for one in await ctx.work.solutions.editions(solution.id) if one.number == number]
    public = [one for one in found if one.released_at is not None]
    shown = found if ctx.room.kind is RoomKind.AREA else public
    if not shown:
        raise SolutionEditionNotFound(solution=solution, number=number, prefix=ctx.settings.prefix)
    return shown[0]


SOLUTION_READING = (read_solution, show_solution, history_of_solution, list_solutions)
