"""Makes a parcel of a letter: the type of its event, and how it relates to others."""

from collections.abc import Mapping

from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.matrix import polls
from kaz_bot.messages import EventId, Parcel, RoomId

_EVENT_TYPES = {
    LetterKind.REACTION: "m.reaction",
    LetterKind.POLL: polls.START,
    LetterKind.POLL_END: polls.END,
}


def parcel_of(
    letter: StoredLetter, room_id: RoomId, *, target: EventId | None, root: EventId | None
) -> Parcel:
    """The request for a letter that is about `target`, or stands in the thread of `root`."""
    return Parcel(
        room_id=room_id,
        txn_id=letter.txn_id,
        event_type=_EVENT_TYPES.get(letter.kind, "m.room.message"),
        content=_related(letter, target=target, root=root),
        redacts=target if letter.kind is LetterKind.REDACTION else None,
    )


def _related(
    letter: StoredLetter, *, target: EventId | None, root: EventId | None
) -> Mapping[str, object]:
    """The content with its relation (client-server spec, "Forming relationships")."""
    content = dict(letter.content)
    match letter.kind:
        case LetterKind.REACTION:
            key = content.pop("key", "")
            relation: dict[str, object] = {
                "rel_type": "m.annotation",
                "event_id": target,
                "key": key,
            }
        case LetterKind.EDIT:
            relation = {"rel_type": "m.replace", "event_id": target}
        case LetterKind.POLL_END:
            relation = {"rel_type": "m.reference", "event_id": target}
        case LetterKind.REDACTION:
            return content
        case _:
            relation = _placed(root=root, reply_to=letter.reply_to)
    return {**content, "m.relates_to": relation} if relation else content


def _placed(*, root: EventId | None, reply_to: EventId | None) -> dict[str, object]:
    if root is None:
        return {"m.in_reply_to": {"event_id": reply_to}} if reply_to else {}
    # In a thread, clients without threads show the fallback as a reply.
    return {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": reply_to is None,
        "m.in_reply_to": {"event_id": reply_to or root},
    }
