"""Every verb of the house, in the order help shows them."""

from kaz_bot.commands import Verbs
from kaz_bot.handlers.agenda_items import AGENDA_ITEMS
from kaz_bot.handlers.asking import ASKING
from kaz_bot.handlers.attendance import ATTENDANCE
from kaz_bot.handlers.ballots import BALLOTS
from kaz_bot.handlers.blocking import BLOCKING
from kaz_bot.handlers.calendar import CALENDAR
from kaz_bot.handlers.catalogue import CATALOGUE
from kaz_bot.handlers.catalogue_reading import CATALOGUE_READING
from kaz_bot.handlers.deadlines import DEADLINES
from kaz_bot.handlers.deciding import DECIDING
from kaz_bot.handlers.digest import DIGEST
from kaz_bot.handlers.electorate import ELECTORATE
from kaz_bot.handlers.fitting import FITTING, REUSING
from kaz_bot.handlers.helping import HELPING
from kaz_bot.handlers.listing import LISTING
from kaz_bot.handlers.meeting_reading import MEETING_READING
from kaz_bot.handlers.meetings import MEETINGS
from kaz_bot.handlers.minutes import MINUTES
from kaz_bot.handlers.moving import MOVING
from kaz_bot.handlers.municipality import MUNICIPALITY
from kaz_bot.handlers.operating import OPERATING
from kaz_bot.handlers.own_data import OWN_DATA
from kaz_bot.handlers.paper_reading import PAPER_READING
from kaz_bot.handlers.papers import PAPERS
from kaz_bot.handlers.programme import PROGRAMME
from kaz_bot.handlers.reminding import REMINDING
from kaz_bot.handlers.reports import REPORTS
from kaz_bot.handlers.results import RESULTS
from kaz_bot.handlers.rooms import ROOMS
from kaz_bot.handlers.searching import SEARCHING
from kaz_bot.handlers.solution_reading import SOLUTION_READING
from kaz_bot.handlers.solutions import SOLUTIONS
from kaz_bot.handlers.task_reading import TASK_READING
from kaz_bot.handlers.tasking import TASKING
from kaz_bot.handlers.tasks import TASKS
from kaz_bot.handlers.voting import VOTING
from kaz_bot.handlers.working import WORKING

VERBS = Verbs(
    all=(
        *ASKING,
        *FITTING,
        *SEARCHING,
        *WORKING,
        *BLOCKING,
        *LISTING,
        *REMINDING,
        *MOVING,
        *DEADLINES,
        *CALENDAR,
        *PAPERS,
        *BALLOTS,
        *VOTING,
        *ELECTORATE,
        *PAPER_READING,
        *DECIDING,
        *TASKS,
        *TASKING,
        *TASK_READING,
        *PROGRAMME,
        *MEETINGS,
        *AGENDA_ITEMS,
        *RESULTS,
        *ATTENDANCE,
        *MINUTES,
        *MEETING_READING,
        *SOLUTIONS,
        *REUSING,
        *SOLUTION_READING,
        *CATALOGUE,
        *CATALOGUE_READING,
        *DIGEST,
        *REPORTS,
        *MUNICIPALITY,
        *ROOMS,
        *OPERATING,
        *OWN_DATA,
        *HELPING,
    )
)
