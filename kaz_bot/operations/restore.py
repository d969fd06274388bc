"""Makes the bot anew from a backup, where nothing of a bot is yet."""

import json
import shutil
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.forgetting import Forgotten, apply_register, keep_register
from kaz_bot.forgetting.register import REGISTER, read_register
from kaz_bot.matrix.files import lock, make_folder
from kaz_bot.matrix.identity import FOLDER
from kaz_bot.messages import UserId
from kaz_bot.operations.backup import DATABASE, FORMAT, MANIFEST, Manifest, checksum
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.reindexing import reindex
from kaz_bot.store import Store


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What the restore did. `forgotten` was erased after the backup, and now once more."""

    made_at: datetime
    records: int
    identity: bool
    forgotten: Forgotten


async def restore(settings: Settings, file: Path, progress: Progress = unwatched) -> Restored:
    """Fill the empty data directory and the empty database; of an older one the search is built.

    Raises ConfigError, before anything is changed, for a damaged file and where something is.
    """
    make_folder(settings.data_dir)
    with (
        lock(settings.data_dir),
        tempfile.TemporaryDirectory(prefix="restore-", dir=settings.data_dir) as folder,
    ):
        copies = Path(folder)
        manifest = _unpacked(file, copies)
        if manifest.user_id != settings.user_id:
            raise ConfigError(
                f"The backup belongs to {manifest.user_id}, KAZ_USER_ID is {settings.user_id}: "
                "restore it with the settings of its own bot"
            )
        _check_no_identity(settings.data_dir)
        forgotten = await _load(settings, copies, progress)
        # The last step: with an identity in place the bot can start.
        if (copies / FOLDER).exists():
            (copies / FOLDER).replace(settings.data_dir / FOLDER)
    return Restored(
        made_at=manifest.made_at,
        records=manifest.records,
        identity=(settings.data_dir / FOLDER).exists(),
        forgotten=forgotten,
    )


def _check_no_identity(data_dir: Path) -> None:
    identity = data_dir / FOLDER
    if identity.exists() and any(identity.iterdir()):
        raise ConfigError(
            f"{identity} is not empty: move it away, or name an empty KAZ_DATA_DIR. Two bots with "
            "one identity would destroy each other's encryption"
        )
    if identity.exists():
        identity.rmdir()


async def _load(settings: Settings, copies: Path, progress: Progress) -> Forgotten:
    erasures = read_register(copies / REGISTER)
    erasures += [
        erasure
        for erasure in read_register(settings.data_dir / REGISTER)
        if erasure not in erasures
    ]
    store = Store(settings.database_url)
    try:
        with (copies / DATABASE).open(encoding="utf-8") as stream:
            await store.open()
            await store.load(stream)
        async with store.work() as work:
            forgotten = await apply_register(work, erasures)
            await keep_register(work, settings.data_dir)
            complete = await work.index.is_complete()
        if not complete:
            await reindex(store, progress)
    finally:
        await store.close()
    return forgotten


def _unpacked(file: Path, copies: Path) -> Manifest:
    """The files beside each other, each exactly as it was when it was saved."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                _extract(archive, member, copies)
        manifest = _manifest(copies / MANIFEST)
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError) as problem:
        raise _damaged(file, str(problem)) from problem
    except OSError as problem:
        raise _damaged(file, problem.strerror or str(problem)) from problem
    if manifest.format != FORMAT:
        raise ConfigError(
            f"{file} has format {manifest.format}, this program reads {FORMAT}: "
            f"restore it with Kaz-Bot {manifest.program} or newer"
        )
    for name, expected in manifest.files.items():
        if not (copies / name).is_file() or checksum(copies / name) != expected:
            raise _damaged(file, f"{name} is not as it was saved")
    if DATABASE not in manifest.files:
        raise _damaged(file, f"{DATABASE} is missing")
    return manifest


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, copies: Path) -> None:
    """Only plain files at the places a backup has; we have written nothing else."""
    folder, _, name = member.name.rpartition("/")
    content = archive.extractfile(member) if member.isfile() else None
    if content is None or folder not in {"", FOLDER} or name in {"", ".", ".."}:
        raise ValueError(f"{member.name} does not belong there")
    make_folder(copies / folder)
    target = copies / folder / name
    target.touch(mode=0o600, exist_ok=False)
    with content, target.open("wb") as copy:
        shutil.copyfileobj(content, copy)


def _manifest(file: Path) -> Manifest:
    fields = json.loads(file.read_text(encoding="utf-8"))
    return Manifest(
        format=int(fields["format"]),
        program=str(fields["program"]),
        made_at=datetime.fromisoformat(fields["made_at"]),
        user_id=UserId(fields["user_id"]),
        records=int(fields["records"]),
        files={str(name): str(digest) for name, digest in fields["files"].items()},
    )


def _damaged(file: Path, why: str) -> ConfigError:
    return ConfigError(f"{file} cannot be restored: {why}. Take another backup")
