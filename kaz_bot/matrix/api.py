"""Speaks HTTP to the homeserver: an answer is JSON, a refusal, or no answer at all."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import aiohttp

from kaz_bot.errors import HomeserverUnavailable, LoggedOut
from kaz_bot.matrix.shapes import Json, integer, mapping, text

# Pairs where a key occurs more than once.
Query = Mapping[str, str] | Sequence[tuple[str, str]]

_PATIENCE = 30.0
_PATIENCE_WITH_FILES = 120.0
_MEDIA = "_matrix/media/v3/upload"
_PAUSE_WITHOUT_ADVICE = 5.0
_LONGEST_PAUSE = 3600.0


class HomeserverRefused(Exception):
    """The homeserver understood the request and will not do it; repeating it does not help."""

    def __init__(self, status: int, errcode: str, words: str, answer: Json | None = None) -> None:
        super().__init__(f"{errcode or status}: {words}" if words else errcode or str(status))
        self.status = status
        self.errcode = errcode
        self.answer: Json = answer or {}


class RateLimited(HomeserverUnavailable):
    """The homeserver wants to be left alone for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the homeserver asks to wait {seconds:g} s")
        self.seconds = seconds


class Api:
    """The client-server API of one homeserver, with one access token."""

    def __init__(self, homeserver: str) -> None:
        self.homeserver = homeserver.rstrip("/")
        self.access_token = ""
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self, *path: str, query: Query | None = None, patience: float = _PATIENCE
    ) -> Json:
        return await self._request("GET", path, None, query, patience)

    async def put(self, *path: str, body: Json) -> Json:
        return await self._request("PUT", path, body, None, _PATIENCE)

    async def post(self, *path: str, body: Json, query: Query | None = None) -> Json:
        return await self._request("POST", path, body, query, _PATIENCE)

    async def upload(self, content: bytes, media_type: str, name: str | None) -> Json:
        """Put a file into the media repository; with a `name`, the homeserver learns it."""
        query = {"filename": name} if name else None
        return await self._send(
            "POST", _MEDIA, content, media_type, query=query, patience=_PATIENCE_WITH_FILES
        )

    async def _request(
        self,
        method: str,
        path: tuple[str, ...],
        body: Json | None,
        query: Query | None,
        patience: float,
    ) -> Json:
        address = "/".join(quote(part, safe="") for part in path)
        data = None if body is None else json.dumps(body).encode()
        return await self._send(
            method,
            f"_matrix/client/v3/{address}",
            data,
            "application/json",
            query=query,
            patience=patience,
        )

    async def _send(
        self,
        method: str,
        address: str,
        data: bytes | None,
        media_type: str,
        *,
        query: Query | None,
        patience: float,
    ) -> Json:
        """Raise HomeserverRefused, LoggedOut, or HomeserverUnavailable for all that may pass."""
        headers = {"Content-Type": media_type}
        if self.access_token:
            headers["Authorization"] = f"Bearer {self.access_token}"
        try:
            async with self._connections().request(
                method,
                f"{self.homeserver}/{address}",
                params=query,
                data=data,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=patience),
            ) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            raise HomeserverUnavailable(f"{type(problem).__name__}: {problem}") from problem
        return _judged(status, payload)

    def _connections(self) -> aiohttp.ClientSession:
        # Made here because a session belongs to the running event loop.
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), auto_decompress=True
            )
        return self._session


def _judged(status: int, payload: bytes) -> Json:
    """What the status and the body of an answer mean together.

    A proxy in front of a homeserver answers with pages of its own, sometimes with status 200:
    what is not Matrix JSON was not said by the homeserver.
    """
    answer = _parsed(payload)
    if status in range(200, 300) and answer is not None:
        return answer
    errcode = text(mapping(answer).get("errcode")) or ""
    words = text(mapping(answer).get("error")) or ""
    if status == 429 or errcode == "M_LIMIT_EXCEEDED":
        raise RateLimited(_advised_pause(answer))
    if errcode in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
        raise LoggedOut(f"The homeserver does not accept the access token ({errcode}: {words}).")
    if status == 413 or (400 <= status < 500 and (errcode or _asks_for_more(answer))):
        raise HomeserverRefused(status, errcode, words, answer)
    raise HomeserverUnavailable(f"HTTP {status} {errcode}".rstrip())


def _asks_for_more(answer: Json | None) -> bool:
    """A request for further authentication has flows instead of an error code."""
    return answer is not None and "flows" in answer


def _parsed(payload: bytes) -> Json | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _advised_pause(answer: Json | None) -> float:
    milliseconds = integer(mapping(answer).get("retry_after_ms"))
    if milliseconds is None or milliseconds <= 0:
        return _PAUSE_WITHOUT_ADVICE
    return min(milliseconds / 1000, _LONGEST_PAUSE)
