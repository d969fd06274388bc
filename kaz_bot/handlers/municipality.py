"""What people say about the municipality for which a room, or they themselves, ask."""

from collections.abc import Sequence

from kaz_bot.affiliating import affiliation_here, bind
from kaz_bot.announcements.municipalities import ASKED, CHOICE, DIGITS, TOPIC
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, typed, verb
from kaz_bot.context import Context
from kaz_bot.domain.municipalities import Municipality
from kaz_bot.domain.municipality_events import MunicipalityBound, MunicipalityUnclear
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, Said
from kaz_bot.municipalities import directory
from kaz_bot.store import Work

_NONE = frozenset("keine keiner kein keins nein nichts none no nothing".split())
# Names are no longer; more words are a sentence, and part of the conversation.
_WORDS_OF_A_NAME = 6
# Written small, um, los and pr are words and no plates.
_LONGEST_PLATE = 3
# Clients send them with and without the mark that makes a picture of them.
_DIGITS = frozenset(digit.replace("\ufe0f", "") for digit in DIGITS)


class MunicipalityNotFound(Refusal):
    """No municipality of Brandenburg is called so; told which are called nearly so."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/municipality_not_found"


class NotAmongChoices(Refusal):
    """A digit that does not stand in the choice; told which do."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/not_among_choices"


@verb("kommune", "municipality", allow=Role.ASKING, family=Family.KNOWLEDGE)
async def municipality(ctx: Context, text: Text | None) -> Outcome:
    """Say for which one this room, or in a direct chat oneself, asks; without a name, read it."""
    if text is None:
        return await _read(ctx)
    if _is_none(text):
        return await _bound(ctx, None)
    found = directory().find(text)
    if not found:
        nearest = directory().nearest(text)
        raise MunicipalityNotFound(word=text, nearest=nearest, prefix=ctx.settings.prefix)
    if len(found) > 1:
        return MunicipalityUnclear(
            choices=tuple(sorted(found, key=lambda one: one.key)),
            shared=not ctx.direct,
            by=ctx.sender,
            at=ctx.now,
            heard=await heard(ctx),
        )
    return await _bound(ctx, found[0])


async def _read(ctx: Context) -> Answer:
    affiliation = await affiliation_here(ctx)
    key = affiliation.municipality if affiliation else None
    return Answer(
        template="info/municipality",
        facts={
            "municipality": directory().get(key) if key else None,
            "shared": not ctx.direct,
            "prefix": ctx.settings.prefix,
        },
        topic=TOPIC,
        data={"municipality": key},
    )


async def _bound(ctx: Context, chosen: Municipality | None) -> Outcome:
    followed = await bind(ctx, chosen.key if chosen else None)
    bound = MunicipalityBound(
        municipality=chosen,
        tickets=sum(_holds_for(event.ticket, chosen) for event in followed),
        shared=not ctx.direct,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )
    return [bound, *followed]


def _holds_for(ticket: Ticket, chosen: Municipality | None) -> bool:
    """Whether it is worked on and now asked for this one: another's may count before it."""
    return ticket.active and ticket.municipality == (chosen.key if chosen else None)


async def is_question(work: Work, event: EventId) -> bool:
    """Whether the message asks for a municipality, so that a name in reply is the answer."""
    letter = await work.letters.by_event(event)
    return letter is not None and letter.template in {ASKED, CHOICE}


async def answer_in(ctx: Context, said: Said, text: str, thread: Thread | None) -> str | None:
    """The municipality that a message without a verb names in answer to the bot's question.

    In a reply to the question it may be misspelt. A plain message is the answer only as long as
    one is awaited there, and if it is nothing but a name; or a digit, right after a choice.
    """
    name = text.strip(" .,;:!")
    if not name or len(name.split()) > _WORDS_OF_A_NAME:
        return None
    if said.reply_to is not None and await is_question(ctx.work, said.reply_to):
        chosen = await _numbered(ctx.work, said.reply_to, name)
        nearly = directory().find(name) or directory().nearest(name)
        return chosen or (name if nearly or _is_none(name) else None)
    if _is_bare_digit(name):
        latest = await ctx.work.letters.latest(
            said.room_id, said.thread, besides=NotAmongChoices.template
        )
        event = latest.event_id if latest else None
        return await _numbered(ctx.work, event, name) if event else None
    if not await _is_awaited(ctx, thread) or ctx.desk.verbs.named(typed(name).word):
        return None
    return name if _is_plainly_named(name) else None


async def chosen_by(work: Work, choice: EventId, sign: str) -> str | None:
    """The municipality behind a digit under the choice, if it is one."""
    letter = await work.letters.by_event(choice) if is_digit(sign) else None
    if letter is None or letter.template != CHOICE:
        return None
    return await _choice(work, choice, int(sign[0]) - 1)


def is_digit(sign: str) -> bool:
    """Whether a reaction is one of those that stand under a choice."""
    return sign.replace("\ufe0f", "") in _DIGITS


async def _numbered(work: Work, question: EventId, text: str) -> str | None:
    """A bare digit in answer to the choice."""
    letter = await work.letters.by_event(question) if _is_bare_digit(text) else None
    if letter is None or letter.template != CHOICE:
        return None
    chosen = await _choice(work, question, int(text) - 1)
    if chosen is None:
        raise NotAmongChoices(count=len(await work.subjects.at(question)))
    return chosen


def _is_bare_digit(text: str) -> bool:
    return len(text) == 1 and text.isdecimal()


async def _choice(work: Work, choice: EventId, position: int) -> str | None:
    offered: Sequence[str] = await work.subjects.at(choice)
    return offered[position] if 0 <= position < len(offered) else None


async def _is_awaited(ctx: Context, thread: Thread | None) -> bool:
    affiliation = await affiliation_here(ctx)
    if affiliation is None or not affiliation.awaits_answer:
        return False
    if thread is None:
        return ctx.direct
    letters = await ctx.work.letters.of_ticket(thread.ticket_id)
    return thread.side is Side.ASKER and any(letter.template == ASKED for letter in letters)


def _is_plainly_named(name: str) -> bool:
    return bool(directory().find(name)) and (len(name) > _LONGEST_PLATE or name.isupper())


def _is_none(text: str) -> bool:
    return folded(text.strip(" .!")) in _NONE


MUNICIPALITY = (municipality,)
