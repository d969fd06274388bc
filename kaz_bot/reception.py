"""Decides what an event means at the desk: a verb, a reaction, a relay, a note, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.addressing import Addressed, Manner, addressed
from kaz_bot.casting import ballot_at, taken_back
from kaz_bot.commands import (
    MissingAnswer,
    MissingRecord,
    Outcome,
    Surroundings,
    Text,
    TooManyWords,
    Typed,
    Verb,
    arguments,
    typed,
)
from kaz_bot.context import Context, Desk
from kaz_bot.domain.posts import Post
from kaz_bot.domain.rooms import GUARDED, BoundRoom, RoomKind
from kaz_bot.domain.threads import Thread
from kaz_bot.domain.tickets import TicketId
from kaz_bot.handlers import (
    catalogue_words,
    conversation,
    meeting_words,
    papers,
    reminding,
    solutions,
    tasking,
)
from kaz_bot.handlers.asking import ask
from kaz_bot.handlers.deadlines import cutoff, deadline
from kaz_bot.handlers.municipality import answer_in, is_question, municipality
from kaz_bot.handlers.reminding import remind
from kaz_bot.handlers.rooms import RoomStandsOpen, bind_room, standing_open
from kaz_bot.messages import (
    EventId,
    Incoming,
    PollAnswered,
    Reacted,
    Redacted,
    RoomState,
    Said,
)
from kaz_bot.opening import open_ticket
from kaz_bot.pressing import ON_WORDS, Pressing
from kaz_bot.rights import (
    check_person,
    served,
)
from kaz_bot.routing import is_thanks
from kaz_bot.running import ASKING_ROOMS, Runner
from kaz_bot.store import Work

# Said in answer to a message, these are about it.
_ABOUT_A_MESSAGE = (remind, deadline, cutoff)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something was said: the served room, its state and the ticket's thread there."""

    room: BoundRoom
    state: RoomState
    thread: Thread | None = None
    problem: str = ""


class Reception:
    """Reads one event inside its transaction and lets the right handler act."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._runner = Runner(desk)
        self._pressing = Pressing(desk, self._runner)

    def points_at(self, incoming: Incoming) -> EventId | None:
        """The message an event is about, whose words must be fetched before it can be handled."""
        if isinstance(incoming, Reacted):
            return incoming.target if incoming.key in ON_WORDS else None
        if not isinstance(incoming, Said) or incoming.reply_to is None or incoming.edits:
            return None
        # Whether it is a direct chat does not matter here: without prefix no text means no verb.
        spoken = self._addressed(incoming, direct=True)
        command = typed(spoken.rest) if spoken else None
        entry = self._desk.verbs.named(command.word) if command else None
        if command is None or entry is None:
            return None
        about = entry in _ABOUT_A_MESSAGE or (entry is ask and not command.rest)
        return incoming.reply_to if about else None

    async def is_command(self, work: Work, incoming: Incoming) -> bool:
        """Whether somebody expects an answer, so that a failure must not be silent."""
        if not isinstance(incoming, Said) or incoming.edits is not None or incoming.notice:
            return False
        room = await work.rooms.get(incoming.room_id)
        direct = room is not None and room.kind is RoomKind.DIRECT
        return self._addressed(incoming, direct=direct) is not None

    async def is_costly(self, work: Work, incoming: Incoming) -> bool:
        """Whether the bot may act on it or answer it by itself, which nobody gets without end."""
        room = await work.rooms.get(incoming.room_id)
        if room is None or await self.is_command(work, incoming):
            return room is not None
        match incoming:
            case Reacted():
                return await self._pressing.is_costly(work, incoming, room.kind)
            case PollAnswered():
                return await ballot_at(work, incoming.target) is not None
            case Said(edits=None, notice=False):
                thread = await _thread_of(work, incoming)
                if incoming.reply_to and await is_question(work, incoming.reply_to):
                    return True
                if thread is None:
                    return conversation.is_taken_up(self._desk, room, incoming)
                return await conversation.is_told_off(work, thread)
        return False

    async def act(
        self, work: Work, incoming: Incoming, pointed_at: Said | None, now: datetime
    ) -> Outcome:
        """What happens because of the event; raises a Refusal when it may not."""
        if incoming.sender == self._desk.bot:
            return None
        if isinstance(incoming, Redacted):
            # Also in a room that was left or replaced: what was said there is still kept here.
            return [
                *await conversation.redacted(work, incoming, now),
                *await reminding.redacted(work, incoming, now),
                *await papers.redacted(work, incoming, now),
                *await catalogue_words.redacted(work, incoming, now),
                *await solutions.redacted(work, incoming, now),
                *await tasking.redacted(work, incoming, now),
                *await meeting_words.redacted(work, incoming, now),
                *await taken_back(work, self._desk, incoming, now),
            ]
        place = await self._place(work, incoming)
        if place is None:
            return None
        ctx = Context(
            desk=self._desk,
            work=work,
            incoming=incoming,
            said=incoming if isinstance(incoming, Said) else pointed_at,
            sender=incoming.sender,
            room=place.room,
            state=place.state,
            now=now,
            pointed_at=pointed_at,
        )
        match incoming:
            case Said():
                return await self._said(ctx, incoming, place, pointed_at)
            case Reacted() if not place.problem:
                return await self._pressing.press(ctx, incoming)
            case PollAnswered() if not place.problem:
                return await self._pressing.pick(ctx, incoming)
        return None

    async def _place(self, work: Work, incoming: Incoming) -> Place | None:
        room = await work.rooms.get(incoming.room_id)
        state = self._desk.rooms.get(incoming.room_id)
        if room is None or state is None or state.is_space:
            return None
        if room.left_at is not None:
            problem = standing_open(state) if room.kind in GUARDED else ""
            return Place(room=room, state=state, problem=problem) if problem else None
        thread = await _thread_of(work, incoming) if isinstance(incoming, Said) else None
        return Place(room=room, state=state, thread=thread)

    def _addressed(self, said: Said, *, direct: bool) -> Addressed | None:
        state = self._desk.rooms.get(said.room_id)
        bot = self._desk.bot
        return addressed(
            said,
            prefix=self._desk.settings.prefix,
            bot=bot,
            bot_name=state.display_name(bot) if state else "",
            direct=direct,
        )

    async def _said(
        self, ctx: Context, said: Said, place: Place, pointed_at: Said | None
    ) -> Outcome:
        if said.notice:
            return None
        if said.edits is not None:
            return await self._edited(ctx, said)
        spoken = self._addressed(said, direct=ctx.direct)
        if place.problem:
            return await self._said_in_the_open(ctx, place, spoken)
        if not served(said.sender, ctx.settings) and not _certain(spoken):
            return None
        if (named := await self._named(ctx, said, place, spoken)) is not None:
            return await self._runner.run(ctx, municipality, {"text": named})
        if spoken is not None:
            # Only for commands: what somebody said before they left is relayed all the same.
            check_person(said.sender, ctx.state, ctx.settings)
            acted, outcome = await self._spoken(ctx, said, place, spoken, pointed_at)
            if acted:
                return outcome
        return await _talked(ctx, said, place.thread)

    async def _named(
        self, ctx: Context, said: Said, place: Place, spoken: Addressed | None
    ) -> str | None:
        """The municipality that is the answer to the question for it, if it is one."""
        asking = ctx.room.kind in ASKING_ROOMS and served(said.sender, ctx.settings)
        if not asking or said.sender not in ctx.state.members:
            return None
        if spoken is not None and spoken.manner is Manner.PREFIX:
            return None
        return await answer_in(ctx, said, spoken.rest if spoken else said.text, place.thread)

    async def _said_in_the_open(
        self, ctx: Context, place: Place, spoken: Addressed | None
    ) -> Outcome:
        """In a room that must not stand open nothing goes but to say what it shall be instead."""
        if spoken is None or not _certain(spoken):
            return None
        check_person(ctx.sender, ctx.state, ctx.settings)
        command = typed(spoken.rest)
        if self._desk.verbs.named(command.word) is not bind_room:
            raise RoomStandsOpen(problem=place.problem)
        return await self._runner.command(ctx, bind_room, command, place.thread, None)

    async def _spoken(
        self,
        ctx: Context,
        said: Said,
        place: Place,
        spoken: Addressed,
        pointed_at: Said | None,
    ) -> tuple[bool, Outcome]:
        """Run what was said to the bot, if it is a command; otherwise it is conversation."""
        command = typed(spoken.rest)
        entry = self._desk.verbs.named(command.word)
        if spoken.manner is Manner.PREFIX:
            return True, await self._runner.command(ctx, entry, command, place.thread, pointed_at)
        if spoken.manner is Manner.DIRECT:
            return await self._typed_directly(ctx, entry, command, place, pointed_at)
        if spoken.manner is Manner.MENTION_FIRST and (entry or not spoken.rest):
            return True, await self._runner.command(ctx, entry, command, place.thread, pointed_at)
        return await self._mentioned(ctx, said, place, spoken)

    async def _mentioned(
        self, ctx: Context, said: Said, place: Place, spoken: Addressed
    ) -> tuple[bool, Outcome]:
        """A mention without a verb: in a ticket's thread part of the talk, elsewhere a question."""
        command = typed(spoken.rest)
        entry = self._desk.verbs.named(command.word)
        if spoken.manner is Manner.MENTION_LAST and entry is not None:
            return True, await self._runner.command(ctx, entry, command, place.thread, None)
        if place.thread is not None or is_thanks(spoken.rest):
            return place.thread is None, None
        few = len(spoken.rest.split()) <= 2
        looks_asked = spoken.manner is not Manner.MENTION or self._asks(spoken.rest)
        if ctx.room.kind in ASKING_ROOMS and looks_asked and not few:
            return True, await open_ticket(ctx, said, spoken.rest)
        raise self._runner.unknown(ctx, command.word)

    async def _typed_directly(
        self,
        ctx: Context,
        entry: Verb | None,
        command: Typed,
        place: Place,
        pointed_at: Said | None,
    ) -> tuple[bool, Outcome]:
        """In a direct chat a verb needs no prefix, but talk that begins like one is talk."""
        chat = place.thread is not None
        if entry is not None and entry.everyday:
            return False, None
        if entry is None or (chat and entry.takes_text):
            nearest = self._desk.verbs.nearest(command.word)
            if entry is None and nearest and not chat and not command.rest:
                raise self._runner.unknown(ctx, command.word)
            return False, None
        try:
            return True, await self._runner.command(ctx, entry, command, place.thread, pointed_at)
        except (TooManyWords, MissingAnswer):
            # "Passt, danke" is no command.
            return False, None
        except MissingRecord:
            # "Lösung gesucht" names none.
            if not command.rest:
                raise
            return False, None

    def _asks(self, text: str) -> bool:
        return self._desk.router.classify(text).is_question

    async def _edited(self, ctx: Context, said: Said) -> Outcome:
        found = await ctx.work.posts.by_event(said.edits) if said.edits else []
        posts = [post for post in found if post.room_id == said.room_id]
        if not posts:
            return None
        return await conversation.edited(ctx, said, posts, self._words(ctx, said, posts))

    def _words(self, ctx: Context, said: Said, posts: list[Post]) -> str:
        """The text of an edited message without the command it may have begun with."""
        spoken = self._addressed(said, direct=False)
        if not _certain(spoken) or spoken is None:
            return said.text
        command = typed(spoken.rest)
        entry = self._desk.verbs.named(command.word)
        if entry is None:
            return spoken.rest
        around = Surroundings(
            ticket=posts[0].ticket_id,
            in_thread=True,
            ticket_prefix=ctx.settings.ticket_prefix,
            areas=self._desk.areas,
            members=ctx.state.members,
        )
        given = arguments(entry, command.rest, around)
        texts = [given[parameter.name] for parameter in entry.parameters if parameter.kind is Text]
        text = texts[0] if texts else None
        return text if isinstance(text, str) else command.rest


async def _talked(ctx: Context, said: Said, thread: Thread | None) -> Outcome:
    if thread is not None:
        return await conversation.said_in_thread(ctx, said, thread)
    if ctx.direct:
        return await conversation.said_directly(ctx, said)
    return await conversation.said_aloud(ctx, said)


def _certain(spoken: Addressed | None) -> bool:
    return spoken is not None and spoken.manner in {Manner.PREFIX, Manner.MENTION_FIRST}


async def _thread_of(work: Work, said: Said) -> Thread | None:
    """The ticket's thread a message stands in, also when it is a plain reply to one of its own."""
    if said.thread is not None:
        return await work.threads.at(said.room_id, said.thread)
    if said.reply_to is None:
        return None
    under = await work.threads.at(said.room_id, said.reply_to)
    if under is not None:
        return under
    ticket = await _ticket_at(work, said.reply_to)
    if ticket is None:
        return None
    here = [thread for thread in await work.threads.of(ticket) if thread.room_id == said.room_id]
    return here[-1] if here else None


async def _ticket_at(work: Work, event_id: EventId) -> TicketId | None:
    letter = await work.letters.by_event(event_id)
    if letter is not None:
        return letter.ticket_id
    posts = await work.posts.by_event(event_id)
    return posts[-1].ticket_id if posts else None
