"""Carries what people wrote to the other side, never out of an encrypted room into an open one."""

from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Edit, Letter, Redaction, Spot
from kaz_bot.announcements.places import (
    asker_room,
    callable_in,
    letter_about,
    spot_of,
    ticket_key,
    to_area,
    to_asker,
)
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.events import AskerWrote, Happened, PostEdited, PostErased
from kaz_bot.domain.letters import OFFERS, LetterKind, LetterState, StoredLetter
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import RoomId
from kaz_bot.municipalities import directory


def asked_facts(ticket: Ticket, view: DeskView) -> dict[str, object]:
    """Who asked, where and for whom, as the root in the area tells it.

    Which others ask the same is only told when it is opened: soon they may be done.
    """
    return {
        "asker": view.person(ticket.asker),
        "room_name": _room_name(ticket.room_id, ticket, view),
        "municipality": directory().get(ticket.municipality) if ticket.municipality else None,
        "doubles": (),
        "municipalities": 0,
    }


def carried_facts(
    template: str, ticket: Ticket, post: Post | None, view: DeskView
) -> dict[str, object]:
    """The facts of a letter that carries a post; the same again when the post is edited."""
    if template == "ticket/opened":
        return {**asked_facts(ticket, view), "post": post}
    if template in OFFERS and post is not None:
        return {"post": post, "solved": post.ticket_id}
    if post is not None and post.kind in {PostKind.QUESTION, PostKind.ASKER}:
        return {"post": post, "room_name": _room_name(post.room_id, ticket, view)}
    return {"post": post, "room_name": ""}


def _room_name(room_id: RoomId, ticket: Ticket, view: DeskView) -> str:
    """Where it was said; a direct chat has no name but that of the person."""
    room = view.rooms.get(room_id)
    if room is None or room.kind is RoomKind.DIRECT or ticket.confidential:
        return ""
    return room.name


def may_show(post: Post, room: RoomView) -> bool:
    """Whether the room may show the post."""
    return post.may_stand_in(encrypted=room.encrypted)


def carrying(
    happened: Happened, view: DeskView, spot: Spot, post: Post, *, template: str, room: RoomView
) -> Letter:
    """A letter that carries a post, or says that it may not."""
    if not may_show(post, room):
        return letter_about(
            happened, view, spot, f"{template}_without_text", {"author": post.author}
        )
    name = f"{template}_file" if post.attachment else template
    return replace(
        letter_about(happened, view, spot, name, carried_facts(name, happened.ticket, post, view)),
        loud=True,
        post_id=post.id,
        sealed=post.sealed,
        attachment=post.attachment,
    )


def asker_wrote(happened: AskerWrote, view: DeskView) -> list[Announcement]:
    """The asker's words in the specialists' thread; whoever has the ticket is called."""
    desk = happened.desk
    thread = view.thread(desk.id, Side.AREA)
    if thread is None or thread.room_id is None or thread.room_id not in view.rooms:
        return []
    letter = carrying(
        happened,
        view,
        spot_of(thread),
        happened.post,
        template="ticket/relayed",
        room=view.rooms[thread.room_id],
    )
    return [
        replace(letter, calls=callable_in(desk.assignee, view.rooms[thread.room_id]), loud=True)
    ]


def is_private(ticket: Ticket, post: Post, view: DeskView) -> bool:
    """Whether the asker can only be given the post in an encrypted direct chat."""
    room = asker_room(ticket, view)
    return room is None or not may_show(post, room)


def post_to_asker(
    happened: Happened, view: DeskView, post: Post, template: str
) -> list[Announcement]:
    """A specialist's words in the asker's thread, or in their direct chat if they must not show."""
    ticket = happened.ticket
    room = asker_room(ticket, view)
    thread = view.thread(ticket.id, Side.ASKER)
    if room is not None and thread is not None and may_show(post, room):
        letter = carrying(happened, view, spot_of(thread), post, template=template, room=room)
        return [replace(letter, calls=(ticket.asker,))]
    told = to_asker(happened, view, "ticket/answer_elsewhere", {})
    return [
        *(replace(letter, calls=(ticket.asker,)) for letter in told),
        _private_letter(happened, view, post, template),
    ]


def _private_letter(happened: Happened, view: DeskView, post: Post, template: str) -> Letter:
    ticket = happened.ticket
    direct = view.directs.get(ticket.asker)
    thread = view.private_thread(ticket.id, direct)
    spot = spot_of(thread) if thread else Spot(room_id=direct, person=ticket.asker)
    name = f"{template}_file" if post.attachment else template
    letter = letter_about(happened, view, spot, name, carried_facts(name, ticket, post, view))
    return replace(
        letter,
        calls=(ticket.asker,),
        post_id=post.id,
        sealed=post.sealed,
        attachment=post.attachment,
        opens=None if thread else Side.ASKER,
    )


def edited(happened: PostEdited, view: DeskView, post: Post) -> list[Announcement]:
    """Every letter that shows the post, in its new words; each about the ticket of its thread.

    A digest that repeats the old ones goes.
    """
    edits = [
        _edit(carrier, view.carried_to.get(carrier.ticket_id, happened.ticket), view, post)
        for carrier in view.carriers.get(post.id, ())
        if carrier.kind is LetterKind.MESSAGE
        and carrier.state is not LetterState.REJECTED
        and _may_edit(carrier, post, view)
    ]
    return [*edits, *_digests_gone(view)]


def _digests_gone(view: DeskView) -> list[Announcement]:
    return [Redaction(of=letter) for letter in view.told if letter.kind is LetterKind.MESSAGE]


def _edit(carrier: StoredLetter, ticket: Ticket, view: DeskView, post: Post) -> Edit:
    return Edit(
        of=carrier,
        facts={
            "ticket": ticket,
            "prefix": view.verb_prefix,
            **_origin_facts(carrier.template, ticket, post),
            **carried_facts(carrier.template, ticket, post, view),
        },
        key=ticket_key(ticket, "suggested" if carrier.offers else "relayed", view),
        sealed=post.sealed,
        attachment=post.attachment if carrier.template.endswith("_file") else None,
    )


def _may_edit(carrier: StoredLetter, post: Post, view: DeskView) -> bool:
    """Since a message was relayed its room may have been encrypted: an edit of it is sealed."""
    room = view.rooms.get(carrier.room_id) if carrier.room_id else None
    return room is None or may_show(post, room)


def _origin_facts(template: str, ticket: Ticket, post: Post) -> dict[str, object]:
    match template:
        case "ticket/opened":
            return {"origin": ticket.area}
        case "ticket/routed_away":
            return {"reason": post.text, "by_asker": False}
    return {}


def erased(happened: PostErased, view: DeskView, post: Post) -> list[Announcement]:
    """Every letter that shows the post is taken back; a question's area is told."""
    taken_back = [
        Redaction(of=carrier)
        for carrier in view.carriers.get(post.id, ())
        if carrier.kind in {LetterKind.MESSAGE, LetterKind.EDIT}
    ]
    if post.kind is not PostKind.QUESTION:
        return [*taken_back]
    told = to_area(happened, view, "ticket/question_erased", {})
    return [*taken_back, *_digests_gone(view), *told]
