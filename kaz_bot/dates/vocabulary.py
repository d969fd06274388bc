"""Holds the closed vocabulary of dates: what each word is, and what was meant by a mistyped one."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaz_bot.dates.numbers import cardinals, halves, ordinals, times
from kaz_bot.dates.spelling import Speller
from kaz_bot.domain.words import bare, folded

_FILE = Path(__file__).with_name("words.toml")
_REWRITE = "REWRITE"
_ORDINARY = "ORDINARY"
# These are written together with what follows: "Freitagabend", "jedenMontag".
_FIRST_PARTS = frozenset({"RELATIVE_DAY", "MORGEN", "WEEKDAY", "HABIT", "EVERY", "INT"})
_LAST_PARTS = frozenset({"DAYPART", "MORGEN", "WEEKDAY", "UHR"})
_SHORTEST_PART = 3
# A mistyped word may be one of these; the others are small words that look like too many.
_CORRECTED = frozenset(
    """RELATIVE_DAY MORGEN WEEKDAY HABIT MONTH MINUTE HOUR DAY WEEK MONTHS QUARTERS YEARS WORKDAY
    WHICH LAST EVERY FREQUENCY TIMES KW HALF QUARTER THREE_QUARTERS DAYPART MIDNIGHT WEEKEND
    HOLIDAY INT ORDINAL""".split()
)
_ALSO_CORRECTED = frozenset({"innerhalb", "spaetestens"})

Value = int | float | str
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """A kind of word, as the grammar calls it, and which of its kind."""

    kind: str
    value: Value


class Ambiguous(Exception):
    """A mistyped word is as near to one word as to another of a different meaning."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(", ".join(words))
        self.words = words


class Vocabulary:
    """The words and set phrases, by how they are compared (see `folded` and `bare`)."""

    def __init__(
        self, phrases: Mapping[Phrase, tuple[Meaning, ...]], ordinary: frozenset[str]
    ) -> None:
        self._phrases = phrases
        self._ordinary = ordinary
        self._words = {words[0]: found for words, found in phrases.items() if len(words) == 1}
        self._speller = Speller(
            word for word, found in self._words.items() if _is_corrected_to(word, found)
        )
        self.longest = max(map(len, phrases))

    def phrases(self) -> Iterable[Phrase]:
        """All that is known."""
        return self._phrases

    def phrase(self, words: Phrase) -> tuple[Meaning, ...] | None:
        """What several words mean together, or one alone."""
        return self._phrases.get(words)

    def compound(self, word: str) -> tuple[Meaning, ...] | None:
        """What a word written together means: `freitagabend`, also with a slip in the day."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = self._words.get(word[cut:], ())
            if len(last) == 1 and last[0].kind in _LAST_PARTS:
                first = self._words.get(word[:cut]) or self.meant(word[:cut])
                if first and len(first) == 1 and first[0].kind in _FIRST_PARTS:
                    return first + last
        return None

    def meant(self, typed: str) -> tuple[Meaning, ...] | None:
        """What somebody meant who mistyped a word. Raises `Ambiguous`."""
        if typed in self._words or typed in self._ordinary:
            return None
        near = self._speller.nearest(typed)
        # "Dienstach" is nearer to the day than to the habit, though both are two slips away.
        plain = [word for word in near if not (word.endswith("s") and word[:-1] in self._words)]
        meanings = {self._words[word] for word in plain or near}
        if len(meanings) > 1:
            raise Ambiguous(near)
        return meanings.pop() if meanings else None


@cache
def vocabulary() -> Vocabulary:
    """The one that ships with the program, read once."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rewrites: dict[str, str] = tables.pop(_REWRITE)
    ordinary: str = tables.pop(_ORDINARY)["words"]
    phrases: dict[Phrase, tuple[Meaning, ...]] = {}
    listed = [*_numbers(), *_listed(tables)]
    for words, meaning in listed:
        phrases[tuple(folded(words).split())] = (meaning,)
    # Umlauts may lose their dots, but not where that makes another word: "wö." is no "Wo.".
    for words, meaning in listed:
        phrases.setdefault(tuple(bare(words).split()), (meaning,))
    for said, set_phrases in rewrites.items():
        meanings = tuple(_of_word(word, phrases) for word in said.split())
        for words in set_phrases.split():
            for spelt in _spellings(words.replace("_", " ")):
                phrases[spelt] = meanings
    return Vocabulary(phrases, frozenset(map(folded, ordinary.split())))


def _is_corrected_to(word: str, meanings: Sequence[Meaning]) -> bool:
    if word in _ALSO_CORRECTED:
        return True
    # "eigen", "Eimer" and "Eisen" are as near to "einen" as a slip is.
    return (
        Meaning("INT", 1) not in meanings and {meaning.kind for meaning in meanings} <= _CORRECTED
    )


def _listed(tables: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Meaning]]:
    for kind, values in tables.items():
        for value, words in values.items():
            meaning = Meaning(kind, int(value) if value.lstrip("-").isdigit() else value)
            yield from ((word.replace("_", " "), meaning) for word in words.split())


def _numbers() -> Iterator[tuple[str, Meaning]]:
    yield from ((word, Meaning("INT", number)) for word, number in cardinals())
    yield from ((word, Meaning("DECIMAL", number)) for word, number in halves())
    yield from ((word, Meaning("ORDINAL", number)) for word, number in ordinals())
    yield from ((word, Meaning("TIMES", number)) for word, number in times())


def _spellings(words: str) -> set[Phrase]:
    return {tuple(folded(words).split()), tuple(bare(words).split())}


def _of_word(word: str, phrases: Mapping[Phrase, tuple[Meaning, ...]]) -> Meaning:
    if word.rstrip(".,5").isdigit():
        number = float(word.replace(",", ".")) if "," in word else int(word.rstrip("."))
        kind = "DECIMAL" if "," in word else "ORDINAL" if word.endswith(".") else "INT"
        return Meaning(kind, number)
    return phrases[(folded(word),)][0]
