"""Exported tickets can be filed: complete for programs, readable for people."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kaz_bot.config import Settings
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import ConfigError
from kaz_bot.operations.export import export, numbers
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.forgetting.desk import new_post, new_ticket
from tests.operations.conftest import NewSettings
from tests.store.records import ANN, BEK, after

HOSTILE = '<script>alert("x")</script> & co'


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot with an answered ticket and a hostile one."""
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        ticket = await new_ticket(work, ANN, "Wo ist der Schlüssel?\nEs eilt.")
        await new_post(work, ticket, BEK, "Im Keller.", PostKind.ANSWER)
        await work.tickets.save(replace(ticket.withdrawn(after(60)), assignee=BEK))
        await new_ticket(work, BEK, HOSTILE)
    await store.close()
    return settings


async def test_a_ticket_comes_with_everything_that_belongs_to_it(
    settings: Settings, tmp_path: Path
) -> None:
    assert await export(settings, Texts(), [TicketId(1)], tmp_path / "out") == 1
    written = json.loads((tmp_path / "out" / "KAZ-1" / "ticket.json").read_text())
    assert written["metadata"] == {
        "Betreff": "Wo ist der Schlüssel?",
        "Aktenzeichen": "KAZ-1",
        "Laufzeit": {
            "Beginn": "2026-09-30T12:00:00.123456+00:00",
            "Ende": "2026-09-30T13:00:00.123456+00:00",
        },
    }
    assert [(post["sender"], post["text"]) for post in written["posts"]] == [
        (ANN, "Wo ist der Schlüssel?\nEs eilt."),
        (BEK, "Im Keller."),
    ]
    assert [(entry["event"], entry["actor"]) for entry in written["trail"]] == [("opened", ANN)]
    assert (written["state"], written["assignee"]) == ("withdrawn", BEK)


async def test_the_readable_text_is_complete(settings: Settings, tmp_path: Path) -> None:
    await export(settings, Texts(), [TicketId(1)], tmp_path)
    text = (tmp_path / "KAZ-1" / "ticket.txt").read_text()
    assert "Betreff: Wo ist der Schlüssel?" in text
    assert "Laufzeit: Mittwoch, 30. September 2026 bis Mittwoch, 30. September 2026" in text
    assert "> Im Keller." in text
    assert "Mittwoch, 30. September 2026, 14:00 Uhr: gestellt, @ann:kaz.test" in text


async def test_what_people_wrote_is_no_markup_in_the_page(
    settings: Settings, tmp_path: Path
) -> None:
    await export(settings, Texts(), [TicketId(2)], tmp_path)
    page = (tmp_path / "KAZ-2" / "ticket.html").read_text()
    assert "<script>" not in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="de">')


async def test_it_speaks_the_language_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    await export(replace(settings, language="en"), Texts(), [TicketId(1)], tmp_path)
    assert "Subject: Wo ist der Schlüssel?" in (tmp_path / "KAZ-1" / "ticket.txt").read_text()


async def test_all_tickets_can_be_exported_at_once(settings: Settings, tmp_path: Path) -> None:
    assert await export(settings, Texts(), None, tmp_path / "all") == 2
    assert sorted(folder.name for folder in (tmp_path / "all").iterdir()) == ["KAZ-1", "KAZ-2"]


async def test_exported_files_are_for_their_owner_alone(settings: Settings, tmp_path: Path) -> None:
    await export(settings, Texts(), None, tmp_path / "all")
    files = [path for path in (tmp_path / "all").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


async def test_a_ticket_that_does_not_exist_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no ticket 77"):
        await export(settings, Texts(), [TicketId(77)], tmp_path)


def test_numbers_are_read_with_and_without_their_prefix() -> None:
    assert numbers(["KAZ-12", "kaz-3", "4"], "KAZ") == [12, 3, 4]


@pytest.mark.parametrize("written", ["REQ-12", "KAZ", "12a", "-1"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ConfigError, match="KAZ-12"):
        numbers([written], "KAZ")


async def test_it_says_for_which_municipality_was_asked(settings: Settings, tmp_path: Path) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        ticket = await work.tickets.get(TicketId(2))
        await work.tickets.save(ticket.asked_for(MunicipalityKey("120675706"), after(1)))
    await store.close()
    await export(settings, Texts(), [TicketId(2)], tmp_path)
    written = json.loads((tmp_path / "KAZ-2" / "ticket.json").read_text())
    assert written["municipality"] == "120675706"
    shown = (tmp_path / "KAZ-2" / "ticket.txt").read_text()
    assert "- Kommune: Amt Odervorland (Landkreis Oder-Spree)\n" in shown
