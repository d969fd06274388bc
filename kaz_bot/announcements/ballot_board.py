"""What a ballot's own message shows: what is voted on, until when, and who is missing."""

from collections.abc import Iterable
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Edit, Key, PollEnd, Spot
from kaz_bot.announcements.papers import may_show, paper_key
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.ballot_events import BallotHappened
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.tally import BodyVote, needed
from kaz_bot.domain.letters import LetterKind, Place, StoredLetter

# More names than this nobody reads; the rest is counted.
LISTED = 20
OPENED, POLL = "ballot/opened", "ballot/poll"


def facts_of(happened: BallotHappened, view: DeskView) -> dict[str, object]:
    """What every text about a ballot may name."""
    shown = is_shown(happened, view)
    return {
        "paper": happened.paper,
        "edition": happened.edition if shown else happened.edition.without_words(),
        "withheld": not shown,
        "ballot": happened.ballot,
        "prefix": view.verb_prefix,
        **_missing(happened),
    }


def board(happened: BallotHappened, view: DeskView) -> dict[str, object]:
    """What the ballot's message names besides."""
    bodies = happened.tally.bodies
    return {
        **facts_of(happened, view),
        "bodies": names(bodies)[:LISTED],
        "more_bodies": max(0, len(bodies) - LISTED),
        "needed": needed(happened.ballot.quorum, len(bodies)),
        "clash": None,
        "remark": "",
    }


def _missing(happened: BallotHappened) -> dict[str, object]:
    tally = happened.tally
    return {
        "entitled": len(tally.bodies),
        "voted": len(tally.voted),
        "left": len(tally.missing),
        "missing": names(tally.missing)[:LISTED],
        "more_missing": max(0, len(tally.missing) - LISTED),
        "unexplained": names(tally.unexplained)[:LISTED],
    }


def names(bodies: Iterable[BodyVote]) -> list[str]:
    """What the bodies are called."""
    return [body.body for body in bodies]


def is_shown(happened: BallotHappened, view: DeskView) -> bool:
    """Whether the words of the paper may be shown in its room."""
    paper = replace(happened.paper, sealed=_was_sealed(happened))
    return may_show(paper, Spot(room_id=happened.ballot.room_id), view)


def is_sealed(happened: BallotHappened, view: DeskView) -> bool:
    """Whether the letter carries words that may not be sent into the open."""
    return _was_sealed(happened) and is_shown(happened, view)


def _was_sealed(happened: BallotHappened) -> bool:
    """Whether the paper was filed, or what was said to the vote was said, encrypted."""
    return happened.paper.sealed or happened.ballot.sealed


def subjects_of(happened: BallotHappened) -> tuple[Subject, ...]:
    """What a sign or a command under a letter about the ballot is meant for."""
    return (happened.paper.subject, happened.ballot.subject)


def key_of(happened: BallotHappened) -> Key:
    """What programs read: the paper, how it stands, what happened."""
    return paper_key(happened.paper, happened.word)


def thread_of(happened: BallotHappened, view: DeskView) -> Spot:
    """Under the ballot's message; where that stayed behind in a replaced room, in the room."""
    room_id = happened.ballot.room_id
    root = _letter(happened, view, LetterKind.MESSAGE)
    if root is None:
        return Spot(room_id=room_id)
    heard = happened.heard
    said_there = heard is not None and heard.thread is not None and heard.thread == root.event_id
    reply_to = heard.reply_to if heard is not None and said_there else None
    return Spot(room_id=room_id, thread=Place(letter=root.id), reply_to=reply_to)


def brought_up_to_date(happened: BallotHappened, view: DeskView) -> list[Announcement]:
    """The ballot's message as it is from now on."""
    root = _letter(happened, view, LetterKind.MESSAGE)
    if root is None:
        return []
    sealed = is_sealed(happened, view)
    return [Edit(of=root, facts=board(happened, view), key=key_of(happened), sealed=sealed)]


def closed(happened: BallotHappened, view: DeskView) -> list[Announcement]:
    """The ballot's message says that it is over, and nobody can answer the poll any more."""
    poll = _letter(happened, view, LetterKind.POLL)
    ends: list[Announcement] = []
    if poll is not None:
        facts = facts_of(happened, view)
        ended = PollEnd(
            of=poll, template="ballot/poll_ended", facts=facts, key=key_of(happened), sealed=False
        )
        ends = [ended]
    return [*brought_up_to_date(happened, view), *ends]


def _letter(happened: BallotHappened, view: DeskView, kind: LetterKind) -> StoredLetter | None:
    here = [
        letter
        for letter in view.told
        if letter.kind is kind and letter.room_id == happened.ballot.room_id
    ]
    return here[0] if here else None
