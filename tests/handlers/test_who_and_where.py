"""People and places are named as people know them, in whichever room they are read."""

from tests.desk import ANN, BOT, EVA, MARKET, PROCUREMENT, UDO, DeskAtWork
from tests.fakes import room


async def test_the_history_names_the_asker_as_their_own_room_does(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    [history] = await desk.says(ANN, "!kaz verlauf KAZ-1")
    assert "Eva: gestellt" in history


async def test_the_history_says_once_that_a_message_came(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    await desk.says(EVA, "Es eilt.", thread=question)
    [history] = await desk.says(ANN, "!kaz verlauf KAZ-1")
    assert history.rstrip().endswith("Eva: Nachricht")


async def test_the_asker_hears_by_name_who_has_the_ticket(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    await desk.reacts(ANN, "🙋", desk.root(1))
    [status] = await desk.says(EVA, "!kaz status KAZ-1")
    assert "Ann" in status


async def test_what_comes_from_a_direct_chat_does_not_name_it_as_a_room(desk: DeskAtWork) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.reacts(ANN, "🙋", desk.root(1))
    await desk.says(ANN, "!kaz antwort Ja, bis 100.000 Euro.", thread=desk.root(1))
    answer = next(sent for sent in desk.last if sent.calls == [UDO] and sent.room_id != MARKET)
    desk.homeserver.rooms.put(room(answer.room_id, BOT, UDO, name="Udo"))
    await desk.says(UDO, "Danke für die Zahl.", room=answer.room_id, thread=answer.event_id)
    [relayed] = desk.bodies(PROCUREMENT)
    assert relayed.startswith("Udo schreibt zu KAZ-1:")


async def test_a_formatted_question_is_shown_without_its_tag(desk: DeskAtWork) -> None:
    await desk.says(
        EVA, "!kaz frage Dürfen wir? #vergabe", html="!kaz frage Dürfen <b>wir</b>? #vergabe"
    )
    root = desk.homeserver.sent_to(PROCUREMENT)[-1]
    assert "> Dürfen wir?\n" in root.body
