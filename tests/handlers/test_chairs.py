"""Who leads the committee, and what only they may do."""

from dataclasses import replace

import pytest

from kaz_bot.messages import RoomState, UserId
from kaz_bot.rights import NotChair, chairs, check_chair, is_voter
from tests.desk import BOT, COMMITTEE, FRED, KIM, LEA, MAX, SETTINGS, DeskAtWork
from tests.fakes import room

ROBO = UserId("@robo:kaz.test")
NAMED = replace(SETTINGS, chairs=frozenset({LEA}))


def led(powers: dict[UserId, float], *people: UserId) -> RoomState:
    """The committee's room, with the bot, Kim, Lea, Max and others."""
    state = room(COMMITTEE, BOT, KIM, LEA, MAX, *people, name="Gremium")
    return replace(state, powers=powers)


@pytest.mark.parametrize("power", [50, 100, float("inf")])
def test_without_a_setting_whoever_moderates_the_room(power: float) -> None:
    assert chairs(led({KIM: power, LEA: 49, BOT: 100}), SETTINGS) == (KIM,)


def test_all_who_moderate_it_are_chair_and_deputy() -> None:
    assert chairs(led({KIM: 100, MAX: 50}), SETTINGS) == (KIM, MAX)


def test_if_nobody_moderates_it_everybody_may() -> None:
    assert chairs(led({BOT: 100}), SETTINGS) == (KIM, LEA, MAX)


def test_those_named_in_the_settings_and_not_who_moderates() -> None:
    assert chairs(led({KIM: 100}), NAMED) == (LEA,)


def test_if_none_of_them_is_in_the_room_whoever_moderates_it_otherwise_everybody() -> None:
    absent = replace(SETTINGS, chairs=frozenset({UserId("@eva:kaz.test")}))
    assert chairs(led({KIM: 100}), absent) == (KIM,)
    assert chairs(led({BOT: 100}), absent) == (KIM, LEA, MAX)


def test_bots_and_people_who_are_not_served_never_lead() -> None:
    settings = replace(SETTINGS, bots=frozenset({ROBO}))
    powers: dict[UserId, float] = {BOT: 100, ROBO: 100, FRED: 100, MAX: 50}
    assert chairs(led(powers, ROBO, FRED), settings) == (MAX,)
    assert [is_voter(user, settings) for user in (BOT, ROBO, FRED, MAX)] == [
        *(False, False, False, True)
    ]


def test_who_does_not_lead_is_told_who_does() -> None:
    check_chair(KIM, (KIM, LEA))
    with pytest.raises(NotChair) as refused:
        check_chair(MAX, (KIM, LEA))
    assert refused.value.facts == {"chairs": (KIM, LEA)}


async def test_a_moderator_who_was_demoted_leads_no_more(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim")
    assert desk.told(COMMITTEE) == ["info:seated"]
    desk.homeserver.rooms.change(COMMITTEE, powers={LEA: 50})
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @max")
    assert desk.told(COMMITTEE) == ["error:not_allowed"]
    await desk.says(LEA, "!kaz stimmberechtigt Kaz @max")
    assert desk.told(COMMITTEE) == ["info:seated"]


async def test_a_verb_of_the_chair_is_refused_by_name(desk: DeskAtWork) -> None:
    assert await desk.says(LEA, "!kaz veröffentlichen 2026/1") == [
        "Das kann nur der Vorsitz. Den Vorsitz hat hier: Kim."
    ]
    assert desk.told(COMMITTEE) == ["error:not_allowed"]
