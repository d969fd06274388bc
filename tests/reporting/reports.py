"""A report for tests: of a year in which all that can be told happened."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.numbers import DecisionNumber, Subject
from kaz_bot.domain.municipalities import MunicipalityKey, MunicipalityKind
from kaz_bot.domain.reports.counts import Count, Disclosure, Times
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import (
    AreaRow,
    Balance,
    CommitteeFigures,
    Coverage,
    DecisionRow,
    DistrictRow,
    Head,
    KindRow,
    Limits,
    MonthRow,
    MunicipalityRow,
    PriorityRow,
    Ratings,
    Report,
    Reuse,
    TaskFigures,
    TimesTable,
    UsedSolution,
)
from kaz_bot.domain.tickets import AreaKey, Priority

BERLIN = ZoneInfo("Europe/Berlin")
FEW, WITHHELD = Count(None, Disclosure.FEW), Count(None, Disclosure.WITHHELD)
YEAR = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=BERLIN)
HOUR = timedelta(hours=1)
COUNTED = Count.of
ALL_TIMES = Times(number=Count.of(1900), share=0.91, median=2.4 * HOUR)


def _times(target: timedelta) -> TimesTable:
    row = PriorityRow(priority=Priority.NORMAL, target=target, times=ALL_TIMES)
    critical = PriorityRow(priority=Priority.CRITICAL, target=HOUR, times=Times(number=FEW))
    return TimesTable(all=ALL_TIMES, rows=(critical, row))


def _area(key: str, asked: int) -> AreaRow:
    return AreaRow(
        area=AreaKey(key),
        asked=Count.of(asked),
        solved=Count.of(asked - 30),
        open=Count.of(30),
        answers=ALL_TIMES,
        solutions=ALL_TIMES,
    )


def _district(name: str, plate: str, asked: Count, *, city: bool = False) -> DistrictRow:
    key = MunicipalityKey(plate)
    return DistrictRow(key=key, name=name, plate=plate, independent=city, asked=asked)


WHOLE = Report(
    kind=ReportKind.IT_RAT,
    period=YEAR,
    as_of=YEAR.ends_at,
    head=Head(
        asked=Count.of(2000),
        solved=Count.of(1852),
        open=Count.of(61),
        answered_in_time=0.91,
        solved_in_time=0.84,
        answer_median=2.4 * HOUR,
        solution_median=20 * HOUR,
        reuse_share=0.163,
        helpful_share=0.93,
        decisions=2,
        tasks_done=32,
    ),
    balance=Balance(
        asked=Count.of(2000),
        carried=Count.of(44),
        reopened=FEW,
        solved=Count.of(1852),
        closed=Count.of(61),
        withdrawn=WITHHELD,
        open=Count.of(61),
    ),
    months=tuple(
        MonthRow(month=month, opened=Count.of(160 + month.month), solved=Count.of(150))
        for month in YEAR.months
    ),
    areas=(_area("standards", 1200), _area("procurement", 800)),
    kinds=(
        KindRow(kind=MunicipalityKind.DISTRICT, there_are=14, asked=Count.of(620)),
        KindRow(kind=MunicipalityKind.TOWN, there_are=93, asked=FEW),
    ),
    districts=(
        _district("Cottbus/Chóśebuz", "CB", Count.of(171), city=True),
        _district("Barnim", "BAR", FEW),
        _district("Prignitz", "PR", Count.of(0)),
    ),
    coverage=Coverage(
        districts=2, of_districts=3, municipalities=Count.of(214), of_municipalities=431
    ),
    municipalities=(
        MunicipalityRow(
            key=MunicipalityKey("1"),
            name="Eberswalde",
            kind=MunicipalityKind.TOWN,
            district="Barnim",
            asked=Count.of(12),
        ),
    ),
    answers=_times(8 * HOUR),
    solutions=_times(40 * HOUR),
    reuse=Reuse(
        offered=Count.of(611),
        taken=Count.of(302),
        by_solutions=Count.of(221),
        by_answers=Count.of(81),
        share=0.163,
        released=38,
        solutions=(
            UsedSolution(
                subject=Subject("L-3"),
                area=AreaKey("procurement"),
                title="Abruf aus dem Rahmenvertrag",
                uses=Count.of(41),
            ),
            UsedSolution(
                subject=Subject("L-7"),
                area=AreaKey("standards"),
                title="Geheimer Titel",
                uses=Count.of(17),
                sealed=True,
            ),
        ),
    ),
    ratings=Ratings(
        helpful=Count.of(1104), not_helpful=Count.of(83), none=Count.of(665), helpful_share=0.93
    ),
    committee=CommitteeFigures(
        passed=2,
        done=1,
        carried_out=3,
        standing=7,
        tasks=TaskFigures(set=36, done=32, withdrawn=2, open=3, accepted=6, overdue=2),
        rows=(
            DecisionRow(
                number=DecisionNumber(2026, 1),
                title="Arbeitsprogramm 2026",
                decided_on=date(2026, 1, 10),
                done=True,
                tasks=3,
                tasks_done=2,
                tasks_overdue=1,
            ),
            DecisionRow(
                number=DecisionNumber(2026, 2),
                title="",
                decided_on=date(2026, 3, 5),
                done=False,
                tasks=0,
                tasks_done=0,
                tasks_overdue=0,
            ),
        ),
    ),
    limits=Limits(
        without_municipality=Count.of(87),
        confidential=Count.of(143),
        imported=0,
        incomplete=3,
        suppressed=5,
        smallest_group=5,
    ),
)
AREA = replace(
    WHOLE,
    kind=ReportKind.AREA,
    area=AreaKey("procurement"),
    areas=(),
    kinds=(),
    districts=(),
    coverage=None,
    municipalities=(),
    committee=None,
    limits=replace(WHOLE.limits, without_municipality=None),
)
