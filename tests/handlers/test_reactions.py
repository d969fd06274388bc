"""Whatever a reaction can do: 🎫 asks, 🙋 claims, 📤 answers, 👍 👎 rate, an area's sign places."""

import pytest

from kaz_bot.routing import Classification, Router
from tests.desk import (
    ANN,
    BEK,
    CEM,
    EVA,
    FRED,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
)


class UnsureRouter(Router):
    """Finds a question in everything, and no area for it."""

    def __init__(self) -> None:
        """Without models."""

    def classify(self, _text: str) -> Classification:
        return Classification(
            area="security",
            confidence=0.1,
            ranking=(),
            is_question=True,
            urgent=False,
            incident=False,
            because=(),
        )


async def test_a_ticket_sign_asks_for_the_author_of_the_message(desk: DeskAtWork) -> None:
    said = desk.said(UDO, "Wer prüft unsere Ausschreibung?", room=PROJECT)
    await desk.reacts(EVA, "🎫", said.event_id)
    ticket = await desk.ticket(1)
    assert (ticket.asker, ticket.question) == (UDO, "Wer prüft unsere Ausschreibung?")
    assert desk.last[0].thread == said.event_id


async def test_two_who_press_at_once_make_one_ticket(desk: DeskAtWork) -> None:
    said = desk.said(UDO, "Wer prüft unsere Ausschreibung? #vergabe", room=PROJECT)
    presses = [
        desk.reacted(person, "🎫", said.event_id, room=PROJECT) for person in (EVA, UDO, EVA)
    ]
    await desk.takes(*presses)
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_a_ticket_sign_on_a_message_of_the_bot_asks_nothing(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz hilfe")
    [help_] = desk.last
    await desk.reacts(EVA, "🎫", help_.event_id)
    assert desk.last == []


async def test_a_ticket_sign_on_what_people_of_elsewhere_said_asks_nothing(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.enter(PROJECT, FRED)
    said = desk.said(FRED, "Wer prüft unsere Ausschreibung?")
    await desk.reacts(EVA, "🎫", said.event_id)
    await desk.reacts(FRED, "🎫", said.event_id)
    assert "Ausschreibung" not in await desk.remembers()


async def test_a_raised_hand_on_any_message_about_a_ticket_claims_it(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "Es eilt ein wenig.", thread=question)
    [relayed] = desk.last
    await desk.reacts(BEK, "🙋", relayed.event_id)
    assert (await desk.ticket(1)).assignee == BEK


async def test_who_comes_second_is_told_by_name_and_under_the_ticket(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    root = desk.root(1)
    [told] = await desk.reacts(BEK, "🙋", root)
    assert told.startswith("Bek:")
    assert "Ann" in told
    assert desk.last[0].thread == root


async def test_a_hand_raised_by_somebody_who_has_left_claims_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.rooms.leave(PROCUREMENT, BEK)
    await desk.reacts(BEK, "🙋", desk.root(1))
    assert (await desk.ticket(1)).state == "new"


async def test_a_sent_sign_gives_ones_own_message_to_the_asker(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    said = desk.said(ANN, "Ja, bis 100.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    await desk.reacts(ANN, "📤", said.event_id)
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert "Ja, bis 100.000 Euro." in answer.body
    assert (answer.thread, answer.calls) == (question, [EVA])


async def test_a_message_is_sent_to_the_asker_only_once(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "Ja, bis 100.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    await desk.reacts(ANN, "📤", said.event_id)
    await desk.reacts(ANN, "📤", said.event_id)
    assert desk.last == []


async def test_a_note_is_sent_without_its_command_and_as_edited(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "!kaz notiz Bis 10.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    await desk.edits(ANN, said.event_id, "!kaz notiz Bis 100.000 Euro.")
    await desk.reacts(ANN, "📤", said.event_id)
    [answer] = desk.bodies(PROJECT)
    assert "Bis 100.000 Euro." in answer
    assert "notiz" not in answer


async def test_a_message_of_a_colleague_is_not_sent(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(BEK, "Der Kollege weiß es auch nicht.", thread=desk.root(1))
    await desk.takes(said)
    await desk.reacts(ANN, "📤", said.event_id)
    assert [sent.told for sent in desk.last] == ["error:not_allowed"]


async def test_a_message_that_was_taken_back_is_not_sent(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "Ja, bis 100.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    await desk.redacts(ANN, said.event_id)
    await desk.reacts(ANN, "📤", said.event_id)
    assert desk.last == []


@pytest.mark.parametrize(("sign", "rating"), [("👍", "helpful"), ("👎", "not_helpful")])
async def test_a_thumb_of_the_asker_rates_the_answer(
    desk: DeskAtWork, sign: str, rating: str
) -> None:
    await desk.has_ticket("resolved")
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    await desk.reacts(EVA, sign, answer.event_id)
    assert (await desk.ticket(1)).rating == rating
    assert desk.told(PROJECT) == ["info:rated"]


@pytest.mark.parametrize("state", ["new", "claimed", "waiting", "withdrawn"])
async def test_a_thumb_on_what_is_no_answer_means_nothing(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    told = desk.homeserver.sent_to(PROJECT)[-1]
    await desk.reacts(EVA, "👍", told.event_id)
    assert desk.last == []


async def test_a_thumb_of_somebody_else_means_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    answer = desk.homeserver.sent_to(PROJECT)[-1]
    await desk.reacts(UDO, "👎", answer.event_id, room=PROJECT)
    assert (desk.last, (await desk.ticket(1)).rating) == ([], None)


async def test_an_unsure_bot_asks_for_the_area_with_a_sign_for_each(open_desk: OpenDesk) -> None:
    desk = await open_desk(UnsureRouter())
    await desk.asks(EVA, "Was nun?")
    asked = desk.last[0]
    signs = [sent.reaction for sent in desk.last if sent.reacts_to == asked.event_id]
    assert signs == ["📐", "🛒", "🔒", "📋"]
    await desk.reacts(EVA, "🔒", asked.event_id)
    ticket = await desk.ticket(1)
    assert (ticket.area, ticket.area_open) == ("security", False)
    assert desk.told(SECURITY) == ["ticket:routed"]


async def test_until_then_the_ticket_lies_in_the_default_area(open_desk: OpenDesk) -> None:
    desk = await open_desk(UnsureRouter())
    await desk.asks(EVA, "Was nun?")
    ticket = await desk.ticket(1)
    assert (ticket.area, ticket.area_open) == ("projects", True)


async def test_the_asker_may_confirm_the_default_area(open_desk: OpenDesk) -> None:
    desk = await open_desk(UnsureRouter())
    await desk.asks(EVA, "Was nun?")
    asked = desk.last[0]
    await desk.reacts(EVA, "📋", asked.event_id)
    assert (await desk.ticket(1)).area_open is False
    assert [sent.room_id for sent in desk.last] == [PROJECT]


async def test_nobody_else_chooses_the_area(open_desk: OpenDesk) -> None:
    desk = await open_desk(UnsureRouter())
    await desk.asks(EVA, "Was nun?")
    asked = desk.last[0]
    await desk.reacts(UDO, "🔒", asked.event_id, room=PROJECT)
    assert (desk.last, (await desk.ticket(1)).area) == ([], "projects")


@pytest.mark.parametrize("sign", ["❤", "🙋", "📤", "👍", "🎫", "🛒"])
async def test_a_sign_on_what_has_nothing_to_do_with_a_ticket_means_nothing(
    desk: DeskAtWork, sign: str
) -> None:
    said = desk.said(CEM, "Wer geht mit zum Essen?")
    await desk.reacts(CEM, sign, said.event_id)
    assert desk.last == []


async def test_signs_mean_nothing_where_nobody_asks_or_answers(desk: DeskAtWork) -> None:
    said = desk.said(ANN, "Wer prüft unsere Ausschreibung?", room=OPERATIONS)
    await desk.reacts(ANN, "🎫", said.event_id, room=OPERATIONS)
    assert desk.last == []
