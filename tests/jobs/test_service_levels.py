"""Whoever waits too long for us is not forgotten, and nobody is called at night for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId, TicketState
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.forgetting import forget_user
from kaz_bot.jobs.service_levels import ServiceLevelDuty
from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    CEM,
    DOR,
    EVA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import MORNING, room

# Asked by somebody in the days when nobody counted.
OLD = Ticket(
    id=TicketId(0),
    area=AreaKey("procurement"),
    asker=EVA,
    room_id=PROJECT,
    question="Wer weiß das?",
    opened_at=MORNING - timedelta(days=9),
    changed_at=MORNING - timedelta(days=9),
)
DUTY = ServiceLevelDuty(Timekeeper(ServiceLevels(), WorkingTime()))
ANNS_CHAT = RoomId("!anns-chat:kaz.test")


async def look(desk: DeskAtWork, **later: float) -> list[tuple[str, str]]:
    """Time passes and acts: in which room the bot says what to programs."""
    desk.clock.advance(**later)
    await desk.ticks(DUTY)
    return [(sent.room_id, sent.told) for sent in desk.last if sent.is_message]


async def ann_has_a_direct_chat(desk: DeskAtWork, *, encrypted: bool) -> None:
    desk.homeserver.rooms.put(room(ANNS_CHAT, BOT, ANN, name="Ann", encrypted=encrypted))
    async with desk.store.work() as work:
        await work.rooms.save(
            BoundRoom(room_id=ANNS_CHAT, kind=RoomKind.DIRECT, person=ANN, bound_at=MORNING)
        )


# Asked on Wednesday at 12:00: the first answer is due on Thursday at 12:00.


@on_both_databases
async def test_nobody_is_told_of_what_has_time(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    assert await look(desk, hours=21, minutes=59) == []


@on_both_databases
async def test_the_area_hears_that_an_answer_is_due_soon(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    assert await look(desk, hours=22) == [(PROCUREMENT, "info:target_near")]
    [letter] = desk.last
    assert (letter.msgtype, letter.calls, letter.thread) == ("m.text", [], desk.root(1))
    assert letter.body == (
        "KAZ-1: Die erste Antwort ist bald fällig: bis Donnerstag, 1. Oktober 2026, 12:00 Uhr.\n\n"
        "Noch hat niemand die Anfrage übernommen. Übernehmen: !kaz übernehmen KAZ-1"
    )
    assert await look(desk) == []


async def test_whoever_has_it_is_called_in_its_thread(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    assert await look(desk, hours=22) == [(PROCUREMENT, "info:target_near")]
    assert (desk.last[0].calls, desk.last[0].thread) == ([ANN], desk.root(1))


@pytest.mark.parametrize("encrypted", [True, False])
async def test_whoever_has_it_is_told_alone_if_they_have_a_direct_chat(
    desk: DeskAtWork, encrypted: bool
) -> None:
    await desk.has_ticket("claimed")
    await ann_has_a_direct_chat(desk, encrypted=encrypted)
    assert await look(desk, hours=22) == [(ANNS_CHAT, "info:target_near")]
    assert (desk.last[0].msgtype, desk.last[0].calls) == ("m.text", [ANN])


async def test_whoever_left_the_area_is_not_called_there(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    desk.homeserver.rooms.leave(PROCUREMENT, ANN)
    assert await look(desk, hours=22) == [(PROCUREMENT, "info:target_near")]
    assert desk.last[0].calls == []


@on_both_databases
async def test_a_breach_is_told_in_the_area_and_kept(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await look(desk, hours=22)
    assert await look(desk, hours=2) == [(PROCUREMENT, "ticket:overdue")]
    [letter] = desk.last
    assert (letter.msgtype, letter.calls, letter.thread) == ("m.text", [ANN], desk.root(1))
    assert letter.body == (
        "KAZ-1 ist überfällig. "
        "Die erste Antwort fehlt seit Donnerstag, 1. Oktober 2026, 12:00 Uhr.\n\n"
        "Auch eine Zwischennachricht ist eine erste Antwort: !kaz antwort <Text>"
    )
    [shown] = await desk.says(ANN, "!kaz verlauf 1")
    assert "Donnerstag, 1. Oktober 2026, 12:00 Uhr, von selbst: überfällig (Erste Antwort)" in shown


@on_both_databases
async def test_operators_hear_of_what_stays_overdue_and_no_names(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await look(desk, hours=22)
    await look(desk, hours=2)
    assert await look(desk, hours=3, minutes=59) == []
    desk.clock.advance(minutes=1)
    # Four hours later is closing time: it can wait until somebody works again.
    assert await look(desk) == []
    assert await look(desk, hours=16) == [(OPERATIONS, "ticket:overdue")]
    [letter] = desk.last
    assert (letter.msgtype, letter.calls) == ("m.text", [])
    assert letter.body == (
        "KAZ-1 ist lange überfällig. "
        "Die erste Antwort fehlt seit Donnerstag, 1. Oktober 2026, 12:00 Uhr.\n\n"
        "- Fachgebiet: Vergabe & Lizenzen\n- Priorität: normal\n\n"
        "Bitte klären Sie mit dem Fachgebiet, was dort fehlt."
    )
    [shown] = await desk.says(ANN, "!kaz verlauf 1")
    assert "von selbst: an den Betrieb gemeldet (Erste Antwort)" in shown


@on_both_databases
async def test_after_a_downtime_only_the_gravest_is_told(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    told = await look(desk, days=5)
    assert told == [(OPERATIONS, "ticket:overdue"), (PROCUREMENT, "ticket:overdue")]
    assert ["1. Oktober 2026, 12:00 Uhr" in sent.body for sent in desk.last] == [True, True]
    assert await look(desk) == []


async def test_nobody_is_told_at_night(desk: DeskAtWork) -> None:
    desk.clock.advance(hours=4)
    await desk.has_ticket()
    # Due on Thursday at closing time; the bot comes back in the evening.
    assert await look(desk, hours=26) == []
    assert await look(desk, hours=13, minutes=59) == []
    assert await look(desk, minutes=1) == [(PROCUREMENT, "ticket:overdue")]


async def test_what_is_critical_is_told_at_night_and_everybody_called(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wir haben gerade einen Ransomware-Befall, Dateien sind verschlüsselt!")
    assert (await desk.ticket(1)).priority == "critical"
    told = await look(desk, hours=9)
    assert told == [(OPERATIONS, "ticket:overdue"), (SECURITY, "ticket:overdue")]
    assert [sent.calls for sent in desk.last] == [[], [CEM]]


async def test_of_what_is_critical_only_whoever_has_it_is_called(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wir haben gerade einen Ransomware-Befall, Dateien sind verschlüsselt!")
    desk.homeserver.rooms.enter(SECURITY, DOR)
    await desk.says(CEM, "!kaz übernehmen 1")
    assert await look(desk, hours=1) == [(SECURITY, "ticket:overdue")]
    assert desk.last[0].calls == [CEM]


async def test_that_something_was_due_soon_is_not_kept(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await look(desk, hours=22)
    [shown] = await desk.says(ANN, "!kaz verlauf 1")
    assert shown.splitlines()[-1].endswith("Ann: übernommen")


async def test_an_answer_is_enough_for_the_first_target(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort 1 Wir kümmern uns darum.")
    assert await look(desk, hours=30) == []
    # Three quarters of five days of work: Tuesday noon.
    assert await look(desk, days=4, hours=17, minutes=59) == []
    assert await look(desk, minutes=1) == [(PROCUREMENT, "info:target_near")]
    assert "Die Lösung ist bald fällig" in desk.last[0].body


@pytest.mark.parametrize("state", ["resolved", "closed", "withdrawn"])
async def test_a_ticket_that_has_ended_is_never_overdue(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    assert await look(desk, days=60) == []


async def test_the_clock_stands_while_the_asker_is_awaited(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("waiting")
    assert await look(desk, days=60) == []
    await desk.says(EVA, "Es kostet 5 Euro.", thread=question)
    assert await look(desk) == []
    # Forty hours of work, as many as were left when it stopped, from the Monday after.
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Lösung: bis Montag, 7. Dezember 2026, 10:00 Uhr" in shown
    # To be asked something is a first answer.
    assert "Erste Antwort" not in shown


async def test_reopened_the_whole_time_begins_again(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    desk.clock.advance(days=2)
    await desk.says(EVA, "!kaz öffnen 1")
    assert await look(desk) == []
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Erste Antwort" not in shown
    assert "Lösung: bis Freitag, 9. Oktober 2026, 14:00 Uhr" in shown


async def test_another_priority_has_other_targets_since_the_opening(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(hours=2)
    await desk.says(ANN, "!kaz priorität hoch 1")
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Erste Antwort: bis Mittwoch, 30. September 2026, 16:00 Uhr" in shown
    assert await look(desk, hours=1) == [(PROCUREMENT, "info:target_near")]


async def test_less_urgent_again_it_is_told_again_when_it_is_due(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz priorität hoch 1")
    assert await look(desk, hours=20, minutes=30) == [(PROCUREMENT, "ticket:overdue")]
    await desk.says(ANN, "!kaz priorität normal 1")
    assert await look(desk) == []
    assert await look(desk, hours=2) == [(PROCUREMENT, "info:target_near")]


async def test_another_area_takes_the_clock_over(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(hours=2)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    assert await look(desk, hours=20) == [(SECURITY, "info:target_near")]


async def test_a_merged_ticket_is_silent(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(hours=1)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    assert await look(desk, hours=24) == [(PROCUREMENT, "ticket:overdue")]
    assert desk.last[0].about["id"] == "KAZ-1"


async def test_a_ticket_that_leads_again_has_its_own_clock(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(hours=1)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(EVA, "!kaz zurückziehen 1")
    assert await look(desk, hours=21) == []
    assert await look(desk, hours=1) == [(PROCUREMENT, "info:target_near")]
    assert desk.last[0].about["id"] == "KAZ-2"


async def test_those_who_waited_together_run_on_together(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    other = await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz übernehmen 1")
    await desk.says(ANN, "!kaz rückfrage 1 Wie teuer ist es?")
    desk.clock.advance(days=60)
    await desk.says(UDO, "Es kostet 5 Euro.", thread=other)
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Lösung: bis Montag, 7. Dezember 2026, 10:00 Uhr" in shown


async def test_whoever_writes_all_who_waited_together_run_on(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket(asker=UDO)
    third = await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz zusammenführen 1 3")
    await desk.says(ANN, "!kaz übernehmen 1")
    await desk.says(ANN, "!kaz rückfrage 1 Wie teuer ist es?")
    desk.clock.advance(days=1)
    await desk.says(EVA, "Es kostet 5 Euro.", thread=third)
    desk.clock.advance(days=1)
    await desk.says(EVA, "!kaz zurückziehen 1")
    [shown] = await desk.says(ANN, "!kaz zeige 2")
    # Eight hours of waiting, though Udo said nothing.
    assert "Lösung: bis Donnerstag, 8. Oktober 2026, 14:00 Uhr" in shown


@on_both_databases
async def test_who_follows_a_forgotten_asker_is_still_answered_in_time(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    async with desk.store.work() as work:
        await forget_user(work, EVA, desk.clock.now())
    assert await look(desk) == []
    assert await look(desk, hours=22) == [(PROCUREMENT, "info:target_near")]
    assert desk.last[0].about["id"] == "KAZ-2"


async def test_a_breach_is_told_once_over_a_restart(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    assert await look(desk, hours=24) == [(PROCUREMENT, "ticket:overdue")]
    await desk.restarts()
    assert await look(desk) == []


async def test_many_are_told_one_tick_after_the_other(desk: DeskAtWork) -> None:
    for _ in range(22):
        await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert len(await look(desk, hours=24)) == 20
    assert len(await look(desk)) == 2
    assert await look(desk) == []


async def test_an_area_without_a_room_leaves_it_to_the_operators(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.rooms.drop(PROCUREMENT)
    assert await look(desk, days=5) == [(OPERATIONS, "ticket:overdue")]


async def test_a_ticket_from_before_there_were_clocks_gets_one_when_it_goes_on(
    desk: DeskAtWork,
) -> None:
    async with desk.store.work() as work:
        await work.tickets.add(OLD)
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Lösung" not in shown
    await desk.says(ANN, "!kaz übernehmen 1")
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Erste Antwort" not in shown
    assert "Lösung: bis Mittwoch, 7. Oktober 2026, 14:00 Uhr" in shown


async def test_an_ended_ticket_from_before_gets_no_clock(desk: DeskAtWork) -> None:
    async with desk.store.work() as work:
        await work.tickets.add(replace(OLD, state=TicketState.RESOLVED, resolved_at=MORNING))
    await desk.says(EVA, "!kaz hilfreich 1")
    async with desk.store.work() as work:
        assert await work.clocks.get(TicketId(1)) is None
