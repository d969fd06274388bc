"""What people say to look something up: search in all that was answered, listed and decided."""

from kaz_bot.commands import Answer, Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.digest_quotes import about_ticket, quoting
from kaz_bot.domain.knowledge.finds import Find, Viewer
from kaz_bot.domain.knowledge.wishes import wish_of
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.seeking import seek

# More than this nobody reads in a chat.
LISTED = 5
# So much of what was sought is repeated.
SOUGHT = 80


@verb("suche", "search", allow=Role.PERSON, family=Family.KNOWLEDGE)
async def search(ctx: Context, text: Text) -> Outcome:
    """Solutions, the catalogue, decisions and solved questions; of one's own tickets all."""
    wish = wish_of(text, ctx.desk.areas, prefix=ctx.settings.prefix)
    viewer = Viewer(
        person=ctx.sender,
        room_id=ctx.room.room_id,
        kind=ctx.room.kind,
        encrypted=ctx.state.encrypted,
    )
    today = ctx.now.astimezone(ctx.settings.timezone).date()
    found = await seek(ctx.work, wish, viewer, today=today, limit=LISTED)
    return Answer(
        template="info/search",
        facts={
            "wish": wish,
            "text": wish.words[:SOUGHT],
            "finds": found.finds,
            "corrected": found.corrected,
            "more": found.more,
            "may_ask": ctx.room.kind in {RoomKind.PROJECT, RoomKind.DIRECT},
            "encrypted": ctx.state.encrypted,
            "prefix": ctx.settings.prefix,
        },
        topic="search",
        data={"ids": [_number(ctx, find) for find in found.finds]},
        sealed=any(find.sealed for find in found.finds),
        # What is taken back later goes from here too.
        subjects=tuple(_told_of(find) for find in found.finds if not find.withheld),
    )


def _number(ctx: Context, find: Find) -> str:
    return f"{ctx.settings.ticket_prefix}-{find.ticket.id}" if find.ticket else f"{find.subject}"


def _told_of(find: Find) -> Subject:
    if find.ticket is not None:
        return about_ticket(find.ticket.id)
    assert find.subject is not None
    return quoting(find.subject)


SEARCHING = (search,)
