"""The folder a demo lives in: known by its mark, held by one, empty at the start."""

import fcntl
import shutil
from pathlib import Path
from typing import IO, Self

from kaz_bot.demo.errors import DemoError

_MARK = ".kaz-demo"
_MARKED = "Made by `kaz-bot demo`, which empties this folder each time it starts.\n"
# All that a demo makes; nothing else is ever removed.
_HOMESERVER, _DATA, _ENV_FILE, _LOG = "homeserver", "data", ".env", "kaz-bot.log"


class DemoFolder:
    """Each run begins anew: the people's keys are gone with the run before, and ticket numbers
    are those of the scene."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._held: IO[str] | None = None

    @property
    def homeserver(self) -> Path:
        """Where Synapse keeps its data."""
        return self.path / _HOMESERVER

    @property
    def data(self) -> Path:
        """The bot's data directory."""
        return self.path / _DATA

    @property
    def env_file(self) -> Path:
        """The bot's settings."""
        return self.path / _ENV_FILE

    @property
    def log_file(self) -> Path:
        """The bot's log."""
        return self.path / _LOG

    def __enter__(self) -> Self:
        mark = self.path / _MARK
        self._check_ours(mark)
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.chmod(0o700)
        self._held = mark.open("a")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._held.close()
            raise DemoError(
                f"Another demo is running in {self.path}. End it first, or name another folder: "
                "kaz-bot demo --folder NAME"
            ) from None
        mark.write_text(_MARKED)
        self._clear()
        return self

    def __exit__(self, *_: object) -> None:
        if self._held is not None:
            self._held.close()

    def _check_ours(self, mark: Path) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise DemoError(f"{self.path} is a file. Name a folder: kaz-bot demo --folder NAME")
        if self.path.exists() and not mark.exists() and any(self.path.iterdir()):
            raise DemoError(
                f"{self.path} holds other things than a demo, which would be removed. Name "
                "another folder: kaz-bot demo --folder NAME"
            )

    def _clear(self) -> None:
        for name in (_HOMESERVER, _DATA, _ENV_FILE, _LOG):
            left = self.path / name
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink(missing_ok=True)
