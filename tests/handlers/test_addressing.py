"""How people speak to the bot: by prefix, by mention, in a direct chat without either."""

import pytest

from kaz_bot.config import Intake
from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    DeskAtWork,
    OpenDesk,
)

QUESTION = "Dürfen wir Software bis 50.000 Euro freihändig beschaffen?"


@pytest.mark.parametrize(
    "address", ["!kaz", "!KAZ", "!Kaz:", "!kaz,", "\u200f!kaz\u200b", "\n !kaz", "!kaz\u00a0"]
)
async def test_the_prefix_is_heard(desk: DeskAtWork, address: str) -> None:
    await desk.says(EVA, f"{address} hilfe")
    assert desk.told(PROJECT) == ["info:help"]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Kaz: hilfe", {BOT}),
        ("Kaz hilfe", {BOT}),
        ("@kaz:kaz.test hilfe", {BOT}),
        ("@kaz: hilfe", {BOT}),
        ("Kaz, hilfe", set()),
        ("@kaz hilfe", set()),
    ],
)
async def test_a_mention_in_front_is_heard(desk: DeskAtWork, text: str, mentions: set[str]) -> None:
    await desk.says(EVA, text, mentions=frozenset(mentions))
    assert desk.told(PROJECT) == ["info:help"]


@pytest.mark.parametrize(
    "text", ["kaz hilfe", "Kazimir: hilfe", "hilfe", "!kazhilfe", "Hallo !kaz"]
)
async def test_what_is_not_said_to_the_bot_is_not_answered(desk: DeskAtWork, text: str) -> None:
    assert await desk.says(EVA, text) == []


async def test_a_question_put_to_the_bot_becomes_a_ticket(desk: DeskAtWork) -> None:
    await desk.says(EVA, f"Kaz: {QUESTION}", mentions=frozenset({BOT}))
    assert (await desk.ticket(1)).question == QUESTION


async def test_another_prefix_is_used_everywhere(open_desk: OpenDesk) -> None:
    desk = await open_desk(prefix="!amt")
    [help_] = await desk.says(EVA, "!amt hilfe")
    assert "!amt frage" in help_
    assert "!kaz" not in help_
    assert await desk.says(EVA, "!kaz hilfe") == []


@pytest.mark.parametrize(
    "text", ["frage Wer prüft das?", "Ask Wer prüft das?", "!kaz frage Wer prüft das?"]
)
async def test_in_a_direct_chat_the_prefix_may_be_left_out(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text, room=EVAS_CHAT)
    ticket = await desk.ticket(1)
    assert (ticket.question, ticket.confidential) == ("Wer prüft das?", True)


@pytest.mark.parametrize("text", ["Das ist ja ein Ding", "Guten Morgen", "frgae", "hilf", "?"])
async def test_in_a_direct_chat_nothing_is_met_with_silence(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:unknown_command"]


@pytest.mark.parametrize("text", ["nein BV-1", "ja zu BV-1", "top S-4", "abstimmung BV-1"])
async def test_in_a_direct_chat_a_command_of_the_committee_is_told_its_place(
    desk: DeskAtWork, text: str
) -> None:
    [answer] = await desk.says(EVA, text, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:not_allowed"]
    assert "geht in diesem Raum nicht. Es geht nur hier: Raum des Gremiums." in answer


@pytest.mark.parametrize("text", ["ja", "Beschluss Foo", "stimmberechtigt"])
async def test_in_a_direct_chat_words_of_talk_are_not_called_unknown_verbs(
    desk: DeskAtWork, text: str
) -> None:
    [answer] = await desk.says(EVA, text, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:unknown_command"]
    assert answer.startswith("Das habe ich nicht verstanden.\n\nAlles, was hier geht, zeigt")


async def test_a_thanks_in_a_direct_chat_needs_no_answer(desk: DeskAtWork) -> None:
    assert await desk.says(EVA, "Vielen Dank!", room=EVAS_CHAT) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("übernehemn", "übernehmen"),
        ("uebernemen", "übernehmen"),
        ("clam", "übernehmen"),
        ("fragen", "frage"),
        ("statsu", "status"),
        ("zurückzihen", "zurückziehen"),
        ("prioritt", "priorität"),
    ],
)
async def test_a_mistyped_verb_gets_the_nearest_suggested(
    desk: DeskAtWork, typed: str, meant: str
) -> None:
    [answer] = await desk.says(EVA, f"!kaz {typed}")
    assert f"!kaz {meant}" in answer
    assert desk.told(PROJECT) == ["error:unknown_command"]


async def test_in_an_english_room_the_english_verb_is_suggested(desk: DeskAtWork) -> None:
    await desk.binds(PROJECT, language="en")
    [answer] = await desk.says(EVA, "!kaz withdarw")
    assert "!kaz withdraw" in answer


@pytest.mark.parametrize("text", ["!kaz", "!kaz:", "Kaz:"])
async def test_an_address_alone_gets_help(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text)
    assert desk.told(PROJECT) == ["info:help"]


async def test_help_knows_the_room_and_the_person(desk: DeskAtWork) -> None:
    [asking] = await desk.says(EVA, "!kaz hilfe")
    [working] = await desk.says(ANN, "!kaz hilfe")
    [committee] = await desk.says(KIM, "!kaz hilfe")
    [operating] = await desk.says(OPA, "!kaz hilfe")
    assert ("!kaz frage" in asking, "übernehmen" in asking, "zustand" in asking) == (
        True,
        False,
        False,
    )
    assert ("!kaz frage" in working, "übernehmen" in working) == (False, True)
    assert ("!kaz frage" in committee, "übernehmen" in committee) == (False, False)
    assert "zustand" in operating


async def test_help_for_an_admin_names_their_verbs_in_every_room(open_desk: OpenDesk) -> None:
    desk = await open_desk(admins=frozenset({EVA}))
    [answer] = await desk.says(EVA, "!kaz hilfe")
    assert "!kaz raum" in answer


@pytest.mark.parametrize("verb", ["claim", "übernehmen", "!kaz übernehmen", "uebernehmen"])
async def test_help_explains_one_verb(desk: DeskAtWork, verb: str) -> None:
    [answer] = await desk.says(ANN, f"!kaz hilfe {verb}")
    assert "übernehmen" in answer
    assert "🙋" in answer


async def test_help_with_what_is_no_verb_suggests_one(desk: DeskAtWork) -> None:
    [answer] = await desk.says(ANN, "!kaz hilfe überneme")
    assert "übernehmen" in answer
    assert desk.told(PROCUREMENT) == ["error:unknown_command"]


@pytest.mark.parametrize("word", ["datenschutz", "privacy", "Datenschutz"])
async def test_help_tells_about_privacy(open_desk: OpenDesk, word: str) -> None:
    desk = await open_desk(privacy_url="https://kaz.test/datenschutz")
    [answer] = await desk.says(EVA, f"!kaz hilfe {word}")
    assert "https://kaz.test/datenschutz" in answer


async def test_an_answer_stands_in_the_thread_of_the_command(desk: DeskAtWork) -> None:
    command = desk.said(EVA, "!kaz hilfe", thread=await desk.has_ticket())
    await desk.takes(command)
    [help_] = desk.last
    assert (help_.thread, help_.replies_to) == (command.thread, command.event_id)
    assert (help_.msgtype, help_.calls) == ("m.notice", [])


async def test_a_message_that_looks_like_a_question_gets_a_sign(desk: DeskAtWork) -> None:
    said = desk.said(EVA, QUESTION)
    await desk.takes(said)
    assert [(sent.reaction, sent.reacts_to) for sent in desk.last] == [("🎫", said.event_id)]
    assert "freihändig" not in await desk.remembers()


async def test_its_author_may_press_the_sign_too(desk: DeskAtWork) -> None:
    said = desk.said(EVA, QUESTION)
    await desk.takes(said)
    await desk.reacts(EVA, "🎫", said.event_id)
    assert (await desk.ticket(1)).asker == EVA


@pytest.mark.parametrize("text", ["Guten Morgen zusammen", "Ich bin ab morgen im Urlaub.", "👍"])
async def test_chatter_gets_no_sign_and_is_not_kept(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text)
    assert desk.last == []
    assert text not in await desk.remembers()


async def test_by_command_only_a_question_stays_a_message(open_desk: OpenDesk) -> None:
    desk = await open_desk(intake=Intake.COMMAND)
    await desk.says(EVA, QUESTION)
    assert desk.last == []


async def test_a_question_may_become_a_ticket_by_itself(open_desk: OpenDesk) -> None:
    desk = await open_desk(intake=Intake.AUTO)
    await desk.says(EVA, QUESTION)
    assert desk.told(PROJECT)[0] == "ticket:opened"


@pytest.mark.parametrize("intake", list(Intake))
async def test_an_answer_to_somebody_is_never_taken_for_a_question(
    open_desk: OpenDesk, intake: Intake
) -> None:
    desk = await open_desk(intake=intake)
    before = desk.said(EVA, "Guten Morgen")
    await desk.says(EVA, QUESTION, reply_to=before.event_id)
    await desk.says(EVA, QUESTION, thread=before.event_id)
    assert desk.homeserver.sent == []


@pytest.mark.parametrize("room", [PROCUREMENT, COMMITTEE, OPERATIONS])
async def test_questions_are_only_looked_for_in_project_rooms(
    open_desk: OpenDesk, room: RoomId
) -> None:
    desk = await open_desk(intake=Intake.AUTO)
    await desk.says(ANN, QUESTION, room=room)
    assert desk.last == []


async def test_a_mention_in_the_middle_of_talk_is_no_command(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, "Und was sagt Kaz dazu?", thread=question, mentions=frozenset({BOT}))
    assert [(sent.room_id, sent.told) for sent in desk.last] == [(PROCUREMENT, "ticket:relayed")]


async def test_other_bots_are_not_answered(desk: DeskAtWork) -> None:
    assert await desk.says(EVA, "!kaz hilfe", notice=True) == []


async def test_an_edit_never_runs_a_command(desk: DeskAtWork) -> None:
    said = desk.said(EVA, "!kaz hlfe")
    await desk.takes(said)
    assert await desk.edits(EVA, said.event_id, "!kaz hilfe") == []


async def test_an_edited_question_is_not_asked_again(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.edits(EVA, question, "!kaz frage Dürfen wir freihändig kaufen? #vergabe")
    assert [sent.is_message for sent in desk.last] == [False]
    assert (await desk.ticket(1)).question == "Dürfen wir freihändig kaufen?"
