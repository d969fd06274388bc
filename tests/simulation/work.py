"""How a simulated desk works on a ticket: who does what when, by chance and in office hours."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from kaz_bot.domain.events import (
    AnswersSuggested,
    AskerWrote,
    Happened,
    SolutionsSuggested,
    SpecialistAnswered,
    SpecialistQueried,
    TicketAnsweredBefore,
    TicketClaimed,
    TicketClosed,
    TicketMerged,
    TicketOpened,
    TicketPrioritised,
    TicketRated,
    TicketReopened,
    TicketResolved,
    TicketReusedSolution,
    TicketRouted,
    TicketWithdrawn,
)
from kaz_bot.domain.knowledge.solutions import Offer
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.tickets import AreaKey, Priority, Rating
from kaz_bot.messages import UserId
from tests.simulation.lives import Life, YearOver
from tests.simulation.wording import QUERIES, REASONS_TO_CLOSE, REPLIES, Topic

_CLOSED_AFTER = timedelta(days=7)
_OFFERED, _TAKEN = 0.42, 0.3
_WITHDRAWN, _CLOSED, _QUERIED, _ANSWERED_FIRST = 0.025, 0.035, 0.22, 0.78
_RATED, _HELPFUL, _REOPENED, _PRIORITISED = 0.47, 0.89, 0.04, 0.03


@dataclass(frozen=True)
class Offered:
    """What may be offered to an asker: model solutions that are released, and earlier answers."""

    solutions: Sequence[Offer]
    answers: Sequence[Post]


def live(
    random: Random,
    life: Life,
    topic: Topic,
    *,
    specialists: Sequence[UserId],
    moves_to: tuple[AreaKey, Sequence[UserId]] | None,
    offered: Offered,
) -> None:
    """All that happens to the ticket until the end of the year. `moves_to`: it was put into the
    wrong area at first."""
    with suppress(YearOver):
        _Course(random, life, topic).run(specialists, moves_to, offered)
    life.ended()


class _Course:
    """One ticket on its way."""

    def __init__(self, random: Random, life: Life, topic: Topic) -> None:
        self._random = random
        self._life = life
        self._topic = topic
        self._targets = life.world.keeper.levels.targets[life.ticket.priority]

    def run(
        self,
        specialists: Sequence[UserId],
        moves_to: tuple[AreaKey, Sequence[UserId]] | None,
        offered: Offered,
    ) -> None:
        life = self._life
        at = life.ticket.opened_at
        life.told(TicketOpened(life.ticket, life.posts[-1], by=life.ticket.asker, at=at))
        if self._chance(_OFFERED) and self._offered(offered, at):
            return
        if self._chance(_WITHDRAWN):
            self._withdrawn(self._office(at, 0.2))
            return
        if moves_to is not None:
            area, specialists = moves_to
            at = self._routed(area, specialists[0], self._office(at, 0.1))
        specialist = self._random.choice(specialists)
        at = self._prepared(specialist, at)
        if self._chance(_CLOSED):
            self._closed(specialist, self._office(at, 0.3))
        else:
            self._solved(specialist, at)

    def _prepared(self, specialist: UserId, at: datetime) -> datetime:
        at = self._claimed(specialist, self._office(at, 0.16))
        if self._chance(_PRIORITISED):
            at = self._prioritised(specialist, self._office(at, 0.02))
        return self._queried(specialist, self._office(at, 0.14)) if self._chance(_QUERIED) else at

    def _solved(self, specialist: UserId, at: datetime) -> None:
        # What is solved late is mostly answered before.
        if self._chance(_ANSWERED_FIRST):
            at = self._answered(specialist, self._office(at, 0.22))
        at = self._resolved(specialist, self._solving(at))
        if self._chance(_REOPENED):
            at = self._reopened(self._office(at, 0.5))
            at = self._resolved(specialist, self._solving(at))
        self._left_alone(at)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _office(self, at: datetime, share: float) -> datetime:
        """Some part of the time that there is for the first answer later, mostly soon."""
        length = self._targets.answer * share * self._random.lognormvariate(0, 0.8)
        return self._hours(at, length)

    def _solving(self, at: datetime) -> datetime:
        length = self._targets.solution * 0.32 * self._random.lognormvariate(0, 0.8)
        return self._hours(at, length)

    def _hours(self, at: datetime, length: timedelta) -> datetime:
        moment = timedelta(seconds=self._random.randrange(20, 200))
        return self._life.world.keeper.time.after(at, length + moment)

    def _offered(self, offered: Offered, at: datetime) -> bool:
        """Whether one of the answers ended it."""
        life = self._life
        taken = self._chance(_TAKEN)
        later = at + timedelta(minutes=self._random.randrange(3, 240))
        if offered.solutions:
            life.offered = True
            life.told(SolutionsSuggested(life.ticket, tuple(offered.solutions), by=None, at=at))
            if taken:
                self._take_solution(offered.solutions[0], later)
            return taken
        if offered.answers:
            life.offered = True
            life.told(AnswersSuggested(life.ticket, tuple(offered.answers), by=None, at=at))
            if taken:
                self._take_answer(offered.answers[0], later)
            return taken
        return False

    def _take_solution(self, offer: Offer, at: datetime) -> None:
        life = self._life
        solution, answer = offer.solution, offer.edition.answer
        ticket = life.became(life.ticket.answered_before(answer, sealed=solution.sealed, at=at), at)
        life.closed_by = solution.subject
        life.told(TicketReusedSolution(ticket, solution, by=ticket.asker, at=at))

    def _take_answer(self, post: Post, at: datetime) -> None:
        life = self._life
        ticket = life.became(life.ticket.answered_before(post.text, sealed=post.sealed, at=at), at)
        life.closed_by = str(post.ticket_id)
        life.told(TicketAnsweredBefore(ticket, post.ticket_id, by=ticket.asker, at=at))

    def _withdrawn(self, at: datetime) -> None:
        ticket = self._life.became(self._life.ticket.withdrawn(at), at)
        self._life.told(TicketWithdrawn(ticket, by=ticket.asker, at=at))

    def _routed(self, area: AreaKey, by: UserId, at: datetime) -> datetime:
        life = self._life
        origin = life.ticket.area
        ticket = life.became(life.ticket.routed_to(area, at), at)
        life.moved()
        life.told(TicketRouted(ticket, origin, tuple(life.posts), by=by, at=at))
        return at

    def _claimed(self, by: UserId, at: datetime) -> datetime:
        ticket = self._life.became(self._life.ticket.claimed_by(by, at), at)
        self._life.told(TicketClaimed(ticket, by=by, at=at))
        return at

    def _prioritised(self, by: UserId, at: datetime) -> datetime:
        before = self._life.ticket.priority
        priority = Priority.HIGH if before is Priority.NORMAL else Priority.NORMAL
        ticket = self._life.became(self._life.ticket.prioritised(priority, at), at)
        self._life.told(TicketPrioritised(ticket, before, by=by, at=at))
        return at

    def _queried(self, by: UserId, at: datetime) -> datetime:
        """And the asker answers, after hours or days."""
        life = self._life
        ticket = life.became(life.ticket.queried(at), at)
        post = life.said(PostKind.QUERY, self._random.choice(QUERIES), by, at)
        life.told(SpecialistQueried(ticket, post, by=by, at=at))
        later = self._hours(at, timedelta(hours=self._random.lognormvariate(1.6, 0.9)))
        ticket = life.became(life.ticket.asker_wrote(later), later)
        reply = life.said(PostKind.ASKER, self._random.choice(REPLIES), ticket.asker, later)
        life.told(AskerWrote(ticket, reply, ticket, by=ticket.asker, at=later))
        return later

    def _answered(self, by: UserId, at: datetime) -> datetime:
        life = self._life
        ticket = life.became(life.ticket.answered(at), at)
        post = life.said(PostKind.ANSWER, self._random.choice(self._topic.answers), by, at)
        life.told(SpecialistAnswered(ticket, post, by=by, at=at))
        return at

    def _closed(self, by: UserId, at: datetime) -> None:
        life = self._life
        ticket = life.became(life.ticket.closed(at), at)
        post = life.said(PostKind.CLOSURE, self._random.choice(REASONS_TO_CLOSE), by, at)
        life.told(TicketClosed(ticket, post, by=by, at=at))

    def _resolved(self, by: UserId, at: datetime) -> datetime:
        life = self._life
        text = self._random.choice(self._topic.answers)
        ticket = life.became(life.ticket.resolved(solution=text, sealed=True, at=at), at)
        post = life.said(PostKind.RESOLUTION, text, by, at)
        life.told(TicketResolved(ticket, post, by=by, at=at))
        if self._chance(_RATED):
            self._rated(at + timedelta(minutes=self._random.randrange(5, 2000)))
        return at

    def _rated(self, at: datetime) -> None:
        rating = Rating.HELPFUL if self._chance(_HELPFUL) else Rating.NOT_HELPFUL
        ticket = self._life.became(self._life.ticket.rated(rating, at), at)
        self._life.told(TicketRated(ticket, rating, by=ticket.asker, at=at))

    def _reopened(self, at: datetime) -> datetime:
        life = self._life
        at = max(at, life.ticket.changed_at + timedelta(minutes=1))
        ticket = life.became(life.ticket.reopened(at), at)
        post = life.said(PostKind.ASKER, "Das hilft uns noch nicht weiter.", ticket.asker, at)
        life.told(TicketReopened(ticket, post, by=ticket.asker, at=at))
        return at

    def _left_alone(self, at: datetime) -> None:
        """Closed by time once nobody has said a word for a week."""
        later = max(at, self._life.ticket.changed_at) + _CLOSED_AFTER
        ticket = self._life.became(self._life.ticket.closed(later), later)
        self._life.told(TicketClosed(ticket, by=None, at=later))


def merge(twin: Life, lead: Life, at: datetime, by: UserId) -> None:
    """The twin is answered together with the lead from `at` on: what happens to that happens to it,
    until the lead is reopened, which concerns its own asker alone."""
    with suppress(YearOver):
        opened = TicketOpened(
            twin.ticket, twin.posts[-1], by=twin.ticket.asker, at=twin.ticket.opened_at
        )
        twin.told(opened)
        then = [one.ticket for one in lead.happened if one.at <= at][-1]
        merged = twin.became(twin.ticket.merged(then, at), at)
        twin.told(TicketMerged(merged, then, by=by, at=at))
        for one in lead.happened:
            if one.at > at and not _told_together(twin, one):
                break
    twin.ended()


def _told_together(twin: Life, one: Happened) -> bool:
    """Whether the twin still goes along after this."""
    if isinstance(one, TicketReopened):
        return False
    if isinstance(one, TicketRated | AskerWrote | TicketPrioritised):
        return True
    ticket = twin.became(twin.ticket.following(one.ticket, one.at), one.at)
    twin.told(replace(one, ticket=ticket, follows=True))
    return True
