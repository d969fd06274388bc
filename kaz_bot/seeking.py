"""Finds what somebody looks for, among what they may see where they ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaz_bot.domain.knowledge.documents import Document, SoughtWord
from kaz_bot.domain.knowledge.finds import Find, FindKind, Viewer, Wish
from kaz_bot.domain.knowledge.ranking import ranked
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.indexing import document_of
from kaz_bot.presenting import Presenter
from kaz_bot.routing import SearchWord, search_words
from kaz_bot.store import Spread, Work

# Whoever types more words has pasted a text: the first ones find it.
WORDS_SOUGHT = 12
# If too few documents have all of the words, so many of the rarest are looked for one by one, and
# of each so many of the newest documents are looked at.
_ALONE, _OF_EACH = 4, 40
# So many of their own tickets are looked through, the newest ones.
_OWN = 40


@dataclass(frozen=True, kw_only=True)
class Found:
    """The best finds, and whether there are more. `corrected` are words that were looked for in
    the place of mistyped ones, as people write them."""

    finds: tuple[Find, ...] = ()
    more: bool = False
    corrected: tuple[str, ...] = ()


async def seek(work: Work, wish: Wish, viewer: Viewer, *, today: date, limit: int) -> Found:
    """What fits the wish, the best first; if it has no words but filters, the newest first."""
    sought = await _sought(work, wish, viewer)
    if not sought and (wish.words or not wish.narrowed):
        return Found()
    own = await work.index.own_tickets(wish, viewer, _OWN)
    documents = await _candidates(work, wish, viewer, sought, own)
    best = _best(documents, sought, today)
    if len(best) < limit and len(sought) > 1:
        rarest = sorted(sought, key=lambda word: word.often)[:_ALONE]
        documents += await work.index.find_some(rarest, wish, viewer, _OF_EACH)
        best = _best(documents, sought, today)
    presenter = Presenter(work, viewer, today)
    finds = await _shown(presenter, best, limit + 1)
    return Found(
        finds=tuple(finds[:limit]),
        more=len(finds) > limit,
        corrected=await _as_typed(work, sought),
    )


async def _candidates(
    work: Work, wish: Wish, viewer: Viewer, sought: Sequence[SoughtWord], own: Iterable[Ticket]
) -> list[Document]:
    """Their own tickets, which are in no index, and whatever has all of the words."""
    theirs = [document_of(ticket) for ticket in own]
    late_enough = [one for one in theirs if wish.since is None or one.dated >= wish.since]
    return late_enough + await work.index.find(sought, wish, viewer)


def _best(
    documents: Iterable[Document], sought: Sequence[SoughtWord], today: date
) -> list[Document]:
    once: dict[tuple[FindKind, str], Document] = {}
    for document in documents:
        once.setdefault((document.kind, document.subject), document)
    if not sought:
        return sorted(once.values(), key=lambda one: one.dated, reverse=True)
    return [one.document for one in ranked(once.values(), sought, today)]


async def _shown(presenter: Presenter, best: Iterable[Document], limit: int) -> list[Find]:
    """The first of them that may be shown. What became a solution is not shown as a ticket too."""
    shown: list[Find] = []
    told: set[TicketId | None] = set()
    for document in best:
        if len(shown) == limit:
            break
        again = document.kind is FindKind.TICKET and document.ticket_id in told
        find = None if again else await presenter.find(document)
        if find is not None:
            shown.append(find)
            told.add(document.ticket_id)
    return shown


async def _as_typed(work: Work, sought: Iterable[SoughtWord]) -> tuple[str, ...]:
    """What was looked for in the place of words that nobody knows, as people write it."""
    meant = list(dict.fromkeys(word for one in sought for word in one.corrected))
    typed = await work.index.vocabulary.typed(meant) if meant else {}
    return tuple(typed[word] for word in meant if word in typed)


async def _sought(work: Work, wish: Wish, viewer: Viewer) -> list[SoughtWord]:
    """The words with all that says the same; for those that nobody knows also what was meant."""
    typed = search_words(wish.words)[:WORDS_SOUGHT]
    all_of_them = {word for one in typed for word in (one.stem, *_parts(one))}
    known = await work.index.vocabulary.known(all_of_them)
    return [await _one_sought(work, word, known, viewer) for word in typed]


async def _one_sought(
    work: Work, typed: SearchWord, known: Mapping[str, Spread], viewer: Viewer
) -> SoughtWord:
    forms = [(typed.stem,), *typed.others]
    here = viewer.encrypted
    if any(all(_seen(word, known, encrypted=here) for word in form) for form in forms):
        meant: dict[str, Spread] = {}
    else:
        meant = await work.index.vocabulary.near(typed.stem, encrypted=here)
    often = [min(_seen(word, known, encrypted=True) for word in form) for form in forms]
    return SoughtWord(
        word=typed.stem,
        others=typed.others,
        corrected=tuple(meant),
        often=sum(often) + sum(spread.documents for spread in meant.values()),
    )


def _parts(word: SearchWord) -> list[str]:
    return [part for other in word.others for part in other]


def _seen(word: str, known: Mapping[str, Spread], *, encrypted: bool) -> int:
    return known[word].seen(encrypted=encrypted) if word in known else 0
