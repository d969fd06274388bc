"""Every verb of the house, in the order help shows them."""

from kaz_bot.commands import Verbs
from kaz_bot.handlers.asking import ASKING
from kaz_bot.handlers.calendar import CALENDAR
from kaz_bot.handlers.deadlines import DEADLINES
from kaz_bot.handlers.fitting import FITTING
from kaz_bot.handlers.helping import HELPING
from kaz_bot.handlers.listing import LISTING
from kaz_bot.handlers.moving import MOVING
from kaz_bot.handlers.operating import OPERATING
from kaz_bot.handlers.own_data import OWN_DATA
from kaz_bot.handlers.reminding import REMINDING
from kaz_bot.handlers.rooms import ROOMS
from kaz_bot.handlers.working import WORKING

VERBS = Verbs(
    all=(
        *ASKING,
        *FITTING,
        *WORKING,
        *LISTING,
        *REMINDING,
        *MOVING,
        *DEADLINES,
        *CALENDAR,
        *ROOMS,
        *OPERATING,
        *OWN_DATA,
        *HELPING,
    )
)
