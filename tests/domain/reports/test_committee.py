"""The committee is told as it was at the end of the period, by what its trail says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, Subject
from kaz_bot.domain.reports.committee import Note, committee_figures
from kaz_bot.domain.reports.periods import Period
from kaz_bot.domain.reports.report import CommitteeFigures, TaskFigures
from tests.store.records_of_committee import COMMITTEE, DECISION

NOVEMBER = Period(since=date(2026, 11, 1), until=date(2026, 11, 30), zone=ZoneInfo("Europe/Berlin"))
FIRST = DecisionNumber(2026, 1)
DUE = "2026-11-20T23:59:00+01:00"


def day(number: int, month: int = 11) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


def decided(number: DecisionNumber, at: datetime, *, published: bool = True) -> Entry:
    decision = replace(DECISION, number=number, decided_at=at, title="Gemeinsame Ausschreibung")
    shown = at if published else None
    return Entry(decision=decision, content="", room_id=COMMITTEE, published_at=shown)


def note(subject: str, event: str, at: datetime, **details: str) -> Note:
    return Note(subject=Subject(subject), at=at, event=event, details=details)


def told(
    *notes: Note, entries: tuple[Entry, ...] = (), until: datetime = NOVEMBER.ends_at
) -> CommitteeFigures:
    tasks = {FIRST: [Subject("A-1"), Subject("A-2")]}
    return committee_figures(NOVEMBER, until, decisions=entries, notes=notes, tasks_of=tasks)


def test_a_decision_counts_in_the_period_in_which_it_was_passed() -> None:
    passed = (decided(FIRST, day(5)), decided(DecisionNumber(2026, 2), day(5, month=10)))
    figures = told(entries=passed)
    assert (figures.passed, figures.standing) == (1, 2)
    assert [row.number for row in figures.rows] == [FIRST]


def test_what_is_carried_out_later_was_not_carried_out_then() -> None:
    later = note("2026/1", "done", day(2, month=12))
    figures = told(later, entries=(decided(FIRST, day(5)),))
    assert (figures.done, figures.carried_out, figures.standing) == (0, 0, 1)


def test_what_was_carried_out_and_taken_back_stands() -> None:
    course = (note("2026/1", "done", day(10)), note("2026/1", "undone", day(11)))
    assert told(*course, entries=(decided(FIRST, day(5)),)).standing == 1
    assert told(*course[:1], entries=(decided(FIRST, day(5)),)).carried_out == 1


def test_only_a_published_decision_is_told_by_its_title() -> None:
    secret = told(entries=(decided(FIRST, day(5), published=False),))
    open_ = told(entries=(decided(FIRST, day(5)),))
    assert [row.title for row in secret.rows] == [""]
    assert [row.title for row in open_.rows] == ["Gemeinsame Ausschreibung"]


def test_tasks_are_told_by_their_state_and_never_by_person() -> None:
    figures = told(
        note("A-1", "set", day(2), due=DUE),
        note("A-1", "accepted", day(3)),
        note("A-1", "done", day(12)),
        note("A-2", "set", day(2), due=DUE),
        note("A-3", "set", day(3, month=10), due=DUE),
        note("A-3", "withdrawn", day(4, month=10)),
        entries=(decided(FIRST, day(2)),),
    )
    assert figures.tasks == TaskFigures(set=2, done=1, withdrawn=0, open=1, accepted=0, overdue=1)
    assert [(row.tasks, row.tasks_done, row.tasks_overdue) for row in figures.rows] == [(2, 1, 1)]


def test_a_task_that_was_extended_is_not_overdue() -> None:
    later = "2026-12-20T23:59:00+01:00"
    course = (
        note("A-1", "set", day(2), due=DUE),
        note("A-1", "extended", day(19), **{"from": DUE, "to": later}),
    )
    assert told(*course).tasks.overdue == 0
    assert told(*course[:1]).tasks.overdue == 1


def test_a_task_that_is_opened_again_is_not_done() -> None:
    course = (
        note("A-1", "set", day(2), due=DUE),
        note("A-1", "done", day(12)),
        note("A-1", "reopened", day(13)),
    )
    assert (told(*course).tasks.done, told(*course).tasks.open) == (0, 1)


def test_a_task_without_its_words_cannot_be_done() -> None:
    course = (note("A-1", "set", day(2), due=DUE), note("A-1", "erased", day(12)))
    assert told(*course).tasks.withdrawn == 1
    ended = (*course[:1], note("A-1", "done", day(10)), course[1])
    assert told(*ended).tasks.done == 1


def test_while_the_period_runs_only_what_has_happened_counts() -> None:
    entries = (decided(FIRST, day(5)), decided(DecisionNumber(2026, 2), day(25)))
    assert told(entries=entries, until=day(20)).passed == 1
