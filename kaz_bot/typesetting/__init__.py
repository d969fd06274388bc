"""Prints documents: described here, set as PDF by a process of their own."""

from kaz_bot.typesetting.documents import Block as Block
from kaz_bot.typesetting.documents import Chart as Chart
from kaz_bot.typesetting.documents import Column as Column
from kaz_bot.typesetting.documents import Document as Document
from kaz_bot.typesetting.documents import Fact as Fact
from kaz_bot.typesetting.documents import Facts as Facts
from kaz_bot.typesetting.documents import Figure as Figure
from kaz_bot.typesetting.documents import FigureFormat as FigureFormat
from kaz_bot.typesetting.documents import Heading as Heading
from kaz_bot.typesetting.documents import Items as Items
from kaz_bot.typesetting.documents import KeyFigure as KeyFigure
from kaz_bot.typesetting.documents import KeyFigures as KeyFigures
from kaz_bot.typesetting.documents import Paragraph as Paragraph
from kaz_bot.typesetting.documents import Quote as Quote
from kaz_bot.typesetting.documents import Table as Table
from kaz_bot.typesetting.press import Press as Press
from kaz_bot.typesetting.problems import NoDocument as NoDocument
from kaz_bot.typesetting.problems import NotTypeset as NotTypeset
from kaz_bot.typesetting.problems import TypesettingFailed as TypesettingFailed
from kaz_bot.typesetting.process import made as made
from kaz_bot.typesetting.process import typeset as typeset
from kaz_bot.typesetting.written import from_json as from_json
from kaz_bot.typesetting.written import to_json as to_json
