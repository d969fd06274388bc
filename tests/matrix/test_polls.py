"""Polls go out as clients show them, and what people pick comes back, whatever they write."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.matrix import Session, polls
from kaz_bot.matrix.decoding import Decoder
from kaz_bot.matrix.shapes import Json
from kaz_bot.messages import (
    EventId,
    Incoming,
    Parcel,
    PollAnswered,
    Reacted,
    Redacted,
    RoomId,
    UserId,
)
from tests.matrix.conftest import Listener
from tests.matrix.events import ANN, ROOM, Event, event, joined, room_state, state, sync
from tests.matrix.fake_homeserver import BOT, FakeHomeserver
from tests.matrix.friend import Friend

POLL = "$poll"
ABOUT_POLL = {"rel_type": "m.reference", "event_id": POLL}
UNSTABLE = "org.matrix.msc3381.poll.response"
STABLE = "m.poll.response"
ENCRYPTION = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
CIPHERTEXT = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": "c"}
QUESTION = polls.poll("Stimmen Sie zu?", [("yes", "Ja"), ("no", "Nein")])


def answer(content: Json, *, kind: str = UNSTABLE, relation: object = ABOUT_POLL) -> Event:
    return event(kind, {**content, "m.relates_to": relation})


def decoded(source: Event, inner: Json | None = None) -> Incoming | None:
    """What the house is told of it; `inner` is what was encrypted in it."""
    decoder = Decoder(UserId(BOT), lambda _room, _event: inner or {})
    return decoder.decode(RoomId(ROOM), source)


def picked(content: Json) -> tuple[str, ...]:
    found = decoded(answer(content))
    assert isinstance(found, PollAnswered)
    return found.answers


def test_an_answer_is_told_with_its_poll_and_who_gave_it() -> None:
    source = answer({UNSTABLE: {"answers": ["yes"]}})
    found = decoded(source)
    assert isinstance(found, PollAnswered)
    assert (found.target, found.answers) == (POLL, ("yes",))
    assert (found.event_id, found.sender, found.room_id) == (source["event_id"], ANN, ROOM)
    assert found.sent_at.year == 2023


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (UNSTABLE, {UNSTABLE: {"answers": ["yes", "no"]}}),
        (STABLE, {STABLE: {"answers": ["yes", "no"]}}),
        (STABLE, {"m.selections": ["yes", "no"]}),
        (STABLE, {UNSTABLE: {"answers": ["yes", "no"]}}),
    ],
)
def test_every_spelling_of_an_answer_is_understood(kind: str, content: dict[str, Any]) -> None:
    found = decoded(answer(content, kind=kind))
    assert isinstance(found, PollAnswered)
    assert found.answers == ("yes", "no")


@pytest.mark.parametrize(
    "answers",
    [
        [],
        None,
        "yes",
        5,
        {"0": "yes"},
        [5],
        [None],
        [""],
        ["yes", 5],
        ["yes", ["no"]],
        [{"id": "yes"}],
        ["y" * 256],
        ["yes"] * 21,
        [True],
    ],
)
def test_what_picks_nothing_sound_takes_the_answer_back(answers: object) -> None:
    assert picked({UNSTABLE: {"answers": answers}}) == ()
    assert picked({"m.selections": answers}) == ()


@pytest.mark.parametrize(
    "content", [{}, {UNSTABLE: None}, {UNSTABLE: ["yes"]}, {UNSTABLE: "yes"}, {"answers": ["yes"]}]
)
def test_an_answer_of_unknown_shape_takes_the_answer_back(content: dict[str, Any]) -> None:
    assert picked(content) == ()


def test_ids_fit_into_every_database() -> None:
    assert picked({UNSTABLE: {"answers": ["nul\0", "half \ud83d"]}}) == ("nul�", "half ?")


@pytest.mark.parametrize(
    "relation",
    [
        None,
        POLL,
        [],
        {},
        {"rel_type": "m.reference"},
        {"rel_type": "m.reference", "event_id": None},
        {"rel_type": "m.reference", "event_id": [POLL]},
        {"rel_type": "m.reference", "event_id": "poll"},
        {"rel_type": ["m.reference"], "event_id": POLL},
        {"rel_type": "m.annotation", "event_id": POLL},
        {"rel_type": "m.replace", "event_id": POLL},
        {"m.in_reply_to": {"event_id": POLL}},
    ],
)
def test_an_answer_to_no_poll_is_nothing(relation: object) -> None:
    assert decoded(answer({UNSTABLE: {"answers": ["yes"]}}, relation=relation)) is None


@pytest.mark.parametrize("kind", [[UNSTABLE], {UNSTABLE: 1}, None, 5])
def test_an_event_of_an_odd_type_is_nothing(kind: object) -> None:
    source = answer({UNSTABLE: {"answers": ["yes"]}}) | {"type": kind}
    assert decoded(source) is None


def test_of_an_encrypted_answer_the_relation_stands_outside() -> None:
    outside = {**CIPHERTEXT, "m.relates_to": ABOUT_POLL}
    hidden = {"rel_type": "m.reference", "event_id": "$hidden"}
    inner = {"type": UNSTABLE, "content": {UNSTABLE: {"answers": ["no"]}, "m.relates_to": hidden}}
    found = decoded(event("m.room.encrypted", outside), inner)
    assert isinstance(found, PollAnswered)
    assert (found.target, found.answers) == (POLL, ("no",))
    assert decoded(event("m.room.encrypted", CIPHERTEXT), inner) is None


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["answers", "m.selections", "m.relates_to", "rel_type", "event_id", UNSTABLE]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(kind=st.sampled_from([UNSTABLE, STABLE]), content=ANYTHING, inner=ANYTHING)
def test_nothing_anybody_can_write_is_an_error(kind: str, content: Any, inner: Any) -> None:
    related = {**(content if isinstance(content, dict) else {}), "m.relates_to": ABOUT_POLL}
    sealed = event("m.room.encrypted", {**CIPHERTEXT, **related})
    assert isinstance(decoded(event(kind, {}) | {"content": content}), Incoming | None)
    assert isinstance(decoded(event(kind, related)), PollAnswered)
    assert isinstance(decoded(sealed, {"type": kind, "content": inner}), PollAnswered)


def test_a_poll_is_what_element_shows() -> None:
    assert polls.poll("Stimmen Sie zu?", [("yes", "Ja"), ("abstain", "Enthaltung")]) == {
        "org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "Stimmen Sie zu?"},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": 1,
            "answers": [
                {"id": "yes", "org.matrix.msc1767.text": "Ja"},
                {"id": "abstain", "org.matrix.msc1767.text": "Enthaltung"},
            ],
        },
        "org.matrix.msc1767.text": "Stimmen Sie zu?\n1. Ja\n2. Enthaltung",
        "body": "Stimmen Sie zu?\n1. Ja\n2. Enthaltung",
    }


def test_the_end_of_a_poll_is_what_element_shows() -> None:
    assert polls.poll_end("Die Abstimmung ist beendet.") == {
        "org.matrix.msc3381.poll.end": {},
        "org.matrix.msc1767.text": "Die Abstimmung ist beendet.",
        "body": "Die Abstimmung ist beendet.",
    }


@pytest.fixture
def ann(server: FakeHomeserver, tmp_path: Path, session: Session) -> Friend:
    return Friend(server, tmp_path / "ann", ANN)


async def enter(server: FakeHomeserver, listener: Listener, *more: Event) -> None:
    server.brings("s1", sync("s2", joined(room_state=room_state(*more))))
    listener.follow("s1")
    await listener.until("s2")


def letter(event_type: str, content: Json) -> Parcel:
    return Parcel(room_id=RoomId(ROOM), txn_id="l1", event_type=event_type, content=content)


async def test_in_a_room_without_encryption_a_poll_goes_as_it_is(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    await enter(server, listener)
    await session.deliver(letter(polls.START, QUESTION))
    [sent] = server.asked("/send/")
    assert (sent.path, sent.body) == (f"rooms/{ROOM}/send/{polls.START}/l1", QUESTION)


async def test_in_an_encrypted_room_a_poll_is_sealed(
    server: FakeHomeserver, session: Session, ann: Friend, listener: Listener
) -> None:
    await enter(server, listener, ENCRYPTION)
    await session.deliver(letter(polls.START, QUESTION))
    [sent] = server.asked("/send/")
    read = ann.reads(event("m.room.encrypted", sent.body, sender=BOT))
    assert (sent.path.split("/")[3], "Stimmen" in str(sent.body)) == ("m.room.encrypted", False)
    assert read == {"type": polls.START, "room_id": ROOM, "content": QUESTION}


async def test_in_an_encrypted_room_the_end_says_outside_which_poll_it_ends(
    server: FakeHomeserver, session: Session, ann: Friend, listener: Listener
) -> None:
    await enter(server, listener, ENCRYPTION)
    end = {**polls.poll_end("Beendet."), "m.relates_to": ABOUT_POLL}
    await session.deliver(letter(polls.END, end))
    [sent] = server.asked("/send/")
    read = ann.reads(event("m.room.encrypted", sent.body, sender=BOT))
    assert sent.body["m.relates_to"] == ABOUT_POLL
    assert read == {"type": polls.END, "room_id": ROOM, "content": end}


async def test_an_encrypted_answer_is_heard(
    server: FakeHomeserver, ann: Friend, listener: Listener
) -> None:
    await enter(server, listener, ENCRYPTION)
    key = ann.key_for_bot()
    content = {UNSTABLE: {"answers": ["no"]}, "m.relates_to": ABOUT_POLL}
    came = ann.sends(UNSTABLE, content)
    server.brings("s2", sync("s3", joined([came]), to_device={"events": [key]}))
    await listener.until("s3")
    heard = [event for event in listener.events if isinstance(event, PollAnswered)]
    assert [(e.sender, e.target, e.answers) for e in heard] == [(ANN, POLL, ("no",))]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (answer({UNSTABLE: {"answers": ["yes"]}}), PollAnswered),
        (
            event(
                "m.reaction",
                {"m.relates_to": {"rel_type": "m.annotation", "event_id": POLL, "key": "✅"}},
            ),
            Reacted,
        ),
    ],
)
async def test_a_vote_taken_back_is_a_redaction_of_it(
    server: FakeHomeserver, listener: Listener, source: Event, kind: type[Incoming]
) -> None:
    await enter(server, listener)
    redaction = event("m.room.redaction", {"redacts": source["event_id"]})
    server.brings("s2", sync("s3", joined([source, redaction])))
    await listener.until("s3")
    voted, taken_back = listener.events[-2:]
    assert isinstance(voted, kind)
    assert isinstance(taken_back, Redacted)
    assert taken_back.target == EventId(source["event_id"]) == voted.event_id
