"""The whole desk at work, without a network: what people do goes in, what the bot sends is kept."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.arrival import Arrival
from kaz_bot.config import AreaSetting, Settings
from kaz_bot.context import Desk
from kaz_bot.dispatcher import Dispatcher, Job
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.municipalities import Affiliation
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId
from kaz_bot.menu import VERBS
from kaz_bot.messages import (
    Attachment,
    Batch,
    EventId,
    Incoming,
    Invitation,
    Reacted,
    Redacted,
    RoomId,
    Said,
    UserId,
)
from kaz_bot.postman import Postman
from kaz_bot.routing import Router
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from kaz_bot.typesetting import Press
from tests.fakes import MORNING, FakeClock, FakeHomeserver, Sent, room
from tests.postgresql import Postgresql

BOT = UserId("@kaz:kaz.test")
EVA, UDO = UserId("@eva:kaz.test"), UserId("@udo:kaz.test")
ANN, BEK = UserId("@ann:kaz.test"), UserId("@bek:kaz.test")
CEM, DOR, PIA = UserId("@cem:kaz.test"), UserId("@dor:kaz.test"), UserId("@pia:kaz.test")
KIM, OPA = UserId("@kim:kaz.test"), UserId("@opa:kaz.test")
LEA, MAX, NIA = UserId("@lea:kaz.test"), UserId("@max:kaz.test"), UserId("@nia:kaz.test")
FRED = UserId("@fred:elsewhere.test")

PROJECT, MARKET = RoomId("!project:kaz.test"), RoomId("!market:kaz.test")
PROCUREMENT, SECURITY = RoomId("!procurement:kaz.test"), RoomId("!security:kaz.test")
STANDARDS, PROJECTS = RoomId("!standards:kaz.test"), RoomId("!projects:kaz.test")
COMMITTEE, OPERATIONS = RoomId("!committee:kaz.test"), RoomId("!operations:kaz.test")
EVAS_CHAT = RoomId("!evas-chat:kaz.test")

_AREAS = {
    STANDARDS: "standards",
    PROCUREMENT: "procurement",
    SECURITY: "security",
    PROJECTS: "projects",
}
_KINDS = {
    PROJECT: RoomKind.PROJECT,
    MARKET: RoomKind.PROJECT,
    COMMITTEE: RoomKind.COMMITTEE,
    OPERATIONS: RoomKind.ADMIN,
    EVAS_CHAT: RoomKind.DIRECT,
}
# Where people are when a test does not say.
_PLACES = {
    EVA: PROJECT,
    UDO: MARKET,
    ANN: PROCUREMENT,
    BEK: PROCUREMENT,
    CEM: SECURITY,
    DOR: STANDARDS,
    PIA: PROJECTS,
    KIM: COMMITTEE,
    LEA: COMMITTEE,
    MAX: COMMITTEE,
    NIA: COMMITTEE,
    OPA: OPERATIONS,
    FRED: PROJECT,
}

# How a ticket gets into a state.
_CLAIM, _WITHDRAW = "!kaz claim {}", "!kaz withdraw {}"
_ASKER_STEPS = {_WITHDRAW}
_STEPS = {
    "new": (),
    "claimed": (_CLAIM,),
    "waiting": (_CLAIM, "!kaz query {} Wie teuer ist es?"),
    "resolved": (_CLAIM, "!kaz resolve {} Ja, bis 100.000 Euro."),
    "closed": (_CLAIM, "!kaz close {} Doppelt."),
    "withdrawn": (_WITHDRAW,),
}

SETTINGS = Settings(
    homeserver="https://kaz.test",
    user_id=BOT,
    data_dir=Path("/nowhere"),
    database_url="",
    timezone=ZoneInfo("Europe/Berlin"),
    allowed_servers=frozenset({"kaz.test"}),
    areas=tuple(AreaSetting(AreaKey(key)) for key in _AREAS.values()),
    default_area=AreaKey("projects"),
    emergency_contact="0331 000 112",
)


class DeskAtWork:
    """The real dispatcher, postman, store, texts and router around a fake homeserver."""

    def __init__(self, url: str, settings: Settings, router: Router, texts: Texts) -> None:
        self.clock = FakeClock()
        self.homeserver = FakeHomeserver(BOT)
        self.press = Press()
        self.settings = settings
        self.last: list[Sent] = []
        self._url = url
        self._router = router
        self._texts = texts
        self._batches = 0
        self._opened: list[Store] = []
        self.starts()

    def starts(self, store: Store | None = None) -> None:
        """Build everything anew on the same database, as a start of the program does."""
        self.store = store or Store(self._url)
        self._opened.append(self.store)
        self.desk = Desk(
            settings=self.settings,
            areas=Areas.of(
                (area.key for area in self.settings.areas), default=self.settings.default_area
            ),
            router=self._router,
            rooms=self.homeserver.rooms,
            verbs=VERBS,
            bot=BOT,
            words=self._texts.words,
            speech=self._texts.speech,
        )
        self.postman = Postman(
            self.store, self.homeserver, self.clock, Language(self.settings.language), self.press
        )
        self.dispatcher = Dispatcher(
            store=self.store,
            homeserver=self.homeserver,
            texts=self._texts,
            desk=self.desk,
            clock=self.clock,
            device="DEVICE",
            written=self.postman.collect,
        )

    def loses_texts(self, texts: Texts) -> None:
        """From now on it speaks by these."""
        self._texts = texts
        self.starts(self.store)

    async def restarts(self) -> None:
        await self.closes()
        self.starts()

    async def closes(self) -> None:
        for store in self._opened:
            await store.close()

    async def says(
        self,
        person: UserId,
        text: str,
        *,
        room: RoomId | None = None,
        thread: EventId | None = None,
        **more: object,
    ) -> list[str]:
        """Somebody says something; what the bot says in the same room because of it."""
        return await self.hears(self.said(person, text, room=room, thread=thread, **more))

    def said(
        self,
        person: UserId,
        text: str,
        *,
        room: RoomId | None = None,
        thread: EventId | None = None,
        **more: object,
    ) -> Said:
        """The event of somebody saying something, which the bot does not know yet."""
        where = room or _PLACES[person]
        state = self.homeserver.rooms.get(where)
        said = Said(
            event_id=self.homeserver.new_event_id(),
            room_id=where,
            sender=person,
            sent_at=self.clock.now(),
            text=text,
            thread=thread,
            encrypted=state is not None and state.encrypted,
        )
        said = replace(said, **more)  # type: ignore[arg-type]  # the fields of Said, by name
        self.homeserver.happened(said)
        return said

    async def has_ticket(self, state: str = "new", *, asker: UserId = EVA) -> EventId:
        """Somebody asked about procurement, and Ann went on to this state; the asker's root."""
        question = await self.asks(asker, "Dürfen wir freihändig vergeben? #vergabe")
        number = max(
            int(str(sent.about["id"]).removeprefix("KAZ-"))
            for sent in self.last
            if sent.told == "ticket:opened"
        )
        for step in _STEPS[state]:
            await self.says(asker if step in _ASKER_STEPS else ANN, step.format(number))
        assert (await self.ticket(number)).state == state
        return question

    async def asks(self, person: UserId, text: str, *, room: RoomId | None = None) -> EventId:
        """Somebody asks by the verb; the root of their thread."""
        said = self.said(person, f"!kaz frage {text}", room=room)
        await self.hears(said)
        return said.event_id

    async def edits(self, person: UserId, event: EventId, text: str) -> list[str]:
        before = self.homeserver.events[event]
        return await self.says(person, text, room=before.room_id, edits=event)

    async def redacts(self, person: UserId, event: EventId) -> None:
        before = self.homeserver.events[event]
        await self.hears(
            Redacted(
                event_id=self.homeserver.new_event_id(),
                room_id=before.room_id,
                sender=person,
                sent_at=self.clock.now(),
                target=event,
            )
        )

    async def reacts(
        self, person: UserId, key: str, event: EventId, *, room: RoomId | None = None
    ) -> list[str]:
        return await self.hears(self.reacted(person, key, event, room=room))

    def reacted(
        self, person: UserId, key: str, event: EventId, *, room: RoomId | None = None
    ) -> Reacted:
        reacted = Reacted(
            event_id=self.homeserver.new_event_id(),
            room_id=room or _PLACES[person],
            sender=person,
            sent_at=self.clock.now(),
            target=event,
            key=key,
        )
        self.homeserver.happened(reacted)
        return reacted

    async def hears(self, *events: Incoming) -> list[str]:
        """What the bot says in the room of the last event because of these."""
        await self.takes(*events)
        return [
            sent.body
            for sent in self.last
            if sent.is_message and sent.room_id == events[-1].room_id
        ]

    async def takes(
        self,
        *events: Incoming,
        sessions: frozenset[str] = frozenset(),
        invitations: tuple[Invitation, ...] = (),
    ) -> list[Sent]:
        """One sync with these events; all the bot sends because of it."""
        self._batches += 1
        batch = Batch(
            events=events,
            invitations=invitations,
            sessions=sessions,
            next_batch=f"s{self._batches}",
        )
        before = len(self.homeserver.sent)
        await self.dispatcher.handle(batch)
        await self.postman.round()
        self.last = self.homeserver.sent[before:]
        return self.last

    async def ticks(self, job: Job) -> list[Sent]:
        """Time acts; all the bot sends because of it."""
        before = len(self.homeserver.sent)
        await self.dispatcher.tick(job)
        await self.postman.round()
        self.last = self.homeserver.sent[before:]
        return self.last

    async def delivers(self) -> list[Sent]:
        """The postman goes once more."""
        before = len(self.homeserver.sent)
        await self.postman.round()
        self.last = self.homeserver.sent[before:]
        return self.last

    def told(self, room: RoomId) -> list[str]:
        """What the last thing that happened told programs in the room."""
        return [sent.told for sent in self.last if sent.room_id == room and sent.is_message]

    def bodies(self, room: RoomId) -> list[str]:
        """What the last thing that happened made the bot say in the room."""
        return [sent.body for sent in self.last if sent.room_id == room and sent.is_message]

    def root(self, ticket: int, room: RoomId = PROCUREMENT) -> EventId:
        """The message of the bot under which the ticket is worked on in the room."""
        return next(
            sent.event_id
            for sent in reversed(self.homeserver.sent_to(room))
            if sent.about.get("id") == f"KAZ-{ticket}" and sent.is_message and not sent.thread
        )

    async def ticket(self, number: int) -> Ticket:
        async with self.store.work() as work:
            return await work.tickets.get(TicketId(number))

    async def threads(self, number: int, side: Side) -> list[RoomId | None]:
        """The rooms in which that side hears of the ticket."""
        async with self.store.work() as work:
            threads = await work.threads.of(TicketId(number))
        return [thread.room_id for thread in threads if thread.side is side and thread.current]

    async def remembers(self) -> str:
        """All that stands in the database."""
        stream = StringIO()
        await self.store.dump(stream)
        return stream.getvalue()

    async def binds(self, room: RoomId, **changes: object) -> None:
        """What the room is from now on, as if it had been bound like that."""
        async with self.store.work() as work:
            bound = await work.rooms.get(room)
            assert bound is not None
            await work.rooms.save(replace(bound, **changes))  # type: ignore[arg-type]  # by name

    def arrival(self, rooms: Mapping[str, str]) -> Arrival:
        """What binds the rooms that the settings name."""
        self.settings = replace(self.settings, rooms=rooms)
        self.starts(self.store)
        return Arrival(self.desk, self.dispatcher, self.homeserver, self.clock)


def attachment(name: str = "plan.pdf", **content: object) -> Attachment:
    """A file in an encrypted room."""
    keys = {"msgtype": "m.file", "file": {"url": "mxc://kaz.test/1", "key": {"k": "secret"}}}
    return Attachment(name=name, content={**keys, **content})


async def furnish(desk: DeskAtWork) -> None:
    """The rooms of the town, with everybody in their place."""
    states = [
        room(PROJECT, BOT, EVA, UDO, name="Projekt Onlinezugang"),
        room(MARKET, BOT, UDO, name="Marktplatz", encrypted=False),
        room(PROCUREMENT, BOT, ANN, BEK, name="Vergabe"),
        room(SECURITY, BOT, CEM, name="Sicherheit"),
        room(STANDARDS, BOT, DOR, name="Standards"),
        room(PROJECTS, BOT, PIA, name="Projekte"),
        room(COMMITTEE, BOT, KIM, LEA, MAX, NIA, name="Gremium", powers={KIM: 50}),
        room(OPERATIONS, BOT, OPA, name="Betrieb"),
        room(EVAS_CHAT, BOT, EVA, name="Eva"),
    ]
    async with desk.store.work() as work:
        for state in states:
            desk.homeserver.rooms.put(state)
            area = _AREAS.get(state.room_id)
            await work.rooms.save(
                BoundRoom(
                    room_id=state.room_id,
                    kind=_KINDS.get(state.room_id, RoomKind.AREA),
                    area=AreaKey(area) if area else None,
                    person=EVA if state.room_id == EVAS_CHAT else None,
                    bound_at=MORNING,
                )
            )


async def everybody_was_asked(desk: DeskAtWork) -> None:
    """Nobody wants to say for which municipality they ask, and nobody is asked again."""
    async with desk.store.work() as work:
        for room_id in (PROJECT, MARKET):
            await work.affiliations.save(Affiliation(room_id=room_id, changed_at=MORNING))
        await work.affiliations.save(Affiliation(person=EVA, changed_at=MORNING))


async def _migrate(url: str) -> None:
    store = Store(url)
    await store.migrate()
    await store.close()


@pytest.fixture(scope="session")
def empty_desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrating takes longer than most tests: it is done once, each test gets a copy."""
    file = tmp_path_factory.mktemp("desk") / "kaz.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def empty_desk_database(postgresql: Postgresql) -> str:
    name = postgresql.create_database()
    asyncio.run(_migrate(postgresql.url(name)))
    return name


@pytest.fixture
def sqlite_desk_url(empty_desk_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(empty_desk_file, tmp_path / 'desk.db')}"


@pytest.fixture
def postgresql_desk_url(postgresql: Postgresql, empty_desk_database: str) -> Iterator[str]:
    name = postgresql.create_database(empty_desk_database)
    yield postgresql.url(name)
    postgresql.drop_database(name)


@pytest.fixture
def desk_url(request: pytest.FixtureRequest) -> str:
    """SQLite; `on_both_databases` makes a test run on PostgreSQL too."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_desk_url")
    return url


on_both_databases = pytest.mark.parametrize("desk_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def router() -> Router:
    return Router.shipped()


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts()


OpenDesk = Callable[..., Awaitable[DeskAtWork]]


@pytest.fixture
async def open_desk(desk_url: str, router: Router, texts: Texts) -> AsyncIterator[OpenDesk]:
    """Opens a desk with other settings than usual, or another router."""
    opened: list[DeskAtWork] = []

    async def open_(other_router: Router | None = None, **settings: object) -> DeskAtWork:
        changed = replace(SETTINGS, **settings)  # type: ignore[arg-type]  # settings, by name
        desk = DeskAtWork(desk_url, changed, other_router or router, texts)
        opened.append(desk)
        await furnish(desk)
        await everybody_was_asked(desk)
        return desk

    yield open_
    for desk in opened:
        await desk.closes()


@pytest.fixture
async def new_desk(desk_url: str, router: Router, texts: Texts) -> AsyncIterator[DeskAtWork]:
    """The same desk on its first day: nobody was asked yet for which municipality they ask."""
    desk = DeskAtWork(desk_url, SETTINGS, router, texts)
    await furnish(desk)
    yield desk
    await desk.closes()


@pytest.fixture
async def desk(open_desk: OpenDesk) -> DeskAtWork:
    """A desk in a town of two project groups and four areas."""
    return await open_desk()
