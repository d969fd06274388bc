"""Of several documents that which answers best comes first."""

from dataclasses import replace
from datetime import date

from kaz_bot.domain.knowledge.documents import Document, SoughtWord
from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.domain.knowledge.ranking import ranked

TODAY = date(2026, 9, 30)
TICKET = Document(kind=FindKind.TICKET, subject="1", dated=TODAY, words=("frist", "vergab"))
VERGABE = SoughtWord(word="vergab", often=40_000)
FRIST = SoughtWord(word="frist", often=10)


def order(sought: list[SoughtWord], *documents: Document) -> list[str]:
    return [one.document.subject for one in ranked(documents, sought, TODAY)]


def test_more_of_the_words_go_before_fewer() -> None:
    some = replace(TICKET, subject="2", words=("frist",))
    assert order([VERGABE, FRIST], some, TICKET) == ["1", "2"]


def test_a_rare_word_says_more_than_a_frequent_one() -> None:
    rare = replace(TICKET, subject="rare", words=("frist", "x"))
    frequent = replace(TICKET, subject="frequent", words=("vergab", "x"))
    assert order([VERGABE, FRIST], frequent, rare) == ["rare"]


def test_what_has_much_less_of_the_words_than_the_best_is_left_out() -> None:
    noise = replace(TICKET, subject="2", words=("vergab",))
    assert order([VERGABE, FRIST], noise, TICKET) == ["1"]
    assert order([VERGABE, FRIST], noise) == ["2"]


def test_what_has_none_of_the_words_is_left_out() -> None:
    assert order([FRIST], replace(TICKET, words=("x",))) == []


def test_words_in_the_title_say_more() -> None:
    titled = replace(TICKET, subject="2", head=("frist",))
    assert order([FRIST], TICKET, titled) == ["2", "1"]


def test_the_word_itself_goes_before_its_parts_and_these_before_a_correction() -> None:
    sought = SoughtWord(word="lizenzpool", others=(("lizenz", "pool"),), corrected=("lizenzpoll",))
    itself = replace(TICKET, subject="itself", words=("lizenzpool",))
    parts = replace(TICKET, subject="parts", words=("lizenz", "pool"))
    corrected = replace(TICKET, subject="corrected", words=("lizenzpoll",))
    half = replace(TICKET, subject="half", words=("lizenz",))
    assert order([sought], half, corrected, parts, itself) == ["itself", "parts", "corrected"]


def test_a_solution_goes_before_a_ticket_with_the_same_words_and_a_stale_one_behind() -> None:
    solution = replace(TICKET, kind=FindKind.SOLUTION, subject="L-1")
    stale = replace(solution, subject="L-2", valid_until=date(2026, 9, 29))
    until_today = replace(solution, subject="L-3", valid_until=TODAY)
    assert order([FRIST], stale, TICKET, solution) == ["L-1", "1", "L-2"]
    assert order([FRIST], TICKET, until_today) == ["L-3", "1"]


def test_of_equals_the_newer_goes_first() -> None:
    older = replace(TICKET, subject="2", dated=date(2024, 9, 30))
    assert order([FRIST], older, TICKET) == ["1", "2"]


def test_of_a_short_and_a_long_text_the_short_one_is_about_the_word() -> None:
    long = replace(TICKET, subject="2", words=("frist", *map(str, range(300))))
    assert order([FRIST], long, TICKET) == ["1", "2"]
