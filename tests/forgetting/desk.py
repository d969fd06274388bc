"""Tickets with a conversation that was relayed, as the running bot leaves them."""

import io
import json
from dataclasses import replace

from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import Attachment, EventId, RoomId, UserId
from kaz_bot.store import Store, Work
from tests.store.records import ANN, BEK, ENTRY, LETTER, NOON, POST, TICKET

SPECIALISTS = RoomId("!security:kaz.test")


async def new_ticket(
    work: Work, asker: UserId = ANN, question: str = "Wo ist der Schlüssel?"
) -> Ticket:
    """A ticket, asked and found by its words."""
    ticket = await work.tickets.add(replace(TICKET, asker=asker, question=question))
    await new_post(work, ticket, asker, question)
    await work.search.index(ticket.id, ["schlüssel"])
    await work.trail.add(replace(ENTRY, ticket_id=ticket.id, actor=asker))
    return ticket


async def new_post(
    work: Work, ticket: Ticket, sender: UserId, text: str, kind: PostKind = PostKind.QUESTION
) -> Post:
    """What somebody wrote, with a file."""
    return await work.posts.add(
        replace(
            POST,
            ticket_id=ticket.id,
            event_id=EventId(f"${sender}-{ticket.id}-{kind}"),
            sender=sender,
            author=sender,
            kind=kind,
            text=text,
            html=f"<b>{text}</b>",
            attachment=Attachment(name="plan.pdf", content={"url": "mxc://kaz.test/plan"}),
        )
    )


async def relayed(work: Work, post: Post, event: str = "") -> StoredLetter:
    """The letter that brings a post to the specialists; sent, if `event` says as what."""
    letter = await work.letters.add(
        replace(
            LETTER,
            room_id=SPECIALISTS,
            content={"body": post.text},
            ticket_id=post.ticket_id,
            post_id=post.id,
        )
    )
    if event:
        await work.letters.sent(letter.id, EventId(event), NOON)
    return await work.letters.get(letter.id)


async def edited(work: Work, letter: StoredLetter) -> StoredLetter:
    """The letter's text, replaced by a newer one that is on its way."""
    place = replace(LETTER, room_id=SPECIALISTS, kind=LetterKind.EDIT, content={"body": "neu"})
    return await work.letters.add(
        replace(place, ticket_id=letter.ticket_id, post_id=letter.post_id)
    )


async def claimed(work: Work, ticket: Ticket, specialist: UserId = BEK) -> Ticket:
    """The ticket in somebody's hands."""
    return await work.tickets.save(ticket.claimed_by(specialist, NOON))


async def found_by_words(store: Store) -> list[int]:
    """The tickets to which any word of the index leads."""
    copy = io.StringIO()
    await store.dump(copy)
    lines = [json.loads(line) for line in copy.getvalue().splitlines()]
    return [line["row"]["ticket_id"] for line in lines if line.get("table") == "words"]
