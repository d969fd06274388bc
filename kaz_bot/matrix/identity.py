"""The identity on disk: device, token, keys and a marker of them, which are one unit."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kaz_bot.errors import IdentityError
from kaz_bot.matrix.files import make_folder, write_secret
from kaz_bot.messages import UserId

FOLDER = "identity"
_SEED_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Login:
    """A device of the bot's account, and the token it speaks with."""

    user_id: UserId
    device_id: str
    homeserver: str
    access_token: str


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """The three secrets of a cross-signing identity."""

    master: bytes
    self_signing: bytes
    user_signing: bytes


@dataclass(frozen=True, kw_only=True)
class Marker:
    """Whose keys lie here. It is written last, before any of them is published."""

    user_id: UserId
    device_id: str
    ed25519: str


class IdentityFolder:
    """The files of the unit. None of them is of use without the others."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / FOLDER
        self.store = self.path / "crypto.db"
        self._session = self.path / "session.json"
        self._pickle_key = self.path / "pickle_key"
        self._seeds = self.path / "signing_seeds.json"
        self._marker = self.path / "marker.json"

    @property
    def is_complete(self) -> bool:
        """Whether a marker says so; then everything else must be there."""
        return self._marker.exists()

    def check(self) -> None:
        """Raise IdentityError if a part is missing that has been here, or may have been."""
        parts = (self._session, self._pickle_key, self._seeds, self.store)
        if self.is_complete:
            missing = [part.name for part in parts if not part.exists()]
        else:
            # Before the marker only the first start of all can have been interrupted, and it
            # makes the pickle key before the store.
            orphaned = self.store.exists() and not self._pickle_key.exists()
            missing = [self._pickle_key.name, self._marker.name] if orphaned else []
        if missing:
            raise self.broken(f"{', '.join(missing)} is missing")
        if self.path.exists():
            self._tighten()

    def broken(self, what: str) -> IdentityError:
        """The error for the operator, with the two ways out."""
        return IdentityError(
            f"The bot's identity in {self.path} is damaged: {what}. Encrypted messages could not "
            "be read or written with it. Restore the whole data directory from a backup "
            "(kaz-bot restore), or move this folder away and start again with KAZ_PASSWORD: the "
            "bot then logs in as a new device, and old encrypted messages stay unreadable to it."
        )

    def discard(self) -> None:
        """Throw away what an interrupted first start has left; nobody has seen those keys."""
        for leftover in self.path.glob("crypto.db*"):
            leftover.unlink()
        for part in (self._pickle_key, self._seeds):
            part.unlink(missing_ok=True)

    def make(self) -> None:
        """New secrets for a new device, the store not among them."""
        make_folder(self.path)
        write_secret(self._pickle_key, secrets.token_urlsafe(32))
        seeds = (secrets.token_bytes(_SEED_BYTES) for _ in range(3))
        self.save_seeds(
            Seeds(master=next(seeds), self_signing=next(seeds), user_signing=next(seeds))
        )

    def login(self) -> Login | None:
        """Nothing when there was none yet."""
        if not self._session.exists():
            return None
        found = self._read(self._session, "user_id", "device_id", "homeserver", "access_token")
        return Login(
            user_id=UserId(found["user_id"]),
            device_id=found["device_id"],
            homeserver=found["homeserver"],
            access_token=found["access_token"],
        )

    def save_login(self, login: Login) -> None:
        make_folder(self.path)
        write_secret(self._session, json.dumps(vars(login)))

    def pickle_key(self) -> str:
        return self._pickle_key.read_text(encoding="utf-8")

    def seeds(self) -> Seeds:
        found = self._read(self._seeds, "master", "self_signing", "user_signing")
        return Seeds(**{name: b64decode(seed) for name, seed in found.items()})

    def save_seeds(self, seeds: Seeds) -> None:
        words = {name: b64encode(seed).decode() for name, seed in vars(seeds).items()}
        write_secret(self._seeds, json.dumps(words))

    def marker(self) -> Marker:
        found = self._read(self._marker, "user_id", "device_id", "ed25519")
        return Marker(
            user_id=UserId(found["user_id"]),
            device_id=found["device_id"],
            ed25519=found["ed25519"],
        )

    def save_marker(self, marker: Marker) -> None:
        write_secret(self._marker, json.dumps(vars(marker)))

    def _read(self, file: Path, *keys: str) -> Mapping[str, str]:
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            words = {key: found[key] for key in keys}
        except (ValueError, KeyError, TypeError) as problem:
            raise self.broken(f"{file.name} cannot be read") from problem
        if not all(isinstance(word, str) for word in words.values()):
            raise self.broken(f"{file.name} cannot be read")
        return words

    def _tighten(self) -> None:
        make_folder(self.path)
        for part in self.path.iterdir():
            part.chmod(0o600)
