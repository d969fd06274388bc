"""What leaves the catalogue when somebody takes back the message that wrote it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.domain.committee.numbers import EntryId, Series, pattern_of
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryNotFound
from kaz_bot.domain.knowledge.catalogue_events import EntryErased
from kaz_bot.domain.knowledge.catalogue_parts import WORDED, EntryPart, without
from kaz_bot.indexing import index_entry
from kaz_bot.messages import Redacted
from kaz_bot.store import Work

# More than ever happens to one entry.
_ALL = 100_000


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[DeskEvent]:
    """What a message wrote leaves the catalogue when it is taken back, as far as nobody has
    written anything else there since."""
    happened: list[DeskEvent] = []
    for note in await work.committee_trail.caused_by(redaction.target):
        number = pattern_of(Series.ENTRY).fullmatch(note.subject)
        # A room has no say in what was said in another.
        theirs = redaction.sender == note.actor or redaction.room_id == note.details.get("room")
        if number is None or not theirs:
            continue
        try:
            entry = await work.catalogue.get(EntryId(int(number["number"])))
        except EntryNotFound:
            continue
        parts = await _standing(work, note)
        if not parts or not entry.name:
            continue
        saved = await work.catalogue.save(_forgotten(entry, parts, now))
        await index_entry(work, saved)
        gone = tuple(part for part in EntryPart if part in parts)
        erased = EntryErased(saved, parts=gone, since=note.at, by=redaction.sender, at=now)
        happened.append(erased)
    return happened


async def _standing(work: Work, note: CommitteeEntry) -> frozenset[EntryPart]:
    """The words that were written then and stand there still."""
    later = False
    parts: set[EntryPart] = set()
    for one in await work.committee_trail.of(note.subject, _ALL):
        written = {EntryPart(part) for part in one.details.get("parts", "").split()}
        if one.cause == note.cause:
            later, parts = True, parts | written
        elif later:
            parts -= written
    return frozenset(parts) & WORDED


def _forgotten(entry: CatalogueEntry, parts: frozenset[EntryPart], now: datetime) -> CatalogueEntry:
    """Without its name it is no entry any more."""
    if EntryPart.NAME in parts:
        return entry.erased(now)
    return replace(without(entry, parts), changed_at=now)
