"""Forgets a person: what they wrote, and that it was they who did what was done."""

from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from kaz_bot.domain.posts import SOURCES, Post
from kaz_bot.domain.tickets import Ticket, TicketState
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.forgetting.committee import leave_committee
from kaz_bot.forgetting.reminders import forget_reminders_of
from kaz_bot.forgetting.solutions import forget_proposals
from kaz_bot.forgetting.tickets import Forgotten, forget_post, take_texts
from kaz_bot.messages import ERASED, UserId
from kaz_bot.store import Work

USER = "user"
_ALL = 1_000_000


def fingerprint(user: UserId) -> str:
    """Names a person in the register of erasures to nobody who does not know them already."""
    return f"sha256:{sha256(user.encode()).hexdigest()}"


async def forget_user(work: Work, user: UserId, at: datetime) -> Forgotten:
    """Their tickets lose all texts, other tickets what they wrote; the trail knows a pseudonym.

    Tickets of theirs that had not ended are withdrawn, those in their hands lie in the queue.
    Nobody is reminded any more of what they wanted to be reminded of. In the committee they speak
    for nobody; its records stay.
    """
    forgotten = Forgotten()
    for ticket in await work.tickets.of_asker(user):
        forgotten += await _forget_own(work, ticket, user, at)
    for post in await work.posts.of_sender(user):
        if post.erased_at is None:
            forgotten += await _forget_contribution(work, post, at)
    for ticket in await work.tickets.of_assignee(user, _ALL):
        forgotten += await _release(work, ticket, user, at)
    await forget_reminders_of(work, user, at)
    forgotten += Forgotten(orphaned=await leave_committee(work, user, at))
    chat = await work.rooms.direct_with(user)
    if chat is not None:
        await work.letters.cancel_answers(chat.room_id)
    await work.feeds.forget(user)
    await work.affiliations.forget(user)
    await work.digests.drop_of(user)
    pseudonym = UserId(f"@erased-{uuid4().hex[:8]}:{ERASED}")
    await work.trail.pseudonymise(user, pseudonym)
    await work.committee_trail.pseudonymise(user, pseudonym)
    await work.people.rename(user, pseudonym)
    await work.erasures.add(USER, fingerprint(user), at)
    return forgotten


async def _forget_own(work: Work, ticket: Ticket, user: UserId, at: datetime) -> Forgotten:
    ended = _ended(ticket, at)
    if ended.state is ticket.state:
        return Forgotten() if ticket.erased_at else await take_texts(work, ticket, at)
    await _let_followers_go(work, ticket, at)
    saved = await work.tickets.save(ended)
    await work.blocks.end(ticket.id, at)
    await work.trail.add(_entry(saved, user, at))
    forgotten = await take_texts(work, saved, at)
    return forgotten + Forgotten(withdrawn=(await work.tickets.get(ticket.id),))


def _ended(ticket: Ticket, at: datetime) -> Ticket:
    if ticket.active:
        return ticket.withdrawn(at)
    return ticket.closed(at) if ticket.state is TicketState.RESOLVED else ticket


async def _let_followers_go(work: Work, lead: Ticket, at: datetime) -> None:
    """Others wait for the same answer: the first of them leads from now on."""
    followers = await work.tickets.followers(lead.id)
    if followers:
        successor = await work.tickets.save(followers[0].leading_alone(at))
        await work.blocks.pass_on(lead.id, successor.id)
        # Its clock was silent as long as another ticket answered for it.
        await work.clocks.look_at(successor.id, at)
        for follower in followers[1:]:
            await work.tickets.save(follower.merged(successor, at))


async def _forget_contribution(work: Work, post: Post, at: datetime) -> Forgotten:
    for solved in await work.tickets.solved_by(post):
        await work.tickets.save(solved.unsolved(at))
        await work.search.remove(solved.id)
    if post.kind in SOURCES:
        await forget_proposals(work, post.ticket_id, at)
    return Forgotten(posts=1, letters=await forget_post(work, post, at))


async def _release(work: Work, ticket: Ticket, user: UserId, at: datetime) -> Forgotten:
    released = await work.tickets.save(ticket.released(at))
    await work.blocks.end(ticket.id, at)
    await work.trail.add(_entry(released, user, at, event="released"))
    return Forgotten(released=(released,))


def _entry(ticket: Ticket, user: UserId, at: datetime, event: str = "") -> TrailEntry:
    return TrailEntry(
        ticket_id=ticket.id, at=at, actor=user, event=event or ticket.state, state=ticket.state
    )
