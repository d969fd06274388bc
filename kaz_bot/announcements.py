"""Who hears about what: from what happened to letters, by one pure function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.events import (
    AskerWrote,
    BindingRefused,
    DeskEvent,
    Happened,
    KeyMissing,
    LettersRejected,
    NoteTaken,
    PostEdited,
    PostErased,
    RoomBound,
    RoomLost,
    SpecialistAnswered,
    SpecialistQueried,
    TicketAssigned,
    TicketClaimed,
    TicketClosed,
    TicketMerged,
    TicketOpened,
    TicketPrioritised,
    TicketRated,
    TicketReleased,
    TicketReopened,
    TicketResolved,
    TicketRouted,
    TicketSuggested,
    TicketWithdrawn,
)
from kaz_bot.domain.letters import LetterKind, LetterState, Place, StoredLetter
from kaz_bot.domain.posts import Post, PostId, PostKind
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import AreaKey, Priority, Ticket, TicketId
from kaz_bot.messages import Attachment, EventId, LetterId, RoomId, UserId

# So many people at most are called at once when a ticket is critical.
CALLED_AT_MOST = 50
SUGGESTION = "🎫"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as the room knows them."""

    id: UserId
    name: str


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """A served room as announcements see it."""

    room_id: RoomId
    kind: RoomKind
    area: AreaKey | None
    name: str
    language: Language
    encrypted: bool
    members: Mapping[UserId, str]


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """What announcements must know about the desk to find the places of letters."""

    rooms: Mapping[RoomId, RoomView]
    areas: Areas
    ticket_prefix: str
    verb_prefix: str
    emergency_contact: str
    bot: UserId
    language: Language = Language.DE
    threads: Mapping[TicketId, tuple[Thread, ...]] = field(default_factory=dict)
    directs: Mapping[UserId, RoomId] = field(default_factory=dict)
    carriers: Mapping[PostId, tuple[StoredLetter, ...]] = field(default_factory=dict)

    def area_room(self, area: AreaKey) -> RoomView | None:
        """Where the specialists of `area` work; without a room of their own, the default area."""
        own = self._of_area(area)
        return own if own is not None else self._of_area(self.areas.default)

    def admin_room(self) -> RoomView | None:
        """Where operators hear of faults."""
        return next((room for room in self.rooms.values() if room.kind is RoomKind.ADMIN), None)

    def person(self, user: UserId) -> Person:
        """The person under the name that some common room knows."""
        names = (room.members.get(user) for room in self.rooms.values())
        name = next((name for name in names if name), user.partition(":")[0].removeprefix("@"))
        return Person(id=user, name=name)

    def number(self, ticket: TicketId) -> str:
        """The ticket's number as people write it."""
        return f"{self.ticket_prefix}-{ticket}"

    def thread(self, ticket: TicketId, side: Side) -> Thread | None:
        """The thread in which that side hears of the ticket."""
        return next(
            (
                thread
                for thread in self.threads.get(ticket, ())
                if thread.side is side and thread.current and thread.person is None
            ),
            None,
        )

    def private_thread(self, ticket: TicketId) -> Thread | None:
        """The thread in the asker's direct chat, for what their room must not show."""
        return next(
            (thread for thread in self.threads.get(ticket, ()) if thread.person is not None), None
        )

    def _of_area(self, area: AreaKey) -> RoomView | None:
        return next((room for room in self.rooms.values() if room.area == area), None)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a letter goes: a room or a person's direct chat, and there into a thread.

    `opened`: into the thread that the letter before it has opened on this side.
    """

    room_id: RoomId | None = None
    person: UserId | None = None
    thread: Place | None = None
    reply_to: EventId | None = None
    opened: Side | None = None


@dataclass(frozen=True, kw_only=True)
class Key:
    """The part of the content that other programs read, such as `de.kaz.ticket`."""

    name: str
    content: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to be rendered. It notifies when it calls somebody or is `loud`."""

    spot: Spot
    template: str
    facts: Mapping[str, object]
    key: Key
    calls: tuple[UserId, ...] = ()
    loud: bool = False
    ticket_id: TicketId | None = None
    post_id: PostId | None = None
    sealed: bool = False
    attachment: Attachment | None = None
    opens: Side | None = None
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A sent letter in new words."""

    of: StoredLetter
    facts: Mapping[str, object]
    key: Key
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A sent letter taken back."""

    of: StoredLetter


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """A reaction of the bot on somebody's message."""

    room_id: RoomId
    target: EventId
    key: str


Announcement = Letter | Edit | Redaction | Reaction


def announce(happened: DeskEvent, view: DeskView) -> list[Announcement]:
    """The letters about what happened, in the order they are to be written."""
    match happened:
        case TicketOpened():
            return _opened(happened, view)
        case TicketClaimed(ticket, by=by):
            facts = {"specialist": view.person(ticket.assignee or view.bot)}
            return _both(
                happened, view, asker="ticket/claimed_for_asker", area="ticket/claimed", facts=facts
            )
        case TicketReleased(by=by):
            facts = {"specialist": view.person(by or view.bot)}
            return _both(
                happened,
                view,
                asker="ticket/released_for_asker",
                area="ticket/released",
                facts=facts,
            )
        case TicketAssigned():
            return _assigned(happened, view)
        case TicketRouted():
            return _routed(happened, view)
        case AskerWrote():
            return _asker_wrote(happened, view)
        case SpecialistAnswered(post=post):
            return [
                *_post_to_asker(happened, view, post, "ticket/answer"),
                *_to_area(
                    happened,
                    view,
                    "ticket/answer_sent",
                    {"private": _is_private(happened.ticket, post, view)},
                ),
            ]
        case SpecialistQueried(post=post):
            return [
                *_post_to_asker(happened, view, post, "ticket/query"),
                *_to_area(
                    happened,
                    view,
                    "ticket/waiting",
                    {"private": _is_private(happened.ticket, post, view)},
                ),
            ]
        case NoteTaken(asked=asked):
            return [*_to_area(happened, view, "ticket/noted", {})] if asked else []
        case TicketResolved():
            return _resolved(happened, view)
        case TicketClosed():
            return _closed(happened, view)
        case TicketWithdrawn(by=by):
            return _both(
                happened,
                view,
                asker="ticket/withdrawn_for_asker",
                area="ticket/withdrawn",
                facts={},
            )
        case TicketReopened():
            return _reopened(happened, view)
        case TicketMerged():
            return _merged(happened, view)
        case TicketPrioritised():
            return _prioritised(happened, view)
        case TicketRated(rating=rating):
            return [*_to_asker(happened, view, "ticket/rated", {"rating": rating})]
        case PostEdited(post=post):
            return _edited(happened, view, post)
        case PostErased(post=post):
            return _erased(happened, view, post)
        case RoomBound():
            return _room_bound(happened, view)
        case BindingRefused():
            return _binding_refused(happened, view)
        case RoomLost():
            return _to_admins(
                view,
                "room/lost",
                {"room": happened.room, "by": view.person(happened.by) if happened.by else None},
            )
        case TicketSuggested(room_id=room_id, event_id=event_id):
            return [Reaction(room_id=room_id, target=event_id, key=SUGGESTION)]
        case KeyMissing():
            return _key_missing(happened, view)
        case LettersRejected(count=count, problems=problems, tickets=tickets):
            numbers = [view.number(ticket) for ticket in tickets]
            return _to_admins(
                view,
                "letters/rejected",
                {"count": count, "problems": problems, "tickets": numbers},
            )
    raise TypeError(f"no announcement for {type(happened).__name__}")


def ticket_key(ticket: Ticket, event: str, view: DeskView) -> Key:
    """The `de.kaz.ticket` part of a letter."""
    return Key(
        name="de.kaz.ticket",
        content={
            "id": view.number(ticket.id),
            "state": ticket.state.value,
            "area": ticket.area,
            "priority": ticket.priority.value,
            "assignee": ticket.assignee,
            "event": event,
        },
    )


def info_key(topic: str, **more: object) -> Key:
    """The `de.kaz.info` part of a letter."""
    return Key(name="de.kaz.info", content={"topic": topic, **more})


def _opened(happened: TicketOpened, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    facts = {"asker": view.person(ticket.asker), "emergency_contact": view.emergency_contact}
    letters = [*_to_asker(happened, view, "ticket/received", facts)]
    if ticket.area_open:
        letters += [
            replace(letter, reactions=tuple(area.reaction for area in view.areas.all))
            for letter in _to_asker(happened, view, "ticket/which_area", {"areas": view.areas.all})
        ]
    return [*letters, *_root_in_area(happened, view, happened.post)]


def _assigned(happened: TicketAssigned, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    specialist = view.person(ticket.assignee or view.bot)
    calls = () if specialist.id == happened.by else (specialist.id,)
    facts = {"specialist": specialist, "by": view.person(happened.by or view.bot)}
    return [
        *_to_asker(happened, view, "ticket/claimed_for_asker", {"specialist": specialist}),
        *_to_area(happened, view, "ticket/assigned", facts, calls=calls),
    ]


def _routed(happened: TicketRouted, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    if happened.follows:
        return []
    if happened.origin == ticket.area:
        return [*_to_asker(happened, view, "ticket/area_settled", {})]
    by_asker = happened.by == ticket.asker
    left = [
        _letter(
            happened,
            view,
            _spot(thread),
            "ticket/routed_away",
            {"reason": happened.reason, "by_asker": by_asker},
        )
        for thread in view.threads.get(ticket.id, ())
        if thread.side is Side.AREA and not thread.current and _is_latest_left(thread, view)
    ]
    told = _to_asker(happened, view, "ticket/routed_for_asker", {"by_asker": by_asker})
    return [
        *left,
        *told,
        *_root_in_area(happened, view, happened.posts[0] if happened.posts else None),
        *_transcript(happened, view),
    ]


def _is_latest_left(thread: Thread, view: DeskView) -> bool:
    left = [
        other.id
        for other in view.threads.get(thread.ticket_id, ())
        if other.side is Side.AREA and not other.current
    ]
    return thread.id == max(left)


def _transcript(happened: TicketRouted, view: DeskView) -> list[Announcement]:
    """All that was said after the question, post by post, so that edits still reach each."""
    room = view.area_room(happened.ticket.area)
    if room is None:
        return []
    spot = Spot(room_id=room.room_id, opened=Side.AREA)
    spoken = [post for post in happened.posts[1:] if post.erased_at is None]
    letters: list[Announcement] = [
        _carrying(happened, view, spot, post, "ticket/transcript", room)
        for post in spoken
        if _may_show(post, room)
    ]
    if len(letters) < len(spoken):
        letters.append(
            _letter(
                happened,
                view,
                spot,
                "ticket/transcript_withheld",
                {"count": len(spoken) - len(letters)},
            )
        )
    return letters


def _root_in_area(happened: Happened, view: DeskView, post: Post | None) -> list[Announcement]:
    """The message that opens the ticket's thread in the room of its area."""
    ticket = happened.ticket
    room = view.area_room(ticket.area)
    if room is None:
        return []
    critical = ticket.priority is Priority.CRITICAL
    calls = tuple(user for user in room.members if user != view.bot) if critical else ()
    shown = post is not None and _may_show(post, room)
    letter = _letter(
        _without_sealed_reason(happened, room),
        view,
        Spot(room_id=room.room_id),
        "ticket/opened" if shown else "ticket/opened_without_text",
        carried_facts("ticket/opened", ticket, post, view)
        if shown and post
        else _asked_facts(ticket, view),
    )
    return [
        replace(
            letter,
            opens=Side.AREA,
            loud=True,
            calls=calls[:CALLED_AT_MOST],
            post_id=post.id if shown and post else None,
            sealed=bool(shown and post and post.sealed),
        ),
        *_question_file(happened, view, post, room, shown=shown),
    ]


def _without_sealed_reason(happened: Happened, room: RoomView) -> Happened:
    if isinstance(happened, TicketRouted) and happened.reason_sealed and not room.encrypted:
        return replace(happened, reason="")
    return happened


def _question_file(
    happened: Happened, view: DeskView, post: Post | None, room: RoomView, *, shown: bool
) -> list[Announcement]:
    if post is None or post.attachment is None or not shown:
        return []
    spot = Spot(room_id=room.room_id, opened=Side.AREA)
    return [_carrying(happened, view, spot, post, "ticket/relayed", room)]


def _asked_facts(ticket: Ticket, view: DeskView) -> dict[str, object]:
    room = view.rooms.get(ticket.room_id)
    return {
        "asker": view.person(ticket.asker),
        "room_name": room.name if room and not ticket.confidential else "",
    }


def carried_facts(
    template: str, ticket: Ticket, post: Post | None, view: DeskView
) -> dict[str, object]:
    """The facts of a letter that carries a post; the same again when the post is edited."""
    if template == "ticket/opened":
        return {**_asked_facts(ticket, view), "post": post}
    if post is not None and post.kind in {PostKind.QUESTION, PostKind.ASKER}:
        room = view.rooms.get(post.room_id)
        return {"post": post, "room_name": room.name if room and not ticket.confidential else ""}
    return {"post": post, "room_name": ""}


def _may_show(post: Post, room: RoomView) -> bool:
    """Nothing goes from an encrypted room into one that is not; what was erased goes nowhere."""
    return post.erased_at is None and (room.encrypted or not post.sealed)


def _carrying(
    happened: Happened, view: DeskView, spot: Spot, post: Post, template: str, room: RoomView
) -> Letter:
    """A letter that carries a post, or says that it may not."""
    if not _may_show(post, room):
        return _letter(happened, view, spot, f"{template}_without_text", {"author": post.author})
    name = f"{template}_file" if post.attachment else template
    return replace(
        _letter(happened, view, spot, name, carried_facts(name, happened.ticket, post, view)),
        loud=True,
        post_id=post.id,
        sealed=post.sealed,
        attachment=post.attachment,
    )


def _asker_wrote(happened: AskerWrote, view: DeskView) -> list[Announcement]:
    desk = happened.desk
    thread = view.thread(desk.id, Side.AREA)
    if thread is None or thread.room_id is None or thread.room_id not in view.rooms:
        return []
    letter = _carrying(
        happened, view, _spot(thread), happened.post, "ticket/relayed", view.rooms[thread.room_id]
    )
    return [replace(letter, calls=_called(desk.assignee, view.rooms[thread.room_id]), loud=True)]


def _called(assignee: UserId | None, room: RoomView) -> tuple[UserId, ...]:
    return (assignee,) if assignee is not None and assignee in room.members else ()


def _is_private(ticket: Ticket, post: Post, view: DeskView) -> bool:
    """Whether the asker can only be given the post in an encrypted direct chat."""
    room = _asker_room(ticket, view)
    return room is None or not _may_show(post, room)


def _asker_room(ticket: Ticket, view: DeskView) -> RoomView | None:
    thread = view.thread(ticket.id, Side.ASKER)
    return view.rooms.get(thread.room_id) if thread and thread.room_id else None


def _post_to_asker(
    happened: Happened, view: DeskView, post: Post, template: str
) -> list[Announcement]:
    """A specialist's words in the asker's thread, or in their direct chat if they must not show."""
    ticket = happened.ticket
    room = _asker_room(ticket, view)
    thread = view.thread(ticket.id, Side.ASKER)
    if room is not None and thread is not None and _may_show(post, room):
        letter = _carrying(happened, view, _spot(thread), post, template, room)
        return [replace(letter, calls=(ticket.asker,))]
    told = _to_asker(happened, view, "ticket/answer_elsewhere", {})
    return [
        *(replace(letter, calls=(ticket.asker,)) for letter in told),
        _private_letter(happened, view, post, template),
    ]


def _private_letter(happened: Happened, view: DeskView, post: Post, template: str) -> Letter:
    ticket = happened.ticket
    thread = view.private_thread(ticket.id)
    direct = view.directs.get(ticket.asker)
    spot = _spot(thread) if thread else Spot(room_id=direct, person=ticket.asker)
    name = f"{template}_file" if post.attachment else template
    letter = _letter(happened, view, spot, name, carried_facts(name, ticket, post, view))
    return replace(
        letter,
        calls=(ticket.asker,),
        post_id=post.id,
        sealed=post.sealed,
        attachment=post.attachment,
        opens=None if thread else Side.ASKER,
    )


def _resolved(happened: TicketResolved, view: DeskView) -> list[Announcement]:
    specialist = view.person(happened.by or view.bot)
    area = _to_area(happened, view, "ticket/resolved", {"specialist": specialist})
    if happened.post is not None:
        return [*_post_to_asker(happened, view, happened.post, "ticket/resolution"), *area]
    told = _to_asker(happened, view, "ticket/resolved_for_asker", {"specialist": specialist})
    calls = (happened.ticket.asker,)
    return [*(replace(letter, calls=calls) for letter in told), *area]


def _closed(happened: TicketClosed, view: DeskView) -> list[Announcement]:
    if happened.by is None:
        return _both(
            happened,
            view,
            asker="ticket/closed_by_time_for_asker",
            area="ticket/closed_by_time",
            facts={},
        )
    room = _asker_room(happened.ticket, view)
    shown = room is not None and (room.encrypted or not happened.reason_sealed)
    told = _to_asker(
        happened,
        view,
        "ticket/closed_for_asker",
        {"reason": happened.reason if shown else "", "specialist": view.person(happened.by)},
    )
    sealed = shown and happened.reason_sealed
    return [
        *(replace(letter, calls=(happened.ticket.asker,), sealed=sealed) for letter in told),
        *_to_area(happened, view, "ticket/closed", {"specialist": view.person(happened.by)}),
    ]


def _reopened(happened: TicketReopened, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    told = _to_asker(happened, view, "ticket/reopened_for_asker", {})
    thread = view.thread(ticket.id, Side.AREA)
    room = view.rooms.get(thread.room_id) if thread and thread.room_id else None
    if thread is None or room is None:
        return [*told]
    calls = _called(ticket.assignee, room)
    letters = _to_area(happened, view, "ticket/reopened", {}, calls=calls)
    if happened.post is not None:
        letters.append(
            _carrying(happened, view, _spot(thread), happened.post, "ticket/relayed", room)
        )
    return [*told, *letters]


def _merged(happened: TicketMerged, view: DeskView) -> list[Announcement]:
    ticket, lead = happened.ticket, happened.lead
    facts = {"lead": lead, "asker": view.person(ticket.asker)}
    about_lead = replace(happened, ticket=lead)
    return [
        *_to_asker(happened, view, "ticket/merged_for_asker", {}),
        *_to_area(happened, view, "ticket/merged_away", facts),
        *(
            replace(letter, facts={**letter.facts, "ticket": ticket})
            for letter in _to_area(about_lead, view, "ticket/merged_here", facts)
        ),
    ]


def _prioritised(happened: TicketPrioritised, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    thread = view.thread(ticket.id, Side.AREA)
    room = view.rooms.get(thread.room_id) if thread and thread.room_id else None
    everybody = tuple(user for user in room.members if user != view.bot) if room else ()
    calls = everybody[:CALLED_AT_MOST] if ticket.priority is Priority.CRITICAL else ()
    facts = {"before": happened.before, "by": view.person(happened.by or view.bot)}
    return [*_to_area(happened, view, "ticket/priority", facts, calls=calls)]


def _edited(happened: PostEdited, view: DeskView, post: Post) -> list[Announcement]:
    ticket = happened.ticket
    return [
        Edit(
            of=carrier,
            facts={
                "ticket": ticket,
                "prefix": view.verb_prefix,
                **_origin_facts(carrier.template, ticket),
                **carried_facts(carrier.template, ticket, post, view),
            },
            key=ticket_key(ticket, "relayed", view),
            sealed=post.sealed,
        )
        for carrier in view.carriers.get(post.id, ())
        if carrier.kind is LetterKind.MESSAGE and carrier.state is not LetterState.REJECTED
    ]


def _origin_facts(template: str, ticket: Ticket) -> dict[str, object]:
    return {"origin": ticket.area, "reason": ""} if template == "ticket/opened" else {}


def _erased(happened: PostErased, view: DeskView, post: Post) -> list[Announcement]:
    taken_back = [
        Redaction(of=carrier)
        for carrier in view.carriers.get(post.id, ())
        if carrier.kind in {LetterKind.MESSAGE, LetterKind.EDIT}
    ]
    if post.kind is not PostKind.QUESTION:
        return [*taken_back]
    return [*taken_back, *_to_area(happened, view, "ticket/question_erased", {})]


def _room_bound(happened: RoomBound, view: DeskView) -> list[Announcement]:
    room = view.rooms.get(happened.room.room_id)
    if room is None:
        return []
    return [
        Letter(
            spot=Spot(room_id=room.room_id),
            template="room/bound",
            facts={"room": room, "area": happened.room.area or "", "prefix": view.verb_prefix},
            key=info_key("room"),
        )
    ]


def _binding_refused(happened: BindingRefused, view: DeskView) -> list[Announcement]:
    facts = {
        "room_id": happened.room_id,
        "kind": happened.kind,
        "area": happened.area or "",
        "problem": happened.problem,
    }
    return _to_admins(view, "room/refused_for_admins", facts)


def _key_missing(happened: KeyMissing, view: DeskView) -> list[Announcement]:
    person = view.person(happened.sender)
    return [
        Letter(
            spot=Spot(room_id=happened.room_id, reply_to=happened.events[-1]),
            template="letters/unreadable",
            facts={"person": person, "count": len(happened.events)},
            key=info_key("unreadable"),
            calls=(happened.sender,),
        )
    ]


def _to_admins(view: DeskView, template: str, facts: Mapping[str, object]) -> list[Announcement]:
    room = view.admin_room()
    if room is None:
        return []
    key = info_key(template.partition("/")[2])
    return [
        Letter(spot=Spot(room_id=room.room_id), template=template, facts=facts, key=key, loud=True)
    ]


def _both(
    happened: Happened, view: DeskView, *, asker: str, area: str, facts: Mapping[str, object]
) -> list[Announcement]:
    return [*_to_asker(happened, view, asker, facts), *_to_area(happened, view, area, facts)]


def _to_asker(
    happened: Happened, view: DeskView, template: str, facts: Mapping[str, object]
) -> list[Letter]:
    """In the thread of whoever asked; nobody hears of a room that the bot had to leave."""
    thread = view.thread(happened.ticket.id, Side.ASKER)
    if thread is None or thread.room_id not in view.rooms:
        return []
    return [_letter(happened, view, _spot(thread), template, facts)]


def _to_area(
    happened: Happened,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
    *,
    calls: Iterable[UserId] = (),
) -> list[Letter]:
    """In the specialists' thread, unless the ticket it is merged into has told them already."""
    thread = view.thread(happened.ticket.id, Side.AREA)
    if happened.follows or thread is None or thread.room_id not in view.rooms:
        return []
    letter = _letter(happened, view, _spot(thread), template, facts)
    return [replace(letter, calls=tuple(calls))]


def _letter(
    happened: Happened, view: DeskView, spot: Spot, template: str, facts: Mapping[str, object]
) -> Letter:
    ticket = happened.ticket
    origin = happened.origin if isinstance(happened, TicketRouted) else ticket.area
    reason = happened.reason if isinstance(happened, TicketRouted) else ""
    return Letter(
        spot=spot,
        template=template,
        facts={
            "ticket": ticket,
            "prefix": view.verb_prefix,
            "origin": origin,
            "reason": reason,
            **facts,
        },
        key=ticket_key(ticket, happened.word, view),
        ticket_id=ticket.id,
    )


def _spot(thread: Thread) -> Spot:
    place = Place(event=thread.root_event, letter=thread.root_letter)
    return Spot(room_id=thread.room_id, person=thread.person, thread=place)


def bound_view(
    room: BoundRoom, *, name: str, encrypted: bool, members: Mapping[UserId, str]
) -> RoomView:
    """A served room together with what the homeserver says about it."""
    return RoomView(
        room_id=room.room_id,
        kind=room.kind,
        area=room.area,
        name=name,
        language=room.language,
        encrypted=encrypted,
        members=members,
    )


def letter_place(letter: LetterId) -> Place:
    """The place that a letter makes once it is sent."""
    return Place(letter=letter)
