"""What several commands take, and how they come by their settings."""

from pathlib import Path

import click

from kaz_bot.config import Settings, load
from kaz_bot.errors import ConfigError

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
ENV_FILE = click.option(
    "--env-file",
    type=FILE,
    help="File with settings; without it, .env in the working directory.",
)
JSONL = click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    expose_value=False,
    help="JSON Lines in, JSON Lines out.",
)


def settings_of(env_file: Path | None) -> Settings:
    """Of the file named behind the command, or before it."""
    return load(env_file or click.get_current_context().obj)


def settings_if_any(env_file: Path | None) -> Settings | None:
    """The same for a command that can do without: nothing if they are not complete."""
    try:
        return settings_of(env_file)
    except ConfigError:
        return None
