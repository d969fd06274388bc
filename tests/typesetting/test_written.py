"""A document that waits as JSON is the same when it is read."""

from dataclasses import replace

import pytest

from kaz_bot.typesetting import (
    Document,
    Figure,
    FigureFormat,
    NoDocument,
    Paragraph,
    Table,
    from_json,
    to_json,
)
from tests.typesetting.documents import AT, FULL, VOTES, document

UNTIDY = "half a pair \ud83d, \x00, \u202e, 'quoted' \"twice\" \\ 😀\r\n"


@pytest.mark.parametrize("written", [FULL, document(), document(Paragraph(UNTIDY), title=UNTIDY)])
def test_what_is_written_is_read_again(written: Document) -> None:
    assert from_json(to_json(written)) == written


@pytest.mark.parametrize(
    "untrue",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        to_json(FULL)[:-1],
        to_json(FULL).replace(b'"Quote"', b'"Poem"'),
        to_json(FULL).replace(b'"level"', b'"depth"'),
        to_json(FULL).replace(b'"language": "de"', b'"language": "fr"'),
    ],
)
def test_what_is_no_document_is_told_apart(untrue: bytes) -> None:
    with pytest.raises(NoDocument):
        from_json(untrue)


def test_a_row_with_a_cell_too_many_is_no_table() -> None:
    with pytest.raises(ValueError, match="each row"):
        Table(columns=VOTES.columns, rows=(*VOTES.rows, ("a", "b", "c", "d")))


def test_a_figure_that_says_nothing_to_those_who_do_not_see_it_is_none() -> None:
    with pytest.raises(ValueError, match="do not see it"):
        Figure(content=b"", format=FigureFormat.PNG, alternative=" ")


def test_a_time_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(FULL, created_at=AT.replace(tzinfo=None))
