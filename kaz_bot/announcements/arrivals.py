"""A ticket arrives in an area: the root of its thread there, and what was said before."""

from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Letter, Spot
from kaz_bot.announcements.places import letter_about, spot_of, ticket_key, to_asker
from kaz_bot.announcements.posts import asked_facts, carried_facts, carrying, may_show
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.areas import Area
from kaz_bot.domain.events import Happened, TicketMoved, TicketOpened, TicketRouted
from kaz_bot.domain.posts import Post
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import Priority, TicketId

# So many people at most are called at once when a ticket is critical.
CALLED_AT_MOST = 50


def opened(happened: TicketOpened, view: DeskView) -> list[Announcement]:
    """A receipt for the asker, who chooses the area there if it is open; a root in the area."""
    ticket = happened.ticket
    clock = view.clocks.get(ticket.id)
    areas = _likeliest_first(happened, view)
    facts = {
        "asker": view.person(ticket.asker),
        "areas": areas,
        "likeliest": happened.likeliest,
        "emergency_contact": view.emergency_contact,
        "dues": clock.dues(happened.at) if clock else (),
        "closed": view.closed,
    }
    choices = tuple(area.reaction for area in areas) if ticket.area_open else ()
    receipt = to_asker(happened, view, "ticket/received", facts)
    return [
        *(replace(letter, reactions=choices) for letter in receipt),
        *root_in_area(
            happened,
            view,
            happened.post,
            doubles=happened.doubles,
            municipalities=happened.municipalities,
        ),
    ]


def _likeliest_first(happened: TicketOpened, view: DeskView) -> tuple[Area, ...]:
    order = [*happened.likeliest, *(area.key for area in view.areas.all)]
    return tuple(sorted(view.areas.all, key=lambda area: order.index(area.key)))


def routed(happened: TicketRouted, view: DeskView) -> list[Announcement]:
    """The old area is told where it went, the new one gets all that was said so far."""
    ticket = happened.ticket
    if happened.follows:
        return []
    if happened.origin == ticket.area:
        return [*to_asker(happened, view, "ticket/area_settled", {})]
    by_asker = happened.by == ticket.asker
    left = [
        _routed_away(happened, view, thread, by_asker=by_asker)
        for thread in view.threads.get(ticket.id, ())
        if thread.side is Side.AREA and not thread.current and _is_latest_left(thread, view)
    ]
    told = to_asker(happened, view, "ticket/routed_for_asker", {"by_asker": by_asker})
    return [
        *left,
        *told,
        *_all_so_far(happened, view, happened.posts),
    ]


def _routed_away(
    happened: TicketRouted, view: DeskView, thread: Thread, *, by_asker: bool
) -> Letter:
    room = view.rooms.get(thread.room_id) if thread.room_id else None
    reason = (
        happened.reason if happened.reason and room and may_show(happened.reason, room) else None
    )
    facts = {"reason": reason.text if reason else "", "by_asker": by_asker}
    letter = letter_about(happened, view, spot_of(thread), "ticket/routed_away", facts)
    if reason is None:
        return letter
    return replace(letter, post_id=reason.id, sealed=reason.sealed)


def moved(happened: TicketMoved, view: DeskView) -> list[Announcement]:
    """The area's new room gets all that was said so far."""
    return _all_so_far(happened, view, happened.posts)


def _all_so_far(happened: Happened, view: DeskView, posts: tuple[Post, ...]) -> list[Announcement]:
    root = root_in_area(happened, view, posts[0] if posts else None)
    return [*root, *_transcript(happened, view, posts[1:])]


def _is_latest_left(thread: Thread, view: DeskView) -> bool:
    left = [
        other.id
        for other in view.threads.get(thread.ticket_id, ())
        if other.side is Side.AREA and not other.current
    ]
    return thread.id == max(left)


def _transcript(happened: Happened, view: DeskView, posts: tuple[Post, ...]) -> list[Announcement]:
    """All that was said after the question, post by post, so that edits still reach each."""
    room = view.area_room(happened.ticket.area)
    if room is None:
        return []
    spot = Spot(room_id=room.room_id, opened=Side.AREA)
    spoken = [post for post in posts if post.erased_at is None]
    relayed = ticket_key(happened.ticket, "relayed", view)
    letters: list[Announcement] = [
        replace(
            carrying(happened, view, spot, post, template="ticket/transcript", room=room),
            key=relayed,
        )
        for post in spoken
        if may_show(post, room)
    ]
    if len(letters) < len(spoken):
        letters.append(
            letter_about(
                happened,
                view,
                spot,
                "ticket/transcript_withheld",
                {"count": len(spoken) - len(letters)},
            )
        )
    return letters


def root_in_area(
    happened: Happened,
    view: DeskView,
    post: Post | None,
    *,
    doubles: tuple[TicketId, ...] = (),
    municipalities: int = 0,
) -> list[Announcement]:
    """The message that opens the ticket's thread in the room of its area."""
    ticket = happened.ticket
    room = view.area_room(ticket.area)
    if room is None:
        return []
    critical = ticket.priority is Priority.CRITICAL
    calls = tuple(user for user in room.members if user != view.bot) if critical else ()
    shown = post is not None and may_show(post, room)
    facts = (
        carried_facts("ticket/opened", ticket, post, view)
        if shown and post
        else asked_facts(ticket, view)
    )
    letter = letter_about(
        happened,
        view,
        Spot(room_id=room.room_id),
        "ticket/opened" if shown else "ticket/opened_without_text",
        {**facts, "doubles": doubles, "municipalities": municipalities},
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


def _question_file(
    happened: Happened, view: DeskView, post: Post | None, room: RoomView, *, shown: bool
) -> list[Announcement]:
    if post is None or post.attachment is None or not shown:
        return []
    spot = Spot(room_id=room.room_id, opened=Side.AREA)
    letter = carrying(happened, view, spot, post, template="ticket/relayed", room=room)
    return [replace(letter, key=ticket_key(happened.ticket, "relayed", view))]
