"""Whoever waits for the last vote must know whether all has been heard."""

import asyncio

import pytest

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix import Session
from kaz_bot.matrix.touch import Touch
from kaz_bot.messages import Batch
from tests.matrix.conftest import Listener
from tests.matrix.events import joined, message, sync
from tests.matrix.fake_homeserver import FakeHomeserver, Says

BAD_GATEWAY = Says(502, "<html>Bad Gateway</html>")
LONGEST = 35.0


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def touch(watch: Watch) -> Touch:
    """Before the first sync."""
    return Touch(LONGEST, watch)


def hears(touch: Touch) -> None:
    """A request is answered, and acted upon."""
    with touch.asking():
        pass
    touch.acted()


def test_before_the_first_answer_nothing_is_known(touch: Touch, watch: Watch) -> None:
    with touch.asking():
        watch.seconds += 10
        assert not touch.is_close


def test_an_answer_that_has_been_acted_upon_is_news_of_this_moment(touch: Touch) -> None:
    hears(touch)
    assert touch.is_close


def test_an_answer_that_is_being_acted_upon_is_not_yet_heard(touch: Touch, watch: Watch) -> None:
    hears(touch)
    watch.seconds += 10
    with touch.asking():
        pass
    assert not touch.is_close
    touch.acted()
    assert touch.is_close


def test_what_took_long_to_act_upon_leaves_something_unheard(touch: Touch, watch: Watch) -> None:
    with touch.asking():
        pass
    watch.seconds += 10
    touch.acted()
    assert not touch.is_close


@pytest.mark.parametrize(
    ("waited", "close"), [(0.5, False), (1, True), (30, True), (35, True), (36, False)]
)
def test_a_request_that_waits_tells_that_there_is_no_news(
    touch: Touch, watch: Watch, waited: float, close: bool
) -> None:
    hears(touch)
    watch.seconds += 10
    with touch.asking():
        watch.seconds += waited
        assert touch.is_close is close


@pytest.mark.parametrize("waited", [1, 30])
def test_between_two_requests_nothing_is_missed(touch: Touch, watch: Watch, waited: float) -> None:
    hears(touch)
    watch.seconds += 10
    with touch.asking():
        watch.seconds += waited
    touch.acted()
    with touch.asking():
        watch.seconds += 0.9
        assert touch.is_close


def test_a_failure_is_known_at_once_and_outlasts_the_next_request(
    touch: Touch, watch: Watch
) -> None:
    hears(touch)
    with pytest.raises(HomeserverUnavailable), touch.asking():
        raise HomeserverUnavailable("away")
    assert not touch.is_close
    with touch.asking():
        watch.seconds += 10
        assert not touch.is_close
    touch.acted()
    watch.seconds += 10
    with touch.asking():
        watch.seconds += 10
        assert touch.is_close


async def test_a_session_is_not_in_touch_before_it_has_heard(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    before = session.in_touch
    server.gates["sync"] = asyncio.Event()
    listener.follow("s1")
    await server.until(lambda: len(server.asked("sync")) == 1)
    assert (before, session.in_touch) == (False, False)
    server.gates["sync"].set()
    await server.until(lambda: len(server.asked("sync")) >= 3)
    assert session.in_touch


async def test_a_session_whose_homeserver_fails_is_out_of_touch_until_it_answers(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    listener.follow("s1")
    await server.until(lambda: len(server.asked("sync")) >= 3)
    server.fails("sync", *[BAD_GATEWAY] * 2)
    asked = len(server.asked("sync"))
    await server.until(lambda: len(server.asked("sync")) >= asked + 2)
    assert not session.in_touch
    await server.until(lambda: len(server.asked("sync")) >= asked + 4)
    assert session.in_touch


async def test_after_a_failure_the_homeserver_is_asked_to_answer_at_once(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.fails("sync", BAD_GATEWAY)
    listener.follow("s1")
    await server.until(lambda: len(server.asked("sync")) >= 5)
    server.fails("sync", BAD_GATEWAY)
    asked = len(server.asked("sync"))
    await server.until(lambda: len(server.asked("sync")) >= asked + 3)
    timeouts = [request.query["timeout"] for request in server.asked("sync")[asked:]]
    assert timeouts == ["30000", "0", "30000"]


async def test_a_session_is_out_of_touch_as_long_as_something_is_handled(
    server: FakeHomeserver, session: Session
) -> None:
    heard: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def handle(batch: Batch) -> None:
        heard.set_result(session.in_touch)
        await asyncio.Event().wait()

    server.brings("s1", sync("s2", joined([message("a vote")])))
    running = asyncio.create_task(session.run("s1", handle))
    assert await heard is False
    running.cancel()
    await asyncio.wait([running])


async def test_a_closed_session_is_out_of_touch(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    listener.follow("s1")
    await server.until(lambda: len(server.asked("sync")) >= 3)
    await listener.stop()
    await session.close()
    assert not session.in_touch
