"""Gets the bot in: as the device it has always been, or, the first time, as a new one."""

import logging
from dataclasses import dataclass, replace

from kaz_bot.errors import ConfigError, IdentityError, LoggedOut
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.identity import IdentityFolder, Login, Marker
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.settings import SessionSettings
from kaz_bot.matrix.shapes import Json, at, mapping, text, user_id
from kaz_bot.matrix.store import UNREADABLE
from kaz_bot.messages import UserId

log = logging.getLogger(__name__)

_DEVICE_NAME = "Kaz-Bot"


@dataclass(frozen=True, kw_only=True)
class _Owner:
    user_id: UserId
    device_id: str


class Entrance:
    """Opens the unit on disk and proves to the homeserver that it is the right one."""

    def __init__(self, api: Api, folder: IdentityFolder, settings: SessionSettings) -> None:
        self._api = api
        self._folder = folder
        self._settings = settings

    async def enter(self) -> Machine:
        """The machine of our device, the token in place. Raise IdentityError or ConfigError."""
        self._folder.check()
        if self._folder.is_complete:
            return await self._return()
        return await self._enter_first()

    async def _return(self) -> Machine:
        login, marker = self._folder.login(), self._folder.marker()
        assert login is not None  # check() has seen the file
        self._check_same(login, marker)
        machine = self._load(login)
        if machine.ed25519 != marker.ed25519:
            machine.close()
            raise self._folder.broken("crypto.db belongs to another device")
        try:
            await self._prove(login)
            await self._check_published(machine)
        except BaseException:
            machine.close()
            raise
        return machine

    def _check_same(self, login: Login, marker: Marker) -> None:
        if login.user_id != self._settings.user_id:
            raise IdentityError(
                f"KAZ_USER_ID is {self._settings.user_id}, but {self._folder.path} is the identity "
                f"of {login.user_id}. Set it back, or give this account a KAZ_DATA_DIR of its own."
            )
        if (marker.user_id, marker.device_id) != (login.user_id, login.device_id):
            raise self._folder.broken("session.json and marker.json belong to different devices")

    async def _prove(self, login: Login) -> None:
        """Put a token of this very device in place; save it if it is another than before."""
        owner = await self._recognised(login)
        if (owner.user_id, owner.device_id) != (login.user_id, login.device_id):
            raise IdentityError(
                f"KAZ_ACCESS_TOKEN belongs to {owner.user_id}, device {owner.device_id}, but "
                f"{self._folder.path} is the identity of {login.user_id}, device "
                f"{login.device_id}. Use a token of that device, or move the folder away to start "
                "as a new device."
            )
        token, homeserver = self._api.access_token, self._settings.homeserver
        now = replace(login, access_token=token, homeserver=homeserver)
        if now != login:
            self._folder.save_login(now)

    async def _recognised(self, login: Login) -> _Owner:
        """Who we are by the first token that still holds: the settings', ours, or a new one."""
        for token in filter(None, (self._settings.access_token, login.access_token)):
            self._api.access_token = token
            try:
                return await self._whoami()
            except LoggedOut:
                continue
        await self._login_again(login)
        return await self._whoami()

    async def _login_again(self, login: Login) -> None:
        """A new token for our old device, if the password is known."""
        self._api.access_token = ""
        if self._settings.password is None:
            raise IdentityError(
                f"The homeserver does not accept the access token of {login.user_id}, device "
                f"{login.device_id}, any more. Set KAZ_PASSWORD, and the bot logs in again as the "
                "same device; or set KAZ_ACCESS_TOKEN to a new token of this device."
            )
        again = await self._login(login.device_id)
        log.warning("The access token had ended; logged in again as device %s", login.device_id)
        self._api.access_token = again.access_token

    async def _check_published(self, machine: Machine) -> None:
        """The homeserver must show others our keys, or none, which are then published anew."""
        published = await self._published_ed25519(machine)
        if published is None:
            machine.olm.account.shared = False
        elif published != machine.ed25519:
            raise self._folder.broken(
                f"the homeserver knows other keys of device {machine.device_id}"
            )

    async def _enter_first(self) -> Machine:
        login = await self._first_login()
        self._folder.discard()
        self._folder.save_login(login)
        self._folder.make()
        machine = self._load(login)
        try:
            if await self._published_ed25519(machine) is not None:
                raise IdentityError(
                    f"Device {login.device_id} of {login.user_id} has published keys before, and "
                    f"they are not in {self._folder.path}. Restore the data directory from a "
                    "backup, or log in as a new device and set KAZ_ACCESS_TOKEN to its token "
                    "(or leave it away and set KAZ_PASSWORD)."
                )
        except BaseException:
            machine.close()
            raise
        # Only now may anything be published. Without the marker all this may be thrown away.
        self._folder.save_marker(
            Marker(user_id=login.user_id, device_id=login.device_id, ed25519=machine.ed25519)
        )
        return machine

    async def _first_login(self) -> Login:
        """The device of an interrupted first start is used again, so that none is left over."""
        interrupted = self._folder.login()
        if self._settings.access_token is not None:
            return await self._login_of(self._settings.access_token)
        if interrupted is not None:
            try:
                return await self._login_of(interrupted.access_token)
            except LoggedOut:
                self._api.access_token = ""
        if self._settings.password is None:
            raise ConfigError(
                "KAZ_PASSWORD or KAZ_ACCESS_TOKEN is missing: the bot has not logged in yet."
            )
        login = await self._login(None)
        self._api.access_token = login.access_token
        return login

    async def _login_of(self, token: str) -> Login:
        self._api.access_token = token
        try:
            owner = await self._whoami()
        except LoggedOut as problem:
            if token != self._settings.access_token:
                raise
            raise ConfigError(f"KAZ_ACCESS_TOKEN is not accepted: {problem}") from problem
        self._check_owner(owner.user_id, "KAZ_ACCESS_TOKEN")
        if self._settings.device_id not in (None, owner.device_id):
            raise ConfigError(
                f"KAZ_DEVICE_ID is {self._settings.device_id}, but KAZ_ACCESS_TOKEN belongs to "
                f"device {owner.device_id}."
            )
        return self._as_login(owner, token)

    async def _login(self, device_id: str | None) -> Login:
        body: dict[str, object] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._settings.user_id},
            "password": self._settings.password,
            "initial_device_display_name": _DEVICE_NAME,
        }
        if device_id is not None:
            body["device_id"] = device_id
        try:
            answer = await self._api.post("login", body=body)
        except HomeserverRefused as refused:
            raise ConfigError(
                f"{self._settings.homeserver} does not let {self._settings.user_id} in: {refused}. "
                "Check KAZ_HOMESERVER, KAZ_USER_ID and KAZ_PASSWORD."
            ) from refused
        owner = _owner(answer)
        self._check_owner(owner.user_id, "KAZ_PASSWORD")
        return self._as_login(owner, str(answer.get("access_token")))

    def _as_login(self, owner: _Owner, token: str) -> Login:
        return Login(
            user_id=owner.user_id,
            device_id=owner.device_id,
            homeserver=self._settings.homeserver,
            access_token=token,
        )

    def _check_owner(self, owner: UserId, setting: str) -> None:
        if owner != self._settings.user_id:
            raise ConfigError(f"{setting} belongs to {owner}, not to {self._settings.user_id}.")

    async def _whoami(self) -> _Owner:
        try:
            return _owner(await self._api.get("account", "whoami"))
        except HomeserverRefused as refused:
            raise ConfigError(
                f"{self._settings.homeserver} does not know {self._settings.user_id}: {refused}. "
                "Check KAZ_HOMESERVER."
            ) from refused

    async def _published_ed25519(self, machine: Machine) -> str | None:
        user, device = machine.user_id, machine.device_id
        answer = await self._api.post("keys", "query", body={"device_keys": {user: [device]}})
        return text(at(answer, "device_keys", user, device, "keys", f"ed25519:{device}"))

    def _load(self, login: Login) -> Machine:
        try:
            return Machine(
                self._folder.store, login.user_id, login.device_id, self._folder.pickle_key()
            )
        except UNREADABLE as problem:
            raise self._folder.broken(
                f"crypto.db cannot be opened with pickle_key ({type(problem).__name__})"
            ) from problem


def _owner(answer: Json) -> _Owner:
    who, device = user_id(mapping(answer).get("user_id")), text(answer.get("device_id"))
    if who is None or device is None:
        raise ConfigError(
            "The access token belongs to no device, so it cannot encrypt. Log in with KAZ_PASSWORD "
            "instead, or use the token of a device."
        )
    return _Owner(user_id=who, device_id=device)
