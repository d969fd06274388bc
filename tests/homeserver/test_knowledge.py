"""What is used again, on a real homeserver and encrypted: solutions, digests, reports."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nio.crypto import decrypt_attachment

from kaz_bot.config import load
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import at, mapping
from kaz_bot.messages import RoomId
from kaz_bot.store import Store
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Event, Person, Timeline
from tests.homeserver.sealed import SealedPerson

PATIENCE = 60
QUESTION = "Wie verwahren wir Kennwörter von Administratoren, was gehört ins Sicherheitskonzept?"
ANSWER = "In Potsdam gilt: Nutzen Sie einen Passwortmanager, geregelt im Kapitel Berechtigungen."

pytestmark = pytest.mark.timeout(400)


class Desk:
    """The rooms of an organisation, as people read them."""

    def __init__(self, organisation: Organisation) -> None:
        self.people = organisation
        self.bot = organisation.bot_id
        self._timelines: dict[str, Timeline] = {}

    def timeline(self, room: str) -> Timeline:
        """The room from its beginning."""
        return self._timelines.setdefault(room, self.people.history(room))

    async def says(self, person: Person, room: str, text: str) -> Event:
        """What the bot answers to it."""
        asked = await person.say(room, text)
        events = await self.timeline(room).until_answered(asked, self.bot, PATIENCE)
        return next(e for e in events if e.sender == self.bot and e.answers == asked)

    async def hears(self, room: str, key: str, number: int = 1, **facts: object) -> Event:
        """The message of the bot that says so to programs, as soon as there are so many."""

        def so_far(events: list[Event]) -> list[Event]:
            return [
                e
                for e in events
                if e.sender == self.bot
                and not e.edits
                and e.kaz(key)
                and facts.items() <= e.kaz(key).items()
            ]

        what = f"{number} messages about {key} {facts}"
        await self.timeline(room).until(lambda all_: len(so_far(all_)) >= number, what, PATIENCE)
        return so_far(self.timeline(room).events)[number - 1]


@pytest.fixture
async def desk(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[Desk]:
    # At whatever hour the test runs, the desk is open for what is late.
    settings = {"KAZ_BUSINESS_HOURS": "Mo-So 00:00-24:00"}
    async with at_work(
        homeserver, tmp_path, SealedPerson, encrypted=True, settings=settings
    ) as organisation:
        yield Desk(organisation)


@pytest.fixture
async def desk_on_postgresql(
    homeserver: Homeserver, tmp_path: Path, postgresql_url: str
) -> AsyncIterator[Desk]:
    settings = {"KAZ_DATABASE_URL": postgresql_url}
    async with at_work(
        homeserver, tmp_path, SealedPerson, encrypted=True, settings=settings
    ) as organisation:
        yield Desk(organisation)


def in_reply_to(event: str) -> dict[str, object]:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event}}}


async def attached(person: Person, event: Event) -> bytes:
    """The file of the message, decrypted."""
    file = mapping(event.content.get("file"))
    ciphertext = await person.download(str(file["url"]))
    key = str(at(file, "key", "k"))
    digest = str(at(file, "hashes", "sha256"))
    return bytes(decrypt_attachment(ciphertext, key, digest, str(file["iv"])))


async def answered_by_a_solution(desk: Desk) -> None:
    """From a question by two specialists to a solution that answers the next question."""
    people = desk.people
    await people.asker.say(people.project, f"!kaz frage {QUESTION}")
    await desk.hears(people.security, "ticket", id="KAZ-1", event="opened")
    await people.ann.say(people.security, "!kaz übernehmen KAZ-1")
    await desk.hears(people.security, "ticket", id="KAZ-1", event="claimed")
    await people.ann.say(people.security, f"!kaz lösen KAZ-1 {ANSWER}")
    await desk.hears(people.project, "ticket", id="KAZ-1", event="resolved")
    await people.ann.say(people.security, "!kaz lösung KAZ-1")
    proposed = await desk.hears(people.security, "solution", id="L-1", state="proposed")
    assert "Passwortmanager" in proposed.body
    assert "In Potsdam" not in proposed.body
    own = await desk.says(people.ann, people.security, "!kaz lösung freigeben L-1")
    assert own.kaz("error").get("code") == "not_allowed", own.body
    await people.bek.react(people.security, proposed.id, "✅")
    await desk.hears(people.security, "solution", id="L-1", state="released")
    await people.asker.say(people.project, f"!kaz frage {QUESTION}")
    offer = await desk.hears(people.project, "ticket", id="KAZ-2", event="suggested")
    assert "L-1" in offer.body
    await people.asker.react(people.project, offer.id, "✅")
    await desk.hears(people.project, "ticket", id="KAZ-2", event="closed")
    found = await desk.says(people.asker, people.project, "!kaz suche Pasworrtmanager")
    assert "L-1" in found.body
    assert people.bot.faults() == []


async def test_an_answer_becomes_a_solution_and_answers_the_next_question(desk: Desk) -> None:
    await answered_by_a_solution(desk)


async def test_so_it_does_on_postgresql(desk_on_postgresql: Desk) -> None:
    await answered_by_a_solution(desk_on_postgresql)


async def test_the_room_says_once_for_whom_it_asks(desk: Desk) -> None:
    people = desk.people
    await people.asker.say(people.project, f"!kaz frage {QUESTION}")
    asked = await desk.hears(people.project, "info", topic="municipality")
    await people.asker.say(people.project, "LK PM", **in_reply_to(asked.id))
    bound = await desk.hears(people.project, "info", number=2, topic="municipality")
    assert "Landkreis Potsdam-Mittelmark" in bound.body
    assert people.bot.faults() == []


async def test_a_digest_that_fell_due_while_the_bot_was_dead_comes_once(desk: Desk) -> None:
    people, bot = desk.people, desk.people.bot
    await desk.says(people.ann, people.security, "!kaz digest täglich")
    await people.asker.say(people.project, f"!kaz frage {QUESTION}")
    await desk.hears(people.security, "ticket", id="KAZ-1", event="opened")
    await bot.kill()
    await falls_due(desk, timedelta(hours=1))
    await bot.start()
    digest = await desk.hears(people.security, "digest")
    assert "KAZ-1" in digest.body
    assert "verspätet" in digest.body.casefold()
    await bot.restart()
    ordered = await desk.says(people.ann, people.security, "!kaz digest")
    assert ordered.kaz("info").get("topic") == "digest", ordered.body
    told = [e for e in desk.timeline(people.security).events if e.kaz("digest")]
    assert [e.id for e in told] == [digest.id]
    assert bot.faults() == []


async def falls_due(desk: Desk, ago: timedelta) -> None:
    """As if time had passed: the digest of the area was due so long ago."""
    store = Store(load(environ=desk.people.bot.settings).database_url)
    async with store.work() as work:
        order = await work.digests.of_room(RoomId(desk.people.security))
        assert order is not None
        await work.digests.save(replace(order, next_at=datetime.now(UTC) - ago))
    await store.close()


async def test_a_report_comes_as_pdf_page_table_and_pictures(desk: Desk) -> None:
    people = desk.people
    await people.asker.say(people.project, f"!kaz frage {QUESTION}")
    await desk.hears(people.security, "ticket", id="KAZ-1", event="opened")
    today = datetime.now(UTC).strftime("%d.%m.%Y")
    await people.ann.say(people.security, f"!kaz bericht 1.1.2026 bis {today}")
    files = [
        await desk.hears(people.security, "info", number=number, topic="report")
        for number in (1, 2, 3, 4)
    ]
    contents = await asyncio.gather(*(attached(people.ann, file) for file in files))
    by_name = {
        str(file.content["filename"]).rpartition(".")[2]: content
        for file, content in zip(files, contents, strict=True)
    }
    assert by_name["pdf"].startswith(b"%PDF-")
    assert by_name["html"].lstrip().lower().startswith(b"<!doctype html>")
    assert by_name["csv"].startswith(b"\xef\xbb\xbf")
    pictures = zipfile.ZipFile(io.BytesIO(by_name["zip"])).namelist()
    assert {name.rpartition(".")[2] for name in pictures} == {"png", "svg"}
    assert people.bot.faults() == []
