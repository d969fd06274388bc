"""Tells of solutions, decisions and deadlines in a digest."""

from collections.abc import Iterable, Sequence

from kaz_bot.digesting.sight import AHEAD, Sight
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.digest_contents import DeadlineNote, DecisionNote, Section, SolutionNote, Topic
from kaz_bot.domain.digest_quotes import about_reminder, quoting
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import AreaKey


async def new_solutions(sight: Sight) -> Section:
    """What others may use since the last digest: released by a second specialist."""
    found = await sight.work.solutions.released_between(sight.since, sight.now)
    editions = [await sight.work.solutions.released_edition(one) for one in found]
    notes = [
        _solution(sight, solution, edition)
        for solution, edition in zip(found, editions, strict=True)
        if edition is not None
    ]
    return Section.of(Topic.SOLUTIONS, notes)


async def solutions_to_look_after(sight: Sight, areas: Sequence[AreaKey]) -> tuple[Section, ...]:
    """Those of the areas that wait for a second specialist, and those that have grown stale."""
    counts, stored = sight.work.digest_counts, sight.work.solutions
    waiting = [
        _solution(sight, one, await stored.edition(one))
        for area in areas
        for one in await counts.solutions_to_release(area)
    ]
    stale = [
        _solution(sight, one, await stored.edition(one, one.released_edition))
        for area in areas
        for one in await counts.stale_solutions(area, sight.today)
    ]
    return Section.of(Topic.TO_RELEASE, waiting), Section.of(Topic.STALE, stale)


def _solution(sight: Sight, solution: Solution, edition: SolutionEdition) -> SolutionNote:
    shown = sight.shows(sealed=solution.sealed)
    return SolutionNote(
        subject=solution.subject,
        title=edition.title if shown else "",
        area=solution.area,
        as_of=edition.as_of,
        valid_until=edition.valid_until,
        sealed=solution.sealed and shown,
        quotes=(quoting(solution.subject),) if shown else (),
    )


async def published_decisions(sight: Sight) -> Section:
    """What the committees let others read since the last digest."""
    found = await sight.work.decisions.published_between(sight.since, sight.now)
    return Section.of(Topic.DECISIONS, [_decision(sight, entry) for entry in found])


def decisions_made(sight: Sight, entries: Iterable[Entry]) -> Section:
    """What the committee itself decided since the last digest, the newest first."""
    new = [entry for entry in entries if sight.within(entry.decision.decided_at)]
    return Section.of(Topic.DECISIONS, [_decision(sight, entry) for entry in new])


def _decision(sight: Sight, entry: Entry) -> DecisionNote:
    # What was decided is a record, and is not taken back: it needs no mark of whose words it is.
    shown = sight.shows(sealed=entry.sealed)
    title = entry.decision.title if shown else ""
    return DecisionNote(
        number=entry.decision.number, title=title, sealed=entry.sealed and bool(title)
    )


def deadlines(sight: Sight, reminders: Iterable[Reminder]) -> Section:
    """The deadlines among them that have passed or come soon, the first one first."""
    coming = [one for one in reminders if one.is_deadline and one.due_at <= sight.now + AHEAD]
    coming.sort(key=lambda one: (one.due_at, one.id))
    return Section.of(Topic.DEADLINES, [_deadline(sight, one) for one in coming])


def _deadline(sight: Sight, reminder: Reminder) -> DeadlineNote:
    shown = bool(reminder.about) and sight.shows(sealed=reminder.sealed)
    return DeadlineNote(
        number=reminder.id,
        kind=reminder.kind,
        due=reminder.due,
        timed=reminder.timed,
        days=(reminder.day - sight.today).days,
        about=reminder.about if shown else "",
        sealed=reminder.sealed and shown,
        quotes=(about_reminder(reminder.id),) if shown else (),
    )
