"""The command that brings in what is kept elsewhere: old tickets, or the catalogue."""

import asyncio
from pathlib import Path

import click

from kaz_bot.catalogue_files import example_of_catalogue
from kaz_bot.cli.options import ENV_FILE, FILE, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.cli.progress import progress
from kaz_bot.clock import SystemClock
from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.operations.catalogue import import_catalogue
from kaz_bot.operations.importing import import_tickets
from kaz_bot.operations.importing_columns import example


@click.command(cls=Command, name="import")
@click.argument("file", type=FILE)
@click.option("--catalogue", is_flag=True, help="FILE holds entries of the catalogue.")
@click.option("--template", is_flag=True, help="Write an example into FILE, and do nothing else.")
@click.option("--skip-bad", is_flag=True, help="Import the good lines, and name the others.")
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@ENV_FILE
def import_file(
    *,
    file: Path,
    catalogue: bool,
    template: bool,
    skip_bad: bool,
    dry_run: bool,
    env_file: Path | None,
) -> None:
    """Bring in old tickets from FILE, a CSV with a line for each; with --catalogue its entries.

    All lines are checked first and every bad one is named: then nothing is imported, unless you
    say --skip-bad. The same file twice brings in nothing twice. Old tickets are never announced;
    they are found by the search and count in reports. docs/operations.md describes the columns.
    """
    if template:
        _write_template(file, example_of_catalogue() if catalogue else example())
        return
    settings = settings_of(env_file)
    if catalogue:
        _import_catalogue(settings, file, skip_bad=skip_bad, dry_run=dry_run)
    else:
        _import_tickets(settings, file, skip_bad=skip_bad, dry_run=dry_run)


def _import_tickets(settings: Settings, file: Path, *, skip_bad: bool, dry_run: bool) -> None:
    with progress("Tickets") as seen:
        done = asyncio.run(
            import_tickets(
                settings,
                file,
                now=SystemClock().now(),
                skip_bad=skip_bad,
                dry_run=dry_run,
                progress=seen,
            )
        )
    _name(done.problems)
    click.echo(f"Tickets {_done(dry_run)}: {done.added}. Here already: {done.known}.")
    if done.without_text:
        click.echo(
            f"Without their texts, since they ended longer ago than KAZ_RETENTION (confidential "
            f"ones: KAZ_RETENTION_CONFIDENTIAL): {done.without_text}."
        )


def _import_catalogue(settings: Settings, file: Path, *, skip_bad: bool, dry_run: bool) -> None:
    with progress("Entries") as seen:
        done = asyncio.run(
            import_catalogue(
                settings,
                file,
                now=SystemClock().now(),
                skip_bad=skip_bad,
                dry_run=dry_run,
                progress=seen,
            )
        )
    _name(done.problems)
    click.echo(
        f"Entries {_done(dry_run)}: {done.added} new, {done.changed} changed. "
        f"As they were: {done.unchanged}."
    )


def _done(dry_run: bool) -> str:
    return "to be imported" if dry_run else "imported"


def _name(problems: tuple[str, ...]) -> None:
    for problem in problems:
        click.echo(f"Left out, {problem}", err=True)


def _write_template(file: Path, content: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError as problem:
        raise ConfigError(f"{file} exists already: name another file") from problem
    except OSError as problem:
        raise ConfigError(f"{file} cannot be written: {problem.strerror}") from problem
    click.echo(f"An example is in {file}.")
