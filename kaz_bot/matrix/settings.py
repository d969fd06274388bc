"""What the operator says about the bot's Matrix account."""

from dataclasses import dataclass, field
from pathlib import Path

from kaz_bot.messages import UserId


@dataclass(frozen=True, kw_only=True)
class SessionSettings:
    """A password or an access token is needed once; afterwards the unit on disk is enough."""

    homeserver: str
    user_id: UserId
    data_dir: Path
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None
    recovery_key: str | None = field(default=None, repr=False)
