"""The municipalities of Brandenburg: found by what people call them, and in what they write."""

from kaz_bot.municipalities.directory import Directory as Directory
from kaz_bot.municipalities.directory import directory as directory
