"""What is said about who votes for whom, when that changes."""

from collections.abc import Iterable, Mapping

from kaz_bot.announcements.letters import Letter, info_key
from kaz_bot.announcements.papers import spot_in
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.bodies import Body
from kaz_bot.domain.committee.electorate_events import BodyRemoved, BodySeated, ElectorateHappened
from kaz_bot.messages import UserId


def electorate_happened(happened: ElectorateHappened, view: DeskView) -> list[Letter]:
    """Answered where it was said; nobody is called because somebody else seated them."""
    match happened:
        case BodySeated(body=body, before=before):
            earlier = _seats(before, view) if before else None
            facts = {**_seats(body, view), "before": earlier}
            return [_letter(happened, view, "electorate/seated", facts)]
        case BodyRemoved():
            return [_letter(happened, view, "electorate/removed", {})]
    raise TypeError(f"no announcement for {type(happened).__name__}")


def _letter(
    happened: ElectorateHappened, view: DeskView, template: str, facts: Mapping[str, object]
) -> Letter:
    body = happened.body
    return Letter(
        spot=spot_in(happened, body.room_id),
        template=template,
        facts={
            "name": body.name,
            "bodies": happened.bodies,
            "unseated": _names(happened.unseated, view),
            "running": happened.running,
            "prefix": view.verb_prefix,
            **facts,
        },
        key=info_key("electorate", body=body.name, event=happened.word),
    )


def _seats(body: Body, view: DeskView) -> dict[str, object]:
    return {"members": _names(body.members, view), "deputies": _names(body.deputies, view)}


def _names(users: Iterable[UserId], view: DeskView) -> list[str]:
    return [view.person(user).name for user in users]
