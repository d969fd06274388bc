"""Keeps who was erased beside the database, which a restored backup sets back in time."""

import json
import os
from datetime import datetime
from pathlib import Path

from kaz_bot.errors import ConfigError
from kaz_bot.forgetting.tickets import Forgotten
from kaz_bot.forgetting.users import USER, fingerprint, forget_user
from kaz_bot.store import Work
from kaz_bot.store.erasures import Erasure

REGISTER = "erasures.jsonl"


async def keep_register(work: Work, data_dir: Path) -> None:
    """Add to the file what the database knows and the file does not; nothing leaves the file.

    Tickets are not in it: what retention took out of a restored database, it takes out again.
    """
    path = data_dir / REGISTER
    written = [_line(erasure) for erasure in read_register(path)]
    known = [_line(erasure) for erasure in await work.erasures.of(USER)]
    new = [line for line in known if line not in set(written)]
    if new:
        _write(path, [*written, *new])


def _write(path: Path, lines: list[str]) -> None:
    """Wholly or not at all, whenever the power goes."""
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as register:
        register.write("".join(f"{line}\n" for line in lines))
        register.flush()
        os.fsync(descriptor)
    draft.replace(path)


def read_register(path: Path) -> list[Erasure]:
    """What the file knows, the oldest first."""
    if not path.exists():
        return []
    return [_erasure(line, path) for line in path.read_text(encoding="utf-8").splitlines()]


async def apply_register(work: Work, erasures: list[Erasure]) -> Forgotten:
    """Erase once more what the database does not know to be erased: it is older than that."""
    done = set(await work.erasures.of(USER))
    people = {fingerprint(user): user for user in await work.people.known()}
    forgotten = Forgotten()
    for erasure in erasures:
        if erasure in done:
            continue
        if erasure.subject in people:
            forgotten += await forget_user(work, people[erasure.subject], erasure.at)
        else:
            # Noted all the same: should they come back, a later backup keeps what they write.
            await work.erasures.add(erasure.what, erasure.subject, erasure.at)
    return forgotten


def _line(erasure: Erasure) -> str:
    return json.dumps(
        {"what": erasure.what, "subject": erasure.subject, "at": erasure.at.isoformat()}
    )


def _erasure(line: str, path: Path) -> Erasure:
    try:
        fields = json.loads(line)
        return Erasure(
            what=str(fields["what"]),
            subject=str(fields["subject"]),
            at=datetime.fromisoformat(fields["at"]),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise ConfigError(f"{path} is damaged: {line.strip()[:80]}") from problem
