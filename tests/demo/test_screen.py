"""The terminal is written to within its width, and nobody's message drives it."""

from io import StringIO

import pytest

from kaz_bot.demo.screen import Ink, Screen


def shown(text: str, *, width: int = 40, colours: bool = False, **how: object) -> str:
    out = StringIO()
    Screen(out, colours=colours, width=width).line(text, **how)  # type: ignore[arg-type]  # by name
    return out.getvalue()


def test_long_lines_hang_below_their_beginning() -> None:
    assert shown("Die Antwort kommt in diesen Thread, heute noch.", indent=2, head="✓ ") == (
        "  ✓ Die Antwort kommt in diesen Thread,\n    heute noch.\n"
    )


def test_entries_of_a_list_hang_below_their_words() -> None:
    assert shown("- Stand: !kaz status KAZ-1 in diesem Raum", indent=2) == (
        "  - Stand: !kaz status KAZ-1 in diesem\n    Raum\n"
    )


def test_line_breaks_of_a_message_are_kept() -> None:
    assert shown("eins\n\nzwei") == "eins\n\nzwei\n"


def test_a_message_cannot_send_commands_to_the_terminal() -> None:
    assert "\033" not in shown("harmlos\033[2J\x07")


def test_colours_are_only_for_eyes_that_see_them() -> None:
    assert shown("ja", ink=Ink.GOOD) == "ja\n"
    assert shown("ja", ink=Ink.GOOD, colours=True) == "\033[32mja\033[0m\n"


def test_a_pipe_gets_no_colours_and_is_not_watched(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen.of_terminal({})
    assert not screen.is_watched
