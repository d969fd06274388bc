"""Lets tickets be found by their words, and finds those that ask nearly what another asks."""

from collections.abc import Sequence
from itertools import chain

from kaz_bot.domain.posts import ANSWERS, Post
from kaz_bot.domain.tickets import Rating, Ticket, TicketId
from kaz_bot.indexing import index_ticket, unindex_ticket
from kaz_bot.routing import Router, words
from kaz_bot.store import Work

# So alike must a solved question be that its answer is offered, and an open one that specialists
# are told: to merge by mistake costs more than to read one answer too many.
LIKE_ENOUGH = 0.25
DOUBLE_ENOUGH = 0.35
MOST_OFFERS = 3
MOST_DOUBLES = 3
# To compare two questions takes one to three milliseconds.
_SOLVED_COMPARED = 40
_OPEN_COMPARED = 20


async def index_anew(work: Work, together: Sequence[Ticket]) -> None:
    """Let an open ticket be found by its question, a solved one by its answer as well.

    Tickets with the same answer are found by it together, or none if one of them is confidential.
    One whose asker took an offer is not found: the ticket of that answer is already.
    """
    alike = {ticket.id: await _answered_alike(work, ticket) for ticket in together}
    shown = [ticket for ticket in together if ticket.active or alike[ticket.id]]
    if any(ticket.confidential for ticket in chain(shown, *alike.values())):
        shown = []
    for ticket in together:
        found_by = words(f"{ticket.question} {ticket.solution}") if ticket in shown else ()
        await work.search.index(ticket.id, found_by)
        await (index_ticket if ticket in shown else unindex_ticket)(work, ticket)


async def _answered_alike(work: Work, ticket: Ticket) -> list[Ticket]:
    """The ticket it is merged into, and all whose askers were sent its answer, also if reopened."""
    answers = await _answers(work, ticket)
    if not answers:
        return []
    told = [other for post in answers for other in await work.tickets.answered_by(post)]
    return [await work.tickets.get(ticket.merged_into or ticket.id), *told]


async def _answers(work: Work, ticket: Ticket) -> list[Post]:
    """What specialists said that is its solution, to its asker or to the one it is merged into."""
    if not ticket.solution:
        return []
    said_to = dict.fromkeys((ticket.id, ticket.merged_into or ticket.id))
    posts = [post for number in said_to for post in await work.posts.of(number)]
    return [post for post in posts if post.kind in ANSWERS and post.text == ticket.solution]


async def answers_like(
    work: Work, router: Router, ticket: Ticket, *, encrypted: bool
) -> tuple[Post, ...]:
    """What those were answered who asked nearly the same, the most alike first.

    `encrypted`: the room where they are to be shown. Nobody is to read during a running incident.
    """
    if ticket.incident:
        return ()
    solved = await work.search.find(words(ticket.question), _SOLVED_COMPARED)
    offers: dict[str, Post] = {}
    for found in _alike(router, ticket, solved, LIKE_ENOUGH):
        for post in (await _answers(work, found))[-1:]:
            if post.may_stand_in(encrypted=encrypted) and await _helped(work, found, post):
                offers.setdefault(post.text, post)
        if len(offers) == MOST_OFFERS:
            break
    return tuple(offers.values())


async def _helped(work: Work, found: Ticket, post: Post) -> bool:
    """Neither this asker nor the first who was given the answer said that it did not help."""
    told = [found, await work.tickets.get(post.ticket_id)]
    return all(one.rating is not Rating.NOT_HELPFUL for one in told)


async def open_doubles(work: Work, router: Router, ticket: Ticket) -> tuple[TicketId, ...]:
    """The open tickets of its area that ask nearly the same, the most alike first.

    Every incident is one of its own, and what is confidential is not even hinted at.
    """
    if ticket.incident or ticket.confidential:
        return ()
    found = await work.search.find_open(words(ticket.question), ticket.area, _OPEN_COMPARED)
    others = [other for other in found if other.id != ticket.id and not other.incident]
    alike = _alike(router, ticket, others, DOUBLE_ENOUGH)
    return tuple(other.id for other in alike[:MOST_DOUBLES])


def _alike(router: Router, ticket: Ticket, found: Sequence[Ticket], enough: float) -> list[Ticket]:
    """Those that ask nearly the same, the most alike first."""
    asked = [other for other in found if other.question]
    if not asked:
        return []
    # An answer says in other words what was asked.
    told = [f"{other.question}\n{other.solution}" for other in asked]
    likeness = router.alike(ticket.question, told)
    ranked = sorted(zip(likeness, asked, strict=True), key=lambda pair: -pair[0])
    return [other for like, other in ranked if like >= enough]


async def offered_answers(work: Work, ticket: Ticket) -> list[Post]:
    """The answers its asker was offered, as far as they still stand."""
    letters = await work.letters.of_ticket(ticket.id)
    offered = [letter.post_id for letter in letters if letter.offers and letter.post_id]
    posts = [await work.posts.get(post) for post in dict.fromkeys(offered)]
    return [post for post in posts if post.erased_at is None]
