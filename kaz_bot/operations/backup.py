"""Writes everything the bot is into one file, also while it runs."""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.forgetting import keep_register
from kaz_bot.forgetting.register import REGISTER
from kaz_bot.matrix.files import make_folder
from kaz_bot.matrix.identity import FOLDER, IdentityFolder
from kaz_bot.messages import UserId
from kaz_bot.store import Store

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.jsonl"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is in the file; `files` are checksums (SHA-256) by name."""

    format: int
    program: str
    made_at: datetime
    user_id: UserId
    records: int
    files: Mapping[str, str]

    def as_json(self) -> str:
        """The manifest as it stands in the file."""
        return json.dumps(vars(self) | {"made_at": self.made_at.isoformat()}, indent=1)


async def back_up(settings: Settings, file: Path, now: datetime) -> Manifest:
    """Write the backup, for its owner alone; a file that is there already is not touched."""
    _check_target(file)
    make_folder(settings.data_dir)
    # Beside the data, because the copies are as secret, and the system's folder may be small.
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.data_dir) as folder:
        copies = Path(folder)
        records = await _copy_records(settings, copies)
        _copy_identity(IdentityFolder(settings.data_dir), copies / FOLDER)
        if (settings.data_dir / REGISTER).exists():
            shutil.copyfile(settings.data_dir / REGISTER, copies / REGISTER)
        manifest = Manifest(
            format=FORMAT,
            program=version("kaz-bot"),
            made_at=now,
            user_id=settings.user_id,
            records=records,
            files={name: checksum(copies / name) for name in _names(copies)},
        )
        (copies / MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
        _pack(copies, manifest, file)
    return manifest


def _check_target(file: Path) -> None:
    if file.exists():
        raise ConfigError(f"{file} exists already: name another file, or move this one away")
    if not file.absolute().parent.is_dir():
        raise ConfigError(f"{file.absolute().parent} is no folder: create it first")


async def _copy_records(settings: Settings, copies: Path) -> int:
    store = Store(settings.database_url)
    try:
        async with store.work() as work:
            await keep_register(work, settings.data_dir)
        with (copies / DATABASE).open("w", encoding="utf-8") as stream:
            return await store.dump(stream)
    finally:
        await store.close()


def _copy_identity(identity: IdentityFolder, to: Path) -> None:
    """Before the first start there is none."""
    if not identity.is_complete:
        return
    identity.check()
    make_folder(to)
    for part in identity.path.iterdir():
        if part.suffix == ".json" or part.name == "pickle_key":
            shutil.copyfile(part, to / part.name)
    # The bot may be writing at this moment: only SQLite itself makes a copy that is whole.
    with (
        closing(sqlite3.connect(f"file:{identity.store}?mode=ro", uri=True)) as running,
        closing(sqlite3.connect(to / identity.store.name)) as copy,
    ):
        running.backup(copy)


def _names(copies: Path) -> list[str]:
    return sorted(
        path.relative_to(copies).as_posix() for path in copies.rglob("*") if path.is_file()
    )


def checksum(file: Path) -> str:
    """SHA-256 of the content."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _pack(copies: Path, manifest: Manifest, file: Path) -> None:
    draft = file.with_name(f"{file.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz") as archive:
                for name in (MANIFEST, *manifest.files):
                    archive.add(copies / name, arcname=name, recursive=False)
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
