"""A log line is one line, for people and for programs."""

import json
import logging
from collections.abc import Iterator

import pytest

from kaz_bot import logs
from kaz_bot.config import LogFormat

log = logging.getLogger("kaz_bot.test")


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """The log as pytest has set it up, once the test is over."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def test_the_ready_line_of_a_text_log_ends_with_the_word(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(LogFormat.TEXT)
    logs.ready(log)
    assert capsys.readouterr().err.endswith("+00:00 INFO kaz_bot.test: ready\n")


def test_the_ready_line_of_a_json_log_is_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.JSON)
    logs.ready(log)
    line = json.loads(capsys.readouterr().err)
    assert line | {"time": "now"} == {
        "time": "now",
        "level": "info",
        "logger": "kaz_bot.test",
        "event": "ready",
        "message": "ready",
    }


@pytest.mark.parametrize("log_format", list(LogFormat))
def test_a_line_break_cannot_forge_a_second_line(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format)
    log.info("room %s", "!a\nready")
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("log_format", list(LogFormat))
def test_a_bug_is_logged_with_its_traceback(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format)
    log.error("bug", exc_info=ValueError("no such thing"))
    assert "ValueError: no such thing" in capsys.readouterr().err


def test_libraries_that_quote_messages_stay_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogFormat.TEXT)
    logging.getLogger("nio.responses").warning("body: my secret question")
    logging.getLogger("sqlalchemy.engine").info("INSERT INTO posts")
    assert capsys.readouterr().err == ""
