"""Tickets by chance, as many as a test wants, and the reports on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from kaz_bot.domain.reports.cases import Case, Outcome, Wait
from kaz_bot.domain.reports.composing import compose
from kaz_bot.domain.reports.material import Material, Titled
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import CommitteeFigures, Report, TaskFigures
from kaz_bot.domain.reports.tables import Published, publish
from kaz_bot.domain.reports.tally import Tally
from kaz_bot.domain.service_levels import USUAL, ServiceLevels
from kaz_bot.domain.tickets import AreaKey, Priority, Rating
from kaz_bot.municipalities import directory

AREAS = tuple(map(AreaKey, ("standards", "procurement", "security", "projects")))
SPRING = Period(since=date(2026, 3, 1), until=date(2026, 5, 31), zone=ZoneInfo("Europe/Berlin"))
NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)
REGISTER = directory().all
SOLUTIONS = {
    f"L-{number}": Titled(title=f"Lösung {number}", area=AREAS[number % 4])
    for number in range(1, 20)
}
NO_COMMITTEE = CommitteeFigures(
    passed=0,
    done=0,
    carried_out=0,
    standing=0,
    tasks=TaskFigures(set=0, done=0, withdrawn=0, open=0, accepted=0, overdue=0),
    rows=(),
)
CASE = Case(
    area=AREAS[0],
    municipality=None,
    confidential=False,
    imported=False,
    incomplete=False,
    asked_at=NOON,
    before=None,
    outcome=Outcome.OPEN,
    outcome_at=NOON,
    rating=None,
    offered=(),
    closed_by="",
    answer=None,
    solution=None,
)


def waited(hours: float = 1, *, priority: Priority = Priority.NORMAL, over: bool = True) -> Wait:
    """A wait that is over, or one that is not and is too long already."""
    passed = timedelta(hours=hours)
    in_time = over and passed < USUAL[priority].answer
    return Wait(at=NOON if over else None, priority=priority, passed=passed, in_time=in_time)


def some(count: int, seed: int) -> list[Case]:
    """So many that have to do with the spring: from few places and from many, unevenly spread."""
    chance = Random(seed)
    places = chance.sample(REGISTER, max(2, int(count * chance.choice((0.1, 0.3, 0.8)))))
    likely = [chance.random() ** 3 for _ in places]
    areas = [chance.random() ** 2 + 0.02 for _ in AREAS]
    return [
        _one(chance, chance.choices(places, likely)[0].key, chance.choices(AREAS, areas)[0])
        for _ in range(count)
    ]


def _one(chance: Random, municipality: str, area: AreaKey) -> Case:
    at = SPRING.starts_at + (SPRING.ends_at - SPRING.starts_at) * chance.random()
    (outcome,) = chance.choices([*Outcome], [2, 8, 1, 1])
    solved = outcome is Outcome.SOLVED
    (priority,) = chance.choices([*Priority], [1, 6, 2, 0.5])
    wait = Wait(at=at, priority=priority, passed=timedelta(hours=5), in_time=chance.random() < 0.8)
    return Case(
        area=area,
        municipality=municipality if chance.random() < 0.9 else None,  # type: ignore[arg-type]  # a key
        confidential=chance.random() < 0.05,
        imported=False,
        incomplete=False,
        asked_at=at,
        before=chance.choices([None, Outcome.OPEN, Outcome.SOLVED], [8, 1, 0.3])[0],
        outcome=outcome,
        outcome_at=at,
        rating=chance.choice([None, *Rating]) if solved else None,
        offered=(at,) if chance.random() < 0.3 else (),
        closed_by=chance.choice(["", "", "", "L-1", "L-2", "L-11", "12"]) if solved else "",
        answer=wait if chance.random() < 0.9 else None,
        solution=wait if solved else None,
    )


@dataclass(frozen=True)
class Counted:
    """What was counted, and what of it may be told."""

    tally: Tally
    published: Published

    def report(self, kind: ReportKind = ReportKind.IT_RAT, area: AreaKey | None = None) -> Report:
        """One of the reports on it."""
        return compose(
            Material(
                kind=kind,
                area=area,
                period=SPRING,
                as_of=SPRING.ends_at,
                tally=self.tally,
                published=self.published,
                register=REGISTER,
                areas=AREAS,
                levels=ServiceLevels(),
                solutions=SOLUTIONS,
                released=0,
                committee=NO_COMMITTEE,
            )
        )

    @property
    def reports(self) -> list[Report]:
        """All that anybody can ask for."""
        on_areas = [self.report(ReportKind.AREA, area) for area in AREAS]
        return [self.report(), self.report(ReportKind.MUNICIPALITIES), *on_areas]


def counted(cases: Sequence[Case]) -> Counted:
    """What a report on these says."""
    tally = Tally(SPRING)
    for case in cases:
        tally.add(case)
    return Counted(tally, publish(tally, AREAS, REGISTER))
