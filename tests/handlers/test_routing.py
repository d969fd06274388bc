"""A ticket goes to another area with all that was said; incidents call theirs at once."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kaz_bot.domain.rooms import Language
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
    """Finds the same in every text, and every two texts as alike as a test says."""

    def __init__(self, found: Classification, likeness: float = 0.0) -> None:
        self.found = found
        self.likeness = likeness

    def classify(self, _text: str) -> Classification:
        return self.found

    def alike(self, _asked: str, others: Sequence[str]) -> list[float]:
        return [self.likeness for _ in others]


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


UNSURE = replace(
    SURE,
    confidence=0.3,
    ranking=(("security", 0.3), ("gone", 0.25), ("procurement", 0.2), ("standards", 0.1)),
)


async def test_an_unsure_receipt_offers_the_likeliest_areas_first(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(UNSURE))
    await desk.asks(EVA, "Was tun?")
    receipt = desk.last[0]
    assert "Am besten passen wohl Informationssicherheit oder Vergabe & Lizenzen." in receipt.body
    commands = [line for line in receipt.body.splitlines() if "!kaz fachgebiet" in line]
    assert [line.partition("!kaz fachgebiet ")[2] for line in commands] == [
        "sicherheit KAZ-1",
        "vergabe KAZ-1",
        "standards KAZ-1",
        "projekte KAZ-1",
    ]
    signs = [sent.reaction for sent in desk.last if sent.reacts_to == receipt.event_id]
    assert signs == ["🔒", "🛒", "📐", "📋"]


async def test_it_says_so_in_english(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(UNSURE))
    await desk.binds(PROJECT, language=Language.EN)
    await desk.asks(EVA, "Was tun?")
    assert (
        "Information Security or Procurement & Licences probably fits best."
        in (desk.bodies(PROJECT)[0])
    )


async def test_where_only_one_of_them_is_an_area_here_it_alone_is_named(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(FixedRouter(replace(UNSURE, ranking=(("security", 0.3),))))
    await desk.asks(EVA, "Was tun?")
    assert "Am besten passt wohl Informationssicherheit." in desk.bodies(PROJECT)[0]


async def test_a_lesson_not_quite_alike_names_its_area_first(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(UNSURE), routing_threshold=0.9)
    await desk.asks(EVA, "Wer speichert Bilder der Kamera am Rathaus? #sicherheit")
    await desk.says(CEM, "!kaz weiterleiten standards 1")
    await desk.asks(UDO, "Wer speichert Bilder der Kamera am Bauhof?", room=PROJECT)
    assert "Am besten passen wohl Standards" in desk.bodies(PROJECT)[0]


async def test_a_sure_receipt_does_not_weigh_areas(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(replace(UNSURE, confidence=0.9)))
    await desk.asks(EVA, "Was tun?")
    assert "Am besten" not in desk.bodies(PROJECT)[0]


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
