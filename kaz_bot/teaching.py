"""Lets people who move a ticket teach the router, by the words of its question."""

from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.lessons import LEAST_SHARED, Lesson, remembered
from kaz_bot.domain.tickets import Ticket
from kaz_bot.routing import MOST_REASONS, Classification, as_typed, words
from kaz_bot.store import Work


async def teach(work: Work, ticket: Ticket, at: datetime) -> None:
    """Questions in nearly these words belong where the ticket is; a confidential one is silent."""
    asked = words(ticket.question)
    if ticket.confidential or len(asked) < LEAST_SHARED:
        await work.lessons.forget(ticket.id)
        return
    await work.lessons.keep(
        Lesson(ticket_id=ticket.id, area=ticket.area, words=asked, learned_at=at)
    )


async def teach_reworded(work: Work, ticket: Ticket) -> None:
    """What the ticket taught, it teaches by its new words; what it never taught, it does not."""
    taught = await work.lessons.of(ticket.id)
    if taught is not None:
        await teach(work, replace(ticket, area=taught.area), taught.learned_at)


async def placed_by_lessons(
    work: Work, areas: Areas, text: str, found: Classification
) -> Classification:
    """What the router found, unless a lesson knows better; an incident waits for no lesson."""
    typed = as_typed(text)
    if found.incident or len(typed) < LEAST_SHARED:
        return found
    memory = remembered(await work.lessons.sayings(), typed)
    # The area may have been given up since.
    if memory is None or memory.area not in areas:
        return found
    # A compound is one reason, however many of its parts are shared.
    shared = dict.fromkeys(typed[word] for word in typed if word in memory.shared)
    return replace(
        found,
        area=memory.area,
        # How often questions so alike go to the same area is not known: no pair in the corpus is.
        # We claim no more than the share of words they have in common.
        confidence=memory.likeness,
        because=tuple(shared)[:MOST_REASONS],
    )
