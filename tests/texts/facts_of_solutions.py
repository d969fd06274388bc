"""Facts for the templates about model solutions."""

from collections.abc import Callable, Mapping
from datetime import date

from kaz_bot.domain.committee.numbers import SolutionId, Subject
from kaz_bot.domain.committee.papers import CommitteeEntry, Course
from kaz_bot.domain.knowledge.anonymising import Personal
from kaz_bot.domain.knowledge.solution_events import SolutionHappened
from kaz_bot.domain.knowledge.solution_lines import SolutionOrder, SolutionPart
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition, SolutionState
from kaz_bot.domain.tickets import AreaKey, TicketState
from kaz_bot.handlers.solution_reading import SolutionLine
from kaz_bot.messages import Attachment, EventId
from tests.texts.facts_of_papers import ANN, MORNING, ROOM

SOLUTION_EVENTS = [kind.word for kind in SolutionHappened.__subclasses__()]
L_3 = Subject("L-3")
PROJECTS, SECURITY = AreaKey("projects"), AreaKey("security")
# Whatever a ticket's state is in a run, these show solutions in their states.
STATES = {
    TicketState.NEW: SolutionState.RELEASED,
    TicketState.CLOSED: SolutionState.WITHDRAWN,
}
OTHERS = frozenset(
    {
        "info/solution",
        "info/solution_history",
        "info/solution_unchanged",
        "info/solutions",
        "refusal/author_forgotten",
        "refusal/own_solution",
        "refusal/released_already",
        "refusal/unknown_solution_list",
    }
)


def facts_of_solutions(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    folder, _, name = template.partition("/")
    if folder != "solution" and not name.startswith("solution_") and template not in OTHERS:
        return {}
    solution = solution_of(STATES.get(state, SolutionState.PROPOSED), plenty=plenty)
    edition = edition_of(words, plenty=plenty)
    found = {kind: number for number, kind in enumerate(Personal, start=1)} if plenty else {}
    line = SolutionLine(solution=solution, edition=edition, stale=plenty, pending=plenty)
    return {
        "solution": solution,
        "edition": edition,
        "withheld": not plenty,
        "taken": found,
        "left": found,
        "parts": tuple(SolutionPart) if plenty else (SolutionPart.AREA,),
        "part": _part(template, plenty=plenty),
        "unknown": words("name"),
        "subject": L_3 if plenty else "",
        "order": SolutionOrder.RELEASE if plenty else SolutionOrder.WITHDRAW,
        "origin": SECURITY if plenty else PROJECTS,
        "area": SECURITY if plenty else "",
        "name": words("name"),
        "author": words("name"),
        "releaser": words("name") if plenty else "",
        "number": 77,
        "length": 9000,
        "limit": 8000,
        "as_of": MORNING.date(),
        "today": MORNING.date() if plenty else date(2026, 9, 1),
        "valid_until": date(2026, 1, 1) if plenty else None,
        "word": words("name"),
        "lines": [line, line] if plenty else [],
        "more": 3 if plenty else 0,
        "entries": _history(words, plenty=plenty),
        "course": Course(entries=(), beginning=1 if plenty else 0, left_out=12 if plenty else 0),
        "editions": [edition, edition],
        **dict.fromkeys(("stale", "released", "specialists", "here"), plenty),
    }


def solution_of(state: SolutionState, *, plenty: bool) -> Solution:
    """A solution in that state, with an edition that nobody has released if there is plenty."""
    return Solution(
        id=SolutionId(3),
        state=state,
        area=PROJECTS,
        room_id=ROOM,
        edition=3 if plenty else 2,
        released_edition=2 if state is SolutionState.RELEASED else None,
        sealed=plenty,
        proposed_at=MORNING,
        changed_at=MORNING,
        withdrawn_at=MORNING if state is SolutionState.WITHDRAWN else None,
    )


def edition_of(words: Callable[[str], str], *, plenty: bool) -> SolutionEdition:
    """All that a solution can say, or hardly anything."""
    return SolutionEdition(
        solution_id=SolutionId(3),
        number=2,
        title=words("text") if plenty else "",
        question=words("text") if plenty else "",
        answer=words("text") if plenty else "",
        attachments=(Attachment(name=words("name"), content={}),) if plenty else (),
        author=ANN,
        event_id=EventId("$proposed"),
        as_of=MORNING.date(),
        valid_until=date(2027, 9, 25) if plenty else None,
        written_at=MORNING,
        released_at=None if plenty else MORNING,
    )


def _part(template: str, *, plenty: bool) -> object:
    if template == "info/solutions":
        return "open" if plenty else "all"
    return SolutionPart.FILES if plenty else SolutionPart.ANSWER


def _history(words: Callable[[str], str], *, plenty: bool) -> list[tuple[CommitteeEntry, str]]:
    details = {"edition": "2", "ticket": "12"} if plenty else {}
    return [
        (CommitteeEntry(subject=L_3, at=MORNING, actor=None, event=event, details=details), name)
        for event, name in (
            ("proposed", words("name")),
            ("released", words("name") if plenty else ""),
        )
    ]
