"""What people say about the minutes of a meeting: have them as a file, stand by them."""

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.agendas import meeting_of
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import Answer, Family, Outcome, Role, Text, TooManyWords, typed, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.meeting_events import MinutesApproved
from kaz_bot.domain.committee.meeting_refusals import MinutesSealed, MinutesVotedOn
from kaz_bot.domain.committee.meetings import Meeting, MeetingState
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.words import folded
from kaz_bot.meeting_meant import at_hand, first_named, here, own
from kaz_bot.minutes import approved_minutes_of, minutes_of
from kaz_bot.rights import chairs, check_chair

_APPROVE = frozenset({"genehmigen", "genehmigt", "approve"})
_HELD = (MeetingState.RUNNING, MeetingState.ENDED, MeetingState.APPROVED)


@verb(
    "protokoll",
    "minutes",
    allow=Role.MEMBER,
    family=Family.MEETINGS,
    everyday=True,
    aliases=("niederschrift", "ergebnisprotokoll"),
)
async def minutes(ctx: Context, text: Text | None) -> Outcome:
    """The results of a meeting as a file: a draft, until somebody stands by it."""
    first, rest = await first_named(ctx, text or "")
    command = typed(rest)
    approving = folded(command.word) in _APPROVE
    second, rest = await first_named(ctx, command.rest if approving else rest)
    if rest:
        word = rest.split(maxsplit=1)[0]
        raise TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)
    meeting = own(first or second or await here(ctx) or await at_hand(ctx))
    if meeting.sealed and not ctx.state.encrypted:
        raise MinutesSealed(meeting=meeting.without_words())
    return await (_approve(ctx, meeting) if approving else _show(ctx, meeting))


async def _show(ctx: Context, meeting: Meeting) -> Answer:
    meeting.check(*_HELD)
    lines = await agenda_of(ctx.work, meeting)
    return Answer(
        template="info/minutes",
        facts={
            "meeting": meeting,
            "unsettled": [line.place for line in lines if line.item.open],
            "voting": () if meeting.approved_at else await _voting(ctx, meeting),
            "approver": ctx.name_of(meeting.approved_by) if meeting.approved_by else "",
        },
        topic="minutes",
        data={"id": meeting.subject, "state": meeting.state},
        sealed=meeting.sealed,
        enclosure=await minutes_of(ctx, meeting),
        subjects=(meeting.subject,),
    )


async def _approve(ctx: Context, meeting: Meeting) -> Outcome:
    check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    voting = await _voting(ctx, meeting)
    if voting and meeting.state is MeetingState.ENDED:
        raise MinutesVotedOn(meeting=meeting, voting=voting, prefix=ctx.settings.prefix)
    approved = await ctx.work.meetings.save(meeting.approved(ctx.sender, ctx.now))
    return MinutesApproved(
        approved,
        await agenda_of(ctx.work, approved),
        file=await approved_minutes_of(ctx, approved),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


async def _voting(ctx: Context, meeting: Meeting) -> list[str]:
    """The papers that votes are open on, whose results belong into these minutes."""
    awaited = {
        line.item.paper_id
        for line in await agenda_of(ctx.work, meeting)
        if line.item.open and line.state is PaperState.VOTING
    }
    found: list[str] = []
    for ballot in await ctx.work.ballots.open_in(meeting.room_id):
        paper = await ctx.work.papers.get(ballot.paper_id)
        voted_in = await meeting_of(ctx.work, paper, ballot)
        if paper.id in awaited or (voted_in is not None and voted_in.id == meeting.id):
            found.append(paper.subject)
    return found


MINUTES = (minutes,)
