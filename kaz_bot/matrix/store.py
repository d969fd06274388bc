"""Keeps the keys of end-to-end encryption in one SQLite file, by the store of nio."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee  # type: ignore[import-untyped]  # it ships no types
import vodozemac
from nio.crypto import OlmDevice
from nio.store import SqliteStore

from kaz_bot.messages import UserId

# The disk is full or broken: no fault of what somebody sent.
BROKEN = (sqlite3.Error, peewee.PeeweeException)
# What opening a store that is damaged, or locked with another pickle key, can raise.
UNREADABLE = (
    *BROKEN,
    ValueError,
    vodozemac.PickleException,
    vodozemac.LibolmPickleException,
)


class CryptoStore(SqliteStore):
    """Trusts every device of everybody in a room, as clients do whose users verify nobody.

    nio would keep a row per device for that, and look it up for each message.
    """

    def __init__(self, file: Path, user_id: UserId, device_id: str, pickle_key: str) -> None:
        # SQLite would make it for everybody to read, and gives its journal the rights of the file.
        file.touch(mode=0o600)
        super().__init__(user_id, device_id, str(file.parent), pickle_key, file.name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing.

        nio commits each step: killed between "the Olm session moved on" and "the room key is
        stored" the repeated message could not be decrypted any more, and the room key were lost.
        """
        with self.database.atomic():
            yield

    def close(self) -> None:
        self.database.close()

    def is_device_verified(self, device: OlmDevice) -> bool:  # noqa: ARG002
        return False

    def is_device_blacklisted(self, device: OlmDevice) -> bool:  # noqa: ARG002
        return False

    def is_device_ignored(self, device: OlmDevice) -> bool:  # noqa: ARG002
        return True
