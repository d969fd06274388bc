"""A ticket goes to another area with all that was said; incidents call theirs at once."""

from dataclasses import replace

import pytest

from kaz_bot.routing import Classification, Router
from tests.desk import (
    ANN,
    CEM,
    EVA,
    MARKET,
    PROCUREMENT,
    PROJECT,
    PROJECTS,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
    attachment,
)

SURE = Classification(
    area="security",
    confidence=0.9,
    ranking=(),
    is_question=True,
    urgent=False,
    incident=False,
    because=("Server", "Trojaner"),
)


class FixedRouter(Router):
    """Finds the same in every text."""

    def __init__(self, found: Classification) -> None:
        self._found = found

    def classify(self, _text: str) -> Classification:
        return self._found


async def test_the_whole_thread_goes_along(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, "Es eilt.", thread=question)
    await desk.says(ANN, "Hm.", thread=desk.root(1))
    await desk.says(ANN, "!kaz antwort Moment.", thread=desk.root(1))
    await desk.says(EVA, "", thread=question, attachment=attachment("plan.pdf"))
    await desk.says(ANN, "!kaz weiterleiten sicherheit", thread=desk.root(1))
    root, *transcript = [sent for sent in desk.last if sent.room_id == SECURITY]
    assert {sent.thread for sent in transcript} == {root.event_id}
    assert [
        text
        for sent, text in zip(transcript, ("Es eilt.", "Hm.", "Moment.", "plan.pdf"), strict=True)
        if text in f"{sent.content}"
    ] == ["Es eilt.", "Hm.", "Moment.", "plan.pdf"]


async def test_a_message_sent_by_reaction_goes_along_once(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "Bis 100.000 Euro.", thread=desk.root(1))
    await desk.takes(said)
    await desk.reacts(ANN, "📤", said.event_id)
    await desk.says(ANN, "!kaz weiterleiten sicherheit", thread=desk.root(1))
    assert str(desk.bodies(SECURITY)).count("Bis 100.000 Euro.") == 1


async def test_the_old_room_is_told_and_cannot_act_any_more(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    old = desk.root(1)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    [told] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert (told.told, told.thread) == ("ticket:routed", old)
    await desk.says(ANN, "!kaz antwort Doch noch.", thread=old)
    assert desk.told(PROCUREMENT) == ["error:not_allowed"]


async def test_what_is_said_in_the_old_thread_is_not_kept(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    old = desk.root(1)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.says(ANN, "Schade.", thread=old)
    assert "Schade." not in await desk.remembers()


async def test_the_number_stays_and_the_hands_are_free(desk: DeskAtWork) -> None:
    await desk.has_ticket("waiting")
    before = await desk.ticket(1)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    after = await desk.ticket(1)
    assert (after.id, after.opened_at) == (before.id, before.opened_at)
    assert (after.state, after.assignee) == ("new", None)


async def test_edits_and_redactions_reach_the_new_room(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    said = desk.said(EVA, "Es ist Karmin.", thread=question)
    await desk.takes(said)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.edits(EVA, said.event_id, "Es ist Umbra.")
    assert {sent.room_id for sent in desk.last} == {PROCUREMENT, SECURITY}
    await desk.redacts(EVA, said.event_id)
    assert "Umbra" not in str(desk.homeserver.shown_in(SECURITY))


async def test_a_ticket_that_comes_back_gets_a_new_root(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    first = desk.root(1)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.says(CEM, "!kaz weiterleiten vergabe 1 Doch nicht.")
    assert desk.root(1) != first
    await desk.says(ANN, "!kaz claim", thread=desk.root(1))
    assert (await desk.ticket(1)).assignee == ANN


@pytest.mark.parametrize("area", ["vergabe", "nirgends", "", "#"])
async def test_a_ticket_only_goes_to_another_area_that_exists(desk: DeskAtWork, area: str) -> None:
    await desk.has_ticket()
    await desk.says(ANN, f"!kaz weiterleiten {area}", thread=desk.root(1))
    assert desk.told(PROCUREMENT)[0].startswith("error:")
    assert (await desk.ticket(1)).area == "procurement"


async def test_a_sure_router_says_which_words_decided(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(SURE))
    await desk.asks(EVA, "Was tun?")
    assert "Server und Trojaner" in desk.bodies(PROJECT)[0]
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_the_threshold_is_the_operators(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(SURE), routing_threshold=0.95)
    await desk.asks(EVA, "Was tun?")
    assert desk.told(PROJECTS) == ["ticket:opened"]


async def test_an_incident_calls_the_area_and_tells_the_asker_what_to_do(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(FixedRouter(replace(SURE, incident=True, confidence=0.2)))
    await desk.asks(UDO, "Was tun?", room=MARKET)
    root = next(sent for sent in desk.last if sent.room_id == SECURITY)
    assert (root.calls, root.msgtype, root.about["priority"]) == ([CEM], "m.text", "critical")
    assert "0331 000 112" in desk.bodies(MARKET)[0]


async def test_a_question_about_incidents_is_none(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Was tun wir im Fall eines Angriffs? #sicherheit")
    assert (await desk.ticket(1)).priority == "normal"


async def test_a_lost_password_alarms_nobody(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Passwort verloren #sicherheit")
    ticket = await desk.ticket(1)
    assert (ticket.incident, ticket.priority, ticket.area) == (False, "normal", "security")


async def test_a_running_incident_is_recognised(desk: DeskAtWork) -> None:
    await desk.asks(
        EVA, "Unsere Server sind seit heute früh verschlüsselt, Erpresserbrief liegt vor!"
    )
    ticket = await desk.ticket(1)
    assert (ticket.incident, ticket.priority, ticket.area) == (True, "critical", "security")


async def test_the_reason_goes_along_and_can_be_taken_back(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    said = desk.said(ANN, "!kaz weiterleiten sicherheit 1 Wegen Zinnober.")
    await desk.takes(said)
    shown = {sent.room_id for sent in desk.last if "Wegen Zinnober." in sent.body}
    assert shown == {PROCUREMENT, SECURITY}
    await desk.edits(ANN, said.event_id, "!kaz weiterleiten sicherheit 1 Wegen Karmin.")
    told = [sent.body for sent in desk.last]
    assert ["Karmin" in body for body in told] == [True, True]
    assert "sicherheit 1" not in str(told)
    await desk.redacts(ANN, said.event_id)
    left = [desk.homeserver.shown_in(room) for room in (PROCUREMENT, SECURITY)]
    assert "Zinnober" not in str(left)
    assert "Karmin" not in f"{left}{await desk.remembers()}"
