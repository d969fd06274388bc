"""What people say while a meeting runs: what came out for each item."""

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.commands import Family, MissingText, Outcome, Role, Text, verb
from kaz_bot.context import Context, TooLong
from kaz_bot.domain.committee.agenda_items import (
    LONGEST_RESULT,
    ItemNumberMissing,
    at_place,
    place_first,
    result_of,
)
from kaz_bot.domain.committee.meetings import MeetingState
from kaz_bot.item_results import note_result
from kaz_bot.meeting_meant import at_hand, first_named, here, own


@verb("ergebnis", "result", allow=Role.MEMBER, family=Family.MEETINGS, everyday=True)
async def result(ctx: Context, text: Text) -> Outcome:
    """Note what came out for an item of the meeting that runs, or ran last."""
    meant, rest = await first_named(ctx, text)
    meeting = own(meant or await here(ctx) or await at_hand(ctx))
    meeting.check(MeetingState.RUNNING, MeetingState.ENDED)
    place, said = place_first(rest)
    if place is None:
        raise ItemNumberMissing(verb=ctx.verb, prefix=ctx.settings.prefix)
    line = at_place(await agenda_of(ctx.work, meeting), place, meeting)
    if not said:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    if len(said) > LONGEST_RESULT:
        raise TooLong(limit=LONGEST_RESULT, length=len(said))
    return await note_result(ctx, meeting, line, *result_of(said))


RESULTS = (result,)
