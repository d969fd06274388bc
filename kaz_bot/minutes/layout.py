"""Lays out minutes for print: who was there, then item by item what came out."""

from collections.abc import Iterator
from datetime import datetime

from kaz_bot.domain.committee.attending import Represented
from kaz_bot.domain.committee.meetings import ItemResult, MeetingState
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.minutes.records import Minutes, Outcome
from kaz_bot.texts import Speech
from kaz_bot.typesetting import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Table,
)

_TABLE = "minutes"


def document_of(minutes: Minutes, speech: Speech, at: datetime) -> Document:
    """The minutes as they stand at that time."""
    said = speech.words(_TABLE)
    meeting = minutes.meeting
    draft = meeting.state is not MeetingState.APPROVED
    title = said["title_draft"] if draft else said["title"]
    called = f"{said['meeting']} {meeting.subject}"
    called = f"{called}: {meeting.title}" if meeting.title else called
    return Document(
        title=title,
        subtitle=f"{called}, {speech.day(meeting.starts)}",
        author=minutes.committee,
        subject=called,
        language=speech.language,
        created_at=at,
        page_words=speech.word("register", "page_words"),
        blocks=(
            *_head(minutes, speech),
            *_attendance(minutes, speech),
            *_agenda(minutes, speech),
            *_tasks(minutes, speech),
        ),
        notes=(said["draft_note"],) if draft else (),
    )


def _head(minutes: Minutes, speech: Speech) -> Iterator[Block]:
    said, meeting = speech.words(_TABLE), minutes.meeting
    pairs = [
        (said["state"], _state(minutes, speech)),
        *_times(minutes, speech),
        (said["place"], meeting.place),
        (said["chair"], speech.listed(minutes.chairs)),
    ]
    yield _facts(pairs)


def _times(minutes: Minutes, speech: Speech) -> list[tuple[str, str]]:
    said, meeting = speech.words(_TABLE), minutes.meeting
    if meeting.entered_later and meeting.began_at is not None:
        entered = said["entered_later"].format(day=speech.day(meeting.began_at))
        return [(said["planned"], speech.moment(meeting.starts)), (said["remark"], entered)]
    ended = speech.moment(meeting.ended_at) if meeting.ended_at else said["running"]
    return [
        (said["began"], speech.moment(meeting.began_at or meeting.starts)),
        (said["ended"], ended),
    ]


def _state(minutes: Minutes, speech: Speech) -> str:
    said, meeting = speech.words(_TABLE), minutes.meeting
    if meeting.approved_at is None or meeting.approved_by is None:
        return said["draft"]
    name = minutes.names[meeting.approved_by]
    return said["approved"].format(name=name, moment=speech.moment(meeting.approved_at))


def _attendance(minutes: Minutes, speech: Speech) -> Iterator[Block]:
    said, roll, names = speech.words(_TABLE), minutes.roll, minutes.names
    yield Heading(said["attendance"])
    if roll.bodies:
        rows = tuple((one.body, _represented(one, minutes, speech)) for one in roll.bodies)
        yield Table(columns=(Column(said["body"]), Column(said["people"])), rows=rows)
    others = speech.listed(names[person] for person in roll.others)
    excused = speech.listed(names[person] for person in roll.excused)
    pairs = [(said["others" if roll.bodies else "present"], others), (said["excused"], excused)]
    if others or excused:
        yield _facts(pairs)
    elif not roll.bodies:
        yield Paragraph(said["nobody_said"])


def _represented(one: Represented, minutes: Minutes, speech: Speech) -> str:
    said, names = speech.words(_TABLE), minutes.names
    deputies = [said["deputy"].format(name=names[person]) for person in one.deputies]
    people = [*(names[person] for person in one.members), *deputies]
    return "\n".join(people) or said["absent"]


def _agenda(minutes: Minutes, speech: Speech) -> Iterator[Block]:
    said = speech.words(_TABLE)
    yield Heading(said["agenda"])
    if not minutes.outcomes:
        yield Paragraph(said["no_items"])
    for outcome in minutes.outcomes:
        yield from _outcome(outcome, minutes, speech)


def _outcome(outcome: Outcome, minutes: Minutes, speech: Speech) -> Iterator[Block]:
    said, line = speech.words(_TABLE), outcome.line
    what = " ".join(filter(None, (line.number, line.what))) or said["erased"]
    yield Heading(f"{said['item']} {line.place}: {what}", level=2)
    lead = line.lead or (minutes.names[line.person] if line.person else "")
    decision = outcome.decision
    paper = f"{decision.paper}, {said['edition']} {decision.edition}" if decision else ""
    pairs = [
        (said["result"], _result(outcome, speech)),
        (said["decision"], str(decision.number) if decision else ""),
        (said["paper"], paper),
        (said["mode"], speech.word("mode", outcome.mode) if outcome.mode else ""),
        (said["lead"], lead),
        (said["remark"], said["tabled"] if line.item.tabled else ""),
    ]
    yield _facts(pairs)
    text = line.item.result_text
    if text and line.item.result not in (ItemResult.DECIDED, ItemResult.TEXT):
        yield Paragraph(text)
    yield from _votes(outcome, speech)


def _result(outcome: Outcome, speech: Speech) -> str:
    item = outcome.line.item
    result = item.result
    if result is ItemResult.TEXT and item.result_text:
        return item.result_text
    return speech.word("item_result", result) if result else speech.word(_TABLE, "no_result")


def _votes(outcome: Outcome, speech: Speech) -> Iterator[Block]:
    said = speech.words(_TABLE)
    if outcome.wording:
        yield Quote(outcome.wording, source=said["wording"])
    if outcome.votes:
        rows = tuple((vote.body, speech.word("choice", vote.how)) for vote in outcome.votes)
        yield Table(columns=(Column(said["body"]), Column(said["vote"])), rows=rows)
    for vote in outcome.votes:
        if vote.reason:
            yield Quote(vote.reason, source=f"{vote.body} ({speech.word('choice', vote.how)})")


def _tasks(minutes: Minutes, speech: Speech) -> Iterator[Block]:
    if not minutes.tasks:
        return
    said = speech.words(_TABLE)
    yield Heading(said["tasks"])
    columns = ("number", "what", "who", "until")
    yield Table(
        columns=tuple(Column(said[name]) for name in columns),
        rows=tuple(_task(task, minutes, speech) for task in minutes.tasks),
    )


def _task(task: Task, minutes: Minutes, speech: Speech) -> tuple[str, ...]:
    said = speech.words(_TABLE)
    person = minutes.names[task.person] if task.person else ""
    worker = task.worker if task.worker != task.lead else ""
    who = "\n".join(filter(None, (task.lead, worker, person)))
    due = speech.moment(task.due) if task.timed else speech.day(task.due)
    return task.subject, task.what or said["erased"], who, due


def _facts(pairs: list[tuple[str, str]]) -> Facts:
    """Those that say anything."""
    return Facts(tuple(Fact(label, value) for label, value in pairs if value))
