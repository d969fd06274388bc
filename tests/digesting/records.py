"""Solutions as digests find them, without the conversation that made them."""

from dataclasses import replace
from datetime import date, timedelta

from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition, SolutionState
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import EventId
from tests.desk import ANN, PROCUREMENT, DeskAtWork
from tests.fakes import MORNING

_SOLUTION = Solution(
    id=SolutionId(0),
    state=SolutionState.RELEASED,
    area=AreaKey("procurement"),
    room_id=PROCUREMENT,
    released_edition=1,
    proposed_at=MORNING,
    changed_at=MORNING,
    released_at=MORNING + timedelta(hours=1),
)
_EDITION = SolutionEdition(
    solution_id=SolutionId(0),
    number=1,
    title="Auftragsverarbeitung prüfen",
    question="",
    answer="So.",
    author=ANN,
    event_id=EventId("$solution"),
    as_of=date(2026, 9, 30),
    written_at=MORNING,
)


async def has_solution(
    desk: DeskAtWork,
    title: str = "Auftragsverarbeitung prüfen",
    *,
    valid_until: date | None = None,
    **changes: object,
) -> Solution:
    """One of procurement, released on the desk's first day."""
    async with desk.store.work() as work:
        added = await work.solutions.add(replace(_SOLUTION, **changes))  # type: ignore[arg-type]  # its fields, by name
        edition = replace(_EDITION, solution_id=added.id, title=title, valid_until=valid_until)
        await work.solutions.add_edition(edition)
    return added


async def has_proposed(desk: DeskAtWork, title: str) -> Solution:
    """One that no second specialist has released."""
    return await has_solution(
        desk, title, state=SolutionState.PROPOSED, released_edition=None, released_at=None
    )
