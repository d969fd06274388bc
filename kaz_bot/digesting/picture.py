"""Makes the picture that goes with a digest: what came in and what was solved, week by week."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kaz_bot.context import Desk
from kaz_bot.digesting.sight import Sight, areas_at_home
from kaz_bot.digesting.weeks import weeks_before
from kaz_bot.domain.digest_events import Picture
from kaz_bot.domain.digest_weeks import Week, worth_seeing
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import Enclosure, Making
from kaz_bot.plots import BarChart, Series, to_json
from kaz_bot.store import Work
from kaz_bot.texts import Speech

_SEEING = frozenset({RoomKind.AREA, RoomKind.COMMITTEE})


async def picture_of(work: Work, desk: Desk, room: BoundRoom, now: datetime) -> Picture | None:
    """The picture for an area or the committee, if there is anything to see in it. It shows
    nothing but figures, so that it may be shown in any room of theirs."""
    if room.kind not in _SEEING:
        return None
    sight = Sight(work=work, desk=desk, since=now, now=now, encrypted=False)
    weeks = await weeks_before(sight, await _areas_of(sight, room))
    if not worth_seeing(weeks):
        return None
    return Picture(file=_file(weeks, desk.speech(room.language)), weeks=weeks)


async def _areas_of(sight: Sight, room: BoundRoom) -> Sequence[AreaKey] | None:
    """Those of the room; the committee sees all together."""
    if room.area is None:
        return None
    return await areas_at_home(sight.work, sight.desk.areas, room.area)


def _file(weeks: Sequence[Week], speech: Speech) -> Enclosure:
    words = speech.words("digest")
    chart = BarChart(
        title=words["title"],
        categories=tuple(week.monday.strftime(words["day"]) for week in weeks),
        series=(
            Series(words["opened"], tuple(week.opened for week in weeks)),
            Series(words["solved"], tuple(week.solved for week in weeks)),
        ),
        alternative=_in_words(weeks, speech, words),
        axis=words["week"],
        unit=words["unit"],
        language=speech.language,
    )
    return Enclosure(
        name=f"{words['file']}.png",
        media_type="image/png",
        content=to_json(chart),
        making=Making.PICTURE,
    )


def _in_words(weeks: Sequence[Week], speech: Speech, words: Mapping[str, str]) -> str:
    """The figures of each week, for whoever does not see the bars."""
    told = (
        f"{words['week']} {speech.short_day(week.monday)}: "
        f"{week.opened} {words['opened']}, {week.solved} {words['solved']}"
        for week in weeks
    )
    return f"{words['title']}. {'; '.join(told)}."
