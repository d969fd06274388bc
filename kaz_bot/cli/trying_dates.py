"""The command that tries out how dates are understood."""

import sys
from io import TextIOWrapper
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from kaz_bot.cli.options import JSONL
from kaz_bot.dates import BadDate, when_lines
from kaz_bot.texts import HouseStyle, Texts


@click.command()
@JSONL
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
