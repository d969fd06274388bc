"""The full-text index: what can be found, by whom, by which words."""

from collections.abc import Container, Mapping, Sequence

from sqlalchemy import and_, delete, func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.knowledge.documents import Document, SoughtWord
from kaz_bot.domain.knowledge.finds import FindKind, Viewer, Wish
from kaz_bot.domain.tickets import Ticket
from kaz_bot.store import index_queries
from kaz_bot.store.index_queries import DOCUMENT, newest, values, wording
from kaz_bot.store.rows import row_of
from kaz_bot.store.tables_of_search import WIPE, documents, vocabulary
from kaz_bot.store.vocabulary import Vocabulary

# However many documents have the words, a search reads no more than the newest of them: so many
# tickets, and as many of all else, which is made to be used again.
CANDIDATES = 120
# Of so many documents with a word the newest are found sooner by the word than by their age.
FEW = 2_000
_FOR_THESE_WORDS = select(func.set_config("plan_cache_mode", "force_custom_plan", true()))
# A lock of PostgreSQL. Any number will do that nobody else uses.
INDEXING = 0x4B617A03
# A word that is none, as long as the index is being built; the migration that makes it puts the
# word in as well, if there is anything to find.
_UNFINISHED = {"word": "§unfinished", "typed": "", "documents": 0, "unsealed": 0}
_MARK = vocabulary.c.word == _UNFINISHED["word"]


class Index:
    """Documents by their words. Who may find which is part of each question to the database."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self.vocabulary = Vocabulary(connection)
        self._gone: dict[tuple[FindKind, str], frozenset[str]] = {}
        self._held = self._planned = self._dialect != "postgresql"

    async def hold(self) -> None:
        """Nobody else changes it until the transaction ends: a bot and a command of its operator
        would count words twice. SQLite lets only one write anyway."""
        if not self._held:
            await self._connection.execute(select(func.pg_advisory_xact_lock(INDEXING)))
            self._held = True

    async def add(self, document: Document, typed: Mapping[str, str]) -> None:
        """From now on these words, and no others, lead to it. `typed`: how they were written."""
        await self.remove(document.kind, document.subject)
        await self._connection.execute(insert(documents), row_of(document))
        if document.public:
            words = {word: typed.get(word, "") for word in document.words}
            await self.vocabulary.add(words, sealed=document.sealed)

    async def remove(self, kind: FindKind, subject: str) -> None:
        """Nobody finds it any more."""
        await self.hold()
        key = and_(documents.c.kind == kind, documents.c.subject == subject)
        found = await self._connection.execute(select(*DOCUMENT).where(key))
        row = found.one_or_none()
        if row is None:
            return
        document = Document(**row._mapping)
        await self._connection.execute(delete(documents).where(key))
        if document.public:
            await self.vocabulary.remove(document.words, sealed=document.sealed)
        self._gone.setdefault((kind, subject), frozenset(document.words))

    async def settle(self) -> None:
        """Let words that were taken out leave the file of SQLite, at the end of a transaction.

        FTS5 only notes that a document is gone, and forgets its words when it merges what it has:
        a tenth of a second for 100 000 documents. PostgreSQL has its vacuum for it.
        """
        if self._dialect == "sqlite" and await self._lost_words():
            await self._connection.execute(WIPE)

    async def _lost_words(self) -> bool:
        """Whether anything is found by fewer words than before; a solved ticket has more."""
        gone, self._gone = self._gone, {}
        for (kind, subject), before in gone.items():
            key = and_(documents.c.kind == kind, documents.c.subject == subject)
            now = await self._connection.scalar(select(documents.c.words).where(key))
            if not before <= frozenset(now or ()):
                return True
        return False

    async def begin_anew(self) -> None:
        """Nothing is found any more, until all of it is added again."""
        await self.hold()
        await self._connection.execute(delete(documents))
        await self.vocabulary.clear()
        await self._connection.execute(insert(vocabulary), _UNFINISHED)

    async def mark_complete(self) -> None:
        """All that can be found is in it."""
        await self._connection.execute(delete(vocabulary).where(_MARK))

    async def is_complete(self) -> bool:
        """Whether it was built to its end; before that it misses records that there are."""
        return await self._connection.scalar(select(vocabulary.c.word).where(_MARK)) is None

    async def find(
        self, sought: Sequence[SoughtWord], wish: Wish, viewer: Viewer, limit: int = CANDIDATES
    ) -> list[Document]:
        """The newest documents that have all of the words: tickets, and apart from them all else.

        Without words the newest of all. Only what that person may find there.
        """
        words = wording(self._dialect)
        wanted = [words.word(word) for word in sought]
        few = any(word.often <= FEW for word in sought)
        found: list[Document] = []
        for kinds in _apart(wish):
            asked = words.having(wanted, kinds)
            found += await self._newest(asked, kinds, wish, viewer, limit, few=few)
        return found

    async def find_some(
        self, sought: Sequence[SoughtWord], wish: Wish, viewer: Viewer, limit: int
    ) -> list[Document]:
        """The newest that have one of the words: so many tickets of each word, and as many of all
        else together. Among them are those that have several."""
        words = wording(self._dialect)
        found: list[Document] = []
        for kinds in _apart(wish):
            of_tickets = FindKind.TICKET in kinds
            for some in [[word] for word in sought] if of_tickets else [sought]:
                few = sum(word.often for word in some) <= FEW
                asked = words.having([words.any_of(some)], kinds)
                found += await self._newest(asked, kinds, wish, viewer, limit, few=few)
        return found

    async def _newest(
        self,
        asked: str,
        kinds: Container[FindKind],
        wish: Wish,
        viewer: Viewer,
        limit: int,
        *,
        few: bool,
    ) -> list[Document]:
        of_tickets = FindKind.TICKET in kinds
        await self._plan_anew()
        found = await self._connection.execute(
            newest(self._dialect, wish, viewer, of_tickets=of_tickets, few=few and of_tickets),
            {**values(wish, viewer), "expression": asked, "most": limit},
        )
        return [Document(**row._mapping) for row in found]

    async def _plan_anew(self) -> None:
        """PostgreSQL plans for the very words, until the transaction ends: a plan that it keeps
        for any words looks at all documents."""
        if not self._planned:
            await self._connection.execute(_FOR_THESE_WORDS)
            self._planned = True

    async def own_tickets(self, wish: Wish, viewer: Viewer, limit: int) -> list[Ticket]:
        """The newest tickets that only this person may find here, in any state: those that they
        asked in this room, and in their direct chat all, also in confidence."""
        if wish.kinds and FindKind.TICKET not in wish.kinds:
            return []
        query = index_queries.own_tickets(wish, viewer).limit(limit)
        return [Ticket(**row._mapping) for row in await self._connection.execute(query)]


def _apart(wish: Wish) -> list[frozenset[FindKind]]:
    """The kinds that are wished, tickets by themselves: there are so many that they would crowd
    out all else."""
    kinds = frozenset(wish.kinds or FindKind)
    of_tickets = frozenset({FindKind.TICKET})
    return [some for some in (kinds & of_tickets, kinds - of_tickets) if some]
