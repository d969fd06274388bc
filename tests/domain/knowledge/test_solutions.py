"""A solution: proposed by one, released by another, in editions."""

from datetime import UTC, date, datetime

import pytest

from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.knowledge.solution_lines import (
    SolutionOrder,
    SolutionPart,
    SolutionTooLong,
    order_in,
    read_lines,
)
from kaz_bot.domain.knowledge.solutions import (
    OwnSolution,
    ReleasedAlready,
    Solution,
    SolutionEdition,
    SolutionEnded,
    SolutionState,
)
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import EventId, RoomId, UserId

NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
ANN, BEK = UserId("@ann:kaz.test"), UserId("@bek:kaz.test")
PROPOSED = Solution(
    id=SolutionId(3),
    area=AreaKey("procurement"),
    room_id=RoomId("!a:kaz.test"),
    proposed_at=NOON,
    changed_at=NOON,
)
BY_ANN = SolutionEdition(
    solution_id=SolutionId(3),
    number=1,
    title="Direktauftrag",
    question="Wie viel?",
    answer="Bis 100.000 Euro.",
    author=ANN,
    event_id=EventId("$1"),
    as_of=date(2026, 9, 30),
    valid_until=date(2027, 9, 30),
    written_at=NOON,
)


def test_a_second_specialist_releases_it() -> None:
    released = PROPOSED.released(BY_ANN, BEK, NOON)
    assert (released.state, released.released_edition) == (SolutionState.RELEASED, 1)
    assert released.usable


def test_whoever_wrote_an_edition_cannot_release_it() -> None:
    with pytest.raises(OwnSolution):
        PROPOSED.released(BY_ANN, ANN, NOON)


def test_nothing_is_released_twice() -> None:
    with pytest.raises(ReleasedAlready):
        PROPOSED.released(BY_ANN, BEK, NOON).released(BY_ANN, BEK, NOON)


def test_a_new_edition_leaves_the_released_one_in_use() -> None:
    amended = PROPOSED.released(BY_ANN, BEK, NOON).amended(NOON)
    assert (amended.edition, amended.released_edition, amended.usable) == (2, 1, True)


def test_what_is_withdrawn_stays_so() -> None:
    with pytest.raises(SolutionEnded):
        PROPOSED.withdrawn(NOON).released(BY_ANN, BEK, NOON)


@pytest.mark.parametrize(("day", "stale"), [(date(2027, 9, 30), False), (date(2027, 10, 1), True)])
def test_it_is_stale_the_day_after_its_last_one(day: date, stale: bool) -> None:
    assert BY_ANN.is_stale(day) is stale


@pytest.mark.parametrize(
    ("text", "order", "rest"),
    [
        ("freigeben L-3", SolutionOrder.RELEASE, "L-3"),
        ("release L-3", SolutionOrder.RELEASE, "L-3"),
        ("zurückziehen L-3", SolutionOrder.WITHDRAW, "L-3"),
        ("aendern L-3\nAntwort: Ja.", SolutionOrder.CHANGE, "L-3\nAntwort: Ja."),
        ("ändern\nL-3", SolutionOrder.CHANGE, "L-3"),
        ("Titel: Neu", None, "Titel: Neu"),
        ("", None, ""),
    ],
)
def test_the_first_word_says_what_is_to_be_done(
    text: str, order: SolutionOrder | None, rest: str
) -> None:
    assert order_in(text) == (order, rest)


def test_lines_begin_with_labels_in_either_language() -> None:
    lines = read_lines("**Titel:** Neu\nAnswer: Ja,\nund zwar:\ngleich.\n- gültig bis: 31.12.2027")
    assert lines.parts == {
        SolutionPart.TITLE: "Neu",
        SolutionPart.ANSWER: "Ja,\nund zwar:\ngleich.",
        SolutionPart.VALID_UNTIL: "31.12.2027",
    }
    assert lines.head == ""


def test_what_stands_before_the_first_label_is_no_part() -> None:
    assert read_lines("bitte bald\nTitel: Neu").head == "bitte bald"


def test_a_part_that_fits_into_no_message_is_refused() -> None:
    with pytest.raises(SolutionTooLong):
        read_lines(f"Titel: {'x' * 151}")
