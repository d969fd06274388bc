"""Knows the words of what everybody may find, and those near to a mistyped one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.knowledge.spelling import nearest, pieces, sought_pieces, swapped
from kaz_bot.store.columns import storable
from kaz_bot.store.rows import insert_into
from kaz_bot.store.tables_of_search import pieces as pieces_of_words
from kaz_bot.store.tables_of_search import vocabulary

# So many words that share a piece with the mistyped one are compared with it, and so many are
# taken for what was meant.
_COMPARED, _MEANT = 200, 2
_WORD, _PIECE = vocabulary.c.word, pieces_of_words.c.piece
_KNOWN = select(_WORD, vocabulary.c.documents, vocabulary.c.unsealed).where(
    _WORD.in_(bindparam("words", expanding=True))
)
_TYPED = select(_WORD).where(
    _WORD.in_(bindparam("words", expanding=True)), vocabulary.c.typed != ""
)
_LIKELY = union(
    select(pieces_of_words.c.word).where(_PIECE.in_(bindparam("pieces", expanding=True))),
    select(_WORD).where(_WORD.in_(bindparam("words", expanding=True))),
).subquery()
_NEAR = (
    select(_WORD, vocabulary.c.documents, vocabulary.c.unsealed)
    .join(_LIKELY, _LIKELY.c.word == _WORD)
    .where(vocabulary.c.typed != "")
    .order_by(vocabulary.c.documents.desc(), _WORD)
    .limit(_COMPARED)
)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How many documents have a word, and how many of them may be shown anywhere."""

    documents: int
    unsealed: int

    def seen(self, *, encrypted: bool) -> int:
        """How many may be shown in a room, which is `encrypted` or not."""
        return self.documents if encrypted else self.unsealed


class Vocabulary:
    """Each word with how many documents have it; of what is confidential it knows none."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, words: Mapping[str, str], *, sealed: bool) -> None:
        """One more document has these words, each as it was typed; or with nothing, as part of
        another word. `sealed`: it may not be shown everywhere."""
        # In one order, so that two who add at once do not wait for each other.
        rows = [{"word": storable(word), "typed": words[word]} for word in sorted(words)]
        if not rows:
            return
        known = set(
            await self._connection.scalars(_TYPED, {"words": [row["word"] for row in rows]})
        )
        unsealed = 0 if sealed else 1
        adding = insert_into(self._connection, vocabulary)
        adding = adding.on_conflict_do_update(
            index_elements=[_WORD],
            set_={
                "documents": vocabulary.c.documents + 1,
                "unsealed": vocabulary.c.unsealed + adding.excluded.unsealed,
            },
        )
        await self._connection.execute(
            adding, [{**row, "documents": 1, "unsealed": unsealed} for row in rows]
        )
        await self._learn([row for row in rows if row["typed"] and row["word"] not in known])

    async def _learn(self, rows: list[dict[str, str]]) -> None:
        """How they are typed, and their pieces: from now on a mistyped one leads to them."""
        if not rows:
            return
        await self._connection.execute(
            update(vocabulary)
            .where(vocabulary.c.word == bindparam("learned"))
            .values(typed=bindparam("as_typed")),
            [{"learned": row["word"], "as_typed": row["typed"]} for row in rows],
        )
        cut = [
            {"piece": piece, "word": row["word"]} for row in rows for piece in pieces(row["word"])
        ]
        if cut:
            adding = insert_into(self._connection, pieces_of_words).on_conflict_do_nothing()
            await self._connection.execute(adding, cut)

    async def remove(self, words: Collection[str], *, sealed: bool) -> None:
        """One document less has these words; what none has any more is forgotten."""
        if not words:
            return
        gone = {"words": sorted(map(storable, words))}
        among = _WORD.in_(bindparam("words", expanding=True))
        await self._connection.execute(
            update(vocabulary)
            .where(among)
            .values(
                documents=vocabulary.c.documents - 1,
                unsealed=vocabulary.c.unsealed - (0 if sealed else 1),
            ),
            gone,
        )
        unused = among & (vocabulary.c.documents <= 0)
        await self._connection.execute(
            delete(pieces_of_words).where(pieces_of_words.c.word.in_(select(_WORD).where(unused))),
            gone,
        )
        await self._connection.execute(delete(vocabulary).where(unused), gone)

    async def clear(self) -> None:
        await self._connection.execute(delete(pieces_of_words))
        await self._connection.execute(delete(vocabulary))

    async def known(self, words: Collection[str]) -> dict[str, Spread]:
        """How many documents have each of the words; nothing for a word that none has."""
        if not words:
            return {}
        found = await self._connection.execute(_KNOWN, {"words": list(map(storable, words))})
        return {word: Spread(documents=all_, unsealed=some) for word, all_, some in found}

    async def near(self, word: str, *, encrypted: bool) -> dict[str, Spread]:
        """The known words from which it may differ by mistake, the nearest first, as far as the
        room may know of them."""
        keys = sought_pieces(word)
        if not keys:
            return {}
        found = await self._connection.execute(_NEAR, {"pieces": keys, "words": swapped(word)})
        spread = {other: Spread(documents=all_, unsealed=some) for other, all_, some in found}
        seen = {other: one.seen(encrypted=encrypted) for other, one in spread.items()}
        meant = nearest(word, {other: count for other, count in seen.items() if count}, _MEANT)
        return {other: spread[other] for other in meant}

    async def typed(self, words: Collection[str]) -> dict[str, str]:
        """Each word as somebody typed it."""
        found = await self._connection.execute(
            select(_WORD, vocabulary.c.typed).where(_WORD.in_(words))
        )
        return dict(found.tuples().all())
