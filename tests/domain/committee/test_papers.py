"""The life of a paper, as a pure rule."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.committee.papers import Paper, PaperState, PaperStep, PaperWrongState
from tests.domain.committee.papers import EDITION, LATER, PAPER

THIRD = DecisionNumber(2026, 3)
OPEN = {PaperState.DRAFT, PaperState.VOTING, PaperState.DEFERRED}
STEPS: dict[str, tuple[Callable[[Paper], Paper], set[PaperState], PaperState]] = {
    "change": (lambda paper: paper.changed("Neu", LATER), OPEN, PaperState.DRAFT),
    "open": (
        lambda paper: paper.voted_on(LATER),
        {PaperState.DRAFT, PaperState.DEFERRED},
        PaperState.VOTING,
    ),
    "cancel": (lambda paper: paper.drafted(LATER), {PaperState.VOTING}, PaperState.DRAFT),
    "pass": (lambda paper: paper.passed(THIRD, LATER), {PaperState.VOTING}, PaperState.PASSED),
    "reject": (lambda paper: paper.rejected(LATER), {PaperState.VOTING}, PaperState.REJECTED),
    "adjourn": (lambda paper: paper.deferred(LATER), OPEN, PaperState.DEFERRED),
    "withdraw": (lambda paper: paper.withdrawn(LATER), OPEN, PaperState.WITHDRAWN),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_possible_from_these_states_and_no_others(step: str) -> None:
    take, allowed, reached = STEPS[step]
    assert {state for state in PaperState if _reached(take, state) is reached} == allowed


def _reached(take: Callable[[Paper], Paper], state: PaperState) -> PaperState | None:
    try:
        return take(replace(PAPER, state=state)).state
    except PaperWrongState:
        return None


def test_a_change_is_another_edition_under_the_same_number() -> None:
    changed = PAPER.changed("Arbeitsprogramm 2028", LATER)
    assert (changed.subject, changed.edition, changed.title) == ("BV-7", 2, "Arbeitsprogramm 2028")


def test_once_passed_it_is_called_by_the_number_of_the_decision() -> None:
    passed = PAPER.voted_on(LATER).passed(THIRD, LATER)
    assert (PAPER.number, passed.number, passed.subject) == ("BV-7", "2026/3", "BV-7")


def test_a_refused_step_names_those_that_are_possible() -> None:
    with pytest.raises(PaperWrongState) as refused:
        PAPER.passed(THIRD, LATER)
    assert refused.value.facts["possible"] == (
        PaperStep.CHANGE,
        PaperStep.OPEN,
        PaperStep.ADJOURN,
        PaperStep.WITHDRAW,
    )


def test_of_what_is_decided_nothing_is_possible_any_more() -> None:
    passed = replace(PAPER, state=PaperState.PASSED)
    with pytest.raises(PaperWrongState) as refused:
        passed.changed("Neu", LATER)
    assert refused.value.facts["possible"] == ()


def test_without_a_wording_the_title_is_what_is_voted_on() -> None:
    assert EDITION.decides == "Das Programm wird beschlossen."
    assert replace(EDITION, wording="").decides == "Arbeitsprogramm 2027"


def test_an_erased_paper_is_withdrawn_and_says_nothing() -> None:
    erased = PAPER.erased(LATER)
    assert (erased.title, erased.state, erased.erased_at) == ("", PaperState.WITHDRAWN, LATER)
    assert EDITION.without_words().decides == ""
