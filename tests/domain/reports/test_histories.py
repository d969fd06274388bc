"""A ticket is told as it was at the end of the period, whatever has become of it since."""

from dataclasses import replace
from datetime import timedelta

from kaz_bot.domain.reports.cases import Outcome
from kaz_bot.domain.tickets import AreaKey, Priority, Rating
from tests.domain.reports.histories import (
    CLAIMED,
    CLOSED,
    FACTS,
    MONDAY,
    NEW,
    PROCUREMENT,
    RESOLVED,
    SECURITY,
    WAITING,
    WITHDRAWN,
    at,
    change,
    maybe_seen,
    opened,
    seen,
)

CLAIM = change(at(23, 11), "claimed", CLAIMED)
RESOLVE = change(at(24, 11), "resolved", RESOLVED)
CLOSE = change(at(29, 11), "closed", CLOSED)


def test_what_was_asked_and_nobody_answered_is_open() -> None:
    case = seen(opened())
    assert (case.before, case.outcome, case.asked_at) == (None, Outcome.OPEN, MONDAY)


def test_the_end_of_the_period_is_the_end_of_the_story() -> None:
    case = seen(opened(), CLAIM, RESOLVE, CLOSE, until=at(24, 10))
    assert (case.outcome, case.solution) == (Outcome.OPEN, None)


def test_what_happens_later_changes_nothing() -> None:
    story = (opened(), CLAIM, RESOLVE, change(at(25, 9), "rated", RESOLVED, rating="helpful"))
    later = (
        change(at(30, 9), "rated", RESOLVED, rating="not_helpful"),
        change(at(30, 10), "reopened", CLAIMED),
        change(at(30, 11), "routed", NEW, **{"from": "security", "to": "procurement"}),
        change(at(30, 12), "municipality", NEW, to="12054"),
        change(at(30, 13), "priority", NEW, to="critical"),
        change(at(30, 14), "withdrawn", WITHDRAWN),
    )
    changed = replace(
        FACTS, state=WITHDRAWN, area=PROCUREMENT, priority=Priority.CRITICAL, rating=None
    )
    assert seen(*story, *later, facts=changed) == seen(*story)
    assert seen(*story).rating is Rating.HELPFUL


def test_it_belongs_to_the_area_where_it_was_at_the_end() -> None:
    routed = change(at(23, 12), "routed", NEW, **{"from": "security", "to": "procurement"})
    assert seen(opened(), routed).area == PROCUREMENT
    assert seen(opened(), routed, until=at(23, 12)).area == SECURITY


def test_what_is_merged_belongs_to_the_area_of_the_other() -> None:
    merged = change(at(23, 12), "merged", CLAIMED, into="5", area="procurement")
    assert seen(opened(), merged).area == PROCUREMENT


def test_the_room_of_an_area_may_change_without_the_area() -> None:
    assert seen(opened(), change(at(23, 12), "routed", NEW)).area == SECURITY


def test_for_which_municipality_it_was_is_that_of_the_time() -> None:
    later = change(at(25, 9), "municipality", NEW, to="12052")
    assert seen(opened(municipality="12054"), later).municipality == "12052"
    assert seen(opened(municipality="12054"), later, until=at(25, 9)).municipality == "12054"
    nobody = change(at(26, 9), "municipality", NEW, to="")
    assert seen(opened(municipality="12054"), later, nobody).municipality is None


def test_closed_after_it_was_solved_it_stays_solved_then() -> None:
    case = seen(opened(), CLAIM, RESOLVE, CLOSE)
    assert (case.outcome, case.outcome_at) == (Outcome.SOLVED, RESOLVE.at)


def test_closed_with_a_reason_alone_it_is_not_solved() -> None:
    case = seen(opened(), CLAIM, change(at(24, 9), "closed", CLOSED))
    assert (case.outcome, case.solution) == (Outcome.CLOSED, None)
    assert case.answer is not None


def test_an_answer_that_existed_solves_it() -> None:
    case = seen(opened(), change(at(23, 11), "closed", CLOSED, by="L-3"))
    assert (case.outcome, case.closed_by) == (Outcome.SOLVED, "L-3")
    assert case.answer is not None
    assert case.answer.passed == timedelta(hours=1)


def test_reopened_it_is_open_and_nobody_rates_it_any_more() -> None:
    rated = change(at(24, 12), "rated", RESOLVED, rating="helpful")
    case = seen(opened(), CLAIM, RESOLVE, rated, change(at(25, 9), "reopened", CLAIMED))
    assert (case.outcome, case.rating, case.solution) == (Outcome.OPEN, None, None)


def test_what_was_done_before_the_period_does_not_belong_to_it() -> None:
    assert maybe_seen(opened(), CLAIM, RESOLVE, CLOSE, since=at(25, 1)) is None
    assert maybe_seen(opened(), since=at(10, 1), until=at(20, 1)) is None


def test_what_was_open_before_the_period_is_carried_into_it() -> None:
    case = seen(opened(), CLAIM, RESOLVE, since=at(24, 1))
    assert (case.before, case.outcome) == (Outcome.OPEN, Outcome.SOLVED)


def test_what_was_solved_before_and_is_asked_again_comes_back() -> None:
    again = change(at(26, 9), "reopened", CLAIMED)
    case = seen(opened(), CLAIM, RESOLVE, again, since=at(25, 1))
    assert (case.before, case.outcome) == (Outcome.SOLVED, Outcome.OPEN)


def test_the_first_answer_counts_and_a_query_is_one() -> None:
    asked_back = change(at(23, 12), "waiting", WAITING)
    answered = change(at(24, 12), "relayed", CLAIMED, post="answer")
    case = seen(opened(), CLAIM, asked_back, answered)
    assert case.answer is not None
    assert (case.answer.at, case.answer.passed) == (asked_back.at, timedelta(hours=2))


def test_what_the_asker_writes_is_no_answer() -> None:
    assert (
        seen(opened(), change(at(23, 12), "relayed", NEW, post="asker"), until=at(23, 13)).answer
        is None
    )


def test_the_time_in_which_the_asker_is_awaited_does_not_count() -> None:
    asked_back = change(at(23, 12), "waiting", WAITING)
    wrote = change(at(26, 12), "relayed", CLAIMED, post="asker")
    solved = change(at(26, 14), "resolved", RESOLVED)
    case = seen(opened(), CLAIM, asked_back, wrote, solved)
    assert case.solution is not None
    assert case.solution.passed == timedelta(hours=4)


def test_after_a_reopening_the_time_for_the_solution_begins_anew() -> None:
    again = change(at(26, 9), "reopened", CLAIMED)
    solved = change(at(26, 12), "resolved", RESOLVED)
    case = seen(opened(), CLAIM, RESOLVE, again, solved)
    assert case.solution is not None
    assert case.solution.passed == timedelta(hours=3)


def test_from_the_moment_it_is_due_it_is_late() -> None:
    due = change(at(24, 10), "relayed", CLAIMED, post="answer")
    before = replace(due, at=due.at - timedelta(seconds=1))
    late, in_time = seen(opened(), due).answer, seen(opened(), before).answer
    assert late is not None
    assert in_time is not None
    assert (late.in_time, in_time.in_time) == (False, True)


def test_the_priority_at_the_time_of_the_answer_counts() -> None:
    urgent = change(at(23, 11), "priority", NEW, **{"from": "normal", "to": "critical"})
    case = seen(opened(), urgent, change(at(23, 12), "relayed", NEW, post="answer"))
    assert case.answer is not None
    assert (case.answer.priority, case.answer.in_time) == (Priority.CRITICAL, False)


def test_who_waits_too_long_at_the_end_waits_too_long() -> None:
    case = seen(opened(), until=at(24, 12))
    assert case.answer is not None
    assert (case.answer.at, case.answer.in_time) == (None, False)
    assert case.solution is None


def test_who_waits_and_is_not_late_yet_is_not_counted() -> None:
    case = seen(opened(), until=at(23, 15))
    assert (case.answer, case.solution) == (None, None)


def test_tickets_from_elsewhere_have_no_times_of_ours() -> None:
    case = seen(opened(), CLAIM, RESOLVE, facts=replace(FACTS, imported=True))
    assert (case.outcome, case.answer, case.solution) == (Outcome.SOLVED, None, None)


def test_without_a_trail_the_record_tells_and_the_case_says_so() -> None:
    facts = replace(FACTS, resolved_at=RESOLVE.at, ended_at=CLOSE.at)
    case = seen(facts=facts)
    assert (case.outcome, case.outcome_at, case.incomplete) == (Outcome.SOLVED, RESOLVE.at, True)
    withdrawn = replace(FACTS, state=WITHDRAWN, ended_at=CLOSE.at)
    assert seen(facts=withdrawn).outcome is Outcome.WITHDRAWN


def test_a_rating_without_its_word_is_that_of_the_record() -> None:
    rated = change(at(25, 9), "rated", RESOLVED)
    case = seen(opened(), CLAIM, RESOLVE, rated, facts=replace(FACTS, rating=Rating.HELPFUL))
    assert (case.rating, case.incomplete) == (Rating.HELPFUL, True)


def test_an_opening_without_its_area_is_that_of_the_record() -> None:
    bare = change(MONDAY, "opened", NEW)
    case = seen(bare, facts=replace(FACTS, area=AreaKey("projects")))
    assert (case.area, case.incomplete) == ("projects", True)


def test_offers_are_remembered_with_their_time() -> None:
    offered = change(MONDAY, "suggested", NEW, of="L-3 12")
    assert seen(opened(), offered).offered == (MONDAY,)
