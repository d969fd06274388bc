"""Writes the parts that the content of the bot's own messages is made of."""

import json
from collections.abc import Mapping
from struct import Struct

from kaz_bot.messages import Attachment, Enclosure, Rendered

# An encrypted event of this content still fits into the 64 KiB of the client-server spec.
_LARGEST_CONTENT = 40_000
_PICTURES = "image/"
# How a PNG begins (its specification, version 1.2): signature, length and name of the first
# chunk, width and height.
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_MEASURES = Struct(">16sII")


def bodies(rendered: Rendered) -> dict[str, object]:
    """A text in both forms."""
    return {
        "body": rendered.body,
        "format": "org.matrix.custom.html",
        "formatted_body": rendered.html,
    }


def attached(attachment: Attachment | None) -> dict[str, object]:
    """What makes a message a file: its own content, and a name beside the caption (MSC2530)."""
    return {**attachment.content, "filename": attachment.name} if attachment else {}


def enclosed(enclosure: Enclosure | None) -> dict[str, object]:
    """The same for a file of our own; where it lies is known when the postman has uploaded it."""
    if enclosure is None:
        return {}
    # Where a picture is shown its caption stands below it, and is read instead of it.
    kind = "m.image" if enclosure.media_type.startswith(_PICTURES) else "m.file"
    return {"msgtype": kind, "filename": enclosure.name, "info": file_info(enclosure)}


def file_info(enclosure: Enclosure) -> dict[str, object]:
    """What is told of a file; how large one will be that is still to be made is not known."""
    info: dict[str, object] = {"mimetype": enclosure.media_type}
    if not enclosure.finished:
        return info
    return {**info, "size": len(enclosure.content), **_measures(enclosure.content)}


def awaits_file(content: Mapping[str, object]) -> bool:
    """A file that is passed on says where it lies; one of our own does not know it yet."""
    ours = content.get("msgtype") in {"m.file", "m.image"}
    return ours and not {"url", "file"} & content.keys()


def _measures(content: bytes) -> dict[str, object]:
    """Width and height of a picture, so that clients make room for it before they have it."""
    if not content.startswith(_PNG) or len(content) < _PNG_MEASURES.size:
        return {}
    _, width, height = _PNG_MEASURES.unpack_from(content)
    return {"w": width, "h": height}


def fitting(content: dict[str, object]) -> dict[str, object]:
    """Without the formatted form when both would be too large; the plain one is complete."""
    if len(json.dumps(content, ensure_ascii=False).encode()) > _LARGEST_CONTENT:
        content.pop("formatted_body")
        content.pop("format")
    return content
