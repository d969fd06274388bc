"""Killed at fifty random moments of a conversation, the bot loses and repeats nothing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from kaz_bot.config import load
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.store import Store
from tests.homeserver.bot import BotProcess
from tests.homeserver.observer import Observer
from tests.homeserver.organisation import Organisation, found, opened
from tests.homeserver.people import Person, Timeline, messages
from tests.homeserver.script import Effect, Place, Script, Story, effects_of
from tests.homeserver.sealed import SealedPerson

SEED = 20260930
EVENTS = 100
KILLS = 50
KILLS_OF_HOMESERVER = 10
KILLS_ON_POSTGRESQL = 10
DIRECT_CHATS = 6
LATEST = 0.4
PATIENCE = 120

# In a direct chat: the answer, and the answer to what was asked last.
ONE_ANSWER = [["ticket relayed", "info help"]]

Ending = tuple[TicketState, list[str]]


@asynccontextmanager
async def a_stage(
    homeserver: Homeserver, folder: Path, settings: Mapping[str, str]
) -> AsyncIterator[Script]:
    """Rooms that are encrypted and rooms that are not, with everybody and one bot in all."""
    organisation = await found(
        homeserver,
        folder,
        SealedPerson,
        encrypted=True,
        settings={"KAZ_INTAKE": "command", **settings},
    )
    try:
        places = (await sealed(organisation), await plain(organisation))
        async with Observer(homeserver, organisation.cem) as observer:
            await opened(organisation)
            await say_for_whom(organisation, places)
            yield Script(organisation, observer, places)
    finally:
        await organisation.close()


async def say_for_whom(organisation: Organisation, places: Iterable[Place]) -> None:
    """Each room is asked once for its municipality; who says so before is not asked."""
    for place in places:
        said = await organisation.asker.say(place.project, "!kaz kommune keine")
        timeline = organisation.history(place.project, organisation.asker)
        await timeline.until_answered(said, organisation.bot_id, PATIENCE)


@pytest.fixture
async def script(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[Script]:
    async with a_stage(homeserver, tmp_path, {}) as script:
        yield script


@pytest.fixture
async def script_on_postgresql(
    homeserver: Homeserver, tmp_path: Path, postgresql_url: str
) -> AsyncIterator[Script]:
    async with a_stage(homeserver, tmp_path, {"KAZ_DATABASE_URL": postgresql_url}) as script:
        yield script


async def sealed(organisation: Organisation) -> Place:
    await organisation.meet_in(organisation.project)
    await organisation.meet_in(organisation.security)
    await organisation.meet_in(organisation.procurement)
    return Place(
        project=organisation.project,
        area=organisation.security,
        tag="sicherheit",
        next_area=organisation.procurement,
        next_tag="vergabe",
    )


async def plain(organisation: Organisation) -> Place:
    return Place(
        project=await organisation.another_room("Projekt", encrypted=False),
        area=await organisation.another_room("A", "KAZ_ROOM_STANDARDS", encrypted=False),
        tag="standards",
        next_area=await organisation.another_room("B", "KAZ_ROOM_PROJECTS", encrypted=False),
        next_tag="projekte",
    )


async def converse(script: Script) -> None:
    """A hundred events: five tickets in encrypted rooms and the like in open ones, all at once."""
    stories = (corrections, reactions, a_route, a_withdrawal, questions)
    async with asyncio.TaskGroup() as telling:
        for place in script.places:
            for story in stories:
                telling.create_task(story(Story(script, place)))


async def corrections(story: Story) -> None:
    ann, bek = story.script.organisation.ann, story.script.organisation.bek
    await story.ask("Wer gibt Zertifikate frei?")
    await story.claim(ann)
    await story.claim_too_late(bek)
    await story.note(ann, "Das hatten wir schon einmal.")
    await story.query(ann, "Für welches Verfahren?")
    said = await story.tell("Für das Meldewesen.")
    await story.correct(said, "Für das Pass- und Meldewesen.")
    answer = await story.answer(ann, "Das macht die Leitstelle.")
    await story.correct_answer(ann, answer, "!kaz antwort Das macht unsere Leitstelle.")
    secret = await story.tell("Das Kennwort ist Sommer2026.")
    await story.take_back(secret)
    await story.resolve(ann, "Antrag an die Leitstelle.")
    await story.rate("👍")


async def reactions(story: Story) -> None:
    ann, bek = story.script.organisation.ann, story.script.organisation.bek
    await story.ask("Wie lange heben wir Protokolle auf?")
    await story.claim_by_reaction(bek)
    thought = await story.note(bek, "Neunzig Tage.")
    await story.answer_by_reaction(bek, thought)
    await story.prioritise(bek, "hoch")
    await story.mistype(bek)
    await story.status()
    await story.release(bek)
    await story.claim(ann)
    await story.resolve(ann, "Neunzig Tage, dann werden sie gelöscht.")


async def a_route(story: Story) -> None:
    ann, bek = story.script.organisation.ann, story.script.organisation.bek
    await story.ask("Was ist bei der Beschaffung zu beachten?")
    await story.claim(ann)
    await story.tell("Es geht um zwölf Geräte.")
    await story.tell("Und um die Wartung.")
    await story.route(ann, posts=2)
    await story.claim_by_reaction(bek)
    await story.answer(bek, "Es gibt einen Rahmenvertrag.")
    said = await story.tell("Welchen?")
    await story.correct(said, "Welchen denn?")
    await story.resolve(bek, "Den des Landes.")
    await story.rate("👎")
    await story.reopen()
    await story.answer(bek, "Die Nummer steht im Verzeichnis.")
    await story.resolve(bek, "Nummer 7 im Verzeichnis.")


async def a_withdrawal(story: Story) -> None:
    message = await story.say("Wer hilft uns weiter?")
    await story.ask_from(message, story.script.organisation.ann)
    await story.status()
    await story.withdraw()


async def questions(story: Story) -> None:
    bek = story.script.organisation.bek
    await story.ask("Dürfen wir das Muster verwenden?")
    await story.claim_by_reaction(bek)
    await story.note_by_verb(bek, "Muster liegt in der Ablage.")
    await story.query(bek, "Welche Fassung?")
    await story.tell("Die von 2025.")
    await story.prioritise(bek, "niedrig")
    await story.answer(bek, "Nehmen Sie die von 2026.")
    await story.tell("Gibt es sie schon?")
    await story.resolve(bek, "Ja, in der Ablage.")


async def kill_again_and_again(
    script: Script, homeserver: Homeserver, kills: int, draw: Random
) -> None:
    """Kill the bot all along the conversation, and now and then the homeserver with it."""
    with_homeserver = set(draw.sample(range(kills), kills * KILLS_OF_HOMESERVER // KILLS))
    bot = script.organisation.bot
    for number in range(kills):
        await script.went_on(number * EVENTS // kills)
        # Not to wait for something: this is the moment that was drawn.
        await asyncio.sleep(draw.uniform(0, LATEST))
        if number in with_homeserver:
            await homeserver.kill()
            await asyncio.sleep(draw.uniform(0, LATEST))
        await bot.kill()
        await bot.spawn()
        await homeserver.start()
        # Some are killed while they start.
        if draw.random() < 0.7:
            await bot.ready()
    await bot.ready()


async def said_in_all_rooms(script: Script) -> Counter[Effect]:
    """What the bot has said, read anew from the beginning by somebody who is in all rooms."""
    organisation = script.organisation
    rooms = list(script.observer.read())
    # Letters of a room keep their order: when these are answered, nothing is on its way.
    last = [await organisation.cem.say(room, "!kaz hilfe status") for room in rooms]
    said: Counter[Effect] = Counter()
    for room, word in zip(rooms, last, strict=True):
        events = await Timeline(organisation.cem, room).until_answered(
            word, organisation.bot_id, PATIENCE
        )
        said += effects_of(events, organisation.bot_id)
    greetings_and_last_words = {
        (room, "", told): 1 for room in rooms for told in ("info room", "info help")
    } | {(place.project, "", "info municipality"): 1 for place in script.places}
    return said - Counter(greetings_and_last_words)


async def endings(bot: BotProcess) -> dict[str, Ending]:
    """How each ticket stands in the database, and all steps that it took."""
    store = Store(load(environ=bot.settings).database_url)
    try:
        async with store.work() as work:
            numbers = [TicketId(number) for number in range(1, EVENTS)]
            tickets = [ticket for n in numbers if (ticket := await work.tickets.find(n))]
            return {
                f"KAZ-{ticket.id}": (
                    ticket.state,
                    [entry.event for entry in await work.trail.of(ticket.id)],
                )
                for ticket in tickets
            }
    finally:
        await store.close()


async def waiting_letters(bot: BotProcess) -> tuple[int, int]:
    """How many letters the outbox still holds, and how many it gave up."""
    store = Store(load(environ=bot.settings).database_url)
    try:
        async with store.work() as work:
            outbox = await work.letters.counts()
            return outbox.queued, outbox.rejected
    finally:
        await store.close()


async def survives(script: Script, kills: int, seed: int) -> None:
    """Hold the conversation under kills; then all that must be there is there, once."""
    homeserver, bot = script.organisation.homeserver, script.organisation.bot
    async with asyncio.TaskGroup() as running:
        running.create_task(converse(script))
        running.create_task(kill_again_and_again(script, homeserver, kills, Random(seed)))
    await bot.kill()
    await bot.start()
    assert await said_in_all_rooms(script) == script.expected
    await bot.stop()
    assert script.said == EVENTS
    assert await endings(bot) == script.endings
    assert await waiting_letters(bot) == (0, 0)
    assert bot.faults() == []


def announce(capsys: pytest.CaptureFixture[str], kills: int, seed: int) -> None:
    with capsys.disabled():
        print(f"\n{kills} kills, seed {seed}")  # noqa: T201  whoever sees it fail wants it again


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [SEED])
async def test_whatever_the_moment_it_is_killed_nothing_is_lost_and_nothing_comes_twice(
    script: Script, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(capsys, KILLS, seed)
    await survives(script, KILLS, seed)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [SEED + 1])
async def test_the_same_holds_on_postgresql(
    script_on_postgresql: Script, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(capsys, KILLS_ON_POSTGRESQL, seed)
    await survives(script_on_postgresql, KILLS_ON_POSTGRESQL, seed)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [SEED + 2])
async def test_a_bot_killed_while_it_makes_a_direct_chat_makes_one(
    script: Script, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """What specialists say in an encrypted room reaches those who asked in an open one so."""
    announce(capsys, DIRECT_CHATS, seed)
    draw = Random(seed)
    chats = [await answered_directly(script, draw.uniform(0, 0.8)) for _ in range(DIRECT_CHATS)]
    assert chats == [ONE_ANSWER] * DIRECT_CHATS
    assert script.organisation.bot.faults() == []


async def answered_directly(script: Script, moment: float) -> list[list[str]]:
    """What somebody new reads in each of their direct chats with the bot."""
    organisation, place = script.organisation, script.places[1]
    bot, ann = organisation.bot_id, organisation.ann
    async with a_newcomer(organisation, place.project) as asker:
        timeline = await Timeline.from_now(asker, place.project)
        await asker.say(place.project, "!kaz frage #sicherheit Wer darf das?")
        receipt = (await timeline.by(bot, 1))[0]
        story = Story(script, script.places[0], number=str(receipt.kaz("ticket")["id"]))
        root = await story.root_appears("opened")
        await ann.say_in_thread(organisation.security, root, "!kaz übernehmen")
        await timeline.by(bot, 2)
        await ann.say_in_thread(organisation.security, root, "!kaz antwort Nur die Leitung.")
        await asyncio.sleep(moment)
        await organisation.bot.kill()
        await organisation.bot.start()
        await timeline.by(bot, 3)
        return await direct_chats(asker, bot)


async def direct_chats(asker: Person, bot: str) -> list[list[str]]:
    """Enter them as soon as there is one, and read until the bot has said all that it will."""
    rooms = await asker.invitations()
    for room in rooms:
        await asker.join(room)
    last = [await asker.say(room, "hilfe status") for room in rooms]
    read = [
        await Timeline(asker, room).until_answered(word, bot, PATIENCE)
        for room, word in zip(rooms, last, strict=True)
    ]
    return [[event.told for event in messages(events, bot)] for events in read]


@asynccontextmanager
async def a_newcomer(organisation: Organisation, room: str) -> AsyncIterator[SealedPerson]:
    newcomer = await SealedPerson.arrive(organisation.homeserver)
    try:
        await organisation.cem.invite(room, newcomer.id)
        await newcomer.join(room)
        yield newcomer
    finally:
        await newcomer.leave_off()
