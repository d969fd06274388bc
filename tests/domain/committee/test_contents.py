"""What the digest of a decision is made of can be read back, whatever people typed."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.domain.committee.ballots import Choice
from kaz_bot.domain.committee.contents import NoDecision, canonical, read
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.numbers import DecisionNumber
from tests.register.records import new_decision

DECIDED = new_decision(place=1, number=DecisionNumber(2026, 1), sealed=True, meeting="S-4")
# Half a surrogate pair too, which is in no file and no database.
ANYTHING = st.text(st.characters(), max_size=40)


def changed(**changes: object) -> str:
    """A content with something else in it."""
    return json.dumps(json.loads(canonical(DECIDED)) | changes)


def test_a_decision_is_read_as_it_was_written() -> None:
    assert read(canonical(DECIDED), "") == DECIDED


@given(title=ANYTHING, wording=ANYTHING, body=ANYTHING, reason=ANYTHING)
def test_whatever_people_typed_has_one_content(
    title: str, wording: str, body: str, reason: str
) -> None:
    vote = CastVote(body=body, choice=Choice.NO, reason=reason)
    content = canonical(new_decision(title=title, wording=wording, votes=(vote,)))
    assert canonical(read(content, "")) == content
    assert read(content, "").title.encode("utf-8").decode() == read(content, "").title


def test_a_content_is_ascii_without_spaces_and_in_the_order_of_its_names() -> None:
    content = canonical(new_decision(title="Grüße 🎫 e\u0301", votes=()))
    assert content.startswith('{"annexes":"","decided_at":"2026-09-30T10:00:00.000000+00:00",')
    assert '"title":"Gr\\u00fc\\u00dfe \\ud83c\\udfab e\\u0301"' in content


def test_what_no_database_takes_is_in_no_content() -> None:
    assert read(canonical(new_decision(title="a\0b\ud800c")), "").title == "a\ufffdb\ufffdc"


def test_times_are_written_in_utc() -> None:
    there = datetime(2026, 9, 30, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert read(canonical(new_decision(decided_at=there)), "").decided_at == datetime(
        2026, 9, 30, 10, 0, tzinfo=UTC
    )


def test_an_older_content_may_lack_what_is_optional_and_a_newer_one_say_more() -> None:
    content = json.loads(changed(dessert="ice"))
    del content["annexes"]
    assert read(json.dumps(content), "") == DECIDED


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        changed(title=None),
        changed(title=7),
        changed(place="1"),
        changed(place=True),
        changed(number="2026-1"),
        changed(number="2026/01"),
        changed(votes={}),
        changed(votes=["yes"]),
        changed(votes=[{"body": "MIK"}]),
        changed(mode="loud"),
        changed(decided_at="yesterday"),
        changed(decided_at="2026-09-30T10:00:00"),
        changed(events=[]),
    ],
)
def test_what_is_damaged_is_no_decision(damaged: str) -> None:
    with pytest.raises(NoDecision):
        read(damaged, "")


def test_every_part_of_a_decision_but_its_digest_is_in_its_content() -> None:
    said = {field.name for field in fields(Decision)} - {"digest"}
    assert json.loads(canonical(DECIDED)).keys() == said
