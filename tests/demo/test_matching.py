"""A sight is only seen when everything about it is as the scene expects."""

import pytest

from kaz_bot.demo.book import NotThere
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.matching import Difference, differences
from tests.demo.people import a_book, a_sight, in_thread, said

EDIT = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$receipt"}}
IN_THREAD = {"m.relates_to": in_thread("$question")}
IN_OTHER = {"m.relates_to": in_thread("$other")}
SECRET = {"formatted_body": "<b>geheim</b>"}
SECOND = {"de.kaz.reminder": {"id": 2, "event": "set"}}
CLAIMED = {"id": "KAZ-1", "state": "claimed", "assignee": "@anke:kaz.test"}


def test_a_message_that_is_all_that_was_expected_differs_in_nothing() -> None:
    sight = a_sight(
        thread="question", calls=("jana",), ticket={"id": "KAZ-1"}, says=("Ja", "{anke}")
    )
    heard = said(
        "Anke Reimann antwortet: Ja",
        content={
            "m.relates_to": in_thread("$question"),
            "m.mentions": {"user_ids": ["@jana:kaz.test"]},
            "de.kaz.ticket": {"id": "KAZ-1", "state": "claimed"},
        },
    )
    assert differences(sight, heard, a_book()) == []


@pytest.mark.parametrize(
    ("expected", "heard", "what"),
    [
        ({}, said("x", sender="@anke:kaz.test"), "sender"),
        ({}, said("x", room_id="!offen"), "room"),
        ({}, said("x", encrypted=False), "encrypted"),
        ({"room": "offen"}, said("x", room_id="!offen"), "encrypted"),
        ({}, said("x", content=IN_THREAD), "thread"),
        ({"thread": "question"}, said("x"), "thread"),
        (
            {"thread": "question"},
            said("x", content=IN_OTHER),
            "thread",
        ),
        ({}, said("x", content={"m.mentions": {"user_ids": ["@jana:kaz.test"]}}), "calls"),
        ({"calls": ("jana",)}, said("x"), "calls"),
        ({"ticket": {"id": "KAZ-1"}}, said("KAZ-1"), "de.kaz.ticket id"),
        ({"reminder": {"id": 1}}, said("x", content=SECOND), "de.kaz.reminder id"),
        ({"topic": "help"}, said("x"), "de.kaz.info topic"),
        ({"error": "bad_state"}, said("x"), "de.kaz.error code"),
        ({"says": ("{anke}",)}, said("Yusuf Demir"), "text"),
        (
            {"hides": ("geheim",)},
            said("x", content=SECRET),
            "hidden text",
        ),
        ({"file": "plan.txt"}, said("plan.txt"), "file"),
        ({"edits": "receipt"}, said("x"), "edits"),
        (
            {},
            said("x", content=EDIT),
            "edits",
        ),
        ({"one_of": ("jana", "yusuf")}, said("x", content={"de.kaz.ticket": CLAIMED}), "assignee"),
    ],
)
def test_each_thing_that_is_otherwise_is_named(
    expected: dict[str, object], heard: Heard, what: str
) -> None:
    [found] = differences(a_sight(**expected), heard, a_book())
    assert found.what.endswith(what)


def test_of_a_race_the_text_must_name_whom_the_key_names() -> None:
    sight = a_sight(one_of=("anke", "yusuf"), says=("{winner} vor {loser}",))
    right = said("Anke Reimann vor Yusuf Demir", content={"de.kaz.ticket": CLAIMED})
    wrong = said("Yusuf Demir vor Anke Reimann", content={"de.kaz.ticket": CLAIMED})
    assert differences(sight, right, a_book()) == []
    assert [found.what for found in differences(sight, wrong, a_book())] == ["text"]


def test_a_reaction_is_known_by_its_emoji_and_what_it_is_on() -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$question", "key": "🎫"}
    heard = Heard(
        event_id="$1",
        room_id="!eakte",
        sender="@kaz:kaz.test",
        kind="m.reaction",
        content={"m.relates_to": relation},
    )
    assert differences(a_sight(reacts="🎫", to="question"), heard, a_book()) == []
    assert differences(a_sight(reacts="🎫", to="receipt"), heard, a_book()) == [
        Difference(what="to", expected="$receipt", found="$question")
    ]


def test_a_redaction_is_known_by_what_it_takes_back() -> None:
    heard = Heard(
        event_id="$1",
        room_id="!eakte",
        sender="@kaz:kaz.test",
        kind="m.room.redaction",
        content={},
        redacts="$receipt",
    )
    assert differences(a_sight(redacts="receipt"), heard, a_book()) == []
    assert [found.what for found in differences(a_sight(redacts="question"), heard, a_book())] == [
        "redacts"
    ]


def test_an_edit_shows_its_new_words() -> None:
    heard = said(
        "* alt",
        content={**EDIT, "m.new_content": {"body": "neu"}},
    )
    assert differences(a_sight(edits="receipt", says=("neu",)), heard, a_book()) == []


def test_what_never_came_cannot_be_compared_with() -> None:
    with pytest.raises(NotThere, match="answer"):
        differences(a_sight(thread="answer"), said("x"), a_book())
