"""Nobody sets more reminders than can be shown, and a list costs no more than it shows."""

from kaz_bot.bringing_forward import MOST_IN_ROOM, MOST_OF_PERSON
from kaz_bot.domain.reminders import Reminder, ReminderId
from kaz_bot.messages import EventId, UserId
from tests.desk import EVA, MARKET, PROJECT, UDO, DeskAtWork
from tests.fakes import MORNING


async def stand(desk: DeskAtWork, number: int, *, owner: UserId) -> None:
    """So many reminders have been set in the project room."""
    standing = Reminder(
        id=ReminderId(0),
        room_id=PROJECT,
        owner=owner,
        about="Angebot",
        event_id=EventId("$set"),
        wall="2027-09-30T14:00",
        zone="Europe/Berlin",
        due_at=MORNING.replace(year=2027),
        next_at=MORNING.replace(year=2027),
        set_at=MORNING,
        changed_at=MORNING,
    )
    async with desk.store.work() as work:
        for _ in range(number):
            await work.reminders.add(standing)


async def test_whoever_has_set_very_many_is_told_to_cancel_some(desk: DeskAtWork) -> None:
    await stand(desk, MOST_OF_PERSON, owner=EVA)
    (answer,) = await desk.says(EVA, "!kaz erinnere mich morgen an die Vorlage")
    assert answer == (
        "Sie haben schon 500 offene Erinnerungen und Fristen gesetzt, mehr sind nicht möglich. "
        "Bitte löschen Sie zuerst, was Sie nicht mehr brauchen. "
        "Die Nummern zeigt !kaz erinnerungen"
    )
    assert desk.last[0].about == {"code": "rate_limited"}


async def test_the_last_one_that_is_possible_is_taken(desk: DeskAtWork) -> None:
    await stand(desk, MOST_OF_PERSON - 1, owner=EVA)
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    assert desk.told(PROJECT) == ["reminder:set"]


async def test_somebody_else_can_still_set_one_there(desk: DeskAtWork) -> None:
    await stand(desk, MOST_OF_PERSON, owner=EVA)
    await desk.says(UDO, "!kaz erinnere mich morgen an die Vorlage", room=PROJECT)
    assert desk.told(PROJECT) == ["reminder:set"]


async def test_a_room_has_no_place_for_more_but_another_room_has(desk: DeskAtWork) -> None:
    await stand(desk, MOST_IN_ROOM, owner=UserId("@gone:kaz.test"))
    (answer,) = await desk.says(UDO, "!kaz frist Stellungnahme bis 8.10.", room=PROJECT)
    assert answer.startswith("In diesem Raum stehen schon 2.000 offene Erinnerungen und Fristen")
    await desk.says(UDO, "!kaz frist Stellungnahme bis 8.10.")
    assert desk.told(MARKET) == ["reminder:set"]


async def test_a_list_shows_the_next_ones_and_says_how_many_more_there_are(
    desk: DeskAtWork,
) -> None:
    await stand(desk, 23, owner=EVA)
    (answer,) = await desk.says(EVA, "!kaz erinnerungen")
    assert desk.last[0].about == {"topic": "reminders", "ids": [*range(1, 21)]}
    assert "Weitere, die hier nicht stehen: 3" in answer
