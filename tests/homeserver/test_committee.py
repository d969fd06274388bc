"""The committee on a real homeserver, encrypted: votes over a kill of the bot, and a meeting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nio.crypto import decrypt_attachment

from kaz_bot.config import load
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.domain.committee.ballots import Ballot, Choice
from kaz_bot.domain.committee.chain import faults
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.matrix.shapes import at, mapping
from kaz_bot.store import Store
from tests.homeserver.bot import BotProcess
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Event, Person, Timeline
from tests.homeserver.sealed import SealedPerson

PATIENCE = 60
BERLIN = ZoneInfo("Europe/Berlin")
POLL_ANSWER = "org.matrix.msc3381.poll.response"
PAPER = "\n".join(
    (
        "!kaz beschluss Gemeinsame Ausschreibung für die E-Akte",
        "Wortlaut: Das Kaz bereitet eine gemeinsame Ausschreibung vor.",
        "Begründung: Zwölf Kommunen haben Bedarf gemeldet.",
        "Beteiligt: Ministerium des Innern",
    )
)

pytestmark = pytest.mark.timeout(400)


class Committee:
    """The committee in its encrypted room, as one of its members reads it.

    Cem leads it and sits for ZIT-BB, Ann for the Landkreistag with Bek as her deputy, and whoever
    asks in the project room for the Städte- und Gemeindebund.
    """

    def __init__(self, organisation: Organisation, room: str, timeline: Timeline) -> None:
        self.organisation = organisation
        self.room = room
        self.timeline = timeline
        self.bot = organisation.bot_id

    async def says(self, person: Person, text: str) -> Event:
        """What the bot answers to it."""
        return await self.answered(await person.say(self.room, text))

    async def answered(self, asked: str) -> Event:
        """What the bot answers to the message."""
        events = await self.timeline.until_answered(asked, self.bot, PATIENCE)
        return next(e for e in events if e.sender == self.bot and e.answers == asked)

    async def hears(self, key: str, event: str, number: int = 1) -> Event:
        """The latest message of the bot about that, as soon as there are so many."""

        def so_far(events: list[Event]) -> list[Event]:
            return [
                e
                for e in events
                if e.sender == self.bot and not e.edits and e.kaz(key).get("event") == event
            ]

        what = f"{number} messages about {key} {event}"
        await self.timeline.until(lambda events: len(so_far(events)) >= number, what, PATIENCE)
        return so_far(self.timeline.events)[-1]

    async def poll(self) -> Event:
        """The poll about the paper, as soon as it is there."""
        kind = "org.matrix.msc3381.poll.start"
        events = await self.timeline.until(
            lambda events: any(e.type == kind for e in events), "a poll", PATIENCE
        )
        return [e for e in events if e.type == kind][-1]

    async def seats(self) -> None:
        """The chair says who votes for whom."""
        people = self.organisation
        for text in (
            f"!kaz stimmberechtigt ZIT-BB {people.cem.id}",
            f"!kaz stimmberechtigt Landkreistag {people.ann.id} Vertretung {people.bek.id}",
            f"!kaz stimmberechtigt Städte- und Gemeindebund {people.asker.id}",
        ):
            answer = await self.says(people.cem, text)
            assert "error" not in answer.told, answer.body


@asynccontextmanager
async def a_committee(
    homeserver: Homeserver, folder: Path, settings: dict[str, str]
) -> AsyncIterator[Committee]:
    async with at_work(
        homeserver, folder, SealedPerson, encrypted=True, settings=settings
    ) as organisation:
        room = await organisation.another_room(
            "Steuerungsgremium", "KAZ_ROOM_COMMITTEE", encrypted=True
        )
        await organisation.bot.restart()
        timeline = organisation.history(room, organisation.bek)
        await timeline.by(organisation.bot_id, 1, "greeting")
        yield Committee(organisation, room, timeline)


@pytest.fixture
async def committee(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[Committee]:
    async with a_committee(homeserver, tmp_path, {}) as committee:
        yield committee


@pytest.fixture
async def committee_on_postgresql(
    homeserver: Homeserver, tmp_path: Path, postgresql_url: str
) -> AsyncIterator[Committee]:
    async with a_committee(homeserver, tmp_path, {"KAZ_DATABASE_URL": postgresql_url}) as committee:
        yield committee


@asynccontextmanager
async def records(bot: BotProcess) -> AsyncIterator[Store]:
    store = Store(load(environ=bot.settings).database_url)
    try:
        yield store
    finally:
        await store.close()


async def ballot_of(bot: BotProcess, paper: int) -> Ballot:
    async with records(bot) as store, store.work() as work:
        ballot = await work.ballots.latest_of(PaperId(paper))
        assert ballot is not None
        return ballot


async def ends_soon(bot: BotProcess, paper: int, left: timedelta) -> datetime:
    """As if time had passed: the ballot ends in so long."""
    ballot = await ballot_of(bot, paper)
    due_at = datetime.now(UTC) + left
    async with records(bot) as store, store.work() as work:
        await work.ballots.save(replace(ballot, due_at=due_at, next_at=due_at))
    return due_at


async def cast(bot: BotProcess, paper: int) -> list[tuple[str, Choice]]:
    """Every vote that was kept, in the order in which the homeserver got them."""
    ballot = await ballot_of(bot, paper)
    async with records(bot) as store, store.work() as work:
        votes = await work.ballots.votes(ballot.id)
    return [(vote.person, vote.choice) for vote in sorted(votes, key=lambda one: one.cast_at)]


async def circulates_over_a_kill(committee: Committee) -> None:
    await committee.seats()
    root = await put_to_the_vote(committee)
    await thinks_better_of_it(committee, root)
    due_at, late = await votes_while_it_is_dead(committee, root)
    refused = await committee.answered(late)
    assert refused.kaz("error").get("code") == "bad_state", refused.body
    closed = await committee.hears("decision", "closed")
    number = f"{due_at.astimezone(BERLIN).year}/1"
    assert closed.kaz("decision") == {"id": number, "state": "passed", "event": "closed"}
    await is_kept(committee, due_at)
    assert committee.organisation.bot.faults() == []


async def put_to_the_vote(committee: Committee) -> str:
    """Ann files a paper, Cem lets it circulate; the message that asks for votes."""
    people = committee.organisation
    filed = await committee.says(people.ann, PAPER)
    assert filed.kaz("decision") == {"id": "BV-1", "state": "draft", "event": "filed"}
    await people.cem.say(committee.room, "!kaz abstimmung BV-1 im Umlauf bis 31.12.2099 12 Uhr")
    return (await committee.hears("decision", "opened")).id


async def thinks_better_of_it(committee: Committee, root: str) -> None:
    """The member objects by reaction, is asked why, says why, and then agrees; meanwhile the
    deputy objects."""
    people = committee.organisation
    await people.ann.react(committee.room, root, "❌")
    asked = await committee.hears("decision", "voted", 1)
    assert at(asked.content, "m.mentions", "user_ids") == [people.ann.id]
    await people.ann.say(committee.room, "!kaz nein BV-1 Die Frist ist zu kurz.")
    await committee.hears("decision", "voted", 2)
    await people.bek.say(committee.room, "!kaz nein BV-1 Das wird zu teuer.")
    await committee.hears("decision", "voted", 3)
    await people.ann.react(committee.room, root, "✅")
    await committee.hears("decision", "voted", 4)


async def votes_while_it_is_dead(committee: Committee, root: str) -> tuple[datetime, str]:
    """One in time, another too late; when it ended, and the late vote."""
    people, bot = committee.organisation, committee.organisation.bot
    await bot.kill()
    due_at = await ends_soon(bot, 1, timedelta(seconds=4))
    await people.cem.react(committee.room, root, "✅")
    await asyncio.sleep((due_at - datetime.now(UTC)).total_seconds() + 1)
    late = await people.asker.say(committee.room, "!kaz nein BV-1 Ich bin dagegen.")
    await bot.start()
    return due_at, late


async def is_kept(committee: Committee, due_at: datetime) -> None:
    """Each change of a vote, and in the register what counted by the end."""
    people, bot = committee.organisation, committee.organisation.bot
    assert await cast(bot, 1) == [
        (people.ann.id, Choice.NO),
        (people.ann.id, Choice.NO),
        (people.bek.id, Choice.NO),
        (people.ann.id, Choice.YES),
        (people.cem.id, Choice.YES),
    ]
    async with records(bot) as store, store.work() as work:
        (entry,) = await work.decisions.all()
        assert faults(await work.decisions.links()) == []
    assert entry.decision.decided_at == due_at
    assert [(vote.body, vote.choice) for vote in entry.decision.votes] == [
        ("ZIT-BB", Choice.YES),
        ("Landkreistag", Choice.YES),
        ("Städte- und Gemeindebund", None),
    ]


async def test_a_circulation_is_counted_by_its_end_over_a_kill_of_the_bot(
    committee: Committee,
) -> None:
    await circulates_over_a_kill(committee)


async def test_so_it_is_on_postgresql(committee_on_postgresql: Committee) -> None:
    await circulates_over_a_kill(committee_on_postgresql)


async def test_a_hundred_votes_at_once_are_all_kept_and_each_once(committee: Committee) -> None:
    people, bot = committee.organisation, committee.organisation.bot
    await committee.says(people.ann, PAPER)
    await people.cem.say(
        committee.room, "!kaz abstimmung BV-1 im Umlauf bis 31.12.2099 12 Uhr mehrheitlich"
    )
    await committee.hears("decision", "opened")
    choices = ("ja", "nein", "enthaltung", "nein", "ja")
    voters = (people.ann, people.bek, people.asker)
    # Cem keeps back, so that it stays open.
    sent = await asyncio.gather(
        *(
            voter.say_all(
                committee.room,
                [f"!kaz {choice} BV-1 Nr. {n}" for n in range(7) for choice in choices],
            )
            for voter in voters
        )
    )
    await people.cem.say(committee.room, "!kaz enthaltung BV-1")
    await committee.hears("decision", "closed")
    async with records(bot) as store, store.work() as work:
        ballot = await work.ballots.latest_of(PaperId(1))
        assert ballot is not None
        kept = [vote.event_id for vote in await work.ballots.votes(ballot.id)]
    assert len(kept) == len(set(kept)) == 3 * 35 + 1
    assert {event for some in sent for event in some} < set(kept)
    assert bot.faults() == []


async def test_a_meeting_from_its_invitation_to_its_minutes(committee: Committee) -> None:
    people = committee.organisation
    await committee.seats()
    await committee.says(people.ann, PAPER)
    await is_called(committee)
    await decides(committee)
    await committee.says(people.cem, "!kaz ergebnis 2 zur Kenntnis genommen")
    await people.cem.say(committee.room, "!kaz sitzung beenden S-1")
    await committee.hears("meeting", "ended")
    draft = await committee.says(people.bek, "!kaz protokoll S-1")
    assert (await attached(people.bek, draft)).startswith(b"%PDF-")
    approved = await committee.says(people.cem, "!kaz protokoll genehmigen S-1")
    assert "error" not in approved.told, approved.body
    refused = await committee.says(people.cem, "!kaz ergebnis 2 vertagt")
    assert refused.kaz("error").get("code") == "bad_state", refused.body
    assert people.bot.faults() == []


async def is_called(committee: Committee) -> None:
    """Everybody is invited, with a file for their calendar, and the meeting begins."""
    people, room = committee.organisation, committee.room
    await people.cem.say(room, "!kaz sitzung 15.12.2099 10 Uhr Potsdam, Raum 3")
    called = await committee.hears("meeting", "called")
    assert called.kaz("meeting")["id"] == "S-1"
    invitation = await attached(people.bek, called)
    assert b"BEGIN:VEVENT" in invitation
    assert b"Potsdam" in invitation
    await committee.says(people.ann, "!kaz top BV-1")
    await committee.says(people.bek, "!kaz top Bericht aus den Projektgruppen")
    await people.cem.say(room, "!kaz sitzung beginnen S-1")
    await committee.hears("meeting", "begun")
    await committee.says(people.cem, "!kaz anwesend")
    await committee.says(people.ann, "!kaz anwesend")
    await committee.says(people.asker, "!kaz entschuldigt")


async def decides(committee: Committee) -> None:
    """One votes in the poll, one by command; the chair closes."""
    people, room = committee.organisation, committee.room
    await people.cem.say(room, "!kaz abstimmung BV-1 mehrheitlich")
    await committee.hears("decision", "opened")
    poll = await committee.poll()
    answer = {"m.relates_to": {"rel_type": "m.reference", "event_id": poll.id}}
    picked = {**answer, POLL_ANSWER: {"answers": ["yes"]}}
    await people.ann.send(room, picked, event_type=POLL_ANSWER)
    await committee.hears("decision", "voted", 1)
    await people.cem.say(room, "!kaz ja BV-1")
    await committee.hears("decision", "voted", 2)
    await people.cem.say(room, "!kaz abstimmung schließen BV-1")
    closed = await committee.hears("decision", "closed")
    assert closed.kaz("decision")["state"] == "passed"


async def attached(person: Person, event: Event) -> bytes:
    """The file of the message, decrypted."""
    file = mapping(event.content.get("file"))
    ciphertext = await person.download(str(file["url"]))
    key = str(at(file, "key", "k"))
    digest = str(at(file, "hashes", "sha256"))
    return bytes(decrypt_attachment(ciphertext, key, digest, str(file["iv"])))
