"""Hands out the register of decisions for the files: in print, for spreadsheets, for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.domain.committee.chain import faults
from kaz_bot.errors import ConfigError
from kaz_bot.matrix.files import make_folder
from kaz_bot.messages import Enclosure
from kaz_bot.operations.records import opened
from kaz_bot.register import Extract, Form, Part, Wish, files_of
from kaz_bot.texts import Texts
from kaz_bot.typesetting import NotTypeset, TypesettingFailed, typeset

_NAME = "register"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """How many decisions were written; `broken`: the register they are from was changed."""

    count: int
    broken: bool


async def export_register(
    settings: Settings,
    texts: Texts,
    folder: Path,
    *,
    year: int | None,
    language: str,
    now: datetime,
) -> Exported:
    """Write the register of all committees, or a year of it, where no such files are yet.
    Raises ConfigError."""
    forms = tuple(Form)
    wish = Wish(part=Part.YEAR, year=year, forms=forms) if year else Wish(forms=forms)
    _check_free(folder, forms)
    async with opened(settings) as store, store.work() as work:
        entries = await wish.found(work, None, published=False)
        links = await work.decisions.links()
    whole = len(entries) == len(links)
    extract = Extract(entries=tuple(entries), wish=wish, at=now, whole=whole)
    files = files_of(extract, texts.speech(language), _NAME)
    printed = [(file, await _content(file)) for file in files]
    make_folder(folder)
    for file, content in printed:
        _keep(folder / file.name, content)
    return Exported(count=len(entries), broken=bool(faults(links)))


def _check_free(folder: Path, forms: Sequence[Form]) -> None:
    taken = [file for form in forms if (file := folder / f"{_NAME}.{form}").exists()]
    if taken:
        raise ConfigError(
            "\n".join(
                f"{file} exists already: name another folder, or move this file away"
                for file in taken
            )
        )


async def _content(file: Enclosure) -> bytes:
    if file.finished:
        return file.content
    try:
        return await typeset(file.content)
    except (NotTypeset, TypesettingFailed) as problem:
        raise ConfigError(f"{file.name} cannot be made: {problem}") from problem


def _keep(file: Path, content: bytes) -> None:
    # Never over another file, and for the owner alone from the first byte on.
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(content)
