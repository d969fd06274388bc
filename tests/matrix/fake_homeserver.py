"""A small homeserver for one account: says what a test wants, and keeps what it was asked."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BOT = "@bot:kaz.test"
DEVICE = "DEVICE"
TOKEN = "token-of-the-bot"
PREFIX = "/_matrix/client/v3/"
MEDIA = "/_matrix/media/"
# A long poll without news; real ones last half a minute.
_POLL = 0.2
_PATIENCE = 10


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Mapping[str, Any]
    token: str
    # A file as it was uploaded, and as what.
    file: bytes = b""
    media_type: str = ""


@dataclass(frozen=True)
class Says:
    """An answer, word by word: a fault that a test wants to see survived."""

    status: int
    body: Mapping[str, Any] | str


@dataclass
class FakeHomeserver:
    """The client-server API, as far as the bot uses it."""

    requests: list[Request] = field(default_factory=list)
    # What a sync since this token brings; without an entry there is nothing new.
    syncs: dict[str | None, Mapping[str, Any]] = field(default_factory=dict)
    # The pages of a room's history, by the token they are asked for with.
    pages: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    events: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    device_keys: dict[str, Any] = field(default_factory=dict)
    cross_signing: dict[str, Any] = field(default_factory=dict)
    one_time_keys: dict[str, Any] = field(default_factory=dict)
    # The devices of other people, and the one-time key each of them has left.
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    claimable: dict[str, dict[str, Any]] = field(default_factory=dict)
    account_data: dict[str, Any] = field(default_factory=dict)
    device_id: str | None = DEVICE
    password: str = "pw"
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    # Room event ids by transaction id.
    sent: dict[str, str] = field(default_factory=dict)
    # Requests whose path holds this wait until the gate is opened.
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    url: str = ""
    _faults: dict[str, deque[Says]] = field(default_factory=lambda: defaultdict(deque))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _served: asyncio.Condition = field(default_factory=asyncio.Condition)
    _runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{bound}"

    async def stop(self) -> None:
        self._news.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def restart(self) -> None:
        """Come back at the same address."""
        await self.start(int(self.url.rpartition(":")[2]))

    def fails(self, path: str, *answers: Says) -> None:
        """The next requests whose path holds `path` get these answers."""
        self._faults[path].extend(answers)

    def works(self) -> None:
        """No more faults."""
        self._faults.clear()

    def brings(self, since: str | None, answer: Mapping[str, Any]) -> None:
        """Something new for who asks since then."""
        self.syncs[since] = answer
        self._news.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Return when what was asked has made it so."""
        async with asyncio.timeout(_PATIENCE), self._served:
            await self._served.wait_for(is_so)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if path in request.path]

    async def _answer(self, request: web.Request) -> web.Response:
        raw = await request.read()
        is_file = request.path.startswith(MEDIA)
        came = Request(
            request.method,
            request.path.removeprefix(PREFIX),
            dict(request.query),
            json.loads(raw) if raw and not is_file else {},
            request.headers.get("Authorization", "").removeprefix("Bearer "),
            raw if is_file else b"",
            request.content_type,
        )
        self.requests.append(came)
        async with self._served:
            self._served.notify_all()
        for path, answers in self._faults.items():
            if path in came.path and answers:
                return _said(answers.popleft())
        for path, gate in self.gates.items():
            if path in came.path:
                await gate.wait()
        if came.path != "login" and came.token not in self.tokens:
            return _said(Says(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "no such token"}))
        answer = await self._serve(came)
        async with self._served:
            self._served.notify_all()
        return _said(answer)

    async def _serve(self, came: Request) -> Says:  # noqa: PLR0911, PLR0912  one line per endpoint
        match came.path.split("/"):
            case ["login"]:
                return self._login(came)
            case ["account", "whoami"]:
                return Says(200, {"user_id": BOT, "device_id": self.device_id})
            case ["sync"]:
                return await self._sync(came.query)
            case ["keys", *rest]:
                return self._keys(rest, came.body)
            case ["rooms", _, "messages"]:
                return Says(200, self.pages.get(came.query["from"], {"chunk": []}))
            case ["rooms", _, "event", event_id] if event_id in self.events:
                return Says(200, self.events[event_id])
            case ["rooms", _, "send" | "redact", _, txn_id]:
                self.sent.setdefault(txn_id, f"$sent-{len(self.sent)}")
                return Says(200, {"event_id": self.sent[txn_id]})
            case ["sendToDevice", *_] | ["rooms", _, "leave"] | ["join", _]:
                return Says(200, {"room_id": "!r:kaz.test"})
            case ["createRoom"]:
                return Says(200, {"room_id": "!made:kaz.test"})
            case ["", "_matrix", "media", "v3", "upload"]:
                return Says(200, {"content_uri": f"mxc://kaz.test/{len(self.asked(MEDIA))}"})
            case ["user", _, "account_data", kind]:
                return self._account_data(came, kind)
        return Says(404, {"errcode": "M_NOT_FOUND", "error": came.path})

    def _login(self, came: Request) -> Says:
        if came.body["password"] != self.password:
            return Says(403, {"errcode": "M_FORBIDDEN", "error": "Invalid username or password"})
        token = f"token-{len(self.tokens)}"
        self.tokens.add(token)
        self.device_id = came.body.get("device_id", f"DEVICE{len(self.tokens)}")
        return Says(200, {"user_id": BOT, "device_id": self.device_id, "access_token": token})

    async def _sync(self, query: Mapping[str, str]) -> Says:
        since = query.get("since")
        if since not in self.syncs and int(query["timeout"]) > 0:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), _POLL)
        answer = self.syncs.get(since, {})
        return Says(200, {"next_batch": since or "s0", **self._key_counts(), **answer})

    def _key_counts(self) -> Mapping[str, Any]:
        return {
            "device_one_time_keys_count": {"signed_curve25519": len(self.one_time_keys)},
            "device_unused_fallback_key_types": ["signed_curve25519"],
        }

    def _keys(self, rest: list[str], body: Mapping[str, Any]) -> Says:
        match rest:
            case ["query"]:
                return Says(200, self._queried(body))
            case ["upload"]:
                self.device_keys.update(body.get("device_keys", {}))
                self.one_time_keys.update(body.get("one_time_keys", {}))
                count = {"signed_curve25519": len(self.one_time_keys)}
                return Says(200, {"one_time_key_counts": count})
            case ["device_signing", "upload"]:
                self.cross_signing.update(body)
            case ["claim"]:
                return Says(200, {"one_time_keys": self.claimable})
            case ["signatures", "upload"]:
                signed = body[BOT][str(self.device_id)]["signatures"][BOT]
                self.device_keys["signatures"][BOT].update(signed)
        return Says(200, {})

    def _queried(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        mine = {self.device_id: self.device_keys} if self.device_keys else {}
        asked = {user: self.others.get(user, {}) for user in body["device_keys"]}
        found: dict[str, Any] = {"device_keys": {**asked, BOT: mine}}
        for kind in ("master_key", "self_signing_key"):
            if kind in self.cross_signing:
                found[f"{kind}s"] = {BOT: self.cross_signing[kind]}
        return found

    def _account_data(self, came: Request, kind: str) -> Says:
        if came.method == "PUT":
            self.account_data[kind] = came.body
        if kind not in self.account_data:
            return Says(404, {"errcode": "M_NOT_FOUND", "error": "no account data"})
        return Says(200, self.account_data[kind])


def _said(answer: Says) -> web.Response:
    if isinstance(answer.body, str):
        return web.Response(status=answer.status, text=answer.body, content_type="text/html")
    return web.json_response(answer.body, status=answer.status)
