"""A report says what was counted, and nothing of groups that are too small."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kaz_bot.domain.municipalities import MunicipalityKey, MunicipalityKind
from kaz_bot.domain.reports.cases import Case, Outcome
from kaz_bot.domain.reports.counts import Count, Disclosure
from kaz_bot.domain.reports.periods import ReportKind
from kaz_bot.domain.reports.report import counts_in
from kaz_bot.domain.tickets import Priority, Rating
from tests.domain.reports.cases import AREAS, CASE, REGISTER, counted, some, waited

FEW, WITHHELD = Count.of(3, Disclosure.FEW), Count.of(9, Disclosure.WITHHELD)
COTTBUS, POTSDAM, BARNIM = (
    MunicipalityKey("12052"),
    MunicipalityKey("12054"),
    MunicipalityKey("12060"),
)
BERNAU = next(one.key for one in REGISTER if one.name == "Bernau bei Berlin")
SOLVED = replace(CASE, outcome=Outcome.SOLVED)


def times(count: int, case: Case = CASE) -> list[Case]:
    return [case] * count


def from_(key: MunicipalityKey, count: int) -> list[Case]:
    return times(count, replace(CASE, municipality=key))


def test_where_questions_came_from_and_where_they_went_is_the_same_number() -> None:
    carried = replace(SOLVED, before=Outcome.OPEN)
    again = replace(CASE, before=Outcome.SOLVED)
    closed = replace(CASE, outcome=Outcome.CLOSED)
    cases = [*times(9), *times(7, carried), *times(6, again), *times(5, closed)]
    balance = counted(cases).report().balance
    assert (balance.asked.number, balance.carried.number, balance.reopened.number) == (14, 7, 6)
    assert (balance.solved.number, balance.closed.number, balance.open.number) == (7, 5, 15)
    assert balance.withdrawn == Count.of(0)


def test_a_month_shows_what_was_asked_in_it_and_what_was_solved_in_it() -> None:
    later = datetime(2026, 4, 20, 9, tzinfo=UTC)
    cases = times(8, replace(SOLVED, outcome_at=later))
    march, april, may = counted(cases).report().months
    assert (march.month, march.opened.number, march.solved.number) == (date(2026, 3, 1), 8, 0)
    assert (april.opened.number, april.solved.number) == (0, 8)
    assert (may.opened.number, may.solved.number) == (0, 0)


def test_all_districts_are_listed_and_those_with_few_are_covered_too() -> None:
    report = counted([*from_(BARNIM, 2), *from_(COTTBUS, 8), *times(5)]).report()
    assert report.coverage is not None
    assert (report.coverage.districts, report.coverage.of_districts) == (2, 18)
    assert len(report.districts) == 18
    barnim = next(row for row in report.districts if row.name == "Barnim")
    assert (barnim.covered, barnim.asked) == (True, FEW)


def test_a_district_counts_all_that_lies_in_it() -> None:
    report = counted([*from_(BARNIM, 6), *from_(BERNAU, 8), *times(5)]).report()
    numbers = {row.name: row.asked.number for row in report.districts if row.covered}
    assert numbers == {"Barnim": 14}
    kinds = {row.kind: row.asked.number for row in report.kinds if row.asked.any}
    assert kinds == {MunicipalityKind.DISTRICT: 6, MunicipalityKind.TOWN: 8}


def test_a_municipality_that_the_register_does_not_know_counts_as_unknown() -> None:
    report = counted([*from_(MunicipalityKey("99999"), 6), *from_(COTTBUS, 6)]).report()
    assert report.limits.without_municipality == Count.of(6)


def test_municipalities_are_named_only_where_that_is_asked_and_none_with_few() -> None:
    found = counted([*from_(BERNAU, 12), *from_(COTTBUS, 3), *from_(POTSDAM, 30), *times(9)])
    named = found.report(ReportKind.MUNICIPALITIES).municipalities
    assert [(row.name, row.asked.number) for row in named][:1] != []
    assert {row.key for row in named} <= {BERNAU, POTSDAM}
    assert found.report(ReportKind.IT_RAT).municipalities == ()
    assert found.report(ReportKind.AREA, AREAS[0]).municipalities == ()


def test_a_municipality_is_not_named_if_that_gives_its_neighbours_away() -> None:
    found = counted([*from_(BERNAU, 12), *from_(BARNIM, 2), *times(9)])
    report = found.report(ReportKind.MUNICIPALITIES)
    assert next(row.asked.number for row in report.districts if row.name == "Barnim") == 14
    assert report.municipalities == ()


def test_a_report_on_an_area_tells_nothing_of_municipalities_or_of_the_committee() -> None:
    report = counted(some(300, 3)).report(ReportKind.AREA, AREAS[1])
    assert (report.areas, report.kinds, report.districts, report.coverage) == ((), (), (), None)
    assert (report.committee, report.head.decisions, report.head.tasks_done) == (None, None, None)
    assert report.limits.without_municipality is None


def test_shares_and_medians_of_small_groups_are_not_told() -> None:
    urgent = replace(CASE, answer=waited(2, priority=Priority.HIGH))
    cases = [*times(3, urgent), *times(30, replace(CASE, answer=waited(3)))]
    rows = {row.priority: row.times for row in counted(cases).report().answers.rows}
    assert (rows[Priority.HIGH].share, rows[Priority.HIGH].median) == (None, None)
    assert rows[Priority.HIGH].number == FEW


def test_who_waits_too_long_still_counts_against_the_share_and_not_in_the_median() -> None:
    cases = [
        *times(8, replace(CASE, answer=waited(2))),
        *times(2, replace(CASE, answer=waited(50, over=False))),
    ]
    answers = counted(cases).report().answers.all
    assert (answers.number.number, answers.share) == (10, 0.8)
    assert answers.median == timedelta(hours=2)


def test_a_rating_that_few_gave_takes_the_share_with_it() -> None:
    found = counted(
        [
            *times(20, replace(SOLVED, rating=Rating.HELPFUL)),
            *times(2, replace(SOLVED, rating=Rating.NOT_HELPFUL)),
            *times(40, SOLVED),
        ]
    ).report()
    assert found.ratings.not_helpful == FEW
    assert found.ratings.helpful == WITHHELD
    assert (found.ratings.helpful_share, found.head.helpful_share) == (None, None)


def test_ratings_are_told_with_the_share_of_those_who_said_something() -> None:
    cases = [
        *times(15, replace(SOLVED, rating=Rating.HELPFUL)),
        *times(5, replace(SOLVED, rating=Rating.NOT_HELPFUL)),
        *times(30, SOLVED),
    ]
    assert counted(cases).report().ratings.helpful_share == 0.75


def test_reuse_is_what_an_existing_answer_ended() -> None:
    cases = [
        *times(9, replace(SOLVED, closed_by="L-2", offered=(CASE.asked_at,))),
        *times(6, replace(SOLVED, closed_by="12", offered=(CASE.asked_at,))),
        *times(15, SOLVED),
    ]
    reuse = counted(cases).report().reuse
    assert (reuse.offered.number, reuse.taken.number, reuse.share) == (15, 15, 0.5)
    assert (reuse.by_solutions.number, reuse.by_answers.number) == (9, 6)
    assert [(one.subject, one.uses.number) for one in reuse.solutions] == [("L-2", 9)]


def test_how_much_is_not_told_is_said() -> None:
    report = counted([*from_(COTTBUS, 2), *from_(BERNAU, 9), *times(20)]).report()
    told = [*counts_in(report.kinds), *counts_in(report.districts), *counts_in(report.limits)]
    assert report.limits.suppressed == len([count for count in told if count.suppressed])


def test_nothing_that_is_not_told_stands_in_a_report() -> None:
    hidden = [count.number for count in _hidden(some(200, 2))]
    assert hidden != []
    assert set(hidden) == {None}


def _hidden(cases: Sequence[Case]) -> list[Count]:
    return [count for count in counts_in(counted(cases).report()) if count.suppressed]
