"""Whatever people send, each gets what the table says, and the next one is served as ever."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, at, mapping
from tests.homeserver.bad_input import (
    CHAPTERS,
    DOCUMENT,
    ELSEWHERE,
    NOTHING,
    RECEIPT,
    REFUSED,
    TICKET,
    TO_DEVICE,
    Case,
    ToDevice,
    document,
)
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import Person, Refused, Timeline, messages
from tests.homeserver.sealed import SealedPerson

pytestmark = pytest.mark.timeout(300)
one_loop = pytest.mark.asyncio(loop_scope="module")

cases = pytest.mark.parametrize(
    "case", [case for chapter in CHAPTERS for case in chapter.cases], ids=lambda case: case.what
)
to_device = pytest.mark.parametrize("case", TO_DEVICE, ids=lambda case: case.what)
DANGEROUS = {*map(chr, range(32)), *"\x7f\x85\u202a\u202b\u202d\u202e\u2066\u2067\u2068"} - {"\n"}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A desk with two tickets, and the ids that cases speak of."""

    organisation: Organisation
    encrypted: bool
    names: dict[str, str]

    def filled(self, content: object) -> Json:
        """The content with ids in place of their names."""
        text = json.dumps(content)
        for name, value in self.names.items():
            text = text.replace(name, value)
        return mapping(json.loads(text))

    def person(self, who: str) -> Person:
        organisation = self.organisation
        return {"asker": organisation.asker, "ann": organisation.ann, "bek": organisation.bek}[who]

    async def what_comes_of(self, case: Case) -> str:
        """What the bot says to it before it answers the next command in this room."""
        organisation = self.organisation
        person = self.person(case.who)
        room = {"project": organisation.project, "security": organisation.security}[case.room]
        timeline = await Timeline.from_now(person, room)
        try:
            await person.send(room, self.filled(case.content), event_type=case.event_type)
        except Refused:
            return REFUSED
        after = await person.say(room, "!kaz hilfe hilfe")
        events = await timeline.until_answered(after, organisation.bot_id)
        told = [e.told for e in messages(events, organisation.bot_id) if e.answers != after]
        return ", ".join(told) or NOTHING


@pytest_asyncio.fixture(
    params=[SealedPerson, Person], ids=["encrypted", "open"], scope="module", loop_scope="module"
)
async def stage(
    request: pytest.FixtureRequest,
    homeserver: Homeserver,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Stage]:
    encrypted = request.param is SealedPerson
    folder = tmp_path_factory.mktemp("bad-input")
    async with at_work(
        homeserver, folder, request.param, encrypted=encrypted, settings={"KAZ_INTAKE": "command"}
    ) as organisation:
        await organisation.meet_in(organisation.project)
        names = await two_tickets(organisation)
        organisation.asker.hides_relations = True
        yield Stage(organisation=organisation, encrypted=encrypted, names=names)


async def two_tickets(organisation: Organisation) -> dict[str, str]:
    asker, project = organisation.asker, organisation.project
    timeline = await organisation.timeline(project)
    await asker.say(project, "!kaz frage #sicherheit Wer darf das?")
    # A receipt, and once the question for which municipality it is.
    await timeline.by(organisation.bot_id, 2)
    await asker.say(project, "!kaz frage #vergabe Wer kauft das?")
    letters = await timeline.by(organisation.bot_id, 3)
    receipts = [letter for letter in letters if letter.kaz("ticket")]
    elsewhere = await organisation.ann.say(organisation.security, "Guten Morgen")
    numbers = [str(receipt.kaz("ticket")["id"]) for receipt in receipts]
    return {
        TICKET: numbers[0],
        "<ticket elsewhere>": numbers[1],
        ELSEWHERE: elsewhere,
        RECEIPT: receipts[0].id,
    }


@one_loop
@cases
async def test_each_gets_what_the_table_says(stage: Stage, case: Case) -> None:
    wanted = case.got if stage.encrypted else case.in_open_rooms
    assert await stage.what_comes_of(case) == wanted


@one_loop
@to_device
async def test_what_strangers_send_to_the_device_changes_nothing(
    stage: Stage, case: ToDevice
) -> None:
    await send_to_device(stage, case)
    command = Case(what="", content={"msgtype": "m.text", "body": "!kaz hilfe"}, got="")
    assert await stage.what_comes_of(command) == "info help"


async def send_to_device(stage: Stage, case: ToDevice) -> None:
    organisation = stage.organisation
    stranger = await Person.arrive(organisation.homeserver)
    bot = organisation.bot_id
    try:
        answer = await stranger.ask("POST", "keys", "query", body={"device_keys": {bot: []}})
        devices = mapping(at(answer, "device_keys", bot))
        ((device, keys),) = devices.items()
        key = str(at(keys, "keys", f"curve25519:{device}"))
        content = json.loads(json.dumps(case.content).replace("<key>", key))
        await stranger.ask(
            "PUT", "sendToDevice", case.event_type, "1", body={"messages": {bot: {device: content}}}
        )
    finally:
        await stranger.leave_off()


@one_loop
async def test_nothing_that_was_sent_lives_on_in_what_the_bot_said(stage: Stage) -> None:
    """Runs last in its room: what it looks at is all that came of the others."""
    organisation = stage.organisation
    history = organisation.history(organisation.procurement)
    events = messages(await history.look(), organisation.bot_id)
    bodies = "".join(event.body for event in events)
    htmls = "".join(str(event.content.get("formatted_body", "")) for event in events)
    called = [event.content.get("m.mentions") for event in events]
    assert DANGEROUS & set(bodies + htmls) == set()
    assert [word for word in ("<script", "onerror", "javascript:", "<img") if word in htmls] == []
    assert [call for call in called if call != {}] == []
    assert "49" not in bodies
    assert organisation.bot.faults() == []


def test_the_document_tells_what_is_tested() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()
