"""How a digest is told: one message in its room, and at most one picture after it."""

from datetime import datetime

from kaz_bot.announcements.letters import Announcement, Key, Letter, Spot
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.digest_contents import Reader
from kaz_bot.domain.digest_events import DigestTold
from kaz_bot.domain.letters import Place


def digest_told(happened: DigestTold, view: DeskView) -> list[Announcement]:
    """A room finds it when somebody looks; whoever ordered one for themselves is notified."""
    digest = happened.digest
    told = Letter(
        spot=_spot(happened),
        template="digest/digest",
        facts={
            "digest": digest,
            "rhythm": happened.rhythm,
            "due": happened.due,
            "asked": happened.heard is not None,
            "prefix": view.verb_prefix,
        },
        key=_key(happened),
        loud=digest.reader is Reader.PERSON and happened.heard is None,
        sealed=digest.sealed,
        subjects=digest.quoted,
    )
    if happened.picture is None:
        return [told]
    picture = Letter(
        spot=_spot(happened),
        template="digest/picture",
        facts={"weeks": happened.picture.weeks},
        key=_key(happened),
        enclosure=happened.picture.file,
    )
    return [told, picture]


def _spot(happened: DigestTold) -> Spot:
    """In the room; where somebody asked for it, there."""
    heard = happened.heard
    if heard is None:
        return Spot(room_id=happened.room_id)
    thread = Place(event=heard.thread) if heard.thread else None
    return Spot(room_id=happened.room_id, thread=thread, reply_to=heard.reply_to)


def _key(happened: DigestTold) -> Key:
    """What programs read: from when to when it tells, and where."""
    digest = happened.digest
    return Key(
        name="de.kaz.digest",
        content={
            "from": _written(digest.since),
            "to": _written(digest.until),
            "room": happened.room_id,
        },
    )


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
