"""Keeps secrets on disk: whole or not at all, for nobody else to read, for one process."""

import fcntl
import os
from pathlib import Path
from typing import IO

from kaz_bot.errors import ConfigError

_OURS_ALONE = 0o600
_FOLDER_OURS_ALONE = 0o700


class DataDirectoryInUse(ConfigError):
    """Another process works with the same data."""


def make_folder(folder: Path) -> None:
    """The folder, for us alone, also if it was made by somebody less careful."""
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_OURS_ALONE)
    folder.chmod(_FOLDER_OURS_ALONE)


def write_secret(file: Path, secret: str) -> None:
    """The file appears whole or not at all, whenever the power fails."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(unfinished, flags, _OURS_ALONE), "w", encoding="utf-8") as new:
        new.write(secret)
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def lock(folder: Path) -> IO[str]:
    """Hold the folder for this process until the lock is closed. Two bots on one device would
    destroy each other's encryption. Raise DataDirectoryInUse."""
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_OURS_ALONE)
    file = folder / "lock"
    file.touch(mode=_OURS_ALONE)
    held = file.open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise DataDirectoryInUse(
            f"Another Kaz-Bot is running with the data directory {folder}. Stop it first, or give "
            "this one a directory and a Matrix account of its own (KAZ_DATA_DIR, KAZ_USER_ID)."
        ) from None
    return held
