"""Model solutions are offered to whoever asks again, and close the question as reuse."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.rooms import Language
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
from tests.solutions import (
    ANSWER,
    ASKED,
    LikeRouter,
    answered,
    offered,
    offers,
    proposed,
    redactions,
    released,
)


@pytest.fixture
def alike() -> LikeRouter:
    return LikeRouter()


@pytest.fixture
async def desk(open_desk: OpenDesk, alike: LikeRouter) -> DeskAtWork:
    """A desk that finds all questions alike, and all of them about procurement."""
    return await open_desk(alike)


@on_both_databases
async def test_it_is_offered_in_the_askers_thread_with_a_sign_to_press(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    assert (offer.room_id, offer.msgtype, offer.calls) == (PROJECT, "m.notice", [])
    assert ANSWER in offer.body
    assert "!kaz passt L-1 KAZ-2" in offer.body
    assert [sent.reaction for sent in desk.last if sent.reacts_to == offer.event_id] == ["✅"]
    assert offer.about["event"] == "suggested"


async def test_it_takes_the_place_of_the_answer_it_was_made_of(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    assert "aus KAZ-1" not in offer.body


async def test_solutions_come_before_old_answers_and_both_are_three_at_most(
    desk: DeskAtWork,
) -> None:
    await released(desk)
    await released(desk, 2, answer="Zwei Angebote genügen.")
    await answered(desk, 3, answer="Drei Angebote.")
    await answered(desk, 4, answer="Vier Angebote.")
    found = [offer.body.splitlines()[0] for offer in await offered(desk)]
    assert [line.partition("KAZ-5: ")[2][:25] for line in found] == [
        "Dazu gibt es eine Musterl",
        "Dazu gibt es eine Musterl",
        "Eine ähnliche Frage ist s",
    ]


async def test_one_that_asks_something_else_is_not_offered(
    desk: DeskAtWork, alike: LikeRouter
) -> None:
    await released(desk)
    alike.likeness = 0.2
    assert await offered(desk) == []


async def test_a_stale_one_comes_last_and_says_so(desk: DeskAtWork) -> None:
    await released(desk, lines="Titel: Alte Lizenzen freihändig\nStand: 1.9.2025")
    await released(desk, 2, answer="Zwei Angebote genügen.")
    desk.clock.advance(days=1)
    fresh, stale, *_ = await offered(desk)
    assert ("L-2" in fresh.body, "veraltet" in fresh.body) == (True, False)
    assert ("L-1" in stale.body, "Achtung, sie ist veraltet." in stale.body) == (True, True)


async def test_it_is_offered_in_english(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.binds(PROJECT, language=Language.EN)
    [offer] = await offered(desk)
    assert "!kaz fits L-1 KAZ-2" in offer.body


async def test_its_files_stand_below(desk: DeskAtWork) -> None:
    await answered(desk, attachment=attachment("muster.docx"))
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    offer, file = await offered(desk)
    assert (file.body, file.thread) == ("L-1, Datei: muster.docx", offer.thread)


async def test_during_an_incident_nobody_is_to_read(desk: DeskAtWork, alike: LikeRouter) -> None:
    await released(desk)
    alike.found = replace(alike.found, incident=True)
    assert await offered(desk) == []


@on_both_databases
async def test_a_sign_closes_the_ticket_as_reuse(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert desk.told(PROJECT) == ["ticket:closed"]
    assert "hilft die Musterlösung L-1" in desk.bodies(PROCUREMENT)[0]
    ticket = await desk.ticket(2)
    assert (ticket.state, ticket.solution) == ("closed", ANSWER)
    async with desk.store.work() as work:
        entry = (await work.trail.of(ticket.id))[-1]
    assert (entry.event, entry.actor, entry.details) == ("closed", UDO, {"by": "L-1"})


@pytest.mark.parametrize("text", ["!kaz passt L-1 KAZ-2", "!kaz fits L-1"])
async def test_words_do_the_same(desk: DeskAtWork, text: str) -> None:
    await released(desk)
    await offered(desk)
    await desk.says(UDO, text, room=PROJECT)
    assert desk.told(PROJECT) == ["ticket:closed"]
    await desk.says(UDO, "!kaz passt L-1 KAZ-2", room=PROJECT)
    assert desk.told(PROJECT) == ["info:done"]


async def test_in_answer_to_the_offer_the_word_alone_will_do(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.says(UDO, "!kaz passt", room=PROJECT, reply_to=offer.event_id)
    assert desk.told(PROJECT) == ["ticket:closed"]


async def test_only_the_asker_takes_it(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.reacts(EVA, "✅", offer.event_id)
    assert (await desk.ticket(2)).state == "new"


async def test_the_history_names_the_solution(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    [course] = await desk.says(UDO, "!kaz verlauf KAZ-2", room=PROJECT)
    assert "Antworten angeboten aus L-1" in course
    assert "geschlossen mit der Musterlösung L-1" in course


async def test_it_may_be_rated_like_any_answer(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    await desk.says(UDO, "!kaz hilfreich KAZ-2", room=PROJECT)
    assert (await desk.ticket(2)).rating == "helpful"


async def test_what_was_not_offered_cannot_be_taken(desk: DeskAtWork, alike: LikeRouter) -> None:
    await released(desk)
    alike.likeness = 0.0
    await offered(desk)
    await desk.says(UDO, "!kaz passt L-1 KAZ-2", room=PROJECT)
    assert desk.told(PROJECT) == ["error:bad_argument"]


async def test_who_has_no_offer_is_told_so(desk: DeskAtWork, alike: LikeRouter) -> None:
    await released(desk)
    [answer] = await desk.says(UDO, "!kaz passt L-1", room=PROJECT)
    assert "ist Ihnen gerade nicht angeboten" in answer
    assert "!kaz meine" in answer
    alike.likeness = 0.0
    await offered(desk)
    await offered(desk)
    [answer] = await desk.says(UDO, "!kaz passt L-1", room=PROJECT)
    assert "!kaz meine" in answer


async def test_those_merged_into_it_go_on_without_it(desk: DeskAtWork, alike: LikeRouter) -> None:
    await released(desk)
    alike.likeness = 0.0
    await desk.asks(EVA, "Noch einmal: Lizenzen? #vergabe")
    alike.likeness = 1.0
    [offer] = await offered(desk)
    await desk.says(ANN, "!kaz zusammenführen KAZ-3 KAZ-2")
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    assert ((await desk.ticket(2)).merged_into, (await desk.ticket(2)).state) == (None, "new")


# Privacy rule 1: who asks in confidence may read solutions all the same, and nobody learns of it.


async def test_rule_1_a_confidential_question_is_offered_solutions_in_its_chat(
    desk: DeskAtWork,
) -> None:
    await released(desk)
    await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    [offer] = offers(desk)
    assert offer.room_id == EVAS_CHAT
    assert [sent for sent in desk.last if "L-1" in sent.body and sent.room_id == PROJECT] == []


# Privacy rule 2.


async def test_rule_2_nobody_learns_who_asked_before_nor_for_whom(desk: DeskAtWork) -> None:
    await released(desk, answer="Eva im Amt Odervorland darf das.", lines="Titel: Lizenzen")
    [offer] = await offered(desk)
    shown = str(offer.content)
    assert [word for word in ("Eva", "@eva", "Odervorland", "@ann", "@bek") if word in shown] == []


# Privacy rule 3.


async def test_rule_3_what_was_written_encrypted_is_not_offered_in_an_open_room(
    desk: DeskAtWork,
) -> None:
    await released(desk)
    await desk.asks(UDO, ASKED, room=MARKET)
    assert offers(desk) == []
    async with desk.store.work() as work:
        # Not even one that the postman would have to hold back.
        assert await work.subjects.letters(Subject("L-1"), template="solution/offered") == []


# Privacy rule 6.


async def test_rule_6_a_proposal_is_not_offered(desk: DeskAtWork, alike: LikeRouter) -> None:
    alike.by_word = {ANSWER: 0.0}
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Lizenzen freihändig ja.")
    assert await offered(desk) == []


async def test_rule_6_nor_an_edition_that_nobody_has_released(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Ganz anders.")
    [offer] = await offered(desk)
    assert (ANSWER in offer.body, "Ganz anders" in offer.body) == (True, False)


# Privacy rule 7.


async def test_rule_7_what_was_withdrawn_is_not_offered(
    desk: DeskAtWork, alike: LikeRouter
) -> None:
    await released(desk, lines="Antwort: Nach Musterlösung ja.")
    await desk.says(BEK, "!kaz lösung zurückziehen L-1")
    alike.by_word = {ANSWER: 0.0}
    assert await offered(desk) == []


async def test_rule_7_an_offer_withdrawn_meanwhile_is_refused_politely(desk: DeskAtWork) -> None:
    await released(desk)
    [offer] = await offered(desk)
    await desk.says(BEK, "!kaz lösung zurückziehen L-1")
    assert offer.event_id in redactions(desk)
    [answer] = await desk.says(UDO, "!kaz passt L-1 KAZ-2", room=PROJECT)
    assert "zurückgezogen" in answer
    assert (await desk.ticket(2)).state == "new"


@on_both_databases
async def test_rule_7_whose_question_it_had_closed_loses_it_and_is_told(desk: DeskAtWork) -> None:
    await released(desk, lines="Antwort: Nach Musterlösung ja.")
    [offer] = await offered(desk)
    await desk.reacts(UDO, "✅", offer.event_id, room=PROJECT)
    desk.clock.advance(days=3)
    await desk.says(BEK, "!kaz lösung zurückziehen L-1")
    told = next(sent for sent in desk.last if sent.room_id == PROJECT and sent.is_message)
    assert (told.told, told.thread, told.calls) == ("solution:withdrawn", offer.thread, [UDO])
    assert (await desk.ticket(2)).solution == ""
    assert "Nach Musterlösung" not in await desk.remembers()


# Several open questions that ask the same.


async def test_one_answer_reaches_every_asker_in_their_own_thread(desk: DeskAtWork) -> None:
    first = await desk.asks(EVA, ASKED)
    second = await desk.asks(UDO, ASKED, room=PROJECT)
    third = await desk.asks(EVA, ASKED)
    [hint] = desk.bodies(PROCUREMENT)
    assert "eine Antwort alle:\n!kaz zusammenführen KAZ-2 KAZ-1 KAZ-3\n" in hint
    assert "oder mit\n!kaz übernehmen KAZ-3" in hint
    await desk.says(ANN, "!kaz zusammenführen KAZ-1 KAZ-2 und KAZ-3")
    await desk.says(ANN, "!kaz übernehmen 1")
    await desk.says(ANN, f"!kaz lösen KAZ-1 {ANSWER}")
    told = {sent.thread for sent in desk.last if sent.room_id == PROJECT and ANSWER in sent.body}
    assert told == {first, second, third}


async def test_who_claims_is_told_of_them_again(desk: DeskAtWork) -> None:
    await desk.asks(EVA, ASKED)
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(ANN, "!kaz übernehmen 1")
    assert "!kaz zusammenführen KAZ-1 KAZ-2" in desk.bodies(PROCUREMENT)[0]


async def test_a_solution_is_offered_for_as_long_as_it_stands(desk: DeskAtWork) -> None:
    await released(desk)
    desk.clock.advance(days=400)
    [offer] = await offered(desk)
    assert "Achtung, sie ist veraltet." in offer.body


# Privacy rule 2: how many asked before is counted, for whom is not said.


async def test_rule_2_the_area_reads_for_how_many_municipalities_it_was_asked(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz kommune Amt Odervorland")
    await released(desk)
    await desk.says(ANN, "!kaz schließen KAZ-1 Erledigt.")
    await desk.says(EVA, "!kaz kommune Cottbus")
    await answered(desk, 2, answer="Zwei Angebote genügen.")
    await desk.says(ANN, "!kaz schließen KAZ-2 Erledigt.")
    await desk.says(EVA, "!kaz kommune LK PM")
    await desk.asks(UDO, ASKED, room=PROJECT)
    [root] = desk.bodies(PROCUREMENT)
    assert "Diese Frage stellten schon 2 Kommunen." in root
    assert [name for name in ("Odervorland", "Cottbus") if name in root] == []
