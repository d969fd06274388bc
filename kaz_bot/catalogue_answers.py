"""What people are shown of the catalogue: a list of it, or one entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaz_bot.commands import Answer
from kaz_bot.context import Context
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.catalogue_wishes import CatalogueWish
from kaz_bot.domain.rooms import RoomKind

NEWEST, LISTED = 10, 20
TOPIC = "catalogue"


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """An entry in a list; `old`: its Stand is."""

    entry: CatalogueEntry
    old: bool


async def listed(ctx: Context, wish: CatalogueWish) -> Answer:
    """How much there is of each kind and the newest; or what is looked for."""
    entries = await ctx.work.catalogue.all()
    found = sought(ctx, wish, entries)
    shown = _newest(found) if wish.everything else found[:LISTED]
    withheld = any(_hidden(ctx, entry) for entry in shown)
    kinds = [entry.kind for entry in entries]
    return Answer(
        template="info/catalogue",
        facts={
            "everything": wish.everything,
            "kind": wish.kind,
            "area": wish.area,
            "words": " ".join(wish.words),
            "lines": [_line(ctx, entry) for entry in shown],
            "counts": {kind: kinds.count(kind) for kind in EntryKind if kind in kinds},
            "more": len(found) - len(shown),
            "withheld": withheld,
            "unsearched": _unsearched(ctx, wish, entries),
            "keeper": ctx.room.kind is RoomKind.AREA,
            "prefix": ctx.settings.prefix,
        },
        topic=TOPIC,
        data={"ids": [entry.subject for entry in shown]},
        sealed=ctx.state.encrypted and any(entry.sealed for entry in shown),
        subjects=tuple(entry.subject for entry in shown),
    )


def sought(
    ctx: Context, wish: CatalogueWish, entries: Sequence[CatalogueEntry]
) -> list[CatalogueEntry]:
    """What is looked for; that a word stands in what may not be shown here would say what it
    says."""
    if not wish.words:
        return wish.found(entries)
    return wish.found([entry for entry in entries if not _hidden(ctx, entry)])


def shown(ctx: Context, entry: CatalogueEntry) -> Answer:
    """All that an entry says. One that was removed only those see who may restore it."""
    keeper = ctx.room.kind is RoomKind.AREA
    if not keeper:
        entry.check_listed()
    withheld = _hidden(ctx, entry)
    line = _line(ctx, entry)
    return Answer(
        template="info/entry",
        facts={
            "entry": line.entry,
            "old": line.old,
            "withheld": withheld,
            "keeper": keeper,
            "prefix": ctx.settings.prefix,
        },
        topic="show",
        data={"id": entry.subject},
        sealed=entry.sealed and not withheld,
        subjects=(entry.subject,),
    )


def today_of(ctx: Context) -> date:
    """The day it is where the desk stands."""
    return ctx.now.astimezone(ctx.settings.timezone).date()


def _newest(entries: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    return sorted(entries, key=lambda entry: (entry.added_at, entry.id), reverse=True)[:NEWEST]


def _unsearched(ctx: Context, wish: CatalogueWish, entries: Sequence[CatalogueEntry]) -> bool:
    """Whether words were not looked for in all that there is."""
    return bool(wish.words) and any(_hidden(ctx, entry) for entry in entries)


def _hidden(ctx: Context, entry: CatalogueEntry) -> bool:
    return entry.sealed and not ctx.state.encrypted


def _line(ctx: Context, entry: CatalogueEntry) -> EntryLine:
    return EntryLine(
        entry=entry.without_words() if _hidden(ctx, entry) else entry,
        old=entry.is_old(today_of(ctx)),
    )
