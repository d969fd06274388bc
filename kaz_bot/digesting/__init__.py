"""Composes digests, each for its reader: a project room, an area, the committee, one person."""

from kaz_bot.digesting.composing import digest_of_person as digest_of_person
from kaz_bot.digesting.composing import digest_of_room as digest_of_room
from kaz_bot.digesting.picture import picture_of as picture_of
