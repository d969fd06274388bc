"""All that the committee's records hold of a person is found, and nothing of anybody else."""

from dataclasses import fields, replace

from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.traces import Traces
from kaz_bot.messages import UserId
from kaz_bot.store import Work
from tests.forgetting.committee import (
    DECLINED,
    EDITION,
    KIM,
    LEA,
    committee_at_work,
    new_paper,
    new_task,
)


async def test_each_kind_is_found(work: Work) -> None:
    await committee_at_work(work)
    traces = await work.traces.of(KIM)
    assert {field.name: len(getattr(traces, field.name)) for field in fields(Traces)} == {
        "papers": 1,
        "editions": 1,
        "seats": 1,
        "entitlements": 1,
        "votes": 2,
        "ballots": 1,
        "tasks": 1,
        "meetings": 1,
        "attendance": 1,
        "items": 1,
        "blocks": 1,
        "entries": 1,
        "catalogue": 1,
        "solutions": 1,
    }


async def test_they_are_as_they_were_kept(work: Work) -> None:
    await committee_at_work(work)
    traces = await work.traces.of(KIM)
    assert [(vote.choice, vote.reason, vote.sealed) for vote in traces.votes] == [
        ("yes", "", True),
        ("no", "Zu teuer.", True),
    ]
    assert [(one.edition, one.sealed) for one in traces.editions] == [(EDITION, True)]
    assert [(seat.body, seat.seat) for seat in traces.seats] == [("Landkreistag", Seat.MEMBER)]
    assert traces.entries == (DECLINED,)


async def test_a_deputy_is_found_where_they_may_vote(work: Work) -> None:
    await committee_at_work(work)
    traces = await work.traces.of(LEA)
    assert [(one.body, one.seat) for one in traces.entitlements] == [("Landkreistag", Seat.DEPUTY)]
    assert (traces.votes, traces.papers) == ((), ())


async def test_of_a_task_both_who_set_it_and_who_does_it_are_found(work: Work) -> None:
    mine, theirs = await new_task(work, person=LEA), await new_task(work, owner=LEA)
    await new_task(work, owner=LEA, person=None)
    assert (await work.traces.of(KIM)).tasks == (mine, theirs)


async def test_an_edition_of_somebody_elses_paper_is_found(work: Work) -> None:
    paper = await new_paper(work, LEA)
    await work.papers.add_edition(replace(EDITION, paper_id=paper.id, number=2))
    traces = await work.traces.of(KIM)
    assert (len(traces.papers), [one.edition.number for one in traces.editions]) == (0, [2])


async def test_of_a_stranger_there_is_nothing(work: Work) -> None:
    await committee_at_work(work)
    assert await work.traces.of(UserId("@max:kaz.test")) == Traces()
