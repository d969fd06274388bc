"""People with matrix-js-sdk read the bot and are read by it, all rooms being encrypted.

If nothing else is said, their clients shut out devices that their owner has not signed.
"""

import pytest

from tests.homeserver.people import Event, Timeline, people
from tests.homeserver.sealed import SealedPerson
from tests.interop.conversation import Desk, Question
from tests.interop.js_person import JsPerson

ANSWER = "Das entscheidet der Vorstand."
PAPER = bytes(range(256)) * 1000

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize("unsigned", [False, True], ids=["all devices", "only signed devices"])
async def test_a_question_is_answered_in_its_thread(desk: Desk, unsigned: bool) -> None:
    await desk.asker.shut_out(unsigned=unsigned)
    await desk.ann.shut_out(unsigned=unsigned)
    # Who says so before is not asked for the room's municipality.
    await desk.asker.say(desk.project, "!kaz kommune keine")
    question = await Question.asked(desk, "Wer darf das?")
    receipt = await question.asker_hears("opened")
    claimed = await question.claimed_by(desk.ann)
    answer = await question.answered_by(desk.ann, ANSWER)
    said = [receipt, claimed, answer]
    assert "Wer darf das?" in question.card.body
    assert [event.encrypted for event in [*said, question.card]] == [True] * 4
    assert [await desk.asker.shield(event) for event in said] == ["NONE"] * 3
    assert await desk.ann.shield(question.card) == "NONE"
    assert await desk.asker.thread(desk.project, question.root, until=answer) == [
        event.id for event in said
    ]


async def test_such_clients_do_shut_out_devices_that_nobody_has_signed(desk: Desk) -> None:
    """So that what the other tests see means something."""
    unsigned = await SealedPerson.arrive(desk.organisation.homeserver)
    async with people(unsigned):
        room = await desk.asker.make_room("Probe", invite=[unsigned.id], encrypted=True)
        await unsigned.join(room)
        await desk.asker.sees(room, unsigned.id)
        sent = await unsigned.say(room, "Hört mich jemand?")
        assert await desk.asker.failure(sent) == "UNSIGNED_SENDER_DEVICE"


async def test_a_conversation_goes_on_over_restarts_of_the_bot(desk: Desk) -> None:
    question = await Question.asked(desk, "Wie lange gilt das?")
    await desk.bot.restart()
    claimed = await question.claimed_by(desk.ann)
    answer = await question.answered_by(desk.ann, ANSWER)
    await desk.bot.restart()
    added = await question.added("Auch im nächsten Jahr?")
    assert [await desk.asker.shield(event) for event in (claimed, answer)] == ["NONE", "NONE"]
    assert await desk.ann.shield(added) == "NONE"


async def test_a_new_device_is_read_and_reads_what_comes_next(desk: Desk) -> None:
    question = await Question.asked(desk, "Was kostet das?")
    laptop = await desk.asker.on_another_device()
    async with people(laptop):
        await question.claimed_by(desk.ann)
        claimed = await desk.hears(laptop, desk.project, "claimed", question.root)
        added = await question.added("Es eilt.", by=laptop)
        answer = await question.answered_by(desk.ann, ANSWER)
        on_laptop = await desk.hears(laptop, desk.project, "relayed", question.root, ANSWER)
        assert added.encrypted
        assert on_laptop == answer
        assert [await laptop.shield(claimed), await laptop.shield(answer)] == ["NONE", "NONE"]


async def test_a_late_joiner_takes_a_question_and_answers_it(desk: Desk) -> None:
    dora = await JsPerson.arrive(desk.organisation.homeserver, "dora")
    async with people(dora):
        await desk.ann.invite(desk.security, dora.id)
        await dora.join(desk.security)
        await dora.sees(desk.security, desk.bot_id)
        question = await Question.asked(desk, "Wer ist neu hier?", read_by=dora)
        claimed = await question.claimed_by(dora)
        answer = await question.answered_by(dora, ANSWER)
        assert claimed.kaz("ticket")["assignee"] == dora.id
        assert answer.encrypted
        assert await dora.shield(question.card) == "NONE"


async def test_an_encrypted_file_reaches_the_specialists_as_it_was_sent(desk: Desk) -> None:
    question = await Question.asked(desk, "Ist das Angebot gut?")
    await desk.asker.send_file(desk.project, question.root, "Angebot.pdf", PAPER)
    relayed = await question.specialist_hears("relayed", "Angebot.pdf")
    assert relayed.content["filename"] == "Angebot.pdf"
    assert relayed.encrypted
    assert await desk.ann.file_of(relayed) == PAPER


async def test_an_edit_and_a_redaction_reach_what_was_relayed(desk: Desk) -> None:
    question = await Question.asked(desk, "Bis wann?")
    added = await desk.asker.say_in_thread(desk.project, question.root, "Bis Montag?")
    relayed = await question.specialist_hears("relayed", "Bis Montag?")
    await desk.asker.edit(desk.project, added, "Bis Dienstag?")
    timeline = Timeline(desk.ann, desk.security)
    await timeline.until(lambda events: any(edited(relayed, events)), "the edit")
    [edit] = edited(relayed, timeline.events)
    await desk.asker.redact(desk.project, added)
    await timeline.until(lambda events: is_taken_back(relayed, events), "the redaction")
    assert "Bis Dienstag?" in edit.body
    assert edit.encrypted


def edited(event: Event, events: list[Event]) -> list[Event]:
    return [other for other in events if other.edits == event.id]


def is_taken_back(event: Event, events: list[Event]) -> bool:
    return any(e.type == "m.room.redaction" and e.content["redacts"] == event.id for e in events)


async def test_what_was_said_while_the_bot_was_down_is_answered(desk: Desk) -> None:
    await desk.bot.kill()
    laptop = await desk.asker.on_another_device()
    async with people(laptop):
        first = await desk.asker.say(desk.project, "!kaz frage #sicherheit Ist da jemand?")
        second = await laptop.say(desk.project, "!kaz frage #sicherheit Und jetzt?")
        await desk.bot.start()
        receipts = [
            await desk.hears(desk.asker, desk.project, "opened", first),
            await desk.hears(laptop, desk.project, "opened", second),
        ]
        assert [event.encrypted for event in receipts] == [True, True]


async def test_a_key_that_comes_late_is_asked_for_once_and_then_used(desk: Desk) -> None:
    timeline = await Timeline.from_now(desk.asker, desk.project)
    await desk.asker.hold_keys_back(desk.project)
    sent = await desk.asker.say(desk.project, "!kaz frage #sicherheit Kommt das an?")
    await timeline.until(lambda events: bool(unread(sent, events)), "that it cannot be read")
    await desk.asker.let_keys_go()
    receipt = await desk.hears(desk.asker, desk.project, "opened", sent)
    await timeline.until(lambda events: receipt.id in {e.id for e in events}, "the receipt")
    assert len(unread(sent, timeline.events)) == 1


def unread(sent: str, events: list[Event]) -> list[Event]:
    return [
        event
        for event in events
        if event.answers == sent and event.kaz("info").get("topic") == "unreadable"
    ]
