"""A register that was handed out can be verified by anybody, and shows whoever changes it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.committee.ballots import Manner
from kaz_bot.domain.committee.chain import Break, Fault, Link
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.register import Extract, NoRegister, copy_of, json_file, oparl_of
from kaz_bot.texts import Texts
from tests.register.extracts import extract, register
from tests.register.records import NOON, new_decision

SPEECH = Texts().speech("de")
ENTRIES = register(
    new_decision(title="Ausschreibung"),
    new_decision(title="Umlage", manner=Manner.MEETING, meeting="S-4", sealed=True),
    new_decision(title="Grüße 🎫 e\u0301 \u2028"),
)
PUBLISHED = replace(ENTRIES[0], published_at=NOON + timedelta(days=1), done_at=NOON)

Tree = dict[str, object]


def exported(*entries: Entry, **changes: object) -> Tree:
    """The file, as a program reads it."""
    return read(json_file("x", oparl_of(extract(*entries, **changes), SPEECH)).content)


def read(content: bytes) -> Tree:
    tree: Tree = json.loads(content)
    return tree


def at(tree: object, *path: str | int) -> object:
    for step in path:
        assert isinstance(tree, dict | list)
        tree = tree[step]  # type: ignore[index]  # each test knows the way
    return tree


def put(tree: Tree, value: object, *path: str | int) -> None:
    within = at(tree, *path[:-1])
    assert isinstance(within, dict | list)
    within[path[-1]] = value  # type: ignore[index]  # as above


def faults(tree: Tree) -> list[tuple[str, Break]]:
    """What is found when somebody verifies it."""
    found = copy_of(json.dumps(tree).encode()).faults
    return [(fault.number, fault.kind) for fault in found]


def test_what_was_exported_is_whole_and_without_fault() -> None:
    copy = copy_of(json_file("x", oparl_of(extract(PUBLISHED, *ENTRIES[1:]), SPEECH)).content)
    assert copy.faults == ()
    assert copy.whole
    assert copy.links == tuple(Link.of(entry.decision) for entry in ENTRIES)


def test_anybody_can_verify_it_with_three_lines() -> None:
    previous = ""
    for paper in at(exported(*ENTRIES), "paper"):  # type: ignore[attr-defined]  # a list
        chain = paper["kaz:chain"]
        assert hashlib.sha256(chain["content"].encode()).hexdigest() == chain["digest"]
        assert json.loads(chain["content"])["previous"] == chain["previous"] == previous
        previous = chain["digest"]


def test_a_decision_is_told_in_the_words_of_oparl() -> None:
    tree = exported(*ENTRIES)
    assert at(tree, "organization") == [
        {
            "id": "urn:kaz:organization:!committee:kaz.test",
            "type": "https://schema.oparl.org/1.1/Organization",
            "name": "Steuerungsgremium",
            "organizationType": "Gremium",
        }
    ]
    assert at(tree, "meeting", 0, "id") == "urn:kaz:meeting:S-4"
    assert at(tree, "agendaItem", 1) == {
        "id": "urn:kaz:agendaitem:2026/2",
        "type": "https://schema.oparl.org/1.1/AgendaItem",
        "meeting": "urn:kaz:meeting:S-4",
        "name": "Umlage",
        "consultation": "urn:kaz:consultation:2026/2",
        "result": "beschlossen",
        "resolutionText": "Die Ausschreibung beginnt im März.\nDas ZIT-BB führt sie durch.",
        "start": "2026-09-16T10:00:00.000000+00:00",
        "end": "2026-09-30T10:00:00.000000+00:00",
    }
    assert "meeting" not in at(tree, "agendaItem", 0)  # type: ignore[operator]  # an object
    assert at(tree, "paper", 1, "reference") == "BV-102"
    assert at(tree, "paper", 1, "paperType") == "Beschlussvorlage"
    assert at(tree, "paper", 1, "consultation", 0, "agendaItem") == "urn:kaz:agendaitem:2026/2"
    assert at(tree, "kaz:register", "end", "digest") == ENTRIES[2].decision.digest


def test_nobody_is_named_by_their_matrix_id() -> None:
    assert "@" not in json.dumps(exported(*ENTRIES)).replace("!committee:kaz.test", "")


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("paper", 1, "kaz:chain", "digest"), "0" * 64, Break.CHANGED),
        (("paper", 1, "kaz:chain", "content"), "{}", Break.UNREADABLE),
        (("paper", 1, "kaz:chain", "previous"), "0" * 64, Break.BESIDE),
        (("paper", 1, "name"), "Keine Umlage", Break.BESIDE),
        (("paper", 1, "reference"), "BV-9", Break.BESIDE),
        (("paper", 1, "kaz:decision", "decidedAt"), "2020-01-01T00:00:00Z", Break.BESIDE),
        (("paper", 1, "kaz:decision", "votes", 0, "choice"), "no", Break.BESIDE),
        (("agendaItem", 1, "resolutionText"), "Das Gegenteil.", Break.BESIDE),
        (("agendaItem", 1, "result"), "abgelehnt", Break.BESIDE),
    ],
)
def test_whatever_somebody_changes_is_seen(
    path: tuple[str | int, ...], value: object, found: Break
) -> None:
    tree = exported(*ENTRIES)
    put(tree, value, *path)
    assert ("2026/2", found) in faults(tree)


def test_a_wording_changed_with_its_digest_is_seen_by_the_next_one() -> None:
    tree = exported(*ENTRIES)
    content = str(at(tree, "paper", 0, "kaz:chain", "content")).replace("Ausschr", "Einschr")
    put(tree, content, "paper", 0, "kaz:chain", "content")
    put(tree, hashlib.sha256(content.encode()).hexdigest(), "paper", 0, "kaz:chain", "digest")
    assert ("2026/2", Break.UNLINKED) in faults(tree)


def without(tree: Tree, index: int) -> Tree:
    papers, items = at(tree, "paper"), at(tree, "agendaItem")
    assert isinstance(papers, list)
    assert isinstance(items, list)
    del papers[index], items[index]
    return tree


def test_one_that_was_taken_out_is_missing_also_at_the_end() -> None:
    assert ("2026/2", Break.MISSING) in faults(without(exported(*ENTRIES), 0))
    assert ("2026/3", Break.MISSING) in faults(without(exported(*ENTRIES), 1))
    assert faults(without(exported(*ENTRIES), 2)) == [("2026/3", Break.LOST)]


def test_an_end_with_another_digest_is_seen() -> None:
    tree = exported(*ENTRIES)
    put(tree, "0" * 64, "kaz:register", "end", "digest")
    assert faults(tree) == [("2026/3", Break.CHANGED)]


def test_a_part_of_the_register_is_verified_as_far_as_it_goes() -> None:
    tree = exported(ENTRIES[0], ENTRIES[2], whole=False)
    assert faults(tree) == []
    assert not copy_of(json.dumps(tree).encode()).whole


def test_an_empty_register_has_no_fault() -> None:
    empty = Extract(entries=(), wish=extract().wish, at=NOON, whole=True)
    tree = read(json_file("x", oparl_of(empty, SPEECH)).content)
    assert faults(tree) == []


def test_whether_it_was_published_belongs_to_no_chain() -> None:
    tree = exported(PUBLISHED, *ENTRIES[1:])
    assert at(tree, "paper", 0, "modified") == "2026-10-01T10:00:00.000000+00:00"
    put(tree, None, "paper", 0, "kaz:publishedAt")
    put(tree, "2026-09-30T10:00:00.000000+00:00", "paper", 0, "modified")
    assert faults(tree) == []


Damage = Callable[[Tree], Mapping[str, object]]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _tree: {},
        lambda tree: {**tree, "kaz:register": {"form": 2}},
        lambda tree: {**tree, "paper": None},
        lambda tree: {**tree, "paper": [7]},
        lambda tree: {**tree, "paper": [{}]},
        lambda tree: {**tree, "agendaItem": []},
        lambda tree: {**tree, "kaz:register": {**tree["kaz:register"], "end": None}},
    ],
)
def test_what_is_no_register_says_so(damage: Damage) -> None:
    with pytest.raises(NoRegister):
        copy_of(json.dumps(damage(exported(*ENTRIES))).encode())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"7", b"[" * 100_000, b"%PDF-1.7"])
def test_what_is_no_json_says_so(content: bytes) -> None:
    with pytest.raises(NoRegister):
        copy_of(content)


def test_a_fault_is_named_once() -> None:
    tree = exported(*ENTRIES)
    put(tree, "Keine Umlage", "paper", 1, "name")
    put(tree, "BV-9", "paper", 1, "reference")
    assert copy_of(json.dumps(tree).encode()).faults == (Fault(number="2026/2", kind=Break.BESIDE),)
