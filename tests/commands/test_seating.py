"""Who is to speak for a body is read as people type it, with pills and without."""

import pytest

from kaz_bot.commands import Seating, UnknownPerson, seating
from kaz_bot.messages import UserId

KAZ, LEA = UserId("@kaz:kaz.test"), UserId("@lea:kaz.test")
MAX, NIA = UserId("@max:kaz.test"), UserId("@nia:other.test")
LEA_2 = UserId("@lea2:kaz.test")
MEMBERS = {KAZ: "Kaz", LEA: "Lea Müller", MAX: "Max", NIA: "Nia"}
LANDKREISTAG = Seating(name="Landkreistag", members=(LEA,), deputies=(MAX,))


@pytest.mark.parametrize(
    "typed",
    [
        "Landkreistag @lea Vertretung @max",
        "Landkreistag @lea, Vertretung: @max",
        "Landkreistag: @lea; vertreten durch @max",
        "Landkreistag @lea in Vertretung @max",
        "Landkreistag @Lea Müller stellvertreterin @max",
        "Landkreistag @lea:kaz.test deputy @max:kaz.test",
        "Landkreistag @lea (Vertretung Max)",
        "Landkreistag\n@lea\nVertretung\n@max",
        "Landkreistag @lea Vertretung durch @max",
        "Landkreistag durch @lea, Stellvertretung durch: @max",
        "Landkreistag by @lea deputised by @max",
    ],
)
def test_the_deputies_stand_behind_a_word_for_it(typed: str) -> None:
    assert seating(typed, MEMBERS, ()) == LANDKREISTAG


def test_a_pill_looks_like_nothing_but_a_name() -> None:
    typed = "Landkreistag Lea Müller Vertretung Max"
    assert seating(typed, MEMBERS, (LEA, MAX)) == LANDKREISTAG


def test_a_pill_says_which_of_two_of_the_same_name() -> None:
    members = {**MEMBERS, LEA_2: "Lea Müller"}
    typed = "Landkreistag Lea Müller Vertretung Max"
    assert seating(typed, members, (LEA_2, MAX)).members == (LEA_2,)


def test_a_name_of_several_words_goes_up_to_the_first_person() -> None:
    found = seating("Städte-  und\nGemeindebund @lea und @max, @nia", MEMBERS, ())
    assert found == Seating(name="Städte- und Gemeindebund", members=(LEA, MAX, NIA))


def test_a_body_may_be_called_like_somebody_who_is_not_mentioned() -> None:
    assert seating("Kaz @max", MEMBERS, ()) == Seating(name="Kaz", members=(MAX,))


def test_the_bot_is_found_too_so_that_it_can_be_refused_by_name() -> None:
    assert seating("Kaz @kaz", MEMBERS, ()) == Seating(name="Kaz", members=(KAZ,))


@pytest.mark.parametrize(
    "typed",
    ["Vertretung @lea", "durch @lea", "in Vertretung durch @lea", "Deputies: @lea", "mit @lea"],
)
def test_a_word_that_leads_to_people_is_no_body(typed: str) -> None:
    assert seating(typed, MEMBERS, ()).name == ""


def test_a_body_may_have_such_a_word_in_its_name() -> None:
    found = seating("Vertretung des Landes @lea", MEMBERS, ())
    assert found == Seating(name="Vertretung des Landes", members=(LEA,))


def test_deputies_may_be_named_alone() -> None:
    assert seating("Landkreistag Vertretung @max", MEMBERS, ()) == Seating(
        name="Landkreistag", deputies=(MAX,)
    )


@pytest.mark.parametrize("typed", ["Landkreistag @eva", "Landkreistag @lea Eva", "Kaz @lea (Chef)"])
def test_who_is_not_in_the_room_is_not_seated(typed: str) -> None:
    with pytest.raises(UnknownPerson):
        seating(typed, MEMBERS, ())


@pytest.mark.parametrize(
    "typed", ["Landkreistag entfernen", "entfernen Landkreistag", "Landkreistag remove"]
)
def test_a_body_is_removed_by_a_word(typed: str) -> None:
    assert seating(typed, MEMBERS, ()) == Seating(name="Landkreistag", removed=True)


@pytest.mark.parametrize("typed", ["Landkreistag", "  Landkreistag: "])
def test_without_people_a_body_is_only_named(typed: str) -> None:
    assert seating(typed, MEMBERS, ()) == Seating(name="Landkreistag")
