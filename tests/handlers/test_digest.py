"""People read a digest when they want to, and say how often it comes."""

import pytest

from kaz_bot.domain.digests import DigestOrder, Rhythm
from kaz_bot.messages import RoomId, UserId
from tests.desk import (
    ANN,
    EVA,
    EVAS_CHAT,
    KIM,
    MARKET,
    OPA,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.digests import TO_MONDAY, monday, opens, order_of, passes
from tests.fakes import MORNING

NEW_PROJECT = RoomId("!project2:kaz.test")


async def own_order(desk: DeskAtWork, person: UserId = EVA) -> DigestOrder | None:
    async with desk.store.work() as work:
        return await work.digests.of_person(person)


async def test_without_a_word_it_says_how_often_and_when_next_and_who_may_change_it(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    (answer,) = await desk.says(EVA, "!kaz digest")
    assert answer == (
        "Der Digest dieses Raums kommt jede Woche. "
        "Der nächste kommt am Montag, 5. Oktober 2026, 8:00 Uhr.\n\n"
        "Er fasst zusammen, was offen ist, was beantwortet wurde und was ansteht. "
        "Ändern kann das jedes Mitglied dieses Raums.\n\n"
        "- Jetzt lesen: !kaz digest jetzt\n"
        "- An jedem Arbeitstag: !kaz digest täglich\n"
        "- Abbestellen: !kaz digest aus"
    )
    assert desk.told(PROJECT) == ["info:digest"]


async def test_a_person_has_none_until_they_order_one(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(EVA, "digest", room=EVAS_CHAT)
    assert answer.startswith("Sie erhalten keinen Digest.\n\nEr fasst zusammen")
    assert "Mitglied" not in answer
    assert await own_order(desk) is None


@pytest.mark.parametrize(
    ("said", "rhythm"),
    [
        ("an", Rhythm.WEEKLY),
        ("on", Rhythm.WEEKLY),
        ("woche", Rhythm.WEEKLY),
        ("wöchentlich", Rhythm.WEEKLY),
        ("woechentlich", Rhythm.WEEKLY),
        ("Weekly", Rhythm.WEEKLY),
        ("tag", Rhythm.DAILY),
        ("täglich", Rhythm.DAILY),
        ("täglich!", Rhythm.DAILY),
        ("daily", Rhythm.DAILY),
        ("aus", Rhythm.OFF),
        ("off", Rhythm.OFF),
    ],
)
async def test_a_word_orders_it(desk: DeskAtWork, said: str, rhythm: Rhythm) -> None:
    await desk.says(EVA, f"digest {said}", room=EVAS_CHAT)
    order = await own_order(desk)
    assert order is not None
    assert (order.rhythm, order.next_at is None) == (rhythm, rhythm is Rhythm.OFF)


@on_both_databases
async def test_a_room_has_one_order_whoever_changes_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz digest täglich")
    await desk.says(UDO, "!kaz digest aus", room=PROJECT)
    order = await order_of(desk, PROJECT)
    assert order is not None
    assert (order.rhythm, order.next_at) == (Rhythm.OFF, None)
    assert PROJECT not in [letter.room_id for letter in await passes(desk, **TO_MONDAY)]


async def test_what_is_on_stays_as_often_as_it_was(desk: DeskAtWork) -> None:
    await desk.says(EVA, "digest täglich", room=EVAS_CHAT)
    (answer,) = await desk.says(EVA, "digest an", room=EVAS_CHAT)
    assert "Geändert." not in answer
    order = await own_order(desk)
    assert order is not None
    assert order.rhythm is Rhythm.DAILY


async def test_another_word_is_refused_and_those_that_go_are_named(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(EVA, "!kaz digest monatlich")
    assert answer.startswith("„monatlich“ geht hier nicht. Das geht:\n\n- Jetzt lesen:")
    assert desk.told(PROJECT) == ["error:bad_argument"]


async def test_the_operators_room_has_none(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(OPA, "!kaz digest")
    assert "Es geht nur hier:" in answer
    assert desk.last[0].told == "error:not_allowed"


async def test_now_shows_what_happened_since_the_last_one_and_the_next_tells_it_again(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await desk.has_ticket()
    desk.clock.advance(days=1)
    (answer,) = await desk.says(EVA, "!kaz digest jetzt")
    assert answer == (
        "Der Stand im Überblick (seit Mittwoch, 30. September 2026)\n\n"
        "Noch offen:\n\n"
        "- KAZ-1, neu, gestellt gestern: Dürfen wir freihändig vergeben?"
    )
    (sent,) = desk.last
    assert (sent.about["from"], sent.about["to"], sent.about["room"]) == (
        "2026-09-30T12:00:00+02:00",
        "2026-10-01T12:00:00+02:00",
        PROJECT,
    )
    assert sent.replies_to is not None
    order = await order_of(desk, PROJECT)
    assert order is not None
    assert order.covered_until == MORNING


async def test_now_in_a_thread_is_answered_there(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "!kaz digest jetzt", thread=question)
    assert [sent.thread for sent in desk.last] == [question]


async def test_now_without_an_order_shows_the_past_week(desk: DeskAtWork) -> None:
    await desk.says(EVA, "digest jetzt", room=EVAS_CHAT)
    assert desk.last[0].about["from"] == "2026-09-23T12:00:00+02:00"
    assert await own_order(desk) is None


async def test_whoever_comes_back_begins_with_what_is_new(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "!kaz digest aus")
    desk.clock.advance(days=30)
    await desk.says(EVA, "!kaz digest an")
    order = await order_of(desk, PROJECT)
    assert order is not None
    assert order.covered_until == desk.clock.now()


async def test_help_names_it(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(ANN, "!kaz hilfe digest")
    assert "!kaz digest [jetzt|an|aus|täglich|wöchentlich]" in answer


async def test_a_committee_reads_it_in_english(desk: DeskAtWork) -> None:
    await desk.binds(desk.homeserver.rooms.get(MARKET).room_id, language="en")  # type: ignore[union-attr]  # it is there
    await opens(desk)
    assert await monday(desk, MARKET) == (
        "The week at a glance: Nothing is new since Wednesday, 30 September 2026. "
        "Nothing is open either.\n\n"
        "More often, less often or not at all: !kaz digest"
    )


@on_both_databases
async def test_it_goes_along_when_the_room_is_replaced(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz digest täglich")
    before = await order_of(desk, PROJECT)
    old = desk.homeserver.rooms.get(PROJECT)
    assert old is not None
    desk.homeserver.rooms.change(PROJECT, replacement=NEW_PROJECT)
    async with desk.store.work() as work:
        await work.rooms.move(PROJECT, NEW_PROJECT, desk.clock.now())
    after = await order_of(desk, NEW_PROJECT)
    assert before is not None
    assert after is not None
    assert (after.id, after.rhythm, after.next_at) == (before.id, Rhythm.DAILY, before.next_at)
    assert await order_of(desk, PROJECT) is None


async def test_ones_own_data_say_so(desk: DeskAtWork) -> None:
    await desk.says(EVA, "digest täglich", room=EVAS_CHAT)
    (answer,) = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Ihr Digest: an jedem Arbeitstag." in answer
    assert desk.last[0].about["digest"] == {
        "rhythm": "daily",
        "covered_until": "2026-09-30T10:00:00+00:00",
        "next_at": "2026-10-01T06:00:00+00:00",
    }


@on_both_databases
async def test_whoever_is_forgotten_has_ordered_none(desk: DeskAtWork) -> None:
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    async with desk.store.work() as work:
        assert EVA in await work.people.known()
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert await own_order(desk) is None
    assert EVAS_CHAT not in [letter.room_id for letter in await passes(desk, **TO_MONDAY)]


async def test_a_reaction_on_a_digest_does_nothing(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 8.10.")
    await passes(desk, **TO_MONDAY)
    (told,) = [sent for sent in desk.last if "A-1" in sent.body]
    assert await desk.reacts(KIM, "✅", told.event_id) == []
