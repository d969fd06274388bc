"""The committee's records outlast a person: they stay, without the name of whoever is forgotten."""

import io
from dataclasses import replace
from datetime import timedelta

from kaz_bot.domain.committee.ballots import Choice
from kaz_bot.domain.committee.contents import canonical
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, TaskId
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.committee.tally import tally
from kaz_bot.domain.committee.tasks import TaskState
from kaz_bot.domain.letters import LetterKind, LetterState
from kaz_bot.domain.tickets import TicketId
from kaz_bot.forgetting import forget_dropped, forget_ticket, forget_user
from kaz_bot.jobs.retention import Retention
from kaz_bot.messages import EventId, LetterId
from kaz_bot.store import Store, Work
from tests.forgetting.committee import (
    COMMITTEE,
    DECISION,
    DECLINED,
    KIM,
    LEA,
    TASK,
    committee_at_work,
    new_ballot,
    new_paper,
    new_task,
)
from tests.store.records import LETTER, NOON, after

YEAR = timedelta(days=365)
KEPT = Retention(ordinary=YEAR, confidential=YEAR)


async def remembered(store: Store) -> str:
    """All that stands in the database."""
    copy = io.StringIO()
    await store.dump(copy)
    return copy.getvalue()


async def test_a_forgotten_member_is_named_in_no_record(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        assert KIM in await work.people.known()
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        assert KIM not in await work.people.known()
    assert KIM not in await remembered(store)


async def test_all_of_them_are_one_pseudonym(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        paper = await work.papers.get(PaperId(1))
        [ballot] = await work.ballots.of(paper.id)
        votes = await work.ballots.votes(ballot.id)
        [entry] = await work.committee_trail.by(paper.author)
        task = await work.tasks.get(TaskId(1))
    assert paper.author.startswith("@erased-")
    assert {vote.person for vote in votes} == {paper.author}
    assert (ballot.opened_by, task.owner, entry.event) == (paper.author, paper.author, "declined")


async def test_the_records_stay_with_their_words(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        edition = await work.papers.edition_of(PaperId(1), 1)
        [ballot] = await work.ballots.of(PaperId(1))
        votes = await work.ballots.votes(ballot.id)
    assert edition.wording == "Die Formulare werden vereinheitlicht."
    assert [(vote.choice, vote.reason) for vote in votes] == [("yes", ""), ("no", "Zu teuer.")]


async def test_a_vote_in_an_open_ballot_still_counts(store: Store) -> None:
    async with store.work() as work:
        ballot = await new_ballot(work, await new_paper(work))
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        counted = tally(
            ballot, await work.ballots.electors(ballot.id), await work.ballots.votes(ballot.id)
        )
    [body] = counted.bodies
    assert (body.body, body.choice, body.reason) == ("Landkreistag", Choice.NO, "Zu teuer.")


async def test_they_speak_for_no_body_any_more(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        [before] = await work.bodies.of(COMMITTEE)
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        [body] = await work.bodies.of(COMMITTEE)
    assert (body.name, body.members, body.deputies) == ("Landkreistag", (), (LEA,))
    assert body.version > before.version


async def test_a_task_in_their_hands_is_nobodys(store: Store) -> None:
    async with store.work() as work:
        await new_task(work, state=TaskState.ACCEPTED)
        forgotten = await forget_user(work, KIM, after(20))
    async with store.work() as work:
        task = await work.tasks.get(TaskId(1))
    assert (task.state, task.person, task.what) == (TaskState.OPEN, None, TASK.what)
    assert [one.id for one in forgotten.orphaned] == [task.id]


async def test_what_they_have_done_stays_done(store: Store) -> None:
    async with store.work() as work:
        task = await new_task(work, state=TaskState.DONE, outcome="Gesammelt.")
        forgotten = await forget_user(work, KIM, after(20))
    async with store.work() as work:
        found = await work.tasks.get(task.id)
    assert (found.state, found.outcome, found.person) == ("done", "Gesammelt.", found.owner)
    assert forgotten.orphaned == ()


async def test_why_they_declined_goes_with_the_message_that_said_so(store: Store) -> None:
    async with store.work() as work:
        await new_task(work)
        await work.committee_trail.add(DECLINED)
        said = await work.letters.add(replace(LETTER, room_id=COMMITTEE, written_at=DECLINED.at))
        await work.letters.sent(said.id, EventId("$said"), DECLINED.at)
        await work.subjects.tell(said.id, [DECLINED.subject])
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        [entry] = await work.committee_trail.caused_by(EventId("$declined"))
        about = await work.letters.editing(said.id)
    assert "reason" not in entry.details
    assert [letter.kind for letter in about] == [LetterKind.REDACTION]


async def test_the_trail_names_the_pseudonym_where_it_named_them(store: Store) -> None:
    async with store.work() as work:
        await new_task(work)
        await work.committee_trail.add(replace(DECLINED, actor=LEA))
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        [entry] = await work.committee_trail.by(LEA)
        task = await work.tasks.get(TaskId(1))
    assert entry.details == {"reason": "Ich bin im Urlaub.", "to": task.owner}


async def test_others_keep_their_names(store: Store) -> None:
    async with store.work() as work:
        await new_paper(work, LEA)
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        assert (await work.papers.get(PaperId(1))).author == LEA


def test_the_register_names_bodies_and_no_people() -> None:
    content = canonical(DECISION)
    assert ("Landkreistag" in content, "@" in content) == (True, False)


async def test_the_register_still_holds_when_somebody_was_forgotten(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        entered = await work.decisions.enter(DECISION)
        await forget_user(work, KIM, after(20))
    async with store.work() as work:
        found = await work.decisions.get(DecisionNumber(2026, 1))
    assert found.decision == entered


async def withdrawn(work: Work) -> LetterId:
    """BV-1 was withdrawn at noon; the bot had told of it."""
    paper = await new_paper(work, state=PaperState.WITHDRAWN)
    await new_ballot(work, paper)
    await work.committee_trail.add(replace(DECLINED, subject=paper.subject))
    told = await work.letters.add(replace(LETTER, room_id=COMMITTEE))
    await work.letters.sent(told.id, EventId("$told"), NOON)
    await work.subjects.tell(told.id, [paper.subject])
    return told.id


async def test_the_words_of_a_withdrawn_paper_go_when_their_time_is_up(store: Store) -> None:
    async with store.work() as work:
        told = await withdrawn(work)
        await KEPT(work, NOON + YEAR + timedelta(minutes=1))
    async with store.work() as work:
        paper = await work.papers.get(PaperId(1))
        [edition] = await work.papers.editions(paper.id)
        [ballot] = await work.ballots.of(paper.id)
        votes = await work.ballots.votes(ballot.id)
        [entry] = await work.committee_trail.of(paper.subject, 10)
        about = await work.letters.editing(told)
    assert (paper.title, edition.wording, edition.title) == ("", "", "")
    assert (paper.state, paper.erased_at is None, paper.filed_at) == ("withdrawn", False, NOON)
    assert [(vote.choice, vote.reason) for vote in votes] == [("yes", ""), ("no", "")]
    assert entry.details == {"to": KIM}
    assert [letter.kind for letter in about] == [LetterKind.REDACTION]


async def test_before_that_they_stay(store: Store) -> None:
    async with store.work() as work:
        await withdrawn(work)
        await KEPT(work, NOON + YEAR)
    async with store.work() as work:
        assert (await work.papers.get(PaperId(1))).title == "Einheitliche Formulare"


async def test_time_takes_them_out_once(store: Store) -> None:
    async with store.work() as work:
        await withdrawn(work)
        await KEPT(work, NOON + 2 * YEAR)
        await KEPT(work, NOON + 4 * YEAR)
    async with store.work() as work:
        assert (await work.papers.get(PaperId(1))).erased_at == NOON + 2 * YEAR


async def test_a_message_that_also_tells_of_something_else_stays(store: Store) -> None:
    async with store.work() as work:
        told = await withdrawn(work)
        paper = await work.papers.get(PaperId(1))
        await work.subjects.tell(told, [TASK.subject])
        await forget_dropped(work, paper, after(30))
    async with store.work() as work:
        assert await work.letters.editing(told) == []
        assert (await work.letters.get(told)).state is LetterState.SENT


async def test_what_was_decided_or_is_to_be_done_no_time_takes_out(store: Store) -> None:
    async with store.work() as work:
        for state in (PaperState.PASSED, PaperState.REJECTED, PaperState.DRAFT):
            await new_paper(work, state=state, event_id=EventId(f"${state}"))
        await new_task(work, state=TaskState.DONE, outcome="Gesammelt.")
        await KEPT(work, NOON + 20 * YEAR)
    async with store.work() as work:
        papers = await work.papers.by_author(KIM)
        task = await work.tasks.get(TaskId(1))
    assert {paper.title for paper in papers} == {"Einheitliche Formulare"}
    assert (task.what, task.outcome) == (TASK.what, "Gesammelt.")


async def test_who_let_a_forgotten_ticket_wait_is_not_named(store: Store) -> None:
    async with store.work() as work:
        await committee_at_work(work)
        ticket = await work.tickets.get(TicketId(1))
        await forget_ticket(work, ticket, after(30))
    async with store.work() as work:
        [block] = await work.blocks.on(PaperId(1))
    assert block.by == "@erased:erased.invalid"
