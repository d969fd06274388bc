"""Forgetting takes texts and names out of everything, and leaves what statistics need."""

from dataclasses import replace

from kaz_bot.domain.letters import LetterKind, LetterState, Place
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.tickets import TicketState
from kaz_bot.forgetting import Forgotten, forget_ticket, forget_user
from kaz_bot.forgetting.users import fingerprint
from kaz_bot.messages import UserId
from kaz_bot.store import Store
from tests.forgetting.desk import (
    SPECIALISTS,
    claimed,
    edited,
    found_by_words,
    new_post,
    new_ticket,
    relayed,
)
from tests.store.records import ANN, BEK, LETTER, after

CEM = UserId("@cem:kaz.test")


async def test_a_forgotten_ticket_has_no_text_left(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        await new_post(work, ticket, BEK, "Im Keller.", PostKind.ANSWER)
        ended = await work.tickets.save(ticket.withdrawn(after(1)))
        forgotten = await forget_ticket(work, ended, after(2))
    async with store.work() as work:
        found = await work.tickets.get(ticket.id)
        posts = await work.posts.of(ticket.id)
    assert forgotten == Forgotten(tickets=1, posts=2)
    assert (found.question, found.erased_at, found.area) == ("", after(2), ticket.area)
    assert [(post.text, post.html, post.attachment) for post in posts] == [("", None, None)] * 2
    assert await found_by_words(store) == []


async def test_nobody_is_named_in_a_forgotten_ticket(store: Store) -> None:
    async with store.work() as work:
        ticket = await claimed(work, await new_ticket(work))
        await new_post(work, ticket, BEK, "Im Keller.", PostKind.ANSWER)
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        found = await work.tickets.get(ticket.id)
        posts = await work.posts.of(ticket.id)
        trail = await work.trail.of(ticket.id)
    nobody = "@erased:erased.invalid"
    assert (found.asker, found.assignee) == (nobody, nobody)
    assert {(post.sender, post.author) for post in posts} == {(nobody, "")}
    assert [(entry.event, entry.actor) for entry in trail] == [("opened", nobody), ("erased", None)]


async def test_other_tickets_keep_their_words_and_names(store: Store) -> None:
    async with store.work() as work:
        ticket, other = await new_ticket(work), await new_ticket(work, BEK, "Anders?")
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        found = await work.tickets.get(other.id)
        posts = await work.posts.of(other.id)
    assert (found.question, found.asker) == ("Anders?", BEK)
    assert [(post.text, post.author) for post in posts] == [("Anders?", BEK)]


async def test_what_was_relayed_is_taken_back_with_its_edits(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        [post] = await work.posts.of(ticket.id)
        sent = await relayed(work, post, event="$relayed")
        edit = await edited(work, sent)
        forgotten = await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        letters = await work.letters.carrying(post.id)
    assert forgotten.letters == 2
    assert [(one.kind, one.state, one.target, one.room_id) for one in letters] == [
        (LetterKind.MESSAGE, LetterState.SENT, None, SPECIALISTS),
        (LetterKind.EDIT, LetterState.CANCELLED, None, SPECIALISTS),
        (LetterKind.REDACTION, LetterState.QUEUED, Place(letter=sent.id), SPECIALISTS),
        (LetterKind.REDACTION, LetterState.QUEUED, Place(letter=edit.id), SPECIALISTS),
    ]


async def test_a_letter_that_still_waits_is_emptied(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        [post] = await work.posts.of(ticket.id)
        waiting = await relayed(work, post)
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        letter = await work.letters.get(waiting.id)
    assert (letter.state, letter.content) == (LetterState.CANCELLED, {})


async def test_no_direct_chat_is_made_to_take_back_what_was_not_sent(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        [post] = await work.posts.of(ticket.id)
        letter = replace(LETTER, room_id=None, person=BEK, post_id=post.id, ticket_id=ticket.id)
        await work.letters.add(letter)
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        assert await work.letters.lanes() == []


async def test_a_forgotten_person_is_named_nowhere(store: Store) -> None:
    async with store.work() as work:
        own = await claimed(work, await new_ticket(work))
        other = await claimed(work, await new_ticket(work, BEK), ANN)
        await new_post(work, other, ANN, "Im Keller.", PostKind.ANSWER)
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        people = await work.people.known()
        tickets = [await work.tickets.get(own.id), await work.tickets.get(other.id)]
        posts = [*await work.posts.of(own.id), *await work.posts.of(other.id)]
    assert ANN not in people
    assert [ticket.question for ticket in tickets] == ["", "Wo ist der Schlüssel?"]
    assert [post.text for post in posts] == ["", "Wo ist der Schlüssel?", ""]


async def test_the_trail_knows_a_forgotten_person_by_one_pseudonym(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        trail = await work.trail.of(ticket.id)
        found = await work.tickets.get(ticket.id)
    assert [(entry.event, entry.actor) for entry in trail] == [
        ("opened", found.asker),
        ("withdrawn", found.asker),
        ("erased", None),
    ]
    assert found.asker.startswith("@erased-")


async def test_open_tickets_of_a_forgotten_person_are_withdrawn(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        forgotten = await forget_user(work, ANN, after(2))
    async with store.work() as work:
        found = await work.tickets.get(ticket.id)
    assert found.state is TicketState.WITHDRAWN
    assert [one.id for one in forgotten.withdrawn] == [ticket.id]


async def test_a_ticket_merged_into_one_of_theirs_goes_on(store: Store) -> None:
    async with store.work() as work:
        lead = await new_ticket(work)
        follower = await work.tickets.save((await new_ticket(work, BEK)).merged(lead, after(1)))
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        found = await work.tickets.get(follower.id)
    assert (found.state, found.merged_into, found.question) == (
        TicketState.NEW,
        None,
        "Wo ist der Schlüssel?",
    )


async def test_tickets_in_the_hands_of_a_forgotten_specialist_lie_in_the_queue(
    store: Store,
) -> None:
    async with store.work() as work:
        ticket = await claimed(work, await new_ticket(work), BEK)
        forgotten = await forget_user(work, BEK, after(2))
    async with store.work() as work:
        found = await work.tickets.get(ticket.id)
    assert (found.state, found.assignee) == (TicketState.NEW, None)
    assert [one.id for one in forgotten.released] == [ticket.id]


async def test_an_answer_of_theirs_leaves_the_solved_questions(store: Store) -> None:
    async with store.work() as work:
        ticket = await claimed(work, await new_ticket(work))
        await new_post(work, ticket, BEK, "Im Keller.", PostKind.RESOLUTION)
        solved = ticket.resolved(solution="Im Keller.", sealed=False, at=after(1))
        await work.tickets.save(solved)
        await forget_user(work, BEK, after(2))
    async with store.work() as work:
        found = await work.tickets.get(ticket.id)
    assert (found.solution, found.question) == ("", "Wo ist der Schlüssel?")
    assert await found_by_words(store) == []


async def test_it_leaves_those_answered_together_with_it_as_well(store: Store) -> None:
    async with store.work() as work:
        lead = await claimed(work, await new_ticket(work))
        answer = await new_post(work, lead, BEK, "Im Keller.", PostKind.RESOLUTION)
        follower = await work.tickets.save((await new_ticket(work)).merged(lead, after(1)))
        told = await relayed(work, replace(answer, ticket_id=follower.id), event="$told")
        lead = await work.tickets.save(
            lead.resolved(solution="Im Keller.", sealed=False, at=after(2))
        )
        await work.tickets.save(follower.following(lead, after(2)))
        await forget_user(work, BEK, after(3))
    async with store.work() as work:
        found = await work.tickets.get(follower.id)
        about = await work.letters.editing(told.id)
    assert (found.solution, await found_by_words(store)) == ("", [])
    assert [letter.kind for letter in about] == [LetterKind.REDACTION]


async def test_an_answer_stays_with_the_others_it_was_given_to(store: Store) -> None:
    async with store.work() as work:
        lead = await claimed(work, await new_ticket(work))
        answer = await new_post(work, lead, BEK, "Im Keller.", PostKind.ANSWER)
        other = await new_ticket(work, CEM)
        follower = await work.tickets.save(other.merged(lead, after(1)))
        own = await relayed(work, answer, event="$own")
        told = await relayed(work, replace(answer, ticket_id=follower.id), event="$told")
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        found = await work.posts.get(answer.id)
        about = [await work.letters.editing(own.id), await work.letters.editing(told.id)]
    assert (found.text, found.ticket_id) == ("Im Keller.", follower.id)
    assert [[letter.kind for letter in letters] for letters in about] == [
        [LetterKind.REDACTION],
        [],
    ]


async def test_when_all_of_them_are_forgotten_it_goes(store: Store) -> None:
    async with store.work() as work:
        lead = await claimed(work, await new_ticket(work))
        answer = await new_post(work, lead, BEK, "Im Keller.", PostKind.ANSWER)
        other = await new_ticket(work, CEM)
        follower = await work.tickets.save(other.merged(lead, after(1)))
        own = await relayed(work, answer, event="$own")
        told = await relayed(work, replace(answer, ticket_id=follower.id), event="$told")
        await forget_user(work, ANN, after(2))
        await forget_user(work, CEM, after(3))
    async with store.work() as work:
        found = await work.posts.get(answer.id)
        about = [await work.letters.editing(own.id), await work.letters.editing(told.id)]
    assert (found.text, [len(letters) for letters in about]) == ("", [1, 1])


async def test_the_register_says_that_and_not_what(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        erasures = await work.erasures.all()
    assert [(one.what, one.subject, one.at) for one in erasures] == [
        ("ticket", str(ticket.id), after(2)),
        ("user", fingerprint(ANN), after(2)),
    ]


async def test_nobody_knows_any_more_for_whom_a_forgotten_person_asked(store: Store) -> None:
    pm = MunicipalityKey("12069")
    async with store.work() as work:
        for person in (ANN, BEK):
            blank = await work.affiliations.person(person, after(0))
            await work.affiliations.save(blank.bound_to(pm, after(1)))
        asked = await new_ticket(work)
        await work.tickets.save(asked.asked_for(pm, after(1)))
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        others = await work.affiliations.of_person(BEK)
        assert await work.affiliations.of_person(ANN) is None
        assert others is not None
        # The figures still know which municipality had a question.
        assert (others.municipality, (await work.tickets.get(asked.id)).municipality) == (pm, pm)


async def test_forgetting_twice_finds_nothing_more(store: Store) -> None:
    async with store.work() as work:
        await new_ticket(work)
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        assert await forget_user(work, ANN, after(3)) == Forgotten()
