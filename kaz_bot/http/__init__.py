"""The bot's own web server: how it is, for monitoring."""

from kaz_bot.http.server import WebServer as WebServer
from kaz_bot.http.vitals import Vitals as Vitals
