"""Closes ballots when their time is over, and calls those who have not voted before that."""

from collections.abc import Callable, Sequence
from datetime import datetime

from kaz_bot.context import Desk
from kaz_bot.counting import case_of, count, tally_of
from kaz_bot.domain.committee.ballot_events import VotersReminded
from kaz_bot.domain.committee.ballots import Ballot, BallotId
from kaz_bot.domain.committee.calling import call_missed, is_last_call, looked_at_next
from kaz_bot.domain.committee.tally import Tally
from kaz_bot.domain.events import DeskEvent
from kaz_bot.matrix import HEARD_WITHIN
from kaz_bot.messages import UserId
from kaz_bot.store import Work

AT_ONCE = 100


class BallotDuty:
    """The duty. `in_touch`: whether all has been heard that was sent until a moment ago."""

    def __init__(self, desk: Desk, in_touch: Callable[[], bool]) -> None:
        self._desk = desk
        self._in_touch = in_touch

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """All that is due, the longest due first."""
        happened: list[DeskEvent] = []
        for number in await work.ballots.numbers_due(now, AT_ONCE):
            happened += await self.one(work, number, now)
        return happened

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """Of what time must look at."""
        return await work.ballots.numbers_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """This one alone; it is left for the next time while a vote may still be on its way."""
        ballot = await work.ballots.hold(BallotId(number))
        if not ballot.open or ballot.next_at is None or ballot.next_at > now:
            return []
        if ballot.due_at is None or now < ballot.due_at:
            return await self._remind(work, ballot, now)
        if not await self._all_is_heard(work, ballot, ballot.due_at, now):
            return []
        return await count(work, self._desk, ballot, by=None, now=now)

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.ballots.set_aside(BallotId(number), until)

    async def _all_is_heard(
        self, work: Work, ballot: Ballot, due_at: datetime, now: datetime
    ) -> bool:
        """Whether what was sent in time is here, and can be read, or nobody waits for it longer."""
        if now < due_at + HEARD_WITHIN or not self._in_touch():
            return False
        patience = self._desk.settings.decrypt_patience
        if now >= due_at + patience:
            return True
        electors = {one.person for one in await work.ballots.electors(ballot.id)}
        return not any(
            message.room_id == ballot.room_id
            and message.sender in electors
            and due_at - patience < message.sent_at <= due_at
            for message in await work.undecrypted.all()
        )

    async def _remind(self, work: Work, ballot: Ballot, now: datetime) -> Sequence[DeskEvent]:
        """The latest call that is due; outside business hours it waits, but not over the end."""
        ladder = self._desk.ladder
        rung = call_missed(ballot, ladder, now)
        upcoming = looked_at_next(ballot, ladder, now)
        assert upcoming is not None
        assert ballot.due_at is not None
        if rung is None:
            await work.ballots.save(ballot.looked_at_again(upcoming))
            return []
        if not ladder.working.is_open(now):
            opening = min(ladder.working.next_opening(now), ballot.due_at)
            await work.ballots.save(ballot.looked_at_again(opening))
            return []
        reminded = await work.ballots.save(ballot.reminded(upcoming, now))
        case, stands = await case_of(work, reminded), await tally_of(work, reminded)
        last = is_last_call(ballot, ladder, rung)
        called = self._present(ballot, stands, last=last)
        return [
            VotersReminded(
                case.paper, case.edition, reminded, stands, called, last, by=None, at=now
            )
        ]

    def _present(self, ballot: Ballot, stands: Tally, *, last: bool) -> tuple[UserId, ...]:
        """Whom to call of those who can still vote: whoever is in the room."""
        state = self._desk.rooms.get(ballot.room_id)
        awaited = (person for body in stands.missing for person in body.waited_for(deputies=last))
        return tuple(person for person in awaited if state is not None and person in state.members)
