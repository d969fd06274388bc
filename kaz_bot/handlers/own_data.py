"""What a person may ask about themselves: to see it all, and to have it forgotten."""

from kaz_bot.commands import Answer, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.forgetting import forget_user

SHOWN = 20
_YES = frozenset({"ja", "yes"})


class OnlyDirectly(Refusal):
    """One's own data are shown to nobody else, so only in the direct chat."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/only_directly"


@verb("meine-daten", "my-data", allow=Role.ASKING, aliases=("meinedaten", "mydata"))
async def my_data(ctx: Context) -> Outcome:
    """All that is stored about the person: in words, and for programs in the event's content."""
    _check_direct(ctx)
    tickets = await ctx.work.tickets.of_asker(ctx.sender)
    posts = await ctx.work.posts.of_sender(ctx.sender)
    return Answer(
        template="info/my_data",
        facts={
            "tickets": tickets[:SHOWN],
            "more": max(0, len(tickets) - SHOWN),
            "posts": len(posts),
            "privacy_url": ctx.settings.privacy_url,
            "prefix": ctx.settings.prefix,
        },
        topic="my-data",
    )


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
