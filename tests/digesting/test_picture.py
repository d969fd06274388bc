"""A picture goes with a digest where there is something to see, and says the same in words."""

from dataclasses import replace

from kaz_bot.digesting import picture_of
from kaz_bot.domain.rooms import Language
from kaz_bot.plots import BarChart, Series, from_json
from tests.desk import ANN, COMMITTEE, EVA, EVAS_CHAT, PROCUREMENT, PROJECT, DeskAtWork
from tests.digests import asks_weekly

QUESTION = "frage Geheimer Verdacht im Amt? #vergabe"


async def chart_of(desk: DeskAtWork, language: Language = Language.DE) -> BarChart | None:
    """The picture behind a digest of procurement at this moment."""
    async with desk.store.work() as work:
        room = await work.rooms.get(PROCUREMENT)
        assert room is not None
        spoken = replace(room, language=language)
        picture = await picture_of(work, desk.desk, spoken, desk.clock.now())
    chart = from_json(picture.file.content) if picture else None
    assert chart is None or isinstance(chart, BarChart)
    return chart


async def test_it_shows_each_of_the_last_eight_weeks(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(ANN, "!kaz resolve 1 Ja.")
    desk.clock.advance(days=7)
    chart = await chart_of(desk)
    assert chart is not None
    assert chart.categories == tuple(
        f"{day}." for day in "10.08 17.08 24.08 31.08 07.09 14.09 21.09 28.09".split()
    )
    assert chart.series == (
        Series("neu", (0, 0, 3, 2, 4, 1, 2, 0)),
        Series("gelöst", (0, 0, 0, 0, 0, 0, 0, 1)),
    )


async def test_its_words_say_what_it_shows(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    chart = await chart_of(desk)
    assert chart is not None
    assert chart.title == "Neue und gelöste Anfragen je Woche"
    assert chart.alternative.startswith("Neue und gelöste Anfragen je Woche. Woche ab 03.08.2026:")
    assert chart.alternative.endswith("Woche ab 21.09.2026: 2 neu, 0 gelöst.")


async def test_it_speaks_the_language_of_the_room(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    chart = await chart_of(desk, Language.EN)
    assert chart is not None
    assert (chart.title, chart.language) == ("New and solved questions per week", "en")


async def test_of_few_weeks_there_is_none(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 8, 8, 8)
    assert await chart_of(desk) is None


async def test_of_few_questions_there_is_none(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 2, 2, 2, 1, 2)
    assert await chart_of(desk) is None


async def test_what_was_asked_in_confidence_is_counted_only(desk: DeskAtWork) -> None:
    desk.clock.advance(days=-7)
    await desk.says(EVA, QUESTION, room=EVAS_CHAT)
    desk.clock.advance(days=7)
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    chart = await chart_of(desk)
    assert chart is not None
    assert chart.series[0].values[-1] == 3
    assert "Verdacht" not in str(chart)


async def test_it_comes_as_a_second_message_with_the_figures_in_words(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    (_, told) = await desk.says(ANN, "!kaz digest jetzt")
    assert told.startswith(
        "Neue und gelöste Anfragen, je Woche ab Montag:\n\n- 03.08.2026: 0 neu, 0 gelöst\n"
    )
    picture = desk.last[-1]
    assert picture.content["filename"] == "anfragen-je-woche.png"
    assert picture.about["room"] == PROCUREMENT
    (_, uploaded) = desk.homeserver.uploads[-1]
    assert uploaded.content.startswith(b"\x89PNG")


async def test_the_committee_sees_all_areas_and_a_project_room_no_picture(desk: DeskAtWork) -> None:
    await asks_weekly(desk, 3, 2, 4, 1, 2)
    async with desk.store.work() as work:
        committee, project = await work.rooms.get(COMMITTEE), await work.rooms.get(PROJECT)
        assert committee is not None
        assert project is not None
        seen = await picture_of(work, desk.desk, committee, desk.clock.now())
        unseen = await picture_of(work, desk.desk, project, desk.clock.now())
    assert seen is not None
    assert sum(week.opened for week in seen.weeks) == 12
    assert unseen is None
