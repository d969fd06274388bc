"""Tells a question to the desk from what people say to each other."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kaz_bot.routing.features import MOST_WORDS, Feature, content, knowledge
from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import Word, cut, sentences, stop_words, weighed

QUESTION, CHATTER = "question", "chatter"

_QUOTED = re.compile(r"^>.*$", re.MULTILINE)
_LINK = re.compile(r"https?://\S+")
_CALLED = re.compile(r"^(?:@\S+|(?:[A-ZÄÖÜ][a-zäöüß]+\s){0,2}[A-ZÄÖÜ][a-zäöüß]+[,:](?=\s))")
_CALLED_LAST = re.compile(r",\s(?:(?:Herr|Frau)\s)?[A-ZÄÖÜ][a-zäöüß]+\s*[?.!]*$")
_PICTURE = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]|[:;]-?[)D(P]")
# Followed by a comma these open a sentence or greet everybody; they call nobody by name.
_NOT_A_NAME = re.compile(
    r"^(?:hallo|hi|hey|moin|guten?|tach|servus|liebe[rs]?|danke?|vielen|ja|nein|doch|genau|ok|super|"
    r"stimmt|richtig|also|so|na|schade|zur|kurz\w*|frage|info|update|bitte|sorry|entschuldigung|"
    r"\w*stand|falls|wenn|da|eilt?|achtung|problem|hilfe|thema|betreff|stichwort|kolleg\w+|alle|"
    r"zusammen|werte|sehr|eine|die|der|das|wir|ich|hier|nach|laut|unsere?|meine?|was|wer|wie|wo)\b",
    re.IGNORECASE,
)
MOST_SENTENCES = 12
LOCKED_OUT = 6.0
_LENGTHS = ((3, "tiny"), (6, "short"), (12, "middling"), (25, "long"))


def own_words(text: str) -> str:
    """The message without what it quotes."""
    return _QUOTED.sub("", weighed(text)).strip()


def intent_features(text: str) -> list[Feature]:
    """What tells a question to the desk from chatter."""
    own = own_words(text)
    words = content(_LINK.sub(" ", own))
    found: dict[str, float] = {}
    for name, value in (*_shape(text, own, words), *_said(words), *_worded(words), *_openings(own)):
        found[name] = max(found.get(name, 0.0), value)
    return [Feature(name, value, ()) for name, value in found.items()]


def _shape(text: str, own: str, words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    said = sentences(own)
    asked = [sentence for sentence in said if sentence.rstrip().endswith("?")]
    length = next((name for most, name in _LENGTHS if len(words) <= most), "endless")
    yield f"s:{length}", 1.0
    yield f"s:{'asks' if asked else 'tells'}", 1.0
    yield f"s:{'asks' if asked else 'tells'} {length}", 1.0
    if asked and len(said) > 1:
        yield "s:tells and asks", 1.0
    if own != weighed(text).strip():
        yield f"s:quotes and {'asks' if asked else 'tells'}", 1.0
    if _LINK.search(own):
        yield "s:link", 1.0
        yield f"s:link {length}", 1.0
    if _PICTURE.search(own):
        yield "s:picture", 1.0
    if _calls_by_name(own):
        yield "s:called by name", 2.0


def _calls_by_name(own: str) -> bool:
    if _CALLED_LAST.search(own):
        return True
    return bool(_CALLED.match(own)) and not _NOT_A_NAME.match(own)


def _said(words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    for hit in _cues().hits(words):
        # Who cannot get in needs help, in however few words it is told.
        yield f"q:{hit.means}", LOCKED_OUT if hit.means == "locked out" else 1.0
        if hit.first == 0:
            yield f"o:{hit.means}", 0.7
    subjects = {hit.means for hit in knowledge().hits(words)}
    yield f"n:{min(len(subjects), 4)} subjects", 0.7


def _worded(words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    forms = [word.folded for word in words]
    for at, form in enumerate(forms):
        yield f"w:{form}", 1.0
        yield f"p:{' '.join(forms[at : at + 2])}", 0.8
        yield f"t:{' '.join(forms[at : at + 3])}", 0.6
        if form not in stop_words():
            padded = f"^{form}$"
            for start in range(len(padded) - 3):
                yield f"l:{padded[start : start + 4]}", 0.35


def _openings(own: str) -> Iterator[tuple[str, float]]:
    """How each sentence begins and ends, and whether it asks."""
    for at, sentence in enumerate(sentences(own)[:MOST_SENTENCES]):
        forms = [word.folded for word in cut(sentence)][:MOST_WORDS]
        if not forms:
            continue
        asks = "asks" if sentence.rstrip().endswith("?") else "tells"
        where = "first" if at == 0 else "later"
        for length in (1, 2, 3):
            yield f"b:{asks} {' '.join(forms[:length])}", 0.8
        yield f"1:{where} {forms[0]}", 0.7
        yield f"e:{asks} {forms[-1]}", 0.5
        people = {"du", "dir", "dich", "dein", "deine"} & set(forms)
        us = {"wir", "uns", "unser", "unsere", "ich", "mir", "man"} & set(forms)
        you = {"ihr", "euch", "jemand", "jmd", "wer"} & set(forms)
        for who, said in (("you alone", people), ("us", us), ("all of you", you)):
            if said:
                yield f"u:{asks} {who}", 0.8


@lru_cache(maxsize=1)
def _cues() -> Phrasebook:
    return Phrasebook(phrases(read("cues", "intent.txt")))
