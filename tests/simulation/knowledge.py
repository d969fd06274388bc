"""What is known in a simulated year: model solutions, released one after the other, and entries of
the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from kaz_bot.domain.committee.numbers import EntryId, SolutionId, Subject
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.solutions import Offer, Solution, SolutionEdition
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Work
from tests.simulation.houses import AREAS, House
from tests.simulation.wording import TOPICS, Topic

_PER_TOPIC = 2
# Some are proposed and never released; one is withdrawn later.
_RELEASED, _LIMITED = 0.85, 0.5
_APPLICATIONS = (
    "Digitaler Bauantrag",
    "Wohngeld online",
    "Hundesteuer online",
    "Kita-Portal",
    "Ratsinformationssystem",
    "Terminvergabe",
    "E-Akte kommunal",
    "Melderegister-Auskunft",
    "Geodatenportal",
    "Servicekonto",
)
_PROJECTS = (
    "Gemeinsame Ausschreibung Notebooks",
    "Einführung der E-Rechnung",
    "Rollout Servicekonto",
    "Schulung Informationssicherheit",
    "Muster für Leistungsbeschreibungen",
)
_PLANS = ("Kommunaler Marktplatz", "Gemeinsames Rechenzentrum", "Chat für alle Kommunen")


@dataclass(frozen=True, kw_only=True)
class Known:
    """A solution with its editions, and the question it is about."""

    topic: Topic
    solution: Solution
    editions: tuple[SolutionEdition, ...]

    def offered(self, area: AreaKey, topic: Topic, at: datetime) -> bool:
        """Whether somebody who asks then is offered it."""
        released, withdrawn = self.solution.released_at, self.solution.withdrawn_at
        return (
            (self.solution.area, self.topic) == (area, topic)
            and released is not None
            and released < at
            and (withdrawn is None or at < withdrawn)
        )

    @property
    def offer(self) -> Offer:
        """As it is shown."""
        return Offer(solution=self.solution, edition=self.editions[-1], stale=False)


def known(random: Random, house: House, since: datetime, until: datetime) -> tuple[Known, ...]:
    """All solutions of the year, in the order in which they are proposed."""
    topics = [(area, topic) for area in AREAS for topic in TOPICS[area]] * _PER_TOPIC
    length = until - since
    starts = sorted(since + length * random.uniform(0.01, 0.95) for _ in topics)
    random.shuffle(topics)
    return tuple(
        _known(random, house.specialists[area], _proposed(number, house, area, at), topic, until)
        for number, ((area, topic), at) in enumerate(zip(topics, starts, strict=True), 1)
    )


def _proposed(number: int, house: House, area: AreaKey, at: datetime) -> Solution:
    return Solution(
        id=SolutionId(number),
        area=area,
        room_id=house.area_rooms[area],
        proposed_at=at,
        changed_at=at,
    )


def _known(
    random: Random,
    specialists: Sequence[UserId],
    solution: Solution,
    topic: Topic,
    until: datetime,
) -> Known:
    author, reader = random.sample(specialists, 2)
    at = solution.proposed_at
    valid = at.date() + timedelta(days=random.choice((90, 180, 365, 730)))
    edition = SolutionEdition(
        solution_id=solution.id,
        number=1,
        title=topic.title,
        question=topic.asks[0],
        answer=topic.answers[0],
        author=author,
        event_id=EventId(f"$sim-solution-{solution.id}"),
        as_of=at.date(),
        valid_until=valid if random.random() < _LIMITED else None,
        written_at=at,
    )
    released_at = at + timedelta(days=random.uniform(0.2, 9))
    if random.random() > _RELEASED or released_at >= until:
        return Known(topic=topic, solution=solution, editions=(edition,))
    released = solution.released(edition, reader, released_at)
    shown = replace(edition, released_by=reader, released_at=released_at)
    return Known(topic=topic, solution=released, editions=(shown,))


async def write_solutions(
    work: Work, everything: Sequence[Known], sources: Sequence[TicketId | None]
) -> None:
    """As their specialists wrote them, each from the answer of a ticket if there was one before."""
    for one, source in zip(everything, sources, strict=True):
        added = await work.solutions.add(replace(one.solution, ticket_id=source))
        edition = one.editions[-1]
        for shown in one.editions:
            await work.solutions.add_edition(shown)
        await _note(work, added.subject, "proposed", edition.author, added.proposed_at)
        if added.released_at is not None and edition.released_by is not None:
            await _note(work, added.subject, "released", edition.released_by, added.released_at)


async def _note(work: Work, subject: Subject, event: str, by: UserId, at: datetime) -> None:
    details = {"edition": "1"}
    entry = CommitteeEntry(subject=subject, at=at, actor=by, event=event, details=details)
    await work.committee_trail.add(entry)


async def write_catalogue(work: Work, random: Random, house: House, since: datetime) -> int:
    """Applications, projects and plans, kept by specialists; how many."""
    named = {
        EntryKind.APPLICATION: _APPLICATIONS,
        EntryKind.PROJECT: _PROJECTS,
        EntryKind.PLAN: _PLANS,
    }
    states = {
        EntryKind.APPLICATION: "im Einsatz",
        EntryKind.PROJECT: "läuft",
        EntryKind.PLAN: "geplant",
    }
    entries = [(kind, name) for kind, names in named.items() for name in names]
    for number, (kind, name) in enumerate(entries, 1):
        area = random.choice(AREAS)
        await work.catalogue.add(
            CatalogueEntry(
                id=EntryId(number),
                kind=kind,
                name=name,
                status=states[kind],
                description=f"{name} für Kommunen in Brandenburg.",
                contact="kaz@beispiel.de",
                area=area,
                link=f"https://kaz.example/katalog/{number}",
                as_of=date(since.year, random.randrange(1, 13), 1),
                room_id=house.area_rooms[area],
                author=random.choice(house.specialists[area]),
                event_id=EventId(f"$sim-entry-{number}"),
                added_at=since,
                changed_at=since,
            )
        )
    return len(entries)
