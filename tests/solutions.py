"""Model solutions as the running desk makes them: asked, answered, proposed, released."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.messages import Attachment, EventId, RoomId, UserId
from tests.desk import ANN, BEK, EVA, PROJECT, UDO, DeskAtWork
from tests.fakes import Sent
from tests.handlers.test_routing import SURE, FixedRouter

QUESTION = "Dürfen wir Lizenzen freihändig vergeben?"
ANSWER = "Bis 100.000 Euro ist ein Direktauftrag möglich."
# Nearly the same question, which shares no sentence with the first one.
ASKED = "Ist freihändig vergeben bei Lizenzen erlaubt?"


class LikeRouter(FixedRouter):
    """All is about procurement. Texts are as alike as a test says, some of them by their words."""

    def __init__(self) -> None:
        super().__init__(replace(SURE, area="procurement"), likeness=1.0)
        self.by_word: dict[str, float] = {}

    def alike(self, _asked: str, others: Sequence[str]) -> list[float]:
        return [
            next((like for word, like in self.by_word.items() if word in other), self.likeness)
            for other in others
        ]


async def answered(
    desk: DeskAtWork,
    number: int = 1,
    *,
    question: str = QUESTION,
    answer: str = ANSWER,
    room: RoomId | None = None,
    attachment: Attachment | None = None,
) -> EventId:
    """Eva asked, Ann answered and resolved; the event of Eva's question."""
    asked = await desk.asks(EVA, f"{question} #vergabe", room=room)
    await desk.says(ANN, f"!kaz übernehmen {number}")
    await desk.says(ANN, f"!kaz lösen KAZ-{number} {answer}", attachment=attachment)
    return asked


async def proposed(desk: DeskAtWork, number: int = 1, *, answer: str = ANSWER) -> Sent:
    """Ann proposed the answer; the message that shows it as it would be published."""
    await answered(desk, number, answer=answer)
    await desk.says(ANN, f"!kaz lösung KAZ-{number}")
    return letter(desk, "solution:proposed")


async def released(
    desk: DeskAtWork, number: int = 1, *, lines: str = "", answer: str = ANSWER
) -> None:
    """Bek released it too; `lines` are what Ann put right before."""
    await proposed(desk, number, answer=answer)
    solution = (await newest(desk)).subject
    if lines:
        await desk.says(ANN, f"!kaz lösung ändern {solution}\n{lines}")
    await desk.says(BEK, f"!kaz lösung freigeben {solution}")


async def offered(desk: DeskAtWork, asker: UserId = UDO, *, text: str = ASKED) -> list[Sent]:
    """What somebody is offered who asks in Eva's room."""
    await desk.asks(asker, text, room=PROJECT)
    return offers(desk)


def offers(desk: DeskAtWork) -> list[Sent]:
    """The solutions and answers offered by what happened last."""
    return [sent for sent in desk.last if sent.told == "ticket:suggested" and sent.is_message]


def letter(desk: DeskAtWork, told: str) -> Sent:
    """The one message of what happened last that tells programs this."""
    [found] = [sent for sent in desk.last if sent.told == told and sent.is_message]
    return found


def redactions(desk: DeskAtWork) -> set[EventId | None]:
    """The messages that the bot took back because of what happened last."""
    return {sent.redacts for sent in desk.last if sent.redacts}


async def newest(desk: DeskAtWork) -> Solution:
    """The solution that was proposed last."""
    async with desk.store.work() as work:
        return (await work.solutions.listed(open_too=True))[0]


async def solution_of(desk: DeskAtWork, number: int = 1) -> Solution:
    async with desk.store.work() as work:
        return await work.solutions.get(SolutionId(number))


async def editions_of(desk: DeskAtWork, number: int = 1) -> list[SolutionEdition]:
    async with desk.store.work() as work:
        return await work.solutions.editions(SolutionId(number))
