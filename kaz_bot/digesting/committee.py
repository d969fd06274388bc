"""Tells of votes, tasks and the next meeting in a digest."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.counting import case_of, tally_of
from kaz_bot.digesting.sight import AHEAD, Sight
from kaz_bot.domain.committee.agenda_items import AgendaLine, readable
from kaz_bot.domain.committee.ballots import Ballot
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import Series, Subject, subject_of
from kaz_bot.domain.committee.tally import BodyVote
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.digest_contents import (
    LINES,
    Light,
    MeetingNote,
    Section,
    TaskNote,
    Topic,
    VoteNote,
)
from kaz_bot.domain.digest_quotes import quoting
from kaz_bot.messages import RoomId

# What is due sooner than this is not in good time any more.
_SOON = timedelta(days=7)


async def votes_in(
    sight: Sight, room_id: RoomId, concerns: Callable[[BodyVote], bool] | None = None
) -> list[VoteNote]:
    """The votes that run in the committee; with `concerns`, those in which such a body is missing
    and no others, told of nobody else."""
    notes = []
    for ballot in await sight.work.ballots.open_in(room_id):
        missing = (await tally_of(sight.work, ballot)).missing
        if concerns is None:
            notes.append(await _vote(sight, ballot, [body.body for body in missing]))
        elif mine := [body.body for body in missing if concerns(body)]:
            notes.append(await _vote(sight, ballot, mine))
    return sorted(notes, key=lambda note: (note.due_at is None, note.due_at or sight.now))


async def _vote(sight: Sight, ballot: Ballot, missing: list[str]) -> VoteNote:
    case = await case_of(sight.work, ballot)
    sealed = case.paper.sealed or ballot.sealed
    shown = sight.shows(sealed=sealed)
    return VoteNote(
        subject=case.paper.subject,
        title=case.paper.title if shown else "",
        due_at=ballot.due_at,
        missing=tuple(missing[:LINES]),
        more=max(0, len(missing) - LINES),
        sealed=sealed and shown,
        quotes=(quoting(case.paper.subject),) if shown else (),
    )


def tasks_due(sight: Sight, tasks: Iterable[Task]) -> Section:
    """What is overdue or due soon, the most pressing first."""
    coming = [task for task in tasks if task.open and task.due_at <= sight.now + AHEAD]
    coming.sort(key=lambda task: (task.due_at, task.id))
    notes = [_task(sight, task) for task in coming]
    lights = [*Light]
    notes.sort(key=lambda note: lights.index(note.light))
    return Section.of(Topic.TASKS, notes)


def _task(sight: Sight, task: Task) -> TaskNote:
    shown = bool(task.what) and sight.shows(sealed=task.sealed)
    light = _light(sight, task)
    late = task.working_days_over(sight.now, sight.desk.days)
    return TaskNote(
        number=task.id,
        light=light,
        due=task.due,
        days=late if light is Light.RED else (task.day - sight.today).days,
        requested=task.requested,
        what=task.what if shown else "",
        sealed=task.sealed and shown,
        quotes=(quoting(task.subject),) if shown else (),
    )


def _light(sight: Sight, task: Task) -> Light:
    if task.requested:
        # Whoever has promised nothing is late with nothing.
        return Light.YELLOW
    if task.due_at < sight.now:
        return Light.RED
    return Light.YELLOW if task.due_at <= sight.now + _SOON else Light.GREEN


async def meetings_next(sight: Sight, rooms: Iterable[RoomId]) -> Section:
    """The next meeting of each committee, with what is still to be talked about."""
    found = [await sight.work.meetings.next_in(room_id, sight.now) for room_id in rooms]
    planned = [meeting for meeting in found if meeting is not None]
    return Section.of(Topic.MEETING, [await _meeting(sight, one) for one in planned])


async def _meeting(sight: Sight, meeting: Meeting) -> MeetingNote:
    shown = sight.shows(sealed=meeting.sealed)
    lines = readable(await agenda_of(sight.work, meeting), encrypted=sight.encrypted)
    ahead = [line for line in lines if line.item.open]
    named = ahead[:LINES]
    return MeetingNote(
        subject=meeting.subject,
        starts=meeting.starts,
        place=meeting.place if shown else "",
        topics=tuple(map(_item, named)),
        more=len(ahead) - len(named),
        sealed=sight.encrypted and (meeting.sealed or any(line.sealed for line in named)),
        quotes=(quoting(meeting.subject), *filter(None, map(_quoted, named))),
    )


def _quoted(line: AgendaLine) -> Subject | None:
    """Whose words an item repeats beside those of the meeting: its paper's, or its task's."""
    if line.item.paper_id is not None:
        return quoting(subject_of(Series.PAPER, line.item.paper_id))
    task = line.item.task_id
    return quoting(subject_of(Series.TASK, task)) if task is not None else None


def _item(line: AgendaLine) -> str:
    return ": ".join(filter(None, (line.number, line.what)))
