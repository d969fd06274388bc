"""Starts a Python program that ends when we do, however we end."""

import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

# The program watches its standard input, the other end of which only we hold: should we be
# killed, it sees the end of it and stops, instead of living on unseen.
_UNTIL_PARENT_ENDS = """
import os, runpy, signal, sys, threading
def stop_at_end_of_input():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=stop_at_end_of_input, daemon=True).start()
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def start(
    module: str,
    arguments: Sequence[str],
    *,
    python: str,
    options: Sequence[str] = (),
    log_file: Path,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Run `python -m module arguments`, its output going to the end of `log_file`."""
    with log_file.open("ab") as log:
        # A session of its own: Ctrl-C in the terminal is for us, who then end it in order.
        return subprocess.Popen(
            [python, *options, "-c", _UNTIL_PARENT_ENDS, module, *arguments],
            cwd=folder,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def last_lines(log_file: Path, count: int = 15) -> str:
    """How a log ends."""
    with log_file.open(errors="replace") as log:
        return "".join(deque(log, maxlen=count)).rstrip()
