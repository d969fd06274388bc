"""A digest comes once a week, when it is due, once, to those who are there to read it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.config import WhenEmpty
from kaz_bot.crontab import Crontab
from kaz_bot.domain.digest_contents import Digest
from kaz_bot.jobs.digest import DigestDuty
from kaz_bot.messages import Left, Rendered, RoomId
from kaz_bot.texts import Texts
from tests.desk import (
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    MARKET,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    PROJECTS,
    SECURITY,
    STANDARDS,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.digests import TO_MONDAY, next_at, opens, order_of, passes
from tests.dispatcher.troubles import Ended, Fuse
from tests.fakes import MORNING, Sent

BERLIN = ZoneInfo("Europe/Berlin")
# The rooms of the town that read a digest: all but the operators'.
READING = {PROJECT, MARKET, PROCUREMENT, SECURITY, STANDARDS, PROJECTS, COMMITTEE}


def rooms(sent: list[Sent]) -> list[RoomId]:
    return sorted(letter.room_id for letter in sent)


@on_both_databases
async def test_each_room_but_the_operators_reads_one_on_monday_at_eight(desk: DeskAtWork) -> None:
    await opens(desk)
    assert await passes(desk, days=4, hours=19, minutes=59) == []
    told = await passes(desk, minutes=1)
    assert rooms(told) == sorted(READING)
    assert {letter.told.partition(":")[0] for letter in told} == {"digest"}


async def test_the_key_says_from_when_to_when_and_where(desk: DeskAtWork) -> None:
    await opens(desk)
    told = await passes(desk, **TO_MONDAY)
    (of_project,) = [letter for letter in told if letter.room_id == PROJECT]
    assert of_project.about == {
        "from": "2026-09-30T12:00:00+02:00",
        "to": "2026-10-05T08:00:00+02:00",
        "room": PROJECT,
    }
    assert (of_project.msgtype, of_project.calls) == ("m.notice", [])


@on_both_databases
async def test_it_is_never_told_twice(desk: DeskAtWork) -> None:
    await opens(desk)
    await passes(desk, **TO_MONDAY)
    assert await passes(desk, minutes=1) == []
    await desk.restarts()
    assert await passes(desk, days=6, hours=23, minutes=58) == []
    assert rooms(await passes(desk, minutes=1)) == sorted(READING)


async def test_the_next_one_begins_where_the_last_one_ended(desk: DeskAtWork) -> None:
    await opens(desk)
    await passes(desk, **TO_MONDAY)
    told = await passes(desk, days=7)
    assert {(letter.about["from"], letter.about["to"]) for letter in told} == {
        ("2026-10-05T08:00:00+02:00", "2026-10-12T08:00:00+02:00")
    }


async def ends_and_begins_again(desk: DeskAtWork, fuse: Fuse) -> None:
    """The program ends when the fuse is burnt, and is started again."""
    desk.clock.advance(**TO_MONDAY)
    desk.homeserver.interrupts = fuse.burn
    with fuse.lit(), suppress(Ended):
        await desk.ticks(DigestDuty(desk.desk))
    desk.homeserver.interrupts = lambda: None
    await desk.restarts()
    await desk.ticks(DigestDuty(desk.desk))


def digests(desk: DeskAtWork) -> list[RoomId]:
    return rooms([letter for letter in desk.homeserver.sent if letter.told.startswith("digest")])


# A tick with seven digests takes at least so many steps; the first test notices if it does not.
STEPS = 140


async def test_a_tick_takes_as_many_steps_as_these_tests_believe(desk: DeskAtWork) -> None:
    await opens(desk)
    fuse = Fuse(100_000)
    await ends_and_begins_again(desk, fuse)
    assert STEPS <= fuse.burnt < 3 * STEPS


@pytest.mark.parametrize("steps", range(1, STEPS, 9))
async def test_a_program_that_ends_anywhere_tells_each_digest_once(
    desk: DeskAtWork, steps: int
) -> None:
    await opens(desk)
    await ends_and_begins_again(desk, Fuse(steps))
    assert digests(desk) == sorted(READING)


async def starts_on(desk: DeskAtWork, moment: str) -> None:
    """The desk begins at that time of Brandenburg."""
    begins = datetime.fromisoformat(moment).replace(tzinfo=BERLIN)
    desk.clock.advance(seconds=(begins - MORNING).total_seconds())
    await opens(desk)


async def test_a_monday_that_is_a_holiday_moves_to_tuesday(desk: DeskAtWork) -> None:
    await starts_on(desk, "2027-05-12T09:00")
    assert await passes(desk, days=5) == []
    assert rooms(await passes(desk, hours=23)) == sorted(READING)
    assert desk.clock.now().astimezone(BERLIN).isoformat() == "2027-05-18T08:00:00+02:00"


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        ("2026-10-19T08:01", "2026-10-26T08:00:00+01:00"),
        ("2026-03-23T08:01", "2026-03-30T08:00:00+02:00"),
    ],
    ids=["to winter", "to summer"],
)
async def test_when_the_clocks_change_it_stays_eight_on_the_wall(
    desk: DeskAtWork, begins: str, due: str
) -> None:
    await starts_on(desk, begins)
    at = await next_at(desk, PROJECT)
    assert at is not None
    assert at.isoformat() == due
    assert await passes(desk, seconds=(at - desk.clock.now()).total_seconds() - 1) == []
    assert rooms(await passes(desk, seconds=1)) == sorted(READING)


async def test_a_late_one_says_so_and_when_it_was_due(desk: DeskAtWork) -> None:
    await opens(desk)
    told = await passes(desk, days=5)
    assert rooms(told) == sorted(READING)
    assert (
        "Dieser Digest kommt verspätet, weil ich nicht erreichbar war. "
        "Fällig war er am Montag, 5. Oktober 2026, 8:00 Uhr."
    ) in told[0].body


async def test_after_a_long_time_one_covers_all_that_was_missed(desk: DeskAtWork) -> None:
    await opens(desk)
    told = await passes(desk, days=20)
    assert rooms(told) == sorted(READING)
    assert told[0].about["from"] == "2026-09-30T12:00:00+02:00"
    assert "Fällig war er am Montag, 5. Oktober 2026, 8:00 Uhr." in told[0].body
    assert await passes(desk, minutes=1) == []


async def test_a_late_one_disturbs_nobody_at_night(desk: DeskAtWork) -> None:
    await opens(desk)
    assert await passes(desk, days=5, hours=14) == []
    assert rooms(await passes(desk, hours=6)) == sorted(READING)


async def test_a_minute_later_is_not_late(desk: DeskAtWork) -> None:
    await opens(desk)
    told = await passes(desk, days=4, hours=20, minutes=1)
    assert "verspätet" not in told[0].body


async def test_when_there_is_nothing_it_is_one_line_and_how_to_change_that(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    told = await passes(desk, **TO_MONDAY)
    (of_market,) = [letter for letter in told if letter.room_id == MARKET]
    assert of_market.body == (
        "Die Woche im Überblick: Seit Mittwoch, 30. September 2026, gibt es nichts Neues. "
        "Es ist auch nichts offen.\n\n"
        "Öfter, seltener oder gar nicht: !kaz digest"
    )


async def test_or_silence_if_the_operator_wants_it(open_desk: OpenDesk) -> None:
    desk = await open_desk(digest_when_empty=WhenEmpty.SILENCE)
    await opens(desk)
    assert await passes(desk, **TO_MONDAY) == []
    await desk.has_ticket()
    assert rooms(await passes(desk, days=7)) == sorted([PROJECT, PROCUREMENT])


async def test_the_operator_says_when(open_desk: OpenDesk) -> None:
    desk = await open_desk(digest_times=Crontab("30 9 * * 5"))
    await opens(desk)
    assert await passes(desk, days=1, hours=21, minutes=29) == []
    assert rooms(await passes(desk, minutes=1)) == sorted(READING)


async def test_a_room_that_the_bot_has_left_reads_none(desk: DeskAtWork) -> None:
    await opens(desk)
    left = Left(
        event_id=desk.homeserver.new_event_id(),
        room_id=MARKET,
        sender=EVA,
        sent_at=desk.clock.now(),
    )
    desk.homeserver.rooms.drop(MARKET)
    await desk.takes(left)
    assert MARKET not in rooms(await passes(desk, **TO_MONDAY))
    order = await order_of(desk, MARKET)
    assert order is not None
    assert (order.covered_until, order.next_at) == (
        MORNING,
        MORNING + timedelta(days=11, hours=20),
    )


async def test_a_room_that_is_bound_later_begins_then(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.binds(OPERATIONS, kind="project")
    await passes(desk, days=2)
    order = await order_of(desk, OPERATIONS)
    assert order is not None
    assert order.covered_until == MORNING


async def test_a_room_that_was_there_long_before_begins_with_the_past_week(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await desk.binds(OPERATIONS, kind="project")
    await passes(desk, days=20)
    order = await order_of(desk, OPERATIONS)
    assert order is not None
    assert order.covered_until == MORNING + timedelta(days=13)


@on_both_databases
async def test_a_person_reads_one_if_they_ordered_it(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    told = await passes(desk, **TO_MONDAY)
    assert rooms(told) == sorted([*READING, EVAS_CHAT])
    (own,) = [letter for letter in told if letter.room_id == EVAS_CHAT]
    assert (own.msgtype, own.about["room"]) == ("m.text", EVAS_CHAT)


async def test_whoever_has_left_their_chat_reads_none(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    desk.homeserver.rooms.leave(EVAS_CHAT, EVA)
    assert rooms(await passes(desk, **TO_MONDAY)) == sorted(READING)


async def test_whoever_is_served_no_more_reads_none(desk: DeskAtWork) -> None:
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    desk.settings = replace(desk.settings, allowed_servers=frozenset({"other.test"}))
    desk.starts(desk.store)
    assert EVAS_CHAT not in rooms(await passes(desk, **TO_MONDAY))


async def test_each_day_means_each_working_day(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest täglich", room=EVAS_CHAT)
    days = [await passes(desk, hours=20 if day == 0 else 24) for day in range(6)]
    assert [EVAS_CHAT in rooms(told) for told in days] == [
        *(True, True),
        *(False, False),
        *(True, True),
    ]


class SpeechlessInSecurity(Texts):
    """Has no words for the digest of one area."""

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        digest = facts.get("digest")
        if isinstance(digest, Digest) and digest.area == "security":
            raise ZeroDivisionError
        return super().render(template, language, facts)


@on_both_databases
async def test_one_without_words_keeps_no_other_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await opens(desk)
    desk.loses_texts(SpeechlessInSecurity())
    assert rooms(await passes(desk, **TO_MONDAY)) == sorted(READING - {SECURITY})
    assert caplog.text.count("DigestDuty: number") == 1
    desk.loses_texts(Texts())
    assert rooms(await passes(desk, hours=1)) == [SECURITY]
