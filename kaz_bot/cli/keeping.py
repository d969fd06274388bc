"""The commands that keep, hand out, erase and renew what the bot has."""

import asyncio
from pathlib import Path

import click

from kaz_bot import app
from kaz_bot.cli.options import ENV_FILE, FILE, FOLDER, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.clock import SystemClock
from kaz_bot.config_values import user_id
from kaz_bot.forgetting import Forgotten
from kaz_bot.operations.backup import back_up
from kaz_bot.operations.erasing import erase_user as erase
from kaz_bot.operations.erasing import look_for
from kaz_bot.operations.export import export as export_tickets
from kaz_bot.operations.export import numbers
from kaz_bot.operations.identity import reset_identity as reset
from kaz_bot.operations.restore import restore as restore_from


@click.command(cls=Command)
@click.argument("file", type=FILE)
@ENV_FILE
def backup(file: Path, env_file: Path | None) -> None:
    """Write everything the bot is into FILE, also while it runs.

    Database, login, encryption keys and the register of erasures, readable for you alone. Keep it
    as safe as the bot itself: whoever has it can read what the bot can read.
    """
    manifest = asyncio.run(back_up(settings_of(env_file), file, SystemClock().now()))
    parts = "records and identity" if len(manifest.files) > 2 else "records, no identity yet"
    click.echo(f"{file}: {manifest.records} {parts}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC.")


@click.command(cls=Command)
@click.argument("file", type=FILE)
@ENV_FILE
def restore(file: Path, env_file: Path | None) -> None:
    """Make the bot anew from FILE, where there is none yet.

    The data directory must hold no identity and the database no records. What was erased since
    the backup was made is erased again, if the old data directory's erasures.jsonl is in place.
    """
    done = asyncio.run(restore_from(settings_of(env_file), file))
    click.echo(f"{done.records} records restored, as of {done.made_at:%Y-%m-%d %H:%M} UTC.")
    if done.identity:
        click.echo("The bot's device and its keys are in place; no other bot may use them now.")
    else:
        click.echo("The backup held no identity: the bot logs in as a new device.")
    if done.forgotten != Forgotten():
        click.echo(f"Erased since the backup, and now once more: {_counted(done.forgotten)}.")


@click.command(cls=Command)
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
    settings = settings_of(env_file)
    wanted = None if everything else numbers(tickets, settings.ticket_prefix)
    count = asyncio.run(export_tickets(settings, app.texts_of(settings), wanted, folder))
    click.echo(f"{count} written to {folder}.")


@click.command(cls=Command, name="erase-user")
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
    settings = settings_of(env_file)
    found = asyncio.run(look_for(settings, person))
    click.echo(f"{person}: {found.tickets} tickets and {found.posts} messages are stored.")
    if not yes:
        click.confirm("Erase all of it, for good?", abort=True)
    forgotten = asyncio.run(erase(settings, person, SystemClock().now()))
    click.echo(f"Erased: {_counted(forgotten)}.")


@click.command(cls=Command, name="reset-identity")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ENV_FILE
def reset_identity(yes: bool, env_file: Path | None) -> None:
    """Replace the account's cross-signing identity by one of the bot's own.

    Only needed if the account has an identity whose recovery key nobody has. Stop the bot first.
    Needs KAZ_PASSWORD. Everybody who has verified the account must do it again.
    """
    settings = settings_of(env_file)
    if not yes:
        click.confirm(f"Replace the identity of {settings.user_id}?", abort=True)
    asyncio.run(reset(settings))
    click.echo("The account has a new identity, and the bot's device is signed with it.")


def _counted(forgotten: Forgotten) -> str:
    return (
        f"{forgotten.tickets} tickets, {forgotten.posts} messages, "
        f"{forgotten.letters} relayed copies"
    )
