"""Writes down what happened: a row of the trail, and letters to everybody who shall hear of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from kaz_bot.announcements import announce
from kaz_bot.announcements.ballot_board import OPENED, POLL
from kaz_bot.announcements.letters import Announcement, Key, Letter, Spot, info_key
from kaz_bot.announcements.view import DeskView, RoomView, bound_view
from kaz_bot.commands import Answer
from kaz_bot.context import Desk
from kaz_bot.domain.committee.ballot_events import BallotHappened
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.meeting_events import MeetingWordsErased
from kaz_bot.domain.committee.paper_events import PaperErased
from kaz_bot.domain.committee.task_events import TaskHappened
from kaz_bot.domain.digest_quotes import about_reminder, about_ticket
from kaz_bot.domain.events import (
    AskerWrote,
    DeskEvent,
    Happened,
    NoteTaken,
    PostEdited,
    PostErased,
    TicketOpened,
)
from kaz_bot.domain.knowledge.catalogue_events import EntryErased
from kaz_bot.domain.knowledge.events import KnowledgeHappened
from kaz_bot.domain.letters import TAKEN_BACK_WITHIN, LetterKind, Place, StoredLetter
from kaz_bot.domain.posts import PostId, PostKind
from kaz_bot.domain.reminder_events import (
    ReminderHappened,
    RemindersDue,
    ReminderWithoutText,
)
from kaz_bot.domain.rooms import Language
from kaz_bot.domain.service_events import TargetNear
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.errors import (
    Refusal,
)
from kaz_bot.messages import (
    EventId,
    Incoming,
    PollAnswered,
    Reacted,
    RoomId,
    Said,
    UserId,
)
from kaz_bot.outbox import Outbox
from kaz_bot.store import Work
from kaz_bot.texts import Texts
from kaz_bot.timekeeping import keep_time
from kaz_bot.waking import went_on

# So many characters of a wrong word are repeated to whoever typed it.
_ECHOED = 80


class Clerk:
    """Knows who is told what, and in which thread."""

    def __init__(self, desk: Desk, texts: Texts) -> None:
        self._desk = desk
        self._texts = texts
        self._timekeeper = Timekeeper(desk.settings.service_levels, desk.settings.working_time)

    async def answer(self, work: Work, incoming: Incoming, answer: Answer, now: datetime) -> None:
        """Answer where it was asked."""
        view = await self._view(work, None)
        await self._outbox(work, view, now).write(_answer(incoming, answer))

    async def confirm(
        self, work: Work, incoming: Incoming, happened: Sequence[DeskEvent], now: datetime
    ) -> None:
        """Whoever commands from another room hears there that it is done."""
        about = next((event for event in happened if _is_deed(event)), None)
        if not isinstance(about, Happened):
            return
        facts = {"ticket": about.ticket, "prefix": self._desk.settings.prefix}
        answer = Answer(template="info/done", facts=facts, topic="done")
        await self.answer(work, incoming, answer, now)

    async def record(
        self, work: Work, happened: Sequence[DeskEvent], *, cause: EventId | None, now: datetime
    ) -> set[RoomId]:
        """Keep the audit trail and write the letters; the rooms that hear of it."""
        places: set[RoomId] = set()
        for event in [*happened, *await went_on(work, happened)]:
            if isinstance(event, Happened):
                if event.recorded:
                    await work.trail.add(event.trail(cause))
                await keep_time(work, event, self._timekeeper)
            if isinstance(event, ReminderHappened | RemindersDue):
                for entry in event.entries(cause):
                    await work.reminders.note(entry)
            if isinstance(event, CommitteeHappened | KnowledgeHappened):
                await work.committee_trail.add(event.entry(cause))
            view = await self._view(work, event)
            letters = announce(event, view)
            await self._outbox(work, view, now).write(letters)
            places |= {
                letter.spot.room_id
                for letter in letters
                if isinstance(letter, Letter) and letter.spot.room_id is not None
            }
        return places

    def _outbox(self, work: Work, view: DeskView, now: datetime) -> Outbox:
        return Outbox(work, self._texts, view, now)

    async def _view(self, work: Work, event: DeskEvent | None) -> DeskView:
        """What announcements need to know about the desk for this event."""
        settings = self._desk.settings
        tickets = _tickets(event)
        opened = event if isinstance(event, TicketOpened) else None
        threads = {ticket: tuple(await work.threads.of(ticket)) for ticket in tickets}
        carriers: dict[PostId, tuple[StoredLetter, ...]] = {}
        if isinstance(event, PostEdited | PostErased):
            carriers = {event.post.id: tuple(await work.letters.carrying(event.post.id))}
        return DeskView(
            rooms=await self._rooms(work),
            areas=self._desk.areas,
            ticket_prefix=settings.ticket_prefix,
            verb_prefix=settings.prefix,
            emergency_contact=settings.emergency_contact,
            bot=self._desk.bot,
            language=Language(settings.language),
            threads=threads,
            directs=await self._direct(work, event),
            carriers=carriers,
            carried_to=await _tickets_of(work, chain.from_iterable(carriers.values())),
            clocks=await work.clocks.of_all([*tickets]) if opened else {},
            closed=opened is not None and not settings.working_time.is_open(opened.at),
            told=await _letters_telling(work, event),
        )

    async def _rooms(self, work: Work) -> dict[RoomId, RoomView]:
        views: dict[RoomId, RoomView] = {}
        for bound in await work.rooms.all():
            state = self._desk.rooms.get(bound.room_id)
            if state is not None:
                views[bound.room_id] = bound_view(
                    bound, name=state.name, encrypted=state.encrypted, members=state.members
                )
        return views

    async def _direct(self, work: Work, event: DeskEvent | None) -> Mapping[UserId, RoomId]:
        """The direct chat of whom the event may tell alone, if both are in it.

        For what was said about a ticket it must be encrypted; that time runs short is no secret,
        and of a task only what may be shown there is.
        """
        person = _spoken_to(event)
        bound = await work.rooms.direct_with(person) if person else None
        state = self._desk.rooms.get(bound.room_id) if bound else None
        if person is None or state is None:
            return {}
        if not (state.encrypted or isinstance(event, TargetNear | TaskHappened)):
            return {}
        reachable = person in state.members or person in state.invited
        return {person: state.room_id} if reachable else {}

    async def refuse(self, work: Work, incoming: Incoming, refusal: Refusal, now: datetime) -> None:
        """Tell why something may not be, where it was tried."""
        facts = refusal.facts
        view = await self._view(work, None)
        ticket = facts.get("ticket")
        holder = ticket.assignee if isinstance(ticket, Ticket) else None
        letter = Letter(
            spot=await self._reply_spot(work, incoming),
            template=refusal.template,
            facts={
                **{name: _short(fact) for name, fact in facts.items()},
                **_people(facts, view),
                "named": view.person(incoming.sender) if _is_sign(incoming) else None,
                "holder": view.person(holder) if holder else None,
            },
            key=Key(name="de.kaz.error", content=refusal.key),
        )
        await self._outbox(work, view, now).write([letter])

    async def _reply_spot(self, work: Work, incoming: Incoming) -> Spot:
        if not isinstance(incoming, Reacted | PollAnswered):
            return _reply_spot(incoming)
        letter = await work.letters.by_event(incoming.target)
        if letter is not None:
            place = letter.thread or Place(letter=letter.id)
            return Spot(room_id=incoming.room_id, thread=place)
        posts = await work.posts.by_event(incoming.target)
        threads = [thread for post in posts for thread in await work.threads.of(post.ticket_id)]
        here = [thread for thread in threads if thread.room_id == incoming.room_id]
        if not here:
            return Spot(room_id=incoming.room_id, reply_to=incoming.target)
        place = Place(event=here[-1].root_event, letter=here[-1].root_letter)
        return Spot(room_id=incoming.room_id, thread=place, reply_to=incoming.target)


async def _letters_telling(work: Work, event: DeskEvent | None) -> tuple[StoredLetter, ...]:
    """The letters whose text must go with that of their reminder, or of their paper; of a ballot
    its message and its poll."""
    if isinstance(event, BallotHappened):
        ballot = event.ballot.subject
        roots = await work.subjects.letters(ballot, template=OPENED)
        polls = await work.subjects.letters(ballot, template=POLL, kind=LetterKind.POLL)
        return (*roots, *polls)
    if isinstance(event, MeetingWordsErased):
        telling = [await work.subjects.telling(one, event.since) for one in event.subjects]
        return tuple({letter.id: letter for letter in chain.from_iterable(telling)}.values())
    if isinstance(event, PaperErased | EntryErased):
        return tuple(await work.subjects.telling(event.subject, event.since))
    if isinstance(event, PostEdited | PostErased):
        return await _digests_quoting(work, event)
    if not isinstance(event, ReminderWithoutText):
        return ()
    since = event.at - TAKEN_BACK_WITHIN
    quoting = await work.subjects.telling(about_reminder(event.reminder.id), since)
    return (*await work.letters.telling(event.reminder.id, since), *quoting)


async def _digests_quoting(work: Work, event: PostEdited | PostErased) -> tuple[StoredLetter, ...]:
    """Those that repeat a question in words that its author wants no more, unless they are gone."""
    if event.post.kind is not PostKind.QUESTION:
        return ()
    quoting = await work.subjects.telling(about_ticket(event.post.ticket_id), event.post.said_at)
    return tuple([letter for letter in quoting if not await _is_taken_back(work, letter)])


async def _is_taken_back(work: Work, letter: StoredLetter) -> bool:
    about_it = await work.letters.editing(letter.id)
    return any(one.kind is LetterKind.REDACTION for one in about_it)


async def _tickets_of(
    work: Work, carriers: Iterable[StoredLetter]
) -> dict[TicketId | None, Ticket]:
    """Those in whose threads the letters stand: an answer may have gone to several askers."""
    numbers = {carrier.ticket_id for carrier in carriers if carrier.ticket_id}
    return {number: await work.tickets.get(number) for number in numbers}


def _tickets(event: DeskEvent | None) -> set[TicketId]:
    """The tickets whose threads an event concerns."""
    if not isinstance(event, Happened):
        return set()
    lead = getattr(event, "lead", None)
    desk = getattr(event, "desk", None)
    return {event.ticket.id, *(other.id for other in (lead, desk) if isinstance(other, Ticket))}


def _spoken_to(event: DeskEvent | None) -> UserId | None:
    """Who may have to be told alone: whoever asked, of a target that is near whoever has it."""
    if isinstance(event, TargetNear):
        return event.ticket.assignee
    if isinstance(event, ReminderHappened):
        return event.reminder.target or event.reminder.owner
    if isinstance(event, RemindersDue):
        first = event.fallen[0].reminder
        return first.target or first.owner
    if isinstance(event, CommitteeHappened):
        return event.addressee
    return event.ticket.asker if isinstance(event, Happened) else None


def _is_deed(event: DeskEvent) -> bool:
    """Whether somebody did something with it, and did not just say something."""
    talk = isinstance(event, AskerWrote) or (isinstance(event, NoteTaken) and not event.asked)
    return isinstance(event, Happened) and not talk


def _people(facts: Mapping[str, object], view: DeskView) -> dict[str, object]:
    """Those whom a refusal knows by their ids alone, under the names that the rooms know."""
    chairs, person = facts.get("chairs"), facts.get("person")
    several = {"chairs": [view.person(one) for one in chairs]} if isinstance(chairs, tuple) else {}
    return several | ({"person": view.person(UserId(person))} if isinstance(person, str) else {})


def _is_sign(incoming: Incoming) -> bool:
    """Whether nobody sees in the room who did it, so that an answer has to name them."""
    return isinstance(incoming, Reacted | PollAnswered)


def _short(fact: object) -> object:
    """What somebody typed, no longer than it takes to recognise it."""
    return fact[:_ECHOED] if type(fact) is str else fact


def _reply_spot(incoming: Incoming) -> Spot:
    thread = incoming.thread if isinstance(incoming, Said) else None
    return Spot(
        room_id=incoming.room_id,
        thread=Place(event=thread) if thread else None,
        reply_to=incoming.event_id,
    )


def _answer(incoming: Incoming, answer: Answer) -> list[Announcement]:
    """The answer, and a letter for each further file."""
    first = Letter(
        spot=_reply_spot(incoming),
        template=answer.template,
        facts=answer.facts,
        key=info_key(answer.topic, **answer.data),
        sealed=answer.sealed,
        enclosure=answer.enclosure,
        subjects=answer.subjects,
    )
    further = [
        replace(first, template="info/file", facts={"name": file.name}, enclosure=file)
        for file in answer.more
    ]
    passed_on = [
        replace(first, template="info/file", facts={"name": file.name}, attachment=file)
        for file in answer.attachments
    ]
    return [first, *further, *passed_on]
