"""Files of the bot's own, by their kind."""

import json
from collections.abc import Mapping

from kaz_bot.messages import Enclosure, Making
from kaz_bot.register.sheets import Sheet, csv_of
from kaz_bot.typesetting import Document, to_json


def csv_file(name: str, sheet: Sheet) -> Enclosure:
    """A list for spreadsheets."""
    return Enclosure(name=f"{name}.csv", media_type="text/csv", content=csv_of(sheet))


def pdf_file(name: str, document: Document) -> Enclosure:
    """A document; it is typeset on its way."""
    return Enclosure(
        name=f"{name}.pdf",
        media_type="application/pdf",
        content=to_json(document),
        making=Making.PDF,
    )


def json_file(name: str, content: Mapping[str, object]) -> Enclosure:
    """A file for programs."""
    # Letters as people write them, so that it can be read in any editor.
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Enclosure(
        name=f"{name}.json", media_type="application/json", content=text.encode("utf-8", "replace")
    )
