"""For which municipality people ask: they are asked once, and a name is the answer."""

import pytest

from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, RoomId, UserId
from tests.desk import (
    ANN,
    BOT,
    EVA,
    EVAS_CHAT,
    KIM,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import MORNING, Sent, room

PM, OHV, COTTBUS = "12069", "12065", "12052"
UDOS_CHAT = RoomId("!udos-chat:kaz.test")
INCIDENT = "Unser Server ist verschlüsselt, Erpresser fordern Geld #sicherheit"


@pytest.fixture
async def desk(new_desk: DeskAtWork) -> DeskAtWork:
    """One that has not asked anybody yet."""
    return new_desk


def questions(desk: DeskAtWork) -> list[Sent]:
    """Where the last thing that happened made the bot ask for the municipality."""
    return [sent for sent in desk.last if sent.is_message and "Kommune fragen Sie" in sent.body]


async def asked(desk: DeskAtWork) -> tuple[EventId, EventId]:
    """Eva asked as KAZ-1; the root of her thread, and the question for the municipality."""
    root = await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    [question] = questions(desk)
    return root, question.event_id


async def choice(desk: DeskAtWork) -> EventId:
    """The message that offers the three Golzows."""
    await desk.says(EVA, "!kaz kommune Golzow")
    return desk.last[0].event_id


async def has_chat(desk: DeskAtWork) -> None:
    """Udo talks to the bot alone as well."""
    desk.homeserver.rooms.put(room(UDOS_CHAT, BOT, UDO, name="Udo"))
    async with desk.store.work() as work:
        await work.rooms.save(
            BoundRoom(room_id=UDOS_CHAT, kind=RoomKind.DIRECT, person=UDO, bound_at=MORNING)
        )


async def asked_for(desk: DeskAtWork, number: int) -> str | None:
    return (await desk.ticket(number)).municipality


async def changes(desk: DeskAtWork, number: int) -> list[tuple[object, object]]:
    """Who changed for whom the ticket was asked, and to what."""
    async with desk.store.work() as work:
        entries = await work.trail.of(TicketId(number))
    return [(one.actor, one.details) for one in entries if one.event == "municipality"]


@on_both_databases
async def test_a_room_is_asked_with_its_first_ticket_and_never_again(desk: DeskAtWork) -> None:
    root, _ = await asked(desk)
    [question] = questions(desk)
    assert (question.room_id, question.thread, question.calls) == (PROJECT, root, [])
    assert question.about == {"topic": "municipality", "id": "KAZ-1"}
    await desk.asks(EVA, "Und wie teuer? #vergabe")
    await desk.asks(UDO, "Und wann? #vergabe", room=PROJECT)
    assert questions(desk) == []


async def test_in_a_direct_chat_the_person_is_asked(desk: DeskAtWork) -> None:
    root = await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe", room=EVAS_CHAT)
    [question] = questions(desk)
    assert (question.room_id, question.thread) == (EVAS_CHAT, root)
    assert "diesem Raum" not in question.body
    await desk.asks(EVA, "Und wie teuer? #vergabe", room=EVAS_CHAT)
    assert questions(desk) == []


async def test_nobody_is_asked_who_said_it_before(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kommune LK PM")
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert (questions(desk), await asked_for(desk, 1)) == ([], PM)


async def test_nobody_is_asked_who_said_that_it_is_none(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kommune keine")
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert (questions(desk), await asked_for(desk, 1)) == ([], None)


async def test_during_an_incident_there_are_more_urgent_things(desk: DeskAtWork) -> None:
    await desk.asks(EVA, INCIDENT)
    assert (await desk.ticket(1)).incident
    assert questions(desk) == []
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert questions(desk) == []
    await desk.says(EVA, "!kaz withdraw 1")
    await desk.asks(EVA, "Und wie teuer? #vergabe")
    assert len(questions(desk)) == 1


@on_both_databases
@pytest.mark.parametrize("words", ["LK PM", "Landkreis Potsdam-Mittelmark", "Potsdam-Mitelmark."])
async def test_a_name_in_the_thread_is_the_answer_and_no_message(
    desk: DeskAtWork, words: str
) -> None:
    root, _ = await asked(desk)
    [answer] = await desk.says(EVA, words, thread=root)
    assert "Landkreis Potsdam-Mittelmark" in answer
    assert [sent.room_id for sent in desk.last] == [PROJECT]
    assert await asked_for(desk, 1) == PM


async def test_a_name_in_reply_to_the_question_is_the_answer(desk: DeskAtWork) -> None:
    _, question = await asked(desk)
    await desk.says(EVA, "Amt Odervorland", reply_to=question)
    assert desk.told(PROJECT) == ["info:municipality"]
    assert await asked_for(desk, 1) == "120675706"


async def test_clients_mention_the_bot_in_a_reply(desk: DeskAtWork) -> None:
    _, question = await asked(desk)
    await desk.says(EVA, "Cottbus", reply_to=question, mentions=frozenset({BOT}))
    assert await asked_for(desk, 1) == COTTBUS


async def test_a_no_in_reply_is_an_answer_too(desk: DeskAtWork) -> None:
    _, question = await asked(desk)
    [answer] = await desk.says(EVA, "Keine", reply_to=question)
    assert "Hier ist jetzt keine Kommune eingetragen." in answer


async def test_a_name_that_is_nearly_one_gets_the_nearest(desk: DeskAtWork) -> None:
    _, question = await asked(desk)
    [refusal] = await desk.says(EVA, "Nauem", reply_to=question)
    assert "!kaz kommune 120630208208" in refusal
    assert desk.told(PROJECT) == ["error:not_found"]


async def test_in_a_direct_chat_a_name_is_enough(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe", room=EVAS_CHAT)
    [answer] = await desk.says(EVA, "Amt Odervorland", room=EVAS_CHAT)
    assert answer.startswith("Sie fragen jetzt für: Amt Odervorland (Landkreis Oder-Spree)")
    assert await asked_for(desk, 1) == "120675706"


@pytest.mark.parametrize(
    "words", ["Es eilt.", "Halbe Sachen helfen nicht.", "los", "um", "In Cottbus geht das schon."]
)
async def test_whatever_else_is_said_there_is_relayed(desk: DeskAtWork, words: str) -> None:
    root, _ = await asked(desk)
    await desk.says(EVA, words, thread=root)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]
    assert await asked_for(desk, 1) is None


async def test_a_name_is_only_the_answer_as_long_as_one_is_awaited(desk: DeskAtWork) -> None:
    root, _ = await asked(desk)
    await desk.says(EVA, "LK PM", thread=root)
    await desk.says(EVA, "Cottbus", thread=root)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]
    assert await asked_for(desk, 1) == PM


async def test_in_another_thread_a_name_is_what_somebody_says(desk: DeskAtWork) -> None:
    await asked(desk)
    other = await desk.asks(EVA, "Und wie teuer? #vergabe")
    await desk.says(EVA, "Cottbus", thread=other)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


async def test_specialists_do_not_answer_for_the_asker(desk: DeskAtWork) -> None:
    await asked(desk)
    await desk.says(ANN, "Cottbus", thread=desk.root(1))
    assert await asked_for(desk, 1) is None


async def test_of_several_of_a_name_one_is_chosen(desk: DeskAtWork) -> None:
    await choice(desk)
    [offered] = desk.bodies(PROJECT)
    assert "1. Amt Golzow (Landkreis Märkisch-Oderland): !kaz kommune 120645404\n" in offered
    assert "3. Gemeinde Golzow (Landkreis Potsdam-Mittelmark)" in offered
    signs = [sent.reaction for sent in desk.last if not sent.is_message]
    assert signs == ["1️⃣", "2️⃣", "3️⃣"]


@on_both_databases
@pytest.mark.parametrize("sign", ["3️⃣", "3⃣"])
async def test_the_choice_is_pressed(desk: DeskAtWork, sign: str) -> None:
    await asked(desk)
    await desk.reacts(EVA, sign, await choice(desk))
    assert desk.told(PROJECT) == ["info:municipality"]
    assert await asked_for(desk, 1) == "120695904216"


@pytest.mark.parametrize("words", ["3", "3.", "120695904216", "!kaz kommune 120695904216"])
async def test_or_it_is_answered(desk: DeskAtWork, words: str) -> None:
    offered = await choice(desk)
    await desk.says(EVA, words, reply_to=offered)
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert await asked_for(desk, 1) == "120695904216"


@on_both_databases
@pytest.mark.parametrize("words", ["3", "3."])
async def test_a_digit_in_the_thread_of_the_choice_is_no_message(
    desk: DeskAtWork, words: str
) -> None:
    root, _ = await asked(desk)
    await desk.says(EVA, "!kaz kommune Golzow", thread=root)
    [answer] = await desk.says(EVA, words, thread=root)
    assert "gilt auch für eine offene Anfrage." in answer
    assert (desk.told(PROCUREMENT), await asked_for(desk, 1)) == ([], "120695904216")
    await desk.says(EVA, words, thread=root)
    assert desk.told(PROCUREMENT) == ["ticket:relayed"]


@pytest.mark.parametrize("where", [PROJECT, EVAS_CHAT])
async def test_right_after_the_choice_a_digit_is_enough(desk: DeskAtWork, where: RoomId) -> None:
    await desk.says(EVA, "!kaz kommune Golzow", room=where)
    [refusal] = await desk.says(EVA, "4", room=where)
    assert refusal.endswith("Es gibt nur 1 bis 3.")
    [answer] = await desk.says(EVA, "1", room=where)
    assert "Amt Golzow" in answer


@pytest.mark.parametrize("sign", ["4️⃣", "✅", "👍"])
async def test_another_sign_chooses_nothing(desk: DeskAtWork, sign: str) -> None:
    await desk.reacts(EVA, sign, await choice(desk))
    assert desk.last == []


async def test_a_digit_under_any_other_message_is_nothing(desk: DeskAtWork) -> None:
    _, question = await asked(desk)
    await desk.reacts(EVA, "1️⃣", question)
    assert desk.last == []


async def test_an_unknown_name_is_refused_with_the_nearest(desk: DeskAtWork) -> None:
    [refusal] = await desk.says(EVA, "!kaz kommune Brandenburg")
    assert "kreisfreie Stadt Brandenburg an der Havel: !kaz kommune 12051" in refusal
    assert desk.told(PROJECT) == ["error:not_found"]


async def test_open_tickets_of_the_room_follow_and_their_trail_says_so(desk: DeskAtWork) -> None:
    await asked(desk)
    await desk.asks(UDO, "Und wann? #vergabe", room=PROJECT)
    await desk.says(EVA, "!kaz kommune LK PM")
    assert [await asked_for(desk, number) for number in (1, 2)] == [PM, PM]
    await desk.says(EVA, "!kaz kommune LK OHV")
    await desk.says(EVA, "!kaz kommune keine")
    assert await changes(desk, 2) == [(EVA, {"to": key}) for key in (PM, OHV, "")]


async def test_the_area_hears_nothing_of_it(desk: DeskAtWork) -> None:
    await asked(desk)
    await desk.says(EVA, "!kaz kommune LK PM")
    assert desk.told(PROCUREMENT) == []


async def test_what_has_ended_stays_as_it_was(desk: DeskAtWork) -> None:
    await asked(desk)
    await desk.says(EVA, "!kaz kommune LK PM")
    await desk.says(EVA, "!kaz withdraw 1")
    await desk.says(EVA, "!kaz kommune LK OHV")
    assert await asked_for(desk, 1) == PM


async def test_a_persons_own_comes_before_that_of_the_room(desk: DeskAtWork) -> None:
    await has_chat(desk)
    await asked(desk)
    await desk.asks(UDO, "Und wann? #vergabe", room=PROJECT)
    await desk.says(UDO, "kommune Cottbus", room=UDOS_CHAT)
    await desk.says(EVA, "!kaz kommune LK PM")
    assert [await asked_for(desk, number) for number in (1, 2)] == [PM, COTTBUS]
    [answer] = await desk.says(UDO, "kommune keine", room=UDOS_CHAT)
    assert await asked_for(desk, 2) == PM
    assert "Ihre eigene Angabe ist entfernt." in answer
    assert "offene" not in answer


async def test_what_is_resolved_is_not_counted_as_open(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    [answer] = await desk.says(EVA, "!kaz kommune LK PM")
    assert "offene" not in answer


async def test_what_a_room_asks_for_is_read_and_who_may_change_it(desk: DeskAtWork) -> None:
    [unknown] = await desk.says(EVA, "!kaz kommune")
    assert unknown.startswith("Hier ist keine Kommune eingetragen.")
    await desk.says(EVA, "!kaz kommune LK PM")
    [known] = await desk.says(UDO, "!kaz kommune", room=PROJECT)
    assert known.startswith("Dieser Raum fragt für: Landkreis Potsdam-Mittelmark")
    assert "Ändern kann es jede Person in diesem Raum." in known
    assert desk.last[0].about == {"topic": "municipality", "municipality": PM}


async def test_a_persons_own_is_not_read_in_a_room(desk: DeskAtWork) -> None:
    await desk.says(EVA, "kommune Cottbus", room=EVAS_CHAT)
    [answer] = await desk.says(EVA, "!kaz kommune")
    assert "Cottbus" not in answer


@pytest.mark.parametrize("person", [ANN, KIM])
async def test_elsewhere_nobody_asks_and_nothing_is_bound(desk: DeskAtWork, person: UserId) -> None:
    await desk.says(person, "!kaz kommune LK PM")
    assert [sent.told for sent in desk.last] == ["error:not_allowed"]


async def test_the_area_reads_for_whom_a_new_ticket_is_asked(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kommune LK PM")
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    [letter] = desk.bodies(PROCUREMENT)
    assert "Kommune: Landkreis Potsdam-Mittelmark" in letter


async def test_and_still_after_the_question_was_edited(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kommune LK PM")
    root = await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    await desk.edits(EVA, root, "!kaz frage Dürfen wir direkt vergeben? #vergabe")
    [edited] = [sent.body for sent in desk.last if sent.edits]
    assert "Kommune: Landkreis Potsdam-Mittelmark" in edited


@pytest.mark.parametrize("verb", ["zeige", "status"])
async def test_whoever_looks_reads_it(desk: DeskAtWork, verb: str) -> None:
    await desk.says(EVA, "!kaz kommune Cottbus")
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    [area] = await desk.says(ANN, f"!kaz {verb} 1")
    [here] = await desk.says(EVA, f"!kaz {verb} 1")
    assert "Kommune: kreisfreie Stadt Cottbus" in area
    assert "Kommune: kreisfreie Stadt Cottbus" in here


@pytest.mark.parametrize("command", ["zeige 1", "status 1", "meine", "verlauf 1"])
async def test_no_other_project_room_reads_it(desk: DeskAtWork, command: str) -> None:
    await desk.says(UDO, "!kaz kommune Cottbus")
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe")
    [body] = await desk.says(UDO, f"!kaz {command}", room=PROJECT)
    assert "Cottbus" not in body
    assert COTTBUS not in str(desk.last[0].content)


async def test_one_sees_ones_own_among_ones_data_and_it_is_forgotten(desk: DeskAtWork) -> None:
    await desk.says(EVA, "kommune Cottbus", room=EVAS_CHAT)
    [data] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Ihre Kommune: kreisfreie Stadt Cottbus." in data
    kept = {"key": COTTBUS, "asked_at": None, "changed_at": "2026-09-30T10:00:00+00:00"}
    assert desk.last[0].about["municipality"] == kept
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    async with desk.store.work() as work:
        assert await work.affiliations.of_person(EVA) is None


async def test_it_is_asked_in_english_too(desk: DeskAtWork) -> None:
    await desk.binds(PROJECT, language=Language.EN)
    await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
    assert desk.bodies(PROJECT)[1].startswith("Which municipality do you ask for in this room?")
    [answer] = await desk.says(EVA, "!kaz municipality Golzow")
    assert "2. Golzow (municipality, district Märkisch-Oderland)" in answer
