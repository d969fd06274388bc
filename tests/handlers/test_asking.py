"""What askers say: every verb, in both languages, however its umlauts are typed."""

import pytest

from kaz_bot.domain.tickets import Priority
from tests.desk import ANN, EVA, EVAS_CHAT, PROCUREMENT, PROJECT, UDO, DeskAtWork


@pytest.mark.parametrize("verb", ["frage", "FRAGE", "ask", "Ask", "frage:"])
async def test_a_question_is_asked_in_either_language(desk: DeskAtWork, verb: str) -> None:
    await desk.says(EVA, f"!kaz {verb} Wer prüft das? #vergabe")
    assert desk.told(PROJECT) == ["ticket:opened"]
    assert (await desk.ticket(1)).question == "Wer prüft das?"


@pytest.mark.parametrize("gap", ["\n", "\t", "  ", "\u00a0", " \n\n"])
async def test_whatever_white_space_follows_the_verb(desk: DeskAtWork, gap: str) -> None:
    await desk.says(EVA, f"!kaz frage{gap}Erste Zeile\nZweite Zeile #vergabe")
    assert (await desk.ticket(1)).question == "Erste Zeile\nZweite Zeile"


async def test_the_receipt_is_the_first_message_under_the_question(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    [receipt] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert (receipt.thread, receipt.msgtype, receipt.calls) == (question, "m.notice", [])
    assert receipt.body.startswith("KAZ-1")


async def test_a_ticket_tells_programs_how_it_stands(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    assert [sent.about for sent in desk.last] == 2 * [
        {
            "id": "KAZ-1",
            "state": "new",
            "area": "procurement",
            "priority": "normal",
            "assignee": None,
            "event": "opened",
        }
    ]


async def test_a_reply_without_text_asks_what_was_answered(desk: DeskAtWork) -> None:
    said = desk.said(UDO, "Wer prüft unsere Ausschreibung?", room=PROJECT)
    await desk.takes(said)
    await desk.says(EVA, "!kaz frage", reply_to=said.event_id)
    ticket = await desk.ticket(1)
    assert (ticket.question, ticket.asker) == ("Wer prüft unsere Ausschreibung?", UDO)


async def test_a_question_without_words_is_no_question(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frage")
    assert desk.told(PROJECT) == ["error:bad_argument"]


async def test_a_reply_to_what_is_gone_asks_nothing(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frage", reply_to="$gone")
    assert desk.told(PROJECT) == ["error:bad_argument"]


async def test_a_message_is_asked_only_once(desk: DeskAtWork) -> None:
    said = desk.said(UDO, "Wer prüft das?", room=PROJECT)
    await desk.says(EVA, "!kaz frage", reply_to=said.event_id)
    await desk.says(EVA, "!kaz frage", reply_to=said.event_id)
    assert desk.told(PROJECT) == ["error:bad_state"]


async def test_a_thread_has_one_ticket_at_a_time(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "!kaz frage Und das? #vergabe", thread=question)
    assert desk.told(PROJECT) == ["error:bad_state"]


@pytest.mark.parametrize(
    ("tag", "area"),
    [
        ("#vergabe", "procurement"),
        ("#sicherheit", "security"),
        ("#standards", "standards"),
        ("#projekte", "projects"),
        ("#PROCUREMENT", "procurement"),
        ("#security", "security"),
        ("#projects", "projects"),
    ],
)
async def test_a_tag_fixes_the_area(desk: DeskAtWork, tag: str, area: str) -> None:
    await desk.asks(EVA, f"{tag} Wer weiß das?")
    ticket = await desk.ticket(1)
    assert (ticket.area, ticket.area_open, ticket.question) == (area, False, "Wer weiß das?")


@pytest.mark.parametrize("word", ["!dringend", "!DRINGEND", "!urgent"])
async def test_a_word_makes_it_urgent(desk: DeskAtWork, word: str) -> None:
    await desk.asks(EVA, f"Wer weiß das? {word} #vergabe")
    assert (await desk.ticket(1)).priority is Priority.HIGH


async def test_a_tag_of_no_area_is_part_of_the_question(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wo steht #gremium12 im Plan? #vergabe")
    assert (await desk.ticket(1)).question == "Wo steht #gremium12 im Plan?"


@pytest.mark.parametrize("verb", ["meine", "mine"])
async def test_askers_see_their_open_tickets(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    await desk.has_ticket("closed")
    await desk.has_ticket(asker=UDO)
    [answer] = await desk.says(EVA, f"!kaz {verb}")
    assert "KAZ-1" in answer
    assert "KAZ-2" not in answer
    assert "KAZ-3" not in answer
    assert desk.told(PROJECT) == ["info:mine"]


@pytest.mark.parametrize(
    "reference", ["KAZ-1", "kaz-1", "KAZ 1", "1", "#1", "1.", "\u200f1\u200f", ""]
)
async def test_a_number_is_understood_however_it_is_typed(desk: DeskAtWork, reference: str) -> None:
    await desk.has_ticket()
    [answer] = await desk.says(EVA, f"!kaz status {reference}")
    assert answer.startswith("KAZ-1")
    assert desk.told(PROJECT) == ["info:status"]


async def test_of_several_tickets_the_number_is_asked_for(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(EVA, "!kaz zurückziehen")
    assert desk.told(PROJECT) == ["error:bad_argument"]


async def test_of_several_tickets_the_status_is_a_list(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(EVA, "!kaz status")
    assert desk.told(PROJECT) == ["info:mine"]


@pytest.mark.parametrize("verb", ["zurückziehen", "zurueckziehen", "zuruckziehen", "withdraw"])
async def test_askers_withdraw(desk: DeskAtWork, verb: str) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, f"!kaz {verb}", thread=question)
    assert desk.told(PROJECT) == ["ticket:withdrawn"]
    assert desk.told(PROCUREMENT) == ["ticket:withdrawn"]
    assert (await desk.ticket(1)).state == "withdrawn"


@pytest.mark.parametrize("verb", ["öffnen", "oeffnen", "offnen", "reopen", "ÖFFNEN"])
async def test_askers_reopen(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, f"!kaz {verb} 1")
    assert desk.told(PROJECT) == ["ticket:reopened"]
    [reopened] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert (reopened.told, reopened.calls) == ("ticket:reopened", [ANN])
    ticket = await desk.ticket(1)
    assert (ticket.state, ticket.assignee) == ("claimed", ANN)


@pytest.mark.parametrize("verb", ["suche", "search"])
async def test_solved_questions_are_found(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("resolved")
    [answer] = await desk.says(UDO, f"!kaz {verb} freihändig", room=PROJECT)
    assert "Ja, bis 100.000 Euro." in answer
    assert desk.told(PROJECT) == ["info:search"]


async def test_a_confidential_question_is_never_found(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz lösen 1 Ja, bis 100.000 Euro.")
    [answer] = await desk.says(UDO, "!kaz suche freihändig vergeben", room=PROJECT)
    assert "100.000" not in answer
    assert "KAZ-1" not in answer


async def test_a_reopened_question_is_found_no_more(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz öffnen 1")
    [answer] = await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert "KAZ-1" not in answer


@pytest.mark.parametrize(
    ("command", "rating"),
    [
        ("hilfreich", "helpful"),
        ("helpful", "helpful"),
        ("nicht-hilfreich", "not_helpful"),
        ("not-helpful", "not_helpful"),
    ],
)
async def test_an_answer_is_rated(desk: DeskAtWork, command: str, rating: str) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, f"!kaz {command} 1")
    assert desk.told(PROJECT) == ["info:rated"]
    assert (await desk.ticket(1)).rating == rating


async def test_rating_again_changes_nothing_but_is_answered(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz hilfreich 1")
    await desk.says(EVA, "!kaz hilfreich 1")
    assert desk.told(PROJECT) == ["info:done"]


@pytest.mark.parametrize("verb", ["fachgebiet", "area"])
async def test_askers_choose_another_area_as_long_as_nobody_works(
    desk: DeskAtWork, verb: str
) -> None:
    await desk.has_ticket()
    await desk.says(EVA, f"!kaz {verb} sicherheit 1")
    assert (await desk.ticket(1)).area == "security"
    await desk.has_ticket("claimed")
    await desk.says(EVA, f"!kaz {verb} sicherheit 2")
    assert desk.told(PROJECT) == ["error:bad_state"]


async def test_in_another_room_an_asker_sees_how_it_stands_but_no_words(desk: DeskAtWork) -> None:
    await desk.asks(UDO, "Wer prüft das Geheimnis? #vergabe", room=PROJECT)
    [shown] = await desk.says(UDO, "!kaz zeige 1")
    assert "KAZ-1" in shown
    assert "Geheimnis" not in shown


async def test_askers_do_not_see_that_specialists_made_notes(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz notiz Vorsicht mit der Antwort.", thread=desk.root(1))
    [there] = await desk.says(ANN, "!kaz verlauf 1")
    [here] = await desk.says(EVA, "!kaz verlauf 1")
    assert len(there.splitlines()) == len(here.splitlines()) + 1


async def test_what_is_done_from_another_room_is_answered_there(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [answer] = await desk.says(EVA, "zurückziehen 1", room=EVAS_CHAT)
    assert "KAZ-1" in answer
    assert desk.told(PROJECT) == ["ticket:withdrawn"]
