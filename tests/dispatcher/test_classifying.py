"""Only what may be a question is classified, and each message once."""

import pytest

from kaz_bot.routing import Classification, Router
from tests.desk import ANN, EVA, EVAS_CHAT, UDO, DeskAtWork, OpenDesk
from tests.handlers.test_routing import SURE, FixedRouter


class CountingRouter(FixedRouter):
    """Knows what it was asked about."""

    def __init__(self) -> None:
        super().__init__(SURE)
        self.asked: list[str] = []

    def classify(self, text: str) -> Classification:
        self.asked.append(text)
        return super().classify(text)


@pytest.fixture
def counting() -> CountingRouter:
    return CountingRouter()


@pytest.fixture
async def desk(open_desk: OpenDesk, counting: CountingRouter) -> DeskAtWork:
    desk = await open_desk(counting)
    await desk.has_ticket("claimed")
    counting.asked.clear()
    return desk


async def test_commands_reactions_and_talk_about_a_ticket_are_not_classified(
    desk: DeskAtWork, counting: CountingRouter
) -> None:
    root = desk.root(1)
    await desk.says(EVA, "!kaz hilfe")
    await desk.says(EVA, "!kaz status 1")
    await desk.says(ANN, "Was meint ihr dazu?", thread=root)
    await desk.says(ANN, "!kaz antwort Bis 100.000 Euro.", thread=root)
    await desk.says(ANN, "!kaz erinnere mich morgen 9 Uhr an die Akte", thread=root)
    await desk.reacts(ANN, "👍", root)
    await desk.says(ANN, "Wer bringt Kuchen mit?")
    await desk.says(EVA, "meine", room=EVAS_CHAT)
    assert counting.asked == []


async def test_a_question_is_classified_for_its_ticket(
    desk: DeskAtWork, counting: CountingRouter
) -> None:
    await desk.says(UDO, "!kaz frage Wer speichert Bilder?")
    assert counting.asked == ["Wer speichert Bilder?"]


def test_the_same_message_is_weighed_once() -> None:
    router = Router.shipped()
    assert router.classify("Wer speichert Bilder?") is router.classify("Wer speichert Bilder?")
    assert router.classify("Wer löscht Bilder?") is not router.classify("Wer speichert Bilder?")
