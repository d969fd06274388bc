"""Nobody gets the bot to act or to answer without end."""

from kaz_bot.config import Intake
from kaz_bot.limits import BURST, Allowance, Limits
from kaz_bot.messages import EventId
from tests.desk import ANN, BEK, EVA, PROCUREMENT, PROJECT, DeskAtWork, OpenDesk
from tests.fakes import MORNING


async def test_signs_that_are_refused_count_like_commands(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    root = desk.root(1)
    await desk.takes(*(desk.reacted(BEK, "🙋", root) for _ in range(BURST + 5)))
    assert desk.told(PROCUREMENT) == ["error:bad_state"] * BURST + ["error:rate_limited"]
    await desk.says(ANN, "!kaz liste")
    assert desk.told(PROCUREMENT) == ["info:list"]


async def test_signs_that_mean_nothing_to_the_desk_are_not_counted(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    root = desk.root(1)
    await desk.takes(*(desk.reacted(BEK, "🥐", root) for _ in range(BURST + 5)))
    await desk.says(BEK, "!kaz liste")
    assert desk.told(PROCUREMENT) == ["info:list"]


async def test_a_sign_that_takes_an_offer_is_not_counted_where_nothing_is_offered(
    desk: DeskAtWork,
) -> None:
    await desk.has_ticket()
    receipt = desk.homeserver.sent_to(PROJECT)[-1].event_id
    await desk.takes(*(desk.reacted(EVA, "✅", receipt) for _ in range(BURST + 5)))
    await desk.says(EVA, "!kaz meine")
    assert desk.told(PROJECT) == ["info:mine"]


async def test_who_writes_on_in_a_thread_that_has_ended_is_told_so_often_at_most(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket("closed")
    on = (desk.said(EVA, "Und jetzt?", thread=question) for _ in range(BURST + 5))
    await desk.takes(*on)
    assert desk.told(PROJECT).count("error:rate_limited") == 1
    assert len(desk.told(PROJECT)) <= BURST + 1


async def test_questions_taken_up_unasked_count_like_commands(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(intake=Intake.AUTO)
    asked = (desk.said(EVA, "Dürfen wir freihändig vergeben?") for _ in range(BURST + 5))
    await desk.takes(*asked)
    assert desk.told(PROJECT) == ["ticket:opened"] * BURST + ["error:rate_limited"]


def test_an_event_counts_once_however_often_its_transaction_runs() -> None:
    limits = Limits(burst=1)
    taken = [limits.take(EVA, EventId(event), MORNING) for event in ("$1", "$1", "$2", "$2", "$3")]
    assert taken == [
        Allowance.YES,
        Allowance.YES,
        Allowance.TELL,
        Allowance.TELL,
        Allowance.IGNORE,
    ]
