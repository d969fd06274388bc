"""The command that tries out how questions are routed."""

import sys
from io import TextIOWrapper

import click

from kaz_bot.cli.options import JSONL
from kaz_bot.routing import classify_lines


@click.command()
@JSONL
def classify() -> None:
    """Try out how questions would be routed, without settings, network or database.

    Reads {"id", "text"} from standard input and writes
    {"id", "area", "confidence", "is_question", "urgent", "because"} for each line, in order.
    """
    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in classify_lines(lines):
        click.echo(line)
