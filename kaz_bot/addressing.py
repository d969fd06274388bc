"""Finds out whether a message speaks to the bot, and what is left when the address is cut off."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kaz_bot.messages import Said, UserId


class Manner(StrEnum):
    """How somebody speaks to the bot."""

    PREFIX = "prefix"
    MENTION_FIRST = "mention_first"
    MENTION_LAST = "mention_last"
    MENTION = "mention"
    DIRECT = "direct"


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A message to the bot; `rest` is what follows the address."""

    manner: Manner
    rest: str


def addressed(
    said: Said, *, prefix: str, bot: UserId, bot_name: str, direct: bool
) -> Addressed | None:
    """How the message speaks to the bot, if it does."""
    text = _trimmed(said.text)
    after_prefix = _after(text, prefix)
    if after_prefix is not None:
        return Addressed(manner=Manner.PREFIX, rest=after_prefix)
    after_name = _after_any(text, _names(bot, bot_name, mentioned=bot in said.mentions))
    if after_name is not None:
        return Addressed(manner=Manner.MENTION_FIRST, rest=after_name)
    if bot in said.mentions:
        before_name = _before_any(text, _names(bot, bot_name, mentioned=True))
        if before_name is not None:
            return Addressed(manner=Manner.MENTION_LAST, rest=before_name)
        return Addressed(manner=Manner.MENTION, rest=text)
    return Addressed(manner=Manner.DIRECT, rest=text) if direct else None


def spoken(text: str, addresses: Iterable[str]) -> str:
    """`text` without an address at its front, whichever of `addresses` it is."""
    cut = _after_any(text.strip(), addresses)
    return text.strip() if cut is None else cut


def _names(bot: UserId, bot_name: str, *, mentioned: bool) -> tuple[str, ...]:
    local = bot.partition(":")[0]
    certain = (bot, local, f"@{bot_name}", f"{bot_name}:", f"{bot_name},")
    # A bare name is an address only when the client says that it was a mention.
    return (*certain, bot_name, local.removeprefix("@")) if mentioned else certain


def _after_any(text: str, names: Iterable[str]) -> str | None:
    for name in sorted(names, key=len, reverse=True):
        rest = _after(text, name)
        if rest is not None:
            return rest
    return None


def _before_any(text: str, names: Iterable[str]) -> str | None:
    for name in sorted(names, key=len, reverse=True):
        bare_name = name.strip(":,")
        rest = text[: -len(bare_name)] if bare_name else ""
        if rest[-1:].isspace() and text.casefold().endswith(bare_name.casefold()):
            return rest.rstrip(" ,\n\t")
    return None


def _after(text: str, address: str) -> str | None:
    if not address.strip("@:,") or not text.casefold().startswith(address.casefold()):
        return None
    rest = text[len(address) :]
    if address[-1] not in ":," and rest[:1].isalnum():
        return None
    return _trimmed(rest, also=":,")


def _trimmed(text: str, also: str = "") -> str:
    """`text` without white space around it and invisible marks in front."""
    start = 0
    while start < len(text) and (_is_blank(text[start]) or text[start] in also):
        start += 1
    return text[start:].rstrip()


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cf", "Cc"}
