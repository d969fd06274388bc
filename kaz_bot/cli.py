"""The operator's commands."""

import asyncio
import sys
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from kaz_bot import app, demo
from kaz_bot.clock import SystemClock
from kaz_bot.config import Settings, load
from kaz_bot.config_values import user_id
from kaz_bot.dates import BadDate, when_lines
from kaz_bot.errors import (
    ConfigError,
    HomeserverUnavailable,
    LoggedOut,
    StaleRecord,
    StoreUnavailable,
)
from kaz_bot.forgetting import Forgotten
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.operations import check as checking
from kaz_bot.operations.backup import back_up
from kaz_bot.operations.erasing import erase_user as erase
from kaz_bot.operations.erasing import look_for
from kaz_bot.operations.export import export as export_tickets
from kaz_bot.operations.export import numbers
from kaz_bot.operations.identity import reset_identity as reset
from kaz_bot.operations.records import migrate as migrate_records
from kaz_bot.operations.restore import restore as restore_from
from kaz_bot.routing import classify_lines
from kaz_bot.texts import HouseStyle, Texts

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
ENV_FILE = click.option(
    "--env-file",
    type=FILE,
    help="File with settings; without it, .env in the working directory.",
)
# What an operator can do something about; anything else is our bug and shows its traceback.
_TOLD = (
    ConfigError,
    HomeserverRefused,
    HomeserverUnavailable,
    LoggedOut,
    StaleRecord,
    StoreUnavailable,
)


class Commands(click.Group):
    """Tells errors as sentences, each on its own line, with exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except _TOLD as problem:
            for line in str(problem).splitlines():
                click.echo(f"kaz-bot: {line}", err=True)
            ctx.exit(1)


def _settings(env_file: Path | None) -> Settings:
    """Of the file named behind the command, or before it."""
    return load(env_file or click.get_current_context().obj)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("kaz-bot"), prog_name="kaz-bot")
@ENV_FILE
@click.pass_context
def main(ctx: click.Context, env_file: Path | None) -> None:
    """Kaz-Bot, a support desk in Matrix rooms.

    Settings come from the environment or from a .env file; config.example.env explains each.
    Exit status: 0 done, 1 something is wrong and named, 2 the command was not understood.
    """
    ctx.obj = env_file


@main.command()
@ENV_FILE
def run(env_file: Path | None) -> None:
    """Serve until told to stop (SIGTERM or Ctrl-C).

    Logs one line "ready" as soon as it answers. The database is brought up to date at the start.
    """
    asyncio.run(app.run(_settings(env_file)))


@main.command(name="demo")
@click.option("--once", is_flag=True, help="End after the scene; status 0 only if all was seen.")
@click.option("--folder", type=FOLDER, default=".demo", show_default=True, help="Keep it there.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the homeserver on loopback.")
def demonstrate(once: bool, folder: Path, port: int | None) -> None:
    """Watch a scene on a real homeserver that is started for it.

    Needs no settings: homeserver, people, rooms and bot are made in the folder.
    """
    sys.exit(demo.play(folder, once, port))


@main.command()
@ENV_FILE
def check(env_file: Path | None) -> None:
    """Say in plain words what keeps the bot from serving, one line each.

    Works before the first start and beside a running bot, and changes nothing. Status 1 if
    anything stops it from serving.
    """
    settings = _settings(env_file)
    texts = app.texts_of(settings)
    findings = asyncio.run(checking.examine(settings, texts))
    for line in checking.lines(findings, texts, settings.language):
        click.echo(line)
    sys.exit(0 if checking.serves(findings) else 1)


@main.command()
@ENV_FILE
def migrate(env_file: Path | None) -> None:
    """Bring the database's schema up to date.

    `run` does it, too; do it by hand to choose the moment. Make a backup first.
    """
    before, after = asyncio.run(migrate_records(_settings(env_file), click.echo))
    if before == after:
        click.echo(f"The schema is up to date: {after}.")
    else:
        click.echo(f"The schema went from {before or 'nothing'} to {after}.")


@main.command()
@click.argument("file", type=FILE)
@ENV_FILE
def backup(file: Path, env_file: Path | None) -> None:
    """Write everything the bot is into FILE, also while it runs.

    Database, login, encryption keys and the register of erasures, readable for you alone. Keep it
    as safe as the bot itself: whoever has it can read what the bot can read.
    """
    manifest = asyncio.run(back_up(_settings(env_file), file, SystemClock().now()))
    parts = "records and identity" if len(manifest.files) > 2 else "records, no identity yet"
    click.echo(f"{file}: {manifest.records} {parts}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC.")


@main.command()
@click.argument("file", type=FILE)
@ENV_FILE
def restore(file: Path, env_file: Path | None) -> None:
    """Make the bot anew from FILE, where there is none yet.

    The data directory must hold no identity and the database no records. What was erased since
    the backup was made is erased again, if the old data directory's erasures.jsonl is in place.
    """
    done = asyncio.run(restore_from(_settings(env_file), file))
    click.echo(f"{done.records} records restored, as of {done.made_at:%Y-%m-%d %H:%M} UTC.")
    if done.identity:
        click.echo("The bot's device and its keys are in place; no other bot may use them now.")
    else:
        click.echo("The backup held no identity: the bot logs in as a new device.")
    if done.forgotten != Forgotten():
        click.echo(f"Erased since the backup, and now once more: {_counted(done.forgotten)}.")


@main.command()
@click.argument("tickets", nargs=-1, metavar="[KAZ-12]...")
@click.option("--all", "everything", is_flag=True, help="Every ticket there is.")
@click.option("--to", "folder", type=FOLDER, required=True, help="Where to; made if need be.")
@ENV_FILE
def export(tickets: tuple[str, ...], everything: bool, folder: Path, env_file: Path | None) -> None:
    """Hand out tickets for the files, a folder for each.

    ticket.json is for programs, ticket.html and ticket.txt are for people; each holds the
    conversation, the audit trail and the metadata (Betreff, Aktenzeichen, Laufzeit).
    """
    if bool(tickets) == everything:
        raise click.UsageError("Name tickets, or say --all.")
    settings = _settings(env_file)
    wanted = None if everything else numbers(tickets, settings.ticket_prefix)
    count = asyncio.run(export_tickets(settings, app.texts_of(settings), wanted, folder))
    click.echo(f"{count} written to {folder}.")


@main.command(name="erase-user")
@click.argument("user", metavar="@USER:SERVER")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ENV_FILE
def erase_user(user: str, yes: bool, env_file: Path | None) -> None:
    """Erase what a person wrote, here and where the bot relayed it.

    Tickets of theirs keep number, area and times; the audit trail keeps a pseudonym. What is
    relayed is taken back by the running bot, or by the next start. It cannot be undone.
    """
    try:
        person = user_id(user)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from problem
    settings = _settings(env_file)
    found = asyncio.run(look_for(settings, person))
    click.echo(f"{person}: {found.tickets} tickets and {found.posts} messages are stored.")
    if not yes:
        click.confirm("Erase all of it, for good?", abort=True)
    forgotten = asyncio.run(erase(settings, person, SystemClock().now()))
    click.echo(f"Erased: {_counted(forgotten)}.")


@main.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    expose_value=False,
    help="JSON Lines in, JSON Lines out.",
)
def classify() -> None:
    """Try out how questions would be routed, without settings, network or database.

    Reads {"id", "text"} from standard input and writes
    {"id", "area", "confidence", "is_question", "urgent", "because"} for each line, in order.
    """
    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in classify_lines(lines):
        click.echo(line)


@main.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    expose_value=False,
    help="JSON Lines in, JSON Lines out.",
)
@click.option("--zone", default="Europe/Berlin", show_default=True, help="Where it is typed.")
def when(zone: str) -> None:
    """Try out how dates would be understood, without settings, network or database.

    Reads {"id", "now", "text", "kind": "reminder"|"deadline"} from standard input and writes
    {"id", "at"}, {"id", "rrule", "dtstart"} or {"id", "error", "message"} for each line, in order.
    """
    try:
        here = ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError) as problem:
        raise click.UsageError(f"{zone} is no time zone; say one as Europe/Berlin.") from problem
    texts = Texts(style=HouseStyle(timezone=here))

    def worded(refusal: BadDate) -> str:
        return texts.render(refusal.template, "de", {**refusal.facts, "named": None}).body

    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in when_lines(lines, here, worded):
        click.echo(line)


@main.command(name="reset-identity")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ENV_FILE
def reset_identity(yes: bool, env_file: Path | None) -> None:
    """Replace the account's cross-signing identity by one of the bot's own.

    Only needed if the account has an identity whose recovery key nobody has. Stop the bot first.
    Needs KAZ_PASSWORD. Everybody who has verified the account must do it again.
    """
    settings = _settings(env_file)
    if not yes:
        click.confirm(f"Replace the identity of {settings.user_id}?", abort=True)
    asyncio.run(reset(settings))
    click.echo("The account has a new identity, and the bot's device is signed with it.")


def _counted(forgotten: Forgotten) -> str:
    return (
        f"{forgotten.tickets} tickets, {forgotten.posts} messages, "
        f"{forgotten.letters} relayed copies"
    )
