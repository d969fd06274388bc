"""Decides what an event means at the desk: a verb, a reaction, a relay, a note, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kaz_bot.addressing import Addressed, Manner, addressed
from kaz_bot.casework import AskedAlready, open_ticket
from kaz_bot.commands import (
    MissingTicket,
    Outcome,
    Role,
    Surroundings,
    Text,
    TooManyWords,
    Typed,
    UnknownCommand,
    Verb,
    arguments,
    typed,
)
from kaz_bot.context import Context, Desk, home_area
from kaz_bot.domain.posts import Post
from kaz_bot.domain.rooms import GUARDED, BoundRoom, RoomKind
from kaz_bot.domain.threads import Thread
from kaz_bot.domain.tickets import ALLOWED_FROM, Ticket, TicketId
from kaz_bot.handlers import conversation
from kaz_bot.handlers.asking import NotRateable, ask, choose_area, mine, status
from kaz_bot.handlers.helping import help_with
from kaz_bot.handlers.rooms import RoomStandsOpen, bind_room, standing_open
from kaz_bot.handlers.working import reply
from kaz_bot.messages import EventId, Incoming, Reacted, Redacted, RoomState, Said
from kaz_bot.rights import (
    NotServed,
    NotYourTicket,
    check_person,
    check_ticket,
    check_verb,
    is_admin,
    served,
)
from kaz_bot.routing import is_thanks
from kaz_bot.store import Work

_ASKING_ROOMS = frozenset({RoomKind.PROJECT, RoomKind.DIRECT})
_REACTING: Mapping[RoomKind, tuple[Role, ...]] = {
    RoomKind.PROJECT: (Role.ASKING, Role.ASKER),
    RoomKind.DIRECT: (Role.ASKING, Role.ASKER),
    RoomKind.AREA: (Role.SPECIALIST,),
}
# A casual reaction is no command: whoever meant nothing by it is not told off.
_UNTOLD = (AskedAlready, NotYourTicket, NotRateable, NotServed)
RECEIPT = "ticket/received"


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

    def points_at(self, incoming: Incoming) -> EventId | None:
        """The message an event is about, whose words must be fetched before it can be handled."""
        if isinstance(incoming, Reacted):
            return incoming.target if incoming.key in {*ask.reactions, *reply.reactions} else None
        if not isinstance(incoming, Said) or incoming.reply_to is None or incoming.edits:
            return None
        # Whether it is a direct chat does not matter here: without prefix no text means no verb.
        spoken = self._addressed(incoming, direct=True)
        command = typed(spoken.rest) if spoken else None
        if command is None or self._desk.verbs.named(command.word) is not ask:
            return None
        return None if command.rest else incoming.reply_to

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
            case Reacted(key=key):
                meant = self._desk.verbs.reacted(key, _REACTING.get(room.kind, ()))
                return meant is not None or self._desk.areas.marked(key) is not None
            case Said(edits=None, notice=False):
                thread = await _thread_of(work, incoming)
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
            return await conversation.redacted(work, incoming, now)
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
        )
        match incoming:
            case Said():
                return await self._said(ctx, incoming, place, pointed_at)
            case Reacted() if not place.problem:
                return await self._reacted(ctx, incoming)
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
        if spoken is not None:
            # Only for commands: what somebody said before they left is relayed all the same.
            check_person(said.sender, ctx.state, ctx.settings)
            acted, outcome = await self._spoken(ctx, said, place, spoken, pointed_at)
            if acted:
                return outcome
        if place.thread is not None:
            return await conversation.said_in_thread(ctx, said, place.thread)
        if ctx.direct:
            return await conversation.said_directly(ctx, said)
        return await conversation.said_aloud(ctx, said)

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
        return await self._command(ctx, bind_room, command, place, None)

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
            return True, await self._command(ctx, entry, command, place, pointed_at)
        if spoken.manner is Manner.DIRECT:
            return await self._typed_directly(ctx, entry, command, place, pointed_at)
        if spoken.manner is Manner.MENTION_FIRST and (entry or not spoken.rest):
            return True, await self._command(ctx, entry, command, place, pointed_at)
        return await self._mentioned(ctx, said, place, spoken)

    async def _mentioned(
        self, ctx: Context, said: Said, place: Place, spoken: Addressed
    ) -> tuple[bool, Outcome]:
        """A mention without a verb: in a ticket's thread part of the talk, elsewhere a question."""
        command = typed(spoken.rest)
        entry = self._desk.verbs.named(command.word)
        if spoken.manner is Manner.MENTION_LAST and entry is not None:
            return True, await self._command(ctx, entry, command, place, None)
        if place.thread is not None or is_thanks(spoken.rest):
            return place.thread is None, None
        few = len(spoken.rest.split()) <= 2
        looks_asked = spoken.manner is not Manner.MENTION or self._asks(spoken.rest)
        if ctx.room.kind in _ASKING_ROOMS and looks_asked and not few:
            return True, await open_ticket(ctx, said, spoken.rest)
        raise self._unknown(ctx, command.word)

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
        if entry is None or (chat and entry.takes_text):
            nearest = self._desk.verbs.nearest(command.word)
            if entry is None and nearest and not chat and not command.rest:
                raise self._unknown(ctx, command.word)
            return False, None
        try:
            return True, await self._command(ctx, entry, command, place, pointed_at)
        except TooManyWords:
            return False, None

    def _asks(self, text: str) -> bool:
        return self._desk.router.classify(text).is_question

    def _unknown(self, ctx: Context, word: str) -> UnknownCommand:
        return UnknownCommand(
            word=word[:40],
            nearest=self._desk.verbs.nearest(word),
            looks_like_question=False,
            prefix=ctx.settings.prefix,
            direct=ctx.direct,
        )

    async def _command(
        self,
        ctx: Context,
        entry: Verb | None,
        command: Typed,
        place: Place,
        pointed_at: Said | None,
    ) -> Outcome:
        if not command.word:
            entry = help_with
        if entry is None:
            raise self._unknown(ctx, command.word)
        check_verb(entry, ctx.sender, ctx.room, admin=await self._is_admin(ctx))
        hint = await self._ticket_hint(ctx, entry, place)
        around = Surroundings(
            ticket=hint,
            in_thread=place.thread is not None,
            ticket_prefix=ctx.settings.ticket_prefix,
            areas=self._desk.areas,
            members={
                user: name
                for user, name in ctx.state.members.items()
                if user != self._desk.bot and served(user, ctx.settings)
            },
            mentioned=tuple(
                user for user in (ctx.said.mentions if ctx.said else ()) if user != self._desk.bot
            ),
            prefix=ctx.settings.prefix,
        )
        try:
            given = arguments(entry, command.rest, around)
        except MissingTicket:
            if entry is not status or ctx.room.kind not in _ASKING_ROOMS:
                raise
            # Which one is not clear: whoever asks chooses from the list.
            return await self._run(ctx, mine, {})
        if entry is ask and given["text"] is None and pointed_at is not None:
            check_person(pointed_at.sender, ctx.state, ctx.settings)
            ctx = replace(ctx, said=pointed_at)
        return await self._run(ctx, entry, given)

    async def _run(self, ctx: Context, entry: Verb, given: Mapping[str, object]) -> Outcome:
        ready = {
            parameter.name: await self._ticket(ctx, entry, given[parameter.name])
            if parameter.kind is Ticket
            else given[parameter.name]
            for parameter in entry.parameters
        }
        outcome: Outcome = await entry.handler(replace(ctx, verb=entry), **ready)
        return outcome

    async def _ticket(self, ctx: Context, entry: Verb, number: object) -> Ticket | None:
        """The ticket of that number, if the person may; with `lead`, the one it is merged into."""
        if not isinstance(number, int):
            return None
        ticket = await ctx.work.tickets.get(TicketId(number))
        if entry.lead and ticket.merged_into is not None:
            ticket = await ctx.work.tickets.get(ticket.merged_into)
        home = await home_area(ctx.work, self._desk.areas, ticket.area)
        check_ticket(entry, ctx.sender, ctx.room, ticket, home=home)
        return ticket

    async def _ticket_hint(self, ctx: Context, entry: Verb, place: Place) -> TicketId | None:
        """The ticket meant when no number is typed: the thread's, or the asker's only one."""
        if place.thread is not None:
            return place.thread.ticket_id
        if not entry.takes_ticket or ctx.room.kind not in _ASKING_ROOMS:
            return None
        possible = [
            ticket
            for ticket in await ctx.work.tickets.open_of(ctx.sender, 10)
            if (ctx.direct or ticket.room_id == ctx.room.room_id) and _fits(entry, ticket)
        ]
        return possible[0].id if len(possible) == 1 else None

    async def _is_admin(self, ctx: Context) -> bool:
        rooms = await ctx.work.rooms.of_kind(RoomKind.ADMIN)
        states = [self._desk.rooms.get(room.room_id) for room in rooms]
        return any(is_admin(ctx.sender, ctx.settings, state) for state in (None, *states))

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

    async def _reacted(self, ctx: Context, reaction: Reacted) -> Outcome:
        entry = self._desk.verbs.reacted(reaction.key, _REACTING.get(ctx.room.kind, ()))
        letter = await ctx.work.letters.by_event(reaction.target)
        area = self._desk.areas.marked(reaction.key)
        if ctx.sender not in ctx.state.members or not served(ctx.sender, ctx.settings):
            return None
        ticket = letter.ticket_id if letter else await _ticket_of_post(ctx.work, reaction)
        try:
            if letter and letter.template == RECEIPT and area is not None:
                return await self._run(ctx, choose_area, {"area": area, "ticket": ticket})
            if entry is None:
                return None
            if entry is ask:
                return await self._pointed_out(ctx, on_own_letter=letter is not None)
            if ticket is None or (entry is reply and ctx.said is None):
                return None
            return await self._run(ctx, entry, {"ticket": ticket, "text": None})
        except _UNTOLD:
            return None

    async def _pointed_out(self, ctx: Context, *, on_own_letter: bool) -> Outcome:
        """🎫: the message becomes its author's question, whoever pointed at it."""
        if ctx.said is None or on_own_letter or ctx.said.notice:
            return None
        if not served(ctx.said.sender, ctx.settings) or ctx.said.sender == self._desk.bot:
            return None
        return await open_ticket(ctx, ctx.said)


def _certain(spoken: Addressed | None) -> bool:
    return spoken is not None and spoken.manner in {Manner.PREFIX, Manner.MENTION_FIRST}


def _fits(entry: Verb, ticket: Ticket) -> bool:
    steps = {step.value: states for step, states in ALLOWED_FROM.items()}
    states = steps.get(entry.english)
    return states is None or ticket.state in states


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


async def _ticket_of_post(work: Work, reaction: Reacted) -> TicketId | None:
    posts = await work.posts.by_event(reaction.target)
    return posts[-1].ticket_id if posts else None
