"""Reads a paper as people type it: a title, then what belongs to it behind labels."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kaz_bot.domain.committee.papers import Edition
from kaz_bot.domain.words import bare, folded
from kaz_bot.errors import ErrorCode, Refusal


class Part(StrEnum):
    """What a paper consists of; each is the field of an edition of that name."""

    TITLE = "title"
    WORDING = "wording"
    REASONS = "reasons"
    MONEY = "money"
    LEAD = "lead"
    INVOLVED = "involved"
    ANNEXES = "annexes"


# What people write on papers outside of chats is understood too.
_NAMES: Mapping[Part, tuple[str, ...]] = {
    Part.TITLE: ("titel", "betreff", "title", "subject"),
    Part.WORDING: ("wortlaut", "beschlussvorschlag", "beschlusstext", "wording", "proposal"),
    Part.REASONS: ("begründung", "sachverhalt", "reasons", "reason", "reasoning"),
    Part.MONEY: (
        *("finanzen", "finanzielles", "finanzierung", "kosten", "finanzielle auswirkungen"),
        *("costs", "cost", "money", "finances", "financial impact"),
    ),
    Part.LEAD: ("federführung", "federführend", "federführendes ressort", "lead"),
    Part.INVOLVED: (
        *("beteiligt", "beteiligte", "beteiligte ressorts", "beteiligung"),
        *("involved", "involved ministries", "ministries involved", "involvement"),
    ),
    Part.ANNEXES: ("anlagen", "anlage", "annexes", "annex", "attachments"),
}
# However umlauts are typed.
_LABELS: Mapping[str, Part] = {
    spelled: part
    for part, names in _NAMES.items()
    for name in names
    for spelled in (folded(name), bare(name))
}
# A label begins a line, perhaps in a list or in bold letters, as some clients send them.
_LABELLED = re.compile(
    r"(?:(?:[-–•*]|\d{1,2}[.)])\s+)?(?P<marks>[*_]*)(?P<label>[^\s:*_][^:*_]{1,39})[*_]*\s*:"
    r"(?:(?P=marks)(?=\s|$))?(?P<text>.*)"
)
_BETWEEN_WORDS = re.compile(r"[\s;,|]+")

# What people say to have something done to a paper, besides the verbs of the house.
_ORDERS = frozenset(
    "abstimmen umlauf umlaufverfahren zurueck zuruecknehmen schliessen abbrechen vertagen "
    "eroeffnen circulation close adjourn".split()
)
_POLITE = frozenset({"bitte", "please", "jetzt", "now"})
_AROUND_WORDS = " ,.;:!?"
# Behind such a word, or alone, this is no title: "im Umlauf bis Freitag", "abstimmung bis 15.10.".
_BY_CIRCULATION = re.compile(r"(?:im|per|by|in)\s+(?:umlauf\w*|circulation)(?!\w)")
_UNTIL = re.compile(r"(?:bis|until)(?!\w)")

# So much is read before a vote; more belongs into an annex. Together it fits into one message.
LONGEST: Mapping[Part, int] = {
    Part.TITLE: 200,
    Part.WORDING: 4000,
    Part.REASONS: 4000,
    Part.MONEY: 1000,
    Part.LEAD: 300,
    Part.INVOLVED: 1000,
    Part.ANNEXES: 1000,
}


class PartTooLong(Refusal):
    """A part of a paper is longer than anybody reads in a message; told which, and how long."""

    code = ErrorCode.TOO_LONG
    template = "refusal/part_too_long"


class TitleMissing(Refusal):
    """A paper begins with its title; told how one is written."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/title_missing"


class ChangeMissing(Refusal):
    """A paper was named, and nothing that shall be different in it; told how that is written."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/change_missing"


class TitleUnclear(Refusal):
    """Words without a label would become the title, and something else is probably meant: they ask
    for something, or the paper is voted on. Told what to type instead."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/title_unclear"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The parts that somebody named; one that is empty was named to be emptied.

    `head` is what stood before the first label, which is the title, or begins it.
    """

    parts: Mapping[Part, str]
    head: str = ""

    @property
    def title(self) -> str:
        """The title, or nothing."""
        return self.parts.get(Part.TITLE, "")

    def of(self, part: Part) -> str:
        """What was said for the part, or nothing."""
        return self.parts.get(part, "")

    def changes(self, edition: Edition) -> Mapping[Part, str]:
        """The named parts that are different in the edition. A title cannot be emptied."""
        before = parts_of(edition)
        return {
            part: text
            for part, text in self.parts.items()
            if text != before[part] and (text or part is not Part.TITLE)
        }


def parts_of(edition: Edition) -> Mapping[Part, str]:
    """All parts of an edition, also the empty ones."""
    return {
        Part.TITLE: edition.title,
        Part.WORDING: edition.wording,
        Part.REASONS: edition.reasons,
        Part.MONEY: edition.money,
        Part.LEAD: edition.lead,
        Part.INVOLVED: edition.involved,
        Part.ANNEXES: edition.annexes,
    }


def with_parts(edition: Edition, parts: Mapping[Part, str]) -> Edition:
    """The edition with these parts, the others as they are."""
    whole = {**parts_of(edition), **parts}
    return replace(
        edition,
        title=whole[Part.TITLE],
        wording=whole[Part.WORDING],
        reasons=whole[Part.REASONS],
        money=whole[Part.MONEY],
        lead=whole[Part.LEAD],
        involved=whole[Part.INVOLVED],
        annexes=whole[Part.ANNEXES],
    )


def taken_back(editions: Sequence[Edition], number: int) -> list[Edition]:
    """The editions from that one on, without what it brought in: what stood there before it is
    there again. The first one cannot be taken back."""
    known = {edition.number: edition for edition in editions}
    before, gone = parts_of(known[number - 1]), parts_of(known[number])
    return [
        with_parts(
            edition,
            {part: before[part] for part, text in parts_of(edition).items() if text == gone[part]},
        )
        for edition in editions
        if edition.number >= number
    ]


def read(text: str) -> Draft:
    """What was typed, in parts: before the first label stands the title. Raises PartTooLong."""
    lines: dict[Part, list[str]] = {}
    head: list[str] = []
    current: Part | None = None
    for line in text.splitlines():
        named, rest = _label_of(line)
        current = named or current
        if current is None:
            head.append(line)
        lines.setdefault(current or Part.TITLE, []).append(rest.rstrip())
    parts = {part: "\n".join(said).strip() for part, said in lines.items()}
    if Part.TITLE in parts:
        parts[Part.TITLE] = " ".join(parts[Part.TITLE].split())
    for part, said in parts.items():
        if len(said) > LONGEST[part]:
            raise PartTooLong(part=part, length=len(said), limit=LONGEST[part])
    return Draft(parts=parts, head=" ".join(" ".join(head).split()))


def is_order(head: str, is_verb: Callable[[str], bool]) -> bool:
    """Whether words that would become the title ask for something instead: a verb alone, or a vote
    by circulation. `is_verb` knows the verbs of the house."""
    words = [word.strip(_AROUND_WORDS) for word in folded(head).split()]
    words = [word for word in words if word and word not in _POLITE]
    if not words:
        return bool(head)
    verb = words[0] in _ORDERS or is_verb(words[0])
    rest = " ".join(words[1:] if verb else words)
    if not verb:
        return _BY_CIRCULATION.match(rest) is not None
    return not rest or bool(_BY_CIRCULATION.match(rest) or _UNTIL.match(rest))


def label_within(title: str) -> str:
    """The first label that stands inside of a title, where it begins no part; or nothing."""
    for before in title.split(":")[:-1]:
        words = _BETWEEN_WORDS.split(before.strip(" *_"))
        for label in (words[-1], " ".join(words[-2:])):
            part = _LABELS.get(folded(label)) or _LABELS.get(bare(label))
            if part not in {None, Part.TITLE}:
                return label
    return ""


def _label_of(line: str) -> tuple[Part | None, str]:
    """The part that the line begins, and what it says of it; of any other line all of it."""
    match = _LABELLED.match(line.strip())
    label = " ".join(match["label"].split()) if match else ""
    part = _LABELS.get(folded(label)) or _LABELS.get(bare(label))
    return (part, match["text"].strip()) if match and part else (None, line)
