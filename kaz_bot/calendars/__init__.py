"""Writes dates as iCalendar files that Outlook, Thunderbird, Apple and Nextcloud understand."""

from kaz_bot.calendars.records import Calendar as Calendar
from kaz_bot.calendars.records import Entry as Entry
from kaz_bot.calendars.records import Shift as Shift
from kaz_bot.calendars.writing import written as written
