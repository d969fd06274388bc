"""Before anybody works on a ticket, its asker is offered what others were answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.domain.tickets import TicketId
from kaz_bot.finding import LIKE_ENOUGH
from kaz_bot.forgetting import forget_user
from kaz_bot.jobs.retention import Retention
from kaz_bot.messages import EventId
from tests.desk import (
    ANN,
    BEK,
    EVA,
    EVAS_CHAT,
    MARKET,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    OpenDesk,
    attachment,
    on_both_databases,
)
from tests.fakes import Sent
from tests.forgetting.desk import found_by_words
from tests.handlers.test_routing import SURE, FixedRouter

CALM = replace(SURE, area="procurement")
ASKED = "Ist freihändig vergeben erlaubt?"
YEAR = timedelta(days=365)


class AlikeRouter(FixedRouter):
    """Finds questions as alike as a test says, some of them by their text."""

    def __init__(self) -> None:
        super().__init__(CALM, likeness=1.0)
        self.by_text: dict[str, float] = {}

    def alike(self, _asked: str, others: Sequence[str]) -> list[float]:
        return [self.by_text.get(other, self.likeness) for other in others]


@pytest.fixture
def alike() -> AlikeRouter:
    return AlikeRouter()


@pytest.fixture
async def desk(open_desk: OpenDesk, alike: AlikeRouter) -> DeskAtWork:
    """A desk that finds all questions alike, and all of them about procurement."""
    return await open_desk(alike)


async def solved(desk: DeskAtWork, number: int, question: str, answer: str) -> EventId:
    """Eva asked and Ann answered; the event of the answer."""
    await desk.asks(EVA, question)
    await desk.says(ANN, f"!kaz claim {number}")
    said = desk.said(ANN, f"!kaz lösen KAZ-{number} {answer}")
    await desk.takes(said)
    return said.event_id


def offers(desk: DeskAtWork) -> list[Sent]:
    """The answers offered by what happened last."""
    return [sent for sent in desk.last if sent.told == "ticket:suggested" and sent.is_message]


async def offered(desk: DeskAtWork) -> Sent:
    """Udo is offered, as KAZ-2, what Eva was answered as KAZ-1."""
    await desk.has_ticket("resolved")
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    return offer


@on_both_databases
async def test_an_answer_given_before_is_offered_in_the_askers_thread(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    question = await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    assert (offer.room_id, offer.thread) == (PROJECT, question)
    assert (offer.msgtype, offer.calls) == ("m.notice", [])
    assert "Ja, bis 100.000 Euro." in offer.body
    assert "!kaz passt KAZ-1 KAZ-2" in offer.body
    assert offer.about == {
        "id": "KAZ-2",
        "state": "new",
        "area": "procurement",
        "priority": "normal",
        "assignee": None,
        "event": "suggested",
    }


async def test_it_comes_after_the_receipt_with_a_sign_to_press(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    assert desk.told(PROJECT) == ["ticket:opened", "ticket:suggested"]
    assert [sent.reaction for sent in desk.last if sent.reacts_to == offer.event_id] == ["✅"]


async def test_nobody_learns_who_asked_before_nor_what(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    shown = str(offer.content)
    assert [word for word in ("Eva", "@eva", "Dürfen wir", "@ann") if word in shown] == []


async def test_it_is_offered_in_english(desk: DeskAtWork) -> None:
    await desk.binds(PROJECT, language=Language.EN)
    offer = await offered(desk)
    assert "!kaz fits KAZ-1 KAZ-2" in offer.body


async def test_the_trail_names_the_number_and_no_text(desk: DeskAtWork) -> None:
    await offered(desk)
    async with desk.store.work() as work:
        trail = await work.trail.of(TicketId(2))
    assert [(entry.event, entry.details) for entry in trail] == [
        ("opened", {"area": "procurement", "priority": "normal"}),
        ("suggested", {"of": "1"}),
    ]
    [history] = await desk.says(UDO, "!kaz verlauf 2", room=PROJECT)
    assert "Antworten angeboten aus KAZ-1" in history


async def test_a_file_is_offered_with_its_words(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz lösen Siehe Plan.", thread=desk.root(1), attachment=attachment())
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    assert (offer.content["filename"], offer.content["msgtype"]) == ("plan.pdf", "m.file")
    assert "Siehe Plan." in offer.body


async def test_the_most_alike_are_offered_first_and_no_more_than_three(
    desk: DeskAtWork, alike: AlikeRouter
) -> None:
    alike.by_text = {"Freihändig A?": 0.6, "Freihändig B?": 0.7, "Freihändig C?": 0.8}
    await solved(desk, 1, "Freihändig?", "Nein.")
    await solved(desk, 2, "Freihändig A?", "Eins.")
    await solved(desk, 3, "Freihändig B?", "Zwei.")
    await solved(desk, 4, "Freihändig C?", "Drei.")
    alike.likeness = 0.5
    await desk.asks(UDO, ASKED, room=PROJECT)
    answers = zip(("Drei.", "Zwei.", "Eins."), offers(desk), strict=True)
    assert [answer in offer.body for answer, offer in answers] == [True] * 3


async def test_the_same_answer_is_offered_once(desk: DeskAtWork) -> None:
    await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis 100.000 Euro.")
    await solved(desk, 2, "Wann dürfen wir freihändig vergeben?", "Bis 100.000 Euro.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert len(offers(desk)) == 1


async def test_what_is_not_alike_enough_is_not_offered(
    desk: DeskAtWork, alike: AlikeRouter
) -> None:
    await desk.has_ticket("resolved")
    alike.likeness = LIKE_ENOUGH - 0.01
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []
    alike.likeness = LIKE_ENOUGH
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert len(offers(desk)) == 1


async def test_real_words_are_compared_by_the_real_router(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    await desk.has_ticket("resolved")
    await desk.asks(UDO, "Dürfen wir freihändig vergeben?", room=PROJECT)
    assert len(offers(desk)) == 1
    await desk.asks(UDO, "Vergeben Sie auch Passwörter für das WLAN?", room=PROJECT)
    assert offers(desk) == []


async def test_nothing_of_a_confidential_ticket_is_offered(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Dürfen wir freihändig vergeben?", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz lösen 1 Ja, bis 100.000 Euro.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_who_asks_in_confidence_is_offered_what_others_were_answered(
    desk: DeskAtWork,
) -> None:
    await desk.has_ticket("resolved")
    await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    [offer] = offers(desk)
    assert offer.room_id == EVAS_CHAT
    await desk.reacts(EVA, "✅", offer.event_id, room=EVAS_CHAT)
    assert (await desk.ticket(2)).state == "closed"


async def test_the_answer_is_still_found_after_it_helped_in_confidence(desk: DeskAtWork) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    await desk.says(EVA, "passt 1 2", room=EVAS_CHAT)
    await desk.edits(ANN, answer, "!kaz lösen KAZ-1 Bis Karmin.")
    [found] = await desk.says(BEK, "!kaz suche Karmin")
    assert "KAZ-1" in found
    assert "KAZ-2" not in found


async def test_what_was_written_encrypted_is_not_offered_in_an_open_room(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.asks(UDO, ASKED)
    assert desk.told(MARKET) == ["ticket:opened"]
    assert "100.000" not in str(desk.homeserver.shown_in(MARKET))
    async with desk.store.work() as work:
        assert [entry.event for entry in await work.trail.of(TicketId(2))] == ["opened"]


async def test_what_was_written_openly_is_offered_anywhere(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    await desk.has_ticket("resolved")
    await desk.asks(UDO, ASKED)
    assert desk.told(MARKET) == ["ticket:opened", "ticket:suggested"]


async def test_an_answer_that_did_not_help_is_not_offered(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz nicht-hilfreich 1")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_nor_is_it_to_who_asks_like_a_follower_if_the_first_was_not_helped(
    desk: DeskAtWork, alike: AlikeRouter
) -> None:
    await desk.has_ticket("claimed")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz lösen 1 Ja, bis 100.000 Euro.")
    await desk.says(EVA, "!kaz nicht-hilfreich 1")
    await desk.asks(UDO, "Vergeben wir freihändig?", room=PROJECT)
    assert offers(desk) == []


async def test_what_was_closed_without_an_answer_is_not_offered(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort 1 Moment.")
    await desk.says(ANN, "!kaz close 1 Doppelt.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_what_was_reopened_is_neither_offered_nor_found(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz öffnen 1")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []
    [found] = await desk.says(BEK, "!kaz suche freihändig")
    assert "KAZ-1" not in found


async def test_a_question_taken_back_leads_nowhere(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.redacts(EVA, question)
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_nor_does_one_that_was_answered_all_the_same(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.redacts(EVA, question)
    await desk.says(ANN, "!kaz lösen KAZ-1 Freihändig bis 100.000 Euro.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_a_note_in_the_same_words_is_not_the_answer(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    note = desk.said(ANN, "Ja, bis 100.000 Euro.", thread=desk.root(1))
    await desk.takes(note)
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    await desk.redacts(ANN, note.event_id)
    assert offer.body in desk.homeserver.shown_in(PROJECT)


async def test_what_was_only_offered_still_has_to_be_answered(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(EVA, "Das verstehe ich nicht.", thread=question)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz lösen 1")
    assert desk.told(PROJECT) == ["ticket:relayed", "ticket:resolved", "ticket:resolved"]


async def test_also_if_the_offer_was_edited_since(desk: DeskAtWork) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.edits(ANN, answer, "!kaz lösen KAZ-1 Bis Karmin.")
    await desk.says(EVA, "!kaz öffnen 1")
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz lösen 1")
    assert desk.told(PROJECT) == ["ticket:relayed", "ticket:resolved", "ticket:resolved"]


async def test_nobody_is_to_read_during_an_incident(desk: DeskAtWork, alike: AlikeRouter) -> None:
    await desk.has_ticket("resolved")
    alike.found = replace(CALM, incident=True)
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_what_is_open_is_not_found_by_a_search(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [found] = await desk.says(BEK, "!kaz suche freihändig")
    assert "KAZ-1" not in found


async def test_a_sign_on_the_offer_closes_the_ticket(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    ticket = await desk.ticket(2)
    assert (ticket.state, ticket.solution) == ("closed", "Ja, bis 100.000 Euro.")
    assert (ticket.solution_sealed, ticket.ended_at) == (True, desk.clock.now())
    assert (desk.told(PROJECT), desk.told(PROCUREMENT)) == (["ticket:closed"], ["ticket:closed"])
    assert ["KAZ-1" in sent.body for sent in desk.last] == [True, True]
    assert [sent.thread for sent in desk.last if sent.room_id == PROCUREMENT] == [desk.root(2)]


@pytest.mark.parametrize(
    "command",
    ["passt 1", "fits KAZ-1", "Passt #1 KAZ-2", "passt Nr. 1 2", "passt KAZ-1, KAZ-2"],
)
async def test_so_does_the_command(desk: DeskAtWork, command: str) -> None:
    await offered(desk)
    await desk.says(UDO, f"!kaz {command}", room=PROJECT)
    assert desk.told(PROJECT) == ["ticket:closed"]
    assert (await desk.ticket(2)).state == "closed"


async def test_in_the_thread_of_the_question_its_number_may_be_left_out(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    question = await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.asks(UDO, "Und noch etwas ganz anderes?", room=PROJECT)
    await desk.says(UDO, "!kaz passt 1", room=PROJECT, thread=question)
    assert ((await desk.ticket(2)).state, (await desk.ticket(3)).state) == ("closed", "new")


async def test_the_trail_says_whose_answer_it_was(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.says(UDO, "!kaz passt 1", room=PROJECT)
    async with desk.store.work() as work:
        [*_, closed] = await work.trail.of(TicketId(2))
        clock = await work.clocks.get(TicketId(2))
    assert (closed.event, closed.details, closed.actor) == ("closed", {"by": "1"}, UDO)
    assert clock is not None
    assert (clock.answered_at, clock.ended_at) == (desk.clock.now(), desk.clock.now())
    [history] = await desk.says(UDO, "!kaz verlauf 2", room=PROJECT)
    assert "geschlossen mit der Antwort aus KAZ-1" in history


async def test_pressed_again_nothing_happens(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    closed = await desk.ticket(2)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert (desk.last, await desk.ticket(2)) == ([], closed)
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    assert (desk.told(PROJECT), await desk.ticket(2)) == (["info:done"], closed)


async def test_of_two_that_fit_the_first_counts(desk: DeskAtWork) -> None:
    await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis 100.000 Euro.")
    await solved(desk, 2, "Wann vergeben wir freihändig?", "Nie.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    first, second = offers(desk)
    await desk.reacts(UDO, "✅", first.event_id, room=PROJECT)
    closed = await desk.ticket(3)
    await desk.reacts(UDO, "✅", second.event_id, room=PROJECT)
    assert (desk.last, await desk.ticket(3)) == ([], closed)


async def test_a_sign_of_somebody_else_means_nothing(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    await desk.reacts(EVA, "✅", offer.event_id)
    assert (desk.last, (await desk.ticket(2)).state) == ([], "new")


async def test_the_sign_on_another_message_means_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    question = await desk.asks(UDO, ASKED, room=PROJECT)
    receipt = desk.last[0]
    await desk.reacts(UDO, "✅", receipt.event_id, room=PROJECT)
    await desk.reacts(UDO, "✅", question, room=PROJECT)
    assert (desk.last, (await desk.ticket(2)).state) == ([], "new")


async def test_the_sign_on_an_answer_of_ones_own_means_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    await desk.reacts(EVA, "✅", answer.event_id)
    assert (desk.last, (await desk.ticket(1)).state) == ([], "resolved")


async def test_the_sign_on_a_reminder_still_says_that_it_is_done(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.says(UDO, "!kaz erinnere mich morgen 9 Uhr an den Anruf", room=PROJECT)
    [told] = [sent for sent in desk.last if sent.is_message]
    await desk.reacts(UDO, "✅", told.event_id, room=PROJECT)
    assert desk.told(PROJECT) == ["reminder:done"]
    assert (await desk.ticket(2)).state == "new"


async def test_what_was_not_offered_is_refused_naming_what_was(desk: DeskAtWork) -> None:
    await offered(desk)
    [refusal] = await desk.says(UDO, "!kaz passt 99 2", room=PROJECT)
    assert desk.told(PROJECT) == ["error:bad_argument"]
    assert "Die Antwort aus KAZ-99 wurde Ihnen nicht angeboten." in refusal
    assert "Angeboten sind die Antworten aus KAZ-1." in refusal


async def test_where_nothing_was_offered_nothing_can_be_taken(desk: DeskAtWork) -> None:
    await desk.asks(UDO, ASKED, room=PROJECT)
    await solved(desk, 2, "Dürfen wir freihändig vergeben?", "Bis 100.000 Euro.")
    [refusal] = await desk.says(UDO, "!kaz passt 2 1", room=PROJECT)
    assert "kein Angebot" in refusal
    assert (await desk.ticket(1)).state == "new"


async def test_what_was_offered_to_others_can_only_be_taken_by_them(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.says(EVA, "!kaz passt 1 2")
    assert desk.told(PROJECT) == ["error:not_allowed"]
    assert (await desk.ticket(2)).state == "new"


async def test_without_the_number_of_the_answer_it_is_asked_for(desk: DeskAtWork) -> None:
    await offered(desk)
    [refusal] = await desk.says(UDO, "!kaz passt", room=PROJECT)
    assert desk.told(PROJECT) == ["error:bad_argument"]
    assert "!kaz passt <Antwort-Nummer> [Nummer]" in refusal


async def test_a_word_of_approval_in_the_direct_chat_is_no_command(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    await desk.says(EVA, "Passt, und wie geht es weiter?", room=EVAS_CHAT, thread=question)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]
    assert desk.told(EVAS_CHAT) == []


async def test_who_has_it_in_hand_sees_that_it_has_ended(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    await desk.says(ANN, "!kaz claim 2")
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert ((await desk.ticket(2)).state, desk.told(PROCUREMENT)) == ("closed", ["ticket:closed"])


async def test_once_answered_it_is_too_late_to_take_an_offer(desk: DeskAtWork) -> None:
    offer = await offered(desk)
    await desk.says(ANN, "!kaz claim 2")
    await desk.says(ANN, "!kaz lösen 2 Nein.")
    [refusal] = await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert "„passt“ geht jetzt nicht." in refusal
    assert (await desk.ticket(2)).solution == "Nein."


async def test_those_merged_into_it_are_led_by_the_next(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.asks(EVA, "Ist es freihändig erlaubt?")
    await desk.says(ANN, "!kaz zusammenführen 2 3")
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    lead = await desk.ticket(3)
    assert (lead.state, lead.merged_into) == ("new", None)
    assert any("KAZ-2 ist geschlossen. Die gleichen" in body for body in desk.bodies(PROCUREMENT))


async def test_one_merged_into_another_leaves_it(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.asks(EVA, "Ist es freihändig erlaubt?")
    await desk.says(ANN, "!kaz zusammenführen 3 2")
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    left, lead = await desk.ticket(2), await desk.ticket(3)
    assert (left.state, left.merged_into, lead.state) == ("closed", None, "new")


async def test_an_answer_that_helped_twice_is_found_once(desk: DeskAtWork) -> None:
    await offered(desk)
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    assert set(await found_by_words(desk.store)) == {1}
    [found] = await desk.says(BEK, "!kaz suche freihändig")
    assert "KAZ-2" not in found


async def test_also_after_both_questions_were_edited(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    other = await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    await desk.edits(UDO, other, f"!kaz frage {ASKED} Bitte um Auskunft.")
    await desk.edits(EVA, question, "!kaz frage Dürfen wir auch freihändig vergeben?")
    [found] = await desk.says(BEK, "!kaz suche freihändig Auskunft")
    assert "KAZ-1" in found
    assert "KAZ-2" not in found


async def test_an_edit_of_the_answer_reaches_the_offer(desk: DeskAtWork) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    await desk.edits(ANN, answer, "!kaz lösen KAZ-1 Bis Karmin.")
    [edit] = [sent for sent in desk.last if sent.edits == offer.event_id]
    assert edit.body == offer.body.replace("Zinnober", "Karmin")
    assert edit.about == offer.about


async def test_a_solution_taken_from_an_offer_follows_the_edit(desk: DeskAtWork) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(UDO, "!kaz passt 1 2", room=PROJECT)
    await desk.edits(ANN, answer, "!kaz lösen KAZ-1 Bis Karmin.")
    assert (await desk.ticket(2)).solution == "Bis Karmin."
    await desk.redacts(ANN, answer)
    assert (await desk.ticket(2)).solution == ""
    assert "armin" not in await desk.remembers()


async def test_an_answer_taken_back_is_offered_no_more(desk: DeskAtWork) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    await desk.redacts(ANN, answer)
    assert "Zinnober" not in str(desk.homeserver.shown_in(PROJECT))
    [refusal] = await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert "nicht angeboten" in refusal
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []


async def test_who_answered_is_forgotten_with_what_was_offered(desk: DeskAtWork) -> None:
    await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.asks(EVA, ASKED)
    await desk.says(EVA, "!kaz passt 1 3")
    async with desk.store.work() as work:
        await forget_user(work, ANN, desk.clock.now())
    await desk.delivers()
    assert "innober" not in f"{desk.homeserver.shown_in(PROJECT)}{await desk.remembers()}"


async def test_who_asked_is_forgotten_with_what_was_offered(desk: DeskAtWork) -> None:
    await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert "innober" not in f"{desk.homeserver.shown_in(PROJECT)}{await desk.remembers()}"


async def test_whom_the_answer_helped_keeps_it_when_the_first_asker_is_forgotten(
    desk: DeskAtWork,
) -> None:
    answer = await solved(desk, 1, "Dürfen wir freihändig vergeben?", "Bis Zinnober.")
    await desk.asks(UDO, ASKED, room=PROJECT)
    [offer] = offers(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert [body for body in desk.homeserver.shown_in(PROJECT) if "Zinnober" in body] == [
        offer.body
    ]
    await desk.redacts(ANN, answer)
    assert "innober" not in f"{desk.homeserver.shown_in(PROJECT)}{await desk.remembers()}"


async def test_what_retention_takes_out_is_offered_no_more(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(ANN, "!kaz close 1 Erledigt.")
    desk.clock.advance(days=366)
    await desk.ticks(Retention(ordinary=YEAR, confidential=YEAR))
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert offers(desk) == []
