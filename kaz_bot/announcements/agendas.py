"""What is said about agendas: what is put on them, taken off, and taken back."""

from kaz_bot.announcements.agenda_rows import (
    is_encrypted,
    meeting_key,
    names_in,
    rows,
    sealed_at,
    shown_at,
)
from kaz_bot.announcements.letters import Announcement, Letter, Redaction, Spot, info_key
from kaz_bot.announcements.papers import spot_in
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.agenda_items import readable
from kaz_bot.domain.committee.item_events import AgendaOrdered, ItemHappened, ItemRemoved
from kaz_bot.domain.committee.meeting_events import MeetingWordsErased, Worded

_AGENDAS = frozenset(
    {
        *("meeting/called", "meeting/moved", "meeting/begun", "meeting/reminded"),
        *("meeting/item_added", "meeting/item_removed", "meeting/item_moved"),
        *("info/meeting", "info/waiting_items", "info/minutes", "digest/digest"),
    }
)
# Which letters show which words.
_SHOWING = {
    Worded.MEETING: _AGENDAS
    | {"meeting/cancelled", "meeting/ended", "meeting/asked", "info/meetings"},
    Worded.ITEM: _AGENDAS | {"meeting/result"},
    Worded.RESULT: frozenset(
        {"meeting/result", "meeting/item_moved", "info/meeting", "info/minutes"}
    ),
    Worded.CANCELLATION: frozenset({"meeting/cancelled"}),
}


def item_happened(happened: ItemHappened, view: DeskView) -> list[Announcement]:
    """Answered where it was said."""
    spot = spot_in(happened, happened.room_id)
    meeting = happened.meeting
    lines = happened.agenda if isinstance(happened, AgendaOrdered) else (happened.line,)
    shown = readable(lines, encrypted=is_encrypted(spot, view))
    letter = Letter(
        spot=spot,
        template=f"meeting/{happened.word}",
        facts={
            "meeting": shown_at(meeting, spot, view) if meeting else None,
            "rows": rows(shown, names_in(view)),
            "renumbered": isinstance(happened, ItemRemoved) and happened.renumbered,
            "prefix": view.verb_prefix,
        },
        key=(
            meeting_key(meeting, happened.word)
            if meeting is not None
            else info_key("agenda", event=happened.word)
        ),
        sealed=sealed_at(meeting, lines, spot, view),
        subjects=(happened.subject,),
    )
    return [letter]


def words_erased(happened: MeetingWordsErased, view: DeskView) -> list[Announcement]:
    """The letters that show them are taken back."""
    told = Letter(
        spot=Spot(room_id=happened.room_id),
        template="meeting/words_erased",
        facts={"number": happened.subject, "kept": happened.kept},
        key=info_key("meeting_erased", id=happened.subject),
        subjects=(happened.subject,),
    )
    if happened.kept:
        return [told]
    showing = _SHOWING[happened.worded]
    return [
        *(Redaction(of=letter) for letter in view.told if letter.template in showing),
        told,
    ]
