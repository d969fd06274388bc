"""The chain of the register shows whoever changes it afterwards."""

import json
from dataclasses import replace

from kaz_bot.domain.committee.chain import (
    Break,
    Fault,
    Link,
    differing,
    digest_of,
    faults,
    linked,
    lost,
)
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from tests.register.records import NOON, new_decision


def chain(*numbers: tuple[int, int]) -> list[Link]:
    """A register of so many decisions, as it is kept."""
    register: list[Decision] = []
    for place, (year, number) in enumerate(numbers, start=1):
        blank = new_decision(number=DecisionNumber(year, number), paper_id=PaperId(place))
        previous = register[-1].digest if register else ""
        register.append(linked(blank, place=place, previous=previous))
    return [Link.of(decision) for decision in register]


REGISTER = chain((2026, 1), (2026, 2), (2027, 1), (2026, 3), (2027, 2))


def rewritten(link: Link, **changes: object) -> Link:
    """With something else in its content."""
    content = json.dumps(json.loads(link.content) | changes, sort_keys=True, separators=(",", ":"))
    return replace(link, content=content)


def fault(number: str, kind: Break) -> Fault:
    return Fault(number=number, kind=kind)


def test_a_register_that_nobody_touched_has_no_fault() -> None:
    assert faults(REGISTER) == []


def test_a_register_without_decisions_has_none() -> None:
    assert faults([]) == []


def test_the_digest_is_of_the_content_and_so_of_the_digest_before() -> None:
    assert json.loads(REGISTER[1].content)["previous"] == REGISTER[0].digest
    assert REGISTER[1].digest == digest_of(REGISTER[1].content)


def test_a_changed_wording_is_seen() -> None:
    register = [*REGISTER]
    register[1] = rewritten(register[1], wording="Das Gegenteil.")
    assert faults(register) == [fault("2026/2", Break.CHANGED)]


def test_a_changed_wording_with_its_digest_made_anew_is_seen_at_the_next_one() -> None:
    register = [*REGISTER]
    forged = rewritten(register[1], wording="Das Gegenteil.")
    register[1] = replace(forged, digest=digest_of(forged.content))
    assert faults(register) == [fault("2027/1", Break.UNLINKED)]


def test_a_changed_digest_is_seen_at_both_ends() -> None:
    register = [*REGISTER]
    register[1] = replace(register[1], digest="0" * 64)
    assert faults(register) == [fault("2026/2", Break.CHANGED), fault("2027/1", Break.UNLINKED)]


def test_one_taken_out_of_the_middle_is_missing_before_the_next() -> None:
    assert faults([*REGISTER[:1], *REGISTER[2:]]) == [
        fault("2027/1", Break.MISSING),
        fault("2026/3", Break.GAP),
    ]


def test_a_first_one_taken_out_is_missing() -> None:
    assert faults(REGISTER[1:2]) == [fault("2026/2", Break.MISSING)]


def test_two_that_changed_places_are_seen() -> None:
    assert faults([REGISTER[1], REGISTER[0]]) == [
        fault("2026/2", Break.MISSING),
        fault("2026/1", Break.MISSING),
    ]


def test_a_hole_closed_by_moving_the_others_up_is_seen() -> None:
    register = [REGISTER[0], *(replace(one, place=one.place - 1) for one in REGISTER[2:3])]
    assert faults(register) == [fault("2027/1", Break.BESIDE), fault("2027/1", Break.UNLINKED)]


def test_a_number_that_is_another_beside_the_content_is_seen() -> None:
    register = [replace(REGISTER[0], number=DecisionNumber(2026, 7))]
    assert faults(register) == [fault("2026/7", Break.BESIDE), fault("2026/7", Break.GAP)]


def test_a_paper_or_a_time_that_is_another_beside_the_content_is_seen() -> None:
    assert faults([replace(REGISTER[0], paper_id=PaperId(9))]) == [fault("2026/1", Break.BESIDE)]
    later = replace(REGISTER[0], decided_at=NOON.replace(hour=11))
    assert faults([later]) == [fault("2026/1", Break.BESIDE)]


def test_a_content_that_cannot_be_read_is_a_fault_and_no_crash() -> None:
    register = [REGISTER[0], replace(REGISTER[1], content="{"), REGISTER[2]]
    assert faults(register) == [
        fault("2026/2", Break.CHANGED),
        fault("2026/2", Break.UNREADABLE),
    ]


def test_a_part_of_a_register_may_leave_some_out_but_not_change_any() -> None:
    assert faults([REGISTER[1], REGISTER[2], REGISTER[4]], whole=False) == []
    forged = rewritten(REGISTER[1], title="Anderes")
    part = [replace(forged, digest=digest_of(forged.content)), REGISTER[2]]
    assert faults(part, whole=False) == [fault("2027/1", Break.UNLINKED)]


def test_a_last_one_taken_away_is_seen_by_the_paper_that_was_passed() -> None:
    promised = [link.number for link in REGISTER]
    assert faults(REGISTER[:-1]) == []
    assert lost(REGISTER[:-1], promised) == [fault("2027/2", Break.LOST)]
    assert lost(REGISTER, promised) == []


def test_a_copy_differs_where_the_register_says_something_else_or_nothing() -> None:
    forged = rewritten(REGISTER[1], title="Anderes")
    forged = replace(forged, digest=digest_of(forged.content))
    assert differing(REGISTER, [REGISTER[0], forged, *REGISTER[2:4]]) == [
        fault("2026/2", Break.DIFFERS),
        fault("2027/2", Break.DIFFERS),
    ]
    assert differing(REGISTER[:2], REGISTER) == []
