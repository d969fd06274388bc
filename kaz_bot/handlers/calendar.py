"""What people say to see their dates in their own calendar: the file, and an address for it."""

from dataclasses import replace

from kaz_bot.agenda import Agenda, agenda_of_person, agenda_of_room
from kaz_bot.calendars import written
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.feeds import Feed, new_token
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import Enclosure

_NEW = frozenset({"neu", "new"})
_OFF = frozenset({"aus", "off"})
_MEDIA_TYPE = "text/calendar"


class UnknownCalendarWord(Refusal):
    """After the verb nothing is possible but the words that are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_calendar_word"


@verb("kalender", "calendar", allow=Role.PERSON, family=Family.TIME)
async def calendar(ctx: Context, text: Text | None) -> Outcome:
    """The dates as a file, and an address to subscribe to them: the room's, or in a direct chat
    one's own. With a word: another address, or none any more."""
    word = folded(text or "")
    if word in _OFF:
        return await _switched_off(ctx)
    if word and word not in _NEW:
        raise UnknownCalendarWord(word=text, prefix=ctx.settings.prefix)
    feed = await _feed(ctx, anew=word in _NEW)
    agenda = await _agenda(ctx)
    shown_there = feed is None or feed.sealed
    return Answer(
        template="info/calendar",
        facts={
            "direct": ctx.direct,
            "prefix": ctx.settings.prefix,
            "count": agenda.calendar.count,
            "withheld": agenda.withheld,
            "address": _address(ctx, feed),
            "missing": 0 if shown_there else agenda.sealed_entries,
            "served": ctx.settings.http_bind is not None,
            "anew": word in _NEW,
        },
        topic="calendar",
        sealed=agenda.sealed_entries > 0 or (feed is not None and feed.sealed),
        enclosure=_enclosure(ctx, agenda),
    )


async def _switched_off(ctx: Context) -> Answer:
    feed = await _latest(ctx)
    was_on = feed is not None and feed.live
    if feed is not None:
        await ctx.work.feeds.save(feed.revoked(ctx.now))
    facts = {"was_on": was_on, "direct": ctx.direct, "prefix": ctx.settings.prefix}
    return Answer(template="info/calendar_off", facts=facts, topic="calendar")


async def _feed(ctx: Context, *, anew: bool) -> Feed | None:
    """The live address; the first one is made by itself, after a revocation only `anew`."""
    if ctx.settings.http_bind is None:
        return None
    latest = await _latest(ctx)
    if latest is not None and not anew:
        if not latest.live:
            return None
        told = latest.told(encrypted=ctx.state.encrypted)
        await ctx.work.feeds.save(told)
        return told
    if latest is not None:
        await ctx.work.feeds.save(latest.revoked(ctx.now))
    return await ctx.work.feeds.add(_blank(ctx))


def _blank(ctx: Context) -> Feed:
    feed = Feed(token=new_token(), sealed=ctx.state.encrypted, made_at=ctx.now)
    if ctx.direct:
        return replace(feed, person=ctx.sender)
    return replace(feed, room_id=ctx.room.room_id)


async def _latest(ctx: Context) -> Feed | None:
    if ctx.direct:
        return await ctx.work.feeds.of_person(ctx.sender)
    return await ctx.work.feeds.of_room(ctx.room.room_id)


async def _agenda(ctx: Context) -> Agenda:
    sealed = ctx.state.encrypted
    if ctx.direct:
        return await agenda_of_person(ctx.work, ctx.desk, ctx.sender, ctx.now, sealed=sealed)
    return await agenda_of_room(ctx.work, ctx.desk, ctx.room, ctx.now, sealed=sealed)


def _address(ctx: Context, feed: Feed | None) -> str:
    return f"{ctx.settings.public_url}/calendar/{feed.token}.ics" if feed else ""


def _enclosure(ctx: Context, agenda: Agenda) -> Enclosure:
    words = ctx.desk.words("calendar", ctx.room.language)
    return Enclosure(
        name=f"{words['file']}.ics",
        media_type=_MEDIA_TYPE,
        content=written(agenda.calendar, words),
    )


CALENDAR = (calendar,)
