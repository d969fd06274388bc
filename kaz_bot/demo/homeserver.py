"""Runs a real Synapse on loopback, with its data in a folder of its own."""

import asyncio
import hashlib
import hmac
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import aiohttp

from kaz_bot.demo import child
from kaz_bot.demo.synapse_config import GENEROUS, RateLimit, SynapseConfig
from kaz_bot.demo.synapse_environment import (
    HomeserverError,
    Progress,
    SynapseEnvironment,
)

_PATIENCE_AT_START = 60
_PATIENCE_AT_STOP = 20


class Homeserver:
    """One Synapse. It keeps its port and its data over stop, kill and restart."""

    def __init__(
        self,
        folder: Path,
        *,
        environment: Path = Path(".synapse"),
        server_name: str = "kaz.test",
        port: int | None = None,
        message_limit: RateLimit = GENEROUS,
    ) -> None:
        self._environment = SynapseEnvironment(environment)
        self._config = SynapseConfig(
            folder=folder.absolute(),
            server_name=server_name,
            port=port or _free_port(),
            message_limit=message_limit,
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._config.port}"

    @property
    def server_name(self) -> str:
        return self._config.server_name

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def install(self, progress: Progress) -> None:
        """Make the environment of Synapse, once; afterwards this is quick and needs no network."""
        await self._environment.install(progress)

    async def start(self) -> None:
        """Return when it answers."""
        if self.is_running:
            return
        if not self._environment.is_installed():
            raise HomeserverError("Synapse is not installed yet: install() comes before start().")
        _check_free(self._config.port)
        self._config.write()
        self._process = self._spawn()
        try:
            async with asyncio.timeout(_PATIENCE_AT_START):
                await self._answers()
        except TimeoutError:
            await self.kill()
            raise HomeserverError(
                f"Synapse did not answer within {_PATIENCE_AT_START} seconds. {self._log_says()}"
            ) from None

    async def stop(self) -> None:
        """End it as an operator would; kill it if it does not come to an end."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _PATIENCE_AT_STOP)
        await self.kill()

    async def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        if self._process is None:
            return
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def register(
        self,
        localpart: str,
        password: str,
        *,
        admin: bool = False,
        display_name: str | None = None,
    ) -> str:
        """The Matrix id of the new account, which has no device yet."""
        account: dict[str, str | bool] = {
            "username": localpart,
            "displayname": display_name or localpart,
            "password": password,
            "admin": admin,
            "inhibit_login": True,
        }
        try:
            refusal = await self._refusal_of(account)
        except aiohttp.ClientError as problem:
            raise HomeserverError(f"Synapse does not answer at {self.url}: {problem}") from problem
        if refusal is not None:
            raise HomeserverError(f"Synapse does not register {localpart}: {refusal}")
        return f"@{localpart}:{self.server_name}"

    async def _refusal_of(self, account: dict[str, str | bool]) -> str | None:
        address = f"{self.url}/_synapse/admin/v1/register"
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as answer:
                nonce: str = (await answer.json())["nonce"]
            signed = account | {"nonce": nonce, "mac": self._signature(nonce, account)}
            async with session.post(address, json=signed) as answer:
                return None if answer.status == 200 else await answer.text()

    def _signature(self, nonce: str, account: dict[str, str | bool]) -> str:
        role = "admin" if account["admin"] else "notadmin"
        signed = f"{nonce}\0{account['username']}\0{account['password']}\0{role}"
        secret = self._config.registration_secret.encode()
        return hmac.new(secret, signed.encode(), hashlib.sha1).hexdigest()

    def _spawn(self) -> subprocess.Popen[bytes]:
        return child.start(
            "synapse.app.homeserver",
            ["-c", str(self._config.file)],
            python=str(self._environment.python),
            options=["-I"],
            log_file=self._config.log_file,
            folder=self._config.folder,
        )

    async def _answers(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                if not self.is_running:
                    raise HomeserverError(f"Synapse ended while starting. {self._log_says()}")
                try:
                    async with session.get(f"{self.url}/_matrix/client/versions") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.1)

    def _log_says(self) -> str:
        log_file = self._config.log_file
        return f"The last lines of {log_file}:\n{child.last_lines(log_file)}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        # As Synapse will: what lingers of connections that have ended takes no port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise HomeserverError(
                f"Port {port} on this machine cannot be used: {problem.strerror}. Name another "
                "one, or none and a free one is chosen."
            ) from problem
