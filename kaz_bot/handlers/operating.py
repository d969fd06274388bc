"""What operators ask: whether all is well."""

from kaz_bot.commands import Answer, Outcome, Role, verb
from kaz_bot.context import Context


@verb("zustand", "health", allow=Role.ADMIN)
async def health(ctx: Context) -> Outcome:
    """What is open, waiting or stuck."""
    facts = {"health": await ctx.work.health(), "now": ctx.now}
    return Answer(template="info/health", facts=facts, topic="health")


OPERATING = (health,)
