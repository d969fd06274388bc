"""Has the router learn anew from the desk's lessons, in a process beside the bot."""

import asyncio
import contextlib
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from kaz_bot.clock import Clock
from kaz_bot.domain.lessons import TaughtQuestion
from kaz_bot.errors import StoreUnavailable
from kaz_bot.routing import Router
from kaz_bot.routing.version import Verdict
from kaz_bot.routing.versions import FOLDER, SHIPPED_NUMBER, NoSuchVersion, Versions
from kaz_bot.store import Store

log = logging.getLogger(__name__)

# How often it is looked whether there is anything new to learn, or something to forget.
LOOK = timedelta(minutes=5)
_ATTEMPT = "attempt.json"
_PROCESS = (sys.executable, "-m", "kaz_bot.routing.learning.anew")


class LearningFailed(Exception):
    """The process that learns ended without a verdict."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of learning: the new version's number, and how it was judged."""

    number: int
    verdict: Verdict


class School:
    """Where the router is sent to when people have moved tickets.

    The bot goes on meanwhile by the version it has. `every` is the least time between two
    attempts; without it nothing is learned, but what must be forgotten still is.
    """

    def __init__(
        self,
        *,
        store: Store,
        router: Router,
        data_dir: Path,
        clock: Clock,
        every: timedelta | None,
        process: Sequence[str] = _PROCESS,
    ) -> None:
        self._store = store
        self._router = router
        self._versions = Versions(folder=data_dir / FOLDER)
        self._clock = clock
        self._every = every
        self._process = process
        self._goes_by = SHIPPED_NUMBER

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as problem:
                log.warning("The database is away; learning waits: %s", problem)
            # The outermost loop of learning: whatever fails in it, the desk is served.
            except Exception:
                log.exception("Learning failed; it is tried again when there is more to learn")
            await self._clock.sleep(LOOK.total_seconds())

    async def look(self) -> None:
        """Forget what must be forgotten, learn if it is time to, and go by the version in use."""
        taught = await self._taught()
        self._forget(taught)
        self._go_by_the_one_in_use()
        if self._every is not None and self._is_time(taught, self._every):
            await self._attempt(taught)

    async def learn(self, tell: Callable[[str], None]) -> Report | None:
        """Learn at once, whatever the time; nothing if nobody has taught anything."""
        taught = await self._taught()
        self._forget(taught)
        return await self._learned(taught, tell) if taught else None

    async def forget(self) -> None:
        """Delete the versions that know what is not taught any more."""
        self._forget(await self._taught())

    async def _taught(self) -> Sequence[TaughtQuestion]:
        async with self._store.work() as work:
            return await work.lessons.taught()

    def _forget(self, taught: Sequence[TaughtQuestion]) -> None:
        for number in self._versions.forget(_digests(taught)):
            log.info(
                "Version %s of the routing is deleted: it knew what is to be forgotten", number
            )

    def _go_by_the_one_in_use(self) -> None:
        number = self._versions.in_use()
        if number == self._goes_by:
            return
        try:
            version = self._versions.load(number)
        except NoSuchVersion as problem:
            log.warning("Routing goes by the shipped version: %s", problem)
            self._versions.use(SHIPPED_NUMBER)
            number, version = SHIPPED_NUMBER, self._versions.load(SHIPPED_NUMBER)
        self._router.go_by(version)
        self._goes_by = number
        log.info("Routing goes by version %s", number or "shipped")

    def _is_time(self, taught: Sequence[TaughtQuestion], every: timedelta) -> bool:
        if not taught:
            return False
        lessons, at = self._last_attempt()
        due = at is None or self._clock.now() - at >= every
        return due and lessons != self._fingerprint(taught)

    def _last_attempt(self) -> tuple[str, datetime | None]:
        try:
            noted = json.loads((self._versions.folder / _ATTEMPT).read_text(encoding="utf-8"))
            return str(noted["lessons"]), datetime.fromisoformat(noted["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return "", None

    def _fingerprint(self, taught: Sequence[TaughtQuestion]) -> str:
        """Of all that would be learned from: another release brings another corpus."""
        corpus = self._versions.load(SHIPPED_NUMBER).learned_from
        return sha256(json.dumps([corpus, *_digests(taught).items()]).encode()).hexdigest()

    async def _attempt(self, taught: Sequence[TaughtQuestion]) -> None:
        # Noted before, so that an attempt that brings the machine down is not made at once again.
        noted = {"lessons": self._fingerprint(taught), "at": self._clock.now().isoformat()}
        self._versions.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._versions.folder / _ATTEMPT).write_text(json.dumps(noted), encoding="utf-8")
        report = await self._learned(taught, log.debug)
        log.info(
            "Version %s of the routing, from %s lessons, is %s: right in %s of %s (shipped: %s)",
            report.number,
            report.verdict.lessons,
            "taken" if report.verdict.taken else "not taken",
            report.verdict.corpus_after,
            report.verdict.corpus,
            report.verdict.corpus_before,
        )
        self._go_by_the_one_in_use()

    async def _learned(
        self, taught: Sequence[TaughtQuestion], tell: Callable[[str], None]
    ) -> Report:
        """Learn in a process of its own; the version is in use if it is to be taken."""
        before = self._versions.path(self._versions.in_use())
        with tempfile.TemporaryDirectory(prefix="kaz-learning-") as folder:
            fresh = Path(folder) / "fresh.version"
            verdict = await self._verdict(fresh, before, _lines(taught), tell)
            # Somebody may have been forgotten while it learned.
            still = _digests(await self._taught())
            if not _digests(taught).items() <= still.items():
                raise LearningFailed("a lesson was taken back meanwhile")
            number = self._versions.keep(fresh.read_bytes())
        report = Report(number=number, verdict=verdict)
        if verdict.taken:
            self._versions.use(number)
        return report

    async def _verdict(
        self, fresh: Path, before: Path, lessons: bytes, tell: Callable[[str], None]
    ) -> Verdict:
        process = await asyncio.create_subprocess_exec(
            *(*self._process, str(fresh), str(before)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            said, last = await _heard(process, lessons, tell)
        finally:
            # The bot is told to stop, or the operator lost patience.
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise LearningFailed(f"the process ended with status {process.returncode}: {last}")
        return Verdict(**json.loads(said))


async def _heard(
    process: asyncio.subprocess.Process, lessons: bytes, tell: Callable[[str], None]
) -> tuple[bytes, str]:
    """What the process said, and the last line of what it told meanwhile."""
    stdin, stdout, stderr = process.stdin, process.stdout, process.stderr
    assert stdin is not None
    assert stdout is not None
    assert stderr is not None
    last = ""

    async def give() -> None:
        stdin.write(lessons)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await stdin.drain()
        stdin.close()

    async def listen() -> None:
        nonlocal last
        async for line in stderr:
            last = line.decode(errors="replace").rstrip()
            tell(last)

    said, _, _ = await asyncio.gather(stdout.read(), give(), listen())
    await process.wait()
    return said, last


def _lines(taught: Sequence[TaughtQuestion]) -> bytes:
    digests = _digests(taught)
    lines = (
        json.dumps(
            {
                "ticket": str(one.ticket_id),
                "area": one.area,
                "text": one.question,
                "digest": digests[str(one.ticket_id)],
            }
        )
        for one in taught
    )
    return "\n".join(lines).encode()


def _digests(taught: Sequence[TaughtQuestion]) -> Mapping[str, str]:
    """What each ticket teaches, so short that nobody can read the question in it."""
    return {
        str(one.ticket_id): sha256(f"{one.area}\n{one.question}".encode()).hexdigest()[:16]
        for one in taught
    }
