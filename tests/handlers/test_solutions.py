"""An answer becomes a model solution: proposed by one specialist, released by another."""

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.messages import EventId
from tests.desk import (
    ANN,
    BEK,
    CEM,
    EVA,
    EVAS_CHAT,
    MARKET,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
    attachment,
    on_both_databases,
)
from tests.digests import direct_chat
from tests.solutions import (
    ANSWER,
    QUESTION,
    LikeRouter,
    answered,
    editions_of,
    letter,
    newest,
    proposed,
    redactions,
    released,
    solution_of,
)


@pytest.fixture
async def desk(open_desk: OpenDesk) -> DeskAtWork:
    """A desk where all is about procurement."""
    return await open_desk(LikeRouter())


async def refused(desk: DeskAtWork, text: str) -> list[str]:
    """What programs learn in the area's room when Ann says this."""
    await desk.says(ANN, text)
    return desk.told(PROCUREMENT)


@on_both_databases
async def test_an_answer_is_proposed_as_it_would_be_published(desk: DeskAtWork) -> None:
    shown = await proposed(desk, answer="Fragen Sie Eva in Potsdam, Tel. 0331 866 1234.")
    assert "Fragen Sie [Name] in [Kommune], Tel. [Telefonnummer]." in shown.body
    assert "- Namen: 1\n- Kommunen: 1\n- Telefonnummern: 1" in shown.body
    assert shown.about == {"id": "L-1", "state": "proposed", "event": "proposed"}
    assert (shown.room_id, shown.msgtype, shown.calls) == (PROCUREMENT, "m.notice", [])


async def test_its_stand_is_today_and_it_is_valid_for_a_year(desk: DeskAtWork) -> None:
    await proposed(desk)
    [edition] = await editions_of(desk)
    assert edition.as_of.isoformat() == "2026-09-30"
    assert edition.valid_until is not None
    assert edition.valid_until.isoformat() == "2027-09-30"
    assert (edition.title, edition.question, edition.answer) == (QUESTION, QUESTION, ANSWER)


async def test_in_the_thread_the_number_may_be_left_out(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.says(ANN, "!kaz lösung", thread=desk.root(1))
    shown = letter(desk, "solution:proposed")
    assert (shown.thread, shown.about["id"]) == (desk.root(1), "L-1")


async def test_lines_put_the_proposal_right_at_once(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.says(ANN, "!kaz lösung KAZ-1\nTitel: Direktauftrag\nGültig bis: 31.12.2027")
    [edition] = await editions_of(desk)
    assert edition.title == "Direktauftrag"
    assert edition.valid_until is not None
    assert edition.valid_until.isoformat() == "2027-12-31"


async def test_it_is_proposed_and_shown_in_english(desk: DeskAtWork) -> None:
    await desk.binds(PROCUREMENT, language=Language.EN)
    await answered(desk, answer="Fragen Sie Eva.")
    await desk.says(ANN, "!kaz solution KAZ-1\nAs of: 1.9.2026")
    shown = letter(desk, "solution:proposed")
    assert "Fragen Sie [name]." in shown.body
    assert "!kaz solution release L-1" in shown.body


async def test_who_resolves_is_told_how(desk: DeskAtWork) -> None:
    await answered(desk)
    assert "Als Musterlösung vorschlagen: !kaz lösung KAZ-1" in desk.bodies(PROCUREMENT)[0]


async def test_a_second_proposal_names_the_first(desk: DeskAtWork) -> None:
    await proposed(desk)
    [answer] = await desk.says(BEK, "!kaz lösung KAZ-1")
    assert "L-1" in answer
    assert desk.told(PROCUREMENT) == ["error:bad_state"]


async def test_without_an_answer_there_is_nothing_to_propose(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    assert await refused(desk, "!kaz lösung KAZ-1") == ["error:bad_state"]


async def test_a_ticket_of_another_area_is_not_proposed(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.says(CEM, "!kaz lösung KAZ-1")
    assert desk.told(SECURITY) == ["error:not_allowed"]


# Privacy rule 1: nothing confidential becomes a solution.


async def test_rule_1_a_confidential_answer_becomes_no_solution(desk: DeskAtWork) -> None:
    await answered(desk, room=EVAS_CHAT)
    assert "Musterlösung" not in desk.bodies(PROCUREMENT)[0]
    assert await refused(desk, "!kaz lösung KAZ-1") == ["error:not_allowed"]


async def test_rule_1_nor_one_that_answered_a_confidential_question_too(desk: DeskAtWork) -> None:
    await desk.asks(UDO, f"{QUESTION} #vergabe", room=PROJECT)
    await desk.asks(EVA, f"{QUESTION} #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz übernehmen 1")
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, f"!kaz lösen KAZ-1 {ANSWER}")
    assert await refused(desk, "!kaz lösung KAZ-1") == ["error:not_allowed"]


# Privacy rule 6: four eyes, and before them nobody else finds it.


@on_both_databases
async def test_rule_6_a_second_specialist_releases_it(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    told = letter(desk, "solution:released")
    assert told.about == {"id": "L-1", "state": "released", "event": "released"}
    assert (await solution_of(desk)).usable


async def test_rule_6_whoever_wrote_it_cannot(desk: DeskAtWork) -> None:
    await proposed(desk)
    assert await refused(desk, "!kaz lösung freigeben L-1") == ["error:not_allowed"]
    assert not (await solution_of(desk)).usable


async def test_rule_6_nor_whoever_wrote_the_latest_edition(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(BEK, "!kaz lösung ändern L-1\nTitel: Anders")
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    assert desk.told(PROCUREMENT) == ["error:not_allowed"]
    await desk.says(ANN, "!kaz lösung freigeben L-1")
    assert desk.told(PROCUREMENT) == ["solution:released"]


async def test_rule_6_nor_somebody_of_another_area(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(CEM, "!kaz lösung freigeben L-1")
    assert desk.told(SECURITY) == ["error:not_allowed"]
    assert not (await solution_of(desk)).usable


async def test_rule_6_nor_somebody_who_has_left_the_room(desk: DeskAtWork) -> None:
    await proposed(desk)
    desk.homeserver.rooms.leave(PROCUREMENT, BEK)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    assert not (await solution_of(desk)).usable


@pytest.mark.parametrize("text", ["!kaz lösung L-1", "!kaz zeige L-1", "!kaz zeige L-1 Fassung 1"])
async def test_rule_6_before_that_others_do_not_even_learn_of_it(
    desk: DeskAtWork, text: str
) -> None:
    await proposed(desk)
    [answer] = await desk.says(EVA, text)
    assert "Eine Musterlösung mit der Nummer L-1 gibt es hier nicht." in answer


async def test_rule_6_nor_is_it_listed(desk: DeskAtWork) -> None:
    await proposed(desk)
    [answer] = await desk.says(EVA, "!kaz lösungen")
    assert "Musterlösungen: keine" in answer


async def test_rule_6_others_see_no_edition_that_waits(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Ganz anders.")
    [answer] = await desk.says(EVA, "!kaz lösung L-1")
    assert ANSWER in answer
    await desk.says(EVA, "!kaz zeige L-1 Fassung 2")
    assert desk.told(PROJECT) == ["error:not_found"]


async def test_a_sign_under_the_proposal_releases_it(desk: DeskAtWork) -> None:
    shown = await proposed(desk)
    await desk.reacts(BEK, "✅", shown.event_id)
    assert desk.told(PROCUREMENT) == ["solution:released"]
    await desk.reacts(BEK, "✅", shown.event_id)
    assert desk.last == []


async def test_rule_6_a_sign_under_an_earlier_edition_releases_no_later_one(
    desk: DeskAtWork,
) -> None:
    shown = await proposed(desk)
    desk.clock.advance(minutes=5)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Eva Lange weiß es.")
    await desk.reacts(BEK, "✅", shown.event_id)
    assert desk.told(PROCUREMENT) == ["error:bad_state"]
    assert not (await solution_of(desk)).usable


async def test_a_sign_under_other_messages_proposes_nothing(desk: DeskAtWork) -> None:
    await answered(desk)
    await desk.reacts(BEK, "✅", desk.root(1))
    assert desk.last == []


async def test_what_is_said_in_answer_to_the_proposal_needs_no_number(desk: DeskAtWork) -> None:
    shown = await proposed(desk)
    await desk.says(BEK, "!kaz lösung freigeben", reply_to=shown.event_id)
    assert desk.told(PROCUREMENT) == ["solution:released"]


@pytest.mark.parametrize("text", ["!kaz lösung L-1 freigeben", "!kaz solution release l 1"])
async def test_the_order_of_the_words_does_not_matter(desk: DeskAtWork, text: str) -> None:
    await proposed(desk)
    await desk.says(BEK, text)
    assert desk.told(PROCUREMENT) == ["solution:released"]


async def test_from_other_rooms_nobody_releases(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.says(EVA, "!kaz lösung L-1 zurückziehen")
    assert desk.told(PROJECT) == ["error:not_allowed"]


async def test_a_change_makes_an_edition_and_leaves_the_released_one(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Bis 50.000 Euro.\nStand: 1.9.2026")
    told = letter(desk, "solution:changed")
    assert told.about == {"id": "L-1", "state": "released", "event": "changed"}
    assert "Das ist Fassung 2. Sie wartet auf die Freigabe. Bis dahin gilt Fassung 1." in told.body
    changed = (await editions_of(desk))[1]
    assert changed.as_of.isoformat() == "2026-09-01"
    assert changed.valid_until is not None
    assert changed.valid_until.isoformat() == "2027-09-01"


async def test_names_that_are_put_in_again_are_pointed_out(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Fragen Sie Bek in Potsdam.")
    assert "Darin steht noch:\n\n- Namen: 1\n- Kommunen: 1" in letter(desk, "solution:changed").body


async def test_it_may_go_to_another_area_whose_room_reads_it(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nFachgebiet: sicherheit")
    assert desk.told(PROCUREMENT) == ["solution:changed"]
    assert ANSWER in desk.bodies(SECURITY)[0]
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    assert desk.told(PROCUREMENT) == ["error:not_allowed"]
    await desk.says(CEM, "!kaz lösung freigeben L-1")
    assert desk.told(SECURITY) == ["solution:released"]


async def test_the_same_again_is_no_edition(desk: DeskAtWork) -> None:
    await proposed(desk)
    assert await refused(desk, f"!kaz lösung ändern L-1\nAntwort: {ANSWER}") == ["info:solution"]
    assert len(await editions_of(desk)) == 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "error:bad_argument"),
        ("anders bitte", "error:bad_argument"),
        ("\nAntwort:", "error:bad_argument"),
        ("\nDateien: alle", "error:bad_argument"),
        ("\nFachgebiet: Kantine", "error:bad_argument"),
        ("\nStand: morgen", "error:bad_date"),
        ("\nStand: irgendwann", "error:bad_date"),
        ("\nGültig bis: 1.1.2020", "error:bad_date"),
        (f"\nTitel: {'x' * 151}", "error:too_long"),
    ],
)
async def test_what_cannot_be_so_is_refused(desk: DeskAtWork, lines: str, told: str) -> None:
    await proposed(desk)
    assert await refused(desk, f"!kaz lösung ändern L-1 {lines}") == [told]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("freigebn L-1", "!kaz lösung freigeben L-1"),
        ("zurükziehen L-1", "!kaz lösung zurückziehen L-1"),
    ],
)
async def test_a_mistyped_order_is_suggested(desk: DeskAtWork, text: str, suggested: str) -> None:
    await proposed(desk)
    [answer] = await desk.says(BEK, f"!kaz lösung {text}")
    assert f"Meinten Sie diesen? {suggested}" in answer
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]


async def test_from_other_rooms_one_is_told_who_releases(desk: DeskAtWork) -> None:
    await proposed(desk)
    [answer] = await desk.says(EVA, "!kaz lösung freigeben L-1")
    assert "können nur Fachkräfte. Das geht im Raum ihres Fachgebiets." in answer
    assert desk.told(PROJECT) == ["error:not_allowed"]


async def test_a_part_that_there_is_not_is_named(desk: DeskAtWork) -> None:
    await proposed(desk)
    [answer] = await desk.says(BEK, "!kaz lösung ändern L-1\nFarbe: blau")
    assert "Die Angabe „Farbe“ gibt es nicht." in answer
    assert "!kaz lösung ändern L-1\n" in answer


async def test_a_last_day_that_moves_along_is_told(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(BEK, "!kaz lösung ändern L-1 Stand: 1.1.2026")
    assert "Geändert wurde: Stand und Gültig bis." in letter(desk, "solution:changed").body


async def test_a_last_day_that_was_chosen_stays(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(BEK, "!kaz lösung ändern L-1 Gültig bis: 31.12.2028")
    await desk.says(BEK, "!kaz lösung ändern L-1 Stand: 1.1.2026")
    told = letter(desk, "solution:changed").body
    assert "Geändert wurde: Stand." in told
    assert "- Gültig bis: Sonntag, 31. Dezember 2028" in told


async def test_of_an_edition_its_own_state_is_told(desk: DeskAtWork) -> None:
    await released(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1 Titel: Neu")
    [answer] = await desk.says(ANN, "!kaz lösung L-1 Fassung 2")
    assert ("Zustand:" in answer, "nicht freigegeben" in answer) == (False, True)


async def test_who_withdraws_is_told_how_to_propose_anew(desk: DeskAtWork) -> None:
    await proposed(desk)
    [answer] = await desk.says(BEK, "!kaz lösung löschen L-1")
    assert "Die Antwort neu vorschlagen: !kaz lösung KAZ-1" in answer


async def test_it_may_be_valid_without_end(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung ändern L-1\nGültig bis: unbegrenzt")
    assert "- Gültig bis: unbegrenzt" in letter(desk, "solution:changed").body


# Files go along by reference.


async def test_the_files_of_the_answer_go_along(desk: DeskAtWork) -> None:
    await answered(desk, attachment=attachment("muster.docx"))
    await desk.says(ANN, "!kaz lösung KAZ-1")
    files = [sent for sent in desk.last if "file" in sent.content]
    assert [(sent.told, sent.body) for sent in files] == [
        ("solution:proposed", "L-1, Datei: muster.docx")
    ]
    assert "In Dateien wird nichts ersetzt." in desk.bodies(PROCUREMENT)[0]
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    await desk.says(EVA, "!kaz lösung L-1")
    [_, shown] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert shown.content["file"] == {"url": "mxc://kaz.test/1", "key": {"k": "secret"}}


async def test_they_may_be_left_out(desk: DeskAtWork) -> None:
    await answered(desk, attachment=attachment("muster.docx"))
    await desk.says(ANN, "!kaz lösung KAZ-1\nDateien: keine")
    assert [sent for sent in desk.last if "file" in sent.content] == []


# Privacy rule 3: nothing leaves encryption.


async def test_rule_3_an_open_room_does_not_show_it(desk: DeskAtWork) -> None:
    await answered(desk, attachment=attachment("muster.docx"))
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    [answer] = await desk.says(UDO, "!kaz lösung L-1", room=MARKET)
    assert "dieser Raum ist nicht verschlüsselt" in answer
    assert (ANSWER in answer, "muster" in answer) == (False, False)
    [listed] = await desk.says(UDO, "!kaz lösungen", room=MARKET)
    assert ("L-1" in listed, "freihändig" in listed) == (True, False)


async def test_rule_3_in_an_open_room_nobody_proposes_or_releases_it(desk: DeskAtWork) -> None:
    await answered(desk)
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    assert await refused(desk, "!kaz lösung KAZ-1") == ["error:not_allowed"]
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=True)
    await desk.says(ANN, "!kaz lösung KAZ-1")
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    assert desk.told(PROCUREMENT) == ["error:not_allowed"]


# Privacy rule 2: others read neither who asked nor for whom.


async def test_rule_2_no_name_stands_in_what_others_see(desk: DeskAtWork) -> None:
    await released(desk, answer="Eva hat recht. Viele Grüße, Ann")
    await desk.says(UDO, "!kaz lösung L-1", room=PROJECT)
    shown = f"{desk.bodies(PROJECT)}"
    assert [name for name in ("Eva", "Ann", "Bek", "@") if name in shown] == []


async def test_specialists_read_who_wrote_and_who_released_it(desk: DeskAtWork) -> None:
    await released(desk)
    [answer] = await desk.says(ANN, "!kaz lösung L-1")
    assert "- Fassung 1 von 1, geschrieben von Ann\n- Freigegeben von Bek" in answer
    [course] = await desk.says(ANN, "!kaz verlauf L-1")
    assert "Ann: vorgeschlagen, Fassung 1, aus KAZ-1" in course
    assert "Bek: freigegeben, Fassung 1" in course


async def test_lists_name_state_area_and_stand(desk: DeskAtWork) -> None:
    await released(desk, lines="Titel: Erste\nStand: 1.9.2025")
    await proposed(desk, 2, answer="Zwei Angebote genügen.")
    desk.clock.advance(days=1)
    [everything] = await desk.says(ANN, "!kaz lösungen vergabe")
    assert "L-2, Vergabe & Lizenzen, vorgeschlagen" in everything
    assert "L-1, Vergabe & Lizenzen, veraltet: Erste" in everything
    assert "Stand: Montag, 1. September 2025" in everything
    [stale] = await desk.says(ANN, "!kaz lösungen veraltet")
    assert ("L-1" in stale, "L-2" in stale) == (True, False)
    [waiting] = await desk.says(ANN, "!kaz lösungen offen")
    assert ("L-1" in waiting, "L-2" in waiting) == (False, True)
    [of_others] = await desk.says(EVA, "!kaz lösungen")
    assert ("L-1" in of_others, "L-2" in of_others) == (True, False)


async def test_of_unknown_lists_those_that_exist_are_named(desk: DeskAtWork) -> None:
    [answer] = await desk.says(EVA, "!kaz lösungen offen")
    assert "!kaz lösungen veraltet" in answer
    assert desk.told(PROJECT) == ["error:bad_argument"]


@pytest.mark.parametrize(
    "text", ["Lösung gesucht: Dürfen wir das?", "Lösungen für Scanner gesucht, gibt es welche?"]
)
async def test_in_a_direct_chat_talk_of_solutions_is_talk(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["info:suggested"]


async def test_in_a_direct_chat_a_number_shows_it(desk: DeskAtWork) -> None:
    await released(desk)
    [answer] = await desk.says(EVA, "lösung L-1", room=EVAS_CHAT)
    assert ANSWER in answer


# Privacy rule 7: what was withdrawn is gone.


@on_both_databases
async def test_rule_7_what_is_withdrawn_is_gone_everywhere(desk: DeskAtWork) -> None:
    await released(desk, lines="Titel: Direktvergabe\nAntwort: Geheimantwort.")
    await desk.says(EVA, "!kaz lösung L-1")
    shown = [sent.event_id for sent in desk.last]
    await desk.says(BEK, "!kaz lösung zurückziehen L-1")
    assert letter(desk, "solution:withdrawn").about["state"] == "withdrawn"
    assert set(shown) <= redactions(desk)
    kept = (await desk.remembers()).casefold()
    # Neither the words nor what they are found by.
    assert [word for word in ("direktverg", "geheimantw") if word in kept] == []
    [answer] = await desk.says(EVA, "!kaz lösung L-1")
    assert "zurückgezogen" in answer


async def test_rule_7_nobody_finds_it_before_its_release_nor_after_its_withdrawal(
    desk: DeskAtWork,
) -> None:
    await proposed(desk)
    [before] = await desk.says(UDO, "!kaz suche Direktauftrag art:lösung", room=PROJECT)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    [released_now] = await desk.says(UDO, "!kaz suche Direktauftrag art:lösung", room=PROJECT)
    await desk.says(BEK, "!kaz lösung zurückziehen L-1")
    [after] = await desk.says(UDO, "!kaz suche Direktauftrag art:lösung", room=PROJECT)
    assert ["L-1" in text for text in (before, released_now, after)] == [False, True, False]


async def test_rule_7_what_was_never_released_and_is_withdrawn_never_was(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung zurückziehen L-1")
    await desk.says(EVA, "!kaz lösung L-1")
    assert desk.told(PROJECT) == ["error:not_found"]


async def test_its_ticket_may_be_proposed_anew(desk: DeskAtWork) -> None:
    await proposed(desk)
    await desk.says(ANN, "!kaz lösung zurückziehen L-1")
    await desk.says(ANN, "!kaz lösung KAZ-1")
    assert letter(desk, "solution:proposed").about["id"] == "L-2"
    assert (await newest(desk)).id == 2


async def test_an_edited_command_does_nothing_again(desk: DeskAtWork) -> None:
    await answered(desk)
    said = desk.said(ANN, "!kaz lösung KAZ-1")
    await desk.hears(said)
    await desk.edits(ANN, EventId(said.event_id), "!kaz lösung KAZ-1\nTitel: Neu")
    assert len(await editions_of(desk)) == 1


async def test_what_its_author_proposed_before_they_were_forgotten_is_not_released_by_them(
    desk: DeskAtWork,
) -> None:
    await proposed(desk)
    chat = await direct_chat(desk, ANN)
    await desk.says(ANN, "vergiss-mich ja", room=chat)
    await desk.says(ANN, "!kaz lösung freigeben L-1")
    assert desk.last[0].about["code"] == "bad_state"
