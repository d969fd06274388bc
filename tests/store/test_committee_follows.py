"""What the committee has goes along with its room, and the register still says where it was."""

from kaz_bot.domain.committee.chain import faults
from kaz_bot.domain.committee.numbers import DecisionNumber, MeetingId, PaperId, TaskId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import RoomId
from kaz_bot.store import Work
from tests.store.records import TICKET, after
from tests.store.records_of_committee import COMMITTEE, fill_committee

NEWER = RoomId("!newer:kaz.test")


async def test_all_that_the_committee_has_goes_along_with_its_room(work: Work) -> None:
    await work.tickets.add(TICKET)
    second = await work.tickets.add(TICKET)
    assert second.id == TicketId(2)
    await fill_committee(work)
    await work.rooms.move(COMMITTEE, NEWER, after(1))
    assert [body.name for body in await work.bodies.of(NEWER)] == ["Landkreistag"]
    assert (await work.papers.get(PaperId(1))).room_id == NEWER
    assert [ballot.paper_id for ballot in await work.ballots.open_in(NEWER)] == [PaperId(1)]
    assert (await work.tasks.get(TaskId(1))).room_id == NEWER
    assert (await work.meetings.get(MeetingId(1))).room_id == NEWER
    assert [item.room_id for item in await work.meetings.agenda(MeetingId(1))] == [NEWER]
    assert [entry.room_id for entry in await work.decisions.all(NEWER)] == [NEWER]
    assert await work.decisions.all(COMMITTEE) == []


async def test_the_register_says_for_good_where_a_decision_was_made(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.tickets.add(TICKET)
    await fill_committee(work)
    await work.rooms.move(COMMITTEE, NEWER, after(1))
    entry = await work.decisions.get(DecisionNumber(2026, 1))
    assert entry.decision.room_id == COMMITTEE
    assert faults(await work.decisions.links()) == []
