"""A search finds what is known, in every room, and never what the room may not read."""

import pytest

from kaz_bot.domain.rooms import Language
from tests.desk import (
    ANN,
    BEK,
    CEM,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MARKET,
    MAX,
    NIA,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)

QUESTION = "Dürfen wir Lizenzen freihändig beschaffen?"
ANSWER = "Ja, bis 100.000 Euro netto."


async def answered(
    desk: DeskAtWork, question: str = QUESTION, answer: str = ANSWER, number: int = 1
) -> None:
    """Eva asked in the project room, and Ann has answered."""
    await desk.asks(EVA, f"{question} #vergabe")
    await desk.says(ANN, f"!kaz claim {number}")
    await desk.says(ANN, f"!kaz lösen {number} {answer}")


async def released(desk: DeskAtWork, number: int = 1) -> None:
    """The answer is a model solution, which Bek has released."""
    await desk.says(ANN, f"!kaz lösung KAZ-{number}")
    await desk.says(BEK, f"!kaz lösung freigeben L-{number}")


async def decided(desk: DeskAtWork) -> None:
    """The committee has decided something that it has not published."""
    await desk.says(KIM, "!kaz beschluss Lizenzen bündeln\nWortlaut: Das Kaz bündelt Zinnober.")
    await desk.says(KIM, "!kaz abstimmung BV-1 einvernehmlich")
    for person in (KIM, LEA, MAX, NIA):
        await desk.says(person, "!kaz ja BV-1")


def numbers(desk: DeskAtWork) -> object:
    """What the last answer lists, for programs."""
    [sent] = [sent for sent in desk.last if sent.told == "info:search"]
    return sent.about["ids"]


@on_both_databases
async def test_all_kinds_are_found_together_and_say_what_they_are(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    await answered(desk, "Wer zahlt Lizenzen?", "Das Amt.", number=2)
    await desk.says(ANN, "!kaz katalog neu anwendung Lizenzpool\nBeschreibung: Teilt Lizenzen.")
    await decided(desk)
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    [answer] = await desk.says(UDO, "!kaz suche Lizenzen", room=PROJECT)
    assert sorted(numbers(desk)) == ["2026/1", "K-1", "KAZ-2", "L-1"]  # type: ignore[call-overload]  # a list
    assert "L-1, Musterlösung, Stand Mittwoch, 30. September 2026" in answer
    assert "K-1, Anwendung im Katalog, Stand Mittwoch, 30. September 2026: Lizenzpool" in answer
    assert "2026/1, Beschluss vom Mittwoch, 30. September 2026: Lizenzen bündeln" in answer
    assert "KAZ-2, Anfrage, gelöst, Mittwoch, 30. September 2026: Wer zahlt Lizenzen?" in answer


@pytest.mark.parametrize(
    ("person", "room"),
    [(UDO, PROJECT), (EVA, EVAS_CHAT), (CEM, None), (KIM, COMMITTEE), (OPA, OPERATIONS)],
)
async def test_everybody_searches_in_their_room(
    desk: DeskAtWork, person: str, room: str | None
) -> None:
    await answered(desk)
    await released(desk)
    await desk.says(person, "!kaz suche freihändig", room=room)  # type: ignore[arg-type]  # an id
    assert "L-1" in numbers(desk)  # type: ignore[operator]  # a list


@pytest.mark.parametrize(
    "typed",
    ["Lizenz", "LIZENZEN", "Beschaffung", "beschaffen", "freihaendig", "Lizens", "freihänig"],
)
@on_both_databases
async def test_forms_compounds_and_typing_errors_do_no_harm(desk: DeskAtWork, typed: str) -> None:
    await answered(desk, "Dürfen wir Lizenzen freihändig beschaffen? Beschaffungen eilen.")
    await desk.says(UDO, f"!kaz suche {typed}", room=PROJECT)
    assert numbers(desk) == ["KAZ-1"]


async def test_a_compound_is_found_by_its_parts(desk: DeskAtWork) -> None:
    await answered(desk, "Wie lange gilt der Rahmenvertrag?")
    await desk.says(UDO, "!kaz suche Vertrag", room=PROJECT)
    assert numbers(desk) == ["KAZ-1"]


async def test_it_is_said_what_was_looked_for_instead(desk: DeskAtWork) -> None:
    await answered(desk)
    [answer] = await desk.says(UDO, "!kaz suche freihänig", room=PROJECT)
    assert "Gesucht wurde auch nach „freihändig“." in answer
    [answer] = await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert "Gesucht wurde auch nach" not in answer


async def test_filters_narrow_down_and_are_named(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    await answered(desk, "Wer zahlt Lizenzen?", "Das Amt.", number=2)
    [answer] = await desk.says(UDO, "!kaz suche Lizenzen art:ticket #vergabe", room=PROJECT)
    assert numbers(desk) == ["KAZ-2", "KAZ-1"]
    assert "Eingegrenzt: Fachgebiet Vergabe & Lizenzen; nur Anfragen." in answer
    await desk.says(UDO, "!kaz suche Lizenzen #sicherheit", room=PROJECT)
    assert numbers(desk) == []
    await desk.says(UDO, "!kaz suche Lizenzen seit:2027", room=PROJECT)
    assert numbers(desk) == []
    await desk.says(UDO, "!kaz suche art:lösung", room=PROJECT)
    assert numbers(desk) == ["L-1"]


@pytest.mark.parametrize(
    ("typed", "code"), [("art:quatsch", "bad_argument"), ("seit:gestern", "bad_date")]
)
async def test_an_unclear_filter_is_refused(desk: DeskAtWork, typed: str, code: str) -> None:
    await desk.says(UDO, f"!kaz suche Lizenzen {typed}", room=PROJECT)
    assert desk.told(PROJECT) == [f"error:{code}"]


async def test_nothing_found_says_what_to_do_next(desk: DeskAtWork) -> None:
    [answer] = await desk.says(EVA, "!kaz suche Zinnober")
    assert "Nichts gefunden zu „Zinnober“." in answer
    assert "!kaz frage <Text>" in answer
    [answer] = await desk.says(CEM, "!kaz suche Zinnober seit:2026")
    assert "ohne Eingrenzung" in answer


async def test_it_answers_in_the_language_of_the_room(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.binds(PROJECT, language=Language.EN)
    [answer] = await desk.says(UDO, "!kaz search freihänig", room=PROJECT)
    assert "“freihändig” was looked for as well." in answer


async def test_more_than_five_are_not_listed(desk: DeskAtWork) -> None:
    for number in range(1, 7):
        await answered(desk, f"Wer zahlt Lizenzen für Haus {number}?", f"Amt {number}.", number)
    [answer] = await desk.says(UDO, "!kaz suche Lizenzen Haus", room=PROJECT)
    assert len(numbers(desk)) == 5  # type: ignore[arg-type]  # a list
    assert "Es gibt mehr. Grenzen Sie ein" in answer


async def test_an_answer_stays_short(desk: DeskAtWork) -> None:
    await answered(desk, "Lizenzen? " + "Sehr lange Frage. " * 90, "Sehr lange Antwort. " * 90)
    [answer] = await desk.says(UDO, "!kaz suche Lizenzen", room=PROJECT)
    assert len(answer) < 600


async def test_a_solution_stands_for_the_ticket_it_was_made_of(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert numbers(desk) == ["L-1"]


async def test_what_is_stale_says_so(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    desk.clock.advance(days=800)
    [answer] = await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert "Stand Mittwoch, 30. September 2026, veraltet" in answer


async def test_what_one_asked_oneself_is_found_in_any_state(desk: DeskAtWork) -> None:
    await desk.asks(EVA, f"{QUESTION} #vergabe")
    [answer] = await desk.says(EVA, "!kaz suche freihändig")
    assert "KAZ-1, Ihre Anfrage, neu" in answer
    await desk.says(EVA, "!kaz withdraw 1")
    await desk.says(EVA, "!kaz suche von mir")
    assert numbers(desk) == ["KAZ-1"]


async def test_an_open_question_is_found_by_nobody_else(desk: DeskAtWork) -> None:
    await desk.asks(EVA, f"{QUESTION} #vergabe")
    for person, place in ((UDO, PROJECT), (UDO, MARKET), (ANN, PROCUREMENT), (KIM, COMMITTEE)):
        await desk.says(person, "!kaz suche freihändig", room=place)
        assert numbers(desk) == []


async def test_what_was_asked_in_one_room_is_no_ones_own_in_another(desk: DeskAtWork) -> None:
    await desk.asks(UDO, f"{QUESTION} #vergabe", room=PROJECT)
    await desk.says(UDO, "!kaz suche freihändig", room=MARKET)
    assert numbers(desk) == []


# Rule 1: a confidential question is found by nobody but its asker, alone.
@on_both_databases
async def test_a_confidential_question_is_found_in_the_askers_chat_alone(desk: DeskAtWork) -> None:
    await desk.asks(EVA, f"{QUESTION} #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, f"!kaz lösen 1 {ANSWER}")
    await desk.says(EVA, "suche freihändig", room=EVAS_CHAT)
    assert numbers(desk) == ["KAZ-1"]
    for person, place in ((EVA, PROJECT), (UDO, PROJECT), (ANN, PROCUREMENT), (CEM, None)):
        await desk.says(person, "!kaz suche freihändig", room=place)
        assert numbers(desk) == []


async def test_no_word_of_a_confidential_question_is_suggested(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wer kennt Zinnoberrot? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz lösen 1 Zinnoberrot ist eine Farbe.")
    [answer] = await desk.says(UDO, "!kaz suche Zinoberrot", room=PROJECT)
    assert "Zinnoberrot" not in answer
    index = (await desk.remembers()).split('"table":"documents"')[1:]
    assert index == []


# Rule 2: nobody learns who asked.
async def test_a_search_names_nobody(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    [answer] = await desk.says(UDO, "!kaz suche Lizenzen", room=PROJECT)
    [ticket] = await desk.says(CEM, "!kaz suche Lizenzen art:ticket")
    names = ("eva", "ann", "bek", "kaz.test")
    assert [name for name in names if name in f"{answer} {ticket}".casefold()] == []


# Rule 3: nothing that was said in an encrypted room is shown in one that is not.
async def test_text_of_encrypted_rooms_is_not_shown_in_open_ones(desk: DeskAtWork) -> None:
    await answered(desk)
    [answer] = await desk.says(UDO, "!kaz suche freihändig")
    # That a word is found there would say that it was said.
    assert numbers(desk) == []
    assert "Was in verschlüsselten Räumen steht, durchsuche ich hier nicht." in answer


async def test_nor_is_that_of_a_solution_or_an_entry(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    await desk.says(ANN, "!kaz katalog neu anwendung Lizenzpool\nBeschreibung: Zinnober.")
    [answer] = await desk.says(UDO, "!kaz suche Lizenz")
    assert numbers(desk) == []
    said = ("100.000", "beschaffen", "Lizenzpool", "Zinnober")
    assert [word for word in said if word in answer] == []


async def test_nor_is_it_in_the_place_of_a_mistyped_word(desk: DeskAtWork) -> None:
    await answered(desk)
    [answer] = await desk.says(UDO, "!kaz suche freihänig")
    assert numbers(desk) == []
    assert "freihändig" not in answer


async def test_what_was_said_openly_is_shown_everywhere(desk: DeskAtWork) -> None:
    for place in (PROJECT, PROCUREMENT):
        desk.homeserver.rooms.change(place, encrypted=False)
    await answered(desk)
    [answer] = await desk.says(UDO, "!kaz suche freihänig")
    assert "100.000" in answer
    assert "Gesucht wurde auch nach „freihändig“." in answer


async def test_in_an_open_room_of_the_committee_unpublished_words_find_nothing(
    desk: DeskAtWork,
) -> None:
    await decided(desk)
    desk.homeserver.rooms.change(COMMITTEE, encrypted=False)
    await desk.says(KIM, "!kaz suche Zinnober")
    assert numbers(desk) == []


# Rule 6: what no second specialist has released is found by nobody.
async def test_a_proposed_solution_is_not_found(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.says(ANN, "!kaz lösung KAZ-1")
    for person, place in ((UDO, PROJECT), (ANN, PROCUREMENT), (CEM, None), (KIM, COMMITTEE)):
        await desk.says(person, "!kaz suche freihändig art:lösung", room=place)
        assert numbers(desk) == []


async def test_of_a_solution_that_changes_the_released_wording_is_found(desk: DeskAtWork) -> None:
    await answered(desk)
    await released(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Nur mit Zinnober.")
    await desk.says(UDO, "!kaz suche Zinnober", room=PROJECT)
    assert numbers(desk) == []
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    await desk.says(UDO, "!kaz suche Zinnober", room=PROJECT)
    assert numbers(desk) == ["L-1"]


async def test_a_decision_is_found_by_others_once_it_is_published(desk: DeskAtWork) -> None:
    await decided(desk)
    await desk.says(UDO, "!kaz suche Zinnober", room=PROJECT)
    assert numbers(desk) == []
    await desk.says(KIM, "!kaz suche Zinnober")
    assert numbers(desk) == ["2026/1"]
    await desk.says(KIM, "!kaz veröffentlichen 2026/1")
    await desk.says(UDO, "!kaz suche Zinnober", room=PROJECT)
    assert numbers(desk) == ["2026/1"]


# Rule 7: what is erased, taken back or withdrawn is gone from the search.
@on_both_databases
async def test_a_withdrawn_solution_and_a_removed_entry_are_found_no_more(
    desk: DeskAtWork,
) -> None:
    await answered(desk)
    await released(desk)
    await desk.says(ANN, "!kaz katalog neu anwendung Lizenzpool")
    await desk.says(ANN, "!kaz lösung zurückziehen L-1")
    await desk.says(ANN, "!kaz katalog entfernen K-1")
    await desk.says(UDO, "!kaz suche Lizenzen", room=PROJECT)
    assert numbers(desk) == ["KAZ-1"]


async def test_a_question_that_was_taken_back_is_found_no_more(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.redacts(EVA, question)
    await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert numbers(desk) == []
    assert '"table":"vocabulary"' not in await desk.remembers()


async def test_nor_is_one_that_was_answered_after_that(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.redacts(EVA, question)
    await desk.says(ANN, "!kaz lösen KAZ-1 Freihändig bis 100.000 Euro.")
    await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert numbers(desk) == []


async def test_an_edited_answer_is_found_by_its_new_words_alone(desk: DeskAtWork) -> None:
    await answered(desk)
    answer = desk.said(ANN, "!kaz lösen 2 Nehmen Sie Zinnober.")
    await desk.asks(EVA, "Wer liefert Farben? #vergabe")
    await desk.says(ANN, "!kaz claim 2")
    await desk.takes(answer)
    await desk.edits(ANN, answer.event_id, "!kaz lösen 2 Nehmen Sie Karmin.")
    await desk.says(UDO, "!kaz suche Zinnober", room=PROJECT)
    assert numbers(desk) == []
    await desk.says(UDO, "!kaz suche Karmin", room=PROJECT)
    assert numbers(desk) == ["KAZ-2"]


@on_both_databases
async def test_who_is_forgotten_is_found_no_more(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    await desk.says(EVA, "vergiss-mich", room=EVAS_CHAT)
    await desk.says(UDO, "!kaz suche freihändig", room=PROJECT)
    assert numbers(desk) == []
