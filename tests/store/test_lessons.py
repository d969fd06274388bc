"""What moved tickets taught is kept, replaced and forgotten; only the newest lessons stay."""

from dataclasses import replace

import pytest

from kaz_bot.domain.lessons import Lesson, Saying
from kaz_bot.domain.tickets import TicketId
from kaz_bot.store import Work
from kaz_bot.store import lessons as limits
from tests.store.records import LESSON, SECURITY, TICKET, after


@pytest.fixture
async def three_tickets(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.tickets.add(TICKET)
    await work.tickets.add(TICKET)


ONE = replace(LESSON, words=("ä", "b"))
TWO = replace(LESSON, words=("c",), ticket_id=TicketId(2), learned_at=after(1))
THREE = replace(LESSON, words=("d",), ticket_id=TicketId(3), learned_at=after(1))


def said(lesson: Lesson) -> Saying:
    return Saying(lesson.area, lesson.words)


@pytest.mark.usefixtures("three_tickets")
async def test_lessons_come_the_newest_first(work: Work) -> None:
    await work.lessons.keep(TWO)
    await work.lessons.keep(ONE)
    await work.lessons.keep(THREE)
    assert await work.lessons.sayings() == [said(THREE), said(TWO), said(ONE)]
    assert await work.lessons.of(TicketId(1)) == ONE


@pytest.mark.usefixtures("three_tickets")
async def test_a_ticket_teaches_the_last_thing_only(work: Work) -> None:
    await work.lessons.keep(ONE)
    later = replace(ONE, area=SECURITY, words=("c",), learned_at=after(2))
    await work.lessons.keep(later)
    assert await work.lessons.sayings() == [said(later)]
    assert await work.lessons.of(TicketId(1)) == later


@pytest.mark.usefixtures("three_tickets")
async def test_a_forgotten_lesson_is_gone_and_the_others_stay(work: Work) -> None:
    await work.lessons.keep(ONE)
    await work.lessons.keep(TWO)
    await work.lessons.forget(TicketId(1))
    assert await work.lessons.sayings() == [said(TWO)]
    assert await work.lessons.of(TicketId(1)) is None


@pytest.mark.usefixtures("three_tickets")
async def test_the_oldest_lessons_go_when_there_are_too_many(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "KEPT_LESSONS", 2)
    await work.lessons.keep(THREE)
    await work.lessons.keep(ONE)
    await work.lessons.keep(TWO)
    assert await work.lessons.sayings() == [said(THREE), said(TWO)]
