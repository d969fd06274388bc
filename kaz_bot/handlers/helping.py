"""What can be done in this kind of room, by this person."""

from collections.abc import Sequence

from kaz_bot.commands import Answer, Family, Outcome, Role, Text, UnknownCommand, Verb, verb
from kaz_bot.context import Context
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.words import folded
from kaz_bot.rights import ROOMS_OF, is_admin, usable_in

# Where people have to do with tasks of the committee.
_OF_THE_COMMITTEE = frozenset({RoomKind.COMMITTEE, RoomKind.DIRECT})
_PRIVACY = frozenset({"datenschutz", "privacy"})


@verb("hilfe", "help", allow=Role.PERSON)
async def help_with(ctx: Context, text: Text | None) -> Outcome:
    """The verbs of this room for this person, or one verb explained, or the privacy notice."""
    word = (text or "").removeprefix(ctx.settings.prefix).split(maxsplit=1)
    if not word:
        return await _overview(ctx)
    if folded(word[0]) in _PRIVACY:
        facts = {"url": ctx.settings.privacy_url, "prefix": ctx.settings.prefix}
        return Answer(template="help/privacy", facts=facts, topic="help")
    entry = ctx.desk.verbs.named(word[0])
    if entry is None:
        nearest = ctx.desk.verbs.nearest(word[0])
        raise UnknownCommand(
            word=word[0],
            nearest=nearest,
            looks_like_question=False,
            prefix=ctx.settings.prefix,
            direct=ctx.direct,
        )
    rest = word[1] if len(word) > 1 else ""
    numbered = ctx.desk.verbs.about(entry, rest).about is not None
    entry = _meant(ctx, entry, rest)
    return Answer(
        template="help/verb",
        facts={
            "verb": entry,
            "rooms": tuple(sorted(_rooms(entry))),
            "variants": () if numbered else _variants(ctx, entry),
            "prefix": ctx.settings.prefix,
        },
        topic="help",
    )


def _meant(ctx: Context, entry: Verb, rest: str) -> Verb:
    """Of several verbs of one name that for the number that follows, or for this room."""
    verbs = ctx.desk.verbs
    return usable_in(ctx.room.kind, verbs.about(entry, rest), verbs.twins(entry).values())


def _rooms(entry: Verb) -> frozenset[RoomKind]:
    """Where it can be used: tasks are the business of the committee, and of whoever has them."""
    rooms = ROOMS_OF[entry.allow]
    return rooms & _OF_THE_COMMITTEE if entry.family is Family.TASKS else rooms


def _variants(ctx: Context, entry: Verb) -> tuple[Verb, ...]:
    """The other verbs of its name, each for one kind of number, as far as they go here."""
    twins = ctx.desk.verbs.twins(entry).values()
    return tuple(twin for twin in twins if twin != entry and ctx.room.kind in _rooms(twin))


async def _overview(ctx: Context) -> Outcome:
    admin_rooms = await ctx.work.rooms.of_kind(RoomKind.ADMIN)
    states = [ctx.desk.rooms.get(room.room_id) for room in admin_rooms]
    admin = any(is_admin(ctx.sender, ctx.settings, state) for state in [None, *states])
    usable = tuple(
        entry
        for entry in ctx.desk.verbs.all
        if ctx.room.kind in ROOMS_OF[entry.allow] and (admin or entry.allow is not Role.ADMIN)
    )
    return Answer(
        template="help/overview",
        facts={
            "verbs": tuple(entry for entry in usable if entry.family is None),
            "families": _families(usable, ctx.room.kind),
            "kind": ctx.room.kind,
            "intake": ctx.settings.intake.value,
            "prefix": ctx.settings.prefix,
        },
        topic="help",
    )


def _families(usable: Sequence[Verb], kind: RoomKind) -> tuple[tuple[Family, list[Verb]], ...]:
    """What belongs together; of several verbs of one name the first."""
    named = {
        family: {entry.german: entry for entry in reversed(usable) if entry.family is family}
        for family in Family
        if family is not Family.TASKS or kind in _OF_THE_COMMITTEE
    }
    return tuple((family, [*reversed(found.values())]) for family, found in named.items() if found)


HELPING = (help_with,)
