"""Finds all that is stored about one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from kaz_bot.domain.committee.traces import Traces
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import UserId
from kaz_bot.store import Work


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """The records in which the person is named, and those that they wrote."""

    person: UserId
    tickets: Sequence[Ticket]
    posts: Sequence[Post]
    reminders: Sequence[Reminder]
    feed: Feed | None
    committee: Traces

    @property
    def counts(self) -> Mapping[str, int]:
        """How much there is of each kind in the records of the committee, if there is any."""
        kinds = {field.name: len(getattr(self.committee, field.name)) for field in fields(Traces)}
        return {kind: count for kind, count in kinds.items() if count}


async def portrait_of(work: Work, person: UserId) -> Portrait:
    """As it is at this moment."""
    return Portrait(
        person=person,
        tickets=await work.tickets.of_asker(person),
        posts=await work.posts.of_sender(person),
        reminders=await work.reminders.all_with(person),
        feed=await work.feeds.of_person(person),
        committee=await work.traces.of(person),
    )
