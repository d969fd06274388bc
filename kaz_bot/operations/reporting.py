"""Writes the report of a period as files: in print, as a page, for spreadsheets, its pictures."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.matrix.files import make_folder
from kaz_bot.messages import Enclosure, Making
from kaz_bot.municipalities import directory
from kaz_bot.operations.progress import Progress, unwatched
from kaz_bot.operations.records import opened
from kaz_bot.reporting.cells import TABLE
from kaz_bot.reporting.files import files_of
from kaz_bot.reporting.gathering import gather
from kaz_bot.reporting.wishes import ReportWish
from kaz_bot.texts import Texts
from kaz_bot.typesetting import NotTypeset, TypesettingFailed, made

_PICTURES = "pictures"
_OURS_ALONE = 0o600


@dataclass(frozen=True)
class Written:
    """A file, by its place in the folder, with its content."""

    place: Path
    content: bytes


async def write_report(
    settings: Settings,
    texts: Texts,
    folder: Path,
    wish: ReportWish,
    *,
    language: str,
    now: datetime,
    force: bool = False,
    progress: Progress = unwatched,
) -> list[Path]:
    """The files, each whole or not there at all; what is there already stays, unless by `force`.
    Raises ConfigError."""
    speech = texts.speech(language)
    name = speech.word(TABLE, "file")
    if not force:
        _check_free(folder, [Path(f"{name}.{ending}") for ending in ("pdf", "html", "csv")])
    async with opened(settings) as store, store.work() as work:
        report = await gather(
            work,
            wish.period,
            wish.kind,
            area=wish.area,
            directory=directory(),
            settings=settings,
            now=now,
            progress=progress,
        )
    # Nobody knows where the files go: titles said in encrypted rooms do not go with them.
    enclosures = files_of(report, speech, contact=settings.user_id, sealed=False, name=name)
    files = [file for enclosure in enclosures for file in await _files(enclosure)]
    if not force:
        _check_free(folder, [file.place for file in files])
    make_folder(folder)
    for file in files:
        _keep(folder / file.place, file.content)
    return [folder / file.place for file in files]


async def _files(enclosure: Enclosure) -> list[Written]:
    content = enclosure.content
    if not enclosure.finished:
        try:
            content = await made(content, enclosure.making)
        except (NotTypeset, TypesettingFailed) as problem:
            raise ConfigError(f"{enclosure.name} cannot be made: {problem}") from problem
    if enclosure.making is Making.PICTURES:
        return list(_unpacked(content))
    return [Written(Path(enclosure.name), content)]


def _unpacked(packed: bytes) -> Iterator[Written]:
    with ZipFile(io.BytesIO(packed)) as folder:
        for name in folder.namelist():
            yield Written(Path(_PICTURES, name), folder.read(name))


def _check_free(folder: Path, places: list[Path]) -> None:
    taken = [file for place in places if (file := folder / place).exists()]
    if taken:
        raise ConfigError(
            "\n".join(
                f"{file} exists already: name another folder, or say --force to replace it"
                for file in taken
            )
        )


def _keep(file: Path, content: bytes) -> None:
    make_folder(file.parent)
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(unfinished, flags, _OURS_ALONE), "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(file)
