"""Finds all that is stored about one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from kaz_bot.domain.committee.traces import Traces
from kaz_bot.domain.digests import DigestOrder
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.municipalities import Affiliation, Municipality
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import UserId
from kaz_bot.municipalities import directory
from kaz_bot.store import Work

_KNOWLEDGE = frozenset({"catalogue", "solutions"})


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """The records in which the person is named, and those that they wrote."""

    person: UserId
    tickets: Sequence[Ticket]
    posts: Sequence[Post]
    reminders: Sequence[Reminder]
    feed: Feed | None
    digest: DigestOrder | None
    affiliation: Affiliation | None
    committee: Traces

    @property
    def municipality(self) -> Municipality | None:
        """For whom they ask, if they said so."""
        key = self.affiliation.municipality if self.affiliation else None
        return directory().get(key) if key else None

    @property
    def counts(self) -> Mapping[str, int]:
        """How much there is of each kind in the records of the committee, if there is any."""
        kinds = {field.name: len(getattr(self.committee, field.name)) for field in fields(Traces)}
        return {kind: count for kind, count in kinds.items() if count}

    @property
    def of_committee(self) -> Mapping[str, int]:
        """The same of the committee alone."""
        return {kind: count for kind, count in self.counts.items() if kind not in _KNOWLEDGE}

    @property
    def of_knowledge(self) -> Mapping[str, int]:
        """The same of what specialists keep for all."""
        return {kind: count for kind, count in self.counts.items() if kind in _KNOWLEDGE}


async def portrait_of(work: Work, person: UserId) -> Portrait:
    """As it is at this moment."""
    return Portrait(
        person=person,
        tickets=await work.tickets.of_asker(person),
        posts=await work.posts.of_sender(person),
        reminders=await work.reminders.all_with(person),
        feed=await work.feeds.of_person(person),
        digest=await work.digests.of_person(person),
        affiliation=await work.affiliations.of_person(person),
        committee=await work.traces.of(person),
    )
