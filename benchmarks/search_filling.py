"""Fills a migrated database with solved tickets in German, indexed as the desk indexes them."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate

import psycopg
from sqlalchemy import URL, Connection, create_engine, text

from kaz_bot.domain.knowledge.spelling import pieces
from kaz_bot.routing import SearchWord, search_words
from kaz_bot.routing.shipped import read

AREAS = ("standards", "procurement", "security", "projects")
TICKETS_PER_ASKER = 50
# These stand in so large a part of all tickets; all other words are as frequent as in any language.
FREQUENT = {"Vergabe": 0.4, "Frist": 0.25, "Lizenzen": 0.15}
COMPOUNDS = 27_000
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    """All that so many tickets say, drawn anew from the same seed."""

    count: int

    @cached_property
    def typed(self) -> list[str]:
        """Forty thousand words: those of which compounds are made, and compounds of two."""
        draw = random.Random(1)
        parts = [part for part in read("parts.txt").split() if len(part) > 3]
        draw.shuffle(parts)
        return [*parts, *(f"{draw.choice(parts)}{draw.choice(parts)}" for _ in range(COMPOUNDS))]

    @cached_property
    def known(self) -> dict[str, SearchWord]:
        """What the search makes of each word."""
        words = [*self.typed, *FREQUENT]
        return {word: found[0] for word in words if (found := search_words(word))}

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """A question and an answer for each ticket."""
        draw = random.Random(2)
        weights = list(accumulate(1 / (place + 20) for place in range(len(self.typed))))
        texts = []
        for _ in range(self.count):
            words = draw.choices(self.typed, cum_weights=weights, k=draw.randint(20, 70))
            words += [word for word, share in FREQUENT.items() if draw.random() < share]
            draw.shuffle(words)
            cut = draw.randint(6, 15)
            texts.append((" ".join(words[:cut]), " ".join(words[cut:])))
        return texts

    def words_of(self, text_: str) -> list[str]:
        """The words of a text by which it is found."""
        found = [self.known[word] for word in text_.split() if word in self.known]
        implied = [part for word in found for other in word.others for part in other]
        return list(dict.fromkeys([*(word.stem for word in found), *implied]))

    @cached_property
    def documents(self) -> list[tuple[list[str], list[str]]]:
        """Of each ticket the words of its question, and all."""
        return [
            (self.words_of(question), self.words_of(f"{question} {answer}"))
            for question, answer in self.texts
        ]

    @cached_property
    def often(self) -> Counter[str]:
        """How many tickets have each word."""
        return Counter(word for _, words in self.documents for word in words)

    @cached_property
    def typed_as(self) -> dict[str, str]:
        """The words that stand in a ticket as such, and not only as part of another."""
        used = {word for texts in self.texts for one in texts for word in one.split()}
        return {self.known[word].stem: word for word in sorted(used) if word in self.known}


def fill(url: URL, town: Town) -> None:
    """The tickets, the index with its vocabulary, and the words that the desk had before."""
    engine = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")))
    with engine.begin() as connection:
        _add(connection, "tickets", _TICKET, map(_ticket, range(1, town.count + 1), town.texts))
        _add(connection, "documents", _DOCUMENT, _documents(town))
        _add_solutions(connection, town)
        _add(
            connection,
            "vocabulary",
            ("word", "typed", "documents", "unsealed"),
            ((word, town.typed_as.get(word, ""), n, n) for word, n in town.often.items()),
        )
        cut = {(piece, word) for word in town.typed_as for piece in pieces(word)}
        _add(connection, "pieces", ("piece", "word"), sorted(cut))
        _add(
            connection,
            "words",
            ("word", "ticket_id"),
            (
                (word, number)
                for number, (_, words) in enumerate(town.documents, 1)
                for word in words
            ),
        )
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


_TICKET = (
    *("id", "version", "state", "area", "priority", "asker", "room_id", "question"),
    *("confidential", "sealed", "incident", "confidence", "because", "area_open", "solution"),
    *("solution_sealed", "opened_at", "changed_at", "ended_at"),
)


def _ticket(number: int, said: tuple[str, str]) -> tuple[object, ...]:
    at = (SINCE + timedelta(minutes=20 * number)).isoformat(" ").replace("+00:00", ".000000")
    asker = f"@asker{number % 2000}:kaz.test"
    area, room = AREAS[number % len(AREAS)], f"!project{number % 50}:kaz.test"
    asked, solved = said
    head = (number, 1, "closed", area, 2, asker, room, asked)
    return (*head, False, True, False, 0.9, "[]", False, solved, True, at, at, at)


def _add_solutions(connection: Connection, town: Town) -> None:
    """Of every hundredth ticket."""
    numbers = range(100, town.count + 1, 100)
    at, day = f"{SINCE:%Y-%m-%d %H:%M:%S}.000000", f"{SINCE:%Y-%m-%d}"
    solution = ("id", "version", "state", "ticket_id", "area", "room_id", "edition")
    _add(
        connection,
        "solutions",
        (*solution, "released_edition", "sealed", "proposed_at", "changed_at", "released_at"),
        (
            (n, 1, "released", n, AREAS[n % len(AREAS)], "!area", 1, 1, True, at, at, at)
            for n in numbers
        ),
    )
    edition = ("solution_id", "number", "title", "question", "answer", "attachments", "author")
    _add(
        connection,
        "solution_editions",
        (*edition, "event_id", "as_of", "written_at"),
        (
            (n, 1, asked, asked, answer, "[]", "@ann:kaz.test", "$e", day, at)
            for n in numbers
            for asked, answer in [town.texts[n - 1]]
        ),
    )
    _add(
        connection,
        "documents",
        _DOCUMENT,
        (
            ("solution", f"L-{n}", n, AREAS[n % len(AREAS)], True, True, day, *told)
            for n in numbers
            for told in [map(" ".join, town.documents[n - 1])]
        ),
    )


_DOCUMENT = ("kind", "subject", "ticket_id", "area", "public", "sealed", "dated", "head", "words")


def _documents(town: Town) -> Iterable[tuple[object, ...]]:
    for number, (head, words) in enumerate(town.documents, 1):
        day = (SINCE + timedelta(minutes=20 * number)).date().isoformat()
        area = AREAS[number % len(AREAS)]
        told = (" ".join(head), " ".join(words))
        yield ("ticket", str(number), number, area, True, True, day, *told)


def _add(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Very many rows, by the fastest way that each database knows."""
    driver = connection.connection.driver_connection
    named = ", ".join(columns)
    if isinstance(driver, sqlite3.Connection):
        places = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608
        return
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
