"""Replaces the account's cross-signing identity by the bot's own, because the operator says so."""

from kaz_bot.app import session_settings
from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.matrix import Session


async def reset_identity(settings: Settings) -> None:
    """Everybody who verified the account has to do it again. The bot must not be running."""
    if not settings.password:
        raise ConfigError(
            "KAZ_PASSWORD is missing: the homeserver replaces an identity only for who knows it"
        )
    session = Session(session_settings(settings))
    try:
        await session.open()
        await session.reset_identity(settings.password)
    finally:
        await session.close()
