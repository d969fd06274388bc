"""Tells what the items of an agenda are about, and who answers for each."""

from collections.abc import Sequence

from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.meetings import AgendaItem, Meeting
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.store import Work


async def agenda_of(work: Work, meeting: Meeting) -> tuple[AgendaLine, ...]:
    """The agenda as people read it."""
    items = await work.meetings.agenda(meeting.id)
    return await lines_of(work, items, sealed=meeting.sealed)


async def lines_of(
    work: Work, items: Sequence[AgendaItem], *, sealed: bool
) -> tuple[AgendaLine, ...]:
    """The items with what they are about; `sealed`: texts among them were said encrypted."""
    papers = await work.papers.many(item.paper_id for item in items if item.paper_id)
    lines = []
    for place, item in enumerate(items, start=1):
        if item.paper_id is not None:
            lines.append(await _about_paper(work, place, item, papers[item.paper_id]))
        elif item.task_id is not None:
            lines.append(_about_task(place, item, await work.tasks.get(item.task_id)))
        else:
            text = item.text
            lines.append(
                AgendaLine(place=place, item=item, what=text, person=item.by, sealed=sealed)
            )
    return tuple(lines)


async def line_of(
    work: Work, item: AgendaItem, meeting: Meeting | None, *, sealed: bool
) -> AgendaLine:
    """One item under the number that it has now; what waits for a meeting has none."""
    if meeting is None:
        (line,) = await lines_of(work, [item], sealed=sealed)
        return line
    return next(line for line in await agenda_of(work, meeting) if line.item.id == item.id)


async def _about_paper(work: Work, place: int, item: AgendaItem, paper: Paper) -> AgendaLine:
    edition = await work.papers.edition(paper)
    return AgendaLine(
        place=place,
        item=item,
        what=paper.title,
        number=paper.number,
        lead=edition.lead,
        person=paper.author,
        state=paper.state,
        sealed=paper.sealed,
    )


def _about_task(place: int, item: AgendaItem, task: Task) -> AgendaLine:
    return AgendaLine(
        place=place,
        item=item,
        what=task.what,
        number=task.subject,
        lead=task.worker or task.lead,
        person=task.person or task.owner,
        sealed=task.sealed,
    )


def spoken(lines: Sequence[AgendaLine], tabled: str) -> tuple[str, ...]:
    """The items in one line each, for a calendar; `tabled` is what a Tischvorlage is called."""
    return tuple(_spoken(line, tabled) for line in lines)


def _spoken(line: AgendaLine, tabled: str) -> str:
    whole = ": ".join(filter(None, (line.number, line.what)))
    return f"{whole} ({tabled})" if line.item.tabled else whole
