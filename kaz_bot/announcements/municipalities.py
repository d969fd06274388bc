"""What is said about whose question it is: the question, the choice, and what holds now."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Letter, Spot, info_key
from kaz_bot.announcements.places import to_asker
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.events import MunicipalityAsked
from kaz_bot.domain.letters import Place
from kaz_bot.domain.municipality_events import (
    MunicipalityBound,
    MunicipalityHappened,
    MunicipalityUnclear,
)

# The templates of the letters that somebody may answer with a name.
ASKED = "municipality/asked"
CHOICE = "municipality/choice"
TOPIC = "municipality"
# The keys with a digit: one stands under the choice for each line of it.
DIGITS = tuple(f"{digit}\ufe0f\u20e3" for digit in range(1, 9))


def municipality_asked(happened: MunicipalityAsked, view: DeskView) -> list[Announcement]:
    """In the asker's thread, calling nobody: whoever does not want to need not answer."""
    key = info_key(TOPIC, id=view.number(happened.ticket.id))
    asked = to_asker(happened, view, ASKED, {"shared": happened.shared})
    return [replace(letter, key=key) for letter in asked]


def municipality_happened(happened: MunicipalityHappened, view: DeskView) -> list[Announcement]:
    """Where it was said, and nowhere else."""
    match happened:
        case MunicipalityBound(municipality=municipality, tickets=tickets):
            facts = {"municipality": municipality, "tickets": tickets}
            bound = municipality.key if municipality else None
            return [_answer(happened, view, "municipality/bound", facts, municipality=bound)]
        case MunicipalityUnclear(choices=choices):
            letter = _answer(happened, view, CHOICE, {"choices": choices})
            subjects = tuple(Subject(one.key) for one in choices)
            return [replace(letter, subjects=subjects, reactions=DIGITS[: len(choices)])]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _answer(
    happened: MunicipalityHappened,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
    **more: object,
) -> Letter:
    heard = happened.heard
    return Letter(
        spot=Spot(
            room_id=heard.room_id,
            thread=Place(event=heard.thread) if heard.thread else None,
            reply_to=heard.reply_to,
        ),
        template=template,
        facts={"shared": happened.shared, "prefix": view.verb_prefix, **facts},
        key=info_key(TOPIC, **more),
    )
