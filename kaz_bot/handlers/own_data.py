"""What a person may ask about themselves: to see it all, and to have it forgotten."""

import json

from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.views import TicketLine, question_shown, solution_shown
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.forgetting import forget_user
from kaz_bot.rights import within_reach

SHOWN = 20
# Bytes of one event that are left for what programs read.
_HELD = 24_000
_YES = frozenset({"ja", "yes"})


class OnlyDirectly(Refusal):
    """One's own data are shown to nobody else, so only in the direct chat."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/only_directly"


@verb("meine-daten", "my-data", allow=Role.ASKING, aliases=("meinedaten", "mydata"))
async def my_data(ctx: Context) -> Outcome:
    """All that is stored about the person: in words, and for programs in the event's content.

    What was said in an encrypted room is only counted where the chat is not.
    """
    _check_direct(ctx)
    tickets = await ctx.work.tickets.of_asker(ctx.sender)
    posts = await ctx.work.posts.of_sender(ctx.sender)
    reminders = await ctx.work.reminders.all_with(ctx.sender)
    feed = await ctx.work.feeds.of_person(ctx.sender)
    lines = [_line(ctx, ticket) for ticket in tickets]
    shown = [post for post in posts if _may_show(ctx, post)]
    return Answer(
        template="info/my_data",
        facts={
            "lines": lines[:SHOWN],
            "more": max(0, len(tickets) - SHOWN),
            "posts": len(posts),
            "reminders": sum(entry.owner == ctx.sender for entry in reminders),
            "by_others": sum(entry.owner != ctx.sender for entry in reminders),
            "feed": feed,
            "withheld": len(posts) - len(shown),
            "privacy_url": ctx.settings.privacy_url,
            "prefix": ctx.settings.prefix,
        },
        topic="my-data",
        data={**_for_programs(ctx, lines, posts, reminders), "calendar": _calendar(feed)},
        sealed=any(line.sealed for line in lines)
        or any(post.sealed for post in shown)
        or (ctx.state.encrypted and any(entry.sealed for entry in reminders)),
    )


def _line(ctx: Context, ticket: Ticket) -> TicketLine:
    encrypted = ctx.state.encrypted
    return TicketLine(
        ticket=ticket,
        question=question_shown(ticket, encrypted=encrypted, private=True),
        solution=solution_shown(ticket, encrypted=encrypted, private=True),
    )


def _may_show(ctx: Context, post: Post) -> bool:
    return ctx.state.encrypted or not post.sealed


def _for_programs(
    ctx: Context, lines: list[TicketLine], posts: list[Post], reminders: list[Reminder]
) -> dict[str, object]:
    """The same for programs, the newest first, as far as one event holds it."""
    records = [
        *(("tickets", line.ticket.opened_at, _ticket(ctx, line)) for line in lines),
        *(("posts", post.said_at, _post(ctx, post)) for post in posts),
        *(("reminders", entry.set_at, _reminder(ctx, entry)) for entry in reminders),
    ]
    data: dict[str, list[object]] = {"tickets": [], "posts": [], "reminders": []}
    size = left_out = 0
    for kind, _, record in sorted(records, key=lambda entry: entry[1], reverse=True):
        size += len(json.dumps(record))
        if size > _HELD:
            left_out += 1
        else:
            data[kind].append(record)
    return {**data, "left_out": left_out}


def _ticket(ctx: Context, line: TicketLine) -> dict[str, object]:
    ticket = line.ticket
    return {
        "id": f"{ctx.settings.ticket_prefix}-{ticket.id}",
        "state": ticket.state.value,
        "area": ticket.area,
        "room": ticket.room_id,
        "opened_at": ticket.opened_at.isoformat(),
        "question": line.question,
        "solution": line.solution,
    }


def _post(ctx: Context, post: Post) -> dict[str, object]:
    shown = _may_show(ctx, post)
    return {
        "id": f"{ctx.settings.ticket_prefix}-{post.ticket_id}",
        "kind": post.kind.value,
        "room": post.room_id,
        "said_at": post.said_at.isoformat(),
        "text": post.text if shown else "",
        "file": post.attachment.name if post.attachment and shown else "",
    }


def _reminder(ctx: Context, reminder: Reminder) -> dict[str, object]:
    return {
        "id": reminder.id,
        "kind": reminder.kind.value,
        "state": reminder.state.value,
        "room": reminder.room_id,
        "due": reminder.due.isoformat(),
        "rule": reminder.rrule,
        "set_by_you": reminder.owner == ctx.sender,
        "text": reminder.about if _may_read(ctx, reminder) else "",
    }


def _may_read(ctx: Context, reminder: Reminder) -> bool:
    """Their own words, and those of others in rooms where they still are."""
    home = ctx.desk.rooms.get(reminder.room_id)
    theirs = reminder.owner == ctx.sender or within_reach(ctx.sender, reminder, home)
    return theirs and (ctx.state.encrypted or not reminder.sealed)


def _calendar(feed: Feed | None) -> dict[str, object]:
    """That there is an address, and since when; it is a secret, `kalender` tells it."""
    if feed is None:
        return {}
    return {
        "made_at": feed.made_at.isoformat(),
        "revoked_at": feed.revoked_at.isoformat() if feed.revoked_at else None,
    }


@verb("vergiss-mich", "forget-me", allow=Role.ASKING, aliases=("vergissmich", "forgetme"))
async def forget_me(ctx: Context, text: Text | None) -> Outcome:
    """Explain what would go and what stays; with a yes, erase it."""
    _check_direct(ctx)
    if folded(text or "") not in _YES:
        facts = {"prefix": ctx.settings.prefix, "verb": ctx.verb}
        return Answer(template="info/forget_me", facts=facts, topic="forget-me")
    forgotten = await forget_user(ctx.work, ctx.sender, ctx.now)
    return Answer(template="info/forgotten", facts={"forgotten": forgotten}, topic="forget-me")


def _check_direct(ctx: Context) -> None:
    if ctx.room.kind is not RoomKind.DIRECT:
        raise OnlyDirectly(verb=ctx.verb)


OWN_DATA = (my_data, forget_me)
