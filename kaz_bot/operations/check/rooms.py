"""Whether the bot can do its work in a room, and whether only the right people read along."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kaz_bot.config import Settings
from kaz_bot.domain.rooms import GUARDED, RoomKind
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.rooms import STATE_TYPES, RoomBook, state_events
from kaz_bot.matrix.shapes import Json, at, integer, mapping, text
from kaz_bot.messages import JoinRule, RoomId, RoomState, UserId, server_of
from kaz_bot.operations.check.findings import Finding, ok, problem, warning

_MOST_NAMED = 5
_NOTHING = {"types": list[str]()}
_FILTER = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "state": {"types": STATE_TYPES},
        "timeline": {"types": STATE_TYPES, "limit": 1},
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    },
}


@dataclass(frozen=True, kw_only=True)
class RoomToCheck:
    """A room of the settings or of the database; `purpose` is the word operators know it by.

    `room` is what the operator wrote, an alias perhaps; `room_id` is known once it is resolved.
    """

    purpose: str
    room: str
    kind: RoomKind
    room_id: str = ""

    @property
    def about(self) -> Mapping[str, str]:
        """The facts by which every finding names the room."""
        return {"purpose": self.purpose, "room": self.room}


class Surroundings:
    """Where the bot is and where it is invited, as one sync shows it."""

    def __init__(self, bot: UserId, sync: Json) -> None:
        self._book = RoomBook(bot)
        self._book.update(sync)
        self._joined = mapping(at(sync, "rooms", "join"))
        self.invited = frozenset(mapping(at(sync, "rooms", "invite")))

    def state(self, room_id: str) -> RoomState | None:
        """The room, or nothing when the bot is not in it."""
        return self._book.get(RoomId(room_id))

    def content(self, room_id: str, kind: str) -> Json:
        """The content of the room's latest state event of this kind."""
        events = state_events(mapping(self._joined.get(room_id)))
        contents = [mapping(event.get("content")) for event in events if event.get("type") == kind]
        return contents[-1] if contents else {}


async def surroundings(api: Api, bot: UserId) -> Surroundings:
    """The present state of all rooms. Without `since` a sync takes nothing away from the bot."""
    query = {"filter": json.dumps(_FILTER), "set_presence": "offline", "timeout": "0"}
    return Surroundings(bot, await api.get("sync", query=query))


async def resolve(api: Api, to_check: RoomToCheck) -> RoomToCheck | Finding:
    """The same by its id; a finding if nobody knows the alias."""
    if not to_check.room.startswith("#"):
        return replace(to_check, room_id=to_check.room)
    try:
        answer = await api.get("directory", "room", to_check.room)
    except HomeserverRefused as refusal:
        return problem("room_unknown", **to_check.about, answer=str(refusal))
    return replace(to_check, room_id=text(answer.get("room_id")) or "")


def check_room(to_check: RoomToCheck, around: Surroundings, settings: Settings) -> list[Finding]:
    """All that is to be said about one room."""
    about, room_id = to_check.about, to_check.room_id
    if room_id in around.invited:
        return [warning("room_invited", **about)]
    state = around.state(room_id)
    if state is None:
        return [problem("room_not_joined", **about, user=settings.user_id)]
    found = [
        *_readers(to_check, state, settings),
        *_powers(to_check, state, around.content(room_id, "m.room.power_levels"), settings),
        *_operators(to_check, state, settings),
        *_successor(to_check, around.content(room_id, "m.room.tombstone")),
    ]
    return found or [ok("room_ok", **about, members=len(state.members))]


def _readers(to_check: RoomToCheck, state: RoomState, settings: Settings) -> Iterator[Finding]:
    about = to_check.about
    guarded = to_check.kind in GUARDED
    if state.is_space:
        yield problem("room_is_space", **about)
    if guarded and state.join_rule is JoinRule.PUBLIC:
        yield problem("room_public", **about)
    if guarded and state.world_readable:
        yield problem("room_world_readable", **about)
    if not state.encrypted:
        yield warning("room_unencrypted", **about)
    strangers = {server_of(user) for user in state.members} - settings.allowed_servers
    if strangers:
        yield warning("room_strangers", **about, servers=_named(strangers))


def _powers(
    to_check: RoomToCheck, state: RoomState, levels: Json, settings: Settings
) -> Iterator[Finding]:
    about = to_check.about
    power = state.power(settings.user_id)
    for what, needed in needed_powers(levels, encrypted=state.encrypted).items():
        if power < needed:
            finding = problem if what == "send" else warning
            yield finding(f"room_cannot_{what}", **about, has=int(power), needs=needed)


def needed_powers(levels: Json, *, encrypted: bool) -> Mapping[str, int]:
    """The power that sending, reacting and taking back one's own messages need."""
    events = mapping(levels.get("events"))
    otherwise = _level(levels, "events_default", 0)
    message = "m.room.encrypted" if encrypted else "m.room.message"
    kinds = {"send": message, "react": "m.reaction", "redact": "m.room.redaction"}
    return {what: _level(events, kind, otherwise) for what, kind in kinds.items()}


def _level(levels: Json, name: str, otherwise: int) -> int:
    level = integer(levels.get(name))
    return otherwise if level is None else level


def _operators(to_check: RoomToCheck, state: RoomState, settings: Settings) -> Iterator[Finding]:
    if to_check.kind is RoomKind.ADMIN:
        for user in sorted(settings.admins - state.members.keys()):
            yield warning("admin_outside", user=user, room=to_check.room)


def _successor(to_check: RoomToCheck, tombstone: Json) -> Iterator[Finding]:
    replacement = text(tombstone.get("replacement_room"))
    if replacement:
        yield warning("room_upgraded", **to_check.about, replacement=replacement)


def _named(servers: set[str]) -> str:
    more = ["…"] if len(servers) > _MOST_NAMED else []
    return ", ".join([*sorted(servers)[:_MOST_NAMED], *more])
