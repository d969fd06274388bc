"""Lays out decisions as a list: one row each, for spreadsheets."""

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.register import words
from kaz_bot.register.extracts import Extract
from kaz_bot.register.sheets import Sheet
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Column


def sheet_of(extract: Extract, speech: Speech) -> Sheet:
    """The decisions, and all that the register says of them."""
    rows = [_row(entry, speech) for entry in extract.entries]
    headings = list(_row_headings(speech))
    return Sheet(
        title=extract.title(speech),
        columns=tuple(Column(heading) for heading in headings),
        rows=tuple(tuple(row) for row in rows),
    )


def _row_headings(speech: Speech) -> list[str]:
    said = speech.words("register")
    parts = speech.words("paper_part")
    return [
        said["number"],
        said["decided_at"],
        parts["title"],
        parts["wording"],
        parts["reasons"],
        parts["lead"],
        parts["involved"],
        parts["money"],
        parts["annexes"],
        said["mode"],
        said["manner"],
        said["quorum"],
        said["counts"],
        said["votes"],
        said["explained"],
        said["paper"],
        said["edition"],
        said["published_at"],
        said["done_at"],
        said["place"],
        said["digest"],
    ]


def _row(entry: Entry, speech: Speech) -> list[str]:
    decision = entry.decision
    return [
        str(decision.number),
        speech.short_day(decision.decided_at),
        decision.title,
        decision.decides,
        decision.reasons,
        *(text for _, text in words.additions_of(decision)),
        speech.word("mode", decision.mode),
        words.manner_of(decision, speech),
        words.quorum_of(decision, speech),
        words.counts_of(decision, speech),
        words.votes_in_lines(decision, speech),
        words.explained_in_lines(decision, speech),
        decision.paper,
        str(decision.edition),
        speech.short_day(entry.published_at) if entry.published_at else "",
        speech.short_day(entry.done_at) if entry.done_at else "",
        str(decision.place),
        decision.digest,
    ]
