"""Reminders fall due while the bot is killed or the homeserver is away: each is told once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.config import load
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.matrix.shapes import at, mapping, objects
from kaz_bot.store import Store
from tests.homeserver.bot import BotProcess
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Event, Person, Timeline, messages
from tests.homeserver.sealed import SealedPerson

SEED = 20261122
ROUNDS = 3
KILLS = 3
# After the bot has said so much, some moment of the next telling.
LATEST = 0.3
PATIENCE = 120
BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = timedelta(hours=2)
A_MOMENT_AGO = timedelta(seconds=1)
SOON = timedelta(seconds=-8)

# What is set in each round: who is meant, how long ago it will have fallen due, and the command.
MEANT = ("asker", "ann", "bek")
THE_ROOM = ""
SET: tuple[tuple[str, timedelta, str], ...] = (
    *((name, LONG_AGO, "!kaz erinnere mich in 1 Stunde an die Vorlage") for name in MEANT * 3),
    *((name, A_MOMENT_AGO, "!kaz erinnere mich in 3 Stunden an den Antrag") for name in MEANT * 2),
    (THE_ROOM, LONG_AGO, "!kaz erinnere uns in 2 Tagen an die Sitzung"),
    (THE_ROOM, LONG_AGO, "!kaz erinnere uns jedes Jahr am 2. Mai um 9 Uhr an das Protokoll"),
    (THE_ROOM, A_MOMENT_AGO, "!kaz erinnere uns in 4 Stunden an den Jour fixe"),
    (THE_ROOM, A_MOMENT_AGO, "!kaz frist Bericht bis 13.12.2033 10 Uhr"),
    (THE_ROOM, A_MOMENT_AGO, "!kaz ausschlussfrist Widerspruch bis 14.12.2033 10 Uhr"),
)

# The numbers of what was set, by whom they call and how long ago they will have fallen due.
Numbers = Mapping[str, Mapping[timedelta, list[int]]]


@dataclass(frozen=True)
class Telling:
    """One message that reminds: of which reminders, as what, whom it calls."""

    reminders: tuple[int, ...]
    event: str
    calls: tuple[str, ...] = ()


@asynccontextmanager
async def a_desk(
    homeserver: Homeserver, folder: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Organisation]:
    """An encrypted room with everybody in it."""
    async with at_work(
        homeserver, folder, SealedPerson, encrypted=True, settings=settings
    ) as organisation:
        await organisation.meet_in(organisation.project)
        yield organisation


@pytest.fixture
async def desk(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[Organisation]:
    async with a_desk(homeserver, tmp_path) as organisation:
        yield organisation


@pytest.fixture
async def desk_on_postgresql(
    homeserver: Homeserver, tmp_path: Path, postgresql_url: str
) -> AsyncIterator[Organisation]:
    async with a_desk(homeserver, tmp_path, {"KAZ_DATABASE_URL": postgresql_url}) as organisation:
        yield organisation


async def answer(timeline: Timeline, bot: str, person: Person, text: str) -> Event:
    """What the bot answers to it."""
    asked = await person.say(timeline.room, text)
    events = await timeline.until_answered(asked, bot, PATIENCE)
    return next(event for event in events if event.sender == bot and event.answers == asked)


def told(events: Iterable[Event], bot: str) -> list[Event]:
    """The messages that remind of something, in their order."""
    return [
        event
        for event in messages(events, bot)
        if event.kaz("reminder").get("event") in {"due", "late", "overdue"}
    ]


def telling(event: Event) -> Telling:
    key = event.kaz("reminder")
    others = list(objects(key.get("also")))
    assert {other["event"] for other in others} <= {key["event"]}
    called = at(event.content, "m.mentions", "user_ids") or []
    assert isinstance(called, list)
    numbers = sorted(int(str(each["id"])) for each in (key, *others))
    return Telling(tuple(numbers), str(key["event"]), tuple(called))


@asynccontextmanager
async def records(bot: BotProcess) -> AsyncIterator[Store]:
    store = Store(load(environ=bot.settings).database_url)
    try:
        yield store
    finally:
        await store.close()


async def fall_due(bot: BotProcess, ages: Mapping[int, timedelta]) -> datetime:
    """As if time had passed while the bot was down: each is due so long before the moment told."""
    now = datetime.now(UTC)
    async with records(bot) as store, store.work() as work:
        for number, age in ages.items():
            reminder = await work.reminders.get(ReminderId(number))
            await work.reminders.save(
                replace(reminder.due_on(now - age), told_at=now - abs(age) * 2)
            )
    return now


async def letters_wait(bot: BotProcess, number: int) -> None:
    """Return as soon as the outbox holds so many."""
    async with asyncio.timeout(PATIENCE), records(bot) as store:
        while True:
            async with store.work() as work:
                counts = await work.letters.counts()
            if counts.queued >= number:
                return
            await asyncio.sleep(0.1)


async def all_told(organisation: Organisation) -> Counter[Telling]:
    """All that the bot ever told in the room, read anew from the beginning.

    Letters of a room keep their order: when the last word is answered, nothing is on its way.
    """
    history = organisation.history(organisation.project)
    await answer(history, organisation.bot_id, organisation.asker, "!kaz hilfe status")
    return Counter(telling(event) for event in told(history.events, organisation.bot_id))


async def set_all(organisation: Organisation) -> Numbers:
    """Set what each round needs, everybody at once; the room's is set by the asker."""
    people = {"asker": organisation.asker, "ann": organisation.ann, "bek": organisation.bek}
    setting = (
        set_for(name, people.get(name, organisation.asker), organisation)
        for name in (*MEANT, THE_ROOM)
    )
    return dict(await asyncio.gather(*setting))


async def set_for(
    meant: str, person: Person, organisation: Organisation
) -> tuple[str, dict[timedelta, list[int]]]:
    """Set all that is for somebody, or for the room; the numbers by when they fall due."""
    timeline = await organisation.timeline(organisation.project, person)
    numbers: dict[timedelta, list[int]] = {LONG_AGO: [], A_MOMENT_AGO: []}
    for age, text in ((age, text) for name, age, text in SET if name == meant):
        receipt = await answer(timeline, organisation.bot_id, person, text)
        assert receipt.told == "reminder set", receipt.body
        numbers[age].append(int(str(receipt.kaz("reminder")["id"])))
    return (person.id if meant else THE_ROOM), numbers


def ages_of(numbers: Numbers) -> dict[int, timedelta]:
    """How long ago each will have fallen due."""
    return {n: age for mine in numbers.values() for age, some in mine.items() for n in some}


def expected(numbers: Numbers) -> Counter[Telling]:
    """Late ones as one message for each person, the others each for itself."""
    return Counter(
        message
        for person, ages in numbers.items()
        for message in (
            Telling(tuple(sorted(ages[LONG_AGO])), "late", (person,) if person else ()),
            *(
                Telling((number,), "due", (person,) if person else ())
                for number in ages[A_MOMENT_AGO]
            ),
        )
    )


async def said_so_much(history: Timeline, bot: str, number: int) -> None:
    """Return as soon as so many messages have reminded of something."""
    await history.until(
        lambda events: len(told(events, bot)) >= number, f"{number} messages in all", PATIENCE
    )


async def kill_while_telling(
    organisation: Organisation, already: int, to_come: int, draw: Random
) -> None:
    """Kill the bot when it has said some of it, again and again; then let it work."""
    history = organisation.history(organisation.project)
    for number in sorted(draw.sample(range(to_come), KILLS)):
        await organisation.bot.start()
        await said_so_much(history, organisation.bot_id, already + number)
        # Not to wait for something: this is the moment that was drawn.
        await asyncio.sleep(draw.uniform(0, LATEST))
        await organisation.bot.kill()
    await organisation.bot.start()


async def survives(organisation: Organisation, rounds: int, seed: int) -> None:
    """Let twenty fall due while the bot is down, and kill it while it tells of them."""
    draw, bot = Random(seed), organisation.bot
    wanted: Counter[Telling] = Counter()
    for _ in range(rounds):
        numbers = await set_all(organisation)
        await bot.kill()
        ages = ages_of(numbers)
        assert len(ages) == len(SET) == 20
        await fall_due(bot, ages)
        to_come = expected(numbers)
        await kill_while_telling(organisation, wanted.total(), to_come.total(), draw)
        wanted += to_come
        assert await all_told(organisation) == wanted
    assert bot.faults() == []


def announce(capsys: pytest.CaptureFixture[str], seed: int) -> None:
    with capsys.disabled():
        print(f"\nseed {seed}")  # noqa: T201  whoever sees it fail wants it again


async def test_at_its_second_the_person_is_called_and_a_sign_ends_it(desk: Organisation) -> None:
    room, asker, bot = desk.project, desk.asker, desk.bot_id
    timeline = await desk.timeline(room)
    await answer(timeline, bot, asker, "!kaz erinnere mich in 1 Stunde an die Vorlage")
    await desk.bot.stop()
    due = await fall_due(desk.bot, {1: SOON}) - SOON
    await desk.bot.start()
    await timeline.until(lambda events: bool(told(events, bot)), "the reminder")
    (event,) = told(timeline.events, bot)
    assert event.encrypted
    assert event.kaz("reminder") == {
        "id": 1,
        "due": due.astimezone(BERLIN).isoformat(),
        "event": "due",
    }
    assert at(event.content, "m.mentions", "user_ids") == [asker.id]
    assert event.body.startswith("Asker")
    assert "zur Erinnerung: die Vorlage" in event.body
    assert 0 <= event.sent_at / 1000 - due.timestamp() < 5
    sealed = await asker.ask("GET", "rooms", room, "event", event.id)
    assert "de.kaz.reminder" not in mapping(sealed["content"])
    await asker.react(room, event.id, "✅")
    done = (await timeline.by(bot, 3, "what comes of the sign"))[-1]
    assert done.told == "reminder done"
    nothing = await answer(timeline, bot, asker, "!kaz erinnerungen")
    assert "Hier ist nichts gesetzt." in nothing.body
    assert desk.bot.faults() == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [SEED])
async def test_killed_while_they_fall_due_and_while_it_tells_each_is_told_once(
    desk: Organisation, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(capsys, seed)
    await survives(desk, ROUNDS, seed)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [SEED + 1])
async def test_the_same_holds_on_postgresql(
    desk_on_postgresql: Organisation, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(capsys, seed)
    await survives(desk_on_postgresql, 1, seed)


@pytest.mark.timeout(300)
async def test_when_the_homeserver_is_away_at_the_due_second_each_is_told_when_it_is_back(
    desk: Organisation,
) -> None:
    numbers = await set_all(desk)
    await desk.bot.stop()
    ages = ages_of(numbers)
    # All of them in some seconds, when the bot is there and the homeserver is not.
    await fall_due(desk.bot, dict.fromkeys(ages, SOON))
    await desk.bot.start()
    await desk.homeserver.kill()
    try:
        await letters_wait(desk.bot, len(ages))
    finally:
        await desk.homeserver.start()
    assert await all_told(desk) == Counter(
        Telling((number,), "due", (person,) if person else ())
        for person, mine in numbers.items()
        for some in mine.values()
        for number in some
    )
    assert desk.bot.faults() == []
