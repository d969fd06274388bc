"""What the search keeps of a record, and what it looks for in all of them."""

from dataclasses import dataclass
from datetime import date

from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.messages import RoomId

# Words that all have to be there.
Together = tuple[str, ...]
# Ways to find the same, each with how much it counts.
Options = tuple[tuple[Together, float], ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A record as the search knows it: its words in basic form, never its text.

    `subject` is its number as people write it, of a ticket the number alone. `room_id` is where it
    may be found by others than everybody, unless it is `public`. `sealed`: its words come from an
    encrypted room. `head` are the words of its title, which are among its `words`.
    """

    kind: FindKind
    subject: str
    ticket_id: TicketId | None = None
    area: AreaKey | None = None
    room_id: RoomId | None = None
    public: bool = True
    sealed: bool = False
    dated: date
    valid_until: date | None = None
    head: Together = ()
    words: Together


@dataclass(frozen=True, kw_only=True)
class SoughtWord:
    """One of the words that are sought. `others` say the same; `corrected` are words that were
    probably meant. `often`: how many documents have any of them, at most."""

    word: str
    others: tuple[Together, ...] = ()
    corrected: Together = ()
    often: int = 0

    @property
    def options(self) -> Options:
        """Each way to find it; what was typed counts most."""
        return (
            ((self.word,), 1.0),
            *((other, 0.8) for other in self.others),
            *(((word,), 0.6) for word in self.corrected),
        )
