"""Events as people's clients, and people who mean no good, write them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.matrix import polls
from kaz_bot.matrix.decoding import Decoder
from kaz_bot.matrix.room_keys import NotDecryptable
from kaz_bot.matrix.shapes import Json
from kaz_bot.messages import (
    Attachment,
    Echo,
    Incoming,
    Reacted,
    Redacted,
    RoomId,
    Said,
    Undecryptable,
    UserId,
)
from tests.matrix.events import ANN, ROOM, Event, event, message
from tests.matrix.fake_homeserver import BOT

MXC = "mxc://kaz.test/file"


def refuse(room: RoomId, encrypted: Json) -> Json:
    raise NotDecryptable("no key")


def decoded(source: Event, inner: Json | None = None) -> Incoming | None:
    """What the house is told of it; `inner` is what was encrypted in it."""
    decoder = Decoder(UserId(BOT), refuse if inner is None else lambda _room, _event: inner)
    return decoder.decode(RoomId(ROOM), source)


def said(source: Event, inner: Json | None = None) -> Said:
    found = decoded(source, inner)
    assert isinstance(found, Said)
    return found


def about(relation: object) -> dict[str, Any]:
    return {"m.relates_to": relation}


def calling(mentions: object) -> dict[str, Any]:
    return {"m.mentions": mentions}


def test_a_message_is_told_with_who_when_and_where() -> None:
    source = message("hello")
    expected = Said(
        event_id=source["event_id"],
        room_id=RoomId(ROOM),
        sender=UserId(ANN),
        sent_at=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        text="hello",
    )
    assert decoded(source) == expected


@pytest.mark.parametrize("msgtype", ["m.text", "m.notice", "m.emote", "m.location"])
def test_words_are_words(msgtype: str) -> None:
    assert said(message("hello", msgtype=msgtype)).text == "hello"


def test_a_notice_is_known_as_one() -> None:
    found = [said(message("x", msgtype=kind)).notice for kind in ("m.text", "m.notice")]
    assert found == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"msgtype": "m.text"},
        {"msgtype": "m.text", "body": None},
        {"msgtype": "m.text", "body": 5},
        {"msgtype": "m.text", "body": ["x"]},
        {"msgtype": "m.odd", "body": "x"},
        {"msgtype": ["m.text"], "body": "x"},
        {"msgtype": {"a": 1}, "body": "x"},
        {"msgtype": None, "body": "x"},
        {"body": "x"},
        "text",
        None,
    ],
)
def test_what_is_no_message_is_nothing(content: Any) -> None:
    source = message("x")
    source["content"] = content
    assert decoded(source) is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("nul\0 inside", "nul� inside"),
        ("half \ud83d character", "half ? character"),
        ("\u202eright to left", "\u202eright to left"),
        ("", ""),
    ],
)
def test_texts_fit_into_every_database(body: str, text: str) -> None:
    assert said(message(body)).text == text


ROOT, OTHER = "$root", "$other"


@pytest.mark.parametrize(
    ("relation", "thread", "reply_to"),
    [
        ({"m.in_reply_to": {"event_id": OTHER}}, None, OTHER),
        ({"rel_type": "m.thread", "event_id": ROOT}, ROOT, None),
        (
            {
                "rel_type": "m.thread",
                "event_id": ROOT,
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": OTHER},
            },
            ROOT,
            None,
        ),
        (
            {
                "rel_type": "m.thread",
                "event_id": ROOT,
                "is_falling_back": False,
                "m.in_reply_to": {"event_id": OTHER},
            },
            ROOT,
            OTHER,
        ),
        (
            {
                "rel_type": "m.thread",
                "event_id": ROOT,
                "m.in_reply_to": {"event_id": OTHER},
            },
            ROOT,
            OTHER,
        ),
        ("m.thread", None, None),
        (5, None, None),
        ([ROOT], None, None),
        (None, None, None),
        ({}, None, None),
        ({"rel_type": "m.thread"}, None, None),
        ({"rel_type": "m.thread", "event_id": 5}, None, None),
        ({"rel_type": "m.thread", "event_id": "no id"}, None, None),
        ({"rel_type": "m.thread", "event_id": "$" + "x" * 300}, None, None),
        ({"rel_type": ["m.thread"], "event_id": ROOT}, None, None),
        ({"rel_type": "m.odd", "event_id": ROOT}, None, None),
        ({"m.in_reply_to": OTHER}, None, None),
        ({"m.in_reply_to": {"event_id": [OTHER]}}, None, None),
    ],
)
def test_relations_are_read_as_far_as_they_are_sound(
    relation: object, thread: str | None, reply_to: str | None
) -> None:
    found = said(message("x", **about(relation)))
    assert (found.text, found.thread, found.reply_to, found.edits) == ("x", thread, reply_to, None)


def test_an_edit_has_the_new_text() -> None:
    edit: dict[str, Any] = {
        "m.new_content": {"msgtype": "m.text", "body": "new", "m.mentions": {}},
        "m.relates_to": {"rel_type": "m.replace", "event_id": OTHER},
    }
    found = said(message("* new", **edit))
    assert (found.text, found.edits) == ("new", OTHER)


@pytest.mark.parametrize(
    "odd",
    [
        {"m.relates_to": {"rel_type": "m.replace"}},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": OTHER}},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": OTHER}, "m.new_content": "new"},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": OTHER}, "m.new_content": {}},
        {
            "m.relates_to": {"rel_type": "m.replace", "event_id": 5},
            "m.new_content": {"msgtype": "m.text", "body": "!kaz new"},
        },
    ],
)
def test_a_broken_edit_is_nothing_and_above_all_no_new_command(odd: dict[str, Any]) -> None:
    assert decoded(message("!kaz new", **odd)) is None


@pytest.mark.parametrize(
    ("mentions", "people"),
    [
        ({"user_ids": [ANN, "@cem:kaz.test"]}, {ANN, "@cem:kaz.test"}),
        ({"user_ids": [ANN, 5, None, "ann", {}]}, {ANN}),
        ({"user_ids": ANN}, set()),
        ({"room": True}, set()),
        ([ANN], set()),
        (None, set()),
    ],
)
def test_mentions_are_ids_of_people(mentions: object, people: set[str]) -> None:
    assert said(message("x", **calling(mentions))).mentions == people


@pytest.mark.parametrize(
    ("formatted", "html"),
    [
        ({"format": "org.matrix.custom.html", "formatted_body": "<b>x</b>"}, "<b>x</b>"),
        ({"format": "odd", "formatted_body": "<b>x</b>"}, None),
        ({"formatted_body": "<b>x</b>"}, None),
        ({"format": "org.matrix.custom.html", "formatted_body": 5}, None),
        ({"format": ["org.matrix.custom.html"], "formatted_body": "x"}, None),
    ],
)
def test_html_is_what_says_it_is(formatted: dict[str, Any], html: str | None) -> None:
    assert said(message("x", **formatted)).html == html


def test_the_quote_old_clients_put_before_a_reply_is_taken_off() -> None:
    source = message(
        "> <@bot:kaz.test> a question\n> in two lines\n\n!kaz antwort so",
        format="org.matrix.custom.html",
        formatted_body="<mx-reply><blockquote>a question</blockquote></mx-reply>!kaz antwort so",
        **about({"m.in_reply_to": {"event_id": OTHER}}),
    )
    found = said(source)
    assert (found.text, found.html) == ("!kaz antwort so", "!kaz antwort so")


def test_a_quote_somebody_wrote_themselves_stays() -> None:
    assert said(message("> <b> quoted\n\nanswer")).text == "> <b> quoted\n\nanswer"


FILE = {
    "v": "v2",
    "url": MXC,
    "key": {
        "kty": "oct",
        "key_ops": ["encrypt", "decrypt"],
        "alg": "A256CTR",
        "k": "k",
        "ext": True,
    },
    "iv": "iv",
    "hashes": {"sha256": "h"},
}


def test_an_attachment_carries_only_what_is_sound() -> None:
    source = message(
        "plan.pdf",
        msgtype="m.file",
        url=MXC,
        info={"size": 5, "w": "wide", "mimetype": "application/pdf", "odd": {"deep": []}},
        filename="plan.pdf",
        odd=1,
    )
    expected = Attachment(
        name="plan.pdf",
        content={
            "msgtype": "m.file",
            "url": MXC,
            "info": {"size": 5, "mimetype": "application/pdf"},
            "filename": "plan.pdf",
        },
    )
    found = said(source)
    assert (found.text, found.attachment) == ("", expected)


def test_an_encrypted_attachment_keeps_its_key() -> None:
    found = said(message("a.png", msgtype="m.image", file=FILE))
    assert found.attachment is not None
    assert found.attachment.content == {"msgtype": "m.image", "file": FILE}


@pytest.mark.parametrize(
    ("body", "filename", "caption"),
    [
        ("a.png", None, ""),
        ("a.png", "a.png", ""),
        ("see the roof", "a.png", "see the roof"),
        ("see the roof", 5, ""),
    ],
)
def test_the_text_of_a_file_is_its_caption(body: str, filename: object, caption: str) -> None:
    assert said(message(body, msgtype="m.image", url=MXC, filename=filename)).text == caption


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"url": 5},
        {"url": "https://elsewhere.test/x"},
        {"url": "mxc://a\nb"},
        {"file": {"url": MXC}},
        {"file": FILE | {"url": "http://x"}},
        {"file": FILE | {"key": "k"}},
        {"file": FILE | {"hashes": {"sha256": 5}}},
        {"file": [FILE]},
    ],
)
def test_a_file_without_a_sound_place_is_no_attachment(place: dict[str, Any]) -> None:
    assert said(message("a.png", msgtype="m.image", **place)).attachment is None


def reaction(relation: object) -> Event:
    return event("m.reaction", {"m.relates_to": relation})


@pytest.mark.parametrize(
    ("key", "normalised"),
    [
        ("🎫", "🎫"),
        ("🎫\ufe0f", "🎫"),
        ("🙋🏽", "🙋"),
        ("🙋🏽\u200d♀\ufe0f", "🙋"),
        ("🙋\u200d♂️", "🙋"),
        ("👍🏿", "👍"),
        ("⚪️", "⚪"),
        ("\u2705\ufe0e", "✅"),
    ],
)
def test_a_reaction_is_the_same_in_every_skin(key: str, normalised: str) -> None:
    found = decoded(reaction({"rel_type": "m.annotation", "event_id": OTHER, "key": key}))
    assert isinstance(found, Reacted)
    assert (found.target, found.key) == (OTHER, normalised)


@pytest.mark.parametrize(
    "relation",
    [
        None,
        "🎫",
        [],
        {},
        {"rel_type": "m.annotation", "event_id": OTHER},
        {"rel_type": "m.annotation", "event_id": OTHER, "key": 5},
        {"rel_type": "m.annotation", "event_id": OTHER, "key": ""},
        {"rel_type": "m.annotation", "event_id": OTHER, "key": "\ufe0f"},
        {"rel_type": "m.annotation", "event_id": [OTHER], "key": "🎫"},
        {"rel_type": "m.odd", "event_id": OTHER, "key": "🎫"},
    ],
)
def test_a_broken_reaction_is_nothing(relation: object) -> None:
    assert decoded(reaction(relation)) is None


@pytest.mark.parametrize(
    "source",
    [
        event("m.room.redaction", {"redacts": OTHER}),
        event("m.room.redaction", {}, redacts=OTHER),
        event("m.room.redaction", {"redacts": 5}, redacts=OTHER),
    ],
)
def test_a_redaction_names_its_target_in_every_room_version(source: Event) -> None:
    found = decoded(source)
    assert isinstance(found, Redacted)
    assert found.target == OTHER


def test_what_was_redacted_is_nothing() -> None:
    redacted = event("m.room.message", {}, unsigned={"redacted_because": {}})
    encrypted = event("m.room.encrypted", {}, unsigned={"redacted_because": {}})
    assert [decoded(redacted), decoded(encrypted)] == [None, None]


def own(kind: str, content: dict[str, object], **unsigned: object) -> Event:
    return event(kind, content, sender=BOT, unsigned=unsigned)


@pytest.mark.parametrize("kind", ["m.room.message", "m.room.encrypted", polls.START, polls.END])
def test_our_own_message_comes_back_as_the_echo_of_its_letter(kind: str) -> None:
    found = decoded(own(kind, {}, transaction_id="letter-5"))
    assert isinstance(found, Echo)
    assert found.txn_id == "letter-5"


@pytest.mark.parametrize(
    "source",
    [
        own("m.room.message", {"msgtype": "m.text", "body": "by another device"}),
        own("m.room.message", {}, transaction_id=5),
        own("m.reaction", {}, transaction_id="letter-5"),
        own("m.room.redaction", {"redacts": OTHER}, transaction_id="letter-5"),
    ],
)
def test_what_else_the_account_does_is_nothing(source: Event) -> None:
    assert decoded(source) is None


ENCRYPTED = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": "c"}


def test_what_cannot_be_decrypted_is_kept_with_the_name_of_its_key() -> None:
    found = decoded(event("m.room.encrypted", ENCRYPTED))
    assert isinstance(found, Undecryptable)
    assert (found.session_id, '"ciphertext": "c"' in found.source) == ("s", True)


@pytest.mark.parametrize(
    "content", [{"algorithm": "m.odd"}, {"algorithm": 5}, ENCRYPTED | {"session_id": 5}]
)
def test_what_no_key_can_open_waits_for_none(content: dict[str, object]) -> None:
    found = decoded(event("m.room.encrypted", content))
    assert isinstance(found, Undecryptable)
    assert found.session_id == ""


def test_a_decrypted_message_keeps_its_relation_outside() -> None:
    outside = {**ENCRYPTED, "m.relates_to": {"rel_type": "m.thread", "event_id": ROOT}}
    inside = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "hello"}}
    found = said(event("m.room.encrypted", outside), inside)
    assert (found.text, found.thread, found.encrypted) == ("hello", ROOT, True)


def test_a_relation_hidden_in_the_ciphertext_counts_for_nothing() -> None:
    hidden = {"m.relates_to": {"rel_type": "m.thread", "event_id": ROOT}}
    content = {"msgtype": "m.text", "body": "hello", **hidden}
    found = said(
        event("m.room.encrypted", ENCRYPTED), {"type": "m.room.message", "content": content}
    )
    assert (found.text, found.thread) == ("hello", None)


@pytest.mark.parametrize(
    "inside",
    [
        {},
        {"type": "m.room.message"},
        {"type": "m.room.encrypted", "content": ENCRYPTED},
        {"type": "m.room.redaction", "content": {"redacts": OTHER}},
        {"type": "m.room.member", "state_key": BOT, "content": {"membership": "leave"}},
        {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": "!x:y"}},
        {"type": "org.matrix.msc3381.poll.start", "content": {}},
    ],
)
def test_inside_the_ciphertext_only_messages_and_reactions_count(inside: dict[str, Any]) -> None:
    assert decoded(event("m.room.encrypted", ENCRYPTED), inside) is None


def test_a_message_with_a_state_key_is_no_message() -> None:
    assert decoded(message("x") | {"state_key": ""}) is None


@pytest.mark.parametrize("time", [None, "now", -5, 10**30, True, 1.5])
def test_an_impossible_time_is_1970(time: object) -> None:
    assert said(message("x") | {"origin_server_ts": time}).sent_at.year == 1970


@pytest.mark.parametrize(
    "broken", [{"event_id": 5}, {"event_id": "x"}, {"sender": None}, {"sender": "ann"}, {"type": 5}]
)
def test_an_event_without_its_heading_is_nothing(broken: dict[str, object]) -> None:
    assert decoded(message("x") | broken) is None


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["body", "msgtype", "m.relates_to", "event_id", "rel_type", "m.new_content", "key",
                 "m.mentions", "user_ids", "url", "file", "info", "filename", "m.in_reply_to",
                 "membership", "redacts", "format", "formatted_body", "prev_content"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)  # fmt: skip


@given(
    kind=st.sampled_from(
        ["m.room.message", "m.reaction", "m.room.encrypted", "m.room.member", "m.room.redaction",
         "m.room.tombstone", "m.room.encryption"]
    ),
    msgtype=st.sampled_from(["m.text", "m.image", "m.file"]) | ANYTHING,
    content=ANYTHING,
    more=st.dictionaries(
        st.sampled_from(["unsigned", "state_key", "redacts", "sender", "origin_server_ts"]),
        ANYTHING,
    ),
)  # fmt: skip
def test_nothing_anybody_can_write_is_an_error(
    kind: str, msgtype: Any, content: Any, more: dict[str, Any]
) -> None:
    source = event(kind, {"msgtype": msgtype, "body": "x"}) | more
    whole = dict(source["content"], **(content if isinstance(content, dict) else {}))
    assert isinstance(decoded({**source, "content": whole}), Incoming | None)
    assert isinstance(decoded({**source, "content": content}), Incoming | None)
