"""The life of a ticket in a simulated year, step by step, as the desk would have kept it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kaz_bot.domain.events import Happened, SpecialistAnswered, TicketOpened
from kaz_bot.domain.posts import Post, PostId, PostKind
from kaz_bot.domain.service_events import TargetMissed
from kaz_bot.domain.service_levels import ServiceClock, Target
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketState
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.messages import EventId, RoomId, UserId
from tests.simulation.houses import Asker

_ANSWERS = frozenset({"waiting", "resolved", "closed"})


class YearOver(Exception):
    """What should happen next would be after the end of the year."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What a life came to, written down by whoever made it up: to compare with what is counted."""

    opened_at: datetime
    area: AreaKey
    municipality: str
    confidential: bool
    state: TicketState
    solved_at: datetime | None
    answered_at: datetime | None
    answered_in_time: bool | None
    solved_in_time: bool | None
    rating: str
    offered: bool
    closed_by: str


@dataclass(frozen=True)
class World:
    """What all lives have in common."""

    keeper: Timekeeper
    until: datetime
    area_rooms: Mapping[AreaKey, RoomId]
    numbers: Iterator[int]

    def event(self) -> EventId:
        """One that nobody had before."""
        return EventId(f"$sim-{next(self.numbers)}")


@dataclass
class Life:
    """A ticket so far. Nothing is kept in a database yet."""

    ticket: Ticket
    asker: Asker
    world: World
    clock: ServiceClock = field(init=False)
    posts: list[Post] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    trail: list[TrailEntry] = field(default_factory=list)
    answered_in_time: bool | None = None
    solved_in_time: bool | None = None
    offered: bool = False
    closed_by: str = ""

    def __post_init__(self) -> None:
        self.clock = ServiceClock(ticket_id=self.ticket.id, started_at=self.ticket.opened_at)

    def said(self, kind: PostKind, text: str, by: UserId, at: datetime) -> Post:
        """Somebody says something for it, in their own room."""
        asking = kind in {PostKind.QUESTION, PostKind.ASKER}
        room = self.ticket.room_id if asking else self.world.area_rooms[self.ticket.area]
        post = Post(
            id=PostId(0),
            ticket_id=self.ticket.id,
            event_id=self.world.event(),
            room_id=room,
            sender=by,
            author=self.asker.name if asking else by.partition(":")[0][1:],
            kind=kind,
            text=text,
            sealed=self.ticket.sealed if asking else True,
            said_at=at,
        )
        self.posts.append(post)
        return post

    def became(self, ticket: Ticket, at: datetime) -> Ticket:
        """Its next state; raises YearOver for what nobody lived to see."""
        if at >= self.world.until:
            raise YearOver
        self.ticket = ticket
        return ticket

    def told(self, *happened: Happened) -> None:
        """It goes into the trail, and the clock follows."""
        for one in happened:
            if isinstance(one, TicketOpened):
                self._thread(Side.ASKER, self.ticket.room_id, one.post.event_id)
                self._thread(Side.AREA, self.world.area_rooms[self.ticket.area], None)
            self.happened.append(one)
            self.trail.append(one.trail(self.posts[-1].event_id if one.by else None))
            self._keep_time(one)

    def moved(self) -> None:
        """It is in another room from now on."""
        self.threads = [
            replace(one, current=False) if one.side is Side.AREA else one for one in self.threads
        ]
        self._thread(Side.AREA, self.world.area_rooms[self.ticket.area], None)

    def ended(self) -> None:
        """All that happened is told: what was overdue when is added, and the clock is set."""
        for target, at in self._missed():
            then = [one.ticket for one in self.happened if one.at <= at][-1]
            self.trail.append(TargetMissed(then, target, at, by=None, at=at).trail(None))
        self.trail.sort(key=lambda entry: entry.at)
        if self.ticket.active:
            self.clock, _ = self.world.keeper.speak(self.clock, self.ticket, self.world.until)

    @property
    def ledger(self) -> Ledger:
        """What it came to."""
        ticket = self.ticket
        solved_at = ticket.resolved_at or (ticket.ended_at if self.closed_by else None)
        return Ledger(
            opened_at=ticket.opened_at,
            area=ticket.area,
            municipality=ticket.municipality or "",
            confidential=ticket.confidential,
            state=ticket.state,
            solved_at=solved_at,
            answered_at=self.clock.answered_at,
            answered_in_time=self.answered_in_time,
            solved_in_time=self.solved_in_time if solved_at else None,
            rating=ticket.rating or "",
            offered=self.offered,
            closed_by=self.closed_by,
        )

    def _thread(self, side: Side, room: RoomId, root: EventId | None) -> None:
        event = root or self.world.event()
        self.threads.append(
            Thread(
                id=ThreadId(0),
                ticket_id=self.ticket.id,
                side=side,
                room_id=room,
                root_event=event,
            )
        )

    def _keep_time(self, happened: Happened) -> None:
        at, state = happened.at, happened.ticket.state
        if self._answers(happened) and self.clock.answered_at is None:
            self.answered_in_time = self._in_time(Target.ANSWER, at)
            self.clock = self._due(Target.ANSWER).answered(at)
        if state not in ACTIVE:
            if self.clock.ended_at is None:
                self.solved_in_time = self._in_time(Target.SOLUTION, at)
                self.clock = self._due(Target.SOLUTION).ended(at)
        elif self.clock.ended_at is not None:
            self.clock = self.clock.begun_anew(at)
        elif state is TicketState.WAITING:
            self.clock = self.clock.stopped(at)
        else:
            self.clock = self.clock.running(self.world.keeper.time, at)

    def _answers(self, happened: Happened) -> bool:
        return happened.word in _ANSWERS or isinstance(happened, SpecialistAnswered)

    def _in_time(self, target: Target, at: datetime) -> bool:
        """As the timekeeper would say: from the moment it is due it is late."""
        if self.clock.stopped_at is not None:
            at = self.clock.stopped_at
        return at < self._due_at(target)

    def _due_at(self, target: Target) -> datetime:
        length = self.world.keeper.levels.targets[self.ticket.priority].of(target)
        return self.world.keeper.time.after(self.clock.started_at, length + self.clock.waited)

    def _due(self, target: Target) -> ServiceClock:
        told = self.clock.told(target)
        return self.clock.with_target(target, due=self._due_at(target), told=told)

    def _missed(self) -> list[tuple[Target, datetime]]:
        """Of those that somebody waited for alone: what is merged is silent."""
        if self.ticket.merged_into is not None:
            return []
        late = ((Target.ANSWER, self.answered_in_time), (Target.SOLUTION, self.solved_in_time))
        return [
            (target, due)
            for target, in_time in late
            if in_time is False
            and (due := self.clock.due(target)) is not None
            and due < self.world.until
        ]
