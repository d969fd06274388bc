"""Plays the process that learns: hands on the version it is given, taught by what it was told.

stand_in.py taken|refused|broken fresh.version before.version < lessons
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from kaz_bot.routing.version import Verdict, Version


def main() -> None:
    """The process."""
    mode, fresh, before = sys.argv[1:]
    lessons = [json.loads(line) for line in iter(sys.stdin.readline, "\n")]
    sys.stderr.write(f"learning from {len(lessons)} lessons\n")
    if mode == "broken":
        sys.stderr.write("out of memory\n")
        sys.exit(3)
    taught = {lesson["ticket"]: lesson["digest"] for lesson in lessons}
    version = replace(Version.from_bytes(Path(before).read_bytes()), taught=taught)
    # Whoever goes by it is known by this.
    certain = version.areas.shifted(projects=100.0)
    Path(fresh).write_bytes(replace(version, areas=certain).to_bytes())
    verdict = Verdict(
        taken=mode == "taken",
        lessons=len(lessons),
        corpus_before=90,
        corpus_after=91,
        corpus=100,
        earlier_before=0,
        earlier_after=0,
        earlier=0,
    )
    sys.stdout.write(json.dumps(vars(verdict)) + "\n")


if __name__ == "__main__":
    main()
