"""The command that writes a report."""

import asyncio
from datetime import datetime
from pathlib import Path

import click

from kaz_bot import app
from kaz_bot.cli.options import ENV_FILE, FOLDER, settings_of
from kaz_bot.cli.problems import Command
from kaz_bot.cli.progress import progress
from kaz_bot.clock import SystemClock
from kaz_bot.config import Settings
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.operations.reporting import write_report
from kaz_bot.reporting.wishes import LONGEST_YEARS, ReportWish, problem
from kaz_bot.texts import LANGUAGES

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_WRONG = {
    "backwards": "--to is before --from.",
    "future": "The period has not begun yet.",
    "too_long": f"A report covers {LONGEST_YEARS} years at most.",
}


@click.command(cls=Command)
@click.option("--from", "since", type=_DAY, required=True, help="The first day.")
@click.option("--to", "until", type=_DAY, required=True, help="The last day.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ReportKind]),
    default=ReportKind.IT_RAT.value,
    show_default=True,
    help="For whom: the IT-Rat, an area (fachgebiet), or about the municipalities (kommune).",
)
@click.option("--area", metavar="KEY", help="With --kind fachgebiet: which one.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Without it KAZ_LANGUAGE's.")
@click.option("--out", "folder", type=FOLDER, required=True, help="Where to; made if need be.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@ENV_FILE
def report(
    *,
    since: datetime,
    until: datetime,
    kind: str,
    area: str | None,
    language: str | None,
    folder: Path,
    force: bool,
    env_file: Path | None,
) -> None:
    """Write the figures of a period: what was asked, from where, how long it took, what helped.

    As tagged PDF, as a web page that can be read by everybody, as a table for spreadsheets, and
    each picture as PNG and SVG. Small groups are not told, and nothing about a single person. The
    same period gives the same figures. docs/reports.md says how they are made.
    """
    settings = settings_of(env_file)
    now = SystemClock().now()
    today = now.astimezone(settings.timezone).date()
    period = Period(since=since.date(), until=until.date(), zone=settings.timezone)
    if wrong := problem(period.since, period.until, today):
        raise click.UsageError(_WRONG[wrong])
    wish = _wish(settings, period, ReportKind(kind), area)
    with progress("Tickets") as seen:
        files = asyncio.run(
            write_report(
                settings,
                app.texts_of(settings),
                folder,
                wish,
                language=language or settings.language,
                now=now,
                force=force,
                progress=seen,
            )
        )
    click.echo(f"{len(files)} files written to {folder}.")


def _wish(settings: Settings, period: Period, kind: ReportKind, area: str | None) -> ReportWish:
    if (kind is ReportKind.AREA) != (area is not None):
        raise click.UsageError("--area goes with --kind fachgebiet, which needs it.")
    keys = [one.key for one in settings.areas]
    if area is not None and area not in keys:
        raise click.UsageError(f"There is no area {area}; there are {', '.join(keys)}.")
    return ReportWish(period=period, kind=kind, area=AreaKey(area) if area else None)
