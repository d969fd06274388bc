"""What specialists say: every verb, in both languages, however its umlauts are typed."""

import pytest

from tests.desk import (
    ANN,
    BEK,
    CEM,
    EVA,
    EVAS_CHAT,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    DeskAtWork,
    attachment,
)


@pytest.mark.parametrize("verb", ["übernehmen", "uebernehmen", "ubernehmen", "claim", "ÜBERNEHMEN"])
async def test_a_ticket_is_claimed(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz {verb} KAZ-1")
    assert desk.told(PROJECT) == ["ticket:claimed"]
    assert desk.told(PROCUREMENT) == ["ticket:claimed"]
    assert (await desk.ticket(1)).assignee == ANN


async def test_the_second_claim_is_refused_by_name(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz claim 1")
    [refusal] = await desk.says(BEK, "!kaz claim 1")
    assert "Ann" in refusal
    assert desk.told(PROCUREMENT) == ["error:bad_state"]


async def test_claiming_ones_own_again_tells_nobody_else(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.reacts(ANN, "🙋", desk.root(1))
    assert desk.last == []
    await desk.says(ANN, "!kaz claim 1")
    assert [sent.told for sent in desk.last] == ["info:done"]


@pytest.mark.parametrize("verb", ["freigeben", "release"])
async def test_a_ticket_goes_back_to_the_queue(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb}", thread=desk.root(1))
    assert desk.told(PROJECT) == ["ticket:released"]
    ticket = await desk.ticket(1)
    assert (ticket.state, ticket.assignee) == ("new", None)


@pytest.mark.parametrize(
    "command", ["zuweisen @bek:kaz.test 1", "assign @bek 1", "zuweisen Bek KAZ-1", "assign bek 1"]
)
async def test_a_ticket_is_given_to_somebody_who_is_called(desk: DeskAtWork, command: str) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz {command}")
    [assigned] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert (assigned.told, assigned.calls, assigned.msgtype) == ("ticket:assigned", [BEK], "m.text")


async def test_a_pill_names_the_person_whatever_it_shows(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zuweisen Rebekka 1", mentions=frozenset({BEK}))
    assert (await desk.ticket(1)).assignee == BEK


@pytest.mark.parametrize("nobody", ["@cem:kaz.test", "@eva", "@kaz:kaz.test", "Niemand", ""])
async def test_only_members_of_the_areas_room_can_be_given_one(
    desk: DeskAtWork, nobody: str
) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz zuweisen {nobody} 1")
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]
    assert (await desk.ticket(1)).assignee is None


async def test_giving_it_to_whoever_has_it_tells_nobody_else(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(BEK, "!kaz zuweisen @ann 1")
    assert [sent.told for sent in desk.last] == ["info:done"]


@pytest.mark.parametrize("verb", ["antwort", "reply"])
async def test_an_answer_goes_to_the_askers_thread_and_calls_them(
    desk: DeskAtWork, verb: str
) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb} Ja, **gern**.", thread=desk.root(1))
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert (answer.thread, answer.calls, answer.msgtype) == (question, [EVA], "m.text")
    assert answer.told == "ticket:relayed"
    assert "Ja, **gern**." in answer.body
    assert "Ann" in answer.body


@pytest.mark.parametrize("verb", ["rückfrage", "rueckfrage", "ruckfrage", "query"])
async def test_a_query_makes_the_ticket_wait(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb} Wie teuer?", thread=desk.root(1))
    assert desk.told(PROJECT) == ["ticket:waiting"]
    assert (await desk.ticket(1)).state == "waiting"


@pytest.mark.parametrize("verb", ["notiz", "note"])
async def test_a_note_stays_inside(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb} Vorsicht.", thread=desk.root(1))
    assert [(sent.room_id, sent.told) for sent in desk.last] == [(PROCUREMENT, "ticket:note")]


async def test_what_is_said_in_the_specialists_thread_stays_inside(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(BEK, "Hatten wir das nicht schon?", thread=desk.root(1))
    assert desk.last == []
    assert "Hatten wir das nicht schon?" in await desk.remembers()


@pytest.mark.parametrize("verb", ["lösen", "loesen", "losen", "resolve"])
async def test_an_answer_resolves(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb} Ja, bis 100.000 Euro.", thread=desk.root(1))
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert (answer.told, answer.calls) == ("ticket:resolved", [EVA])
    assert (await desk.ticket(1)).solution == "Ja, bis 100.000 Euro."


async def test_without_a_text_the_latest_answer_is_the_solution(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(1))
    await desk.says(ANN, "!kaz lösen", thread=desk.root(1))
    ticket = await desk.ticket(1)
    assert (ticket.state, ticket.solution) == ("resolved", "Ja.")


async def test_a_file_sent_with_the_verb_reaches_the_asker(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz lösen", thread=desk.root(1), attachment=attachment("muster.pdf"))
    [answer] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert (answer.msgtype, answer.content["filename"]) == ("m.file", "muster.pdf")
    assert (await desk.ticket(1)).state == "resolved"


@pytest.mark.parametrize("verb", ["schließen", "schliessen", "close"])
async def test_a_ticket_ends_with_a_reason(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz {verb} 1 Gehört zur Stadt.")
    [told] = [sent for sent in desk.last if sent.room_id == PROJECT]
    assert (told.told, told.calls) == ("ticket:closed", [EVA])
    assert "Gehört zur Stadt." in told.body


async def test_nobody_is_turned_away_without_a_reason(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz schließen 1")
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]
    assert (await desk.ticket(1)).state == "new"


async def test_in_a_thread_a_reason_may_begin_with_a_number(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz schließen 2 Angebote reichen nicht.", thread=desk.root(1))
    assert (await desk.ticket(1)).state == "closed"
    assert "2 Angebote reichen nicht." in desk.bodies(PROJECT)[0]


async def test_an_answer_in_the_wrong_thread_is_not_sent(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort KAZ-2 Ja.", thread=desk.root(1))
    assert [sent.told for sent in desk.last] == ["error:bad_argument"]


@pytest.mark.parametrize(
    ("command", "priority"),
    [
        ("priorität niedrig", "low"),
        ("prioritaet hoch", "high"),
        ("priority critical", "critical"),
        ("prioritat 1 niedrig", "low"),
        ("Priorität KRITISCH", "critical"),
    ],
)
async def test_the_priority_changes(desk: DeskAtWork, command: str, priority: str) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz {command}", thread=desk.root(1))
    assert (await desk.ticket(1)).priority == priority
    assert desk.told(PROCUREMENT) == ["ticket:priority"]


async def test_the_same_priority_again_changes_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz priorität 1 normal")
    assert desk.told(PROCUREMENT) == ["info:done"]


async def test_what_becomes_critical_calls_the_area(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz priorität kritisch 1")
    assert [sent.calls for sent in desk.last] == [[ANN, BEK]]


@pytest.mark.parametrize("verb", ["weiterleiten", "route"])
@pytest.mark.parametrize("area", ["sicherheit", "security", "#Sicherheit", "ISB"])
async def test_a_ticket_goes_to_another_area(desk: DeskAtWork, verb: str, area: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {verb} {area} 1 Es geht um ein Zertifikat.")
    root, reason = [sent for sent in desk.last if sent.room_id == SECURITY]
    assert (root.told, root.thread) == ("ticket:routed", None)
    assert "Dürfen wir freihändig vergeben?" in root.body
    assert reason.thread == root.event_id
    assert "Es geht um ein Zertifikat." in reason.body
    assert desk.told(PROJECT) == ["ticket:routed"]


@pytest.mark.parametrize(
    ("command", "topic"),
    [
        ("liste", "list"),
        ("list open", "list"),
        ("liste meine", "list"),
        ("liste sicherheit", "list"),
        ("zeige 1", "show"),
        ("show KAZ-1", "show"),
        ("verlauf 1", "history"),
        ("history 1", "history"),
    ],
)
async def test_specialists_look_things_up(desk: DeskAtWork, command: str, topic: str) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, f"!kaz {command}")
    assert desk.told(PROCUREMENT) == [f"info:{topic}"]


async def test_a_list_shows_the_urgent_first(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(ANN, "!kaz priorität hoch 2")
    [listed] = await desk.says(ANN, "!kaz liste offen")
    assert listed.index("KAZ-2") < listed.index("KAZ-1")


async def test_an_unknown_list_is_refused_with_those_that_exist(desk: DeskAtWork) -> None:
    [refusal] = await desk.says(ANN, "!kaz liste gestern")
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]
    assert "meine" in refusal


async def test_a_confidential_ticket_is_listed_as_a_number(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wer hat die Kündigung unterschrieben? #vergabe", room=EVAS_CHAT)
    [listed] = await desk.says(ANN, "!kaz liste")
    assert "KAZ-1" in listed
    assert "Kündigung" not in listed


async def test_other_areas_see_nothing_of_a_confidential_ticket(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wer hat die Kündigung unterschrieben? #vergabe", room=EVAS_CHAT)
    await desk.says(CEM, "!kaz zeige 1")
    assert desk.told(SECURITY) == ["error:not_allowed"]
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Kündigung" in shown


@pytest.mark.parametrize("number", ["99", "0", "999999999999", "KAZ-42"])
async def test_a_number_that_does_not_exist_is_not_found(desk: DeskAtWork, number: str) -> None:
    await desk.says(ANN, f"!kaz zeige {number}")
    assert desk.told(PROCUREMENT) == ["error:not_found"]


async def test_too_many_words_are_not_overlooked(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz claim 1 für Bek")
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]
    assert (await desk.ticket(1)).state == "new"
