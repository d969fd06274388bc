"""One transaction, and the records it can read and change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.store.affiliations import Affiliations
from kaz_bot.store.ballots import Ballots
from kaz_bot.store.blocks import Blocks
from kaz_bot.store.bodies import Bodies
from kaz_bot.store.catalogue import Catalogue
from kaz_bot.store.checkpoint import Checkpoint
from kaz_bot.store.committee_trail import CommitteeTrail
from kaz_bot.store.decisions import Decisions
from kaz_bot.store.digest_counts import DigestCounts
from kaz_bot.store.digest_orders import DigestOrders
from kaz_bot.store.enclosures import Enclosures
from kaz_bot.store.erasures import Erasures
from kaz_bot.store.feeds import Feeds
from kaz_bot.store.figures import Figures
from kaz_bot.store.imported import ImportedTickets
from kaz_bot.store.index import Index
from kaz_bot.store.lessons import Lessons
from kaz_bot.store.letters import Letters
from kaz_bot.store.meetings import Meetings
from kaz_bot.store.minutes import ApprovedMinutes
from kaz_bot.store.papers import Papers
from kaz_bot.store.people import People
from kaz_bot.store.posts import Posts
from kaz_bot.store.reminders import Reminders
from kaz_bot.store.rooms import BoundRooms
from kaz_bot.store.search import Search
from kaz_bot.store.seen import SeenEvents
from kaz_bot.store.service_clocks import ServiceClocks
from kaz_bot.store.solutions import Solutions
from kaz_bot.store.subjects import Subjects
from kaz_bot.store.tables import undecrypted
from kaz_bot.store.tasks import Tasks
from kaz_bot.store.threads import Threads
from kaz_bot.store.tickets import Tickets
from kaz_bot.store.traces import PersonalTraces
from kaz_bot.store.trail import Trail
from kaz_bot.store.undecrypted import UndecryptedMessages


@dataclass(frozen=True, kw_only=True)
class StoreHealth:
    """What is open, waiting or stuck."""

    active_tickets: int
    rooms: int
    undecrypted: int
    letters_queued: int
    letters_rejected: int
    oldest_letter_at: datetime | None


class Work:
    """What is done here happens as a whole, or not at all."""

    # One line per kind of record is a list to read.
    def __init__(self, connection: AsyncConnection) -> None:  # noqa: PLR0915
        self.seen = SeenEvents(connection)
        self.checkpoint = Checkpoint(connection)
        self.tickets = Tickets(connection)
        self.threads = Threads(connection)
        self.posts = Posts(connection)
        self.trail = Trail(connection)
        self.letters = Letters(connection)
        self.enclosures = Enclosures(connection)
        self.feeds = Feeds(connection)
        self.rooms = BoundRooms(connection)
        self.undecrypted = UndecryptedMessages(connection)
        self.index = Index(connection)
        self.search = Search(connection, self.index)
        self.lessons = Lessons(connection)
        self.erasures = Erasures(connection)
        self.people = People(connection)
        self.clocks = ServiceClocks(connection)
        self.reminders = Reminders(connection)
        self.bodies = Bodies(connection)
        self.papers = Papers(connection)
        self.ballots = Ballots(connection)
        self.decisions = Decisions(connection)
        self.tasks = Tasks(connection)
        self.meetings = Meetings(connection)
        self.minutes = ApprovedMinutes(connection)
        self.blocks = Blocks(connection)
        self.committee_trail = CommitteeTrail(connection)
        self.subjects = Subjects(connection)
        self.traces = PersonalTraces(connection)
        self.affiliations = Affiliations(connection)
        self.solutions = Solutions(connection)
        self.catalogue = Catalogue(connection)
        self.imported = ImportedTickets(connection)
        self.digests = DigestOrders(connection)
        self.digest_counts = DigestCounts(connection)
        self.figures = Figures(connection)
        self._connection = connection

    async def health(self) -> StoreHealth:
        """A few numbers for operators; none costs more the older the database is."""
        outbox = await self.letters.counts()
        unreadable = await self._connection.scalar(select(func.count()).select_from(undecrypted))
        return StoreHealth(
            active_tickets=sum((await self.tickets.counts()).values()),
            rooms=len(await self.rooms.all()),
            undecrypted=unreadable or 0,
            letters_queued=outbox.queued,
            letters_rejected=outbox.rejected,
            oldest_letter_at=outbox.oldest_at,
        )
