"""The register, or a part of it, as it is handed out: what is in it, and what it is called."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.register.wishes import Part, Wish
from kaz_bot.texts import Speech

_TITLES = {
    Part.ALL: "title",
    Part.YEAR: "title_year",
    Part.OPEN: "title_open",
    Part.WORDS: "title_words",
}


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Decisions in the order of their places. `whole`: the register has no others.

    `committee` is what the committee's room is called, if they are of one committee; `chairs` are
    the names of those who lead it. `published`: only what everybody may read.
    """

    entries: tuple[Entry, ...]
    wish: Wish
    at: datetime
    whole: bool = False
    published: bool = False
    committee: str = ""
    chairs: tuple[str, ...] = ()

    @property
    def end(self) -> Entry | None:
        """The last one: its digest is of all that stands before it as well."""
        return self.entries[-1] if self.entries else None

    def title(self, speech: Speech) -> str:
        """What stands above it."""
        form = speech.word("register", _TITLES[self.wish.part])
        return form.format(year=self.wish.year, words=" ".join(self.wish.words))

    def file_name(self, speech: Speech) -> str:
        """What a file of it is called, without its ending."""
        name = speech.word("register", "file")
        match self.wish.part:
            case Part.YEAR:
                return f"{name}-{self.wish.year}"
            case Part.OPEN:
                return f"{name}-{speech.word('register', 'file_open')}"
            case Part.WORDS:
                return f"{name}-{speech.word('register', 'file_words')}"
        return name
