"""The commands that serve, and those that make ready for it."""

import asyncio
import sys
from pathlib import Path

import click

from kaz_bot import app, demo
from kaz_bot.cli.options import ENV_FILE, FILE, FOLDER, settings_if_any, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.config import DEFAULTS
from kaz_bot.operations import check as checking
from kaz_bot.operations.records import migrate as migrate_records
from kaz_bot.texts import Texts


@click.command(cls=Command)
@ENV_FILE
def run(env_file: Path | None) -> None:
    """Serve until told to stop (SIGTERM or Ctrl-C).

    Logs one line "ready" as soon as it answers. The database is brought up to date at the start.
    """
    asyncio.run(app.run(settings_of(env_file)))


@click.command(cls=Command, name="demo")
@click.option("--once", is_flag=True, help="End after the scene; status 0 only if all was seen.")
@click.option("--folder", type=FOLDER, default=".demo", show_default=True, help="Keep it there.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the homeserver on loopback.")
def demonstrate(once: bool, folder: Path, port: int | None) -> None:
    """Watch a scene on a real homeserver that is started for it.

    Needs no settings: homeserver, people, rooms and bot are made in the folder.
    """
    sys.exit(demo.play(folder, once, port))


@click.command(cls=Command)
@click.option(
    "--register",
    "copy",
    type=FILE,
    metavar="FILE.json",
    help="Look only at this exported register of decisions: whether it is as it was written and, "
    "if there is a database, whether that still says the same.",
)
@ENV_FILE
def check(copy: Path | None, env_file: Path | None) -> None:
    """Say in plain words what keeps the bot from serving, one line each.

    Works before the first start and beside a running bot, and changes nothing. Status 1 if
    anything stops it from serving, or if the register of decisions was changed. An exported
    register is checked without settings, too.
    """
    if copy is not None:
        settings = settings_if_any(env_file)
        findings = asyncio.run(checking.examine_copy(copy, settings))
    else:
        settings = settings_of(env_file)
        findings = asyncio.run(checking.examine(settings, app.texts_of(settings)))
    texts = app.texts_of(settings) if settings else Texts()
    language = settings.language if settings else DEFAULTS["KAZ_LANGUAGE"]
    for line in checking.lines(findings, texts, language):
        click.echo(line)
    sys.exit(0 if checking.serves(findings) else 1)


@click.command(cls=Command)
@ENV_FILE
def migrate(env_file: Path | None) -> None:
    """Bring the database's schema up to date.

    `run` does it, too; do it by hand to choose the moment. Make a backup first.
    """
    before, after = asyncio.run(migrate_records(settings_of(env_file), click.echo))
    if before == after:
        click.echo(f"The schema is up to date: {after}.")
    else:
        click.echo(f"The schema went from {before or 'nothing'} to {after}.")
