"""What people type is data: never executed, never markup, never an unbounded cost."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from kaz_bot.limits import BURST
from kaz_bot.messages import EventId, RoomId, Said
from tests.desk import ANN, BOT, EVA, EVAS_CHAT, PROCUREMENT, PROJECT, DeskAtWork
from tests.fakes import LARGEST_EVENT

LONG = "x" * 65_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"!kaz frage {LONG}", "error:too_long"),
        (f"!kaz {LONG}", "error:unknown_command"),
        (f"!kaz meine {LONG}", "error:bad_argument"),
        (f"!kaz fachgebiet {LONG}", "error:bad_argument"),
        (f"!kaz hilfe {LONG}", "error:unknown_command"),
        ("!kaz status " + "9" * 60_000, "error:not_found"),
        ("!kaz " + "a " * 30_000, "error:unknown_command"),
        (f"!kaz erinnere mich {LONG}", "error:bad_date"),
        (f"!kaz erinnere mich morgen {LONG}", "error:too_long"),
        ("!kaz frist x bis " + "morgen " * 9_000, "error:bad_date"),
        (f"!kaz erledigt {LONG}", "error:bad_argument"),
        ("!kaz löschen " + "9" * 60_000, "error:bad_argument"),
    ],
)
async def test_whoever_types_too_much_gets_a_short_answer(
    desk: DeskAtWork, text: str, told: str
) -> None:
    # Unbounded work on so many characters would not end within the time a test has.
    [answer] = await desk.says(EVA, text)
    assert desk.told(PROJECT) == [told]
    assert len(answer) < 1_000


@pytest.mark.parametrize("text", [f"!kaz suche {LONG}", "!kaz suche " + "wort " * 12_000])
async def test_a_long_search_is_answered(desk: DeskAtWork, text: str) -> None:
    await desk.says(EVA, text)
    assert desk.told(PROJECT) == ["info:search"]


async def test_a_long_message_to_a_ticket_is_refused_with_the_limit(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    [answer] = await desk.says(EVA, LONG, thread=question)
    assert desk.told(PROJECT) == ["error:too_long"]
    assert "8.000" in answer


async def test_what_does_not_fit_into_one_event_says_that_its_end_is_missing(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, ("ß€🎫 " * 2_000).strip(), thread=question)
    [relayed] = desk.last
    assert relayed.body.endswith("Das Ende fehlt hier.")
    assert len(json.dumps(relayed.content, ensure_ascii=False).encode()) < LARGEST_EVENT


HOSTILE = [
    "\x00\x01\x02\x1b[31m",
    "\u202egnirts\u202c",
    "\ud800",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "'; DROP TABLE tickets; --",
    "%s %d {0} {ticket}",
    "@room @ann:kaz.test",
    "a\u0300" * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_carried_as_text(desk: DeskAtWork, text: str) -> None:
    question = await desk.asks(EVA, f"Wer prüft {text} das? #vergabe")
    await desk.says(EVA, text, thread=question, html=text)
    await desk.says(ANN, f"!kaz antwort 1 {text}")
    await desk.says(EVA, f"!kaz {text}")
    sent = desk.homeserver.sent
    assert "error:internal" not in [one.told for one in sent]
    assert not [one.html for one in sent if "<script" in one.html or "49" in one.html]
    assert not [one.calls for one in sent if one.calls not in ([], [EVA])]
    assert not [one.body for one in sent if "\u202e" in one.body or "\x1b" in one.body]


async def test_hostile_names_of_people_rooms_and_files_are_text(desk: DeskAtWork) -> None:
    name = '<b onclick="x">@room</b>\u202e'
    desk.homeserver.rooms.change(PROJECT, name=name, members={BOT: "Kaz", EVA: name})
    await desk.has_ticket()
    assert "<b onclick" not in "".join(sent.html for sent in desk.last)
    assert [sent.calls for sent in desk.last] == [[], []]


GONE = EventId("$gone")


@pytest.mark.parametrize(
    "related",
    [
        lambda said: replace(said, thread=GONE),
        lambda said: replace(said, reply_to=GONE),
        lambda said: replace(said, edits=GONE),
    ],
)
@pytest.mark.parametrize("room", [PROJECT, EVAS_CHAT, PROCUREMENT])
@pytest.mark.parametrize("text", ["Was ist das?", "!kaz claim 1", "!kaz frage"])
async def test_relations_to_nothing_stop_nobody(
    desk: DeskAtWork, related: Callable[[Said], Said], room: RoomId, text: str
) -> None:
    await desk.takes(related(desk.said(EVA, text, room=room)))
    await desk.redacts(EVA, desk.said(EVA, "nie gehört").event_id)
    assert "error:internal" not in [sent.told for sent in desk.homeserver.sent]


async def test_too_many_commands_are_refused_once_until_it_calms_down(desk: DeskAtWork) -> None:
    await desk.takes(*(desk.said(EVA, "status 1", room=EVAS_CHAT) for _ in range(BURST + 5)))
    told = desk.told(EVAS_CHAT)
    assert told == ["error:not_found"] * BURST + ["error:rate_limited"]
    await desk.says(ANN, "!kaz liste")
    assert desk.told(PROCUREMENT) == ["info:list"]
    desk.clock.advance(seconds=10)
    await desk.says(EVA, "meine", room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["info:mine"]
