"""Writes announcements into the outbox as the clerk does, by templates of the tests' own."""

from pathlib import Path

import pytest

from kaz_bot.announcements.letters import Announcement, Edit, Key, Letter, Poll, PollEnd, Spot
from kaz_bot.announcements.view import DeskView, bound_view
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.letters import StoredLetter
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import LetterId
from kaz_bot.outbox import Outbox
from kaz_bot.texts import Texts
from tests.desk import BOT, COMMITTEE, DeskAtWork
from tests.fakes import Sent

KEY = Key(name="de.kaz.decision", content={"id": "BV-7", "state": "voting", "event": "opened"})
_TEMPLATES = {
    "de/try/ballot": "<b>{{ paper }}</b>. Es fehlen: {{ missing }}.",
    "de/try/poll": "Stimmen Sie {{ paper }} zu?",
    "de/try/poll_end": "{{ paper }} ist angenommen.",
    "de/words/try": '{% set words = {"yes": "Ja", "no": "Nein", "abstain": "Enthaltung"} %}',
    "en/try/poll": "Do you agree to {{ paper }}?",
    "en/words/try": '{% set words = {"yes": "Yes", "no": "No"} %}',
}
BALLOT = Letter(
    spot=Spot(room_id=COMMITTEE),
    template="try/ballot",
    facts={"paper": "BV-7", "missing": "MIK, ZIT-BB"},
    key=KEY,
)
POLL = Poll(
    spot=Spot(room_id=COMMITTEE),
    template="try/poll",
    facts={"paper": "BV-7"},
    answers=("yes", "no", "abstain"),
    words="try",
    key=KEY,
)


class Writer:
    """A clerk who is told word by word what to write."""

    def __init__(self, desk: DeskAtWork, texts: Texts) -> None:
        self._desk = desk
        self._texts = texts

    async def writes(self, *announcements: Announcement) -> list[Sent]:
        """What the postman brings out of it at once."""
        async with self._desk.store.work() as work:
            view = DeskView(
                rooms={
                    bound.room_id: bound_view(bound, name="", encrypted=True, members={})
                    for bound in await work.rooms.all()
                },
                areas=Areas.of([AreaKey("projects")], default=AreaKey("projects")),
                ticket_prefix="KAZ",
                verb_prefix="!kaz",
                emergency_contact="",
                bot=BOT,
            )
            outbox = Outbox(work, self._texts, view, self._desk.clock.now())
            await outbox.write(list(announcements))
        return await self._desk.delivers()

    async def letter(self, number: int = 1) -> StoredLetter:
        """As the outbox holds it now; they are numbered as they are written."""
        async with self._desk.store.work() as work:
            return await work.letters.get(LetterId(number))


def missing(ballot: StoredLetter, whom: str) -> Edit:
    """The ballot's message when somebody has voted."""
    return Edit(of=ballot, facts={"paper": "BV-7", "missing": whom}, key=KEY, sealed=True)


def end_of(poll: StoredLetter) -> PollEnd:
    return PollEnd(of=poll, template="try/poll_end", facts={"paper": "BV-7"}, key=KEY, sealed=True)


@pytest.fixture
def writer(desk: DeskAtWork, tmp_path: Path) -> Writer:
    for name, source in _TEMPLATES.items():
        file = tmp_path / "texts" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return Writer(desk, Texts(tmp_path / "texts"))
