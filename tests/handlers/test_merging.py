"""Duplicates are answered once: each asker reads it in their own thread, each may reopen alone."""

import pytest

from kaz_bot.domain.threads import Side
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
)


async def _merged(desk: DeskAtWork) -> tuple[EventId, EventId]:
    """Two asked the same, Eva first; Ann answers both as Eva's."""
    desk.homeserver.rooms.change(MARKET, encrypted=True)
    mine = await desk.has_ticket()
    others = await desk.asks(UDO, "Ist freihändig erlaubt? #vergabe")
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    return mine, others


@pytest.mark.parametrize("verb", ["zusammenführen", "zusammenfuehren", "zusammenfuhren", "merge"])
async def test_two_tickets_become_one(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("claimed")
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, f"!kaz {verb} KAZ-1 KAZ-2")
    follower = await desk.ticket(2)
    assert (follower.merged_into, follower.state, follower.assignee) == (1, "claimed", ANN)
    assert desk.told(MARKET) == ["ticket:merged"]
    assert desk.told(PROCUREMENT) == ["ticket:merged", "ticket:merged"]


async def test_one_answer_reaches_every_asker_in_their_own_thread(desk: DeskAtWork) -> None:
    mine, others = await _merged(desk)
    await desk.says(ANN, "!kaz antwort Bis 100.000 Euro.", thread=desk.root(1))
    answers = [sent for sent in desk.last if "Bis 100.000 Euro." in sent.body]
    assert [(sent.room_id, sent.thread, sent.calls) for sent in answers] == [
        (PROJECT, mine, [EVA]),
        (MARKET, others, [UDO]),
    ]
    assert [sent.about["id"] for sent in answers] == ["KAZ-1", "KAZ-2"]
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


async def test_what_either_asker_writes_reaches_the_one_thread(desk: DeskAtWork) -> None:
    _, others = await _merged(desk)
    await desk.says(UDO, "Bei uns sind es 90.000 Euro.", thread=others)
    [relayed] = desk.last
    assert (relayed.room_id, relayed.thread, relayed.calls) == (PROCUREMENT, desk.root(1), [ANN])
    assert relayed.body.startswith("Udo")


async def test_either_asker_ends_the_wait(desk: DeskAtWork) -> None:
    _, others = await _merged(desk)
    await desk.says(ANN, "!kaz rückfrage Wie teuer?", thread=desk.root(1))
    assert (await desk.ticket(2)).state == "waiting"
    await desk.says(UDO, "90.000 Euro.", thread=others)
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == ("claimed", "claimed")


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ("release 2", "new"),
        ("resolve 2 Ja.", "resolved"),
        ("close 2 Doppelt.", "closed"),
        ("query 2 Wie?", "waiting"),
    ],
)
async def test_what_is_done_to_the_duplicate_is_done_to_both(
    desk: DeskAtWork, command: str, state: str
) -> None:
    await _merged(desk)
    await desk.says(ANN, f"!kaz {command}")
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == (state, state)


async def test_each_asker_reopens_alone(desk: DeskAtWork) -> None:
    _, others = await _merged(desk)
    await desk.says(ANN, "!kaz lösen Bis 100.000 Euro.", thread=desk.root(1))
    await desk.says(UDO, "Und bei Bauleistungen?", thread=others)
    alone, other = await desk.ticket(2), await desk.ticket(1)
    assert (alone.state, alone.merged_into, other.state) == ("claimed", None, "resolved")
    told = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert {sent.thread for sent in told} == {desk.root(2)}


async def test_what_is_reopened_alone_appears_where_its_area_is_now(desk: DeskAtWork) -> None:
    _, others = await _merged(desk)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.says(CEM, "!kaz claim 1")
    await desk.says(CEM, "!kaz lösen 1 Bis 100.000 Euro.")
    await desk.says(UDO, "Und bei Bauleistungen?", thread=others)
    assert "Ist freihändig erlaubt?" in desk.bodies(SECURITY)[0]
    assert [sent.thread for sent in desk.last if sent.room_id == SECURITY][1:] == 2 * [
        desk.root(2, SECURITY)
    ]
    assert desk.told(PROCUREMENT) == []
    assert await desk.threads(2, Side.AREA) == [SECURITY]


async def test_when_the_first_asker_withdraws_the_other_is_answered_still(
    desk: DeskAtWork,
) -> None:
    await _merged(desk)
    await desk.says(EVA, "!kaz zurückziehen 1")
    lead = await desk.ticket(2)
    assert (lead.state, lead.merged_into, lead.assignee) == ("claimed", None, ANN)
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(2))
    assert desk.told(MARKET) == ["ticket:relayed"]
    assert desk.told(PROJECT) == []


async def test_when_the_first_withdraws_the_second_leads_the_third(desk: DeskAtWork) -> None:
    await _merged(desk)
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 1 3")
    await desk.says(EVA, "!kaz zurückziehen 1")
    assert (await desk.ticket(3)).merged_into == 2


async def test_when_the_second_asker_withdraws_the_first_goes_on(desk: DeskAtWork) -> None:
    await _merged(desk)
    await desk.says(UDO, "!kaz zurückziehen 2")
    assert ((await desk.ticket(1)).state, (await desk.ticket(2)).state) == ("claimed", "withdrawn")
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(1))
    assert desk.told(MARKET) == []


async def test_duplicates_of_a_duplicate_follow_the_same_ticket(desk: DeskAtWork) -> None:
    await _merged(desk)
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 3 1")
    assert ((await desk.ticket(1)).merged_into, (await desk.ticket(2)).merged_into) == (3, 3)


@pytest.mark.parametrize("numbers", ["1 1", "2 2", "1 2", "2 1"])
async def test_a_ticket_is_not_merged_with_itself(desk: DeskAtWork, numbers: str) -> None:
    await _merged(desk)
    await desk.says(ANN, f"!kaz zusammenführen {numbers}")
    assert desk.told(PROCUREMENT) == ["error:bad_argument"]


async def test_who_merges_again_is_told_what_is_merged_already(desk: DeskAtWork) -> None:
    await _merged(desk)
    assert (
        "Mit KAZ-1 sind schon zusammengeführt: KAZ-2."
        in (await desk.says(ANN, "!kaz zusammenführen 1 2"))[0]
    )


async def test_what_is_merged_already_does_not_keep_another_out(desk: DeskAtWork) -> None:
    await _merged(desk)
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 1 2 3")
    assert (await desk.ticket(3)).merged_into == 1
    assert "wird zusammen mit mindestens einer anderen beantwortet" in desk.bodies(PROJECT)[0]


async def test_who_was_merged_in_after_the_answer_reads_it_too(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(MARKET, encrypted=True)
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort Bis 100.000 Euro.", thread=desk.root(1))
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz lösen", thread=desk.root(1))
    assert "Bis 100.000 Euro." in desk.bodies(MARKET)[0]
    assert desk.told(MARKET) == ["ticket:relayed", "ticket:resolved"]
    assert desk.told(PROJECT) == ["ticket:resolved"]


async def test_an_answer_taken_back_leaves_every_ticket_it_solved(desk: DeskAtWork) -> None:
    await _merged(desk)
    said = desk.said(ANN, "!kaz lösen Bis Zinnober.", thread=desk.root(1))
    await desk.takes(said)
    await desk.redacts(ANN, said.event_id)
    assert "innober" not in await desk.remembers()


async def test_an_edited_answer_still_names_each_asker_their_own_number(desk: DeskAtWork) -> None:
    await _merged(desk)
    said = desk.said(ANN, "!kaz lösen Bis Zinnober.", thread=desk.root(1))
    await desk.takes(said)
    await desk.edits(ANN, said.event_id, "!kaz lösen Bis Karmin.")
    [mine] = [sent for sent in desk.last if sent.room_id == PROJECT]
    [others] = [sent for sent in desk.last if sent.room_id == MARKET]
    assert ["!kaz hilfreich KAZ-1" in mine.body, "!kaz hilfreich KAZ-2" in others.body] == [
        True
    ] * 2
    assert (mine.about["id"], others.about["id"]) == ("KAZ-1", "KAZ-2")


async def test_the_answer_to_a_confidential_duplicate_is_never_found(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.asks(EVA, "Ist freihändig erlaubt? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    said = desk.said(ANN, "!kaz lösen Bis Zinnober.", thread=desk.root(1))
    await desk.takes(said)
    await desk.edits(ANN, said.event_id, "!kaz lösen Bis Zinnoberrot.")
    [found] = await desk.says(BEK, "!kaz suche Zinnober Zinnoberrot freihändig")
    assert "KAZ-1" not in found


async def test_nor_after_the_question_of_the_first_was_edited(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.asks(EVA, "Ist freihändig erlaubt? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz lösen Bis Zinnober.", thread=desk.root(1))
    await desk.edits(EVA, question, "!kaz frage Ist freihändig wirklich erlaubt? #vergabe")
    [found] = await desk.says(BEK, "!kaz suche Zinnober freihändig")
    assert "KAZ-1" not in found


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("antwort 1 Zinnober: nein.", ["ticket:relayed"]),
        ("schließen 1 Zinnober.", ["ticket:closed"]),
    ],
)
async def test_what_is_said_after_the_answer_reaches_every_asker(
    desk: DeskAtWork, command: str, told: list[str]
) -> None:
    await _merged(desk)
    await desk.says(ANN, "!kaz lösen Ja.", thread=desk.root(1))
    await desk.says(ANN, f"!kaz {command}")
    assert (desk.told(PROJECT), desk.told(MARKET)) == (told, told)
    assert "Zinnober" in str(desk.bodies(MARKET))
    assert (await desk.ticket(1)).state == (await desk.ticket(2)).state


async def test_who_reopened_alone_hears_nothing_more_of_the_other(desk: DeskAtWork) -> None:
    _, others = await _merged(desk)
    await desk.says(ANN, "!kaz lösen Ja.", thread=desk.root(1))
    await desk.says(UDO, "Und bei Bauleistungen?", thread=others)
    await desk.says(ANN, "!kaz antwort 1 Zinnober: nein.")
    assert (desk.told(PROJECT), desk.told(MARKET)) == (["ticket:relayed"], [])


async def test_a_duplicate_does_not_leave_for_another_area_alone(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(UDO, "!kaz fachgebiet sicherheit 2")
    follower = await desk.ticket(2)
    assert (follower.area, follower.merged_into) == ("procurement", 1)
    assert desk.told(MARKET) == ["error:bad_state"]


async def test_who_leads_instead_is_told_so_in_its_thread(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wie lange hängt eine Vergabe aus? #vergabe")
    await desk.asks(UDO, "Wie lange muss eine Vergabe aushängen? #vergabe", room=PROJECT)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(EVA, "!kaz zurückziehen 1")
    assert any("führt jetzt" in body for body in desk.bodies(PROCUREMENT))
    assert (await desk.ticket(2)).merged_into is None


async def test_who_leads_is_as_urgent_as_the_most_urgent(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wie lange hängt eine Vergabe aus? #vergabe")
    await desk.asks(UDO, "Wie lange muss sie aushängen? #vergabe !dringend", room=PROJECT)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    assert (await desk.ticket(1)).priority == "high"
