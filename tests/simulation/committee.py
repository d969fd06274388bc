"""What the committee of a simulated year decides, and what becomes of its tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

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
from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import (
    DecisionNumber,
    MeetingId,
    PaperId,
    Subject,
    TaskId,
)
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, Paper
from kaz_bot.domain.committee.tasks import Task, TaskState
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Work
from tests.simulation.houses import BODIES, COMMITTEE_ROOM, House

ZONE = "Europe/Berlin"
_TITLES = (
    "Arbeitsprogramm des Jahres",
    "Gemeinsame Ausschreibung von Notebooks",
    "Empfehlung zur E-Rechnung",
    "Muster für Leistungsbeschreibungen",
    "Mindeststandard für Passwörter",
    "Anschluss an das Servicekonto",
    "Schulungen zur Informationssicherheit",
    "Barrierefreie Formulare",
    "Katalog der Anwendungen",
    "Termine für das kommende Jahr",
    "Pilot zum kommunalen Marktplatz",
)
_TASKS = (
    "Bedarf bei den Kommunen abfragen",
    "Leistungsbeschreibung entwerfen",
    "Informationsveranstaltung vorbereiten",
    "Ergebnis im Katalog veröffentlichen",
    "Abstimmung mit den Ressorts herbeiführen",
)
_STILL_OPEN = "Finanzierung der Schulungen"
_DONE, _WITHDRAWN, _LATER = 0.62, 0.06, 0.15


@dataclass(frozen=True, kw_only=True)
class Decided:
    """How many decisions there are, how many are carried out, and what stands with the tasks at the
    end of the year."""

    decisions: int
    done: int
    tasks: Mapping[TaskState, int]
    overdue: int


class CommitteeYear:
    """Writes it down, one paper after the other."""

    def __init__(self, work: Work, random: Random, house: House, until: datetime) -> None:
        self._work = work
        self._random = random
        self._house = house
        self._until = until
        self._tasks = dict.fromkeys(TaskState, 0)
        self._overdue = 0
        self._numbers = 0

    async def write(self, since: datetime) -> Decided:
        """Decisions all through the year, a vote that runs at its end and the next meeting."""
        for name, person in zip(BODIES, self._house.committee, strict=True):
            body = Body(id=BodyId(0), room_id=COMMITTEE_ROOM, name=name, members=(person,))
            await self._work.bodies.add(body)
        step = (self._until - since) / (len(_TITLES) + 1)
        done = 0
        for place, title in enumerate(_TITLES, 1):
            done += await self._decided(title, _on_a_weekday(since + step * place))
        await self._voting(self._until - timedelta(days=4))
        await self._meeting(self._until + timedelta(days=20))
        return Decided(decisions=len(_TITLES), done=done, tasks=self._tasks, overdue=self._overdue)

    async def _decided(self, title: str, at: datetime) -> bool:
        """Whether it is carried out by the end of the year."""
        paper = await self._filed(title, at - timedelta(days=28))
        decision = await self._work.decisions.enter(self._decision(paper, title, at))
        passed = paper.voted_on(at - timedelta(days=7)).passed(decision.number, at)
        saved = await self._work.papers.save(passed)
        await self._note(paper.subject, "closed", at)
        await self._work.decisions.publish(decision.number, at + timedelta(days=1))
        await self._note(decision.subject, "published", at + timedelta(days=1))
        tasks = [
            await self._task(decision.number, what, at)
            for what in self._random.sample(_TASKS, self._random.choice((1, 2, 3)))
        ]
        if not all(task.state in {TaskState.DONE, TaskState.WITHDRAWN} for task in tasks):
            return False
        done_at = max(task.ended_at or at for task in tasks)
        await self._work.decisions.mark_done(decision.number, done_at)
        await self._work.papers.save(saved.done(done_at))
        await self._note(decision.subject, "done", done_at)
        return True

    async def _filed(self, title: str, at: datetime) -> Paper:
        author, event = self._house.committee[0], self._event()
        paper = await self._work.papers.add(
            Paper(
                id=PaperId(0),
                room_id=COMMITTEE_ROOM,
                author=author,
                title=title,
                event_id=event,
                filed_at=at,
                changed_at=at,
            )
        )
        await self._work.papers.add_edition(
            Edition(
                paper_id=paper.id,
                number=1,
                title=title,
                wording=f"Das Gremium beschließt: {title}.",
                author=author,
                event_id=event,
                filed_at=at,
            )
        )
        await self._note(paper.subject, "filed", at)
        return paper

    def _decision(self, paper: Paper, title: str, at: datetime) -> Decision:
        return Decision(
            place=0,
            number=DecisionNumber(at.year, 0),
            room_id=COMMITTEE_ROOM,
            paper_id=paper.id,
            edition=1,
            title=title,
            wording=f"Das Gremium beschließt: {title}.",
            mode=Mode.CONSENSUS,
            manner=Manner.CIRCULATION,
            quorum="majority",
            votes=tuple(CastVote(body=name, choice=Choice.YES) for name in BODIES),
            opened_at=at - timedelta(days=7),
            decided_at=at,
            events={"filed": paper.event_id, "opened": self._event()},
        )

    async def _task(self, number: DecisionNumber, what: str, at: datetime) -> Task:
        due = at + timedelta(days=self._random.randrange(20, 120))
        person = self._random.choice(self._house.committee)
        task = await self._work.tasks.add(
            Task(
                id=TaskId(0),
                room_id=COMMITTEE_ROOM,
                decision=number,
                what=what,
                lead="ZIT-BB",
                person=person,
                owner=self._house.committee[0],
                event_id=self._event(),
                zone=ZONE,
                due_at=due,
                next_at=None,
                set_at=at,
                changed_at=at,
            )
        )
        await self._note(task.subject, "set", at, due=task.due.isoformat())
        task = await self._on_its_way(task, person, at, due)
        saved = await self._work.tasks.save(task)
        self._tasks[saved.state] += 1
        self._overdue += saved.open and saved.due_at < self._until
        return saved

    async def _on_its_way(self, task: Task, person: UserId, at: datetime, due: datetime) -> Task:
        accepted_at = at + timedelta(days=1)
        if accepted_at < self._until and self._random.random() > _LATER:
            task = task.accepted(person, accepted_at)
            await self._note(task.subject, "accepted", accepted_at)
        ends_at = at + (due - at) * self._random.uniform(0.5, 1.2)
        chance = self._random.random()
        if ends_at >= self._until or chance > _DONE + _WITHDRAWN:
            return task
        if chance > _DONE:
            await self._note(task.subject, "withdrawn", ends_at)
            return task.withdrawn(ends_at)
        await self._note(task.subject, "done", ends_at)
        return task.done("Erledigt wie beschlossen.", ends_at)

    async def _voting(self, at: datetime) -> None:
        paper = await self._filed(_STILL_OPEN, at - timedelta(days=10))
        await self._work.papers.save(paper.voted_on(at))
        people = self._house.committee
        ballot = await self._work.ballots.add(
            Ballot(
                id=BallotId(0),
                paper_id=paper.id,
                edition=1,
                room_id=COMMITTEE_ROOM,
                manner=Manner.CIRCULATION,
                mode=Mode.CONSENSUS,
                quorum="majority",
                opened_by=people[0],
                event_id=self._event(),
                opened_at=at,
                due_at=at + timedelta(days=14),
                next_at=at + timedelta(days=14),
            ),
            [
                Elector(ballot_id=BallotId(0), place=place, body=name, person=person)
                for place, (name, person) in enumerate(zip(BODIES, people, strict=True))
            ],
        )
        for person in people[:3]:
            await self._work.ballots.cast(
                Vote(
                    ballot_id=ballot.id,
                    person=person,
                    choice=Choice.YES,
                    way=Way.COMMAND,
                    event_id=self._event(),
                    cast_at=at + timedelta(days=1),
                )
            )
        await self._note(paper.subject, "opened", at)

    async def _meeting(self, at: datetime) -> None:
        set_at = self._until - timedelta(days=30)
        meeting = await self._work.meetings.add(
            Meeting(
                id=MeetingId(0),
                room_id=COMMITTEE_ROOM,
                title="Sitzung des Steuerungsgremiums",
                starts_at=at.replace(hour=9),
                zone=ZONE,
                place="Potsdam",
                owner=self._house.committee[0],
                event_id=self._event(),
                set_at=set_at,
                changed_at=set_at,
            )
        )
        await self._note(meeting.subject, "called", set_at)

    async def _note(self, subject: Subject, event: str, at: datetime, **details: str) -> None:
        await self._work.committee_trail.add(
            CommitteeEntry(
                subject=subject,
                at=at,
                actor=self._house.committee[0],
                event=event,
                details=details,
            )
        )

    def _event(self) -> EventId:
        self._numbers += 1
        return EventId(f"$sim-committee-{self._numbers}")


def _on_a_weekday(at: datetime) -> datetime:
    """In the morning, and not on a Saturday or Sunday."""
    morning = at.replace(hour=8, minute=0)
    return morning - timedelta(days=max(0, morning.weekday() - 4))
