"""What is said about ballots: opened, voted in, counted, ended without a count."""

from collections.abc import Mapping
from dataclasses import replace

from kaz_bot.announcements.ballot_board import (
    LISTED,
    OPENED,
    POLL,
    board,
    brought_up_to_date,
    closed,
    facts_of,
    is_sealed,
    is_shown,
    key_of,
    names,
    subjects_of,
    thread_of,
)
from kaz_bot.announcements.letters import Announcement, Key, Letter, Poll, Spot
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.ballot_events import (
    BallotAdjourned,
    BallotCancelled,
    BallotCounted,
    BallotHappened,
    BallotOpened,
    BallotVoided,
    OralAsked,
    Unheard,
    VoteCast,
    VoteRefused,
    VotersReminded,
)
from kaz_bot.domain.committee.ballots import SIGNS, Choice, Result
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.effects import Effect
from kaz_bot.domain.committee.tally import Tally, needed
from kaz_bot.errors import ErrorCode

_COUNTED = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BIASED)
# So much of a digest is enough to compare it by eye.
_SHOWN_OF_DIGEST = 16
_RESULTS = {
    Result.PASSED: "ballot/passed",
    Result.REJECTED: "ballot/rejected",
    Result.NO_QUORUM: "ballot/no_quorum",
}
_REFUSALS = {
    Unheard.LATE: ("refusal/late_vote", ErrorCode.BAD_STATE),
    Unheard.NOT_ENTITLED: ("refusal/not_entitled", ErrorCode.NOT_ALLOWED),
}


# One case per kind of event is a table to read, not a tangle to follow.
def ballot_happened(happened: BallotHappened, view: DeskView) -> list[Announcement]:  # noqa: PLR0911
    """The ballot's own message is kept up to date; all else is said under it, or to the room."""
    match happened:
        case BallotOpened():
            return _opened(happened, view)
        case VoteCast():
            return _voted(happened, view)
        case VoteRefused():
            return [_refused(happened, view)]
        case VotersReminded():
            return [_reminded(happened, view)]
        case BallotCounted():
            return [_counted(happened, view), *closed(happened, view)]
        case BallotVoided():
            return closed(happened, view)
        case BallotCancelled(tally=tally):
            voters = {"voters": names(tally.voted)[:LISTED]}
            return [_to_all(happened, view, "ballot/cancelled", voters), *closed(happened, view)]
        case BallotAdjourned(meeting=meeting):
            then = {"meeting": meeting}
            return [_to_all(happened, view, "ballot/adjourned", then), *closed(happened, view)]
        case OralAsked(reason=reason, body=body, meeting=meeting):
            asked = {"reason": reason, "body": body, "meeting": meeting}
            return [_to_all(happened, view, "ballot/oral", asked), *closed(happened, view)]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _opened(happened: BallotOpened, view: DeskView) -> list[Announcement]:
    spot = Spot(room_id=happened.ballot.room_id)
    shown = {**board(happened, view), "clash": happened.clash, "remark": happened.remark}
    poll = Poll(
        spot=spot,
        template=POLL,
        facts=facts_of(happened, view),
        answers=tuple(SIGNS.values()),
        words="choice",
        key=key_of(happened),
        sealed=is_sealed(happened, view),
        subjects=subjects_of(happened),
    )
    root = Letter(
        spot=spot,
        template=OPENED,
        facts=shown,
        key=key_of(happened),
        loud=True,
        sealed=is_sealed(happened, view),
        reactions=tuple(SIGNS),
        subjects=subjects_of(happened),
    )
    return [root, poll]


def _voted(happened: VoteCast, view: DeskView) -> list[Announcement]:
    """Answered under the ballot; whoever announced an objection is called to say why."""
    # When it is counted at once, the message is brought up to date by that.
    moved = happened.moved and not happened.tally.complete
    edits = brought_up_to_date(happened, view) if moved else []
    if happened.quiet:
        return edits
    asked = happened.effect is Effect.UNEXPLAINED
    body = happened.tally.of(happened.elector.body)
    answer = Letter(
        spot=thread_of(happened, view),
        template="ballot/voted",
        facts={
            **facts_of(happened, view),
            "person": view.person(happened.elector.person),
            "deputy": happened.elector.seat is Seat.DEPUTY,
            "body": body.body,
            "choice": happened.vote.choice,
            "effect": happened.effect,
            "others": body.missing and bool(body.members or body.deputies),
            "way": happened.vote.way,
            "speaks": view.person(body.person) if body.person else None,
        },
        key=key_of(happened),
        calls=(happened.elector.person,) if asked else (),
        sealed=is_sealed(happened, view),
        subjects=(happened.paper.subject,),
    )
    return [answer, *edits]


def _refused(happened: VoteRefused, view: DeskView) -> Letter:
    template, code = _REFUSALS[happened.why]
    person = view.person(happened.by) if happened.by else None
    bodies = names(happened.tally.bodies)
    return Letter(
        spot=thread_of(happened, view),
        template=template,
        facts={
            **facts_of(happened, view),
            "bodies": bodies[:LISTED],
            "unread": happened.unread,
            "oral": False,
            "named": person,
        },
        key=Key(name="de.kaz.error", content={"code": code.value}),
        sealed=is_sealed(happened, view),
        subjects=(happened.paper.subject,),
    )


def _reminded(happened: VotersReminded, view: DeskView) -> Letter:
    return Letter(
        spot=thread_of(happened, view),
        template="ballot/reminded",
        facts={**facts_of(happened, view), "last": happened.last},
        key=key_of(happened),
        calls=happened.called,
        loud=True,
        sealed=is_sealed(happened, view),
        reactions=tuple(SIGNS),
        subjects=subjects_of(happened),
    )


def _counted(happened: BallotCounted, view: DeskView) -> Letter:
    """The result, to everybody."""
    tally, decision = happened.tally, happened.decision
    silent = names(one for one in tally.bodies if one.silent)
    # What was said encrypted with a vote is not repeated in the open.
    dissent = tally.dissent if is_shown(happened, view) else ()
    facts = {
        "votes": _votes(tally),
        "silent": silent[:LISTED],
        "more_silent": max(0, len(silent) - LISTED),
        "dissent": dissent[:LISTED],
        "more_dissent": max(0, len(dissent) - LISTED),
        "needed": needed(tally.ballot.quorum, tally.entitled),
        "biased": not tally.entitled,
        "present": tally.present - len(silent),
        "late": happened.late,
        "digest": decision.digest[:_SHOWN_OF_DIGEST] if decision else "",
    }
    decided = (decision.subject,) if decision else ()
    told = _to_all(happened, view, _RESULTS[tally.result], facts)
    return replace(told, subjects=(happened.paper.subject, *decided))


def _votes(tally: Tally) -> list[dict[str, object]]:
    """Each choice that somebody made, with who made it."""
    lines: list[dict[str, object]] = []
    for choice in _COUNTED:
        bodies = names(one for one in tally.bodies if one.choice is choice)
        if bodies:
            more = max(0, len(bodies) - LISTED)
            line = {"choice": choice, "count": len(bodies), "bodies": bodies[:LISTED], "more": more}
            lines.append(line)
    return lines


def _to_all(
    happened: BallotHappened, view: DeskView, template: str, facts: Mapping[str, object]
) -> Letter:
    """Said aloud in the room, whoever looks at the ballot's message or not."""
    return Letter(
        spot=Spot(room_id=happened.ballot.room_id),
        template=template,
        facts={
            **facts_of(happened, view),
            "by": view.person(happened.by) if happened.by else None,
            **facts,
        },
        key=key_of(happened),
        loud=True,
        sealed=is_sealed(happened, view),
        subjects=(happened.paper.subject,),
    )
