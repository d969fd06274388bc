"""An agenda as people read and change it: what is said of each item, and what came of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from kaz_bot.domain.committee.meetings import AgendaItem, ItemResult, Meeting
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId

# Nobody talks about more in one meeting, and so many still fit into one message.
MOST_ITEMS = 50
LONGEST_ITEM = 200
LONGEST_RESULT = 2000

# By what people say first; what follows is kept beside it.
_RESULTS = {
    ItemResult.ADJOURNED: re.compile(r"vertagt|vertagen|adjourned|adjourn|postponed"),
    ItemResult.REMOVED: re.compile(r"(?:von der tagesordnung )?(?:abgesetzt|absetzen)|removed"),
    ItemResult.ON_HOLD: re.compile(r"zurueckgestellt|zurueckstellen|(?:put )?on[ _-]hold"),
    ItemResult.NOTED: re.compile(
        r"(?:zur )?kenntnis(?: genommen|nahme)|z\. ?k\.?(?: ?g\.?| genommen)?|noted"
    ),
}
_LEAD = re.compile(r"(?:wird|wurde|ist|is|was)\s+", re.IGNORECASE)
_TRAIL = re.compile(r"\s*\b(?:wird|wurde|ist|is|was)$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:nicht|noch|kein\w*|not|never)\b", re.IGNORECASE)
_SEPARATORS = " .,;:–—-\n"
_PLACE = re.compile(r"\s*(?:TOP\s*)?#?(?P<place>\d{1,4})(?=[\s:,.)]|$)[:,.)]?\s*", re.IGNORECASE)
# Longer than any of the words.
_LONGEST_WORDS = 60
# What only a vote can say, and what shows that none has said it yet.
_CLAIM = re.compile(
    r"\b(?:(?:ein|mehr)(?:stimmig|heitlich)\w*|einvernehmlich\w*|beschlossen\w*|angenommen\w*|"
    r"abgelehnt\w*|zugestimmt|verabschiedet|genehmigt|gebilligt|"
    r"unanimous\w*|adopted|approved|accepted|passed|rejected|decided|agreed|carried)\b"
)
_NOT_YET = re.compile(
    r"\b(?:nicht|noch|nie|kein\w*|erst|soll\w*|muss|muessen|spaeter|"
    r"not|never|no|yet|later|should|must|to be)\b"
)
# After these words nothing has come out that would still have to be decided.
PUT_OFF = frozenset({ItemResult.ADJOURNED, ItemResult.ON_HOLD})


class ItemNotFound(Refusal):
    """The agenda has no item of that number."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/item_not_found"


class OnAgendaAlready(Refusal):
    """A paper or a task is talked about once in a meeting; told where it stands."""

    code = ErrorCode.BAD_STATE
    template = "refusal/on_agenda_already"


class AgendaFull(Refusal):
    """More than anybody talks about in one meeting."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/agenda_full"


class PaperSettled(Refusal):
    """What is decided or withdrawn is not put on an agenda to be decided again."""

    code = ErrorCode.BAD_STATE
    template = "refusal/paper_settled"


class ItemVotedOn(Refusal):
    """A vote is open on the paper: it is that which is adjourned or cancelled."""

    code = ErrorCode.BAD_STATE
    template = "refusal/item_voted_on"


class ItemNotVotedOn(Refusal):
    """Only a vote decides on a paper; told how that is taken."""

    code = ErrorCode.BAD_STATE
    template = "refusal/item_not_voted_on"


class ItemDecided(Refusal):
    """A vote has decided, and no word does away with that."""

    code = ErrorCode.BAD_STATE
    template = "refusal/item_decided"


class ItemNumberMissing(Refusal):
    """The item is named by its number on the agenda; told how that is typed."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/item_number_missing"


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """An item under the number that people see, with what it is about.

    `number` is that of its paper or task, empty for a text. `lead` is who answers for it by name,
    `person` whoever brought it or has to do it. `sealed`: its words were said encrypted.
    """

    place: int
    item: AgendaItem
    what: str
    number: str = ""
    lead: str = ""
    person: UserId | None = None
    state: PaperState | None = None
    sealed: bool = False

    def without_words(self) -> Self:
        """What may be said of it where nobody may read what was said encrypted."""
        item = replace(self.item, text="", result_text="")
        return replace(self, item=item, what="", lead="")


def readable(lines: Iterable[AgendaLine], *, encrypted: bool) -> tuple[AgendaLine, ...]:
    """The lines as they may be shown in a room."""
    return tuple(line.without_words() if line.sealed and not encrypted else line for line in lines)


def place_first(text: str) -> tuple[int | None, str]:
    """The number of an item at the beginning of the text, and what follows it."""
    match = _PLACE.match(text)
    return (int(match["place"]), text[match.end() :].strip()) if match else (None, text.strip())


def at_place(lines: Iterable[AgendaLine], place: int, meeting: Meeting | None) -> AgendaLine:
    """The item of that number. Raises ItemNotFound."""
    listed = tuple(lines)
    if not 1 <= place <= len(listed):
        raise ItemNotFound(number=place, count=len(listed), meeting=meeting)
    return listed[place - 1]


def result_of(text: str) -> tuple[ItemResult, str]:
    """What came out by the words people use for it, and what else was said; other words stay."""
    said = text.strip()
    lead = _LEAD.match(said)
    first = said[lead.end() :] if lead else said
    for length in range(min(len(first), _LONGEST_WORDS), 0, -1):
        if length == len(first) or not first[length].isalnum():
            result = _named(first[:length])
            if result is not None:
                return result, first[length:].strip(_SEPARATORS)
    return _last_words(said)


def claims_decision(said: str) -> bool:
    """Whether these words say that something was decided."""
    clauses = re.split(r"[.,;:\n]", folded(said))
    return any(_CLAIM.search(one) and not _NOT_YET.search(one) for one in clauses)


def _last_words(said: str) -> tuple[ItemResult, str]:
    """The same of words at the end: „Der Bericht wird zur Kenntnis genommen“."""
    whole = said.rstrip(_SEPARATORS)
    for start in range(max(0, len(whole) - _LONGEST_WORDS), len(whole)):
        before = whole[:start]
        result = _named(whole[start:]) if before.endswith(" ") else None
        if result is not None and not _NOT.search(before):
            return result, _TRAIL.sub("", before.rstrip()).strip(_SEPARATORS)
    return ItemResult.TEXT, said


def _named(words: str) -> ItemResult | None:
    """The result that these words are, and nothing else."""
    plain = " ".join(folded(words).split())
    return next((one for one, known in _RESULTS.items() if known.fullmatch(plain)), None)
