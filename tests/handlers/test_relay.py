"""Two threads, one ticket: what reaches the other side, and how it looks there."""

from dataclasses import replace

import pytest

from tests.desk import (
    ANN,
    BEK,
    EVA,
    EVAS_CHAT,
    FRED,
    MARKET,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    attachment,
)


async def test_what_the_asker_writes_reaches_the_specialists_and_calls_whoever_has_it(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, "Es sind drei Angebote.", thread=question)
    [relayed] = desk.last
    assert (relayed.room_id, relayed.thread) == (PROCUREMENT, desk.root(1))
    assert (relayed.msgtype, relayed.calls, relayed.told) == ("m.text", [ANN], "ticket:relayed")
    assert relayed.body.startswith("Eva")
    assert "Projekt Onlinezugang" in relayed.body
    assert "Es sind drei Angebote." in relayed.body


async def test_what_anybody_writes_in_the_askers_thread_reaches_them(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(UDO, "Wir haben das auch.", room=PROJECT, thread=question)
    assert "Wir haben das auch." in desk.bodies(PROCUREMENT)[0]


async def test_what_somebody_said_before_they_left_is_relayed(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    said = desk.said(UDO, "Wir haben das auch.", room=PROJECT, thread=question)
    desk.homeserver.rooms.leave(PROJECT, UDO)
    await desk.takes(said)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


async def test_people_of_elsewhere_are_not_relayed(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.rooms.enter(PROJECT, FRED)
    await desk.says(FRED, "Ich bin auch da.", thread=question)
    assert desk.last == []
    assert "Ich bin auch da." not in await desk.remembers()


async def test_a_plain_reply_to_the_question_belongs_to_its_thread(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "Es sind drei Angebote.", reply_to=question)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


async def test_a_plain_reply_to_an_answer_belongs_to_the_ticket(desk: DeskAtWork) -> None:
    await desk.has_ticket("waiting")
    query = desk.homeserver.sent_to(PROJECT)[-1]
    await desk.says(EVA, "90.000 Euro.", reply_to=query.event_id)
    assert (await desk.ticket(1)).state == "claimed"


async def test_formatted_text_arrives_formatted_and_tamed(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(
        EVA,
        "Wichtig: bald",
        html='<b>Wichtig</b>: <img src="mxc://x/y"><a href="https://matrix.to/#/@bek:kaz.test">bald</a>'
        "<script>alert(1)</script>",
        thread=question,
    )
    [relayed] = desk.last
    assert "<b>Wichtig</b>" in relayed.html
    assert "matrix.to" not in relayed.html
    assert "script" not in relayed.html
    assert relayed.calls == []


async def test_an_answer_keeps_its_format_without_the_command(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(
        ANN,
        "!kaz antwort Ja, gern.",
        html="<p>!kaz antwort <strong>Ja</strong>, gern.</p>",
        thread=desk.root(1),
    )
    answer = desk.homeserver.sent_to(PROJECT)[-1]
    assert "<strong>Ja</strong>, gern." in answer.html
    assert "!kaz" not in answer.html


async def test_nobody_is_called_because_of_what_somebody_typed(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(
        EVA, "@bek:kaz.test bitte!", thread=question, mentions=frozenset({BEK}), html="<b>@room</b>"
    )
    assert [sent.calls for sent in desk.last] == [[]]


async def test_files_arrive_as_files(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    file = attachment("plan.pdf", info={"mimetype": "application/pdf", "size": 9})
    await desk.says(EVA, "", thread=question, attachment=file)
    [relayed] = desk.last
    assert (relayed.msgtype, relayed.content["filename"]) == ("m.file", "plan.pdf")
    assert (relayed.content["file"], relayed.content["info"]) == (
        file.content["file"],
        file.content["info"],
    )
    assert "Eva" in relayed.body


async def test_a_question_with_a_file_brings_it_along(desk: DeskAtWork) -> None:
    await desk.says(
        EVA, "!kaz frage Ist das so richtig? #vergabe", attachment=attachment("plan.pdf")
    )
    root, file = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert (root.msgtype, file.msgtype, file.thread) == ("m.text", "m.file", root.event_id)


async def test_a_file_alone_can_be_the_question(desk: DeskAtWork) -> None:
    file = desk.said(EVA, "", attachment=attachment("plan.pdf"))
    await desk.reacts(EVA, "🎫", file.event_id)
    assert (await desk.ticket(1)).question == "plan.pdf"


async def test_edits_of_the_asker_are_edits_for_the_specialists(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    said = desk.said(EVA, "Es sind drei Angebote.", thread=question)
    await desk.takes(said)
    [relayed] = desk.last
    await desk.edits(EVA, said.event_id, "Es sind vier Angebote.")
    [edit] = desk.last
    assert (edit.edits, edit.room_id) == (relayed.event_id, PROCUREMENT)
    assert "vier Angebote" in edit.body
    assert "drei" not in await desk.remembers()


async def test_edits_of_an_answer_are_edits_for_the_asker(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "!kaz antwort Bis 10.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    answer = desk.homeserver.sent_to(PROJECT)[-1]
    await desk.edits(ANN, said.event_id, "!kaz antwort Bis 100.000 Euro.")
    [edit] = desk.last
    assert edit.edits == answer.event_id
    assert "Bis 100.000 Euro." in edit.body
    assert "!kaz" not in edit.body


async def test_the_solution_follows_the_edited_answer(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "!kaz lösen Bis 10.000 Euro, siehe Erlass.", thread=desk.root(1))
    await desk.takes(said)
    await desk.edits(ANN, said.event_id, "!kaz lösen Bis 100.000 Euro, siehe Runderlass.")
    assert (await desk.ticket(1)).solution == "Bis 100.000 Euro, siehe Runderlass."
    [found] = await desk.says(EVA, "!kaz suche Runderlass")
    assert "KAZ-1" in found
    assert "siehe Erlass" not in await desk.remembers()


async def test_only_ones_own_message_can_be_edited(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.hears(desk.said(UDO, "!kaz frage Unsinn", room=PROJECT, edits=question))
    assert (await desk.ticket(1)).question == "Dürfen wir freihändig vergeben?"


async def test_a_question_taken_back_is_gone_everywhere(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, "Gilt der Rahmenvertrag Zinnober für die Vergabe?")
    area = next(sent.room_id for sent in desk.last if sent.room_id != PROJECT)
    root = desk.root(1, area)
    await desk.redacts(EVA, question)
    assert root in [sent.redacts for sent in desk.last]
    left = await desk.remembers()
    assert ("Zinnober" in left, "Rahmenvertrag" in left) == (False, False)


async def test_an_answer_taken_back_is_gone_everywhere(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "!kaz lösen Bis Zinnober.", thread=desk.root(1))
    await desk.takes(said)
    answer = desk.homeserver.sent_to(PROJECT)[-1]
    await desk.redacts(ANN, said.event_id)
    assert [sent.redacts for sent in desk.last] == [answer.event_id]
    assert "innober" not in await desk.remembers()
    [found] = await desk.says(EVA, "!kaz suche Zinnober")
    assert "KAZ-1" not in found


@pytest.mark.parametrize("verb", ["antwort", "rückfrage", "notiz", "schließen", "lösen"])
async def test_whatever_was_said_can_be_taken_back(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, f"!kaz {verb} Bis Zinnober.", thread=desk.root(1))
    await desk.takes(said)
    await desk.redacts(ANN, said.event_id)
    assert "innober" not in await desk.remembers()
    assert "innober" not in str(desk.homeserver.shown_in(PROJECT))


async def test_edits_and_the_message_go_together(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    said = desk.said(EVA, "Es ist Karmin.", thread=question)
    await desk.takes(said)
    [relayed] = desk.last
    await desk.edits(EVA, said.event_id, "Es ist Zinnober.")
    [edit] = desk.last
    await desk.redacts(EVA, said.event_id)
    assert {sent.redacts for sent in desk.last} == {relayed.event_id, edit.event_id}
    left = await desk.remembers()
    assert ("Karmin" in left, "Zinnober" in left) == (False, False)


async def test_what_was_taken_back_before_it_was_sent_is_never_sent(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.away = True
    said = desk.said(EVA, "Es ist Zinnober.", thread=question)
    await desk.takes(said)
    await desk.redacts(EVA, said.event_id)
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    assert await desk.delivers() == []
    assert "Zinnober" not in await desk.remembers()


async def test_what_could_not_be_sent_is_gone_as_well(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.unwilling.add(PROCUREMENT)
    said = desk.said(EVA, "Es ist Zinnober.", thread=question)
    await desk.takes(said)
    await desk.redacts(EVA, said.event_id)
    assert "Zinnober" not in await desk.remembers()


async def test_a_moderator_may_take_back_what_somebody_said(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    said = desk.said(EVA, "Es ist Zinnober.", thread=question)
    await desk.takes(said)
    await desk.redacts(UDO, said.event_id)
    assert "Zinnober" not in await desk.remembers()


async def test_a_thanks_does_not_reopen(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.says(EVA, "Vielen Dank!", thread=question)
    assert (await desk.ticket(1)).state == "resolved"
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


async def test_other_words_of_the_asker_reopen(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.says(EVA, "Und bei Bauleistungen?", thread=question)
    assert desk.told(PROJECT) == ["ticket:reopened"]
    assert desk.told(PROCUREMENT) == ["ticket:reopened", "ticket:relayed"]
    assert "Und bei Bauleistungen?" in desk.bodies(PROCUREMENT)[1]
    assert (await desk.ticket(1)).state == "claimed"


async def test_words_of_somebody_else_do_not(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.says(UDO, "Das gilt auch für uns.", room=PROJECT, thread=question)
    assert (await desk.ticket(1)).state == "resolved"


async def test_a_ticket_that_waited_is_in_work_again_when_the_asker_writes(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket("waiting")
    await desk.says(UDO, "Ich weiß es nicht.", room=PROJECT, thread=question)
    assert (await desk.ticket(1)).state == "waiting"
    await desk.says(EVA, "90.000 Euro.", thread=question)
    assert (await desk.ticket(1)).state == "claimed"
    assert desk.last[0].about["state"] == "claimed"


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
async def test_whoever_writes_after_the_end_is_told_that_nobody_reads_it(
    desk: DeskAtWork, state: str
) -> None:
    question = await desk.has_ticket(state)
    await desk.says(EVA, "Und bei Bauleistungen?", thread=question)
    assert [sent.told for sent in desk.last] == ["error:bad_state"]
    assert "Bauleistungen" not in await desk.remembers()


async def test_in_a_direct_chat_a_thread_is_talk_and_needs_no_confirmation(
    desk: DeskAtWork,
) -> None:
    question = await desk.asks(EVA, "Wer unterschreibt? #vergabe", room=EVAS_CHAT)
    await desk.says(EVA, "Hilfe brauche ich bis Freitag.", room=EVAS_CHAT, thread=question)
    assert [(sent.room_id, sent.told) for sent in desk.last] == [(PROCUREMENT, "ticket:relayed")]


async def test_the_room_of_a_confidential_question_is_not_named(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(EVAS_CHAT, name="Evas Chat")
    await desk.asks(EVA, "Wer unterschreibt? #vergabe", room=EVAS_CHAT)
    assert "Evas Chat" not in str(desk.last)


async def test_a_room_in_english_reads_english(desk: DeskAtWork) -> None:
    await desk.binds(MARKET, language="en")
    await desk.asks(UDO, "May we? #procurement", room=MARKET)
    assert "Your question" in desk.bodies(MARKET)[0]
    assert "Anfrage von Udo" in desk.bodies(PROCUREMENT)[0]


async def test_nothing_is_taken_back_from_another_room(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.happened(replace(desk.homeserver.events[question], room_id=MARKET))
    await desk.redacts(UDO, question)
    assert (desk.last, (await desk.ticket(1)).question) == ([], "Dürfen wir freihändig vergeben?")


async def test_nothing_is_edited_from_another_room(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "!kaz frage Etwas anderes?", room=EVAS_CHAT, edits=question)
    assert (desk.last, (await desk.ticket(1)).question) == ([], "Dürfen wir freihändig vergeben?")
