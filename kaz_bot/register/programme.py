"""The work programme, and other lists of tasks, as files."""

from collections.abc import Sequence
from datetime import datetime

from kaz_bot.domain.committee.task_lines import TaskLine, in_groups
from kaz_bot.messages import Enclosure
from kaz_bot.register.files import csv_file, pdf_file
from kaz_bot.register.sheets import Sheet, document_of
from kaz_bot.register.wishes import Form
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Column

# One column for each fact is too wide to be printed: there some of them share one.
_COLUMNS = (
    *("number", "what", "client", "decision", "lead", "worker", "person", "due", "state"),
    *("days", "outcome"),
)
_PRINTED = ("number", "what", "lead", "due", "state")
_TABLE = "programme"


def programme_files(
    lines: Sequence[TaskLine],
    forms: Sequence[Form],
    speech: Speech,
    *,
    part: str,
    year: int,
    now: datetime,
) -> list[Enclosure]:
    """The list in each of these forms. `part`: which list it is, by a word of its table."""
    ordered = [line for _, some in in_groups(lines) for line in some]
    words = speech.words(_TABLE)
    title = words[f"title_{part}"].format(year=year)
    subtitle = f"{speech.word('register', 'as_of')}: {speech.day(now)}"
    name = words[f"file_{part}"].format(year=year)
    files = []
    if Form.PDF in forms:
        rows = tuple(_printed(line, speech) for line in ordered)
        sheet = Sheet(title=title, subtitle=subtitle, columns=_columns(_PRINTED, speech), rows=rows)
        files.append(pdf_file(name, document_of(sheet, speech, now)))
    if Form.CSV in forms:
        rows = tuple(_row(line, speech) for line in ordered)
        sheet = Sheet(title=title, subtitle=subtitle, columns=_columns(_COLUMNS, speech), rows=rows)
        files.append(csv_file(name, sheet))
    return files


def _columns(names: Sequence[str], speech: Speech) -> tuple[Column, ...]:
    return tuple(Column(speech.word(_TABLE, name)) for name in names)


def _row(line: TaskLine, speech: Speech) -> tuple[str, ...]:
    task = line.task
    return (
        task.subject,
        task.what,
        task.client or speech.word(_TABLE, "committee"),
        str(task.decision) if task.decision else "",
        task.lead,
        task.worker,
        line.person,
        _due(line, speech, short=True),
        _state(line, speech),
        str(line.days) if line.days else "",
        task.outcome,
    )


def _printed(line: TaskLine, speech: Speech) -> tuple[str, ...]:
    task = line.task
    return (
        task.subject,
        _together(
            task.what,
            _labelled("client", task.client, speech),
            _labelled("decision", str(task.decision or ""), speech),
            _labelled("outcome", task.outcome, speech),
        ),
        _together(
            task.lead,
            _labelled("worker", task.worker, speech),
            _labelled("person", line.person, speech),
        ),
        _due(line, speech, short=False),
        _together(_state(line, speech), _labelled("days", str(line.days or ""), speech)),
    )


def _labelled(name: str, value: str, speech: Speech) -> str:
    return f"{speech.word(_TABLE, name)}: {value}" if value else ""


def _together(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _state(line: TaskLine, speech: Speech) -> str:
    return speech.word("task_state", "asked" if line.requested else line.state)


def _due(line: TaskLine, speech: Speech, *, short: bool) -> str:
    task = line.task
    day = speech.short_day(task.due) if short else speech.day(task.due)
    return f"{day}, {speech.clock(task.due)}" if task.timed else day
