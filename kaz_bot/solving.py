"""Finds the model solutions that fit a question, before anybody works on it."""

from collections.abc import Sequence
from datetime import date

from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.tickets import Ticket
from kaz_bot.routing import Router, words
from kaz_bot.store import Work

# The template of the letters that offer a solution.
OFFERED = "solution/offered"
# So alike must a solution be to be offered, which was made to be used again.
LIKE_ENOUGH = 0.25
MOST_SOLUTIONS = 3
# To compare two questions takes one to three milliseconds; there are fewer solutions than this,
# and of more the newest are looked at.
_COMPARED = 40
_LOOKED_AT = 1000

Known = tuple[Solution, SolutionEdition]


async def solutions_like(
    work: Work, router: Router, ticket: Ticket, *, encrypted: bool, today: date
) -> list[Known]:
    """The released solutions that answer such a question, at most three: the most alike first,
    those that have grown old after all others.

    `encrypted`: the room where they are to be shown. Nobody is to read during a running incident.
    """
    if ticket.incident or not ticket.question:
        return []
    known = [
        (solution, edition)
        for solution, edition in await work.solutions.in_use(_LOOKED_AT)
        if encrypted or not solution.sealed
    ]
    alike = _alike(router, ticket.question, _sharing_words(ticket.question, known))
    return sorted(alike, key=lambda one: one[1].is_stale(today))[:MOST_SOLUTIONS]


def _sharing_words(question: str, known: Sequence[Known]) -> list[Known]:
    """Those that share words with the question, most words first: the others need no comparing."""
    sought = set(words(question))
    shared = [
        (len(sought.intersection(words(_asked(edition)))), solution, edition)
        for solution, edition in known
    ]
    ranked = sorted((one for one in shared if one[0]), key=lambda one: -one[0])
    return [(solution, edition) for _, solution, edition in ranked[:_COMPARED]]


def _alike(router: Router, question: str, known: Sequence[Known]) -> list[Known]:
    if not known:
        return []
    likeness = router.alike(question, [_told(edition) for _, edition in known])
    ranked = sorted(zip(likeness, known, strict=True), key=lambda pair: -pair[0])
    return [one for like, one in ranked if like >= LIKE_ENOUGH]


def _asked(edition: SolutionEdition) -> str:
    return f"{edition.title}\n{edition.question}"


def _told(edition: SolutionEdition) -> str:
    return f"{edition.title}\n{edition.question}\n{edition.answer}"


async def was_offered(work: Work, ticket: Ticket, solution: Solution) -> bool:
    """Whether its asker was offered that solution."""
    offers = await work.subjects.letters(solution.subject, template=OFFERED)
    return any(offer.ticket_id == ticket.id for offer in offers)
