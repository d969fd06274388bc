"""What is said about solutions: proposed, put right, released, withdrawn, offered, used again."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Key, Letter, Redaction, Spot, info_key
from kaz_bot.announcements.offers import FITS
from kaz_bot.announcements.places import asker_room, both, letter_about, spot_of
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.events import SolutionsSuggested, TicketReusedSolution
from kaz_bot.domain.knowledge.solution_events import (
    SolutionChanged,
    SolutionErased,
    SolutionHappened,
    SolutionProposed,
    SolutionReleased,
    SolutionWithdrawn,
)
from kaz_bot.domain.knowledge.solutions import Solution
from kaz_bot.domain.letters import Place, StoredLetter
from kaz_bot.domain.threads import Side
from kaz_bot.messages import Attachment

# A second specialist presses it under what they have read.
RELEASES = "✅"


def solution_key(solution: Solution, event: str) -> Key:
    """What programs read in a letter about a solution: which, how it stands, what happened."""
    return Key(
        name="de.kaz.solution",
        content={"id": solution.subject, "state": solution.state.value, "event": event},
    )


def solution_happened(happened: SolutionHappened, view: DeskView) -> list[Announcement]:
    """Answered where it was said; who shall release it reads all of it."""
    match happened:
        case SolutionProposed(ticket=ticket, taken=taken):
            facts = {"ticket": ticket, "taken": taken}
            return _to_be_read(happened, view, "solution/proposed", facts)
        case SolutionChanged(parts=parts, left=left, origin=origin):
            facts = {"parts": parts, "left": left, "origin": origin}
            return _to_be_read(happened, view, "solution/changed", facts)
        case SolutionReleased():
            return [_letter(happened, view, _spot(happened), "solution/released", {})]
        case SolutionWithdrawn(shown=shown, used=used):
            told = {ticket.id for ticket in used}
            return [
                *(Redaction(of=letter) for letter in shown),
                _letter(happened, view, _spot(happened), "solution/withdrawn", {}),
                *(
                    _taken_from(happened, view, letter)
                    for letter in shown
                    if letter.ticket_id in told and letter.template == "solution/offered"
                ),
            ]
        case SolutionErased(shown=shown):
            letter = _letter(happened, view, _spot(happened), "solution/erased", {})
            key = info_key("solution_erased", id=happened.subject)
            return [*(Redaction(of=one) for one in shown), replace(letter, key=key)]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def solutions_suggested(happened: SolutionsSuggested, view: DeskView) -> list[Announcement]:
    """A letter for each solution, with the sign to press, and its files below. Nobody is called."""
    thread = view.thread(happened.ticket.id, Side.ASKER)
    if thread is None or asker_room(happened.ticket, view) is None:
        return []
    letters: list[Announcement] = []
    for offer in happened.offers:
        facts = {"solution": offer.solution, "edition": offer.edition, "stale": offer.stale}
        letter = replace(
            letter_about(happened, view, spot_of(thread), "solution/offered", facts),
            sealed=offer.solution.sealed,
            subjects=(offer.solution.subject,),
        )
        letters += [replace(letter, reactions=(FITS,)), *_files(letter, offer.edition.attachments)]
    return letters


def reused_solution(happened: TicketReusedSolution, view: DeskView) -> list[Announcement]:
    """Both sides hear which solution it was."""
    return both(
        happened,
        view,
        asker="solution/reused_for_asker",
        area="solution/reused",
        facts={"solution": happened.solution},
    )


def _to_be_read(
    happened: SolutionProposed | SolutionChanged,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
) -> list[Announcement]:
    """Where it was said and, if that is not the room of its area, there as well."""
    said = _spot(happened)
    home = view.area_room(happened.solution.area)
    elsewhere = home is not None and home.room_id != said.room_id
    spots = [said, *([Spot(room_id=home.room_id)] if home and elsewhere else [])]
    pending = happened.edition.released_at is None
    letters: list[Announcement] = []
    for spot in spots:
        here = not elsewhere or spot is not said
        letter = _letter(happened, view, spot, template, {**facts, "here": here})
        signs = (RELEASES,) if pending and here and not letter.facts["withheld"] else ()
        letters += [
            replace(letter, reactions=signs),
            *_files(letter, happened.edition.attachments),
        ]
    return letters


def _letter(
    happened: SolutionHappened,
    view: DeskView,
    spot: Spot,
    template: str,
    facts: Mapping[str, object],
) -> Letter:
    solution = happened.solution
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    withheld = solution.sealed and not (room is not None and room.encrypted)
    return Letter(
        spot=spot,
        template=template,
        facts={
            "solution": solution,
            "edition": happened.edition.without_words() if withheld else happened.edition,
            "withheld": withheld,
            "prefix": view.verb_prefix,
            **facts,
        },
        key=solution_key(solution, happened.word),
        sealed=solution.sealed and not withheld,
        subjects=(solution.subject,),
    )


def _files(letter: Letter, attachments: tuple[Attachment, ...]) -> list[Announcement]:
    """Its files, passed on below it; from an encrypted room into encrypted ones only."""
    if letter.facts.get("withheld"):
        return []
    return [
        replace(
            letter,
            template="solution/file",
            facts={**letter.facts, "name": file.name},
            attachment=file,
        )
        for file in attachments
    ]


def _taken_from(happened: SolutionWithdrawn, view: DeskView, offer: StoredLetter) -> Letter:
    """Whose question it had closed reads it no more, and is told so where it stood."""
    spot = Spot(room_id=offer.room_id, person=offer.person, thread=offer.thread)
    letter = _letter(happened, view, spot, "solution/withdrawn_for_asker", {})
    asker = next(ticket.asker for ticket in happened.used if ticket.id == offer.ticket_id)
    room = view.rooms.get(offer.room_id) if offer.room_id else None
    calls = (asker,) if room is not None and asker in room.members else ()
    return replace(letter, ticket_id=offer.ticket_id, calls=calls)


def _spot(happened: SolutionHappened) -> Spot:
    """Where it is answered: under what somebody said; otherwise in the room of its area."""
    heard = happened.heard
    if heard is None:
        return Spot(room_id=happened.solution.room_id)
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=heard.room_id, thread=thread, reply_to=heard.reply_to)
