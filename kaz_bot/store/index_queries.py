"""Asks either database for the documents that have certain words, as far as somebody may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    TextClause,
    and_,
    bindparam,
    cast,
    column,
    exists,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from kaz_bot.domain.knowledge.documents import Document, SoughtWord
from kaz_bot.domain.knowledge.finds import FindKind, Viewer, Wish
from kaz_bot.store.columns import DAY, Chars, storable
from kaz_bot.store.rows import columns_for
from kaz_bot.store.tables import tickets
from kaz_bot.store.tables_of_search import FULL_TEXT, KIND_SIGN, VECTOR, documents

DOCUMENT = columns_for(Document, documents)
_full_text = table(FULL_TEXT, column("rowid"), column(FULL_TEXT))
_vector: ColumnElement[object] = literal_column(f"documents.{VECTOR}")
_OF_TICKET = tickets.c.id == documents.c.ticket_id


@dataclass(frozen=True, kw_only=True)
class _Wording:
    """How one of the databases is told what to look for."""

    quote: str
    both: str
    either: str

    def having(self, wanted: Iterable[str], kinds: Iterable[FindKind]) -> str:
        """All that is wanted, among documents of these kinds."""
        signs = [self._quoted(KIND_SIGN, kind) for kind in sorted(kinds)]
        return self.both.join([*wanted, f"({self.either.join(signs)})"])

    def word(self, word: SoughtWord) -> str:
        """The word in any of its forms."""
        options = [
            f"({self.both.join(self._quoted('', one) for one in option)})"
            for option, _ in word.options
        ]
        return f"({self.either.join(options)})"

    def any_of(self, words: Iterable[SoughtWord]) -> str:
        """At least one of the words."""
        return f"({self.either.join(map(self.word, words))})"

    def _quoted(self, sign: str, word: str) -> str:
        # Only letters and digits are sought: nothing else could stand between the quotes.
        plain = "".join(char for char in storable(word) if char.isalnum())
        return f"{self.quote}{sign}{plain}{self.quote}"


_WORDINGS = {
    "sqlite": _Wording(quote='"', both=" AND ", either=" OR "),
    "postgresql": _Wording(quote="'", both=" & ", either=" | "),
}


def wording(dialect: str) -> _Wording:
    """That of SQLite's FTS5, or of PostgreSQL's text search."""
    return _WORDINGS[dialect]


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """Of which parts a question consists; a statement is made once for each."""

    dialect: str
    of_tickets: bool
    few: bool
    encrypted: bool
    area: bool
    since: bool
    mine: bool


def newest(
    dialect: str, wish: Wish, viewer: Viewer, *, of_tickets: bool, few: bool
) -> Select[tuple[object, ...]]:
    """The newest documents that fit an `expression`, no more than `most`; see `values`.

    `few`: no more than some thousands can have the words.
    """
    return _newest(
        _Shape(
            dialect=dialect,
            of_tickets=of_tickets,
            few=few,
            encrypted=viewer.encrypted,
            area=wish.area is not None,
            since=wish.since is not None,
            mine=wish.mine,
        )
    )


def values(wish: Wish, viewer: Viewer) -> Mapping[str, object]:
    """What the statement asks with, besides the words."""
    return {
        "room_id": viewer.room_id,
        "person": viewer.person,
        "area": wish.area,
        "since": wish.since,
    }


# To make a statement anew takes longer than to run it.
@cache
def _newest(shape: _Shape) -> Select[tuple[object, ...]]:
    expression = bindparam("expression", type_=Text())
    number: ColumnElement[int]
    source: FromClause
    if shape.dialect == "sqlite":
        match = _full_text.c[FULL_TEXT].op("MATCH")(expression)
        number = _full_text.c.rowid
        source = _full_text.join(documents, documents.c.id == number)
    else:
        match = _vector.op("@@")(cast(expression, TSQUERY))
        # Left to itself it looks through all documents from the newest on, also for rare words;
        # which it cannot in an order that no index has.
        number = documents.c.id + 0 if shape.few else documents.c.id
        source = documents
    return (
        select(*DOCUMENT)
        .select_from(source.outerjoin(tickets, _OF_TICKET))
        .where(match, _visible(shape), *_narrowed(shape))
        .order_by(number.desc())
        .limit(bindparam("most", type_=Integer()))
    )


def _visible(shape: _Shape) -> ColumnElement[bool]:
    """What everybody may find, never of a confidential ticket; and in the room of a committee what
    it has not published. In a room that is not encrypted, nothing is found by words that were
    written in one that is: that they stand there would say what it says."""
    unsealed = true() if shape.encrypted else documents.c.sealed.is_(False)
    not_confidential = or_(tickets.c.id.is_(None), tickets.c.confidential.is_(False))
    here = documents.c.room_id == bindparam("room_id", type_=Chars())
    return and_(unsealed, or_(and_(documents.c.public, not_confidential), here))


def _narrowed(shape: _Shape) -> list[ColumnElement[bool] | TextClause]:
    narrowed: list[ColumnElement[bool] | TextClause] = []
    if not shape.of_tickets:
        narrowed.append(text("documents.kind <> 'ticket'"))
    if shape.area:
        # A ticket may have been routed to another area since.
        area = tickets.c.area if shape.of_tickets else documents.c.area
        narrowed.append(area == bindparam("area", type_=Chars()))
    if shape.since:
        narrowed.append(documents.c.dated >= bindparam("since", type_=DAY))
    if shape.mine:
        narrowed.append(tickets.c.asker == bindparam("person", type_=Chars()))
    return narrowed


def own_tickets(wish: Wish, viewer: Viewer) -> Select[tuple[object, ...]]:
    """Those of the person that are in no index: asked in this room, and in their direct chat all.

    So what is confidential cannot be found by anybody else, whatever became of the index.
    """
    here = and_(tickets.c.room_id == viewer.room_id, tickets.c.confidential.is_(False))
    indexed = exists().where(_OF_TICKET, documents.c.kind == FindKind.TICKET)
    narrowed = [] if wish.area is None else [tickets.c.area == wish.area]
    return (
        select(tickets)
        .where(tickets.c.asker == viewer.person, tickets.c.question != "", ~indexed, *narrowed)
        .where(true() if viewer.direct else here)
        .order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())
    )
