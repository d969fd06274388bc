"""Tasks that are right in everything a test does not replace."""

from dataclasses import replace
from datetime import UTC, datetime

from kaz_bot.domain.committee.numbers import TaskId
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.messages import EventId, RoomId, UserId

KIM, LEA, EVA = UserId("@kim:kaz.test"), UserId("@lea:kaz.test"), UserId("@eva:kaz.test")
ROOM = RoomId("!committee:kaz.test")
NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
# The end of Thursday, 8 October 2026, in Brandenburg.
DUE = datetime(2026, 10, 8, 21, 59, tzinfo=UTC)


def new_task(**changes: object) -> Task:
    """Something the committee wants done by 8 October."""
    task = Task(
        id=TaskId(31),
        room_id=ROOM,
        what="Konzept schreiben",
        owner=KIM,
        event_id=EventId("$task"),
        zone="Europe/Berlin",
        due_at=DUE,
        next_at=DUE,
        told_at=NOON,
        set_at=NOON,
        changed_at=NOON,
    )
    return replace(task, **changes)  # type: ignore[arg-type]  # the fields of a task, by name
