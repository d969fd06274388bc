"""Parts of a register, as they are handed out."""

from dataclasses import replace

from kaz_bot.domain.committee.chain import linked
from kaz_bot.domain.committee.contents import canonical
from kaz_bot.domain.committee.decisions import Decision, Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from kaz_bot.register import Extract, Wish
from tests.register.records import COMMITTEE, NOON, new_decision


def register(*decisions: Decision) -> tuple[Entry, ...]:
    """These, one behind the other."""
    entries: list[Entry] = []
    for place, decision in enumerate(decisions, start=1):
        blank = replace(decision, number=DecisionNumber(2026, place), paper_id=PaperId(100 + place))
        previous = entries[-1].decision.digest if entries else ""
        entered = linked(blank, place=place, previous=previous)
        entries.append(Entry(decision=entered, content=canonical(entered), room_id=COMMITTEE))
    return tuple(entries)


def extract(*entries: Entry, **changes: object) -> Extract:
    """The whole of a register with these entries, unless said otherwise."""
    made = Extract(
        entries=entries or register(new_decision()),
        wish=Wish(),
        at=NOON,
        whole=True,
        committee="Steuerungsgremium",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of an extract, by name
