"""The committee at work: a paper, a vote on it, and what is kept of it."""

from kaz_bot.domain.committee.ballots import Ballot, Vote
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.numbers import PaperId, Subject
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.jobs.ballots import BallotDuty
from kaz_bot.messages import EventId, PollAnswered, UserId
from tests.desk import COMMITTEE, KIM, DeskAtWork
from tests.fakes import Sent

POLL_START = "org.matrix.msc3381.poll.start"
POLL_END = "org.matrix.msc3381.poll.end"


async def files(desk: DeskAtWork, title: str = "Ein Portal", *, by: UserId = KIM) -> list[str]:
    """Somebody files a paper."""
    return await desk.says(by, f"!kaz beschluss {title}\nWortlaut: Wir bauen eins.\nBeteiligt: MIK")


async def seats(desk: DeskAtWork) -> None:
    """Two bodies: for the Kaz sits Kim, and Lea for her; for the MIK sits Max, and Nia for him."""
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim Vertretung @lea")
    await desk.says(KIM, "!kaz stimmberechtigt MIK @max Vertretung @nia")


async def opens(desk: DeskAtWork, how: str = "im Umlauf bis Freitag 12 Uhr") -> list[str]:
    """A paper is filed, and the chair puts it to the vote."""
    await files(desk)
    return await desk.says(KIM, f"!kaz abstimmung BV-1 {how}")


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by, and acts; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(duty(desk)) if sent.is_message]


def duty(desk: DeskAtWork) -> BallotDuty:
    """What time does to ballots."""
    return BallotDuty(desk.desk, lambda: desk.homeserver.in_touch)


def root(desk: DeskAtWork, number: int = 1) -> EventId:
    """The ballot's message of that paper, the latest."""
    return _opened(desk, "m.room.message", number)


def poll(desk: DeskAtWork, number: int = 1) -> EventId:
    """The poll under it."""
    return _opened(desk, POLL_START, number)


def _opened(desk: DeskAtWork, event_type: str, number: int) -> EventId:
    return next(
        sent.event_id
        for sent in reversed(desk.homeserver.sent_to(COMMITTEE))
        if (sent.event_type, sent.told) == (event_type, "decision:opened")
        and sent.about["id"] == f"BV-{number}"
    )


def shown(desk: DeskAtWork) -> str:
    """What the ballot's message says now."""
    edits = [sent.body for sent in desk.homeserver.sent if sent.edits == root(desk)]
    first = next(sent.body for sent in desk.homeserver.sent if sent.event_id == root(desk))
    return edits[-1] if edits else first


def answers(
    desk: DeskAtWork, person: UserId, *picked: str, to: EventId | None = None
) -> PollAnswered:
    """The event of somebody answering the poll, which the bot does not know yet."""
    answered = PollAnswered(
        event_id=desk.homeserver.new_event_id(),
        room_id=COMMITTEE,
        sender=person,
        sent_at=desk.clock.now(),
        target=to or poll(desk),
        answers=picked,
    )
    desk.homeserver.happened(answered)
    return answered


async def picks(desk: DeskAtWork, person: UserId, *picked: str) -> list[str]:
    """Somebody answers the poll."""
    return await desk.hears(answers(desk, person, *picked))


async def paper(desk: DeskAtWork, number: int = 1) -> Paper:
    async with desk.store.work() as work:
        return await work.papers.get(PaperId(number))


async def ballot(desk: DeskAtWork, number: int = 1) -> Ballot:
    """The latest one on that paper."""
    async with desk.store.work() as work:
        found = await work.ballots.latest_of(PaperId(number))
    assert found is not None
    return found


async def votes(desk: DeskAtWork, number: int = 1) -> list[tuple[UserId, str, str]]:
    """Who cast what in which way, in its order."""
    one = await ballot(desk, number)
    async with desk.store.work() as work:
        kept: list[Vote] = await work.ballots.votes(one.id)
    return [(vote.person, vote.choice.value, vote.way.value) for vote in kept]


async def register(desk: DeskAtWork) -> list[Decision]:
    """All that was decided."""
    async with desk.store.work() as work:
        return [entry.decision for entry in await work.decisions.all()]


async def trail(desk: DeskAtWork, number: int = 1) -> list[tuple[str, UserId | None]]:
    """What happened to the paper, and who did it."""
    async with desk.store.work() as work:
        entries = await work.committee_trail.of(Subject(f"BV-{number}"), 999)
    return [(entry.event, entry.actor) for entry in entries]
