"""Records of the committee that are right in everything a test does not replace."""

from datetime import timedelta

from kaz_bot.domain.committee.ballots import (
    Ballot,
    BallotId,
    Choice,
    Elector,
    Manner,
    Mode,
    Vote,
    Way,
)
from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.meetings import AgendaItem, Attendance, ItemId, Meeting, Presence
from kaz_bot.domain.committee.numbers import DecisionNumber, MeetingId, PaperId, Subject, TaskId
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, NOON, after

COMMITTEE = RoomId("!committee:kaz.test")
BODY = Body(id=BodyId(0), room_id=COMMITTEE, name="Landkreistag", members=(ANN,), deputies=(BEK,))
PAPER = Paper(
    id=PaperId(0),
    room_id=COMMITTEE,
    author=ANN,
    title="Gemeinsame Ausschreibung",
    event_id=EventId("$paper"),
    filed_at=NOON,
    changed_at=NOON,
)
EDITION = Edition(
    paper_id=PaperId(1),
    number=1,
    title="Gemeinsame Ausschreibung",
    wording="Das Kaz bereitet sie vor.",
    author=ANN,
    event_id=EventId("$paper"),
    filed_at=NOON,
)
BALLOT = Ballot(
    id=BallotId(0),
    paper_id=PaperId(1),
    edition=1,
    room_id=COMMITTEE,
    manner=Manner.CIRCULATION,
    mode=Mode.CONSENSUS,
    quorum="majority",
    opened_by=ANN,
    event_id=EventId("$opened"),
    opened_at=NOON,
    due_at=after(60),
    next_at=after(60),
)
ELECTOR = Elector(ballot_id=BallotId(0), place=0, body="Landkreistag", person=ANN)
VOTE = Vote(
    ballot_id=BallotId(1),
    person=ANN,
    choice=Choice.YES,
    way=Way.COMMAND,
    event_id=EventId("$vote"),
    cast_at=after(1),
)
DECISION = Decision(
    place=0,
    number=DecisionNumber(2026, 0),
    room_id=COMMITTEE,
    paper_id=PaperId(1),
    edition=1,
    title="Gemeinsame Ausschreibung",
    wording="Das Kaz bereitet sie vor.",
    mode=Mode.CONSENSUS,
    manner=Manner.CIRCULATION,
    quorum="majority",
    votes=(CastVote(body="Landkreistag", choice=Choice.YES),),
    opened_at=NOON,
    decided_at=after(60),
    events={"filed": EventId("$paper")},
)
TASK = Task(
    id=TaskId(0),
    room_id=COMMITTEE,
    what="Ausschreibung vorbereiten",
    owner=ANN,
    event_id=EventId("$task"),
    zone="Europe/Berlin",
    due_at=after(600),
    next_at=after(500),
    set_at=NOON,
    changed_at=NOON,
)
MEETING = Meeting(
    id=MeetingId(0),
    room_id=COMMITTEE,
    starts_at=after(600),
    length=timedelta(hours=2, microseconds=3),
    zone="Europe/Berlin",
    owner=ANN,
    event_id=EventId("$meeting"),
    set_at=NOON,
    changed_at=NOON,
)
ITEM = AgendaItem(
    id=ItemId(0),
    room_id=COMMITTEE,
    meeting_id=MeetingId(1),
    place=1,
    paper_id=PaperId(1),
    by=ANN,
    event_id=EventId("$item"),
    added_at=NOON,
)
ATTENDANCE = Attendance(
    meeting_id=MeetingId(1), person=ANN, presence=Presence.PRESENT, noted_at=NOON
)
BLOCK = Block(ticket_id=TicketId(2), paper_id=PaperId(1), by=BEK, since=NOON)
COMMITTEE_ENTRY = CommitteeEntry(
    subject=Subject("BV-1"), at=NOON, actor=ANN, event="filed", cause=EventId("$paper")
)


async def fill_committee(work: Work) -> None:
    """One of everything; a ticket with the number 2 must be there."""
    await work.bodies.add(BODY)
    await work.papers.add(PAPER)
    await work.papers.add_edition(EDITION)
    await work.ballots.add(BALLOT, [ELECTOR])
    await work.ballots.cast(VOTE)
    await work.decisions.enter(DECISION)
    await work.tasks.add(TASK)
    await work.meetings.add(MEETING)
    await work.meetings.add_item(ITEM)
    await work.meetings.attend(ATTENDANCE)
    await work.minutes.add(MeetingId(1), b"{}")
    await work.blocks.add(BLOCK)
    await work.committee_trail.add(COMMITTEE_ENTRY)
