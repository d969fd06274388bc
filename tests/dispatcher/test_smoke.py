"""The way of a question, from the asker to the specialists and back."""

from tests.desk import ANN, EVA, PROCUREMENT, PROJECT, DeskAtWork


async def test_a_question_reaches_the_specialists_and_the_answer_its_asker(
    desk: DeskAtWork,
) -> None:
    question = await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert desk.told(PROJECT) == ["ticket:opened"]
    assert desk.told(PROCUREMENT) == ["ticket:opened"]
    await desk.reacts(ANN, "🙋", desk.root(1))
    assert desk.told(PROJECT) == ["ticket:claimed"]
    await desk.says(ANN, "!kaz antwort Ja, bis 100.000 Euro.", thread=desk.root(1))
    answer = desk.homeserver.sent_to(PROJECT)[-1]
    assert "Ja, bis 100.000 Euro." in answer.body
    assert (answer.thread, answer.calls, answer.msgtype) == (question, [EVA], "m.text")
