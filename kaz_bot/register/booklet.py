"""Lays out decisions for print: each with its wording, its votes and what was said with them."""

from collections.abc import Iterator

from kaz_bot.domain.committee.chain import ALGORITHM
from kaz_bot.domain.committee.decisions import Decision, Entry
from kaz_bot.register import words
from kaz_bot.register.extracts import Extract
from kaz_bot.texts import Speech
from kaz_bot.typesetting import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Quote,
    Table,
)

_WORTH_AN_OVERVIEW = 3


def booklet_of(extract: Extract, speech: Speech) -> Document:
    """The decisions one by one, then how anybody can see that nothing was changed."""
    said = speech.words("register")
    return Document(
        title=extract.title(speech),
        subtitle=f"{said['as_of']}: {speech.moment(extract.at)}",
        author=extract.committee,
        subject=extract.title(speech),
        language=speech.language,
        created_at=extract.at,
        page_words=said["page_words"],
        blocks=(
            _head(extract, speech),
            *_overview(extract, speech),
            *_decisions(extract, speech),
            *_proof(extract, speech),
        ),
    )


def _head(extract: Extract, speech: Speech) -> Facts:
    said = speech.words("register")
    extent = said["whole" if extract.whole else "part"]
    facts = [
        (said["chair"], speech.listed(extract.chairs)),
        (said["count"], speech.number(len(extract.entries))),
        (said["extent"], said["published_only"] if extract.published else extent),
    ]
    return _facts(facts)


def _overview(extract: Extract, speech: Speech) -> Iterator[Block]:
    """What is in it, unless that is seen at one glance anyway."""
    if len(extract.entries) < _WORTH_AN_OVERVIEW:
        return
    said, parts = speech.words("register"), speech.words("paper_part")
    yield Heading(said["overview"])
    yield Table(
        columns=(Column(said["number"]), Column(parts["title"]), Column(said["decided_at"])),
        rows=tuple(
            (str(one.number), one.title, speech.short_day(one.decided_at))
            for one in (entry.decision for entry in extract.entries)
        ),
    )


def _decisions(extract: Extract, speech: Speech) -> Iterator[Block]:
    if not extract.entries:
        yield Paragraph(speech.word("register", "nothing"))
    for entry in extract.entries:
        yield from _decision(entry, speech)


def _decision(entry: Entry, speech: Speech) -> Iterator[Block]:
    decision = entry.decision
    said, parts = speech.words("register"), speech.words("paper_part")
    yield Heading(f"{decision.number}  {decision.title}")
    yield Quote(decision.decides)
    yield _facts(_circumstances(entry, speech))
    if decision.reasons:
        yield Heading(parts["reasons"], level=2)
        yield Paragraph(decision.reasons)
    if decision.votes:
        yield Heading(said["votes"], level=2)
        yield _votes(decision, speech)
    if decision.explained:
        yield Heading(said["explained"], level=2)
        for vote in decision.explained:
            yield Quote(vote.reason, source=words.source_of(vote, speech))
    yield Paragraph(f"{said['digest']}: {decision.digest}", quiet=True)


def _circumstances(entry: Entry, speech: Speech) -> Iterator[tuple[str, str]]:
    decision = entry.decision
    said, parts = speech.words("register"), speech.words("paper_part")
    yield said["decided_at"], speech.moment(decision.decided_at)
    yield said["counts"], words.counts_of(decision, speech)
    yield said["mode"], speech.word("mode", decision.mode)
    yield said["manner"], words.manner_of(decision, speech)
    yield said["quorum"], words.quorum_of(decision, speech)
    yield said["paper"], f"{decision.paper}, {said['edition']} {decision.edition}"
    for part, text in words.additions_of(decision):
        yield parts[part], text
    published, done = entry.published_at, entry.done_at
    yield said["published"], speech.day(published) if published else said["not_yet"]
    yield said["done"], speech.day(done) if done else said["not_yet"]


def _votes(decision: Decision, speech: Speech) -> Table:
    said = speech.words("register")
    return Table(
        columns=(Column(said["body"]), Column(said["vote"]), Column(said["seat"])),
        rows=tuple(
            (vote.body, speech.word("choice", vote.how), words.seat_of(vote, speech))
            for vote in decision.votes
        ),
    )


def _proof(extract: Extract, speech: Speech) -> Iterator[Block]:
    if extract.end is None:
        return
    said = speech.words("register")
    end = extract.end.decision
    yield Heading(said["proof"])
    yield _facts(
        [
            (said["last"], f"{end.number}, {said['place']} {end.place}"),
            (said["digest"], end.digest),
            (said["algorithm"], ALGORITHM),
        ]
    )
    yield Items(tuple(said[step] for step in ("proof_1", "proof_2", "proof_3", "proof_4")))


def _facts(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Facts:
    """Those that say anything."""
    return Facts(tuple(Fact(label, value) for label, value in pairs if value))
