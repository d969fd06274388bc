"""Recognises a message that says thanks and nothing else."""

import re
from functools import lru_cache

from kaz_bot.routing.features import content
from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import weighed

MOST_WORDS = 25
SAYS_SO = {"thanks", "praise", "agreed", "settled"}

_KIND = re.compile(
    r"[👍👌🙏🙌👏💪🤝😀😃😄😁😊🙂☺😍🥰😘🤗🎉🥳💐🌟⭐❤💙💚💛🧡✅✔🔥💯]|:-?[)D]|<3|^\s*\+1\s*$"
)
_ADDRESSED = re.compile(r"\b(?:Frau|Herrn?)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\w-]+|@\S+")
_UNKIND = re.compile(r"[👎😡😠😞😢😭🙁☹😕😟😤🤬🤔😳🙄❌❗❓⚠]|:-?[(/]")


def is_thanks(text: str) -> bool:
    """A mere thanks or acknowledgement. In doubt it is none: nobody should be left unheard."""
    whole = weighed(text)
    said = _ADDRESSED.sub("", whole).strip()
    if not said or "?" in whole or _UNKIND.search(said):
        return False
    words = content(said)
    if not words or _KIND.fullmatch(said):
        return bool(_KIND.search(said))
    if len(words) > MOST_WORDS:
        return False
    hits = list(_courtesies().hits(words))
    covered = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    return any(hit.means in SAYS_SO for hit in hits) and covered == set(range(len(words)))


@lru_cache(maxsize=1)
def _courtesies() -> Phrasebook:
    return Phrasebook(phrases(read("cues", "thanks.txt")))
