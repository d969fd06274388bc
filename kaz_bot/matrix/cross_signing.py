"""Vouches for the bot's device: a cross-signing identity of its own, made without a password."""

import logging
from dataclasses import dataclass

from kaz_bot.errors import ConfigError
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.identity import Seeds
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.secret_storage import SecretStorage
from kaz_bot.matrix.shapes import Json, at, mapping, text
from kaz_bot.matrix.signing import SigningKey, is_signed

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Published:
    """What the homeserver tells everybody about the account and its device."""

    master: str | None
    self_signing: str | None
    device: Json | None
    device_ed25519: str | None
    device_signed: bool


class CrossSigning:
    """The account's identity. One that is there and not ours is never replaced unasked."""

    def __init__(self, api: Api, machine: Machine, seeds: Seeds) -> None:
        self._api = api
        self._machine = machine
        self._user_id = machine.user_id
        self._master = SigningKey(seeds.master)
        self._self_signing = SigningKey(seeds.self_signing)
        self._user_signing = SigningKey(seeds.user_signing)

    async def published(self) -> Published:
        user, device = self._user_id, self._machine.device_id
        answer = await self._api.post("keys", "query", body={"device_keys": {user: []}})
        master = _public(at(answer, "master_keys", user))
        self_signing = _public(at(answer, "self_signing_keys", user))
        keys = at(answer, "device_keys", user, device)
        signature = at(keys, "signatures", user, f"ed25519:{self_signing}")
        return Published(
            master=master,
            self_signing=self_signing,
            device=mapping(keys) or None,
            device_ed25519=text(at(keys, "keys", f"ed25519:{device}")),
            device_signed=self_signing is not None
            and is_signed(mapping(keys), signature, self_signing),
        )

    def is_ours(self, published: Published) -> bool:
        return published.master == self._master.public

    async def ensure(self, *, recovery_key: str | None, password: str | None) -> None:
        """Make the device signed by the account's identity, if that is in our power.

        Some homeservers want the password even for the first identity; then it is used if known.
        """
        published = await self.published()
        if published.device_signed:
            return
        if published.master is None:
            await self._publish(password)
        elif not self.is_ours(published):
            await self._sign_with_foreign(published, recovery_key)
            return
        elif published.self_signing != self._self_signing.public:
            await self._publish(password)
        await self._sign_device(self._self_signing)
        log.info("Device %s is signed by the account's own identity", self._machine.device_id)

    async def reset(self, password: str) -> None:
        """Replace whatever identity the account has by ours."""
        await self._publish(password)
        await self._sign_device(self._self_signing)
        log.warning("The cross-signing identity of %s was replaced by a new one", self._user_id)

    async def _sign_with_foreign(self, published: Published, recovery_key: str | None) -> None:
        if recovery_key is None:
            log.warning(
                "%s has a cross-signing identity that is not the bot's, so device %s stays "
                "unsigned: clients may warn of it or shut it out. Set KAZ_RECOVERY_KEY to the "
                "account's recovery key, or let the bot make a new identity",
                self._user_id,
                self._machine.device_id,
            )
            return
        storage = SecretStorage(self._api, self._user_id, recovery_key)
        key = SigningKey(await storage.secret("m.cross_signing.self_signing"))
        if key.public != published.self_signing:
            raise ConfigError(
                "KAZ_RECOVERY_KEY opens an identity that the account has replaced since. Set the "
                "recovery key of the present one."
            )
        await self._sign_device(key)
        log.info("Device %s is signed with the recovery key", self._machine.device_id)

    async def _publish(self, password: str | None) -> None:
        """Needs no password while the account has no identity."""
        body = self._public_keys()
        try:
            await self._api.post("keys", "device_signing", "upload", body=body)
        except HomeserverRefused as refused:
            if "flows" not in refused.answer or password is None:
                raise
            session = text(refused.answer.get("session"))
            body = {**body, "auth": _password(self._user_id, password, session)}
            await self._api.post("keys", "device_signing", "upload", body=body)

    def _public_keys(self) -> Json:
        return {
            "master_key": _cross_signing_key(self._user_id, "master", self._master),
            "self_signing_key": self._vouched("self_signing", self._self_signing),
            "user_signing_key": self._vouched("user_signing", self._user_signing),
        }

    def _vouched(self, usage: str, key: SigningKey) -> Json:
        public = _cross_signing_key(self._user_id, usage, key)
        return self._with_signature(public, self._master)

    def _with_signature(self, signed: Json, key: SigningKey) -> Json:
        return {**signed, "signatures": {self._user_id: {key.key_id: key.sign(signed)}}}

    async def _sign_device(self, key: SigningKey) -> None:
        device = self._machine.own_keys.device_keys()
        signed = self._with_signature(device, key)
        body: Json = {self._user_id: {self._machine.device_id: signed}}
        answer = await self._api.post("keys", "signatures", "upload", body=body)
        if mapping(answer.get("failures")):
            raise HomeserverRefused(400, "", "the device's signature was not accepted")


def _cross_signing_key(user_id: str, usage: str, key: SigningKey) -> Json:
    return {"user_id": user_id, "usage": [usage], "keys": {key.key_id: key.public}}


def _password(user_id: str, password: str, session: str | None) -> Json:
    identifier = {"type": "m.id.user", "user": user_id}
    auth: Json = {"type": "m.login.password", "identifier": identifier, "password": password}
    return auth if session is None else {**auth, "session": session}


def _public(key: object) -> str | None:
    """The public half of a cross-signing key."""
    for public in mapping(mapping(key).get("keys")).values():
        return text(public)
    return None
