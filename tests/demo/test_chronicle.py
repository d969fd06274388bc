"""The conversation is shown once, with who, where, in which thread, encrypted or not."""

from io import StringIO

from kaz_bot.demo.chronicle import Chronicle
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.screen import Screen
from tests.demo.people import a_book, in_thread, said

JANA = "@jana:kaz.test"


def shown(*heard: Heard) -> str:
    out = StringIO()
    narration = Narration.of({"LANG": "en"})
    chronicle = Chronicle(a_book(), narration, Screen(out, colours=False, width=80))
    for one in heard:
        chronicle.told("jana", one)
    return out.getvalue()


def reaction(key: str, to: str) -> Heard:
    relation = {"rel_type": "m.annotation", "event_id": to, "key": key}
    return Heard(
        event_id="$reaction",
        room_id="!eakte",
        sender=JANA,
        kind="m.reaction",
        content={"m.relates_to": relation},
    )


def test_a_message_stands_below_its_room_and_answers_in_a_thread_are_indented() -> None:
    question = said("!kaz frage Wie?", event_id="$q", sender=JANA)
    receipt = said(
        "KAZ-1: eingegangen\n\nBitte warten.",
        event_id="$r",
        content={"m.relates_to": in_thread("$q")},
    )
    assert shown(question, receipt) == (
        "\n"
        "  Projektgruppe E-Akte · encrypted\n"
        "    Jana Lehmann: !kaz frage Wie?\n"
        "      ↳ Kaz: KAZ-1: eingegangen\n"
        "\n"
        "        Bitte warten.\n"
    )


def test_a_room_without_encryption_says_so() -> None:
    assert "Offene Daten · not encrypted" in shown(
        said("Hallo", room_id="!offen", encrypted=False, sender=JANA)
    )


def test_what_two_people_hear_is_shown_once() -> None:
    hello = said("Hallo", sender=JANA)
    assert shown(hello, hello).count("Hallo") == 1


def test_a_reaction_names_the_message_it_is_on() -> None:
    assert "Jana Lehmann: reacts with 👍 to: Ja." in shown(
        said("Ja.", event_id="$answer"), reaction("👍", "$answer")
    )


def test_an_edit_shows_the_new_words() -> None:
    edit = said(
        "* Nein",
        event_id="$2",
        content={
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"},
            "m.new_content": {"body": "Nein"},
        },
    )
    assert "Kaz: [edit] Nein" in shown(said("Ja"), edit)


def test_a_redaction_says_what_was_taken_back() -> None:
    redaction = Heard(
        event_id="$2",
        room_id="!eakte",
        sender="@kaz:kaz.test",
        kind="m.room.redaction",
        content={},
        redacts="$1",
    )
    assert "Kaz: [taken back] Havel-1994" in shown(said("Havel-1994"), redaction)
