"""What people say about who votes for whom: name the bodies of a committee, and read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaz_bot.bringing_forward import heard
from kaz_bot.commands import (
    Answer,
    Family,
    MissingText,
    Outcome,
    Role,
    Seating,
    Text,
    UnknownPerson,
    seating,
    verb,
)
from kaz_bot.context import Context, TooLong
from kaz_bot.domain.committee.bodies import (
    Body,
    BodyId,
    BodyNotFound,
    NoVoter,
    check_seats,
    key_of,
)
from kaz_bot.domain.committee.electorate_events import BodyRemoved, BodySeated
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.messages import UserId
from kaz_bot.rights import chairs, check_chair, is_voter

# Longer names do not fit into a line of a result, and nobody seats more people at once.
LONGEST_NAME = 80
_LONGEST = 2000


@verb("stimmberechtigt", "electorate", allow=Role.MEMBER, family=Family.VOTES, everyday=True)
async def electorate(ctx: Context, text: Text | None) -> Outcome:
    """Say who speaks for a body and who stands in for them; without people, read it."""
    bodies = await ctx.work.bodies.of(ctx.room.room_id)
    if text is None:
        return await _listed(ctx, bodies, bodies)
    wanted = _wanted(ctx, text)
    known = next((body for body in bodies if body.key == key_of(wanted.name)), None)
    changes = wanted.members or wanted.deputies or wanted.removed
    if changes:
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    if known is None and not wanted.members:
        raise _not_found(ctx, wanted, bodies)
    if known is not None and wanted.removed:
        return await _remove(ctx, known, bodies)
    if known is not None and not changes:
        return await _listed(ctx, bodies, [known])
    return await _seat(ctx, wanted, known, bodies)


def _wanted(ctx: Context, text: str) -> Seating:
    if len(text) > _LONGEST:
        raise TooLong(limit=_LONGEST, length=len(text))
    mentioned = tuple(sorted(ctx.said.mentions - {ctx.desk.bot})) if ctx.said else ()
    example = {"verb": ctx.verb, "prefix": ctx.settings.prefix}
    wanted = seating(text, ctx.state.members, mentioned, **example)
    if not any(letter.isalnum() for letter in wanted.name):
        raise MissingText(**example)
    if len(wanted.name) > LONGEST_NAME:
        raise TooLong(limit=LONGEST_NAME, length=len(wanted.name))
    return wanted


def _not_found(
    ctx: Context, wanted: Seating, bodies: Sequence[Body]
) -> BodyNotFound | UnknownPerson:
    if wanted.deputies:
        return UnknownPerson(word="", verb=ctx.verb, prefix=ctx.settings.prefix)
    names = tuple(body.name for body in bodies)
    return BodyNotFound(name=wanted.name, bodies=names, prefix=ctx.settings.prefix)


async def _seat(
    ctx: Context, wanted: Seating, known: Body | None, bodies: Sequence[Body]
) -> Outcome:
    """Its seats from now on. Of a known body the deputies can be named alone."""
    _check_voters(ctx, (*wanted.members, *wanted.deputies))
    body = known or Body(id=BodyId(0), room_id=ctx.room.room_id, name=wanted.name)
    seated = body.seated(wanted.members or body.members, wanted.deputies)
    check_seats(seated, bodies)
    if seated == known:
        return await _listed(ctx, bodies, [known])
    store = ctx.work.bodies
    saved = await (store.add(seated) if known is None else store.save(seated))
    others = [other for other in bodies if other.key != saved.key]
    return BodySeated(
        saved,
        before=known,
        bodies=len(others) + 1,
        unseated=_unseated(ctx, [*others, saved]),
        running=await _running(ctx),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _remove(ctx: Context, body: Body, bodies: Sequence[Body]) -> BodyRemoved:
    await ctx.work.bodies.remove(body)
    others = [other for other in bodies if other.key != body.key]
    return BodyRemoved(
        body,
        bodies=len(others),
        unseated=_unseated(ctx, others),
        running=await _running(ctx),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _check_voters(ctx: Context, people: Sequence[UserId]) -> None:
    """Raises NoVoter for bots, and for people whom this desk does not serve."""
    for person in people:
        if not is_voter(person, ctx.settings):
            bot = person in ctx.settings.bots | {ctx.desk.bot}
            raise NoVoter(name=ctx.name_of(person), bot=bot)


def _unseated(ctx: Context, bodies: Sequence[Body]) -> tuple[UserId, ...]:
    """Who is in the room and speaks for no body; without bodies all speak for themselves."""
    if not bodies:
        return ()
    seated = {person for body in bodies for person in body.people}
    voters = (person for person in ctx.state.members if is_voter(person, ctx.settings))
    return tuple(sorted(person for person in voters if person not in seated))


async def _running(ctx: Context) -> tuple[Subject, ...]:
    """The papers that are being voted on, by electors who stay the same."""
    ballots = await ctx.work.ballots.open_in(ctx.room.room_id)
    papers = await ctx.work.papers.many(ballot.paper_id for ballot in ballots)
    return tuple(paper.subject for paper in papers.values())


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody who speaks for a body, by name. `away`: they are not in the room."""

    name: str
    away: bool


async def _listed(ctx: Context, bodies: Sequence[Body], shown: Sequence[Body]) -> Answer:
    voters = [person for person in ctx.state.members if is_voter(person, ctx.settings)]
    return Answer(
        template="info/electorate",
        facts={
            "lines": [
                {
                    "name": body.name,
                    "members": [_sitting(ctx, person) for person in body.members],
                    "deputies": [_sitting(ctx, person) for person in body.deputies],
                }
                for body in shown
            ],
            "unseated": [ctx.name_of(person) for person in _unseated(ctx, bodies)],
            "everybody": sorted(ctx.name_of(person) for person in voters),
            "running": await _running(ctx),
            "prefix": ctx.settings.prefix,
        },
        topic="electorate",
        data={"bodies": [body.name for body in shown]},
    )


def _sitting(ctx: Context, person: UserId) -> Sitting:
    return Sitting(name=ctx.name_of(person), away=person not in ctx.state.members)


ELECTORATE = (electorate,)
