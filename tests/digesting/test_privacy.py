"""What no digest may show, and what goes with it when it is taken back."""

import pytest

from kaz_bot.domain.knowledge.solutions import SolutionState
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.forgetting import forget_ticket
from kaz_bot.messages import RoomId, UserId
from tests.committee import opens as opens_a_vote
from tests.committee import seats
from tests.desk import (
    ANN,
    BEK,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    MARKET,
    MAX,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.digesting.records import has_proposed, has_solution
from tests.digests import direct_chat, monday, opens, passes


async def told_everywhere(desk: DeskAtWork) -> str:
    """All that the digests of a Monday say, also to programs."""
    await monday(desk, PROJECT)
    return "\n".join(f"{sent.body} {sent.html} {sent.content}" for sent in desk.last)


async def with_readers(desk: DeskAtWork) -> None:
    """Somebody of each kind reads their own digest as well."""
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    await desk.says(ANN, "digest an", room=await direct_chat(desk, ANN))
    await desk.says(MAX, "digest an", room=await direct_chat(desk, MAX))


# Rule 1: of what was asked in confidence only the number, or that it is one more.
@pytest.mark.parametrize("step", ["notiz 1 So.", "query 1 Wo?", "resolve 1 So."])
async def test_words_asked_in_confidence_stand_in_no_digest(desk: DeskAtWork, step: str) -> None:
    await with_readers(desk)
    await desk.says(EVA, "frage Geheimer Verdacht im Amt? #vergabe", room=EVAS_CHAT)
    await desk.says(ANN, "!kaz claim 1")
    desk.clock.advance(minutes=1)
    await desk.says(ANN, f"!kaz {step}")
    told = await told_everywhere(desk)
    assert "KAZ-1" in told
    assert "Verdacht" not in told
    assert [
        sent.body for sent in desk.last if sent.room_id == PROJECT and "KAZ-1" in sent.body
    ] == []


async def test_a_chat_that_becomes_a_project_room_shows_nothing_asked_in_confidence(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "frage Geheimer Verdacht im Amt? #vergabe", room=EVAS_CHAT)
    await desk.binds(EVAS_CHAT, kind=RoomKind.PROJECT, person=None)
    await opens(desk)
    assert "KAZ-1" not in await monday(desk, EVAS_CHAT)


# Rule 2: nobody is named as the asker, nor the municipality that they ask for.
async def test_no_digest_names_who_asked(desk: DeskAtWork) -> None:
    await with_readers(desk)
    await desk.says(EVA, "!kaz kommune Stadt Cottbus")
    await desk.has_ticket()
    await desk.has_ticket("waiting", asker=UDO)
    told = await told_everywhere(desk)
    assert "Eva" not in told
    assert "@eva" not in told.replace(f"'room': '{EVAS_CHAT}'", "")
    assert "Udo" not in told
    assert "@udo" not in told
    assert "Cottbus" not in told


async def test_questions_of_one_room_are_not_told_in_another(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket()
    assert "KAZ-1" not in await monday(desk, MARKET)


# Rule 3: what was said encrypted is shown encrypted.
async def test_sealed_words_stand_in_no_room_that_is_not_encrypted(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket()
    await desk.says(EVA, "!kaz frist Zinnober bis 8.10.")
    await seats(desk)
    await opens_a_vote(desk, "im Umlauf bis 7.10. 12 Uhr")
    await desk.says(KIM, "!kaz auftrag Zinnober @max bis 8.10.")
    await desk.says(KIM, "!kaz sitzung 15.10. 13 Uhr Zinnoberhaus")
    await desk.says(KIM, "!kaz top Zinnoberrot")
    await has_solution(desk, "Zinnober", sealed=True)
    open_rooms = (PROJECT, PROCUREMENT, COMMITTEE)
    desk.homeserver.rooms.change(PROJECT, encrypted=False)
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    desk.homeserver.rooms.change(COMMITTEE, encrypted=False)
    await monday(desk, PROJECT)
    told = "\n".join(str(sent.content) for sent in desk.last if sent.room_id in open_rooms)
    numbers = ("KAZ-1", "Frist 1", "BV-1", "A-1", "S-1", "L-1")
    assert [number for number in numbers if number not in told] == []
    assert [word for word in ("Zinnober", "freihändig", "Portal") if word in told] == []


async def test_a_digest_with_sealed_words_never_goes_into_the_open(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket()
    desk.clock.advance(days=4, hours=20)
    desk.homeserver.away = True
    await passes(desk)
    desk.homeserver.away = False
    desk.homeserver.rooms.change(PROJECT, encrypted=False)
    desk.clock.advance(minutes=5)
    assert [sent.body for sent in await desk.delivers() if sent.room_id == PROJECT] == []


# Rule 6, for digests: what nobody released is told in its area alone.
async def test_what_no_second_specialist_released_is_told_in_its_area_alone(
    desk: DeskAtWork,
) -> None:
    await with_readers(desk)
    await has_proposed(desk, "Entwurf Rahmenvertrag")
    await monday(desk, PROJECT)
    telling = [sent.room_id for sent in desk.last if "Entwurf" in str(sent.content)]
    assert telling == [PROCUREMENT]


# Rule 7: what was taken back is gone, from the digests that come and from those that were told.
@on_both_databases
async def test_a_question_taken_back_is_in_no_digest_that_comes(desk: DeskAtWork) -> None:
    await with_readers(desk)
    question = await desk.has_ticket()
    await desk.redacts(EVA, question)
    told = await told_everywhere(desk)
    assert "KAZ-1" in told
    assert "freihändig" not in told


@on_both_databases
async def test_a_question_taken_back_takes_the_digests_that_repeat_it(desk: DeskAtWork) -> None:
    await with_readers(desk)
    question = await desk.has_ticket()
    told = await told_everywhere(desk)
    assert "freihändig" in told
    quoting = {sent.event_id for sent in desk.last if "freihändig" in sent.body}
    await desk.redacts(EVA, question)
    assert quoting <= {sent.redacts for sent in desk.last}
    assert len(quoting) == 4


async def test_a_question_in_other_words_takes_them_once(desk: DeskAtWork) -> None:
    await opens(desk)
    question = await desk.has_ticket()
    await monday(desk, PROJECT)
    quoting = {sent.event_id for sent in desk.last if "freihändig" in sent.body}
    await desk.edits(EVA, question, "!kaz frage Dürfen wir das? #vergabe")
    assert {sent.redacts for sent in desk.last if sent.redacts} == quoting
    await desk.edits(EVA, question, "!kaz frage Dürfen wir es? #vergabe")
    assert [sent.redacts for sent in desk.last if sent.redacts] == []


@on_both_databases
async def test_a_ticket_that_is_forgotten_takes_them(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.has_ticket("closed")
    await desk.has_ticket()
    await monday(desk, PROJECT)
    quoting = {sent.event_id for sent in desk.last if "freihändig" in sent.body}
    forgotten = await desk.ticket(2)
    async with desk.store.work() as work:
        await forget_ticket(work, forgotten, desk.clock.now())
    await desk.delivers()
    assert quoting <= {sent.redacts for sent in desk.last}
    assert len(quoting) == 2


@pytest.mark.parametrize(
    ("person", "place", "words"),
    [
        (EVA, PROJECT, "!kaz frist Zinnober bis 8.10."),
        (KIM, COMMITTEE, "!kaz auftrag Zinnober bis 8.10."),
        (KIM, COMMITTEE, "!kaz sitzung 15.10. 13 Uhr Zinnober"),
    ],
    ids=["deadline", "task", "meeting"],
)
async def test_other_words_taken_back_take_them_too(
    desk: DeskAtWork, person: UserId, place: RoomId, words: str
) -> None:
    await opens(desk)
    said = desk.said(person, words)
    await desk.hears(said)
    assert "Zinnober" in await monday(desk, place)
    (digest,) = [sent for sent in desk.last if "Zinnober" in sent.body]
    await desk.redacts(said.sender, said.event_id)
    assert digest.event_id in {sent.redacts for sent in desk.last}


async def test_a_paper_taken_back_takes_them_too(desk: DeskAtWork) -> None:
    await opens(desk)
    said = desk.said(KIM, "!kaz beschluss Zinnober")
    await desk.hears(said)
    await desk.says(KIM, "!kaz sitzung 15.10. 13 Uhr Potsdam")
    await desk.says(KIM, "!kaz top BV-1")
    assert "Zinnober" in await monday(desk, COMMITTEE)
    (digest,) = [sent for sent in desk.last if "Zinnober" in sent.body]
    await desk.redacts(KIM, said.event_id)
    assert digest.event_id in {sent.redacts for sent in desk.last}


async def test_a_solution_that_is_withdrawn_takes_them(desk: DeskAtWork) -> None:
    await opens(desk)
    await has_solution(desk, "Zinnober")
    await monday(desk, PROJECT)
    quoting = {sent.event_id for sent in desk.last if "Zinnober" in sent.body}
    await desk.says(ANN, "!kaz lösung zurückziehen L-1")
    assert quoting <= {sent.redacts for sent in desk.last}
    assert len(quoting) == 7


async def test_a_solution_that_was_withdrawn_is_in_no_digest(desk: DeskAtWork) -> None:
    await with_readers(desk)
    await has_solution(desk, "Zinnober", state=SolutionState.WITHDRAWN)
    assert "L-1" not in await told_everywhere(desk)


# Rule 8: what somebody may see at that moment, and no more.
async def test_a_specialist_who_has_left_reads_nothing_of_the_area(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, ANN)
    await desk.says(ANN, "digest an", room=chat)
    await desk.has_ticket("claimed")
    await desk.has_ticket()
    desk.homeserver.rooms.leave(PROCUREMENT, ANN)
    assert "KAZ" not in await monday(desk, chat)


async def test_a_specialist_reads_nothing_of_other_areas(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, BEK)
    await desk.says(BEK, "digest an", room=chat)
    await desk.asks(EVA, "Wie sicher ist das? #sicherheit")
    assert "KAZ" not in await monday(desk, chat)


async def test_a_member_who_has_left_reads_nothing_of_the_committee(desk: DeskAtWork) -> None:
    await opens(desk)
    chat = await direct_chat(desk, MAX)
    await desk.says(MAX, "digest an", room=chat)
    await seats(desk)
    await opens_a_vote(desk, "im Umlauf bis 7.10. 12 Uhr")
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 8.10.")
    await desk.says(KIM, "!kaz sitzung 15.10. 13 Uhr Potsdam")
    desk.homeserver.rooms.leave(COMMITTEE, MAX)
    told = await monday(desk, chat)
    assert [word for word in ("BV-1", "A-1", "S-1") if word in told] == []


async def test_whoever_has_left_a_room_reads_none_of_its_deadlines(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    await desk.says(EVA, "!kaz frist Zinnober bis 8.10.")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    assert "Zinnober" not in await monday(desk, EVAS_CHAT)


async def test_nobody_reads_along_in_a_direct_chat(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(EVA, "digest an", room=EVAS_CHAT)
    await desk.has_ticket()
    desk.homeserver.rooms.enter(EVAS_CHAT, UDO)
    assert EVAS_CHAT not in [sent.room_id for sent in await passes(desk, days=5)]
