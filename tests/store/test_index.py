"""Documents are found by their words, by whoever may find them, until they are gone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kaz_bot.domain.knowledge.documents import Document, SoughtWord
from kaz_bot.domain.knowledge.finds import FindKind, Viewer, Wish
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.messages import RoomId
from kaz_bot.store import Spread, Store, Work
from tests.store.records import (
    ANN,
    BEK,
    DIRECT,
    NOON,
    PROJECT,
    SECURITY,
    SOLVED,
    STANDARDS,
    TICKET,
    after,
)
from tests.store.records_of_committee import COMMITTEE

DAY = date(2026, 9, 30)
SOLUTION = Document(kind=FindKind.SOLUTION, subject="L-1", dated=DAY, words=("schlussel", "kell"))
DECISION = Document(
    kind=FindKind.DECISION,
    subject="2026/3",
    room_id=COMMITTEE,
    public=False,
    sealed=True,
    dated=DAY,
    words=("schlussel",),
)
KEY = SoughtWord(word="schlussel")
CELLAR = SoughtWord(word="kell")
SOMEBODY = Viewer(person=BEK, room_id=PROJECT, kind=RoomKind.PROJECT, encrypted=True)
MEMBER = replace(SOMEBODY, room_id=COMMITTEE, kind=RoomKind.COMMITTEE)


def of_ticket(number: int, **changes: object) -> Document:
    document = replace(
        SOLUTION, kind=FindKind.TICKET, subject=str(number), ticket_id=TicketId(number)
    )
    return replace(document, **changes)  # type: ignore[arg-type]  # the fields, by name


async def indexed(work: Work, *documents: Document) -> None:
    for document in documents:
        await work.index.add(document, {word: word.title() for word in document.words})


async def found(
    work: Work, *sought: SoughtWord, wish: Wish | None = None, viewer: Viewer = SOMEBODY
) -> list[str]:
    documents = await work.index.find(sought, wish or Wish(), viewer)
    return [document.subject for document in documents]


async def test_what_has_all_of_the_words_is_found(work: Work) -> None:
    await indexed(work, SOLUTION, replace(SOLUTION, subject="L-2", words=("schlussel",)))
    assert await work.index.find([KEY, CELLAR], Wish(), SOMEBODY) == [SOLUTION]
    assert await found(work, KEY) == ["L-2", "L-1"]
    assert await found(work, SoughtWord(word="fehlt")) == []


async def test_a_word_is_found_by_whatever_says_the_same(work: Work) -> None:
    await indexed(work, SOLUTION)
    parts = SoughtWord(word="kellerschlussel", others=(("kell", "schlussel"),))
    half = SoughtWord(word="kellertur", others=(("kell", "tur"),))
    assert await found(work, parts) == ["L-1"]
    assert await found(work, half) == []
    assert await found(work, SoughtWord(word="schlosel", corrected=("schlussel",))) == ["L-1"]


async def test_without_words_the_newest_is_found_first(work: Work) -> None:
    await indexed(work, SOLUTION, replace(SOLUTION, subject="L-2"))
    assert await found(work) == ["L-2", "L-1"]


async def test_tickets_do_not_crowd_out_what_was_made_to_be_used_again(work: Work) -> None:
    tickets = [await work.tickets.add(SOLVED) for _ in range(3)]
    await indexed(work, SOLUTION, *(of_ticket(ticket.id) for ticket in tickets))
    newest = await work.index.find([KEY], Wish(), SOMEBODY, limit=1)
    assert sorted(one.subject for one in newest) == ["3", "L-1"]


async def test_a_document_that_changes_is_found_by_its_new_words_alone(work: Work) -> None:
    await indexed(work, SOLUTION, replace(SOLUTION, words=("neu",)))
    assert await found(work, KEY) == []
    assert await found(work, SoughtWord(word="neu")) == ["L-1"]


async def test_what_is_removed_is_not_found(work: Work) -> None:
    await indexed(work, SOLUTION)
    await work.index.remove(FindKind.SOLUTION, "L-1")
    assert await found(work, KEY) == []
    await work.index.remove(FindKind.SOLUTION, "L-1")


async def test_words_in_any_script_are_found(work: Work) -> None:
    await indexed(work, replace(SOLUTION, words=("ключ", "鑰匙", "š2")))
    for word in ("ключ", "鑰匙", "š2"):
        assert await found(work, SoughtWord(word=word)) == ["L-1"]


@pytest.mark.parametrize(
    "word", ['"', "'", "a' | 'b", '" OR "kell', "*", ":*", "\\", "§ticket", ""]
)
async def test_no_word_gets_out_of_its_quotes(work: Work, word: str) -> None:
    await indexed(work, SOLUTION)
    assert await found(work, KEY, SoughtWord(word=f"x{word}")) == []


async def test_a_wish_narrows_down(work: Work) -> None:
    old = replace(SOLUTION, subject="L-2", area=SECURITY, dated=date(2025, 12, 31))
    entry = replace(SOLUTION, kind=FindKind.ENTRY, subject="K-1")
    await indexed(work, SOLUTION, old, entry)
    assert await found(work, KEY, wish=Wish(area=SECURITY)) == ["L-2"]
    assert await found(work, KEY, wish=Wish(since=date(2026, 1, 1))) == ["K-1", "L-1"]
    assert await found(work, KEY, wish=Wish(kinds=(FindKind.ENTRY,))) == ["K-1"]
    assert await found(work, KEY, wish=Wish(kinds=(FindKind.TICKET,))) == []


async def test_a_ticket_is_found_in_the_area_it_was_routed_to(work: Work) -> None:
    ticket = await work.tickets.add(SOLVED)
    await indexed(work, of_ticket(ticket.id, area=SECURITY))
    await work.tickets.save(replace(ticket, area=STANDARDS))
    assert await found(work, KEY, wish=Wish(area=SECURITY)) == []
    assert await found(work, KEY, wish=Wish(area=STANDARDS)) == ["1"]


async def test_of_the_public_tickets_ones_own_can_be_asked_for(work: Work) -> None:
    await work.tickets.add(SOLVED)
    await work.tickets.add(replace(SOLVED, asker=BEK))
    await indexed(work, of_ticket(1), of_ticket(2))
    assert await found(work, KEY, wish=Wish(kinds=(FindKind.TICKET,), mine=True)) == ["2"]


async def test_a_confidential_ticket_is_not_found_even_if_it_was_indexed(work: Work) -> None:
    ticket = await work.tickets.add(replace(SOLVED, confidential=True))
    await indexed(work, of_ticket(ticket.id))
    assert await found(work, KEY) == []


async def test_what_a_committee_has_not_published_is_found_in_its_room_alone(work: Work) -> None:
    await indexed(work, DECISION)
    assert await found(work, KEY) == []
    assert await found(work, KEY, viewer=MEMBER) == ["2026/3"]
    assert await found(work, KEY, viewer=replace(MEMBER, encrypted=False)) == []
    await indexed(work, replace(DECISION, public=True))
    assert await found(work, KEY) == ["2026/3"]


async def test_it_follows_the_committee_into_another_room(work: Work) -> None:
    await indexed(work, DECISION)
    await work.rooms.move(COMMITTEE, RoomId("!upgraded:kaz.test"), NOON)
    moved = replace(MEMBER, room_id=RoomId("!upgraded:kaz.test"))
    assert await found(work, KEY, viewer=MEMBER) == []
    assert await found(work, KEY, viewer=moved) == ["2026/3"]


async def own(work: Work, viewer: Viewer, wish: Wish | None = None) -> list[int]:
    return [ticket.id for ticket in await work.index.own_tickets(wish or Wish(), viewer, 9)]


ANN_HERE = replace(SOMEBODY, person=ANN)
ANN_ALONE = Viewer(person=ANN, room_id=DIRECT, kind=RoomKind.DIRECT, encrypted=True)


async def test_ones_own_tickets_are_those_of_the_room_and_alone_all(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.tickets.add(replace(TICKET, room_id=DIRECT, confidential=True, opened_at=after(1)))
    await work.tickets.add(replace(TICKET, asker=BEK))
    await work.tickets.add(replace(TICKET, question=""))
    assert await own(work, ANN_HERE) == [1]
    assert await own(work, ANN_ALONE) == [2, 1]
    assert await own(work, ANN_ALONE, Wish(area=STANDARDS)) == []
    assert await own(work, ANN_ALONE, Wish(kinds=(FindKind.SOLUTION,))) == []


async def test_a_confidential_ticket_is_its_askers_in_no_other_room(work: Work) -> None:
    await work.tickets.add(replace(TICKET, confidential=True, state=TicketState.CLOSED))
    assert await own(work, ANN_HERE) == []


async def near(work: Work, word: str, *, encrypted: bool = True) -> list[str]:
    return list(await work.index.vocabulary.near(word, encrypted=encrypted))


async def test_a_word_is_known_as_long_as_something_public_has_it(work: Work) -> None:
    other = replace(SOLUTION, subject="L-2", words=("kell",))
    await indexed(work, SOLUTION, other, DECISION)
    known = work.index.vocabulary.known
    once, twice = (Spread(documents=count, unsealed=count) for count in (1, 2))
    assert await known({"schlussel", "kell", "x"}) == {"schlussel": once, "kell": twice}
    await work.index.remove(FindKind.SOLUTION, "L-1")
    assert await known({"schlussel", "kell"}) == {"kell": once}
    assert await near(work, "schlusel") == []


async def test_a_mistyped_word_leads_to_the_known_ones(work: Work) -> None:
    await indexed(work, SOLUTION)
    assert await near(work, "schlusel") == ["schlussel"]
    assert await near(work, "kelll") == ["kell"]
    assert await near(work, "kohl") == []
    assert await work.index.vocabulary.typed(["kell"]) == {"kell": "Kell"}


async def test_a_part_of_a_compound_is_not_what_was_meant_until_it_is_typed(work: Work) -> None:
    await work.index.add(SOLUTION, {"kell": "Keller"})
    assert await near(work, "schlusel") == []
    await work.index.add(replace(SOLUTION, subject="L-2"), {"schlussel": "Schlüssel"})
    assert await near(work, "schlusel") == ["schlussel"]
    assert await work.index.vocabulary.typed(["schlussel"]) == {"schlussel": "Schlüssel"}


async def test_a_word_of_encrypted_rooms_is_meant_in_no_other(work: Work) -> None:
    await indexed(work, replace(SOLUTION, sealed=True))
    [known] = (await work.index.vocabulary.known({"kell"})).values()
    assert (known.seen(encrypted=True), known.seen(encrypted=False)) == (1, 0)
    assert await near(work, "schlusel") == ["schlussel"]
    assert await near(work, "schlusel", encrypted=False) == []
    await indexed(work, replace(SOLUTION, subject="L-2"))
    assert await near(work, "schlusel", encrypted=False) == ["schlussel"]


async def test_it_knows_whether_it_was_built_to_its_end(work: Work) -> None:
    await indexed(work, SOLUTION)
    assert await work.index.is_complete()
    await work.index.begin_anew()
    assert not await work.index.is_complete()
    assert await found(work, KEY) == []
    await indexed(work, SOLUTION)
    await work.index.mark_complete()
    assert await work.index.is_complete()
    assert await found(work, KEY) == ["L-1"]


async def test_erased_words_leave_the_file(migrated_sqlite: str) -> None:
    store = Store(migrated_sqlite)
    words = tuple(f"wort{number}" for number in range(40))
    async with store.work() as work:
        await indexed(work, replace(SOLUTION, words=(*words, "zebrastreifen")))
        await indexed(work, replace(SOLUTION, subject="L-2", words=words))
    assert "zebrastreifen" in await _written(store, migrated_sqlite)
    async with store.work() as work:
        await work.index.remove(FindKind.SOLUTION, "L-1")
    assert "zebrastreifen" not in await _written(store, migrated_sqlite)


async def _written(store: Store, url: str) -> str:
    """All that stands in the file when nobody has it open."""
    await store.close()
    return content(Path(url.partition("///")[2]))


def content(file: Path) -> str:
    return file.read_bytes().decode("latin-1")


async def test_words_that_are_reworded_leave_it_too(migrated_sqlite: str) -> None:
    store = Store(migrated_sqlite)
    async with store.work() as work:
        await indexed(work, replace(SOLUTION, words=("zebrastreifen", "kell")))
    async with store.work() as work:
        await indexed(work, replace(SOLUTION, words=("kell",)))
    assert "zebra" not in await _written(store, migrated_sqlite)
