"""What people say to read a digest: now, each week, each day, or not at all."""

from dataclasses import replace
from datetime import timedelta

from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.digesting import digest_of_person, digest_of_room, picture_of
from kaz_bot.digests_due import next_time
from kaz_bot.domain.digest_events import DigestTold
from kaz_bot.domain.digests import DigestOrder, Rhythm
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal

# What is shown to whoever has not read any.
_WEEK = timedelta(days=7)
_NOW = frozenset({"jetzt", "now", "sofort"})
_RHYTHMS = {
    **dict.fromkeys(("an", "on", "ein", "woche", "week"), Rhythm.WEEKLY),
    **dict.fromkeys(("woechentlich", "wochentlich", "weekly"), Rhythm.WEEKLY),
    **dict.fromkeys(("tag", "day", "taeglich", "taglich", "daily"), Rhythm.DAILY),
    **dict.fromkeys(("aus", "off"), Rhythm.OFF),
}
_ON = frozenset({"an", "on", "ein"})


class UnknownDigestWord(Refusal):
    """After the verb nothing is possible but the words that are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_digest_word"


@verb("digest", "digest", allow=Role.SUBSCRIBER, family=Family.KNOWLEDGE)
async def digest(ctx: Context, text: Text | None) -> Outcome:
    """What happened since the last one: the room's, or in a direct chat one's own. Without a word
    it is told how often that comes."""
    word = folded(text or "").strip(" .,;:!?")
    order = await _order(ctx)
    if not word:
        return _told(ctx, order)
    if word in _NOW:
        return await _shown(ctx, order)
    rhythm = _RHYTHMS.get(word)
    if rhythm is None:
        raise UnknownDigestWord(word=text, prefix=ctx.settings.prefix)
    if word in _ON and order.rhythm is not Rhythm.OFF:
        # It is on already, as often as somebody has said before.
        rhythm = order.rhythm
    upcoming = next_time(rhythm, ctx.settings, ctx.now)
    saved = await ctx.work.digests.save(order.ordered(rhythm, next_at=upcoming, at=ctx.now))
    return _told(ctx, saved, changed=rhythm is not order.rhythm)


async def _order(ctx: Context) -> DigestOrder:
    """As it is kept; a person has ordered none as long as they have not said so."""
    if ctx.direct:
        kept = await ctx.work.digests.of_person(ctx.sender)
        return kept or replace(_blank(ctx, Rhythm.OFF), person=ctx.sender)
    kept = await ctx.work.digests.of_room(ctx.room.room_id)
    return kept or replace(_blank(ctx, Rhythm.WEEKLY), room_id=ctx.room.room_id)


def _blank(ctx: Context, rhythm: Rhythm) -> DigestOrder:
    """What is told of begins now."""
    return DigestOrder(
        rhythm=rhythm,
        next_at=next_time(rhythm, ctx.settings, ctx.now),
        covered_until=ctx.now,
        changed_at=ctx.now,
    )


def _told(ctx: Context, order: DigestOrder, *, changed: bool = False) -> Answer:
    """How often it comes, when next, and how to change that."""
    return Answer(
        template="info/digest",
        facts={
            "rhythm": order.rhythm,
            "next_at": order.next_at,
            "changed": changed,
            "direct": ctx.direct,
            "prefix": ctx.settings.prefix,
        },
        topic="digest",
        data={"rhythm": order.rhythm},
    )


async def _shown(ctx: Context, order: DigestOrder) -> DigestTold:
    """What has happened since the last one; the next one will tell it all the same.

    Without a last one the past week is shown.
    """
    since = order.covered_until
    if order.rhythm is Rhythm.OFF or not order.id:
        since = ctx.now - _WEEK
    if ctx.direct:
        composed = await digest_of_person(
            ctx.work, ctx.desk, ctx.sender, ctx.state, since=since, now=ctx.now
        )
    else:
        composed = await digest_of_room(
            ctx.work, ctx.desk, ctx.room, ctx.state, since=since, now=ctx.now
        )
    picture = None if composed.empty else await picture_of(ctx.work, ctx.desk, ctx.room, ctx.now)
    return DigestTold(
        room_id=ctx.room.room_id,
        digest=composed,
        rhythm=order.rhythm,
        picture=picture,
        heard=await heard(ctx),
        at=ctx.now,
    )


DIGEST = (digest,)
