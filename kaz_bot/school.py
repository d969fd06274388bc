"""Sees to it that the router learns from the desk's lessons, and forgets what it must."""

import asyncio
import json
import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from kaz_bot.clock import Clock
from kaz_bot.domain.lessons import TaughtQuestion
from kaz_bot.errors import StoreUnavailable
from kaz_bot.routing import AREAS, Router
from kaz_bot.routing.version import Verdict
from kaz_bot.routing.versions import (
    FOLDER,
    SHIPPED_NUMBER,
    WORKSHOP,
    NoSuchVersion,
    Versions,
    write_whole,
)
from kaz_bot.store import Store
from kaz_bot.teacher import PROCESS, LearningFailed, digests, taught_by

log = logging.getLogger(__name__)

# How often it is looked whether there is anything new to learn, or something to forget.
LOOK = timedelta(minutes=5)
# When the version in use had to be forgotten, the next one must not wait a whole day.
SOON = timedelta(hours=1)
_ATTEMPT = "attempt.json"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of learning: the new version's number, and how it was judged."""

    number: int
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """When it was last tried to learn, and from which lessons a verdict was reached."""

    at: datetime | None = None
    lessons: str = ""


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
        process: Sequence[str] = PROCESS,
    ) -> None:
        self._store = store
        self._router = router
        self._versions = Versions(folder=data_dir / FOLDER)
        self._clock = clock
        self._every = every
        self._process = process
        self._goes_by = SHIPPED_NUMBER
        self._bereft = False

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as problem:
                log.warning("The database is away; the routing learns later: %s", problem)
            except (LearningFailed, OSError) as problem:
                log.error("Learning failed: %s", problem)
            # The outermost loop of learning: whatever fails in it, the desk is served.
            except Exception:
                log.exception("Learning failed; it is tried again")
            await self._clock.sleep(LOOK.total_seconds())

    async def look(self) -> None:
        """Forget what must be forgotten, learn if it is time to, and go by the version in use."""
        taught = await self._taught()
        self._forget(taught)
        self._go_by_the_one_in_use()
        if self._every is not None and self._is_time(taught, self._every):
            await self._learned(taught, log.debug)
            self._go_by_the_one_in_use()

    async def learn(self, tell: Callable[[str], None]) -> Report | None:
        """Learn at once, whatever the time; nothing if nobody has taught anything."""
        taught = await self._taught()
        self._forget(taught)
        return await self._learned(taught, tell) if taught else None

    async def forget(self) -> None:
        """Delete the versions that know what is not taught any more."""
        self._forget(await self._taught())

    async def _taught(self) -> Sequence[TaughtQuestion]:
        """Areas that the operator added have no model; the likeness of words finds them."""
        async with self._store.work() as work:
            return [one for one in await work.lessons.taught() if one.area in AREAS]

    def _forget(self, taught: Sequence[TaughtQuestion]) -> None:
        in_use = self._versions.in_use()
        gone = self._versions.forget(digests(taught))
        self._bereft = self._bereft or in_use in gone
        for number in gone:
            log.info(
                "Version %s of the routing is deleted: it knows what is to be forgotten, or is "
                "broken, or of another release",
                number,
            )

    def _go_by_the_one_in_use(self) -> None:
        number = self._versions.in_use()
        if number == self._goes_by:
            return
        try:
            version = self._versions.load(number)
        except NoSuchVersion as problem:
            log.warning("The routing goes by the shipped version: %s", problem)
            number, version = SHIPPED_NUMBER, self._versions.load(SHIPPED_NUMBER)
        self._router.go_by(version)
        self._goes_by = number
        log.info("The routing goes by version %s", number or "shipped")

    def _is_time(self, taught: Sequence[TaughtQuestion], every: timedelta) -> bool:
        last = self._last_attempt()
        wait = min(every, SOON) if self._bereft else every
        due = last.at is None or self._clock.now() - last.at >= wait
        return bool(taught) and due and last.lessons != self._fingerprint(taught)

    def _last_attempt(self) -> _Attempt:
        """None that could be read, or one that is still to come, is as good as none."""
        try:
            noted = json.loads((self._versions.folder / _ATTEMPT).read_text(encoding="utf-8"))
            at = datetime.fromisoformat(noted["at"])
            known = at.tzinfo is not None and at <= self._clock.now()
            return _Attempt(at=at, lessons=str(noted["lessons"])) if known else _Attempt()
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return _Attempt()

    def _note_attempt(self, lessons: str) -> None:
        noted = {"at": self._clock.now().isoformat(), "lessons": lessons}
        self._versions.make()
        write_whole(self._versions.folder / _ATTEMPT, json.dumps(noted).encode())

    def _fingerprint(self, taught: Sequence[TaughtQuestion]) -> str:
        """Of all that would be learned from: another release brings another corpus."""
        corpus = self._versions.load(SHIPPED_NUMBER).learned_from
        known = digests(taught)
        lessons = [(known[str(one.ticket_id)], one.area) for one in taught]
        return sha256(json.dumps([corpus, *lessons]).encode()).hexdigest()

    async def _learned(
        self, taught: Sequence[TaughtQuestion], tell: Callable[[str], None]
    ) -> Report:
        """Learn in a process of its own; the version is in use if it is to be taken."""
        # Noted before, so that an attempt that brings the machine down is not made at once again.
        self._note_attempt("")
        before = self._versions.path(self._versions.in_use())
        with tempfile.TemporaryDirectory(prefix=f"{WORKSHOP}-", dir=self._versions.folder) as place:
            fresh = Path(place) / "fresh.version"
            verdict = await taught_by(self._process, taught, fresh=fresh, before=before, tell=tell)
            # Somebody may have been forgotten while it learned.
            if not digests(taught).items() <= digests(await self._taught()).items():
                raise LearningFailed("a lesson was taken back meanwhile")
            number = self._versions.keep(await asyncio.to_thread(fresh.read_bytes))
        if verdict.taken and not self._versions.pinned:
            self._versions.use(number)
        self._note_attempt(self._fingerprint(taught))
        self._bereft = False
        log.info(
            "Version %s of the routing, from %s lessons, is %s: right in %s of %s (shipped: %s)",
            number,
            verdict.lessons,
            "no worse" if verdict.taken else "worse and not taken",
            verdict.corpus_after,
            verdict.corpus,
            verdict.corpus_before,
        )
        return Report(number=number, verdict=verdict)
