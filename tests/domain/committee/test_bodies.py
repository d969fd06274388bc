"""Who votes for whom, as a pure rule."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.bodies import SitsElsewhere, check_seats, key_of
from tests.domain.committee.papers import BODY, KIM, LEA, MAX, NIA


@pytest.mark.parametrize(
    "typed",
    ["Städte- und Gemeindebund", "staedte- und gemeindebund", " STÄDTE-  UND GEMEINDEBUND "],
)
def test_a_body_is_the_same_however_it_is_typed(typed: str) -> None:
    assert key_of(typed) == "staedte- und gemeindebund"


def test_who_is_a_member_is_no_deputy_as_well() -> None:
    seated = BODY.seated([LEA, MAX, LEA], [MAX, NIA, NIA])
    assert (seated.members, seated.deputies) == ((LEA, MAX), (NIA,))


def test_nobody_speaks_for_two_bodies() -> None:
    other = replace(BODY, name="Kaz", members=(KIM,), deputies=(LEA,))
    with pytest.raises(SitsElsewhere) as refused:
        check_seats(other, [BODY])
    assert refused.value.facts == {"person": LEA, "body": BODY}


def test_a_body_may_be_given_its_own_people_again() -> None:
    check_seats(BODY.seated([LEA], [MAX]), [BODY])
