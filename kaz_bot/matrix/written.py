"""Writes the parts that the content of the bot's own messages is made of."""

import json

from kaz_bot.messages import Attachment, Enclosure, Rendered

# An encrypted event of this content still fits into the 64 KiB of the client-server spec.
_LARGEST_CONTENT = 40_000


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
    return {"msgtype": "m.file", "filename": enclosure.name, "info": file_info(enclosure)}


def file_info(enclosure: Enclosure) -> dict[str, object]:
    """What is told of a file; how large one will be that is still to be typeset is not known."""
    info: dict[str, object] = {"mimetype": enclosure.media_type}
    return {**info, "size": len(enclosure.content)} if enclosure.finished else info


def fitting(content: dict[str, object]) -> dict[str, object]:
    """Without the formatted form when both would be too large; the plain one is complete."""
    if len(json.dumps(content, ensure_ascii=False).encode()) > _LARGEST_CONTENT:
        content.pop("formatted_body")
        content.pop("format")
    return content
