"""A small town for the tests of the demo's own rules."""

from collections.abc import Mapping

from kaz_bot.demo.book import Book, Place
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.script import Sight

WHY = {"de": "so", "en": "so"}


def a_book() -> Book:
    """Jana asks in a project room; Anke and Yusuf work in an encrypted area room."""
    names = {"kaz": "Kaz", "jana": "Jana Lehmann", "anke": "Anke Reimann", "yusuf": "Yusuf Demir"}
    return Book(
        users={person: f"@{person}:kaz.test" for person in names},
        names=names,
        files={},
        places={
            "eakte": Place(
                room_id="!eakte", name="Projektgruppe E-Akte", encrypted=True, members=("jana",)
            ),
            "offen": Place(
                room_id="!offen", name="Offene Daten", encrypted=False, members=("jana",)
            ),
        },
        messages={"question": "$question", "receipt": "$receipt"},
    )


def said(
    body: str,
    *,
    event_id: str = "$1",
    room_id: str = "!eakte",
    sender: str = "@kaz:kaz.test",
    encrypted: bool = True,
    content: Mapping[str, object] | None = None,
) -> Heard:
    """A message, of the bot unless told otherwise."""
    return Heard(
        event_id=event_id,
        room_id=room_id,
        sender=sender,
        kind="m.room.message",
        content={"msgtype": "m.notice", "body": body, "m.mentions": {}, **(content or {})},
        encrypted=encrypted,
    )


def in_thread(root: str) -> dict[str, object]:
    return {"rel_type": "m.thread", "event_id": root}


def a_sight(**expected: object) -> Sight:
    """An expectation in the project room."""
    return Sight(**{"room": "eakte", "why": WHY, **expected})  # type: ignore[arg-type]  # by name
