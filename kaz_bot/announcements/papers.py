"""What is said about papers: that one is filed, changed, withdrawn or deferred."""

from collections.abc import Iterable, Mapping

from kaz_bot.announcements.letters import Announcement, Key, Letter, Redaction, Spot, info_key
from kaz_bot.announcements.view import DeskView, Person
from kaz_bot.domain.committee.ballot_events import BallotVoided
from kaz_bot.domain.committee.drafts import Part, label_within, parts_of
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.paper_events import (
    PaperChanged,
    PaperDeferred,
    PaperErased,
    PaperFiled,
    PaperHappened,
    PaperKept,
    PaperWithdrawn,
)
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.letters import LetterKind, Place
from kaz_bot.messages import RoomId, UserId

# What a paper may say, and need not; without a wording the title is voted on.
_OPTIONAL = (Part.REASONS, Part.MONEY, Part.LEAD, Part.ANNEXES)
# What shows the words of a paper, in these letters.
_SHOWING = ("paper/", "ballot/", "info/paper", "digest/")
_READ = frozenset({LetterKind.MESSAGE, LetterKind.EDIT, LetterKind.POLL})


def paper_key(paper: Paper, event: str) -> Key:
    """What programs read in a letter about a paper: which, how it stands, what happened."""
    return Key(
        name="de.kaz.decision",
        content={"id": paper.number, "state": paper.state.value, "event": event},
    )


def spot_in(happened: CommitteeHappened, room_id: RoomId) -> Spot:
    """Where it is answered: under what somebody said; what time brought, in the room."""
    heard = happened.heard
    if heard is None:
        return Spot(room_id=room_id)
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=heard.room_id, thread=thread, reply_to=heard.reply_to)


def may_show(paper: Paper, spot: Spot, view: DeskView) -> bool:
    """Whether its words may be said there: what was filed encrypted is shown encrypted only."""
    return not paper.sealed or _encrypted(spot, view)


def paper_happened(happened: PaperHappened, view: DeskView) -> list[Announcement]:
    """Answered where it was said; those are called whose votes count no more."""
    match happened:
        case PaperFiled(edition=edition):
            said = parts_of(edition)
            absent = [part for part in _OPTIONAL if not said[part]]
            given = tuple(part for part, text in said.items() if text)
            facts = {"absent": absent, "parts": given, "label": label_within(edition.title)}
            return [_letter(happened, view, "paper/filed", facts)]
        case PaperChanged(edition=edition, parts=parts, voided=voided):
            label = label_within(edition.title) if Part.TITLE in parts else ""
            facts = {"parts": parts, "label": label}
            return [_letter(happened, view, "paper/changed", facts, voided)]
        case PaperWithdrawn(voided=voided):
            return [_letter(happened, view, "paper/withdrawn", {}, voided)]
        case PaperDeferred():
            return [_letter(happened, view, "paper/deferred", {})]
        case PaperErased():
            shown: list[Announcement] = [
                Redaction(of=letter)
                for letter in view.told
                if letter.kind in _READ and letter.template.startswith(_SHOWING)
            ]
            return [*shown, _letter(happened, view, "paper/erased", {})]
        case PaperKept():
            return [_letter(happened, view, "paper/kept", {})]
    raise TypeError(f"no announcement for {type(happened).__name__}")


# What else happens to a paper is told as `de.kaz.info`.
_NOT_OF_THE_CONTRACT = frozenset({PaperErased.word, PaperKept.word})


def _letter(
    happened: PaperHappened,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
    voided: BallotVoided | None = None,
) -> Letter:
    paper = happened.paper
    spot = spot_in(happened, paper.room_id)
    shown = may_show(paper, spot, view)
    voters = voided.voters if voided else ()
    word = happened.word
    return Letter(
        spot=spot,
        template=template,
        facts={
            "paper": paper,
            "edition": happened.edition if shown else happened.edition.without_words(),
            "withheld": not shown,
            "voided": voided is not None,
            "voters": _people(voters, view),
            "prefix": view.verb_prefix,
            **facts,
        },
        key=(
            info_key(f"paper_{word}", id=paper.number)
            if word in _NOT_OF_THE_CONTRACT
            else paper_key(paper, word)
        ),
        calls=_present(voters, spot, view),
        # That a vote is void concerns everybody, also who has not voted yet.
        loud=voided is not None,
        sealed=paper.sealed and shown,
        subjects=(paper.subject,),
    )


def _encrypted(spot: Spot, view: DeskView) -> bool:
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    return room is not None and room.encrypted


def _present(users: Iterable[UserId], spot: Spot, view: DeskView) -> tuple[UserId, ...]:
    """Whom a letter there may call: who is in the room."""
    room = view.rooms.get(spot.room_id) if spot.room_id else None
    return tuple(user for user in users if room is not None and user in room.members)


def _people(users: Iterable[UserId], view: DeskView) -> list[Person]:
    return [view.person(user) for user in users]
