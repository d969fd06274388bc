"""The command that tries out how questions are routed."""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

from kaz_bot.cli.options import ENV_FILE, FOLDER, JSONL
from kaz_bot.config import data_dir_of
from kaz_bot.routing import Router, classify_lines
from kaz_bot.routing.versions import FOLDER as VERSIONS
from kaz_bot.routing.versions import NoSuchVersion, Versions, number_of


@click.command()
@JSONL
@click.option(
    "--version",
    "named",
    metavar="NUMBER",
    help='Which version to go by: a number, or "current" for the one in use. Without it, the one '
    "that the program carries.",
)
@click.option(
    "--data-dir", type=FOLDER, help="Where the versions are; without it, KAZ_DATA_DIR says."
)
@ENV_FILE
def classify(named: str | None, data_dir: Path | None, env_file: Path | None) -> None:
    """Try out how questions would be routed, without settings, network or database.

    Reads {"id", "text"} from standard input and writes
    {"id", "area", "confidence", "is_question", "urgent", "because"} for each line, in order.
    """
    router = Router.shipped()
    if named is not None:
        versions = Versions(folder=(data_dir or data_dir_of(env_file)) / VERSIONS)
        try:
            router.go_by(versions.load(number_of(named, versions)))
        except NoSuchVersion as problem:
            raise click.UsageError(f"{problem} ({versions.folder})") from None
    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    for line in classify_lines(lines, router):
        click.echo(line)
