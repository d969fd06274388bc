"""Makes up a year of the desk, and writes it into an empty database: to see digests and reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from kaz_bot.domain.events import TicketReopened
from kaz_bot.domain.municipalities import Affiliation
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import AreaKey, Priority, Ticket, TicketId
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.messages import RoomState, UserId
from kaz_bot.store import Store, Work
from tests.simulation.committee import CommitteeYear, Decided
from tests.simulation.houses import Asker, House, settle
from tests.simulation.knowledge import Known, known, write_catalogue, write_solutions
from tests.simulation.lives import Ledger, Life, World
from tests.simulation.wording import Topic, question, topic_of
from tests.simulation.work import Offered, live, merge

ZONE = ZoneInfo("Europe/Berlin")
# How much is asked in each month: less in summer and at the turn of the year.
_MONTHS = (0.8, 1.0, 1.25, 0.95, 0.9, 1.0, 0.55, 0.6, 1.2, 1.15, 1.3, 0.7)
_WEEKEND = 0.03
_AREAS = {"standards": 0.28, "procurement": 0.34, "security": 0.16, "projects": 0.22}
_PRIORITIES = {Priority.LOW: 0.06, Priority.NORMAL: 0.77, Priority.HIGH: 0.17}
_CONFIDENTIAL, _MISROUTED, _TWIN, _INCIDENT = 0.04, 0.07, 0.025, 0.12
_OFFERS = 3
_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Year:
    """What was made up. `ledgers` say what each ticket came to, in the order of their numbers."""

    since: datetime
    until: datetime
    house: House
    ledgers: tuple[Ledger, ...]
    solutions: tuple[Known, ...]
    decided: Decided

    @property
    def rooms(self) -> Sequence[RoomState]:
        """What a homeserver says of them."""
        return self.house.states

    @property
    def people(self) -> Mapping[UserId, str]:
        """Everybody, with their names."""
        return self.house.names


async def write_year(
    store: Store, year: int, *, tickets: int = 2000, municipalities: int = 300, seed: int = 1
) -> Year:
    """The same year for the same seed; the database must be empty."""
    maker = _Maker(year, tickets, municipalities, Random(seed))
    lives = maker.lives()
    for start in range(0, len(lives), _AT_ONCE):
        async with store.work() as work:
            for life in lives[start : start + _AT_ONCE]:
                await _write(work, life)
    async with store.work() as work:
        await _write_house(work, maker.house, maker.since)
        await write_solutions(work, maker.known, [maker.source(one) for one in maker.known])
        await write_catalogue(work, maker.random, maker.house, maker.since)
        committee = CommitteeYear(work, maker.random, maker.house, maker.until)
        decided = await committee.write(maker.since)
    return Year(
        since=maker.since,
        until=maker.until,
        house=maker.house,
        ledgers=tuple(life.ledger for life in lives),
        solutions=maker.known,
        decided=decided,
    )


class _Maker:
    """Makes up one ticket after the other."""

    def __init__(self, year: int, tickets: int, municipalities: int, random: Random) -> None:
        self.random = random
        self.since = datetime(year, 1, 1, tzinfo=ZONE).astimezone(UTC)
        self.until = datetime(year + 1, 1, 1, tzinfo=ZONE).astimezone(UTC)
        self.house = settle(random, municipalities, self.since)
        self.known = known(random, self.house, self.since, self.until)
        self._tickets = tickets
        self._time = WorkingTime(zone=ZONE)
        self._world = World(
            keeper=Timekeeper(ServiceLevels(), self._time),
            until=self.until,
            area_rooms=self.house.area_rooms,
            numbers=count(1),
        )
        self._solved: dict[tuple[AreaKey, Topic], list[Post]] = {}
        self._quiet = {tickets // 4, tickets // 2, tickets * 3 // 4}
        self._weights = [asker.weight for asker in self.house.askers]

    def lives(self) -> list[Life]:
        """All tickets, by the time at which they are opened."""
        lives: list[Life] = []
        leads: list[tuple[Life, Topic]] = []
        for number, at in enumerate(sorted(self._moments()), 1):
            lead = self._lead_for(leads, at)
            if lead is not None:
                lives.append(self._twin(TicketId(number), at, *lead))
                continue
            life, topic = self._life(TicketId(number), at)
            lives.append(life)
            leads = [(life, topic), *leads[:20]]
        return lives

    def source(self, one: Known) -> TicketId | None:
        """The ticket whose answer it was made of."""
        posts = self._solved.get((one.solution.area, one.topic), [])
        before = [post for post in posts if post.said_at < one.solution.proposed_at]
        return before[-1].ticket_id if before else None

    def _moments(self) -> list[datetime]:
        days = [
            self.since.astimezone(ZONE).date() + timedelta(days=number)
            for number in range((self.until - self.since).days)
        ]
        weights = [self._busy(day) for day in days]
        return [self._moment(day) for day in self.random.choices(days, weights, k=self._tickets)]

    def _busy(self, day: date) -> float:
        working = self._time.opening_of(day) is not None
        return _MONTHS[day.month - 1] * (1.0 if working else _WEEKEND)

    def _moment(self, day: date) -> datetime:
        hour = self.random.gauss(10.8, 2.3) % 24
        wall = datetime.combine(day, time(), ZONE) + timedelta(hours=hour)
        return wall.astimezone(UTC)

    def _life(self, number: TicketId, at: datetime) -> tuple[Life, Topic]:
        (right,) = self.random.choices([*map(AreaKey, _AREAS)], [*_AREAS.values()])
        topic = topic_of(self.random, right)
        area = right
        if self.random.random() < _MISROUTED:
            area = self.random.choice([other for other in map(AreaKey, _AREAS) if other != right])
        life = self._asked(number, at, area, topic, incident=right == area == "security")
        live(
            self.random,
            life,
            topic,
            specialists=self.house.specialists[area],
            moves_to=(right, self.house.specialists[right]) if area != right else None,
            offered=self._offered(area, topic, at, life.ticket),
        )
        resolutions = [post for post in life.posts if post.kind is PostKind.RESOLUTION]
        if resolutions and not life.ticket.confidential:
            self._solved.setdefault((right, topic), []).append(resolutions[-1])
        return life, topic

    def _asked(
        self, number: TicketId, at: datetime, area: AreaKey, topic: Topic, *, incident: bool
    ) -> Life:
        random = self.random
        (asker,) = random.choices(self.house.askers, self._weights)
        if number in self._quiet:
            asker = self.house.quiet
        acute = incident and random.random() < _INCIDENT
        (usual,) = random.choices([*_PRIORITIES], [*_PRIORITIES.values()])
        direct = random.random() < _CONFIDENTIAL
        ticket = Ticket(
            id=number,
            area=area,
            priority=Priority.CRITICAL if acute else usual,
            asker=asker.person,
            room_id=asker.chat if direct else asker.room,
            question=question(random, topic, asker.municipality),
            confidential=direct,
            sealed=direct or asker.sealed,
            incident=acute,
            confidence=random.uniform(0.4, 0.99),
            opened_at=at,
            changed_at=at,
            municipality=asker.municipality.key if asker.municipality else None,
        )
        return self._begun(ticket, asker)

    def _begun(self, ticket: Ticket, asker: Asker) -> Life:
        life = Life(ticket, asker, self._world)
        life.said(PostKind.QUESTION, ticket.question, asker.person, ticket.opened_at)
        return life

    def _offered(self, area: AreaKey, topic: Topic, at: datetime, ticket: Ticket) -> Offered:
        """Nothing that was said encrypted is offered where it is not."""
        if not ticket.sealed:
            return Offered([], [])
        solutions = [one.offer for one in self.known if one.offered(area, topic, at)]
        posts = self._solved.get((area, topic), [])
        answers = [post for post in posts if post.said_at < at]
        return Offered(solutions[-_OFFERS:], answers[-_OFFERS:])

    def _lead_for(self, leads: list[tuple[Life, Topic]], at: datetime) -> tuple[Life, Topic] | None:
        """One that is worked on, and that somebody else asks now as well."""
        if self.random.random() > _TWIN:
            return None
        usable = [
            (lead, topic)
            for lead, topic in leads
            if lead.ticket.resolved_at is not None
            and lead.ticket.resolved_at > at + timedelta(hours=2)
            and len(lead.happened) > 1
            and lead.happened[1].at < at
            and not any(isinstance(one, TicketReopened) for one in lead.happened)
        ]
        return self.random.choice(usable) if usable else None

    def _twin(self, number: TicketId, at: datetime, lead: Life, topic: Topic) -> Life:
        then = [one.ticket for one in lead.happened if one.at <= at][-1]
        twin = self._asked(number, at, then.area, topic, incident=False)
        assert lead.ticket.resolved_at is not None
        merged_at = at + (lead.ticket.resolved_at - at) * self.random.uniform(0.1, 0.9)
        by = self.random.choice(self.house.specialists[then.area])
        merge(twin, lead, merged_at, by)
        return twin


async def _write(work: Work, life: Life) -> None:
    added = await work.tickets.add(life.ticket)
    assert added.id == life.ticket.id, "the database is not empty"
    for thread in life.threads:
        await work.threads.add(thread)
    for post in life.posts:
        await work.posts.add(post)
    for entry in life.trail:
        await work.trail.add(entry)
    await work.clocks.save(life.clock)


async def _write_house(work: Work, house: House, at: datetime) -> None:
    for bound in house.rooms:
        await work.rooms.save(bound)
    for room, one in house.own_rooms.items():
        binding = Affiliation(room_id=room, municipality=one.key, changed_at=at)
        await work.affiliations.save(binding)
    for asker in house.askers:
        if asker.municipality is not None:
            binding = Affiliation(
                person=asker.person, municipality=asker.municipality.key, changed_at=at
            )
            await work.affiliations.save(binding)
