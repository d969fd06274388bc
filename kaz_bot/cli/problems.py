"""Tells an operator what went wrong, if something can be done about it."""

import click

from kaz_bot.errors import (
    ConfigError,
    HomeserverUnavailable,
    LoggedOut,
    StaleRecord,
    StoreUnavailable,
)
from kaz_bot.matrix import HomeserverRefused

# Anything else is our bug and shows its traceback.
_TOLD = (
    ConfigError,
    HomeserverRefused,
    HomeserverUnavailable,
    LoggedOut,
    StaleRecord,
    StoreUnavailable,
)


class Command(click.Command):
    """Tells errors as sentences, each on its own line, with exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except _TOLD as problem:
            for line in str(problem).splitlines():
                click.echo(f"kaz-bot: {line}", err=True)
            ctx.exit(1)
