"""Whether the register of decisions is what was decided: in the database, or handed out."""

from collections.abc import Sequence
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.domain.committee.chain import Fault, Link, differing, faults, lost
from kaz_bot.domain.committee.decided_words import reworded
from kaz_bot.errors import ConfigError, StoreUnavailable
from kaz_bot.operations.check.findings import Finding, ok, problem, warning
from kaz_bot.operations.records import is_to_be_made, opened
from kaz_bot.register import Copy, NoRegister, copy_of
from kaz_bot.store import Work

# Whoever has changed everything need not be told of each decision.
_MOST_NAMED = 20


async def check_register(work: Work) -> list[Finding]:
    """Whether the chain of the database holds, and the papers still say what was decided. About a
    register without decisions nothing."""
    links = await work.decisions.links()
    broken = [*faults(links), *lost(links, await work.decisions.promised())]
    beside = _named(reworded(links, await work.papers.wordings_decided()))
    if broken:
        return [problem("register_broken", count=len(broken)), *_named(broken), *beside]
    return [ok("register_ok", count=len(links), **_end(links)), *beside] if links else []


async def examine_copy(file: Path, settings: Settings | None) -> list[Finding]:
    """Whether a register that was handed out is as it was, and, if there is a database, whether
    that still says the same. Raises ConfigError if the file cannot be read."""
    try:
        copy = copy_of(_content(file))
    except NoRegister as wrong:
        return [problem("register_file_foreign", file=str(file), why=str(wrong))]
    return [*_about(file, copy), *await _compared(copy, settings)]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise ConfigError(f"{file} cannot be read: {wrong.strerror}") from wrong


def _about(file: Path, copy: Copy) -> list[Finding]:
    if copy.faults:
        broken = problem("register_file_broken", file=str(file), count=len(copy.faults))
        return [broken, *_named(copy.faults)]
    if not copy.links:
        return [warning("register_file_empty", file=str(file))]
    topic = "register_file_ok" if copy.whole else "register_extract_ok"
    return [ok(topic, file=str(file), count=len(copy.links), **_end(copy.links))]


async def _compared(copy: Copy, settings: Settings | None) -> list[Finding]:
    if settings is None or is_to_be_made(settings.database_url):
        return [ok("register_not_compared")]
    try:
        async with opened(settings) as store, store.work() as work:
            found = differing(copy.links, await work.decisions.links())
    except (ConfigError, StoreUnavailable) as wrong:
        return [warning("register_incomparable", why=str(wrong))]
    if found:
        return [problem("register_differs_in_all", count=len(found)), *_named(found)]
    return [ok("register_same", count=len(copy.links))]


def _named(found: Sequence[Fault]) -> list[Finding]:
    named = [
        problem(f"register_{fault.kind}", number=fault.number) for fault in found[:_MOST_NAMED]
    ]
    more = len(found) - len(named)
    return [*named, problem("register_more", count=more)] if more else named


def _end(links: Sequence[Link]) -> dict[str, str]:
    return {"number": str(links[-1].number), "digest": links[-1].digest}
