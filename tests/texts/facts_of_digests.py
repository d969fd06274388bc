"""Facts for the templates of digests."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from kaz_bot.domain.committee.numbers import DecisionNumber, Subject, TaskId
from kaz_bot.domain.digest_contents import (
    DeadlineNote,
    DecisionNote,
    Digest,
    Light,
    MeetingNote,
    Note,
    Reader,
    Section,
    SolutionNote,
    TaskNote,
    TicketNote,
    Topic,
    VoteNote,
)
from kaz_bot.domain.digest_weeks import Load, Trend, Week
from kaz_bot.domain.digests import DigestOrder, Rhythm
from kaz_bot.domain.reminders import ReminderId, ReminderKind
from kaz_bot.domain.tickets import AreaKey, Priority, TicketId, TicketState
from kaz_bot.messages import UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
SECURITY = AreaKey("security")
# Whatever a ticket's state is in a run, these show a digest to each of its readers once.
_READERS = {
    TicketState.NEW: Reader.AREA,
    TicketState.CLAIMED: Reader.COMMITTEE,
    TicketState.WAITING: Reader.PERSON,
}
_RHYTHMS = {TicketState.NEW: Rhythm.DAILY, TicketState.CLOSED: Rhythm.OFF}


def facts_of_digests(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    order = DigestOrder(
        person=UserId("@eva:kaz.test"), next_at=None, covered_until=MORNING, changed_at=MORNING
    )
    if template in {"info/my_data", "export/person"}:
        return {"digest": order if plenty else None}
    if template == "info/digest":
        rhythm = _RHYTHMS.get(state, Rhythm.WEEKLY)
        next_at = MORNING + WEEK if rhythm is not Rhythm.OFF else None
        return {"rhythm": rhythm, "next_at": next_at, "changed": not plenty}
    if not template.startswith("digest/"):
        return {}
    weeks = [Week(monday=date(2026, 9, 21) - WEEK * past, opened=4, solved=0) for past in range(8)]
    return {
        "weeks": weeks if plenty else weeks[:1],
        "digest": _digest(words, plenty=plenty, state=state),
        "rhythm": _RHYTHMS.get(state, Rhythm.WEEKLY),
        "due": MORNING if plenty else None,
        "asked": not plenty,
    }


def _digest(words: Callable[[str], str], *, plenty: bool, state: TicketState) -> Digest:
    sections = [
        Section(topic=topic, lines=_notes(topic, words, state=state), more=12) for topic in Topic
    ]
    # Nobody's digest has all that there is.
    shown = sections[::2] if state is TicketState.NEW else sections[1::2]
    load = Load(
        new=3, claimed=5, waiting=1, opened=7, solved=4, coming=Trend.MORE, going=Trend.LESS
    )
    return Digest(
        reader=_READERS.get(state, Reader.PROJECT),
        area=SECURITY if plenty else None,
        since=MORNING - WEEK,
        until=MORNING,
        sections=tuple(shown) if plenty else (),
        load=load if plenty else None,
    )


def _notes(topic: Topic, words: Callable[[str], str], *, state: TicketState) -> tuple[Note, ...]:
    text = words("text")
    match topic:
        case Topic.VOTES:
            return (_vote(text, MORNING), _vote(text, None))
        case Topic.TASKS:
            return tuple(_task(text, light) for light in Light)
        case Topic.MEETING:
            return (
                MeetingNote(
                    subject=Subject("S-4"),
                    starts=MORNING,
                    place=words("name"),
                    topics=(text, text),
                    more=5,
                ),
            )
        case Topic.DEADLINES:
            return tuple(_deadline(text, kind) for kind in ReminderKind)
        case Topic.DECISIONS:
            return (DecisionNote(number=DecisionNumber(2026, 3), title=text),)
        case Topic.SOLUTIONS | Topic.TO_RELEASE | Topic.STALE:
            return (_solution(text), _solution(""))
    return (_ticket(text, state), _ticket("", TicketState.WAITING))


def _ticket(text: str, state: TicketState) -> TicketNote:
    return TicketNote(
        number=TicketId(12),
        state=state,
        priority=Priority.CRITICAL,
        days=3 if text else 0,
        question=text,
        awaits="" if text else "BV-7",
    )


def _vote(text: str, due_at: datetime | None) -> VoteNote:
    return VoteNote(
        subject=Subject("BV-7"), title=text, due_at=due_at, missing=("A", text[:20]), more=3
    )


def _task(text: str, light: Light) -> TaskNote:
    return TaskNote(
        number=TaskId(31),
        light=light,
        due=MORNING,
        days=3,
        requested=light is Light.YELLOW,
        what=text,
    )


def _deadline(text: str, kind: ReminderKind) -> DeadlineNote:
    return DeadlineNote(
        number=ReminderId(5), kind=kind, due=MORNING, timed=True, days=-1, about=text
    )


def _solution(title: str) -> SolutionNote:
    return SolutionNote(
        subject=Subject("L-3"),
        title=title,
        area=SECURITY,
        as_of=date(2026, 9, 1),
        valid_until=date(2026, 9, 30),
    )
