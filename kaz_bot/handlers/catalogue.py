"""What people say to the catalogue: see it, and in the rooms of the areas keep it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from kaz_bot.bringing_forward import heard
from kaz_bot.catalogue_answers import TOPIC, listed, shown, sought, today_of
from kaz_bot.catalogue_files import catalogue_file
from kaz_bot.commands import (
    Answer,
    Family,
    MissingRecord,
    Outcome,
    Role,
    Text,
    TooManyWords,
    typed,
    verb,
)
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import EntryId, Series, pattern_of
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind, check_new
from kaz_bot.domain.knowledge.catalogue_events import (
    EntryAdded,
    EntryChanged,
    EntryRestored,
    EntryTakenOut,
)
from kaz_bot.domain.knowledge.catalogue_lines import EntryDraft
from kaz_bot.domain.knowledge.catalogue_parts import (
    WORDED,
    EntryPart,
    NameMissing,
    changes,
    given,
    kind_of,
    with_parts,
)
from kaz_bot.domain.knowledge.catalogue_wishes import CatalogueWish
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.indexing import index_entry
from kaz_bot.rights import check_keeper
from kaz_bot.store import Work

_ALIASES = ("catalog",)


class PartsMissing(Refusal):
    """An entry was named, and nothing that shall be different in it; told how that is written."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/entry_change_missing"


class Order(StrEnum):
    """What can be done to the catalogue, by the word behind the verb."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    RESTORE = "restore"


_ORDERS: Mapping[str, Order] = {
    word: order
    for order, words in {
        Order.ADD: "neu new add hinzufuegen",
        Order.CHANGE: "aendern change edit",
        Order.REMOVE: "entfernen loeschen remove delete",
        Order.RESTORE: "wiederherstellen restore",
    }.items()
    for word in words.split()
}


@verb("katalog", "catalogue", allow=Role.PERSON, family=Family.KNOWLEDGE, aliases=_ALIASES)
async def catalogue(ctx: Context, entry: CatalogueEntry | None, text: Text | None) -> Outcome:
    """See the catalogue, or keep it. `entry` is what the answered message tells of."""
    command = typed(text or "")
    order = _ORDERS.get(folded(command.word))
    if order is Order.ADD:
        return await _add(ctx, command.rest)
    if order is None:
        return await _seen(ctx, CatalogueWish.read(text or "", ctx.desk.areas))
    number = pattern_of(Series.ENTRY).match(command.rest)
    if number is None and entry is None:
        raise MissingRecord(series=Series.ENTRY.name.lower(), verb=one_entry)
    if number is not None:
        entry = await ctx.work.catalogue.get(EntryId(int(number["number"])))
    assert entry is not None
    return await _ordered(ctx, order, entry, command.rest[number.end() if number else 0 :])


@verb(
    "katalog",
    "catalogue",
    allow=Role.PERSON,
    family=Family.KNOWLEDGE,
    aliases=_ALIASES,
    about=Series.ENTRY,
)
async def one_entry(ctx: Context, entry: CatalogueEntry, text: Text | None) -> Outcome:
    """See an entry; with lines behind its number change it."""
    if text is None:
        return shown(ctx, entry)
    command = typed(text)
    order = _ORDERS.get(folded(command.word))
    if order in {None, Order.ADD}:
        if not EntryDraft.read(text).parts:
            raise TooManyWords(word=command.word, verb=ctx.verb, prefix=ctx.settings.prefix)
        return await _change(ctx, entry, text)
    assert order is not None
    return await _ordered(ctx, order, entry, command.rest)


async def _ordered(ctx: Context, order: Order, entry: CatalogueEntry, rest: str) -> Outcome:
    if order is Order.CHANGE:
        return await _change(ctx, entry, rest)
    check_keeper(ctx.room)
    if rest.strip():
        raise TooManyWords(
            word=rest.split(maxsplit=1)[0], verb=one_entry, prefix=ctx.settings.prefix
        )
    if order is Order.REMOVE:
        saved = await _kept(ctx.work, entry.removed(ctx.now))
        return EntryTakenOut(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))
    restored = entry.restored(ctx.now)
    check_new(restored, await ctx.work.catalogue.all(restored.kind))
    saved = await _kept(ctx.work, restored)
    return EntryRestored(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


async def _seen(ctx: Context, wish: CatalogueWish) -> Answer:
    if not wish.as_file:
        return await listed(ctx, wish)
    entries = await ctx.work.catalogue.all()
    found = sought(ctx, wish, entries)
    written = [entry for entry in found if ctx.state.encrypted or not entry.sealed]
    if not written:
        return await listed(ctx, wish)
    file = catalogue_file(written, ctx.desk.speech(ctx.room.language))
    return Answer(
        template="info/catalogue_file",
        facts={
            "name": file.name,
            "count": len(written),
            "left_out": len(found) - len(written),
        },
        topic=TOPIC,
        sealed=any(entry.sealed for entry in written),
        enclosure=file,
        subjects=tuple(entry.subject for entry in written),
    )


async def _add(ctx: Context, text: str) -> Outcome:
    check_keeper(ctx.room)
    draft = EntryDraft.read(text)
    first = typed(draft.head)
    kind = kind_of(first.word)
    if not first.word or (
        kind is not None and not first.rest and EntryPart.NAME not in draft.parts
    ):
        raise NameMissing(part=EntryPart.NAME)
    named = first.rest if kind is not None else draft.head
    parts = {EntryPart.KIND: kind.value if kind else first.word, EntryPart.NAME: named}
    entry = with_parts(
        _empty(ctx), parts | dict(draft.parts), areas=ctx.desk.areas, today=today_of(ctx)
    )
    check_new(entry, await ctx.work.catalogue.all(entry.kind))
    added = await _kept(ctx.work, entry)
    return EntryAdded(added, parts=given(added), by=ctx.sender, at=ctx.now, heard=await heard(ctx))


def _empty(ctx: Context) -> CatalogueEntry:
    """What is to be filled in; without another area it belongs to that of the room."""
    return CatalogueEntry(
        id=EntryId(0),
        kind=EntryKind.APPLICATION,
        name="",
        area=ctx.room.area,
        as_of=today_of(ctx),
        sealed=ctx.state.encrypted,
        room_id=ctx.room.room_id,
        author=ctx.sender,
        event_id=ctx.incoming.event_id,
        added_at=ctx.now,
        changed_at=ctx.now,
    )


async def _change(ctx: Context, entry: CatalogueEntry, text: str) -> Outcome:
    check_keeper(ctx.room)
    entry.check_listed()
    draft = EntryDraft.read(text)
    if draft.head or not draft.parts:
        raise PartsMissing(entry=entry)
    after = with_parts(entry, draft.parts, areas=ctx.desk.areas, today=today_of(ctx))
    parts = changes(entry, after)
    if not parts:
        facts = {"entry": entry, "prefix": ctx.settings.prefix}
        return Answer(template="info/entry_unchanged", facts=facts, topic=TOPIC)
    check_new(after, await ctx.work.catalogue.all(after.kind))
    # A kind, an area or a date say nothing that an encrypted room would have to keep.
    sealed = entry.sealed or (ctx.state.encrypted and not WORDED.isdisjoint(parts))
    saved = await _kept(
        ctx.work,
        replace(
            after,
            sealed=sealed,
            room_id=ctx.room.room_id,
            author=ctx.sender,
            event_id=ctx.incoming.event_id,
            changed_at=ctx.now,
        ),
    )
    return EntryChanged(saved, parts=parts, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


async def _kept(work: Work, entry: CatalogueEntry) -> CatalogueEntry:
    """Kept, and found by the words that it has now."""
    saved = await (work.catalogue.save(entry) if entry.id else work.catalogue.add(entry))
    await index_entry(work, saved)
    return saved


CATALOGUE = (catalogue, one_entry)
