"""Reads how somebody words a task: in lines with labels, or in one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaz_bot.domain.committee.municipalities import begins_with_municipality
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, pattern_of
from kaz_bot.domain.words import folded


class Part(StrEnum):
    """What can be said of a task, besides what is to be done."""

    WHAT = "what"
    CLIENT = "client"
    LEAD = "lead"
    WORKER = "worker"
    PERSON = "person"
    DUE = "due"
    DECISION = "decision"


# Before a colon. Folded, as all words are compared.
_NAMES = {
    **dict.fromkeys(("was", "auftrag", "aufgabe", "what", "task"), Part.WHAT),
    **dict.fromkeys(("auftraggeber", "auftraggeberin", "auftraggebende stelle"), Part.CLIENT),
    **dict.fromkeys(("client", "for", "fuer"), Part.CLIENT),
    **dict.fromkeys(("federfuehrung", "federfuehrend", "ff", "lead"), Part.LEAD),
    **dict.fromkeys(("bearbeitung", "bearbeiter", "bearbeiterin", "worker", "by"), Part.WORKER),
    **dict.fromkeys(("wer", "person", "zustaendig", "who", "assignee"), Part.PERSON),
    **dict.fromkeys(("frist", "termin", "bis", "due", "deadline", "until"), Part.DUE),
    **dict.fromkeys(("beschluss", "decision"), Part.DECISION),
}
# However umlauts are typed.
_LABELS = _NAMES | {"federfuhrung": Part.LEAD, "fur": Part.CLIENT, "zustandig": Part.PERSON}
# A label begins a line, perhaps in a list or in bold letters, as some clients send them.
_LINE = re.compile(
    r"\s*(?:[-–•*]\s+)?[*_]*(?P<label>[^\W\d_]{2,16}(?: stelle)?)[*_]*\s*:[*_]*(?P<value>.*)",
    re.IGNORECASE,
)

# In a sentence, where no colon says that it is a label.
_GERMAN = "Auftraggeber(?:in)?|Federf(?:ü|ue|u)hrung|Bearbeitung"
_ENGLISH = "client|lead|worker"
_LABEL = re.compile(rf"(?<![\w-])(?P<label>{_GERMAN}|{_ENGLISH})(?![\w-])", re.IGNORECASE)
# "Bearbeitung durch die Kaz": what ties the label to the name.
_TIE = re.compile(
    r"\s*:?\s*(?:(?:liegt\s+)?(?:beim?|durch)\s+)?(?:(?:der|die|das|dem|den)\s+(?=[A-ZÄÖÜ]))?"
)
_VALUE_ENDS = re.compile(
    r"\n|(?<!\S)@|[,;.](?=\s|$)|\s(?=(?:bis|until|till|by|spätestens|spaetestens)\b)", re.IGNORECASE
)
# "zur Federführung", "who will lead": words of the sentence, no labels.
_NO_LABEL_AFTER = frozenset(
    "der die das des dem den zur zum fuer in im bei mit ohne und oder eine einer ihre ihrer unsere "
    "nach vor ueber welche wer the a an to will who that should must can could would and or of in "
    "for your our we they".split()
)
# "aus Beschluss 2026/1", "zu 2026/1": where the task comes from, said in its own sentence.
_TO = r"(?:aus|zu|zum|gem(?:ä|ae)(?:ß|ss)|laut|nach|from|under)\s+"
_FROM_DECISION = re.compile(
    rf"\b(?:{_TO}|(?:{_TO}(?:dem\s+|the\s+)?)?(?:beschluss(?:es)?|decision)\s+)"
    r"(?P<year>20\d\d)\s*/\s*(?P<number>\d{1,6})(?![\w/])",
    re.IGNORECASE,
)
_MARKS = " \t\r\n,;:–—-"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What somebody typed, sorted; a part that is missing was not said. `rest` is the sentence,
    in which a person and a date may still stand."""

    rest: str
    decision: DecisionNumber | None = None
    parts: Mapping[Part, str] = field(default_factory=dict)

    def said(self, part: Part, otherwise: str = "") -> str:
        """What was said of it; a lone dash takes out what was said before."""
        value = self.parts.get(part)
        if value is None:
            return otherwise
        return value.strip(_MARKS)


def worded(text: str) -> Wording:
    """What the text says. A number of a decision may stand first, in its line, or in the sentence
    with a word that says what it is."""
    decision, text = _decision_first(text)
    parts: dict[Part, str] = {}
    lines = _without_labelled(text, parts)
    rest = _without_labels("\n".join(lines), parts)
    if Part.WHAT in parts:
        rest = " ".join(filter(None, (parts.pop(Part.WHAT), rest)))
    named = parts.pop(Part.DECISION, None) or parts.get(Part.CLIENT, "")
    read = DecisionNumber.read(re.sub(r"^\D*\s(?=\d)", "", named))
    if read is not None and decision is None:
        parts.pop(Part.CLIENT, None)
        decision = read
    if decision is None and (match := _FROM_DECISION.search(rest)) is not None:
        decision = DecisionNumber(int(match["year"]), int(match["number"]))
        # Alone, it is no word of what is to be done.
        rest = "" if match.group() == rest.strip(_MARKS) else rest
    return Wording(rest=rest.strip(_MARKS), decision=decision, parts=parts)


def _decision_first(text: str) -> tuple[DecisionNumber | None, str]:
    match = pattern_of(Series.DECISION).match(text)
    if match is None:
        return None, text
    return DecisionNumber(int(match["year"]), int(match["number"])), text[match.end() :]


def _without_labelled(text: str, parts: dict[Part, str]) -> list[str]:
    """The lines that no label begins."""
    lines = []
    for line in text.splitlines():
        match = _LINE.match(line)
        part = _LABELS.get(folded(match["label"])) if match else None
        if match is None or part is None or part in parts:
            lines.append(line.strip())
        else:
            parts[part] = match["value"].strip()
    return lines


def _without_labels(text: str, parts: dict[Part, str]) -> str:
    """The sentence without "Federführung IT-Rat" and the like, wherever it stands."""
    start = 0
    while match := _LABEL.search(text, start):
        part = _LABELS[folded(match["label"])]
        value = _value_after(text, match) if part not in parts else None
        if value is None:
            start = match.end()
            continue
        begin, end = value
        if begin < end:
            parts[part] = text[begin:end].strip(_MARKS)
        before = text[: match.start()].rstrip(_MARKS)
        text, start = f"{before} {text[end:].lstrip(',; ')}", len(before)
    return text


def _value_after(text: str, label: re.Match[str]) -> tuple[int, int] | None:
    """Where the name behind a label stands; None if the label is a word of the sentence."""
    tie = _TIE.match(text, label.end())
    begin = tie.end() if tie else label.end()
    ends = [len(text), *(match.start() for match in _endings(text, begin))]
    end = min(ends)
    value = text[begin:end].strip(_MARKS)
    if ":" in text[label.end() : begin] or text[begin:].startswith("@"):
        return begin, end
    before = text[: label.start()].split()
    if not before or folded(before[-1].strip(_MARKS)) in _NO_LABEL_AFTER:
        return None
    return (begin, end) if value and _may_be_name(value, label["label"]) else None


def _endings(text: str, begin: int) -> list[re.Match[str]]:
    found = (_VALUE_ENDS.search(text, begin), _LABEL.search(text, begin))
    return [match for match in found if match is not None]


def _may_be_name(value: str, label: str) -> bool:
    """Names begin with a capital; who types all in small letters types the label so too."""
    german = re.fullmatch(_GERMAN, label, re.IGNORECASE) is not None
    small = german and label == label.lower()
    return value[:1].isupper() or value[:1].isdigit() or small or begins_with_municipality(value)
