"""A file of the bot's own is brought to the homeserver so that those in the room can read it."""

import pytest
from nio.crypto import decrypt_attachment

from kaz_bot.errors import SendDelayed, SendRejected
from kaz_bot.matrix import Session
from kaz_bot.matrix.shapes import at, mapping
from kaz_bot.messages import Enclosure, RoomId
from tests.matrix.conftest import Listener
from tests.matrix.events import ROOM, joined, room_state, state, sync
from tests.matrix.fake_homeserver import MEDIA, FakeHomeserver, Says

FILE = Enclosure(
    name="kalender & mehr.ics", media_type="text/calendar", content=b"BEGIN:VCALENDAR\r\n\x00\xff"
)
ENCRYPTION = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})


@pytest.fixture
async def in_the_room(server: FakeHomeserver, listener: Listener) -> None:
    server.brings("s1", sync("s2", joined(room_state=room_state())))
    listener.follow("s1")
    await listener.until("s2")


@pytest.fixture
async def in_the_encrypted_room(server: FakeHomeserver, listener: Listener) -> None:
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION))))
    listener.follow("s1")
    await listener.until("s2")


@pytest.mark.usefixtures("in_the_room")
async def test_into_an_open_room_it_goes_as_it_is(server: FakeHomeserver, session: Session) -> None:
    assert await session.upload(RoomId(ROOM), FILE) == {"url": "mxc://kaz.test/1"}
    [request] = server.asked(MEDIA)
    assert (request.method, request.file, request.media_type, request.query) == (
        "POST",
        FILE.content,
        "text/calendar",
        {"filename": "kalender & mehr.ics"},
    )


@pytest.mark.usefixtures("in_the_encrypted_room")
async def test_into_an_encrypted_room_it_goes_so_that_only_the_event_opens_it(
    server: FakeHomeserver, session: Session
) -> None:
    place = await session.upload(RoomId(ROOM), FILE)
    file = mapping(place["file"])
    [request] = server.asked(MEDIA)
    keys = [at(file, "key", "k"), at(file, "hashes", "sha256"), file["iv"]]
    assert (set(place), file["url"], file["v"]) == ({"file"}, "mxc://kaz.test/1", "v2")
    assert decrypt_attachment(request.file, *map(str, keys)) == FILE.content


@pytest.mark.usefixtures("in_the_encrypted_room")
async def test_the_homeserver_learns_neither_content_nor_name_nor_kind(
    server: FakeHomeserver, session: Session
) -> None:
    await session.upload(RoomId(ROOM), FILE)
    [request] = server.asked(MEDIA)
    assert (b"VCALENDAR" in request.file, request.query) == (False, {})
    assert request.media_type == "application/octet-stream"


@pytest.mark.usefixtures("in_the_encrypted_room")
async def test_no_two_files_have_the_same_key(server: FakeHomeserver, session: Session) -> None:
    places = [await session.upload(RoomId(ROOM), FILE) for _ in range(2)]
    keys = {str(mapping(place["file"])["key"]) for place in places}
    assert (len(keys), len({request.file for request in server.asked(MEDIA)})) == (2, 2)


@pytest.mark.usefixtures("in_the_room")
@pytest.mark.parametrize(
    "answer",
    [
        Says(413, {"errcode": "M_TOO_LARGE", "error": "too large"}),
        Says(413, "<html>too large for the proxy</html>"),
        Says(403, {"errcode": "M_FORBIDDEN", "error": "no uploads"}),
    ],
)
async def test_what_the_homeserver_will_never_take_is_rejected(
    server: FakeHomeserver, session: Session, answer: Says
) -> None:
    server.fails(MEDIA, answer)
    with pytest.raises(SendRejected):
        await session.upload(RoomId(ROOM), FILE)


@pytest.mark.usefixtures("in_the_room")
@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Says(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 7000}), 7),
        (Says(502, "<html>"), 2),
        (Says(200, {}), 2),
        (Says(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "gone"}), 60),
    ],
)
async def test_what_passes_is_waited_for(
    server: FakeHomeserver, session: Session, answer: Says, seconds: float
) -> None:
    server.fails(MEDIA, answer)
    with pytest.raises(SendDelayed) as delayed:
        await session.upload(RoomId(ROOM), FILE)
    assert delayed.value.seconds == seconds


async def test_before_it_is_known_whether_a_room_is_encrypted_nothing_is_uploaded(
    server: FakeHomeserver, session: Session
) -> None:
    with pytest.raises(SendDelayed):
        await session.upload(RoomId(ROOM), FILE)
    assert server.asked(MEDIA) == []


@pytest.mark.usefixtures("in_the_room")
async def test_a_room_the_bot_is_not_in_gets_no_file(
    server: FakeHomeserver, session: Session
) -> None:
    with pytest.raises(SendRejected):
        await session.upload(RoomId("!other:kaz.test"), FILE)
    assert server.asked(MEDIA) == []


@pytest.mark.usefixtures("in_the_encrypted_room")
async def test_a_picture_is_as_secret_as_any_file(server: FakeHomeserver, session: Session) -> None:
    picture = Enclosure(name="bild.png", media_type="image/png", content=b"\x89PNG\r\n")
    place = await session.upload(RoomId(ROOM), picture)
    [request] = server.asked(MEDIA)
    assert (b"PNG" in request.file, request.media_type) == (False, "application/octet-stream")
    # What the message says of the picture stands inside the encrypted event.
    assert set(place) == {"file"}
