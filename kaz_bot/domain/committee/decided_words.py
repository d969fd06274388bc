"""Holds the words of a paper against what the register says was decided."""

from collections.abc import Iterable, Mapping

from kaz_bot.domain.committee.chain import Break, Fault, Link
from kaz_bot.domain.committee.contents import NoDecision, read
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.drafts import Part, parts_of, with_parts
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Edition

# The parts of each edition, by its paper and its number.
Wordings = Mapping[tuple[PaperId, int], Mapping[Part, str]]


def as_decided(edition: Edition, decision: Decision) -> Edition:
    """The edition with the words of the register, which nobody can change unnoticed."""
    return with_parts(edition, _parts(decision, parts_of(edition)))


def reworded(register: Iterable[Link], wordings: Wordings) -> list[Fault]:
    """The decisions whose papers say something else now. Those that cannot be read are faults of
    the chain."""
    return [
        Fault(number=str(link.number), kind=Break.REWORDED)
        for link in register
        if (decision := _read(link)) is not None and not _kept(decision, wordings)
    ]


def _kept(decision: Decision, wordings: Wordings) -> bool:
    said = wordings.get((decision.paper_id, decision.edition))
    return said is not None and _parts(decision, said) == said


def _parts(decision: Decision, said: Mapping[Part, str]) -> Mapping[Part, str]:
    # A paper without a wording is decided on by its title, which the register has as both.
    by_title = not said[Part.WORDING] and decision.wording == decision.title
    return {
        Part.TITLE: decision.title,
        Part.WORDING: "" if by_title else decision.wording,
        Part.REASONS: decision.reasons,
        Part.MONEY: decision.money,
        Part.LEAD: decision.lead,
        Part.INVOLVED: decision.involved,
        Part.ANNEXES: decision.annexes,
    }


def _read(link: Link) -> Decision | None:
    try:
        return read(link.content, link.digest)
    except NoDecision:
        return None
