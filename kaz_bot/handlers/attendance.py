"""What people say about who is at a meeting, and who is excused."""

from kaz_bot.attending import roll_at
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Family, Outcome, Recipients, Role, Text, TooManyWords, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.meeting_events import AttendanceNoted
from kaz_bot.domain.committee.meetings import Attendance, Meeting, MeetingState, Presence
from kaz_bot.meeting_meant import ahead, first_named, no_meeting, own
from kaz_bot.messages import UserId
from kaz_bot.rights import chairs, check_chair, is_voter

_HELD = (MeetingState.RUNNING, MeetingState.ENDED)


@verb(
    "anwesend",
    "present",
    allow=Role.MEMBER,
    family=Family.MEETINGS,
    everyday=True,
    aliases=("anwesenheit",),
)
async def present(
    ctx: Context, meeting: Meeting | None, who: Recipients, text: Text | None
) -> Outcome:
    """Say that one is there; the chair says it for others too."""
    found = await _meant(ctx, meeting, text)
    found.check(*_HELD)
    return await _note(ctx, found, who, Presence.PRESENT)


@verb("entschuldigt", "excused", allow=Role.MEMBER, family=Family.MEETINGS, everyday=True)
async def excused(
    ctx: Context, meeting: Meeting | None, who: Recipients, text: Text | None
) -> Outcome:
    """Say that one cannot come; the chair says it for others too."""
    found = await _meant(ctx, meeting, text)
    found.check(MeetingState.PLANNED, *_HELD)
    return await _note(ctx, found, who, Presence.EXCUSED)


async def _meant(ctx: Context, named: Meeting | None, text: str | None) -> Meeting:
    """The one named, before the people or behind them; otherwise the one that runs, is ahead, or
    ran last."""
    behind, rest = await first_named(ctx, text or "")
    if rest:
        word = rest.split(maxsplit=1)[0]
        raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
    meant = behind or named
    if meant is not None:
        return own(meant)
    running = await ctx.work.meetings.running_in(ctx.room.room_id)
    last = await ctx.work.meetings.last_in(ctx.room.room_id)
    found = running or await ahead(ctx) or last
    if found is None:
        raise await no_meeting(ctx)
    return found


async def _note(ctx: Context, meeting: Meeting, who: Recipients, presence: Presence) -> Outcome:
    people = _people(ctx, who)
    if people != (ctx.sender,):
        check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    for person in people:
        await ctx.work.meetings.attend(
            Attendance(meeting_id=meeting.id, person=person, presence=presence, noted_at=ctx.now)
        )
    return AttendanceNoted(
        meeting,
        (),
        people=people,
        presence=presence,
        roll=await roll_at(ctx.work, meeting),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _people(ctx: Context, who: Recipients) -> tuple[UserId, ...]:
    """Those named; nobody by name is whoever says it."""
    if who.us:
        return tuple(sorted(user for user in ctx.state.members if is_voter(user, ctx.settings)))
    me = (ctx.sender,) if who.me or not who.people else ()
    return tuple(dict.fromkeys((*me, *who.people)))


ATTENDANCE = (present, excused)
