"""Records that are right in everything a test does not replace."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.domain.lessons import Lesson
from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.domain.posts import Post, PostId, PostKind
from kaz_bot.domain.reminders import Reminder, ReminderEntry, ReminderId
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.service_levels import ServiceClock
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId, TicketState
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.messages import EventId, LetterId, RoomId, Undecryptable, UserId

NOON = datetime(2026, 9, 30, 12, 0, 0, 123456, tzinfo=UTC)
ANN = UserId("@ann:kaz.test")
BEK = UserId("@bek:kaz.test")
PROJECT = RoomId("!project:kaz.test")
DIRECT = RoomId("!direct:kaz.test")
SECURITY = AreaKey("security")
STANDARDS = AreaKey("standards")


def after(minutes: int) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


TICKET = Ticket(
    id=TicketId(0),
    area=SECURITY,
    asker=ANN,
    room_id=PROJECT,
    question="Wer hat den Schlüssel?",
    opened_at=NOON,
    changed_at=NOON,
)
SOLVED = replace(TICKET, state=TicketState.CLOSED, solution="Im Keller.")
THREAD = Thread(id=ThreadId(0), ticket_id=TicketId(1), side=Side.ASKER, room_id=PROJECT)
POST = Post(
    id=PostId(0),
    ticket_id=TicketId(1),
    event_id=EventId("$said"),
    room_id=PROJECT,
    sender=ANN,
    author="Ann",
    kind=PostKind.QUESTION,
    text="Wer hat den Schlüssel?",
    said_at=NOON,
)
LETTER = StoredLetter(
    id=LetterId(0),
    txn_id="",
    kind=LetterKind.MESSAGE,
    room_id=PROJECT,
    content={"body": "Guten Tag"},
    written_at=NOON,
)
ROOM = BoundRoom(room_id=PROJECT, kind=RoomKind.PROJECT, bound_at=NOON)
ENTRY = TrailEntry(ticket_id=TicketId(1), at=NOON, actor=ANN, event="opened", state="new")
LESSON = Lesson(ticket_id=TicketId(1), area=STANDARDS, words=("schlüssel",), learned_at=NOON)
CLOCK = ServiceClock(ticket_id=TicketId(1), started_at=NOON)
REMINDER = Reminder(
    id=ReminderId(0),
    room_id=PROJECT,
    owner=ANN,
    target=ANN,
    about="Angebot prüfen",
    event_id=EventId("$remind"),
    wall="2026-09-30T14:00",
    zone="Europe/Berlin",
    due_at=NOON,
    next_at=NOON,
    set_at=NOON,
    changed_at=NOON,
)
REMINDER_ENTRY = ReminderEntry(reminder_id=ReminderId(1), at=NOON, actor=ANN, event="set")
UNDECRYPTABLE = Undecryptable(
    event_id=EventId("$secret"),
    room_id=PROJECT,
    sender=ANN,
    sent_at=NOON,
    session_id="session",
    source="{}",
)
