"""Answers /health, /metrics and /calendar on the address the operator has given."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from kaz_bot.config import HttpAddress
from kaz_bot.errors import ConfigError
from kaz_bot.http.feeds import Calendars, FeedPages
from kaz_bot.http.vitals import Vitals, exposition

# The content type by which Prometheus knows the version of the format.
EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8"

log = logging.getLogger(__name__)


def _is_no_quotation(record: logging.LogRecord) -> bool:
    """What a client got wrong is quoted by the library, with the secret address it asked for."""
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


log.addFilter(_is_no_quotation)


class WebServer:
    """Listens from `start` to `stop`. It asks nobody who they are; texts of people are shown to
    whoever has the secret address of a calendar. It keeps no log of who asked for what.
    """

    def __init__(
        self,
        address: HttpAddress,
        vitals: Callable[[], Awaitable[Vitals]],
        calendars: Calendars,
    ) -> None:
        self._address = address
        self._vitals = vitals
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/metrics", self._metrics)
        FeedPages(calendars).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, logger=log)

    async def start(self) -> None:
        """Listen; raises ConfigError when the address cannot be used."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address.host, self._address.port).start()
        except OSError as problem:
            await self._runner.cleanup()
            raise ConfigError(
                f"KAZ_HTTP_BIND: cannot listen on {self._address.host}:{self._address.port}: "
                f"{problem.strerror}; choose another address or end who uses this one"
            ) from problem

    async def stop(self) -> None:
        """Finish the answers that are under way and listen no more."""
        await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        vitals = await self._vitals()
        return web.json_response(vitals.report(), status=200 if vitals.healthy else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(
            body=exposition(await self._vitals()).encode(),
            headers={"Content-Type": EXPOSITION_TYPE},
        )
