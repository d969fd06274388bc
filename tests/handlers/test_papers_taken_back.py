"""What somebody filed and took back leaves the paper and the messages, unless it was voted on."""

import pytest

from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.messages import RoomId, Said, UserId
from tests.desk import BOT, COMMITTEE, KIM, LEA, MAX, NIA, DeskAtWork, on_both_databases
from tests.fakes import room

SECRET = "!kaz beschluss Geheimes Projekt\nWortlaut: Geheim."


async def says(desk: DeskAtWork, text: str, person: UserId = LEA) -> Said:
    """A command that can be taken back later."""
    command = desk.said(person, text)
    await desk.hears(command)
    return command


async def paper(desk: DeskAtWork) -> Paper:
    async with desk.store.work() as work:
        return await work.papers.get(PaperId(1))


def redacted(desk: DeskAtWork) -> int:
    """How many messages the bot has taken back."""
    return sum(1 for sent in desk.last if sent.redacts)


@on_both_databases
async def test_a_draft_loses_its_words_and_is_withdrawn(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.redacts(LEA, command.event_id)
    assert "geheim" not in (await desk.remembers()).casefold()
    assert ((await paper(desk)).state, (await paper(desk)).title) == ("withdrawn", "")
    assert desk.bodies(COMMITTEE) == [
        "BV-1\n\nDer Text dieser Vorlage wurde gelöscht. Die Vorlage ist damit zurückgezogen."
    ]
    assert desk.told(COMMITTEE) == ["info:paper_erased"]


async def test_the_messages_that_show_them_are_taken_back(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.says(LEA, "!kaz beschluss BV-1 Kosten: viel")
    await desk.says(NIA, "!kaz zeige BV-1")
    await desk.says(NIA, "!kaz verlauf BV-1")
    await desk.redacts(LEA, command.event_id)
    assert redacted(desk) == 4


async def test_the_chair_takes_it_back_as_well(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.redacts(KIM, command.event_id)
    assert (await paper(desk)).state == "withdrawn"


async def test_another_room_has_no_say_in_it(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    async with desk.store.work() as work:
        await work.papers.save(
            Paper(**{**vars(await work.papers.get(PaperId(1))), "room_id": RoomId("!new:kaz.test")})
        )
    await desk.redacts(MAX, command.event_id)
    assert (await paper(desk)).title == "Geheimes Projekt"


async def test_a_change_taken_back_brings_back_what_stood_there(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Projekt\nWortlaut: Es beginnt.")
    desk.clock.advance(hours=1)
    command = await says(desk, "!kaz beschluss BV-1 Geheimes Projekt\nWortlaut: Geheim.")
    await desk.says(KIM, "!kaz beschluss BV-1 Kosten: keine")
    await desk.redacts(LEA, command.event_id)
    assert "geheim" not in (await desk.remembers()).casefold()
    assert redacted(desk) == 2
    assert desk.bodies(COMMITTEE) == [
        (
            "BV-1: Projekt\n\n"
            "Eine Änderung dieser Vorlage wurde gelöscht. Es gilt wieder, was vorher dort stand."
        )
    ]
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "> Es beginnt." in shown
    assert "- Finanzen: keine" in shown
    assert "- Fassung 3: Kim" in shown


async def test_what_is_voted_on_stays_and_that_is_said(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.says(KIM, "!kaz abstimmung BV-1 im Umlauf bis 15.10.")
    await desk.redacts(LEA, command.event_id)
    assert redacted(desk) == 0
    assert desk.bodies(COMMITTEE) == [
        (
            "BV-1: Geheimes Projekt\n\n"
            "Die Nachricht dazu wurde gelöscht. "
            "Der Text der Vorlage bleibt, denn er steht oder stand zur Abstimmung."
        )
    ]
    assert ((await paper(desk)).state, (await paper(desk)).title) == ("voting", "Geheimes Projekt")


async def test_so_does_what_was_counted_and_deferred(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.says(KIM, "!kaz abstimmung BV-1")
    await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert (await paper(desk)).state == "deferred"
    await desk.redacts(LEA, command.event_id)
    assert desk.told(COMMITTEE) == ["info:paper_kept"]


async def test_a_void_vote_is_no_record(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.says(KIM, "!kaz abstimmung BV-1 im Umlauf bis 15.10.")
    await desk.says(KIM, "!kaz beschluss zurückziehen BV-1")
    await desk.redacts(LEA, command.event_id)
    assert desk.told(COMMITTEE) == ["info:paper_erased"]
    shown = [sent for sent in desk.homeserver.sent_to(COMMITTEE) if "eheim" in str(sent.content)]
    gone = {sent.redacts for sent in desk.last}
    assert [sent.body for sent in shown if sent.event_id not in gone] == []


async def test_taken_back_twice_is_taken_back_once(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.redacts(LEA, command.event_id)
    await desk.redacts(LEA, command.event_id)
    assert desk.last == []


@pytest.mark.parametrize("verb", ["zeige", "verlauf"])
async def test_an_erased_paper_can_still_be_looked_up(desk: DeskAtWork, verb: str) -> None:
    command = await says(desk, SECRET)
    await desk.redacts(LEA, command.event_id)
    [answer] = await desk.says(NIA, f"!kaz {verb} BV-1")
    assert "BV-1" in answer
    assert "Text" in answer


async def test_what_was_filed_encrypted_is_not_named_in_the_open_either(desk: DeskAtWork) -> None:
    command = await says(desk, SECRET)
    await desk.says(KIM, "!kaz abstimmung BV-1 im Umlauf bis 15.10.")
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, MAX, NIA, name="Gremium", encrypted=False)
    )
    await desk.redacts(LEA, command.event_id)
    assert [body.partition("\n")[0] for body in desk.bodies(COMMITTEE)] == ["BV-1"]
