"""What people look up of an entry of the catalogue: all that it says, and what it has been."""

from kaz_bot.catalogue_answers import shown
from kaz_bot.commands import Answer, Family, Outcome, Role, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.catalogue_parts import EntryPart

# So many changes are listed; an entry has few.
LISTED = 30


@verb("zeige", "show", allow=Role.PERSON, family=Family.KNOWLEDGE, about=Series.ENTRY)
async def show_entry(ctx: Context, entry: CatalogueEntry) -> Outcome:
    """An entry with all that it says."""
    return shown(ctx, entry)


@verb("verlauf", "history", allow=Role.SPECIALIST, family=Family.KNOWLEDGE, about=Series.ENTRY)
async def history_of_entry(ctx: Context, entry: CatalogueEntry) -> Outcome:
    """Who wrote which part of an entry, and when."""
    course = await ctx.work.committee_trail.course(entry.subject, LISTED)
    return Answer(
        template="info/entry_history",
        facts={
            "entry": entry,
            "course": course,
            "entries": [
                (
                    note,
                    ctx.name_of(note.actor) if note.actor else "",
                    [EntryPart(part) for part in note.details.get("parts", "").split()],
                )
                for note in course.entries
            ],
            "prefix": ctx.settings.prefix,
        },
        topic="history",
        data={"id": entry.subject},
        subjects=(entry.subject,),
    )


CATALOGUE_READING = (show_entry, history_of_entry)
