"""A meeting's steps and times, what people say of it, and who was there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.domain.committee.agenda_items import place_first, result_of
from kaz_bot.domain.committee.attending import Represented, Roll, roll_of
from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.meetings import (
    Attendance,
    ItemResult,
    Meeting,
    MeetingState,
    MeetingWrongState,
    Presence,
)
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.domain.committee.particulars import Particulars, read
from kaz_bot.domain.committee.spans import length_until, without_end
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.messages import EventId, RoomId, UserId

NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
# A Monday, ten o'clock in Brandenburg.
MONDAY = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
KIM, LEA, MAX = UserId("@kim:kaz.test"), UserId("@lea:kaz.test"), UserId("@max:kaz.test")
COMMITTEE = RoomId("!committee:kaz.test")
WORKING = WorkingTime()
MEETING = Meeting(
    id=MeetingId(4),
    room_id=COMMITTEE,
    starts_at=MONDAY,
    zone="Europe/Berlin",
    place="Rathaus",
    owner=KIM,
    event_id=EventId("$called"),
    set_at=NOON,
    changed_at=NOON,
)


def test_it_begins_ends_and_its_minutes_are_approved() -> None:
    running = MEETING.begun(MONDAY, WORKING)
    ended = running.ended(MONDAY + timedelta(hours=1))
    approved = ended.approved(KIM, MONDAY + timedelta(days=7))
    assert [one.state for one in (running, ended, approved)] == ["running", "ended", "approved"]
    assert (approved.approved_by, approved.approved_at) == (KIM, MONDAY + timedelta(days=7))


def test_a_step_out_of_order_is_refused() -> None:
    with pytest.raises(MeetingWrongState):
        MEETING.ended(NOON)
    with pytest.raises(MeetingWrongState):
        MEETING.approved(KIM, NOON)
    with pytest.raises(MeetingWrongState):
        MEETING.cancelled(NOON).moved(MONDAY, "", NOON)
    with pytest.raises(MeetingWrongState):
        MEETING.begun(NOON, WORKING).cancelled(NOON)


def test_each_change_of_the_date_has_the_next_sequence() -> None:
    moved = MEETING.moved(MONDAY + timedelta(days=1), "", NOON)
    assert (moved.sequence, moved.place) == (1, "Rathaus")
    assert moved.cancelled(NOON).sequence == 2


@pytest.mark.parametrize(
    ("starts_at", "announced_at"),
    [
        # Before a Monday lies a weekend, before Whit Tuesday also a holiday.
        (MONDAY, datetime(2026, 10, 16, 6, 0, tzinfo=UTC)),
        (datetime(2026, 5, 26, 8, 0, tzinfo=UTC), datetime(2026, 5, 22, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 21, 8, 0, tzinfo=UTC), datetime(2026, 10, 20, 6, 0, tzinfo=UTC)),
    ],
)
def test_people_are_reminded_in_the_morning_of_the_working_day_before(
    starts_at: datetime, announced_at: datetime
) -> None:
    assert replace(MEETING, starts_at=starts_at).announced_at(WORKING) == announced_at


def test_one_called_for_the_same_day_is_not_announced_any_more() -> None:
    friday = datetime(2026, 10, 16, 7, 0, tzinfo=UTC)
    # Monday's end, one day later, on Tuesday at noon.
    assert MEETING.awaited(friday, WORKING).next_at == MONDAY + timedelta(hours=26)


def test_one_that_begins_late_is_asked_about_later() -> None:
    late = MEETING.begun(MONDAY + timedelta(hours=2), WORKING)
    assert late.next_at == MONDAY + timedelta(hours=28)


@pytest.mark.parametrize(
    ("said", "result", "text"),
    [
        ("vertagt", ItemResult.ADJOURNED, ""),
        ("Vertagt auf Mai", ItemResult.ADJOURNED, "auf Mai"),
        ("wird vertagt.", ItemResult.ADJOURNED, ""),
        ("zurueckgestellt, weil Zahlen fehlen", ItemResult.ON_HOLD, "weil Zahlen fehlen"),
        ("zurückgestellt", ItemResult.ON_HOLD, ""),
        ("abgesetzt", ItemResult.REMOVED, ""),
        ("z. K.", ItemResult.NOTED, ""),
        ("zur Kenntnis genommen", ItemResult.NOTED, ""),
        ("Der Bericht wird zur Kenntnis genommen.", ItemResult.NOTED, "Der Bericht"),
        ("on hold: money", ItemResult.ON_HOLD, "money"),
        ("noted", ItemResult.NOTED, ""),
        ("adjourned", ItemResult.ADJOURNED, ""),
        ("nicht vertagt", ItemResult.TEXT, "nicht vertagt"),
        ("Der Punkt wird nicht vertagt", ItemResult.TEXT, "Der Punkt wird nicht vertagt"),
        ("Abgesetztes Gerät tauschen", ItemResult.TEXT, "Abgesetztes Gerät tauschen"),
        ("Kim schreibt einen Entwurf", ItemResult.TEXT, "Kim schreibt einen Entwurf"),
    ],
)
def test_results_are_recognised_by_the_words_people_use(
    said: str, result: ItemResult, text: str
) -> None:
    assert result_of(said) == (result, text)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2 vertagt", (2, "vertagt")),
        ("TOP 2: vertagt", (2, "vertagt")),
        ("2", (2, "")),
        ("2027 planen", (2027, "planen")),
        ("2a vertagt", (None, "2a vertagt")),
        ("vertagt", (None, "vertagt")),
    ],
)
def test_an_item_is_named_by_its_number(said: str, found: tuple[int | None, str]) -> None:
    assert place_first(said) == found


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12.10. 10 Uhr Rathaus", Particulars(head="12.10. 10 Uhr Rathaus")),
        (
            "12.10. 10 Uhr\nOrt: Raum 5\nLink: https://a.test\nTitel: Klausur",
            Particulars(head="12.10. 10 Uhr", place="Raum 5, https://a.test", title="Klausur"),
        ),
        ("12.10. 10 Uhr\n**Ort:** Raum 5", Particulars(head="12.10. 10 Uhr", place="Raum 5")),
        ("IT-Rat 12.10. 10 Uhr", Particulars(head="12.10. 10 Uhr", title="IT-Rat", outside=True)),
        ("des IT-Rats: 12.10.", Particulars(head="12.10.", title="IT-Rat", outside=True)),
        ("it rat am 12.10.", Particulars(head="am 12.10.", title="IT-Rat", outside=True)),
        ("12.10. 10 Uhr beim IT-Rat", Particulars(head="12.10. 10 Uhr beim IT-Rat")),
        ("IT-Ratgeber 12.10.", Particulars(head="IT-Ratgeber 12.10.")),
    ],
)
def test_a_meeting_is_called_in_lines(said: str, meant: Particulars) -> None:
    assert read(said) == meant


@pytest.mark.parametrize(
    ("said", "lasts"),
    [
        ("19.10. 10-12 Uhr Rathaus", timedelta(hours=2)),
        ("19.10. von 10 bis 11:30 Uhr", timedelta(hours=1, minutes=30)),
        ("19.10. 10:00–13:00", timedelta(hours=3)),
        ("19 October 10:00 to 11:00", timedelta(hours=1)),
        ("19.10. 10 Uhr Raum 4-12", None),
        ("19.10. 10 Uhr", None),
        ("19.10. 10-3 Uhr", timedelta(hours=5)),
        ("99.99. 88-99 Uhr", None),
    ],
)
def test_it_lasts_as_long_as_somebody_says(said: str, lasts: timedelta | None) -> None:
    _, until = without_end(said)
    assert (length_until(MEETING.starts, until) if until else None) == lasts


def test_a_roll_says_which_body_is_represented_by_whom() -> None:
    bodies = [
        Body(id=BodyId(1), room_id=COMMITTEE, name="MIK", members=(KIM,), deputies=(LEA,)),
        Body(id=BodyId(2), room_id=COMMITTEE, name="ZIT-BB", members=(MAX,)),
    ]
    guest = UserId("@gast:kaz.test")
    said = [present(LEA), present(guest), replace(present(MAX), presence=Presence.EXCUSED)]
    assert roll_of(bodies, said) == Roll(
        bodies=(Represented(body="MIK", deputies=(LEA,)), Represented(body="ZIT-BB")),
        others=(guest,),
        excused=(MAX,),
    )


def present(person: UserId) -> Attendance:
    return Attendance(
        meeting_id=MEETING.id, person=person, presence=Presence.PRESENT, noted_at=NOON
    )


def test_states_are_those_that_programs_read() -> None:
    assert list(MeetingState) == ["planned", "running", "ended", "approved", "cancelled"]
