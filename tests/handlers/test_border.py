"""Nothing that was said in an encrypted room is ever said by the bot in one that is not."""

from itertools import product

import pytest

from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    CEM,
    EVA,
    EVAS_CHAT,
    MARKET,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    attachment,
)
from tests.fakes import room

ASKED_IN = [PROJECT, EVAS_CHAT]
# The router decides by these, and tells so.
QUESTION = "Gilt der Rahmenvertrag Zinnober für Beschaffungen der Vergabe"
SAID_BY_ASKER = ("Zinnober", "Rahmenvertrag", "Beschaffungen", "Malachit", "Ocker", "zeichnung.pdf")
SAID_BY_SPECIALIST = ("Karmin", "Umbra", "Indigo", "Purpur", "Safran", "Sepia", "muster.pdf")


async def _play(desk: DeskAtWork, asked_in: RoomId) -> None:
    """Every way in which words leave the room they were said in."""
    question = await desk.asks(EVA, QUESTION, room=asked_in)
    await desk.says(EVA, "Es geht um Malachit.", room=asked_in, thread=question)
    file = attachment("zeichnung.pdf")
    await desk.says(EVA, "", room=asked_in, thread=question, attachment=file)
    await desk.says(ANN, "!kaz claim 1")
    there = desk.root(1)
    await desk.says(ANN, "!kaz rückfrage Welches Karmin?", thread=there)
    await desk.says(EVA, "Das helle Ocker.", room=asked_in, thread=question)
    await desk.says(ANN, "!kaz antwort Nehmen Sie Umbra.", thread=there)
    await desk.says(ANN, "!kaz notiz Das hatte Purpur auch.", thread=there)
    sent = desk.said(
        ANN, "!kaz antwort Oder Safran.", thread=there, attachment=attachment("muster.pdf")
    )
    await desk.takes(sent)
    await desk.edits(ANN, sent.event_id, "!kaz antwort Oder doch Safran.")
    await desk.edits(EVA, question, f"!kaz frage {QUESTION} heute")
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1 Wegen Sepia.", thread=there)
    await desk.says(CEM, "!kaz claim 1")
    looks = {
        (ANN, PROCUREMENT): ("zeige 1", "liste sicherheit"),
        (CEM, SECURITY): ("zeige 1", "verlauf 1", "liste"),
        (EVA, asked_in): ("zeige 1", "status 1", "meine"),
        (EVA, PROJECT): ("zeige 1", "meine"),
    }
    for (person, place), commands in looks.items():
        await desk.takes(*(desk.said(person, f"!kaz {look}", room=place) for look in commands))
    await desk.says(CEM, "!kaz lösen 1 Es ist Indigo.")
    for person, place in ((ANN, PROCUREMENT), (CEM, SECURITY), (EVA, asked_in), (UDO, MARKET)):
        await desk.says(person, "!kaz suche Zinnober Indigo Rahmenvertrag", room=place)
    await desk.says(EVA, "!kaz öffnen 1", room=asked_in)
    await desk.says(CEM, "!kaz schließen 1 Nur mit Indigo.")


def _encrypt(desk: DeskAtWork, encrypted: dict[RoomId, bool]) -> None:
    for place, yes in encrypted.items():
        desk.homeserver.rooms.change(place, encrypted=yes)


def _said_by_bot(desk: DeskAtWork, room_id: RoomId) -> str:
    return "\n".join(f"{sent.content}" for sent in desk.homeserver.sent_to(room_id))


def _leaks(desk: DeskAtWork, *, asked_in: RoomId) -> list[tuple[str, str]]:
    rooms = desk.homeserver.rooms
    open_rooms = [state.room_id for state in rooms.joined() if not state.encrypted]
    sealed = {
        word
        for words, place in ((SAID_BY_ASKER, asked_in), (SAID_BY_SPECIALIST, PROCUREMENT))
        for word in words
        if place not in open_rooms
    }
    # Indigo is said in the second area's room.
    sealed = sealed - {"Indigo"} if SECURITY in open_rooms else sealed | {"Indigo"}
    return [
        (room_id, word)
        for room_id in open_rooms
        for word in sorted(sealed)
        if word in _without_echo(desk, room_id)
    ]


def _without_echo(desk: DeskAtWork, room_id: RoomId) -> str:
    """A search repeats what was sought, and that was typed in the very room."""
    return "\n".join(
        f"{sent.content}" for sent in desk.homeserver.sent_to(room_id) if sent.told != "info:search"
    )


@pytest.mark.parametrize("asked_in", ASKED_IN)
@pytest.mark.parametrize("encrypted", list(product([True, False], repeat=3)))
async def test_no_word_leaves_encryption(
    desk: DeskAtWork, asked_in: RoomId, encrypted: tuple[bool, bool, bool]
) -> None:
    _encrypt(desk, dict(zip((asked_in, PROCUREMENT, SECURITY), encrypted, strict=True)))
    await _play(desk, asked_in)
    assert _leaks(desk, asked_in=asked_in) == []
    assert await _rejected(desk) == 0


async def _rejected(desk: DeskAtWork) -> int:
    """How often the postman had to be the last guard."""
    async with desk.store.work() as work:
        return (await work.letters.counts()).rejected


@pytest.mark.parametrize("asked_in", ASKED_IN)
async def test_where_all_is_encrypted_every_word_arrives(
    desk: DeskAtWork, asked_in: RoomId
) -> None:
    await _play(desk, asked_in)
    missing = [word for word in SAID_BY_ASKER if word not in _said_by_bot(desk, SECURITY)]
    missing += [
        word
        for word in SAID_BY_SPECIALIST
        if word not in _said_by_bot(desk, asked_in) + _said_by_bot(desk, SECURITY)
    ]
    assert missing == []


async def test_an_open_area_learns_of_the_ticket_without_its_words(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    await desk.has_ticket()
    [root] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert (root.told, root.thread) == ("ticket:opened", None)
    assert "KAZ-1" in root.body
    assert "freihändig" not in root.body


async def test_a_sealed_answer_reaches_the_asker_of_an_open_room_in_a_chat(
    desk: DeskAtWork,
) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz antwort Ja, bis 100.000 Euro.", thread=desk.root(1))
    [public] = [sent for sent in desk.last if sent.room_id == MARKET]
    [private] = [sent for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT}]
    assert "100.000" not in public.body
    assert (public.calls, private.calls) == ([UDO], [UDO])
    assert "Ja, bis 100.000 Euro." in private.body
    state = desk.homeserver.rooms.get(private.room_id)
    assert state is not None
    assert (state.encrypted, state.invited) == (True, frozenset({UDO}))


async def test_the_second_sealed_answer_stands_under_the_first(desk: DeskAtWork) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(1))
    first = next(sent for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT})
    await desk.says(ANN, "!kaz antwort Bis 100.000 Euro.", thread=desk.root(1))
    second = next(sent for sent in desk.last if sent.room_id == first.room_id)
    assert second.thread == first.event_id


async def test_a_sealed_answer_does_not_go_to_a_chat_that_the_asker_has_left(
    desk: DeskAtWork,
) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(1))
    first = next(sent for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT})
    desk.homeserver.rooms.put(room(first.room_id, BOT, name="Udo"))
    desk.homeserver.rooms.put(room(RoomId("!new:kaz.test"), BOT, UDO, name="Udo"))
    desk.homeserver.has_direct(UDO, RoomId("!new:kaz.test"))
    await desk.says(ANN, "!kaz antwort Bis 100.000 Euro.", thread=desk.root(1))
    [second] = [sent for sent in desk.last if "100.000" in sent.body]
    assert (second.room_id, second.thread) == ("!new:kaz.test", None)


async def test_what_is_written_under_it_reaches_the_specialists(desk: DeskAtWork) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz rückfrage Wie teuer?", thread=desk.root(1))
    query = next(sent for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT})
    desk.homeserver.rooms.put(room(query.room_id, BOT, UDO, name="Udo"))
    await desk.says(UDO, "90.000 Euro.", room=query.room_id, thread=query.event_id)
    assert "90.000 Euro." in desk.bodies(PROCUREMENT)[0]
    assert (await desk.ticket(1)).state == "claimed"


async def test_an_edit_is_sealed_when_the_room_was_encrypted_meanwhile(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    said = desk.said(UDO, "!kaz frage Was kostet das? #vergabe", room=MARKET)
    await desk.takes(said)
    desk.homeserver.rooms.change(MARKET, encrypted=True)
    await desk.edits(UDO, said.event_id, "!kaz frage Was kostet Zinnober? #vergabe")
    [shown] = await desk.says(ANN, "!kaz zeige 1")
    assert "Zinnober" not in _said_by_bot(desk, PROCUREMENT) + shown


async def test_the_postman_is_the_last_guard(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    desk.homeserver.away = True
    await desk.says(ANN, "!kaz antwort Ja, bis 100.000 Euro.", thread=desk.root(1))
    desk.homeserver.away = False
    desk.homeserver.rooms.change(PROJECT, encrypted=False)
    desk.clock.advance(seconds=5)
    await desk.delivers()
    assert "100.000" not in _said_by_bot(desk, PROJECT)
