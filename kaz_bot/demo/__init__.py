"""A homeserver, people and a scene to watch, all on this machine."""

from kaz_bot.demo.play import play as play
