"""Gathers what came of a meeting: results, decisions with their votes, tasks, who was there."""

from collections.abc import Iterable, Iterator

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.attending import roll_at
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.attending import Roll
from kaz_bot.domain.committee.meetings import ItemResult, Meeting
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.committee.tally import BodyVote, tally
from kaz_bot.domain.committee.tasks import Task, TaskState
from kaz_bot.messages import Enclosure, Making, UserId
from kaz_bot.minutes.layout import document_of
from kaz_bot.minutes.records import Minutes, Outcome, Voted
from kaz_bot.rights import chairs
from kaz_bot.store import Work
from kaz_bot.typesetting import Document, to_json


async def minutes_of(ctx: Context, meeting: Meeting) -> Enclosure:
    """As it was approved, otherwise as it stands now, in the language of the room."""
    approved = await ctx.work.minutes.of(meeting.id)
    return _file(ctx, meeting, approved or to_json(await _document(ctx, meeting)))


async def approved_minutes_of(ctx: Context, meeting: Meeting) -> Enclosure:
    """As it stands when somebody approves it, and from now on for good."""
    document = to_json(await _document(ctx, meeting))
    await ctx.work.minutes.add(meeting.id, document)
    return _file(ctx, meeting, document)


def _file(ctx: Context, meeting: Meeting, document: bytes) -> Enclosure:
    word = ctx.desk.speech(ctx.room.language).word("minutes", "file")
    return Enclosure(
        name=f"{word}-{meeting.subject}.pdf",
        media_type="application/pdf",
        content=document,
        making=Making.PDF,
    )


async def _document(ctx: Context, meeting: Meeting) -> Document:
    lines = await agenda_of(ctx.work, meeting)
    outcomes = tuple([await _outcome(ctx.work, line) for line in lines])
    tasks = await _tasks(ctx, meeting, outcomes)
    roll = await roll_at(ctx.work, meeting)
    minutes = Minutes(
        meeting=meeting,
        committee=ctx.state.name,
        chairs=tuple(ctx.name_of(person) for person in chairs(ctx.state, ctx.settings)),
        roll=roll,
        outcomes=outcomes,
        tasks=tasks,
        names={person: ctx.name_of(person) for person in _people(meeting, lines, roll, tasks)},
    )
    speech = ctx.desk.speech(ctx.room.language)
    return document_of(minutes, speech, meeting.approved_at or ctx.now)


def _people(
    meeting: Meeting, lines: Iterable[AgendaLine], roll: Roll, tasks: Iterable[Task]
) -> Iterator[UserId]:
    """Everybody who is named."""
    for body in roll.bodies:
        yield from (*body.members, *body.deputies)
    yield from (*roll.others, *roll.excused)
    yield from (line.person for line in lines if line.person is not None)
    yield from (task.person for task in tasks if task.person is not None)
    if meeting.approved_by is not None:
        yield meeting.approved_by


async def _outcome(work: Work, line: AgendaLine) -> Outcome:
    """With the votes, if it was voted on."""
    if line.item.paper_id is None:
        return Outcome(line=line)
    paper = await work.papers.get(line.item.paper_id)
    if line.item.result is ItemResult.DECIDED and paper.decision is not None:
        decision = (await work.decisions.get(paper.decision)).decision
        votes = tuple(
            Voted(body=vote.body, how=vote.how, reason=vote.reason) for vote in decision.votes
        )
        return Outcome(
            line=line,
            decision=decision,
            wording=decision.decides,
            mode=decision.mode,
            votes=votes,
        )
    return await _rejected(work, line, paper) if _was_rejected(line) else Outcome(line=line)


def _was_rejected(line: AgendaLine) -> bool:
    return line.item.result is ItemResult.REJECTED


async def _rejected(work: Work, line: AgendaLine, paper: Paper) -> Outcome:
    """The register knows what was passed alone."""
    ballot = await work.ballots.latest_of(paper.id)
    if ballot is None:
        return Outcome(line=line)
    electors = await work.ballots.electors(ballot.id)
    counted = tally(ballot, electors, await work.ballots.votes(ballot.id), final=True)
    edition = await work.papers.edition_of(paper.id, ballot.edition)
    return Outcome(
        line=line,
        wording=edition.decides,
        mode=ballot.mode,
        votes=tuple(
            Voted(body=vote.body, how=_how(vote), reason=vote.reason) for vote in counted.bodies
        ),
    )


def _how(vote: BodyVote) -> str:
    if vote.silent or vote.unexplained:
        return "silent" if vote.silent else "unexplained"
    return vote.choice.value if vote.choice else "missing"


async def _tasks(ctx: Context, meeting: Meeting, outcomes: Iterable[Outcome]) -> tuple[Task, ...]:
    """What follows from its decisions, and what was set while it ran."""
    found: dict[int, Task] = {}
    for outcome in outcomes:
        if outcome.decision is not None:
            follow = await ctx.work.tasks.of_decision(outcome.decision.number)
            found |= {task.id: task for task in follow}
    if meeting.began_at is not None:
        until = meeting.ended_at or ctx.now
        during = await ctx.work.tasks.set_between(meeting.room_id, meeting.began_at, until)
        found |= {task.id: task for task in during}
    standing = (task for task in found.values() if task.state is not TaskState.WITHDRAWN)
    return tuple(sorted(standing, key=lambda task: task.id))
