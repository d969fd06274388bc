"""Words the configuration of a Synapse that lives on loopback and talks to nobody else."""

import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes, token_hex


@dataclass(frozen=True, kw_only=True)
class RateLimit:
    per_second: float
    burst: int

    def setting(self) -> dict[str, float]:
        return {"per_second": self.per_second, "burst_count": self.burst}


GENEROUS = RateLimit(per_second=10_000, burst=100_000)


@dataclass(frozen=True, kw_only=True)
class SynapseConfig:
    """What lies in the folder of one Synapse: its configuration, its secrets and its data."""

    folder: Path
    server_name: str
    port: int
    message_limit: RateLimit = GENEROUS

    @property
    def file(self) -> Path:
        return self.folder / "homeserver.yaml"

    @property
    def log_file(self) -> Path:
        return self.folder / "homeserver.log"

    @property
    def registration_secret(self) -> str:
        return self._registration_secret_file.read_text()

    def write(self) -> None:
        """Word it anew; secrets that are there are kept, for the data belong to them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        seed = b64encode(token_bytes(32)).decode().rstrip("=")
        _write_secret_once(self._signing_key_file, f"ed25519 a_kaz {seed}\n")
        _write_secret_once(self._registration_secret_file, token_hex(32))
        self._log_config_file.write_text(json.dumps(_LOGGING))
        self.file.write_text(json.dumps(self._settings(), indent=2))  # JSON is YAML too

    @property
    def _signing_key_file(self) -> Path:
        return self.folder / "signing.key"

    @property
    def _registration_secret_file(self) -> Path:
        return self.folder / "registration_secret"

    @property
    def _log_config_file(self) -> Path:
        return self.folder / "log_config.yaml"

    def _settings(self) -> dict[str, object]:
        return {
            "server_name": self.server_name,
            "public_baseurl": f"http://127.0.0.1:{self.port}/",
            "listeners": [
                {
                    "port": self.port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": {
                "name": "sqlite3",
                "args": {"database": str(self.folder / "homeserver.db")},
            },
            "media_store_path": str(self.folder / "media"),
            "pid_file": str(self.folder / "homeserver.pid"),
            "signing_key_path": str(self._signing_key_file),
            "log_config": str(self._log_config_file),
            "registration_shared_secret_path": str(self._registration_secret_file),
            # Passwords of a demo are not worth a quarter of a second each.
            "bcrypt_rounds": 4,
            "presence": {"enabled": False},
            **_NO_OUTWARD_TRAFFIC,
            **_rate_limits(self.message_limit),
        }


_NO_OUTWARD_TRAFFIC: dict[str, object] = {
    "report_stats": False,
    "trusted_key_servers": [],
    "federation_domain_whitelist": [],
    "url_preview_enabled": False,
}

_LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
}


def _rate_limits(messages: RateLimit) -> dict[str, object]:
    generous = GENEROUS.setting()
    simple = (
        "rc_registration",
        "rc_joins_per_room",
        "rc_media_create",
        "rc_room_creation",
        "rc_key_requests",
        "rc_user_directory",
        "rc_profile",
        "rc_admin_redaction",
    )
    return {
        **dict.fromkeys(simple, generous),
        "rc_message": messages.setting(),
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), generous),
        "rc_joins": dict.fromkeys(("local", "remote"), generous),
        "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), generous),
    }


def _write_secret_once(file: Path, secret: str) -> None:
    """The file appears whole or not at all, and nobody else can read it at any moment."""
    if file.exists():
        return
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(secret)
    unfinished.replace(file)
