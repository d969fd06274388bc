"""What is said about the catalogue: that an entry is added, changed, removed or restored."""

from kaz_bot.announcements.letters import Announcement, Letter, Redaction, Spot, info_key
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.knowledge.catalogue_events import (
    CatalogueHappened,
    EntryAdded,
    EntryChanged,
    EntryErased,
    EntryRestored,
    EntryTakenOut,
)
from kaz_bot.domain.letters import LetterKind, Place

# What shows the words of an entry, in these letters.
_SHOWING = ("catalogue/", "info/catalogue", "info/entry", "info/search")
_READ = frozenset({LetterKind.MESSAGE, LetterKind.EDIT})


def catalogue_happened(happened: CatalogueHappened, view: DeskView) -> list[Announcement]:
    """Answered where it was said; all others read of it in the catalogue, and in the digest."""
    match happened:
        case EntryAdded():
            return _answered(happened, view, "catalogue/added")
        case EntryChanged():
            return _answered(happened, view, "catalogue/changed")
        case EntryTakenOut():
            return _answered(happened, view, "catalogue/removed")
        case EntryRestored():
            return _answered(happened, view, "catalogue/restored")
        case EntryErased():
            shown: list[Announcement] = [
                Redaction(of=letter)
                for letter in view.told
                if letter.kind in _READ and letter.template.startswith(_SHOWING)
            ]
            return [*shown, *_answered(happened, view, "catalogue/erased")]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _answered(happened: CatalogueHappened, view: DeskView, template: str) -> list[Announcement]:
    spot = _spot(happened)
    if spot is None:
        return []
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    withheld = happened.of.sealed and not (room is not None and room.encrypted)
    entry = happened.of.without_words() if withheld else happened.of
    letter = Letter(
        spot=spot,
        template=template,
        facts={
            "entry": entry,
            "parts": happened.parts,
            "withheld": withheld,
            "prefix": view.verb_prefix,
        },
        key=info_key("catalogue", id=happened.subject, event=happened.word),
        sealed=happened.of.sealed and not withheld,
        subjects=(happened.subject,),
    )
    return [letter]


def _spot(happened: CatalogueHappened) -> Spot | None:
    """Under what somebody said; of a message that was taken back in the room of the entry."""
    heard = happened.heard
    if heard is None:
        return Spot(room_id=happened.of.room_id) if happened.of.room_id else None
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=heard.room_id, thread=thread, reply_to=heard.reply_to)
