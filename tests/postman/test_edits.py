"""A letter can be said in new words again and again, whether it is sent or still on its way."""

from dataclasses import replace

from kaz_bot.announcements.letters import Spot
from tests.desk import COMMITTEE, KIM, DeskAtWork, on_both_databases
from tests.postman.conftest import BALLOT, POLL, Writer, missing


@on_both_databases
async def test_a_letter_whose_content_is_gone_is_edited_by_its_template(
    desk: DeskAtWork, writer: Writer
) -> None:
    [ballot] = await writer.writes(BALLOT)
    sent = await writer.letter()
    [edit] = await writer.writes(missing(sent, "MIK"))
    assert (sent.content, edit.edits) == ({}, ballot.event_id)
    assert (edit.body, edit.html) == ("BV-7. Es fehlen: MIK.", "<b>BV-7</b>. Es fehlen: MIK.")
    assert edit.content["de.kaz.decision"] == ballot.content["de.kaz.decision"]


async def test_two_edits_in_quick_succession_keep_their_order(
    desk: DeskAtWork, writer: Writer
) -> None:
    [ballot] = await writer.writes(BALLOT)
    sent = await writer.letter()
    desk.homeserver.slow[COMMITTEE] = 5
    await writer.writes(missing(sent, "MIK"))
    await writer.writes(missing(sent, "niemand"))
    desk.homeserver.slow.clear()
    desk.clock.advance(seconds=6)
    edits = await desk.delivers()
    assert [(edit.edits, edit.body) for edit in edits] == [
        (ballot.event_id, "BV-7. Es fehlen: MIK."),
        (ballot.event_id, "BV-7. Es fehlen: niemand."),
    ]
    assert desk.homeserver.shown_in(COMMITTEE) == ["BV-7. Es fehlen: niemand."]


async def test_a_letter_that_waits_is_edited_when_it_has_been_sent(
    desk: DeskAtWork, writer: Writer
) -> None:
    desk.homeserver.away = True
    await writer.writes(replace(BALLOT, reactions=("✅", "❌")), POLL)
    waiting = await writer.letter()
    await writer.writes(missing(waiting, "MIK"))
    await writer.writes(missing(waiting, "niemand"))
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    ballot, yes, no, poll, first, second = await desk.delivers()
    assert [yes.reacts_to, no.reacts_to] == [ballot.event_id] * 2
    assert poll.event_type == "org.matrix.msc3381.poll.start"
    assert [first.edits, second.edits] == [ballot.event_id] * 2
    assert [first.body, second.body] == ["BV-7. Es fehlen: MIK.", "BV-7. Es fehlen: niemand."]


async def test_a_letter_to_a_person_is_edited_in_the_chat_that_is_made_for_it(
    desk: DeskAtWork, writer: Writer
) -> None:
    desk.homeserver.away = True
    await writer.writes(replace(BALLOT, spot=Spot(person=KIM)))
    await writer.writes(missing(await writer.letter(), "MIK"))
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    ballot, edit = await desk.delivers()
    assert (edit.room_id, edit.edits) == (ballot.room_id, ballot.event_id)
