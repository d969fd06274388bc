"""What a person may ask about themselves: to see it all, and to have it forgotten."""

import json
from datetime import UTC, datetime

from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.forgetting_events import TaskOrphaned
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.views import TicketLine, question_shown, solution_shown
from kaz_bot.domain.words import folded
from kaz_bot.forgetting import forget_user
from kaz_bot.messages import RoomId
from kaz_bot.portraits import (
    Portrait,
    Record,
    Sight,
    affiliation_of,
    calendar_of,
    committee_records,
    digest_order_of,
    portrait_of,
    records_in,
)
from kaz_bot.rights import within_reach

SHOWN = 20
# Bytes of one event that are left for what programs read.
_HELD = 24_000
_YES = frozenset({"ja", "yes"})
_NO = frozenset({"nein", "no"})


@verb("meine-daten", "my-data", allow=Role.ALONE, aliases=("meinedaten", "mydata"))
async def my_data(ctx: Context) -> Outcome:
    """All that is stored about the person: in words, and for programs in the event's content.

    What was said in an encrypted room is only counted where the chat is not.
    """
    portrait = await portrait_of(ctx.work, ctx.sender)
    lines = [_line(ctx, ticket) for ticket in portrait.tickets]
    shown = [post for post in portrait.posts if _may_show(ctx, post)]
    return Answer(
        template="info/my_data",
        facts={
            "lines": lines[:SHOWN],
            "more": max(0, len(lines) - SHOWN),
            "posts": len(portrait.posts),
            "reminders": sum(entry.owner == ctx.sender for entry in portrait.reminders),
            "by_others": sum(entry.owner != ctx.sender for entry in portrait.reminders),
            "committee": portrait.of_committee,
            "knowledge": portrait.of_knowledge,
            "feed": portrait.feed,
            "digest": portrait.digest,
            "municipality": portrait.municipality,
            "withheld": len(portrait.posts) - len(shown),
            "privacy_url": ctx.settings.privacy_url,
            "prefix": ctx.settings.prefix,
        },
        topic="my-data",
        data={
            **_for_programs(ctx, portrait),
            "calendar": calendar_of(portrait.feed),
            "digest": digest_order_of(portrait.digest),
            "municipality": affiliation_of(portrait.affiliation),
        },
        sealed=any(line.sealed for line in lines)
        or any(post.sealed for post in shown)
        or (ctx.state.encrypted and _holds_sealed(portrait)),
    )


def _holds_sealed(portrait: Portrait) -> bool:
    """Whether what was said encrypted is among what only programs read."""
    return bool(portrait.counts) or any(entry.sealed for entry in portrait.reminders)


def _line(ctx: Context, ticket: Ticket) -> TicketLine:
    encrypted = ctx.state.encrypted
    return TicketLine(
        ticket=ticket,
        question=question_shown(ticket, encrypted=encrypted, private=True),
        solution=solution_shown(ticket, encrypted=encrypted, private=True),
    )


def _may_show(ctx: Context, post: Post) -> bool:
    return ctx.state.encrypted or not post.sealed


def _for_programs(ctx: Context, portrait: Portrait) -> dict[str, object]:
    """The same for programs, the newest first, as far as one event holds it."""
    sight = Sight(
        encrypted=ctx.state.encrypted,
        ticket_prefix=ctx.settings.ticket_prefix,
        reads=lambda reminder: _may_read(ctx, reminder),
        is_in=lambda room: _is_in(ctx, room),
    )
    data: dict[str, list[object]] = {"tickets": [], "posts": [], "reminders": []}
    committee: dict[str, list[object]] = {kind: [] for kind in portrait.counts}
    records = [(record, data) for record in records_in(portrait, sight)]
    of_committee = committee_records(portrait.committee, ctx.sender, sight)
    records += [(record, committee) for record in of_committee]
    size = left_out = 0
    for record, place in sorted(records, key=lambda entry: _age(entry[0]), reverse=True):
        size += len(json.dumps(record.said))
        if size > _HELD:
            left_out += 1
        else:
            place[record.kind].append(record.said)
    return {**data, "committee": committee, "left_out": left_out}


def _age(record: Record) -> datetime:
    return record.at or datetime.max.replace(tzinfo=UTC)


def _may_read(ctx: Context, reminder: Reminder) -> bool:
    """Their own words, and those of others in rooms where they still are."""
    home = ctx.desk.rooms.get(reminder.room_id)
    theirs = reminder.owner == ctx.sender or within_reach(ctx.sender, reminder, home)
    return theirs and (ctx.state.encrypted or not reminder.sealed)


def _is_in(ctx: Context, room: RoomId) -> bool:
    state = ctx.desk.rooms.get(room)
    return state is not None and ctx.sender in state.members


@verb("vergiss-mich", "forget-me", allow=Role.ALONE, aliases=("vergissmich", "forgetme"))
async def forget_me(ctx: Context, text: Text | None) -> Outcome:
    """Explain what would go and what stays; with a yes, erase it."""
    said = folded(text or "").strip(" .,;!")
    if said in _NO:
        return Answer(template="info/nothing_forgotten", facts={}, topic="forget-me")
    if said not in _YES:
        portrait = await portrait_of(ctx.work, ctx.sender)
        facts = {
            "committee": bool(portrait.of_committee),
            "knowledge": bool(portrait.of_knowledge),
            "prefix": ctx.settings.prefix,
            "verb": ctx.verb,
        }
        return Answer(template="info/forget_me", facts=facts, topic="forget-me")
    forgotten = await forget_user(ctx.work, ctx.sender, ctx.now)
    return Answer(
        template="info/forgotten",
        facts={"forgotten": forgotten},
        topic="forget-me",
        happened=[TaskOrphaned(task, by=None, at=ctx.now) for task in forgotten.orphaned],
    )


OWN_DATA = (my_data, forget_me)
