"""The commands that keep, hand out, erase and renew what the bot has."""

import asyncio
from pathlib import Path

import click

from kaz_bot import app
from kaz_bot.cli.options import ENV_FILE, FILE, FOLDER, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.cli.progress import progress
from kaz_bot.clock import SystemClock
from kaz_bot.config import Settings
from kaz_bot.config_values import user_id
from kaz_bot.forgetting import Forgotten
from kaz_bot.messages import UserId
from kaz_bot.operations.backup import back_up
from kaz_bot.operations.catalogue import export_catalogue
from kaz_bot.operations.disclosing import disclose
from kaz_bot.operations.erasing import erase_user as erase
from kaz_bot.operations.erasing import look_for
from kaz_bot.operations.export import export as export_tickets
from kaz_bot.operations.export import numbers
from kaz_bot.operations.identity import reset_identity as reset
from kaz_bot.operations.register import export_register
from kaz_bot.operations.reindexing import reindex as build_search
from kaz_bot.operations.restore import restore as restore_from
from kaz_bot.texts import LANGUAGES


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
    settings = settings_of(env_file)
    with progress("Search") as seen:
        done = asyncio.run(restore_from(settings, file, seen))
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
@click.option("--person", metavar="@USER:SERVER", help="All that is stored about somebody.")
@click.option("--register", is_flag=True, help="The decisions of the committee.")
@click.option("--year", type=click.IntRange(1900, 2199), help="With --register: of one year.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="With --register; without it KAZ_LANGUAGE's."
)
@click.option("--catalogue", type=FILE, help="The catalogue, into this file.")
@click.option("--to", "folder", type=FOLDER, help="Where to; made if need be.")
@ENV_FILE
def export(
    *,
    tickets: tuple[str, ...],
    everything: bool,
    person: str | None,
    register: bool,
    year: int | None,
    language: str | None,
    catalogue: Path | None,
    folder: Path | None,
    env_file: Path | None,
) -> None:
    """Hand out tickets for the files, a folder for each; what is stored about somebody; or the
    register of decisions; or the catalogue.

    ticket.json is for programs, ticket.html and ticket.txt are for people; each holds the
    conversation, the audit trail and the metadata (Betreff, Aktenzeichen, Laufzeit). Of a person
    it is person.json, person.html and person.txt: look through them before you hand them on. Of
    the register it is register.pdf, register.csv and register.json, which `check --register`
    verifies. The catalogue is one CSV, which `import --catalogue` reads again.
    """
    wishes = [bool(tickets), everything, person is not None, register, catalogue is not None]
    if wishes.count(True) != 1:
        raise click.UsageError("Name tickets, or say --all, --person, --register or --catalogue.")
    if (folder is None) is (catalogue is None):
        raise click.UsageError("--catalogue names its file; all else goes --to a folder.")
    if not register and (year is not None or language is not None):
        raise click.UsageError("--year and --language go with --register.")
    settings = settings_of(env_file)
    if folder is None:
        assert catalogue is not None
        _export_catalogue(settings, catalogue)
        return
    if register:
        _export_register(settings, folder, year, language)
        return
    if person is not None:
        texts = app.texts_of(settings)
        own = asyncio.run(disclose(settings, texts, _user(person), folder))
        click.echo(f"Written to {own}.")
        return
    wanted = None if everything else numbers(tickets, settings.ticket_prefix)
    with progress("Tickets") as seen:
        count = asyncio.run(export_tickets(settings, app.texts_of(settings), wanted, folder, seen))
    click.echo(f"{count} written to {folder}.")


def _export_catalogue(settings: Settings, file: Path) -> None:
    with progress("Entries") as seen:
        count = asyncio.run(export_catalogue(settings, app.texts_of(settings), file, seen))
    click.echo(f"{count} entries written to {file}.")


def _export_register(
    settings: Settings, folder: Path, year: int | None, language: str | None
) -> None:
    exported = asyncio.run(
        export_register(
            settings,
            app.texts_of(settings),
            folder,
            year=year,
            language=language or settings.language,
            now=SystemClock().now(),
        )
    )
    click.echo(f"{exported.count} decisions written to {folder}.")
    if exported.broken:
        raise click.ClickException("The register was changed: `kaz-bot check` says where.")


@click.command(cls=Command, name="erase-user")
@click.argument("user", metavar="@USER:SERVER")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ENV_FILE
def erase_user(user: str, yes: bool, env_file: Path | None) -> None:
    """Erase what a person wrote, here and where the bot relayed it.

    Tickets of theirs keep number, area and times; the audit trail keeps a pseudonym, and so do the
    records of the committee. What is relayed is taken back by the running bot, or by the next
    start, which also tells the committee of tasks that nobody has now. It cannot be undone.
    """
    person = _user(user)
    settings = settings_of(env_file)
    found = asyncio.run(look_for(settings, person))
    click.echo(f"{person}: {found.tickets} tickets and {found.posts} messages are stored.")
    if found.pseudonymised:
        click.echo(f"{found.pseudonymised} records that stay keep a pseudonym instead.")
    if not yes:
        click.confirm("Erase all of it, for good?", abort=True)
    texts = app.texts_of(settings)
    forgotten = asyncio.run(erase(settings, texts, person, SystemClock().now()))
    click.echo(f"Erased: {_counted(forgotten)}.")


@click.command(cls=Command)
@ENV_FILE
def reindex(env_file: Path | None) -> None:
    """Build the search anew from all records.

    Needed only if `suche` does not find what is there; the bot may run. Until it is done a search
    finds part of it.
    """
    settings = settings_of(env_file)
    with progress("Records") as seen:
        count = asyncio.run(build_search(settings, seen))
    click.echo(f"Records looked through: {count}.")


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


def _user(written: str) -> UserId:
    try:
        return user_id(written)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from problem


def _counted(forgotten: Forgotten) -> str:
    return (
        f"{forgotten.tickets} tickets, {forgotten.posts} messages, "
        f"{forgotten.letters} relayed copies"
    )
