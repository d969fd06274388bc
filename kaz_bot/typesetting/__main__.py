"""Makes one file: a document's JSON comes in, what was asked for goes out.

`python -m kaz_bot.typesetting pdf`, or `page` or `pictures`.
"""

import resource
import sys
from collections.abc import Callable, Mapping

from kaz_bot.messages import Making
from kaz_bot.typesetting.documents import Document
from kaz_bot.typesetting.packed import packed
from kaz_bot.typesetting.page import page
from kaz_bot.typesetting.problems import NotTypeset
from kaz_bot.typesetting.process import NOT_TYPESET
from kaz_bot.typesetting.setting import pdf
from kaz_bot.typesetting.written import from_json

# No document costs more, whatever it holds.
_MEMORY = 2**30
_SECONDS = 120
_MAKERS: Mapping[str, Callable[[Document], bytes]] = {
    Making.PDF: pdf,
    Making.PAGE: page,
    Making.PICTURES: packed,
}


def main() -> int:
    """The status to end with."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        printed = _MAKERS[sys.argv[1]](from_json(sys.stdin.buffer.read()))
    except NotTypeset as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return NOT_TYPESET
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
