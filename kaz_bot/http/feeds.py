"""Answers /calendar/<token>.ics: the dates of a room or a person, to whoever has the address."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable

from aiohttp import ETag, web

from kaz_bot.errors import StoreUnavailable

CALENDAR_TYPE = "text/calendar; charset=utf-8"
PATH = "/calendar"
_PAUSE = 30
_HEADERS = {
    # Nobody in between keeps it, and whoever has it asks whether it is still the same.
    "Cache-Control": "private, no-cache",
    # The address is a secret: nothing that is opened from a calendar shall be told it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

# The file of a token; nothing when there is none, or none any more.
Calendars = Callable[[str], Awaitable[bytes | None]]


class NotYet(Exception):
    """The rooms are not known yet; nobody has to act, calendars ask again."""


class FeedPages:
    """The pages of the calendars. Unknown and revoked addresses look alike."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        # One at a time: whoever asks a hundred times at once must not hold up the chat.
        self._turn = asyncio.Lock()

    def add_to(self, app: web.Application) -> None:
        """Serve them there; HEAD is answered like GET, without the file."""
        app.router.add_get(f"{PATH}/{{token}}.ics", self._feed)

    async def _feed(self, request: web.Request) -> web.Response:
        try:
            async with self._turn:
                file = await self._calendars(request.match_info["token"])
        except (StoreUnavailable, NotYet):
            return web.Response(status=503, headers={**_HEADERS, "Retry-After": str(_PAUSE)})
        if file is None:
            raise web.HTTPNotFound(headers=_HEADERS)
        tag = ETag(hashlib.sha256(file).hexdigest()[:32])
        if _has_it(request, tag):
            answer = web.Response(status=304, headers=_HEADERS)
        else:
            answer = web.Response(body=file, headers={**_HEADERS, "Content-Type": CALENDAR_TYPE})
        answer.etag = tag
        return answer


def _has_it(request: web.Request, tag: ETag) -> bool:
    known = request.if_none_match or ()
    return any(one.value in {tag.value, "*"} for one in known)
