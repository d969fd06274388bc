"""Opens the account's secret storage (`m.secret_storage.v1.aes-hmac-sha2`) by its recovery key."""

import hmac
from dataclasses import dataclass

from Crypto.Cipher import AES
from Crypto.Hash import HMAC, SHA256
from Crypto.Protocol.KDF import HKDF

from kaz_bot.errors import ConfigError
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.shapes import Json, at, text
from kaz_bot.matrix.signing import padded
from kaz_bot.messages import UserId

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PREFIX = b"\x8b\x01"
_KEY_BYTES = 32
_ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2"


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """One secret, encrypted and authenticated."""

    iv: bytes
    ciphertext: bytes
    mac: bytes


def decoded_recovery_key(written: str) -> bytes:
    """The 32 bytes somebody wrote down. Raise ConfigError if they slipped."""
    number = 0
    try:
        for letter in "".join(written.split()):
            number = number * 58 + _BASE58.index(letter)
        raw = number.to_bytes(len(_PREFIX) + _KEY_BYTES + 1, "big")
    except (ValueError, OverflowError):
        raise _mistyped() from None
    parity = 0
    for byte in raw:
        parity ^= byte
    if not raw.startswith(_PREFIX) or parity != 0:
        raise _mistyped()
    return raw[len(_PREFIX) : -1]


def opened(key: bytes, name: str, sealed: Sealed) -> bytes | None:
    """What was sealed under this name; nothing if it was with another key."""
    aes_key, mac_key = _keys(key, name)
    mac = HMAC.new(mac_key, sealed.ciphertext, SHA256).digest()
    if not hmac.compare_digest(mac, sealed.mac):
        return None
    return _aes(aes_key, sealed.iv, sealed.ciphertext)


def seal(key: bytes, name: str, secret: bytes, iv: bytes) -> Sealed:
    aes_key, mac_key = _keys(key, name)
    ciphertext = _aes(aes_key, iv, secret)
    mac = HMAC.new(mac_key, ciphertext, SHA256).digest()
    return Sealed(iv=iv, ciphertext=ciphertext, mac=mac)


class SecretStorage:
    """The secrets that an account keeps on the homeserver, for whoever has the recovery key."""

    def __init__(self, api: Api, user_id: UserId, recovery_key: str) -> None:
        self._api = api
        self._user_id = user_id
        self._key = decoded_recovery_key(recovery_key)

    async def secret(self, name: str) -> bytes:
        """Raise ConfigError if it is not there or this is not its key."""
        default = await self._account_data("m.secret_storage.default_key")
        key_id = text(default.get("key"))
        if key_id is None:
            raise ConfigError(
                "KAZ_RECOVERY_KEY is set, but the account has no secret storage. Set up recovery "
                "in a client, or leave the setting away."
            )
        description = await self._account_data(f"m.secret_storage.key.{key_id}")
        if description.get("algorithm") != _ALGORITHM:
            raise ConfigError("The account's secret storage uses a method Kaz-Bot does not know.")
        stored = await self._account_data(name)
        sealed = _sealed(at(stored, "encrypted", key_id))
        secret = None if sealed is None else opened(self._key, name, sealed)
        if secret is None:
            raise ConfigError(
                f"KAZ_RECOVERY_KEY does not open {name} in the account's secret storage. Check "
                "that it is the recovery key of this account, and the newest one."
            )
        return padded(secret.decode("ascii", "replace"))

    async def _account_data(self, kind: str) -> Json:
        try:
            return await self._api.get("user", self._user_id, "account_data", kind)
        except HomeserverRefused as refused:
            if refused.status != 404:
                raise
            return {}


def _sealed(value: object) -> Sealed | None:
    parts = {name: text(at(value, name)) for name in ("iv", "ciphertext", "mac")}
    try:
        return Sealed(**{name: padded(part) for name, part in parts.items() if part is not None})
    except (TypeError, ValueError):
        return None


def _keys(key: bytes, name: str) -> tuple[bytes, bytes]:
    derived = HKDF(key, 64, b"\0" * 32, SHA256, context=name.encode())
    assert isinstance(derived, bytes)
    return derived[:32], derived[32:]


def _aes(key: bytes, iv: bytes, text: bytes) -> bytes:
    """Encrypted, or decrypted: in counter mode these are the same."""
    result = AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv).encrypt(text)
    assert isinstance(result, bytes)
    return result


def _mistyped() -> ConfigError:
    return ConfigError(
        "KAZ_RECOVERY_KEY is no recovery key: a letter is missing or mistyped. It has about "
        "48 letters and digits, usually in groups of four."
    )
