"""Who may do what, where: every verb in every kind of room, by members of that moment only."""

import pytest

from kaz_bot.domain.rooms import RoomKind
from kaz_bot.menu import VERBS
from kaz_bot.messages import RoomId, UserId
from tests.desk import (
    ANN,
    BEK,
    BOT,
    CEM,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    FRED,
    KIM,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    PROJECTS,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
)

PLACES: dict[RoomKind, tuple[RoomId, UserId]] = {
    RoomKind.PROJECT: (PROJECT, EVA),
    RoomKind.DIRECT: (EVAS_CHAT, EVA),
    RoomKind.AREA: (PROCUREMENT, ANN),
    RoomKind.COMMITTEE: (COMMITTEE, KIM),
    RoomKind.ADMIN: (OPERATIONS, OPA),
}
# What product.md promises, word by word.
ASKING = {
    "ask",
    "mine",
    "municipality",
    "withdraw",
    "reopen",
    "area",
    "helpful",
    "not-helpful",
    "fits",
}
READING = {"status", "show", "history"}
WORKING = {
    *("claim", "release", "assign", "route", "reply", "query", "note", "resolve", "close"),
    *("priority", "merge", "list", "blocked"),
}
DECIDING = {
    *("decision", "vote", "yes", "no", "abstain", "biased", "oral", "electorate", "publish"),
    *("task", "tasks", "meeting", "agenda", "result", "present", "excused", "minutes"),
    *("show", "history"),
}
EVERYWHERE = {
    *("help", "remind", "reminders", "deadline", "cutoff", "done", "snooze", "cancel"),
    *("holidays", "calendar", "search"),
    # What the committee publishes, and what it gave somebody to do.
    *("decisions", "accept", "decline"),
    # What was released for all, and what happened here.
    *("solution", "solutions", "catalogue"),
}
SUBSCRIBING = {"digest"}
REPORTING = {"report"}
ALLOWED = {
    RoomKind.PROJECT: ASKING | READING | EVERYWHERE | SUBSCRIBING,
    RoomKind.DIRECT: ASKING
    | READING
    | EVERYWHERE
    | SUBSCRIBING
    | {"my-data", "forget-me", "tasks"},
    RoomKind.AREA: WORKING | READING | EVERYWHERE | REPORTING | SUBSCRIBING,
    RoomKind.COMMITTEE: DECIDING | EVERYWHERE | REPORTING | SUBSCRIBING,
    # A decision that is published can be read here too.
    RoomKind.ADMIN: EVERYWHERE | REPORTING | {"room", "health", "show", "history"},
}


@pytest.mark.parametrize("kind", list(RoomKind))
async def test_a_verb_is_for_its_rooms(desk: DeskAtWork, kind: RoomKind) -> None:
    room, person = PLACES[kind]
    assert await _allowed(desk, person, room) == ALLOWED[kind]


async def _allowed(desk: DeskAtWork, person: UserId, room: RoomId) -> set[str]:
    """The verbs that are not refused to the person there, whatever else is missing."""
    names = [entry.english for entry in VERBS.all]
    told = {}
    for name in names:
        await desk.says(person, f"!kaz {name}", room=room)
        told[name] = desk.told(room)
    return {name for name in names if told[name] != ["error:not_allowed"]}


ABOUT_A_TICKET = {
    "claim": "claim 1",
    "release": "release 1",
    "assign": "assign @cem 1",
    "route": "route standards 1",
    "reply": "reply 1 Ja.",
    "query": "query 1 Wie?",
    "note": "note 1 Hm.",
    "resolve": "resolve 1 Ja.",
    "close": "close 1 Nein.",
    "priority": "priority high 1",
    "merge": "merge 1 2",
}


@pytest.mark.parametrize("verb", ABOUT_A_TICKET)
async def test_specialists_of_another_area_do_not_work_on_a_ticket(
    desk: DeskAtWork, verb: str
) -> None:
    await desk.has_ticket()
    before = await desk.ticket(1)
    [refusal] = await desk.says(CEM, f"!kaz {ABOUT_A_TICKET[verb]}")
    assert desk.told(SECURITY) == ["error:not_allowed"]
    assert "Vergabe" in refusal
    assert await desk.ticket(1) == before


@pytest.mark.parametrize("verb", ["withdraw", "reopen", "area sicherheit", "helpful"])
async def test_nobody_acts_on_what_somebody_else_asked(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket("resolved")
    before = await desk.ticket(1)
    await desk.says(UDO, f"!kaz {verb} 1", room=PROJECT)
    assert desk.told(PROJECT) == ["error:not_allowed"]
    assert await desk.ticket(1) == before


@pytest.mark.parametrize("verb", ["status", "show", "history"])
async def test_people_of_another_room_do_not_read_a_ticket(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    [refusal] = await desk.says(UDO, f"!kaz {verb} 1")
    assert "freihändig" not in refusal
    assert [sent.told for sent in desk.last] == ["error:not_allowed"]


@pytest.mark.parametrize("verb", ["status", "show", "history"])
async def test_people_of_the_same_room_do(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    await desk.says(UDO, f"!kaz {verb} 1", room=PROJECT)
    assert desk.told(PROJECT)[0].startswith("info:")


@pytest.mark.parametrize("verb", ["status", "show", "history"])
async def test_nobody_else_reads_a_confidential_ticket(desk: DeskAtWork, verb: str) -> None:
    await desk.asks(EVA, "Wer unterschreibt? #vergabe", room=EVAS_CHAT)
    await desk.says(EVA, f"!kaz {verb} 1", room=PROJECT)
    assert desk.told(PROJECT) == ["error:not_allowed"]


async def test_membership_counts_at_the_moment_of_the_command(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    command = desk.said(ANN, "!kaz claim 1")
    desk.homeserver.rooms.leave(PROCUREMENT, ANN)
    await desk.takes(command)
    assert desk.told(PROCUREMENT) == ["error:not_allowed"]
    assert (await desk.ticket(1)).state == "new"


async def test_whoever_came_in_just_now_may_claim(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.rooms.enter(PROCUREMENT, CEM)
    await desk.says(CEM, "!kaz claim 1", room=PROCUREMENT)
    assert (await desk.ticket(1)).assignee == CEM


async def test_a_display_name_gives_no_rights(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    members = {BOT: "Kaz", EVA: "Ann", UDO: "Opa"}
    desk.homeserver.rooms.change(PROJECT, members=members)
    await desk.says(EVA, "!kaz claim 1")
    assert desk.told(PROJECT) == ["error:not_allowed"]


@pytest.mark.parametrize("text", ["!kaz frage Wer prüft das?", "!kaz hilfe", "Kaz: hilfe"])
async def test_people_of_elsewhere_are_told_that_they_are_not_served(
    desk: DeskAtWork, text: str
) -> None:
    desk.homeserver.rooms.enter(PROJECT, FRED)
    await desk.says(FRED, text, mentions=frozenset({BOT}))
    assert desk.told(PROJECT) == ["error:not_allowed"]
    assert "prüft" not in await desk.remembers()


async def test_people_of_elsewhere_claim_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.rooms.enter(PROCUREMENT, FRED)
    await desk.reacts(FRED, "🙋", desk.root(1), room=PROCUREMENT)
    await desk.says(FRED, "!kaz claim 1", room=PROCUREMENT)
    await desk.says(ANN, "!kaz assign @fred 1")
    assert (await desk.ticket(1)).assignee is None


async def test_members_of_the_operators_room_are_admins_everywhere(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.enter(PROJECT, OPA)
    await desk.says(OPA, "!kaz raum", room=PROJECT)
    assert desk.told(PROJECT) == ["info:room"]
    desk.homeserver.rooms.leave(OPERATIONS, OPA)
    await desk.says(OPA, "!kaz raum", room=PROJECT)
    assert desk.told(PROJECT) == ["error:not_allowed"]


async def test_named_admins_need_no_room(open_desk: OpenDesk) -> None:
    desk = await open_desk(admins=frozenset({EVA}))
    await desk.says(EVA, "!kaz zustand")
    assert desk.told(PROJECT) == ["info:health"]


async def test_where_an_area_has_no_room_the_default_area_works(desk: DeskAtWork) -> None:
    await desk.binds(PROCUREMENT, kind=RoomKind.PROJECT, area=None)
    await desk.has_ticket()
    await desk.says(CEM, "!kaz claim 1")
    assert desk.told(SECURITY) == ["error:not_allowed"]
    await desk.reacts(BEK, "🙋", desk.root(1, PROJECTS), room=PROJECTS)
    assert (await desk.ticket(1)).assignee is None
    desk.homeserver.rooms.enter(PROJECTS, BEK)
    await desk.reacts(BEK, "🙋", desk.root(1, PROJECTS), room=PROJECTS)
    assert (await desk.ticket(1)).assignee == BEK


def test_every_verb_names_who_may_use_it() -> None:
    assert {entry.english for entry in VERBS.all} == set().union(*ALLOWED.values())
