"""Forgets a ticket: its texts leave the database, the search and the rooms they were relayed to."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.digest_quotes import about_ticket
from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.forgetting.letters import take_back
from kaz_bot.forgetting.reminders import forget_reminders_on
from kaz_bot.forgetting.solutions import forget_proposals
from kaz_bot.messages import ERASED, UserId
from kaz_bot.store import Work

NOBODY = UserId(f"@erased:{ERASED}")
TICKET = "ticket"
_BY_ASKER = frozenset({PostKind.QUESTION, PostKind.ASKER})


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How much was taken out. `withdrawn` and `released` tickets had not ended before; `orphaned`
    tasks of the committee are in nobody's hands any more."""

    tickets: int = 0
    posts: int = 0
    letters: int = 0
    withdrawn: tuple[Ticket, ...] = ()
    released: tuple[Ticket, ...] = ()
    orphaned: tuple[Task, ...] = ()

    def __add__(self, other: Self) -> Self:
        return replace(
            self,
            tickets=self.tickets + other.tickets,
            posts=self.posts + other.posts,
            letters=self.letters + other.letters,
            withdrawn=self.withdrawn + other.withdrawn,
            released=self.released + other.released,
            orphaned=self.orphaned + other.orphaned,
        )


async def forget_ticket(work: Work, ticket: Ticket, at: datetime) -> Forgotten:
    """Number, area, room and times stay for the statistics; the trail stays without names."""
    forgotten = await take_texts(work, ticket, at)
    await work.people.rename_all_in(ticket.id, NOBODY)
    return forgotten


async def take_texts(work: Work, ticket: Ticket, at: datetime) -> Forgotten:
    """The same, but those who had to do with it are still named."""
    erased = await work.tickets.save(ticket.erased(at))
    await work.search.remove(ticket.id)
    await work.lessons.forget(ticket.id)
    posts = [post for post in await work.posts.of(ticket.id) if post.erased_at is None]
    letters = sum([await _leave_post(work, post, at) for post in posts])
    await forget_reminders_on(work, ticket.id, at)
    await forget_proposals(work, ticket.id, at)
    for letter in await work.letters.of_ticket(ticket.id):
        # It may name or quote somebody, and says nothing anybody still waits for.
        if letter.state is not LetterState.SENT and letter.kind is not LetterKind.REDACTION:
            await work.letters.cancel(letter.id)
    for letter in await work.subjects.telling(about_ticket(ticket.id), ticket.opened_at):
        await take_back(work, letter, at)
    await work.trail.add(
        TrailEntry(ticket_id=ticket.id, at=at, actor=None, event="erased", state=erased.state)
    )
    await work.erasures.add(TICKET, str(ticket.id), at)
    return Forgotten(tickets=1, posts=len(posts), letters=letters)


async def _leave_post(work: Work, post: Post, at: datetime) -> int:
    """Forget it, or leave an answer others were given as well to the first of them.

    To be offered it is not to be given it, unless it was taken.
    """
    given = [*await work.tickets.answered_by(post), *await work.tickets.solved_by(post)]
    heirs = [ticket for ticket in given if ticket.id != post.ticket_id and ticket.erased_at is None]
    if post.kind in _BY_ASKER or not heirs:
        return await forget_post(work, post, at)
    await work.posts.save(replace(post, ticket_id=heirs[0].id))
    carriers = [
        letter for letter in await _carriers(work, post) if letter.ticket_id == post.ticket_id
    ]
    for letter in carriers:
        await take_back(work, letter, at)
    return len(carriers)


async def forget_post(work: Work, post: Post, at: datetime) -> int:
    """Without text and file, here and where it was relayed to; how many letters that concerned."""
    await work.posts.save(post.erased(at))
    carriers = await _carriers(work, post)
    for letter in carriers:
        await take_back(work, letter, at)
    return len(carriers)


async def _carriers(work: Work, post: Post) -> list[StoredLetter]:
    """What brought it somewhere, and was not taken back from there before."""
    letters = await work.letters.carrying(post.id)
    gone = {letter.target for letter in letters if letter.kind is LetterKind.REDACTION}
    return [
        letter
        for letter in letters
        if letter.kind in {LetterKind.MESSAGE, LetterKind.EDIT}
        and Place(letter=letter.id) not in gone
    ]
