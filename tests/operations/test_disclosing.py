"""All that is stored about a person can be handed out, for them and for programs."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kaz_bot.config import Settings
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.messages import UserId
from kaz_bot.operations.disclosing import disclose
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.forgetting.committee import KIM, committee_at_work
from tests.forgetting.desk import new_ticket
from tests.operations.conftest import NewSettings
from tests.store.records import NOON, REMINDER

HOSTILE = '<script>alert("x")</script> & co'


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot that knows Kim as an asker, and from the committee."""
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        await new_ticket(work, KIM, HOSTILE)
        await work.reminders.add(replace(REMINDER, owner=KIM, target=KIM), [])
        await work.feeds.add(Feed(token="zinnober", person=KIM, made_at=NOON))
        kim = await work.affiliations.person(KIM, NOON)
        await work.affiliations.save(kim.bound_to(MunicipalityKey("12069"), NOON))
        await committee_at_work(work)
    await store.close()
    return settings


async def test_programs_read_everything(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(settings, Texts(), KIM, tmp_path / "out")
    written = json.loads((own / "person.json").read_text())
    assert own == tmp_path / "out" / "@kim_kaz.test"
    assert (written["person"], [one["question"] for one in written["tickets"]]) == (KIM, [HOSTILE])
    assert [one["text"] for one in written["posts"]] == [HOSTILE]
    assert [one["text"] for one in written["reminders"]] == ["Angebot prüfen"]
    assert [(one["choice"], one["reason"]) for one in written["committee"]["votes"]] == [
        ("yes", ""),
        ("no", "Zu teuer."),
    ]
    assert written["calendar"] == {"made_at": NOON.isoformat(), "revoked_at": None}
    assert (written["municipality"]["key"], written["municipality"]["asked_at"]) == ("12069", None)
    assert "zinnober" not in str(written)


async def test_people_read_how_much_there_is(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(settings, Texts(), KIM, tmp_path)
    text = (own / "person.txt").read_text()
    assert "Gespeichert über @kim:kaz.test" in text
    assert "- Anfragen: 1\n" in text
    assert "- Kommune: Landkreis Potsdam-Mittelmark\n" in text
    assert "- Steuerungsgremium, abgegebene Stimmen mit jeder Änderung: 2\n" in text


async def test_it_speaks_the_language_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(replace(settings, language="en"), Texts(), KIM, tmp_path)
    text = (own / "person.txt").read_text()
    assert "- Steering committee, votes cast, with every change: 2\n" in text


async def test_what_people_wrote_is_no_markup_in_the_page(
    settings: Settings, tmp_path: Path
) -> None:
    own = await disclose(settings, Texts(), KIM, tmp_path)
    page = (own / "person.html").read_text()
    assert ("<script>" in page, "alert" in page) == (False, True)


async def test_the_files_are_for_their_owner_alone(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(settings, Texts(), KIM, tmp_path)
    assert {stat.S_IMODE(file.stat().st_mode) for file in own.iterdir()} == {0o600}


async def test_no_name_leads_out_of_the_folder(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(settings, Texts(), UserId("@../../eva:kaz.test"), tmp_path / "out")
    assert own.parent == tmp_path / "out"


async def test_of_a_stranger_there_is_nothing(settings: Settings, tmp_path: Path) -> None:
    own = await disclose(settings, Texts(), UserId("@max:kaz.test"), tmp_path)
    written = json.loads((own / "person.json").read_text())
    assert (written["tickets"], written["committee"], written["calendar"]) == ([], {}, {})
