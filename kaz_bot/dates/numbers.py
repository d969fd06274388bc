"""Spells the numbers that dates need, in German and English."""

from collections.abc import Iterator

_DE_UNITS = "null ein zwei drei vier fünf sechs sieben acht neun".split()
_DE_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_DE_ORDINAL_STEMS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_EN_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_DE_ENDINGS = ("e", "en", "er", "es", "em")
_MOST_ORDINAL = 31
_MOST_HALVES = 13
_MOST_TIMES = 25


def cardinals() -> Iterator[tuple[str, int]]:
    """`("siebzehn", 17)`; two words of one number stand with a space between them."""
    for number in range(100):
        yield _german(number), number
        yield _english(number), number
    yield from (("ein" + ending, 1) for ending in ("s", *_DE_ENDINGS))
    yield from {"ner": 1, "nem": 1, "ne": 1}.items()
    yield from {"zwo": 2, "fuffzehn": 15, "hundert": 100, "einhundert": 100}.items()


def halves() -> Iterator[tuple[str, float]]:
    """`("dreieinhalb", 3.5)`, `("three and a half", 3.5)`"""
    yield "anderthalb", 1.5
    yield "einundeinhalb", 1.5
    for number in range(1, _MOST_HALVES):
        yield f"{_german(number)}einhalb", number + 0.5
        yield f"{_german(number)}undeinhalb", number + 0.5
        yield f"{_english(number)} and a half", number + 0.5


def ordinals() -> Iterator[tuple[str, int]]:
    """`("dritten", 3)`, `("twenty first", 21)`"""
    for number in range(1, _MOST_ORDINAL + 1):
        yield from ((_german_stem(number) + ending, number) for ending in _DE_ENDINGS)
        yield _english_ordinal(_english(number)), number


def times() -> Iterator[tuple[str, int]]:
    """`("viermal", 4)`"""
    for number in range(2, _MOST_TIMES):
        yield f"{_german(number)}mal", number


def _german(number: int) -> str:
    if number < 10:
        return _DE_UNITS[number]
    if number < 20:
        return _DE_TEENS[number - 10]
    tens, units = divmod(number, 10)
    return (f"{_DE_UNITS[units]}und" if units else "") + _DE_TENS[tens - 2]


def _german_stem(number: int) -> str:
    return _DE_ORDINAL_STEMS.get(number) or _german(number) + ("t" if number < 20 else "st")


def _english(number: int) -> str:
    if number < 20:
        return _EN_SMALL[number]
    tens, units = divmod(number, 10)
    return _EN_TENS[tens - 2] + (f" {_EN_SMALL[units]}" if units else "")


def _english_ordinal(number: str) -> str:
    *before, last = number.split()
    ordinal = _EN_ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return " ".join([*before, ordinal])
