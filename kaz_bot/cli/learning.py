"""The commands about what the routing learns from moved tickets."""

import asyncio
from pathlib import Path

import click

from kaz_bot.cli.options import ENV_FILE, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.operations.learning import ListedVersion, listed, versions_of
from kaz_bot.operations.learning import learn as learn_now
from kaz_bot.routing.versions import NEWEST_NAME, SHIPPED_NAME, NoSuchVersion, number_of
from kaz_bot.teacher import LearningFailed


@click.command(cls=Command)
@ENV_FILE
def learn(env_file: Path | None) -> None:
    """Let the routing learn now from the tickets that people moved.

    A running bot does so by itself (KAZ_LEARN_EVERY), and goes by the result within minutes. It is
    taken only if it is no worse on what was known before; `versions` goes back to another one.
    """
    settings = settings_of(env_file)
    try:
        report = asyncio.run(learn_now(settings, click.echo))
    except LearningFailed as problem:
        raise click.ClickException(str(problem)) from problem
    if report is None:
        click.echo("Nobody has moved a ticket yet, so there is nothing to learn.")
        return
    found = report.verdict
    click.echo(
        f"Version {report.number}, with {found.lessons} lessons: of the corpus right in "
        f"{found.corpus_after} of {found.corpus} (shipped: {found.corpus_before}), of the "
        f"earlier lessons in {found.earlier_after} of {found.earlier} (before: "
        f"{found.earlier_before})."
    )
    if not found.taken:
        click.echo("It is worse, so it is not taken.")
    elif versions_of(settings).pinned:
        click.echo("It is no worse, but you chose another: `kaz-bot versions --use newest`.")
    else:
        click.echo("It is in use.")


@click.command(cls=Command)
@click.option(
    "--use",
    metavar="NUMBER",
    help='Go by this version and keep to it; "shipped" is one. "newest" takes new ones again.',
)
@ENV_FILE
def versions(use: str | None, env_file: Path | None) -> None:
    """List what the routing has learned, or choose a version.

    A running bot goes by the chosen one within minutes, and keeps to it: what is learned later is
    listed, but not taken, until you say --use newest.
    """
    kept = versions_of(settings_of(env_file))
    if use == NEWEST_NAME:
        kept.unpin()
        click.echo("The next version that is no worse is taken.")
    elif use is not None:
        try:
            kept.pin(number_of(use, kept))
        except NoSuchVersion as problem:
            raise click.UsageError(f"{problem}; `kaz-bot versions` lists those there are") from None
    for line in listed(kept):
        click.echo(_written(line))


def _written(line: ListedVersion) -> str:
    name = f"{line.number or SHIPPED_NAME:>7}"
    mark = "  in use" if line.in_use else ""
    if line.problem:
        return f"{name}  cannot be used: {line.problem}{mark}"
    return f"{name}  {line.lessons} lessons, right in {line.right} of {line.of}{mark}"
