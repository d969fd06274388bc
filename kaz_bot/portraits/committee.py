"""Writes what the records of the committee hold of a person for programs."""

from collections.abc import Iterator
from datetime import datetime

from kaz_bot.domain.committee.numbers import MeetingId, PaperId, Series, TaskId, subject_of
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.committee.traces import EditionWritten, Traces
from kaz_bot.messages import UserId
from kaz_bot.portraits.records import Record, Sight


def committee_records(traces: Traces, person: UserId, sight: Sight) -> Iterator[Record]:
    """Each kind under the name it has in `Traces`."""
    yield from _filed(traces, sight)
    yield from _voted(traces, sight)
    yield from _charged(traces, person, sight)
    yield from _met(traces, person, sight)
    yield from _kept(traces, sight)
    yield from _solved(traces, person, sight)
    for entry in traces.entries:
        said = {"id": entry.subject, "event": entry.event, "at": _iso(entry.at)}
        details = _details(entry, person) if sight.encrypted else {}
        yield Record(kind="entries", at=entry.at, said={**said, "details": details})


def _filed(traces: Traces, sight: Sight) -> Iterator[Record]:
    for paper in traces.papers:
        said: dict[str, object] = {
            "id": paper.subject,
            "state": paper.state.value,
            "room": paper.room_id,
            "filed_at": _iso(paper.filed_at),
            "decision": str(paper.decision) if paper.decision else None,
        }
        yield Record(kind="papers", at=paper.filed_at, said=said)
    for one in traces.editions:
        yield Record(kind="editions", at=one.edition.filed_at, said=_edition(one, sight))


def _edition(one: EditionWritten, sight: Sight) -> dict[str, object]:
    edition = one.edition
    words = ("title", "wording", "reasons", "money", "lead", "involved", "annexes")
    return {
        "id": _paper(edition.paper_id),
        "edition": edition.number,
        "filed_at": _iso(edition.filed_at),
        **{word: sight.shown(getattr(edition, word), sealed=one.sealed) for word in words},
    }


def _voted(traces: Traces, sight: Sight) -> Iterator[Record]:
    for seat in traces.seats:
        said: dict[str, object] = {"room": seat.room_id, "body": seat.body, "seat": seat.seat.value}
        yield Record(kind="seats", at=None, said=said)
    for one in traces.entitlements:
        said = {
            "id": _paper(one.paper_id),
            "body": one.body,
            "seat": one.seat.value,
            "opened_at": _iso(one.opened_at),
        }
        yield Record(kind="entitlements", at=one.opened_at, said=said)
    for vote in traces.votes:
        said = {
            "id": _paper(vote.paper_id),
            "choice": vote.choice.value,
            "reason": sight.shown(vote.reason, sealed=vote.sealed),
            "way": vote.way.value,
            "cast_at": _iso(vote.cast_at),
        }
        yield Record(kind="votes", at=vote.cast_at, said=said)
    for ballot in traces.ballots:
        said = {
            "id": _paper(ballot.paper_id),
            "state": ballot.state.value,
            "opened_at": _iso(ballot.opened_at),
        }
        yield Record(kind="ballots", at=ballot.opened_at, said=said)


def _charged(traces: Traces, person: UserId, sight: Sight) -> Iterator[Record]:
    for task in traces.tasks:
        said: dict[str, object] = {
            "id": task.subject,
            "state": task.state.value,
            "room": task.room_id,
            "due": task.due.isoformat(),
            "set_by_you": task.owner == person,
            "yours": task.person == person,
            "text": _what(task, person, sight),
        }
        yield Record(kind="tasks", at=task.set_at, said=said)
    for block in traces.blocks:
        said = {
            "id": f"{sight.ticket_prefix}-{block.ticket_id}",
            "paper": block.paper,
            "since": _iso(block.since),
            "ended_at": _iso(block.ended_at),
        }
        yield Record(kind="blocks", at=block.since, said=said)


def _kept(traces: Traces, sight: Sight) -> Iterator[Record]:
    for entry in traces.catalogue:
        words = ("name", "status", "description", "contact", "link")
        said: dict[str, object] = {
            "id": entry.subject,
            "kind": entry.kind.value,
            "room": entry.room_id,
            "changed_at": _iso(entry.changed_at),
            **{word: sight.shown(getattr(entry, word), sealed=entry.sealed) for word in words},
        }
        yield Record(kind="catalogue", at=entry.changed_at, said=said)


def _solved(traces: Traces, person: UserId, sight: Sight) -> Iterator[Record]:
    """What they wrote, and that they released what others did."""
    for one in traces.solutions:
        edition = one.edition
        own = edition.author == person
        words = ("title", "question", "answer")
        said: dict[str, object] = {
            "id": subject_of(Series.SOLUTION, edition.solution_id),
            "edition": edition.number,
            "written_at": _iso(edition.written_at),
            "written_by_you": own,
            "released_by_you": edition.released_by == person,
            **{
                word: sight.shown(getattr(edition, word), sealed=one.sealed) if own else ""
                for word in words
            },
        }
        yield Record(kind="solutions", at=edition.written_at, said=said)


def _what(task: Task, person: UserId, sight: Sight) -> str:
    """Their own words, what they were asked for, and those of others in a room where they are."""
    reads = task.owner == person or task.asked or sight.is_in(task.room_id)
    return sight.shown(task.what, sealed=task.sealed) if reads else ""


def _met(traces: Traces, person: UserId, sight: Sight) -> Iterator[Record]:
    for meeting in traces.meetings:
        own = meeting.owner == person
        title, place = (meeting.title, meeting.place) if own else ("", "")
        said: dict[str, object] = {
            "id": meeting.subject,
            "state": meeting.state.value,
            "room": meeting.room_id,
            "starts_at": meeting.starts.isoformat(),
            "set_by_you": own,
            "approved_by_you": meeting.approved_by == person,
            "title": sight.shown(title, sealed=meeting.sealed),
            "place": sight.shown(place, sealed=meeting.sealed),
        }
        yield Record(kind="meetings", at=meeting.set_at, said=said)
    for one in traces.attendance:
        said = {
            "id": _meeting(one.meeting_id),
            "presence": one.presence.value,
            "noted_at": _iso(one.noted_at),
        }
        yield Record(kind="attendance", at=one.noted_at, said=said)
    for item in traces.items:
        said = {
            "id": _meeting(item.meeting_id) if item.meeting_id else None,
            "paper": _paper(item.paper_id) if item.paper_id else None,
            "task": _task(item.task_id) if item.task_id else None,
            # Nobody keeps in which room it was said.
            "text": sight.shown(item.text, sealed=True),
            "added_at": _iso(item.added_at),
        }
        yield Record(kind="items", at=item.added_at, said=said)


def _details(entry: CommitteeEntry, person: UserId) -> dict[str, object]:
    """What was kept with it; who else is named there is their business."""
    return {
        name: fact
        for name, fact in entry.details.items()
        if fact == person or not fact.startswith("@")
    }


def _paper(number: PaperId) -> str:
    return subject_of(Series.PAPER, number)


def _task(number: TaskId) -> str:
    return subject_of(Series.TASK, number)


def _meeting(number: MeetingId) -> str:
    return subject_of(Series.MEETING, number)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
