"""Writes dates as iCalendar files that Outlook, Thunderbird, Apple and Nextcloud understand."""

from kaz_bot.calendars.invitations import invitation as invitation
from kaz_bot.calendars.records import Calendar as Calendar
from kaz_bot.calendars.records import Entry as Entry
from kaz_bot.calendars.records import MeetingEntry as MeetingEntry
from kaz_bot.calendars.records import Shift as Shift
from kaz_bot.calendars.records import TaskEntry as TaskEntry
from kaz_bot.calendars.writing import written as written
