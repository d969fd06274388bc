"""Sets one document: its JSON comes in, its PDF goes out. `python -m kaz_bot.typesetting`."""

import resource
import sys

from kaz_bot.typesetting.problems import NotTypeset
from kaz_bot.typesetting.process import NOT_TYPESET
from kaz_bot.typesetting.setting import pdf
from kaz_bot.typesetting.written import from_json

# No document costs more, whatever it holds.
_MEMORY = 2**30
_SECONDS = 120


def main() -> int:
    """The status to end with."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        printed = pdf(from_json(sys.stdin.buffer.read()))
    except NotTypeset as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return NOT_TYPESET
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
