"""People with matrix-js-sdk read the bot and are read by it, all rooms being encrypted."""

import pytest

from tests.interop.conversation import Desk, Question

ANSWER = "Das entscheidet der Vorstand."


@pytest.mark.parametrize("unsigned", [False, True], ids=["all devices", "only signed devices"])
async def test_a_question_is_answered_in_its_thread(desk: Desk, unsigned: bool) -> None:
    await desk.asker.shut_out(unsigned=unsigned)
    await desk.ann.shut_out(unsigned=unsigned)
    question = await Question.asked(desk, "Wer darf das?")
    receipt = await question.asker_hears("opened")
    claimed = await question.claimed_by(desk.ann)
    answer = await question.answered_by(desk.ann, ANSWER)
    said = [receipt, claimed, answer]
    assert "Wer darf das?" in question.card.body
    assert ANSWER in answer.body
    assert [event.encrypted for event in [*said, question.card]] == [True] * 4
    assert [await desk.asker.shield(event) for event in said] == ["NONE"] * 3
    assert await desk.ann.shield(question.card) == "NONE"
    assert await desk.asker.thread(desk.project, question.root, until=answer) == [
        event.id for event in said
    ]
