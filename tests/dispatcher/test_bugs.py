"""A bug of ours costs one answer, which names a reference, and nobody else anything."""

import pytest

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.routing import Classification, Router
from kaz_bot.texts import Texts
from tests.desk import ANN, EVA, EVAS_CHAT, PROCUREMENT, PROJECT, DeskAtWork, OpenDesk


class BrokenRouter(Router):
    """Cannot cope with anything."""

    def __init__(self) -> None:
        """Without models."""

    def classify(self, _text: str) -> Classification:
        raise ZeroDivisionError


class SpeechlessTexts(Texts):
    """Has lost these templates."""

    def __init__(self, *lost: str) -> None:
        super().__init__()
        self._lost = lost

    def render(self, template, language, facts):  # type: ignore[no-untyped-def]  # as its parent
        if template in self._lost:
            raise KeyError(template)
        return super().render(template, language, facts)


async def test_whoever_asked_gets_a_reference_that_stands_in_the_log(
    open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = await open_desk(BrokenRouter())
    [answer] = await desk.says(EVA, "!kaz frage Wer prüft das?")
    assert desk.told(PROJECT) == ["error:internal"]
    ref = str(desk.last[0].about["ref"])
    assert (ref in answer, ref in caplog.text, "Wer prüft das?" in caplog.text) == (
        True,
        True,
        False,
    )


async def test_in_a_direct_chat_too(open_desk: OpenDesk) -> None:
    desk = await open_desk(BrokenRouter())
    await desk.says(EVA, "frage Wer prüft das?", room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:internal"]


async def test_whoever_just_talked_is_not_bothered(open_desk: OpenDesk) -> None:
    desk = await open_desk(BrokenRouter())
    assert await desk.says(EVA, "Wer prüft das?") == []


async def test_an_event_over_which_the_homeserver_fails_stops_nobody(desk: DeskAtWork) -> None:
    question = desk.said(EVA, "Wer prüft das?")
    desk.homeserver.breaks_over[question.event_id] = HomeserverUnavailable("HTTP 500")
    await desk.takes(
        desk.said(EVA, "!kaz frage", reply_to=question.event_id), desk.said(EVA, "!kaz meine")
    )
    assert desk.told(PROJECT)[-1] == "info:mine"


async def test_the_next_event_has_its_turn(open_desk: OpenDesk) -> None:
    desk = await open_desk(BrokenRouter())
    await desk.takes(desk.said(EVA, "!kaz frage Wer?"), desk.said(EVA, "!kaz meine"))
    assert desk.told(PROJECT) == ["error:internal", "info:mine"]


@pytest.mark.parametrize("lost", [("refusal/missing_ticket",), ("refusal/internal", "info/list")])
async def test_a_lost_text_stops_nobody(desk: DeskAtWork, lost: tuple[str, ...]) -> None:
    desk.loses_texts(SpeechlessTexts(*lost))
    await desk.takes(
        desk.said(ANN, "!kaz claim"), desk.said(ANN, "!kaz liste"), desk.said(ANN, "!kaz hilfe")
    )
    assert desk.told(PROCUREMENT)[-1] == "info:help"
    assert await desk.takes(desk.said(ANN, "!kaz hilfe")) != []
