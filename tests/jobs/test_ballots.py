"""Ballots end at their time whatever happens, and those who have not voted are called before."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from kaz_bot.domain.committee.ballots import Result
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.messages import Rendered
from kaz_bot.texts import Texts
from tests.committee import (
    POLL_END,
    answers,
    ballot,
    duty,
    files,
    opens,
    paper,
    passes,
    poll,
    register,
    root,
    seats,
    shown,
    votes,
)
from tests.desk import COMMITTEE, KIM, LEA, MAX, NIA, DeskAtWork, OpenDesk, on_both_databases

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
IN_A_WEEK = "mehrheitlich im Umlauf bis 8.10. 12 Uhr"


async def until(desk: DeskAtWork, hours: int) -> list[tuple[str, str, object]]:
    """What the bot says in each hour: when, what, and whom it calls."""
    return [
        (f"{desk.clock.now():%a %d %Hh}", sent.told, sent.calls)
        for _ in range(hours)
        for sent in await passes(desk, hours=1)
    ]


@on_both_databases
async def test_it_is_counted_at_its_end_as_soon_as_all_is_heard_that_was_sent_until_then(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz ja BV-1")
    assert [sent.told for sent in await passes(desk, hours=47, minutes=59)] == ["decision:reminded"]
    assert await passes(desk, minutes=1, seconds=1) == []
    (result,) = await passes(desk, seconds=1)
    assert result.about == {"id": "2026/1", "state": "passed", "event": "closed"}
    assert (result.msgtype, result.calls, result.thread) == ("m.text", [], None)
    assert "Beschlossen: Freitag, 2. Oktober 2026, 12:00 Uhr." in result.body
    assert "verspätet" not in result.body
    assert "Die Abstimmung ist beendet: Freitag, 2. Oktober 2026, 12:00 Uhr." in shown(desk)
    assert [sent.refers_to for sent in desk.last if sent.event_type == POLL_END] == [poll(desk)]
    assert await passes(desk, days=3) == []


async def test_nothing_is_counted_while_a_vote_may_still_be_on_its_way(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(days=2)
    in_time = desk.said(LEA, "!kaz ja BV-1")
    desk.homeserver.in_touch = False
    assert await passes(desk, minutes=1) == []
    await desk.takes(in_time)
    desk.homeserver.in_touch = True
    (result,) = await passes(desk, seconds=1)
    assert "Ja: 1 (Lea)" in result.body
    assert "verspätet" not in result.body


@on_both_databases
async def test_a_bot_that_was_down_counts_by_the_deadline_and_says_that_it_is_late(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(hours=47)
    in_time = [desk.said(who, "!kaz ja BV-1") for who in (LEA, MAX)]
    pressed = desk.reacted(NIA, "✅", root(desk))
    desk.clock.advance(hours=2)
    late = desk.said(KIM, "!kaz nein BV-1 Halt.")
    desk.clock.advance(hours=3)
    await desk.restarts()
    await desk.takes(*in_time, pressed, late)
    assert desk.told(COMMITTEE) == [*["decision:voted"] * 3, "error:bad_state"]
    (result,) = await passes(desk, seconds=1)
    assert result.about["id"] == "2026/1"
    assert "Dieses Ergebnis kommt verspätet." in result.body
    assert "Gezählt sind die Stimmen bis Freitag, 2. Oktober 2026, 12:00 Uhr." in result.body
    assert "Beschlossen: Freitag, 2. Oktober 2026, 12:00 Uhr." in result.body
    assert "Ja: 3 (Lea, Max und Nia)" in result.body
    (decision,) = await register(desk)
    assert decision.decided_at == (await ballot(desk)).due_at


async def test_the_last_missing_vote_heard_after_a_downtime_closes_it_late_by_its_own_time(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(hours=47)
    everybody = [desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX, NIA)]
    desk.clock.advance(hours=5)
    await desk.takes(*everybody)
    assert desk.told(COMMITTEE)[-1] == "decision:closed"
    assert "Dieses Ergebnis kommt verspätet." in desk.bodies(COMMITTEE)[-1]
    assert (await register(desk))[0].decided_at == everybody[-1].sent_at


async def test_the_year_of_a_decision_is_that_of_its_deadline(desk: DeskAtWork) -> None:
    await files(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1 im Umlauf bis 31.12. 23:59 Uhr")
    for_all = [desk.said(who, "!kaz ja BV-1") for who in (LEA, MAX, NIA)]
    await desk.takes(*for_all)
    desk.clock.advance(days=100)
    await desk.ticks(duty(desk))
    assert [str(decision.number) for decision in await register(desk)] == ["2026/1"]


async def test_an_objection_without_a_reason_is_named_and_does_not_count(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz enthaltung BV-1")
    await desk.reacts(KIM, "❌", root(desk))
    (result,) = await passes(desk, days=3)
    assert "Einspruch ohne Begründung, er zählt nicht: Kim." in result.body
    assert result.about["state"] == "passed"
    (decision,) = await register(desk)
    assert [vote.unexplained for vote in decision.votes] == [True, False, False, False]


async def test_whoever_is_silent_consents_only_where_the_rules_say_so(open_desk: OpenDesk) -> None:
    desk = await open_desk(silence_consents=True)
    (said,) = await opens(desk)
    assert "Wer bis zum Ende schweigt, stimmt damit zu." in said
    await desk.says(LEA, "!kaz enthaltung BV-1")
    (result,) = await passes(desk, days=3)
    assert "Durch Verschweigen zugestimmt: Kim, Max und Nia" in result.body
    assert "Abgestimmt haben 1 von 4." in result.body
    assert result.about["state"] == "passed"


@pytest.mark.parametrize(
    ("quorum", "result"),
    [("none", Result.PASSED), ("1", Result.PASSED), ("majority", Result.NO_QUORUM)],
)
async def test_the_quorum_is_the_operators(
    open_desk: OpenDesk, quorum: str, result: Result
) -> None:
    desk = await open_desk(quorum=quorum)
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await passes(desk, days=3)
    assert (await ballot(desk)).result is result


@on_both_databases
async def test_two_that_end_in_the_same_second_get_two_numbers_without_a_gap(
    desk: DeskAtWork,
) -> None:
    for number in (1, 2, 3):
        await files(desk, f"Portal {number}")
        await desk.says(KIM, f"!kaz abstimmung BV-{number} mehrheitlich bis Freitag 12 Uhr")
        await desk.takes(*(desk.said(who, f"!kaz ja BV-{number}") for who in (LEA, MAX, NIA)))
    results = await passes(desk, days=3)
    assert [sent.about["id"] for sent in results] == ["2026/1", "2026/2", "2026/3"]
    assert [decision.place for decision in await register(desk)] == [1, 2, 3]


@on_both_databases
async def test_only_bodies_that_are_missing_are_called_by_the_ladder(desk: DeskAtWork) -> None:
    await seats(desk)
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung BV-1 {IN_A_WEEK}")
    await desk.says(KIM, "!kaz ja BV-1")
    assert await until(desk, 24 * 9) == [
        ("Thu 01 06h", "decision:reminded", [MAX]),
        ("Wed 07 06h", "decision:reminded", [MAX]),
        ("Thu 08 06h", "decision:reminded", [MAX, NIA]),
        ("Thu 08 11h", "decision:closed", []),
    ]


async def test_a_reminder_says_until_when_and_can_be_pressed(desk: DeskAtWork) -> None:
    await seats(desk)
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung BV-1 {IN_A_WEEK}")
    (reminder,) = await passes(desk, hours=20)
    assert (reminder.thread, reminder.msgtype) == (root(desk), "m.text")
    assert reminder.about == {"id": "BV-1", "state": "voting", "event": "reminded"}
    assert reminder.body.startswith(
        "BV-1: Ein Portal\n\n"
        "Die Abstimmung endet: Donnerstag, 8. Oktober 2026, 12:00 Uhr. "
        "Es fehlen noch 2: Kaz und MIK."
    )
    await desk.reacts(MAX, "✅", reminder.event_id)
    assert await votes(desk) == [(MAX, "yes", "reaction")]


async def test_whoever_owes_a_reason_is_called_again(desk: DeskAtWork) -> None:
    await opens(desk, "im Umlauf bis 8.10. 12 Uhr")
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, MAX, NIA)))
    await desk.reacts(LEA, "❌", root(desk))
    (reminder,) = await passes(desk, hours=20)
    assert reminder.calls == [LEA]
    assert "Ohne Begründung zählt ein Einspruch nicht. Sie fehlt von: Lea." in reminder.body


async def test_whoever_is_not_in_the_room_or_biased_is_not_called(desk: DeskAtWork) -> None:
    await seats(desk)
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung BV-1 {IN_A_WEEK}")
    await desk.says(KIM, "!kaz befangen BV-1")
    desk.homeserver.rooms.leave(COMMITTEE, MAX)
    (reminder,) = await passes(desk, hours=20)
    assert reminder.calls == [LEA]
    assert "Es fehlen noch 2: Kaz und MIK." in reminder.body


async def test_after_a_downtime_there_is_one_call_and_in_business_hours(desk: DeskAtWork) -> None:
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung BV-1 {IN_A_WEEK}")
    desk.clock.advance(days=7, hours=10)
    await desk.restarts()
    assert await until(desk, 24) == [
        ("Thu 08 06h", "decision:reminded", [KIM, LEA, MAX, NIA]),
        ("Thu 08 11h", "decision:closed", []),
    ]


async def test_after_a_downtime_over_the_end_nobody_is_called_any_more(desk: DeskAtWork) -> None:
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung BV-1 {IN_A_WEEK}")
    desk.clock.advance(days=12)
    await desk.restarts()
    assert [sent.told for sent in await passes(desk, seconds=1)] == ["decision:closed"]


async def test_of_a_short_vote_people_are_reminded_by_the_hour_but_not_at_night(
    desk: DeskAtWork,
) -> None:
    await files(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1 bis heute 15 Uhr")
    assert [(when, told) for when, told, _ in await until(desk, 5)] == [
        ("Wed 30 12h", "decision:reminded"),
        ("Wed 30 14h", "decision:closed"),
    ]
    await files(desk, "Ein Amt")
    await desk.says(KIM, "!kaz abstimmung BV-2 bis heute 23 Uhr")
    assert [told for _, told, _ in await until(desk, 12)] == ["decision:closed"]


async def test_in_a_meeting_time_changes_nothing(desk: DeskAtWork) -> None:
    await opens(desk, "")
    await desk.says(LEA, "!kaz ja BV-1")
    assert await passes(desk, days=30) == []
    assert (await ballot(desk)).open


async def test_a_vote_that_cannot_be_read_yet_is_waited_for_as_long_as_keys_are(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(days=2)
    vote = desk.said(LEA, "!kaz ja BV-1")
    await desk.takes(desk.homeserver.sealed(vote, "s1", opens_to=vote))
    assert await passes(desk, seconds=30) == []
    desk.homeserver.keys.add("s1")
    await desk.takes(sessions=frozenset({"s1"}))
    assert desk.told(COMMITTEE) == ["decision:voted"]
    (result,) = await passes(desk, seconds=1)
    assert "Ja: 1 (Lea)" in result.body


async def test_but_not_for_ever_and_not_for_what_was_sent_too_late(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(days=2)
    typed, picked = desk.said(LEA, "!kaz ja BV-1"), answers(desk, MAX, "yes")
    sealed = [desk.homeserver.sealed(vote, "s1", opens_to=vote) for vote in (typed, picked)]
    await desk.takes(*sealed)
    assert await passes(desk, minutes=4, seconds=59) == []
    assert [sent.told for sent in await passes(desk, seconds=1)] == ["decision:closed"]
    desk.homeserver.keys.add("s1")
    await desk.takes(sessions=frozenset({"s1"}))
    assert desk.told(COMMITTEE) == ["error:bad_state"] * 2
    assert ["erst nach der Auszählung lesen" in sent.body for sent in desk.last] == [True, True]
    await desk.says(KIM, "!kaz abstimmung BV-1 bis 7.10. 12 Uhr")
    desk.clock.advance(days=4, hours=23, minutes=56)
    late = desk.said(MAX, "!kaz ja BV-1", sent_at=desk.clock.now() + timedelta(seconds=1))
    await desk.takes(desk.homeserver.sealed(late, "s2", opens_to=late))
    assert [sent.told for sent in await passes(desk, seconds=2)] == ["decision:closed"]


class Speechless(Texts):
    """Has no words for how the vote on the first paper ended."""

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        paper = facts.get("paper")
        if template == "ballot/no_quorum" and isinstance(paper, Paper) and paper.id == 1:
            raise ZeroDivisionError
        return super().render(template, language, facts)


@on_both_databases
async def test_a_result_without_words_keeps_no_other_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await opens(desk)
    await files(desk, "Ein Amt")
    await desk.says(KIM, "!kaz abstimmung BV-2 bis Freitag 12 Uhr")
    desk.loses_texts(Speechless())
    assert [sent.about["id"] for sent in await passes(desk, days=3)] == ["BV-2"]
    assert caplog.text.count("BallotDuty: number 1 failed and is set aside") == 1
    assert [(await paper(desk, number)).state for number in (1, 2)] == ["voting", "deferred"]
