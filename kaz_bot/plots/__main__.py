"""Draws one chart: its JSON comes in, its PNG goes out. `python -m kaz_bot.plots`."""

import resource
import sys

from kaz_bot.plots.drawing import png
from kaz_bot.plots.problems import NOT_DRAWN, NoChart
from kaz_bot.plots.written import from_json

# No picture costs more, whatever it shows.
_MEMORY = 2**30
_SECONDS = 60


def main() -> int:
    """The status to end with."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        drawn = png(from_json(sys.stdin.buffer.read()))
    except NoChart as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return NOT_DRAWN
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
