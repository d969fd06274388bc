"""Writes the wording of a model solution: from an answer, and by what specialists put right."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kaz_bot.commands import UnknownArea
from kaz_bot.context import Context
from kaz_bot.dates import BadDate, Moment, Reason, Remark, Use
from kaz_bot.domain.committee.numbers import Series, SolutionId, subject_of
from kaz_bot.domain.knowledge.anonymising import Anonymised, Personal, anonymised, together
from kaz_bot.domain.knowledge.solution_lines import SolutionLines, SolutionPart, check_length
from kaz_bot.domain.knowledge.solutions import (
    SolutionDaysWrong,
    SolutionEdition,
    SolutionPartMissing,
)
from kaz_bot.domain.posts import Post
from kaz_bot.domain.tickets import AreaKey, Ticket
from kaz_bot.domain.words import folded
from kaz_bot.messages import Attachment, UserId
from kaz_bot.municipalities import directory
from kaz_bot.texts import shortened

# So long is a title that is made of a question.
_TITLE = 80
_SENTENCE_END = re.compile(r"(?<=[.?!])\s|\n")
_ENDLESS = frozenset({"", "unbegrenzt", "unbefristet", "unlimited", "nie", "never", "kein", "none"})
_NO_FILES = frozenset({"", "keine", "kein", "ohne", "none", "no", "without"})


async def drafted(
    ctx: Context, ticket: Ticket, answers: Sequence[Post]
) -> tuple[SolutionEdition, Mapping[Personal, int]]:
    """The first edition, and what was taken out of the answer and its question for it."""
    names = await _names_around(ctx, ticket)
    asked = _without_people(ctx, ticket.question, names)
    told = _without_people(ctx, ticket.solution, names)
    as_of = today(ctx)
    edition = SolutionEdition(
        solution_id=SolutionId(0),
        number=1,
        title=_title(asked.text),
        question=asked.text,
        answer=told.text,
        attachments=tuple(post.attachment for post in answers if post.attachment),
        author=ctx.sender,
        event_id=ctx.incoming.event_id,
        as_of=as_of,
        valid_until=_usual_end(ctx, as_of),
        written_at=ctx.now,
    )
    return edition, together([asked, told])


def with_lines(ctx: Context, edition: SolutionEdition, lines: SolutionLines) -> SolutionEdition:
    """The edition with these parts, the others as they are.

    Raises SolutionPartMissing, SolutionTooLong, SolutionDaysWrong and BadDate.
    """
    as_of, valid_until = _days(ctx, edition, lines)
    changed = replace(
        edition,
        title=lines.parts.get(SolutionPart.TITLE, edition.title),
        question=lines.parts.get(SolutionPart.QUESTION, edition.question),
        answer=lines.parts.get(SolutionPart.ANSWER, edition.answer),
        attachments=_files(ctx, edition, lines),
        as_of=as_of,
        valid_until=valid_until,
    )
    _check(ctx, changed)
    return changed


def area_in(ctx: Context, area: AreaKey, lines: SolutionLines) -> AreaKey:
    """The area that the lines name, otherwise `area`. Raises UnknownArea."""
    word = lines.parts.get(SolutionPart.AREA)
    if word is None:
        return area
    named = ctx.desk.areas.named(folded(word.lstrip("#")))
    if named is None:
        areas = ctx.desk.areas.all
        raise UnknownArea(word=word, areas=areas, verb=ctx.verb, prefix=ctx.settings.prefix)
    return named


def left_in(ctx: Context, edition: SolutionEdition) -> Mapping[Personal, int]:
    """What of somebody's own words may still point at somebody; they may have good reasons."""
    names = _names_of(ctx, ctx.state.members)
    texts = (edition.title, edition.question, edition.answer)
    return together([_without_people(ctx, text, names) for text in texts])


def changed_parts(
    lines: SolutionLines, before: SolutionEdition, after: SolutionEdition
) -> tuple[SolutionPart, ...]:
    """Those that were named, and the last day if it moved along with the Stand."""
    moved = after.valid_until != before.valid_until and SolutionPart.VALID_UNTIL not in lines.parts
    return (*lines.parts, *((SolutionPart.VALID_UNTIL,) if moved else ()))


def part_missing(
    ctx: Context, number: SolutionId, part: SolutionPart | None, *, unknown: str = ""
) -> SolutionPartMissing:
    """How it goes, for this solution; one that is being proposed has no number yet."""
    return SolutionPartMissing(
        part=part,
        unknown=unknown,
        subject=subject_of(Series.SOLUTION, number) if number else "",
        prefix=ctx.settings.prefix,
    )


def today(ctx: Context) -> date:
    """The day it is where people are."""
    return ctx.now.astimezone(ctx.settings.timezone).date()


def _title(question: str) -> str:
    """What is asked in it, or how it begins."""
    sentences = [one.strip() for one in _SENTENCE_END.split(question) if one.strip()] or [""]
    asked = next((one for one in sentences if one.endswith("?")), sentences[0])
    return shortened(asked, _TITLE)


async def _names_around(ctx: Context, ticket: Ticket) -> set[str]:
    """What those are called who may be named in it: all in its rooms, and whoever wrote for it."""
    there = ctx.desk.rooms.get(ticket.room_id)
    authors = {post.author for post in await ctx.work.posts.of(ticket.id)}
    elsewhere = _names_of(ctx, there.members) if there else set()
    return {ctx.name_of(ticket.asker), *authors, *elsewhere, *_names_of(ctx, ctx.state.members)}


def _names_of(ctx: Context, members: Mapping[UserId, str]) -> set[str]:
    return {name for user, name in members.items() if user != ctx.desk.bot}


def _without_people(ctx: Context, text: str, names: Iterable[str]) -> Anonymised:
    return anonymised(
        text,
        names=names,
        municipalities=[place[:2] for place in directory().named_in(text)],
        words=ctx.desk.words("placeholder", ctx.room.language),
    )


def _check(ctx: Context, edition: SolutionEdition) -> None:
    texts = {
        SolutionPart.TITLE: edition.title,
        SolutionPart.QUESTION: edition.question,
        SolutionPart.ANSWER: edition.answer,
    }
    for part, text in texts.items():
        # An answer may be a file alone.
        if not text and not (part is SolutionPart.ANSWER and edition.attachments):
            raise part_missing(ctx, edition.solution_id, part)
        check_length(part, text)


def _files(ctx: Context, edition: SolutionEdition, lines: SolutionLines) -> tuple[Attachment, ...]:
    """Those it had, unless the lines say that it has none, and the one that was sent with them."""
    named = lines.parts.get(SolutionPart.FILES)
    if named is not None and folded(named).strip(" .") not in _NO_FILES:
        raise part_missing(ctx, edition.solution_id, SolutionPart.FILES)
    sent = ctx.said.attachment if ctx.said is not None and ctx.said is ctx.incoming else None
    kept = edition.attachments if named is None else ()
    return (*kept, sent) if sent is not None else kept


def _days(ctx: Context, edition: SolutionEdition, lines: SolutionLines) -> tuple[date, date | None]:
    """Its Stand and its last day; with a new Stand it may be relied on anew, unless somebody has
    chosen the last day."""
    stand, end = (lines.parts.get(part) for part in (SolutionPart.AS_OF, SolutionPart.VALID_UNTIL))
    as_of = edition.as_of if stand is None else _day(ctx, stand, past=True)
    if end is not None:
        valid_until = None if folded(end).strip(" .") in _ENDLESS else _day(ctx, end, past=False)
    else:
        chosen = edition.valid_until != _usual_end(ctx, edition.as_of)
        outlived = edition.valid_until is not None and edition.valid_until < as_of
        kept = stand is None or (chosen and not outlived)
        valid_until = edition.valid_until if kept else _usual_end(ctx, as_of)
    if as_of > today(ctx) or (valid_until is not None and valid_until < as_of):
        raise SolutionDaysWrong(as_of=as_of, valid_until=valid_until, today=today(ctx))
    return as_of, valid_until


def _usual_end(ctx: Context, as_of: date) -> date | None:
    valid = ctx.settings.solution_valid
    return as_of + timedelta(days=valid.days) if valid else None


def _day(ctx: Context, text: str, *, past: bool) -> date:
    """The day that was typed; the reader is made for what is to come, a Stand is what has been."""
    try:
        found = ctx.desk.reader.read(text, ctx.now, Use.DEADLINE)
    except BadDate as refusal:
        day = refusal.facts.get("day")
        if refusal.reason is Reason.PAST and isinstance(day, date):
            return day
        raise
    if not isinstance(found, Moment):
        raise BadDate(Reason.NOT_UNDERSTOOD).hearing(text)
    day = found.at.date()
    return day.replace(year=day.year - 1) if past and found.remark is Remark.NEXT_YEAR else day
