"""Puts values into words: dates, numbers, states, areas, in one language each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum

from jinja2 import Environment
from markupsafe import Markup, escape

from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId
from kaz_bot.texts.characters import inline, shortened
from kaz_bot.texts.quoted import Quoted

# Tables of words in templates/<language>/words/: `words` maps a value to what it is called.
TABLES = (
    "area",
    "area_word",
    "calendar",
    "choice",
    "decision_event",
    "digest",
    "digest_topic",
    "entry_event",
    "entry_kind",
    "entry_part",
    "event",
    "family",
    "find_kind",
    "holiday",
    "holiday_rule",
    "register",
    "reminder_event",
    "light",
    "manner",
    "item_result",
    "meeting",
    "meeting_event",
    "meeting_state",
    "minutes",
    "mode",
    "municipality_kind",
    "paper_event",
    "paper_part",
    "paper_state",
    "paper_step",
    "placeholder",
    "post",
    "priority",
    "problem",
    "rating",
    "reaction",
    "removed",
    "rhythm",
    "room",
    "solution_event",
    "solution_part",
    "solution_state",
    "state",
    "step",
    "programme",
    "target",
    "task_event",
    "task_group",
    "task_part",
    "task_state",
    "trace",
    "trend",
)


class Words:
    """The filters of templates. What they say stands in templates/<language>/words/."""

    def __init__(
        self,
        environment: Environment,
        *,
        timezone: tzinfo,
        ticket_prefix: str,
        areas: Mapping[AreaKey, str],
    ) -> None:
        self._environment = environment
        self._timezone = timezone
        self._ticket_prefix = ticket_prefix
        self._areas = areas

    def filters(self) -> dict[str, Callable[..., object]]:
        """Every filter a template may use, by name, besides Jinja's own few."""
        tables = {table: self._table(table) for table in TABLES if table != "area"}
        return tables | {
            "area": self.area,
            "clock": self.clock,
            "day": self.day,
            "first_words": first_words,
            "listed": self.listed,
            "moment": self.moment,
            "number": self.number,
            "percent": self.percent,
            "quoted": quoted,
            "ref": self.ref,
            "short_day": self.short_day,
        }

    def area(self, key: AreaKey) -> str:
        """An area as the operator calls it, or as we do; one that is gone keeps its key."""
        return self._areas.get(key) or self.called("area", key)

    def called(self, table: str, key: str) -> str:
        """The word for `key`; without one, the key itself is better than a message lost."""
        return self.table(table).get(key, key)

    def table(self, name: str) -> Mapping[str, str]:
        """The words of one kind, by what they stand for."""
        module = self._environment.get_template(f"words/{name}.html").module
        words = getattr(module, "words", None)
        return words if isinstance(words, dict) else {}

    def day(self, at: date) -> Markup:
        """Freitag, 25. September 2026"""
        return self._written("day", self._local(at))

    def short_day(self, at: date) -> Markup:
        """25.09.2026, as one types it"""
        return self._written("short_day", self._local(at))

    def moment(self, at: datetime) -> Markup:
        """Freitag, 25. September 2026, 9:00 Uhr"""
        return self._written("moment", self._local(at))

    def clock(self, at: datetime) -> Markup:
        """9:00 Uhr"""
        return self._written("clock", self._local(at))

    def number(self, value: float, decimals: int = 0) -> Markup:
        """1.250,5"""
        return self._written("number", f"{value:,.{decimals}f}")

    def percent(self, share: float) -> Markup:
        """A share of 1 as 83 %"""
        return self._written("percent", self.number(share * 100))

    def listed(self, items: Iterable[object]) -> Markup:
        """a, b und c"""
        texts = [item if isinstance(item, Markup) else escape(inline(str(item))) for item in items]
        if len(texts) < 2:
            return Markup("").join(texts)
        return self._written("listed", Markup(", ").join(texts[:-1]), texts[-1])

    def ref(self, ticket: Ticket | TicketId | str) -> str:
        """KAZ-12; the audit trail keeps numbers as text."""
        return f"{self._ticket_prefix}-{ticket.id if isinstance(ticket, Ticket) else ticket}"

    def _table(self, table: str) -> Callable[[StrEnum], str]:
        return lambda value: self.called(table, value)

    def _written(self, name: str, *values: object) -> Markup:
        macros = self._environment.get_template("words/forms.html").module
        written = getattr(macros, name)(*values)
        assert isinstance(written, Markup)
        return written.strip()

    def _local(self, at: date) -> date:
        return at.astimezone(self._timezone) if isinstance(at, datetime) else at


def first_words(text: str | Quoted, length: int) -> str:
    """The beginning of a longer text in at most `length` characters, cut between words."""
    return shortened(text.text if isinstance(text, Quoted) else text, length)


def quoted(text: str | Quoted, length: int | None = None) -> Quoted:
    """A longer text of a person, with its lines; no more of it than `length` characters."""
    whole = text.text if isinstance(text, Quoted) else text
    if length is not None and len(whole) > length:
        return Quoted(f"{whole[:length].rstrip()} …")
    return text if isinstance(text, Quoted) else Quoted(text)
