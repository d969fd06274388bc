"""Makes the files that somebody wants of a part of the register."""

from kaz_bot.messages import Enclosure
from kaz_bot.register.booklet import booklet_of
from kaz_bot.register.columns import sheet_of
from kaz_bot.register.extracts import Extract
from kaz_bot.register.files import csv_file, json_file, pdf_file
from kaz_bot.register.oparl import oparl_of
from kaz_bot.register.wishes import Form
from kaz_bot.texts import Speech


def files_of(extract: Extract, speech: Speech, name: str = "") -> tuple[Enclosure, ...]:
    """One for each kind that is wished, named by what is in it unless it is named otherwise."""
    called = name or extract.file_name(speech)
    return tuple(_file(form, extract, speech, called) for form in extract.wish.forms)


def _file(form: Form, extract: Extract, speech: Speech, name: str) -> Enclosure:
    match form:
        case Form.PDF:
            return pdf_file(name, booklet_of(extract, speech))
        case Form.CSV:
            return csv_file(name, sheet_of(extract, speech))
        case Form.JSON:
            return json_file(name, oparl_of(extract, speech))
