"""When those who have not voted are called: by the ladder, never after the end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.ballots import Ballot, Manner
from kaz_bot.domain.committee.calling import call_missed, is_last_call, looked_at_next
from kaz_bot.domain.ladders import Ladder
from tests.domain.committee.ballots import OPENED, ballot

LADDER = Ladder()
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """`10-08 12:00` of 2026, in Brandenburg."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BERLIN)


def calls(one: Ballot) -> list[str]:
    """When time looks at it, until it is over."""
    found: list[str] = []
    after = one.opened_at
    while (following := looked_at_next(one, LADDER, after)) is not None and following > after:
        found.append(following.astimezone(BERLIN).strftime("%a %d.%m. %H:%M"))
        after = following
    return found


def test_two_weeks_a_week_and_a_day_before_that_morning_and_at_the_end() -> None:
    assert calls(ballot(due_at=at("11-19 12:00"))) == [
        "Thu 05.11. 08:00",
        "Thu 12.11. 08:00",
        "Wed 18.11. 08:00",
        "Thu 19.11. 08:00",
        "Thu 19.11. 12:00",
    ]


def test_one_that_ends_before_the_desk_opens_has_no_call_on_its_day() -> None:
    assert calls(ballot(due_at=at("10-08 07:00"))) == [
        "Thu 01.10. 08:00",
        "Wed 07.10. 08:00",
        "Thu 08.10. 07:00",
    ]


def test_a_short_one_has_calls_by_the_hour() -> None:
    assert calls(ballot(due_at=OPENED + timedelta(hours=6))) == [
        "Wed 30.09. 14:00",
        "Wed 30.09. 17:00",
        "Wed 30.09. 18:00",
    ]


def test_in_a_meeting_nothing_waits_for_time() -> None:
    assert looked_at_next(ballot(manner=Manner.MEETING, due_at=None), LADDER, OPENED) is None


def test_of_several_missed_calls_the_latest_is_made_and_none_twice() -> None:
    one = ballot(due_at=at("11-19 12:00"))
    missed = call_missed(one, LADDER, at("11-12 09:00"))
    assert missed is not None
    assert missed.at == at("11-12 08:00")
    told = one.reminded(at("11-18 08:00"), at("11-12 09:00"))
    assert call_missed(told, LADDER, at("11-13 09:00")) is None


def test_the_last_call_is_the_one_after_which_it_ends() -> None:
    one = ballot(due_at=at("10-08 12:00"))
    day_before, that_morning = (
        call_missed(one, LADDER, at(when)) for when in ("10-07 09:00", "10-08 09:00")
    )
    assert day_before is not None
    assert that_morning is not None
    assert [is_last_call(one, LADDER, rung) for rung in (day_before, that_morning)] == [False, True]


def test_after_the_end_nobody_is_called() -> None:
    assert call_missed(ballot(due_at=at("09-30 13:00")), LADDER, at("10-05 09:00")) is None
