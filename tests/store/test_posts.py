"""What people wrote is kept as long as it is not taken back."""

from dataclasses import replace

from kaz_bot.domain.posts import PostId, PostKind
from kaz_bot.messages import Attachment
from kaz_bot.store import Work
from tests.store.records import BEK, POST, TICKET, after


async def test_a_post_is_found_as_it_was_added(work: Work) -> None:
    await work.tickets.add(TICKET)
    everything = replace(
        POST,
        kind=PostKind.NOTE,
        html="<b>Wer</b>",
        attachment=Attachment(name="Plan.pdf", content={"info": {"size": 3}, "url": "mxc://a/b"}),
        sealed=True,
        edited_at=after(1),
        erased_at=after(2),
    )
    added = await work.posts.add(everything)
    assert await work.posts.get(added.id) == replace(everything, id=PostId(1))


async def test_one_message_may_be_a_post_of_several_tickets(work: Work) -> None:
    await work.tickets.add(TICKET)
    second = await work.tickets.add(TICKET)
    one = await work.posts.add(POST)
    other = await work.posts.add(replace(POST, ticket_id=second.id))
    assert await work.posts.by_event(POST.event_id) == [one, other]
    assert await work.posts.of(second.id) == [other]


async def test_an_erased_post_has_no_text_left(work: Work) -> None:
    await work.tickets.add(TICKET)
    added = await work.posts.add(POST)
    await work.posts.save(added.erased(after(1)))
    assert await work.posts.get(added.id) == replace(added, text="", erased_at=after(1))


async def test_a_sender_has_their_own_posts(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.posts.add(POST)
    theirs = await work.posts.add(replace(POST, sender=BEK))
    assert await work.posts.of_sender(BEK) == [theirs]
