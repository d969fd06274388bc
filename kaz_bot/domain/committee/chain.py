"""Links the decisions of the register, so that anybody can see whether one was changed later."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kaz_bot.domain.committee.contents import NoDecision, canonical, read
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId

# What the digests are made by; whoever checks an exported register needs to know.
ALGORITHM = "SHA-256"


class Break(StrEnum):
    """What is wrong with a decision of the register, or before it.

    Changed: the digest is of another content. Unreadable: the content is no decision. Beside: what
    the database says beside the content differs from it. Unlinked: it does not follow the one
    before it. Missing: one before it is gone. Gap: its number does not follow. Lost: it was decided
    under that number, but the register has it not. Differs: another copy of the register says
    something else, or has it not. Reworded: the paper does not say any more what was decided.
    """

    CHANGED = "changed"
    UNREADABLE = "unreadable"
    BESIDE = "beside"
    UNLINKED = "unlinked"
    MISSING = "missing"
    GAP = "gap"
    LOST = "lost"
    DIFFERS = "differs"
    REWORDED = "reworded"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Where the register is broken, and how."""

    number: str
    kind: Break


@dataclass(frozen=True, kw_only=True)
class Link:
    """A decision as it is kept: the text that its digest is of, and what stands beside it.

    `decided_at` is missing where what stands there is no time.
    """

    place: int
    number: DecisionNumber
    paper_id: PaperId
    decided_at: datetime | None
    content: str
    digest: str

    @classmethod
    def of(cls, decision: Decision) -> "Link":
        """As it is kept when nobody changes anything."""
        return cls(
            place=decision.place,
            number=decision.number,
            paper_id=decision.paper_id,
            decided_at=decision.decided_at,
            content=canonical(decision),
            digest=decision.digest,
        )


def digest_of(content: str) -> str:
    """The digest of a decision; that of the one before it is part of its content."""
    return hashlib.sha256(content.encode()).hexdigest()


def linked(decision: Decision, *, place: int, previous: str) -> Decision:
    """The decision behind the one whose digest is `previous`, as it will be read for good."""
    placed = replace(decision, place=place, previous=previous, digest="")
    content = canonical(placed)
    return read(content, digest_of(content))


def faults(register: Iterable[Link], *, whole: bool = True) -> list[Fault]:
    """What is wrong with a register in the order of its places; nothing if all is as it was.

    A part of one, not `whole`, may leave out decisions.
    """
    found: list[Fault] = []
    last: Link | None = None
    highest: dict[int, int] = {}
    for link in register:
        decision = _read(link)
        kinds = [*_within(link, decision), *_before(link, decision, last, whole=whole)]
        number = link.number
        if (
            whole
            and Break.MISSING not in kinds
            and number.number != highest.get(number.year, 0) + 1
        ):
            kinds.append(Break.GAP)
        found += [Fault(number=str(number), kind=kind) for kind in kinds]
        highest[number.year] = number.number
        last = link
    return found


def lost(register: Iterable[Link], promised: Iterable[DecisionNumber]) -> list[Fault]:
    """The numbers under which papers were passed, and which the register has not."""
    kept = {link.number for link in register}
    return [Fault(number=str(number), kind=Break.LOST) for number in sorted({*promised} - kept)]


def differing(copy: Iterable[Link], register: Iterable[Link]) -> list[Fault]:
    """The decisions of a copy, or of a part of one, that the register does not have like this."""
    kept = {link.place: (link.content, link.digest) for link in register}
    return [
        Fault(number=str(link.number), kind=Break.DIFFERS)
        for link in copy
        if kept.get(link.place) != (link.content, link.digest)
    ]


def _read(link: Link) -> Decision | None:
    try:
        return read(link.content, link.digest)
    except NoDecision:
        return None


def _within(link: Link, decision: Decision | None) -> Iterator[Break]:
    if digest_of(link.content) != link.digest:
        yield Break.CHANGED
    if decision is None or link.decided_at is None:
        yield Break.UNREADABLE
    # A later program might write the same decision in another way: its text is not compared.
    elif replace(Link.of(decision), content=link.content) != link:
        yield Break.BESIDE


def _before(
    link: Link, decision: Decision | None, last: Link | None, *, whole: bool
) -> Iterator[Break]:
    if link.place != (last.place + 1 if last else 1):
        # That it is not linked, and its number does not follow, is only what comes of it.
        if whole:
            yield Break.MISSING
    elif decision is not None and decision.previous != (last.digest if last else ""):
        yield Break.UNLINKED
