"""Verifies a register that was handed out, by nothing but its file."""

import json
from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.committee.chain import Break, Fault, Link, faults
from kaz_bot.domain.committee.contents import NoDecision, read
from kaz_bot.domain.committee.decisions import Decision, Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Series, pattern_of
from kaz_bot.domain.strict import list_of, moment_of, number_of, object_of, text_of
from kaz_bot.register.oparl import CHAIN, DONE, FORM, PUBLISHED, REGISTER, Json, lists_of

_WRONG = (KeyError, TypeError, ValueError, RecursionError)


class NoRegister(Exception):
    """The file is no register of this release."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A register as its file says it. `end` is what the file says to be the last decision."""

    links: tuple[Link, ...]
    whole: bool
    faults: tuple[Fault, ...]


def copy_of(file: bytes) -> Copy:
    """What stands in the file, and what is wrong with it. Raises NoRegister."""
    try:
        return _copy(object_of(json.loads(file)))
    except _WRONG as problem:
        raise NoRegister(f"{type(problem).__name__}: {problem}") from problem


def _copy(file: Json) -> Copy:
    head = object_of(file[REGISTER])
    if head["form"] != FORM:
        raise ValueError("it is of another release")
    whole = head["whole"] is True
    links = tuple(_link(object_of(paper)) for paper in list_of(file["paper"]))
    found = [
        *faults(links, whole=whole),
        *_faults_at_the_end(head["end"], links),
        *_beside(file, links),
    ]
    return Copy(links=links, whole=whole, faults=tuple(dict.fromkeys(found)))


def _link(paper: Json) -> Link:
    """The decision by what is written beside its content."""
    chain, said = object_of(paper[CHAIN]), object_of(paper["kaz:decision"])
    number = DecisionNumber.read(text_of(said["number"]))
    reference = pattern_of(Series.PAPER).fullmatch(text_of(paper["reference"]))
    if number is None or reference is None:
        raise ValueError("a decision without a number")
    return Link(
        place=number_of(chain["place"]),
        number=number,
        paper_id=PaperId(int(reference["number"])),
        decided_at=moment_of(said["decidedAt"]),
        content=text_of(chain["content"]),
        digest=text_of(chain["digest"]),
    )


def _faults_at_the_end(end: object, links: tuple[Link, ...]) -> list[Fault]:
    if end is None and not links:
        return []
    named = object_of(end)
    number = text_of(named["number"])
    if not links or str(links[-1].number) != number:
        return [Fault(number=number, kind=Break.LOST)]
    if links[-1].digest != named["digest"]:
        return [Fault(number=number, kind=Break.CHANGED)]
    return []


def _beside(file: Json, links: tuple[Link, ...]) -> list[Fault]:
    """Where what people and programs read is not what the content says."""
    papers = [object_of(paper) for paper in list_of(file["paper"])]
    items = list_of(file["agendaItem"])
    found = []
    for link, paper, item in zip(links, papers, items, strict=True):
        try:
            decision = read(link.content, link.digest)
        except NoDecision:
            continue
        expected = lists_of([_entry(decision, link.content, paper)])
        if [paper] != expected["paper"] or [item] != expected["agendaItem"]:
            found.append(Fault(number=str(link.number), kind=Break.BESIDE))
    return found


def _entry(decision: Decision, content: str, paper: Json) -> Entry:
    # Whether it was published or done is no part of the chain, for it happens later.
    return Entry(
        decision=decision,
        content=content,
        room_id=decision.room_id,
        published_at=_moment_if_any(paper[PUBLISHED]),
        done_at=_moment_if_any(paper[DONE]),
    )


def _moment_if_any(value: object) -> datetime | None:
    return None if value is None else moment_of(value)
