"""The bot's own web server: how it is, for monitoring, and calendars to subscribe to."""

from kaz_bot.http.feeds import PATH as PATH
from kaz_bot.http.feeds import Calendars as Calendars
from kaz_bot.http.feeds import NotYet as NotYet
from kaz_bot.http.server import WebServer as WebServer
from kaz_bot.http.vitals import Vitals as Vitals
