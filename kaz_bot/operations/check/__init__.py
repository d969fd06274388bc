"""Tells an operator in plain words what keeps the bot from serving."""

from kaz_bot.operations.check.examination import examine as examine
from kaz_bot.operations.check.findings import Finding as Finding
from kaz_bot.operations.check.findings import Level as Level
from kaz_bot.operations.check.findings import lines as lines
from kaz_bot.operations.check.findings import serves as serves
from kaz_bot.operations.check.register import examine_copy as examine_copy
