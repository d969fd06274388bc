"""Lets `python -m kaz_bot` do what the command `kaz-bot` does."""

from kaz_bot.cli import main

main(prog_name="kaz-bot")
