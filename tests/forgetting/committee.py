"""A committee at work, whose records name one person wherever a person can be named."""

from dataclasses import replace
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
from kaz_bot.domain.committee.bodies import Body, BodyId, Seat
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.meetings import (
    AgendaItem,
    Attendance,
    ItemId,
    Meeting,
    Presence,
)
from kaz_bot.domain.committee.numbers import (
    DecisionNumber,
    EntryId,
    MeetingId,
    PaperId,
    Series,
    SolutionId,
    TaskId,
    subject_of,
)
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store import Work
from tests.forgetting.desk import new_ticket
from tests.store.records import BEK, NOON, after

COMMITTEE = RoomId("!committee:kaz.test")
KIM, LEA = UserId("@kim:kaz.test"), UserId("@lea:kaz.test")

CATALOGUE_ENTRY = CatalogueEntry(
    id=EntryId(0),
    kind=EntryKind.PROJECT,
    name="Breitband",
    as_of=NOON.date(),
    sealed=True,
    room_id=COMMITTEE,
    author=KIM,
    event_id=EventId("$entry"),
    added_at=NOON,
    changed_at=NOON,
)
SOLUTION = Solution(
    id=SolutionId(0),
    area=AreaKey("projects"),
    room_id=COMMITTEE,
    sealed=True,
    proposed_at=NOON,
    changed_at=NOON,
)
SOLUTION_EDITION = SolutionEdition(
    solution_id=SolutionId(0),
    number=1,
    title="Breitband",
    question="Wer zahlt?",
    answer="Der Bund.",
    author=KIM,
    event_id=EventId("$solution"),
    as_of=NOON.date(),
    written_at=NOON,
    released_by=LEA,
    released_at=NOON,
)
PAPER = Paper(
    id=PaperId(0),
    room_id=COMMITTEE,
    author=KIM,
    title="Einheitliche Formulare",
    event_id=EventId("$paper"),
    sealed=True,
    filed_at=NOON,
    changed_at=NOON,
)
EDITION = Edition(
    paper_id=PaperId(1),
    number=1,
    title="Einheitliche Formulare",
    wording="Die Formulare werden vereinheitlicht.",
    author=KIM,
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
    opened_by=KIM,
    event_id=EventId("$ballot"),
    opened_at=NOON,
    due_at=NOON + timedelta(days=7),
    sealed=True,
)
VOTE = Vote(
    ballot_id=BallotId(1),
    person=KIM,
    choice=Choice.NO,
    reason="Zu teuer.",
    way=Way.COMMAND,
    event_id=EventId("$vote"),
    cast_at=after(1),
)
DECISION = Decision(
    place=0,
    number=DecisionNumber(2026, 1),
    room_id=COMMITTEE,
    paper_id=PaperId(1),
    edition=1,
    title="Einheitliche Formulare",
    wording="Die Formulare werden vereinheitlicht.",
    mode=Mode.CONSENSUS,
    manner=Manner.CIRCULATION,
    quorum="majority",
    votes=(CastVote(body="Landkreistag", choice=Choice.NO, reason="Zu teuer.", seat=Seat.MEMBER),),
    opened_at=NOON,
    decided_at=after(10),
    events={"filed": EventId("$paper"), "opened": EventId("$ballot")},
)
TASK = Task(
    id=TaskId(0),
    room_id=COMMITTEE,
    what="Formulare sammeln",
    person=KIM,
    owner=KIM,
    event_id=EventId("$task"),
    zone="Europe/Berlin",
    due_at=NOON + timedelta(days=14),
    next_at=NOON + timedelta(days=7),
    sealed=True,
    set_at=NOON,
    changed_at=NOON,
)
MEETING = Meeting(
    id=MeetingId(0),
    room_id=COMMITTEE,
    title="Herbstsitzung",
    starts_at=NOON + timedelta(days=30),
    zone="Europe/Berlin",
    owner=KIM,
    event_id=EventId("$meeting"),
    set_at=NOON,
    changed_at=NOON,
    approved_by=KIM,
)
ITEM = AgendaItem(
    id=ItemId(0),
    room_id=COMMITTEE,
    text="Verschiedenes",
    by=KIM,
    event_id=EventId("$item"),
    added_at=NOON,
)
BODY = Body(id=BodyId(0), room_id=COMMITTEE, name="Landkreistag", members=(KIM,), deputies=(LEA,))
DECLINED = CommitteeEntry(
    subject=subject_of(Series.TASK, 1),
    at=after(5),
    actor=KIM,
    event="declined",
    cause=EventId("$declined"),
    details={"reason": "Ich bin im Urlaub.", "to": KIM},
)


async def new_paper(work: Work, author: UserId = KIM, **changes: object) -> Paper:
    """A paper with its first edition, BV-1 of the first call."""
    paper = await work.papers.add(replace(PAPER, author=author, **changes))  # type: ignore[arg-type]  # by name
    await work.papers.add_edition(replace(EDITION, paper_id=paper.id, author=author))
    return paper


async def new_ballot(work: Work, paper: Paper) -> Ballot:
    """Kim and Lea may vote in it, and Kim has: twice."""
    electors = [
        Elector(ballot_id=BallotId(0), place=0, body="Landkreistag", person=KIM),
        Elector(ballot_id=BallotId(0), place=0, body="Landkreistag", person=LEA, seat=Seat.DEPUTY),
    ]
    ballot = await work.ballots.add(replace(BALLOT, paper_id=paper.id), electors)
    first = replace(VOTE, ballot_id=ballot.id, choice=Choice.YES, reason="")
    await work.ballots.cast(replace(first, event_id=EventId("$first"), cast_at=NOON))
    await work.ballots.cast(replace(VOTE, ballot_id=ballot.id))
    return ballot


async def new_task(work: Work, **changes: object) -> Task:
    """A task that Kim has set and does."""
    return await work.tasks.add(replace(TASK, **changes))  # type: ignore[arg-type]  # by name


async def committee_at_work(work: Work) -> None:
    """Kim in every kind of record: BV-1, A-1, S-1, K-1, L-1, and a ticket of Bek's that waits."""
    paper = await new_paper(work)
    await new_ballot(work, paper)
    await work.bodies.add(BODY)
    await new_task(work)
    meeting = await work.meetings.add(MEETING)
    await work.meetings.add_item(replace(ITEM, meeting_id=meeting.id))
    await work.meetings.attend(
        Attendance(meeting_id=meeting.id, person=KIM, presence=Presence.EXCUSED, noted_at=after(2))
    )
    ticket = await new_ticket(work, BEK)
    await work.blocks.add(Block(ticket_id=ticket.id, paper_id=paper.id, by=KIM, since=after(3)))
    await work.committee_trail.add(DECLINED)
    await work.catalogue.add(CATALOGUE_ENTRY)
    solution = await work.solutions.add(SOLUTION)
    await work.solutions.add_edition(replace(SOLUTION_EDITION, solution_id=solution.id))
