"""Fills a migrated database with any number of tickets and what belongs to them, in seconds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import (
    URL,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Table,
    Text,
    case,
    cast,
    create_engine,
    func,
    insert,
    literal,
    null,
    select,
    text,
    type_coerce,
)

from kaz_bot.domain.letters import LetterKind, LetterState
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.service_levels import Stage
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import TicketState
from kaz_bot.store.columns import INSTANT
from kaz_bot.store.tables import letters, metadata, posts, seen, threads, tickets, trail
from kaz_bot.store.tables_of_time import service_clocks

AREAS = 4
PROJECTS = 50
TICKETS_PER_ASKER = 50
# One asker has a tenth of all tickets, however many there are.
BUSY = "@busy:kaz.test"
OVERDUE = 200
# Tickets were opened from then on, one each minute.
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
WORDS = "Wer hat den Schlüssel? " * 10

# The rows refer to each other rightly; to have each checked would take minutes.
BEFORE = {
    "sqlite": ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -500000"],
    "postgresql": ["SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"],
}
# What PostgreSQL does by itself after a while; SQLite does not, and so has no statistics.
AFTER = {"sqlite": [], "postgresql": ["VACUUM ANALYZE"]}


class Numbers:
    """Expressions for ticket `i` of so many, the same on both databases."""

    def __init__(self, engine: Engine, count: int, since: datetime = SINCE) -> None:
        self._since = since
        self._sqlite = engine.dialect.name == "sqlite"
        first = select(literal(1, BigInteger).label("i")).cte("n", recursive=True)
        self.table = first.union_all(select(first.c.i + 1).where(first.c.i < count))
        self.i = self.table.c.i
        self.asker = case(
            (self.drawn(998244353, 10) == 0, literal(BUSY, Text)),
            else_=self.named("@asker", self.drawn(1500450271, count // TICKETS_PER_ASKER + 1)),
        )
        self.area = self.named("area", self.drawn(1000000007, AREAS))
        self.project = self.named("!project", self.drawn(1500450271, PROJECTS))

    @property
    def moment(self) -> ColumnElement[datetime]:
        """Minute `i` after the beginning."""
        if self._sqlite:
            minutes = literal("+", Text) + cast(self.i, Text) + " minutes"
            spelled = func.strftime(
                "%Y-%m-%d %H:%M:%S.000000", f"{self._since:%Y-%m-%d %H:%M}", minutes
            )
            return type_coerce(spelled, INSTANT)
        return func.to_timestamp(int(self._since.timestamp()) + self.i * 60)

    @property
    def unique(self) -> ColumnElement[str]:
        """A text nobody has seen before."""
        if self._sqlite:
            return func.lower(func.hex(func.randomblob(16)))
        return func.md5(cast(func.random(), Text))

    def drawn(self, prime: int, choices: int) -> ColumnElement[int]:
        """A number below `choices`, without a pattern."""
        return cast(self.i * prime % 2147483647 % choices, Integer)

    def named(self, prefix: str, number: ColumnElement[int]) -> ColumnElement[str]:
        return literal(prefix, Text) + cast(number, Text)


def fill(url: URL, count: int) -> None:
    """Ticket `i` was asked by `$q<i>`; letter `count + i` is the root of its second thread."""
    with filling(url) as connection:
        _fill(connection, Numbers(connection.engine, count), count)


@contextmanager
def filling(url: URL) -> Iterator[Connection]:
    """A transaction for very many rows: the indexes are made when all of them are there."""
    engine = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")))
    with engine.begin() as connection:
        for statement in BEFORE[engine.dialect.name]:
            connection.execute(text(statement))
        for table in metadata.tables.values():
            for index in table.indexes:
                index.drop(connection)
        yield connection
        for table in metadata.tables.values():
            for index in table.indexes:
                index.create(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in AFTER[engine.dialect.name]:
            connection.execute(text(statement))
    engine.dispose()


def add_rows(connection: Connection, n: Numbers, table: Table, row: Mapping[str, object]) -> None:
    """A row for each number; what a value is made of may be an expression of the number."""
    columns = [
        value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)
        for name, value in row.items()
    ]
    chosen = select(*columns).select_from(n.table)
    connection.execute(insert(table).from_select(list(row), chosen, include_defaults=False))


def _fill(connection: Connection, n: Numbers, count: int) -> None:
    add = partial(add_rows, connection, n)
    add(tickets, _ticket(n))
    add(posts, _post(n))
    add(letters, _letter(n, n.project))
    add(letters, _letter(n, n.area))
    asked = {"ticket_id": n.i, "room_id": n.project, "current": True}
    add(threads, asked | {"side": Side.ASKER, "root_event": n.named("$q", n.i)})
    worked_on = asked | {"room_id": n.area}
    add(threads, worked_on | {"side": Side.AREA, "root_letter": n.i + count})
    for event in ("opened", "closed"):
        change = {"ticket_id": n.i, "at": n.moment, "actor": n.asker, "state": "new"}
        add(trail, change | {"event": event, "details": {}})
    add(service_clocks, _clock(n))
    add(seen, {"event_id": n.named("$q", n.i), "room_id": n.project, "seen_at": n.moment})


def _ticket(n: Numbers) -> dict[str, object]:
    share = n.drawn(1103515245, 100)
    # One in ten is active.
    shares = {TicketState.NEW: 4, TicketState.CLAIMED: 8, TicketState.WAITING: 10}
    state = case(
        *((share < below, literal(state.value, Text)) for state, below in shares.items()),
        (share < 12, literal(TicketState.RESOLVED.value, Text)),
        else_=literal(TicketState.CLOSED.value, Text),
    )
    return {
        "version": 1,
        "state": state,
        "area": n.area,
        "priority": n.drawn(1299709961, 4),
        "asker": n.asker,
        "room_id": n.project,
        "question": WORDS,
        "assignee": case((share >= 4, n.named("@specialist", n.drawn(1234567891, 20)))),
        "confidential": False,
        "sealed": True,
        "incident": False,
        "confidence": 0.9,
        "because": ("schlüssel",),
        "area_open": False,
        "solution": WORDS,
        "solution_sealed": True,
        "opened_at": n.moment,
        "changed_at": n.moment,
        "resolved_at": case((share.in_([10, 11]), n.moment), else_=null()),
        "ended_at": case((share >= 12, n.moment), else_=null()),
    }


def _clock(n: Numbers) -> dict[str, object]:
    """All are looked at some day; what is overdue is done before it becomes many."""
    return {
        "ticket_id": n.i,
        "version": 1,
        "started_at": n.moment,
        "waited": timedelta(0),
        "due_at": case((n.i <= OVERDUE, n.moment), else_=null()),
        "answer_told": Stage.QUIET,
        "solution_told": Stage.QUIET,
        "next_at": n.moment,
    }


def _post(n: Numbers) -> dict[str, object]:
    return {
        "ticket_id": n.i,
        "event_id": n.named("$q", n.i),
        "room_id": n.project,
        "sender": n.asker,
        "author": "Ann",
        "kind": PostKind.QUESTION,
        "text": WORDS,
        "sealed": True,
        "said_at": n.moment,
    }


def _letter(n: Numbers, room: ColumnElement[str]) -> dict[str, object]:
    return {
        "txn_id": n.unique,
        "kind": LetterKind.MESSAGE,
        "state": LetterState.SENT,
        "room_id": room,
        "lane": room,
        "content": {},
        "sealed": True,
        "ticket_id": n.i,
        "template": "ticket/opened",
        "event_id": literal("$", Text) + n.unique,
        "attempts": 1,
        "problem": "",
        "reported": False,
        "written_at": n.moment,
        "sent_at": n.moment,
    }
