"""A long command shows how far it is: a bar on a terminal, plain lines in a log."""

from io import StringIO

from kaz_bot.cli.progress import progress
from tests.fakes import FakeClock


class Terminal(StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar() -> None:
    out = Terminal()
    with progress("Tickets", stream=out) as seen:
        seen(50, 200)
        seen(200, 200)
    assert "Tickets" in out.getvalue()
    assert " 25%" in out.getvalue()
    assert "100%" in out.getvalue()


def test_a_log_gets_a_line_every_few_seconds_and_nothing_that_moves_a_cursor() -> None:
    out, clock = StringIO(), FakeClock()
    with progress("Tickets", stream=out, seconds=lambda: clock.now().timestamp()) as seen:
        seen(1, 200)
        clock.advance(seconds=6)
        seen(100, 200)
        seen(101, 200)
        clock.advance(seconds=6)
        seen(180, 200)
        seen(200, 200)
    assert out.getvalue() == "Tickets: 100 of 200.\nTickets: 180 of 200.\n"


def test_what_is_done_at_once_says_nothing_in_a_log() -> None:
    out = StringIO()
    with progress("Tickets", stream=out) as seen:
        seen(200, 200)
    assert out.getvalue() == ""


def test_nothing_to_do_is_no_error() -> None:
    out = Terminal()
    with progress("Tickets", stream=out):
        pass
    assert "Tickets" in out.getvalue()
