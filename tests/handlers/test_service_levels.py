"""Askers are told by when they are answered, and specialists what they owe."""

from datetime import timedelta

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.domain.service_levels import ServiceLevels, Targets
from kaz_bot.domain.tickets import Priority
from kaz_bot.messages import UserId
from tests.desk import (
    ANN,
    BEK,
    CEM,
    EVA,
    EVAS_CHAT,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    OpenDesk,
)

INCIDENT = "Wir haben gerade einen Ransomware-Befall, Dateien sind verschlüsselt!"
# On Wednesday, 30 September 2026, at 12:00 somebody asks.
ANSWER = "Erste Antwort: bis Donnerstag, 1. Oktober 2026, 12:00 Uhr"
SOLUTION = "Lösung: bis Mittwoch, 7. Oktober 2026, 14:00 Uhr"


async def test_the_receipt_says_by_when(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [receipt] = desk.bodies(PROJECT)
    assert (
        "Eine erste Antwort erhalten Sie bis Donnerstag, 1. Oktober 2026, 12:00 Uhr. "
        "Ziel für die Lösung: Mittwoch, 7. Oktober 2026, 14:00 Uhr."
    ) in receipt
    assert "Dienstzeit" not in receipt


async def test_the_receipt_says_so_in_english(desk: DeskAtWork) -> None:
    await desk.binds(PROJECT, language=Language.EN)
    await desk.has_ticket()
    [receipt] = desk.bodies(PROJECT)
    assert (
        "You will get a first answer by Thursday, 1 October 2026, 12:00. "
        "Our aim is to solve it by Wednesday, 7 October 2026, 14:00."
    ) in receipt


async def test_what_is_urgent_has_less_time(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wer prüft das? #vergabe !dringend")
    [receipt] = desk.bodies(PROJECT)
    assert "bis Mittwoch, 30. September 2026, 16:00 Uhr." in receipt


async def test_outside_business_hours_the_receipt_says_so(desk: DeskAtWork) -> None:
    desk.clock.advance(days=2, hours=3)
    await desk.has_ticket()
    [receipt] = desk.bodies(PROJECT)
    assert "Gerade ist außerhalb der Dienstzeit.\n" in receipt
    assert "Eine erste Antwort erhalten Sie bis Montag, 5. Oktober 2026, 16:00 Uhr." in receipt
    assert "0331 000 112" not in receipt


async def test_an_incident_outside_business_hours_is_not_left_to_wait(desk: DeskAtWork) -> None:
    desk.clock.advance(hours=9)
    await desk.asks(EVA, INCIDENT)
    [receipt] = desk.bodies(PROJECT)
    assert "Melden Sie den Vorfall: 0331 000 112" in receipt
    assert (
        "Gerade ist außerhalb der Dienstzeit. "
        "Warten Sie nicht auf uns. Melden Sie sich hier: 0331 000 112"
    ) in receipt


async def test_without_a_contact_nobody_is_told_to_call(open_desk: OpenDesk) -> None:
    desk = await open_desk(emergency_contact="")
    desk.clock.advance(hours=9)
    await desk.asks(EVA, INCIDENT)
    [receipt] = desk.bodies(PROJECT)
    assert "Gerade ist außerhalb der Dienstzeit.\n" in receipt
    assert "Melden Sie sich" not in receipt


async def test_the_operators_targets_count(open_desk: OpenDesk) -> None:
    soon = Targets(answer=timedelta(minutes=30), solution=timedelta(hours=1))
    desk = await open_desk(service_levels=ServiceLevels(dict.fromkeys(Priority, soon)))
    await desk.has_ticket()
    [receipt] = desk.bodies(PROJECT)
    assert "bis Mittwoch, 30. September 2026, 12:30 Uhr." in receipt


@pytest.mark.parametrize(("person", "command"), [(EVA, "status"), (ANN, "zeige")])
async def test_a_ticket_shows_by_when(desk: DeskAtWork, person: UserId, command: str) -> None:
    await desk.has_ticket()
    [shown] = await desk.says(person, f"!kaz {command} 1")
    assert f"- {ANSWER}\n- {SOLUTION}\n" in shown


async def test_once_answered_only_the_solution_is_awaited(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz antwort 1 Wir kümmern uns darum.")
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert (ANSWER in shown, SOLUTION in shown) == (False, True)


async def test_what_is_late_says_since_when(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(days=2)
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert "- Erste Antwort: überfällig seit Donnerstag, 1. Oktober 2026, 12:00 Uhr\n" in shown


async def test_who_is_awaited_is_told_that_the_clock_stands(desk: DeskAtWork) -> None:
    await desk.has_ticket("waiting")
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert "- Wartet auf Sie, die Uhr steht\n" in shown
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "- Wartet auf Rückmeldung, die Uhr steht\n" in shown
    [listed] = await desk.says(EVA, "!kaz meine")
    assert "KAZ-1, wartet auf Rückmeldung, wartet auf Sie, die Uhr steht" in listed
    [listed] = await desk.says(ANN, "!kaz liste")
    assert "KAZ-1, wartet auf Rückmeldung, Ann, die Uhr steht" in listed


@pytest.mark.parametrize("state", ["resolved", "closed", "withdrawn"])
async def test_what_has_ended_is_due_no_more(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    [shown] = await desk.says(EVA, "!kaz status 1")
    assert ("Erste Antwort" in shown, "Lösung:" in shown) == (False, False)


async def test_lists_show_the_next_target(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [listed] = await desk.says(EVA, "!kaz meine")
    assert "KAZ-1, neu, Erste Antwort bis Donnerstag, 1. Oktober 2026, 12:00 Uhr: D" in listed
    [listed] = await desk.says(ANN, "!kaz liste")
    assert "KAZ-1, neu, Erste Antwort bis Donnerstag, 1. Oktober 2026, 12:00 Uhr: D" in listed


async def test_who_is_answered_together_is_answered_at_the_same_time(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.clock.advance(hours=2)
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    [shown] = await desk.says(UDO, "!kaz status 2")
    assert ANSWER in shown


@pytest.mark.parametrize("word", ["überfällig", "ueberfaellig", "ÜBERFÄLLIG", "overdue"])
async def test_the_overdue_are_listed_urgent_ones_first(desk: DeskAtWork, word: str) -> None:
    await desk.has_ticket("claimed")
    await desk.asks(UDO, "Wer weiß das? #vergabe !dringend")
    await desk.asks(EVA, "Wer hilft? #sicherheit")
    desk.clock.advance(days=2)
    await desk.asks(EVA, "Und das? #vergabe")
    [listed] = await desk.says(BEK, f"!kaz liste {word}")
    assert desk.told(PROCUREMENT) == ["info:list"]
    urgent, usual = [line for line in listed.splitlines() if line.startswith("- ")]
    assert listed.startswith("Überfällige Anfragen im Fachgebiet Vergabe & Lizenzen:\n")
    assert urgent.startswith(
        "- KAZ-2, neu, Priorität hoch, überfällig seit Mittwoch, 30. September 2026, 16:00 Uhr"
    )
    assert usual.startswith(
        "- KAZ-1, übernommen, Ann, überfällig seit Donnerstag, 1. Oktober 2026, 12:00 Uhr"
    )


async def test_nothing_overdue_is_said_too(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [listed] = await desk.says(ANN, "!kaz liste überfällig")
    assert listed == "Überfällige Anfragen im Fachgebiet Vergabe & Lizenzen: keine"


async def test_overdue_confidential_tickets_are_listed_without_their_words(
    desk: DeskAtWork,
) -> None:
    await desk.asks(EVA, "Wer darf das wissen? #vergabe", room=EVAS_CHAT)
    desk.clock.advance(days=2)
    [listed] = await desk.says(ANN, "!kaz liste überfällig")
    assert ("KAZ-1" in listed, "wissen" in listed) == (True, False)


async def test_a_ticket_routed_on_is_overdue_where_it_is(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    desk.clock.advance(days=2)
    assert "KAZ-1" not in (await desk.says(ANN, "!kaz liste überfällig"))[0]
    assert "KAZ-1" in (await desk.says(CEM, "!kaz liste überfällig"))[0]
