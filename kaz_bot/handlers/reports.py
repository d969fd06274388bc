"""What people say to see a period in figures: a report, as files into the room."""

from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.reports.periods import Period
from kaz_bot.municipalities import directory
from kaz_bot.reporting.cells import Teller
from kaz_bot.reporting.files import files_of
from kaz_bot.reporting.gathering import gather
from kaz_bot.reporting.naming import period_named, subject_named
from kaz_bot.reporting.overview import summary
from kaz_bot.reporting.wishes import Place

# So many sentences tell what is in the files.
_TOLD = 4


@verb(
    "bericht",
    "report",
    allow=Role.REPORTER,
    aliases=("berichte", "reports"),
    family=Family.KNOWLEDGE,
)
async def report(ctx: Context, text: Text | None) -> Outcome:
    """Hand out the report of a period, for the IT-Rat, on an area or on the municipalities."""
    zone = ctx.settings.timezone
    today = ctx.now.astimezone(zone).date()
    place = Place(areas=ctx.desk.areas, area=ctx.room.area, prefix=ctx.settings.prefix)
    wish = place.wish(text or "", Period(since=today, until=today, zone=zone))
    found = await gather(
        ctx.work,
        wish.period,
        wish.kind,
        area=wish.area,
        directory=directory(),
        settings=ctx.settings,
        now=ctx.now,
    )
    speech = ctx.desk.speech(ctx.room.language)
    # Titles of solutions from encrypted rooms stay in such rooms; elsewhere the number is enough.
    sealed = ctx.state.encrypted
    pdf, *others = files_of(found, speech, contact=ctx.desk.bot, sealed=sealed)
    return Answer(
        template="info/report",
        facts={
            "about": subject_named(found, speech),
            "period": period_named(found.period, speech),
            "sentences": list(summary(found, Teller(speech)))[:_TOLD],
            "running": not found.complete,
        },
        topic="report",
        data={
            "from": wish.period.since.isoformat(),
            "to": wish.period.until.isoformat(),
            "kind": wish.kind,
            "area": wish.area,
        },
        sealed=sealed and found.sealed,
        enclosure=pdf,
        more=tuple(others),
    )


REPORTS = (report,)
