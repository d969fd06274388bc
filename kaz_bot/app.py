"""The one composition root: builds everything, starts it, stops it in order."""

import asyncio
import logging
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from kaz_bot import logs
from kaz_bot.arrival import Arrival
from kaz_bot.clock import Clock, SystemClock
from kaz_bot.config import Settings
from kaz_bot.context import Desk, ladder_of
from kaz_bot.dispatcher import Dispatcher, Job
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.rooms import Language
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.errors import ConfigError, HomeserverUnavailable, StoreUnavailable
from kaz_bot.http import NotYet, Vitals, WebServer
from kaz_bot.jobs.ballots import BallotDuty
from kaz_bot.jobs.closing import Closing
from kaz_bot.jobs.digest import DigestDuty
from kaz_bot.jobs.meetings import MeetingDuty
from kaz_bot.jobs.register import Register
from kaz_bot.jobs.rejections import rejections
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.jobs.retention import Retention
from kaz_bot.jobs.service_levels import ServiceLevelDuty
from kaz_bot.jobs.tasks import RemindingOfTasks
from kaz_bot.jobs.unread import Unread
from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.menu import VERBS
from kaz_bot.messages import Batch
from kaz_bot.postman import Postman
from kaz_bot.reindexing import complete_search
from kaz_bot.routing import Router
from kaz_bot.schedule import Schedule
from kaz_bot.school import School
from kaz_bot.store import Store
from kaz_bot.subscriptions import Subscriptions
from kaz_bot.texts import HouseStyle, Texts
from kaz_bot.typesetting import Press

log = logging.getLogger(__name__)

_PAUSE = 5.0


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises ConfigError for what the operator must mend, LoggedOut when the account is shut out.
    """
    logs.set_up(settings.log_format)
    for name in settings.unknown:
        log.warning("%s is not a known setting and has no effect", name)
    serving = asyncio.create_task(App(settings, SystemClock()).serve())
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        log.info("Ended as asked")


class App:
    """The running bot."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._session = Session(session_settings(settings))
        self._store = Store(settings.database_url)
        self._synced_at: datetime | None = None
        self._ready = False
        self._subscriptions: Subscriptions | None = None

    async def serve(self) -> None:
        """Build everything, then follow the homeserver until cancelled."""
        async with AsyncExitStack() as closing:
            texts = _checked(texts_of(self._settings))
            self._settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            closing.push_async_callback(self._store.close)
            await self._store.migrate()
            await closing.enter_async_context(self._store.lead())
            await complete_search(self._store)
            closing.push_async_callback(self._session.close)
            await self._open_session()
            if self._settings.http_bind is not None:
                web = WebServer(self._settings.http_bind, self._vitals, self._calendar)
                await web.start()
                closing.push_async_callback(web.stop)
            await self._follow(texts, closing)

    async def _open_session(self) -> None:
        while True:
            try:
                return await self._session.open()
            except HomeserverUnavailable as problem:
                log.warning("The homeserver is away, waiting: %s", problem)
                await asyncio.sleep(_PAUSE)

    async def _follow(self, texts: Texts, closing: AsyncExitStack) -> None:
        settings = self._settings
        desk = Desk(
            settings=settings,
            areas=Areas.of((area.key for area in settings.areas), default=settings.default_area),
            router=Router.shipped(),
            rooms=self._session.rooms,
            verbs=VERBS,
            bot=settings.user_id,
            words=texts.words,
            speech=texts.speech,
        )
        self._subscriptions = Subscriptions(self._store, desk, self._clock)
        language = Language(settings.language)
        postman = Postman(self._store, self._session, self._clock, language, Press())
        school = School(
            store=self._store,
            router=desk.router,
            data_dir=settings.data_dir,
            clock=self._clock,
            every=settings.learn_every,
        )
        dispatcher = Dispatcher(
            store=self._store,
            homeserver=self._session,
            texts=texts,
            desk=desk,
            clock=self._clock,
            device=self._session.device_id,
            written=postman.collect,
        )
        jobs = _jobs(settings, desk, lambda: self._session.in_touch)
        schedule = Schedule(dispatcher.tick, jobs)
        arrival = Arrival(desk, dispatcher, self._session, self._clock)
        carrying: list[asyncio.Task[None]] = []

        async def handle(batch: Batch) -> None:
            if carrying and carrying[0].done():
                # Nobody would hear an answer any more: rather end, and be started anew.
                carrying[0].result()
            await arrival.handle(batch)
            if not carrying:
                # The rooms are known from now on; nothing can be sent or decided before.
                carrying.append(asyncio.create_task(postman.run(), name="postman"))
                closing.push_async_callback(_end, carrying[0])
                learning = asyncio.create_task(school.run(), name="school")
                closing.push_async_callback(_end, learning)
                schedule.start()
                closing.callback(schedule.stop)
            if not self._ready and arrival.settled:
                self._ready = True
                logs.ready(log)
            self._synced_at = self._clock.now()
            await postman.pause()

        await self._session.run(await dispatcher.since(), handle)

    async def _calendar(self, token: str) -> bytes | None:
        """The file behind the address of a calendar."""
        if self._subscriptions is None or self._synced_at is None:
            raise NotYet
        return await self._subscriptions.file(token)

    async def _vitals(self) -> Vitals:
        now = self._clock.now()
        synced = self._synced_at
        at_hand = synced is not None and now - synced < timedelta(minutes=2)
        try:
            async with self._store.work() as work:
                health = await work.health()
                counts = await work.tickets.counts()
        except StoreUnavailable:
            return Vitals(
                at=now,
                ready=self._ready,
                database=False,
                homeserver=at_hand,
                synced_at=synced,
            )
        return Vitals(
            at=now,
            ready=self._ready,
            database=True,
            homeserver=at_hand,
            synced_at=synced,
            oldest_letter_at=health.oldest_letter_at,
            letters_queued=health.letters_queued,
            letters_rejected=health.letters_rejected,
            undecryptable=health.undecrypted,
            tickets={(str(area), state.value): n for (area, state), n in counts.items()},
        )


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def session_settings(settings: Settings) -> SessionSettings:
    """The part of the settings that is about the account."""
    return SessionSettings(
        homeserver=settings.homeserver,
        user_id=settings.user_id,
        data_dir=settings.data_dir,
        password=settings.password or None,
        access_token=settings.access_token or None,
        device_id=settings.device_id or None,
        recovery_key=settings.recovery_key or None,
    )


def texts_of(settings: Settings) -> Texts:
    """The texts as the operator wants them, also if some are faulty."""
    return Texts(
        settings.templates_dir,
        HouseStyle(
            timezone=settings.timezone,
            prefix=settings.prefix,
            ticket_prefix=settings.ticket_prefix,
            areas={area.key: area.title for area in settings.areas if area.title},
        ),
    )


def _checked(texts: Texts) -> Texts:
    problems = texts.check()
    if problems:
        raise ConfigError("\n".join(problems))
    return texts


def _jobs(
    settings: Settings, desk: Desk, in_touch: Callable[[], bool]
) -> Mapping[str, tuple[Job, timedelta]]:
    patience = settings.decrypt_patience
    return {
        "closing": (Closing(settings.close_after), _often_enough(settings.close_after, minutes=1)),
        "unread": (Unread(patience), min(patience / 5, timedelta(seconds=30))),
        "reminding": (
            Reminding(ladder_of(settings), settings.working_time.days),
            timedelta(seconds=1),
        ),
        "ballots": (BallotDuty(desk, in_touch), timedelta(seconds=1)),
        "tasks": (RemindingOfTasks(desk), timedelta(seconds=1)),
        "meetings": (MeetingDuty(desk), timedelta(seconds=1)),
        "digest": (DigestDuty(desk), timedelta(seconds=15)),
        "register": (Register(settings.data_dir), timedelta(minutes=1)),
        "service levels": (
            ServiceLevelDuty(Timekeeper(settings.service_levels, settings.working_time)),
            timedelta(seconds=15),
        ),
        "rejections": (rejections, timedelta(seconds=30)),
        "retention": (
            Retention(ordinary=settings.retention, confidential=settings.retention_confidential),
            _often_enough(min(settings.retention, settings.retention_confidential), minutes=10),
        ),
    }


def _often_enough(length: timedelta, *, minutes: int) -> timedelta:
    """Every few minutes, or often enough that a short length of time is kept too."""
    return max(timedelta(seconds=1), min(timedelta(minutes=minutes), length / 5))
