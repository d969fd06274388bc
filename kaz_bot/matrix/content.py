"""Reads the content of a message: text, relations, mentions, the attachment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.matrix.shapes import Json, event_id, integer, items, mapping, text, user_id
from kaz_bot.messages import Attachment, EventId, UserId

_WORDS = frozenset({"m.text", "m.notice", "m.emote", "m.location"})
_FILES = frozenset({"m.image", "m.file", "m.audio", "m.video"})
_HTML = "org.matrix.custom.html"

# What old clients put before a reply: the message it answers.
_QUOTE_IN_TEXT = re.compile(r"\A> <[^\n]*\n(?:>[^\n]*\n)*\n?")
_QUOTE_IN_HTML = re.compile(r"\A\s*<mx-reply>.*?</mx-reply>", re.DOTALL | re.IGNORECASE)

_FACE = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2640\u2642]")


@dataclass(frozen=True, kw_only=True)
class Relations:
    """Where a message stands among others."""

    thread: EventId | None = None
    reply_to: EventId | None = None
    edits: EventId | None = None


def relations(content: Json) -> Relations:
    """What `m.relates_to` says, as far as it is well-formed."""
    relation = mapping(content.get("m.relates_to"))
    kind, target = relation.get("rel_type"), event_id(relation.get("event_id"))
    reply = mapping(relation.get("m.in_reply_to"))
    reply_to = event_id(reply.get("event_id"))
    if kind == "m.replace":
        return Relations(edits=target)
    if kind == "m.thread" and target is not None:
        # For clients without threads a reply to the latest message is named, which nobody meant.
        falls_back = relation.get("is_falling_back") is True
        return Relations(thread=target, reply_to=None if falls_back else reply_to)
    return Relations(reply_to=reply_to)


def is_edit(content: Json) -> bool:
    """Whether it calls itself an edit, well-formed or not."""
    return mapping(content.get("m.relates_to")).get("rel_type") == "m.replace"


def is_message(content: Json) -> bool:
    """Whether it says something we can understand."""
    known = text(content.get("msgtype")) in (_WORDS | _FILES)
    return known and isinstance(content.get("body"), str)


def attachment(content: Json) -> Attachment | None:
    """The file it carries, if it names one that can be fetched."""
    if content.get("msgtype") not in _FILES:
        return None
    place = _place(content)
    if place is None:
        return None
    name = text(content.get("filename")) or text(content.get("body")) or ""
    keys: dict[str, object] = {"msgtype": content["msgtype"], **place}
    if info := _info(mapping(content.get("info"))):
        keys["info"] = info
    if "filename" in content:
        keys["filename"] = name
    return Attachment(name=name, content=keys)


def words(content: Json, *, replies: bool) -> str:
    """The text. A file's is its caption; without one its body is but a file name."""
    body = text(content.get("body")) or ""
    if content.get("msgtype") in _FILES:
        filename = text(content.get("filename"))
        if filename is None or filename == body:
            return ""
    return _QUOTE_IN_TEXT.sub("", body) if replies else body


def html(content: Json) -> str | None:
    """The formatted text, as the sender wrote it: nothing in it is safe."""
    if content.get("format") != _HTML:
        return None
    formatted = text(content.get("formatted_body"))
    return None if formatted is None else _QUOTE_IN_HTML.sub("", formatted)


def mentions(content: Json) -> frozenset[UserId]:
    """The people it calls."""
    named = items(mapping(content.get("m.mentions")).get("user_ids"))
    return frozenset(person for person in map(user_id, named) if person is not None)


def reaction_key(value: object) -> str | None:
    """The key of a reaction, the same for every skin, gender and drawing style."""
    key = text(value)
    return _FACE.sub("", key) if key else None


def _place(content: Json) -> dict[str, object] | None:
    """`file` if it is encrypted, else `url`."""
    if (encrypted := _encrypted_file(content.get("file"))) is not None:
        return {"file": encrypted}
    url = _mxc(content.get("url"))
    return None if url is None else {"url": url}


def _mxc(value: object) -> str | None:
    url = text(value)
    return url if url and url.startswith("mxc://") and url.isprintable() else None


def _encrypted_file(value: object) -> dict[str, object] | None:
    """The key, initialization vector and hashes of an encrypted file (`EncryptedFile`)."""
    file, key = mapping(value), mapping(mapping(value).get("key"))
    url, iv, version = _mxc(file.get("url")), text(file.get("iv")), text(file.get("v"))
    secret, hashes = text(key.get("k")), _texts(mapping(file.get("hashes")))
    operations = [op for op in map(text, items(key.get("key_ops"))) if op]
    if not (url and iv and version and secret and hashes):
        return None
    jwk = {
        "kty": text(key.get("kty")) or "oct",
        "key_ops": operations or ["encrypt", "decrypt"],
        "alg": text(key.get("alg")) or "A256CTR",
        "k": secret,
        "ext": True,
    }
    return {"v": version, "url": url, "key": jwk, "iv": iv, "hashes": hashes}


def _info(value: Json) -> dict[str, object]:
    """Size, kind and preview; keys we do not know stay behind."""
    info: dict[str, object] = _numbers_and_kind(value, "size", "w", "h", "duration")
    if (file := _encrypted_file(value.get("thumbnail_file"))) is not None:
        info["thumbnail_file"] = file
    elif (url := _mxc(value.get("thumbnail_url"))) is not None:
        info["thumbnail_url"] = url
    if thumbnail := _numbers_and_kind(mapping(value.get("thumbnail_info")), "size", "w", "h"):
        info["thumbnail_info"] = thumbnail
    return info


def _numbers_and_kind(value: Json, *numbers: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for key in numbers:
        number = integer(value.get(key))
        if number is not None and 0 <= number < 2**53:
            found[key] = number
    if kind := text(value.get("mimetype")):
        found["mimetype"] = kind
    return found


def _texts(value: Json) -> Mapping[str, str]:
    return {key: word for key, word in value.items() if isinstance(word, str)}
