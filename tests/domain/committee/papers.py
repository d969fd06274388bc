"""Papers and bodies that are right in everything a test does not replace."""

from datetime import UTC, datetime

from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Edition, Paper
from kaz_bot.messages import EventId, RoomId, UserId

NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)
LATER = datetime(2026, 10, 7, 12, tzinfo=UTC)
KIM, LEA = UserId("@kim:kaz.test"), UserId("@lea:kaz.test")
MAX, NIA = UserId("@max:kaz.test"), UserId("@nia:kaz.test")
ROOM = RoomId("!committee:kaz.test")

PAPER = Paper(
    id=PaperId(7),
    room_id=ROOM,
    author=LEA,
    title="Arbeitsprogramm 2027",
    event_id=EventId("$filed"),
    filed_at=NOON,
    changed_at=NOON,
)
EDITION = Edition(
    paper_id=PaperId(7),
    number=1,
    title="Arbeitsprogramm 2027",
    wording="Das Programm wird beschlossen.",
    author=LEA,
    event_id=EventId("$filed"),
    filed_at=NOON,
)
BODY = Body(id=BodyId(1), room_id=ROOM, name="Landkreistag", members=(LEA,))
