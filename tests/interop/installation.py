"""Installs matrix-js-sdk and a Node that is new enough for it, pinned, beside the tests."""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

_FOLDER = Path(__file__).parent
_MODULES = _FOLDER / "node_modules"
_MADE_FROM = _MODULES / ".made-from"
_PATIENCE = 600


class NotInstalled(Exception):
    """The packages cannot be had on this machine. The text says why."""


def install(progress: Callable[[str], None]) -> Path:
    """The Node to run `client.mjs` with. After the first time it needs no network."""
    with (_FOLDER / "package-lock.json").open() as lock:
        # Two runs at once wait for each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed():
            _make(progress)
    node = _MODULES / ".bin" / "node"
    if not node.exists():
        raise NotInstalled("npm has no Node for this machine")
    return node


def _make(progress: Callable[[str], None]) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotInstalled("npm is missing")
    progress("matrix-js-sdk: installing (once, a quarter of a minute)")
    # No package may run a program of its own while it is installed.
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=_FOLDER,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )
    if done.returncode != 0:
        raise AssertionError(
            "npm could not install matrix-js-sdk. Check that this machine reaches a registry of "
            f"packages (npm config list), then start again. It said:\n{done.stderr[-2000:]}"
        )
    _MADE_FROM.write_text(_ingredients())


def _is_installed() -> bool:
    return _MADE_FROM.exists() and _MADE_FROM.read_text() == _ingredients()


def _ingredients() -> str:
    return hashlib.sha256((_FOLDER / "package-lock.json").read_bytes()).hexdigest()
