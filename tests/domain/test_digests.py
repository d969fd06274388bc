"""What digests are made of: lines, sections, and what is worth a picture."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.digest_contents import Digest, Note, Reader, Section, Topic, filled
from kaz_bot.domain.digest_quotes import quoting
from kaz_bot.domain.digest_weeks import Load, Trend, Week, trend, worth_seeing
from kaz_bot.domain.digests import DigestOrder, Rhythm

NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
MONDAY = date(2026, 8, 3)
ORDER = DigestOrder(next_at=NOON, covered_until=NOON - timedelta(days=7), changed_at=NOON)
NOTHING = Load(new=0, claimed=0, waiting=0, opened=0, solved=0)


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(0, 0, 0), (3, 3, 0), (4, 4, 0), (5, 3, 2), (12, 3, 9)]
)
def test_three_lines_are_shown_and_the_others_counted(count: int, shown: int, more: int) -> None:
    section = Section.of(Topic.OPEN, [Note()] * count)
    assert (len(section.lines), section.more) == (shown, more)


def test_sections_without_lines_are_left_out() -> None:
    one = Section.of(Topic.OPEN, [Note()])
    assert filled([Section.of(Topic.OVERDUE, []), one]) == (one,)


def digest(*notes: Note, load: Load | None = None) -> Digest:
    sections = filled([Section.of(Topic.OPEN, notes)])
    return Digest(reader=Reader.AREA, since=NOON, until=NOON, sections=sections, load=load)


def test_a_digest_is_empty_when_there_is_nothing_to_do_and_nothing_new() -> None:
    assert digest(load=NOTHING).empty
    assert not digest(Note(), load=NOTHING).empty
    assert not digest(load=Load(new=0, claimed=1, waiting=0, opened=0, solved=0)).empty


def test_a_digest_knows_whose_words_it_repeats() -> None:
    task, paper = quoting(Subject("A-1")), quoting(Subject("BV-7"))
    told = digest(Note(quotes=(task,)), Note(sealed=True, quotes=(paper, task)))
    assert (told.quoted, told.sealed) == ((task, paper), True)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (9, [3, 3, 3], Trend.UNKNOWN),
        (9, [3, 3, 3, 3], Trend.MORE),
        (4, [3, 3, 3, 3], Trend.USUAL),
        (0, [3, 3, 3, 3], Trend.LESS),
        (1, [0, 0, 0, 0], Trend.USUAL),
        (109, [100, 100, 100, 100], Trend.USUAL),
        (126, [100, 100, 100, 100], Trend.MORE),
    ],
)
def test_more_or_less_is_said_when_it_is_clearly_so(
    now: int, before: list[int], expected: Trend
) -> None:
    assert trend(now, before) is expected


def weeks(*opened: int) -> list[Week]:
    return [Week(monday=MONDAY, opened=count, solved=0) for count in opened]


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ((0, 0, 0, 0, 0, 0, 0, 0), False),
        ((0, 0, 0, 0, 0, 5, 5, 5), False),
        ((0, 0, 0, 0, 2, 2, 2, 3), False),
        ((0, 0, 0, 0, 2, 0, 0, 8), True),
    ],
)
def test_a_picture_needs_four_weeks_and_ten_questions(counts: tuple[int, ...], seen: bool) -> None:
    assert worth_seeing(weeks(*counts)) is seen


def test_the_next_digest_begins_where_the_last_one_ended() -> None:
    told = ORDER.told(NOON, next_at=NOON + timedelta(days=7))
    assert (told.covered_until, told.next_at) == (NOON, NOON + timedelta(days=7))


def test_whoever_changes_how_often_misses_nothing() -> None:
    daily = ORDER.ordered(Rhythm.DAILY, next_at=NOON, at=NOON)
    assert daily.covered_until == ORDER.covered_until


def test_whoever_comes_back_starts_with_what_is_new() -> None:
    off = ORDER.ordered(Rhythm.OFF, next_at=None, at=NOON)
    later = NOON + timedelta(days=30)
    assert off.ordered(Rhythm.WEEKLY, next_at=later, at=later).covered_until == later
