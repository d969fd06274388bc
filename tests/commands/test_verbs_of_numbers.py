"""Verbs of one name are told apart by the number that follows; records are named by theirs."""

import pytest

from kaz_bot.commands import (
    Answer,
    MissingRecord,
    Outcome,
    Role,
    Surroundings,
    Text,
    TooManyWords,
    Verb,
    Verbs,
    arguments,
    verb,
)
from kaz_bot.context import Context
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, Subject
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import Ticket
from kaz_bot.menu import VERBS
from kaz_bot.rights import usable_in

DONE = Answer(template="info/done", facts={}, topic="done")
AROUND = Surroundings(
    ticket=None,
    in_thread=False,
    ticket_prefix="KAZ",
    areas=Areas.of(["projects"], default="projects"),
    members={},
    prefix="!kaz",
)


@verb("zeige", "show", allow=Role.READER)
async def show(ctx: Context, ticket: Ticket) -> Outcome:
    return DONE


@verb("zeige", "show", allow=Role.MEMBER, about=Series.PAPER)
async def show_paper(ctx: Context, paper: Paper, text: Text | None) -> Outcome:
    return DONE


@verb("zeige", "show", allow=Role.PERSON, about=Series.TASK)
async def show_task(ctx: Context, task: Task) -> Outcome:
    return DONE


@verb("zeige", "show", allow=Role.PERSON, about=Series.MEETING)
async def show_meeting(ctx: Context, meeting: Meeting) -> Outcome:
    return DONE


@verb("zeige", "show", allow=Role.PERSON, about=Series.DECISION)
async def show_decision(ctx: Context, entry: Entry) -> Outcome:
    return DONE


@verb("später", "snooze", allow=Role.PERSON)
async def snooze(ctx: Context, reminder: Reminder, text: Text) -> Outcome:
    return DONE


@verb("später", "snooze", allow=Role.PERSON, about=Series.TASK)
async def extend(ctx: Context, task: Task, text: Text) -> Outcome:
    return DONE


@verb("beschluss", "decision", allow=Role.MEMBER)
async def file(ctx: Context, paper: Paper | None, text: Text | None) -> Outcome:
    return DONE


@verb("beschluss", "decision", allow=Role.MEMBER, about=Series.PAPER)
async def change(ctx: Context, paper: Paper, text: Text) -> Outcome:
    return DONE


MENU = Verbs(
    all=(
        *(show, show_paper, show_task, show_meeting, show_decision),
        *(snooze, extend, file, change),
    )
)


def test_each_kind_of_number_has_a_page_of_its_own() -> None:
    pages = [entry.page for entry in VERBS.all]
    assert (show.page, show_paper.page) == ("show", "show-paper")
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize(
    ("rest", "meant"),
    [
        ("12", show),
        ("KAZ-12", show),
        ("", show),
        ("BV-7", show_paper),
        ("bv 7", show_paper),
        ("BV‑7: Fassung 2", show_paper),
        ("A-3", show_task),
        ("a3", show_task),
        ("S-4.", show_meeting),
        ("2026/3", show_decision),
        ("2026 / 3", show_decision),
        ("BVG-7", show),
        ("Abteilung 3", show),
        ("12/2026", show),
        ("2026/3/1", show),
    ],
)
def test_the_number_that_follows_says_which_verb_is_meant(rest: str, meant: Verb) -> None:
    assert MENU.about(show, rest) is meant


BV_7, A_3 = Subject("BV-7"), Subject("A-3")


@pytest.mark.parametrize(
    ("entry", "rest", "told", "meant"),
    [
        (show, "", (BV_7,), show_paper),
        (show, "KAZ-12", (BV_7,), show),
        (show, "", (BV_7, A_3), show),
        (show, "", (Subject("electorate"),), show),
        (snooze, "15.10. Urlaub", (A_3,), extend),
        (snooze, "15.10.2026 Urlaub", (A_3,), extend),
        (snooze, "5 morgen", (A_3,), snooze),
        (snooze, "#5 morgen", (A_3,), snooze),
        (snooze, "morgen", (BV_7,), snooze),
        (file, "", (BV_7,), change),
        (file, "Arbeitsprogramm", (BV_7,), file),
    ],
)
def test_without_a_number_the_answered_message_says_it(
    entry: Verb, rest: str, told: tuple[Subject, ...], meant: Verb
) -> None:
    assert MENU.about(entry, rest, told) is meant


@pytest.mark.parametrize(
    ("entry", "rest", "found"),
    [
        (show_paper, "BV-7", {"paper": 7, "text": None}),
        (show_paper, "bv7 Fassung 2", {"paper": 7, "text": "Fassung 2"}),
        (show_task, "A 31", {"task": 31}),
        (show_meeting, "s–4", {"meeting": 4}),
        (show_decision, "2026/3", {"entry": DecisionNumber(2026, 3)}),
        (change, "BV-7\nWortlaut: neu", {"paper": 7, "text": "Wortlaut: neu"}),
        (file, "Titel\nWortlaut: neu", {"paper": None, "text": "Titel\nWortlaut: neu"}),
    ],
)
def test_a_record_is_named_by_its_number(entry: Verb, rest: str, found: dict[str, object]) -> None:
    assert arguments(entry, rest, AROUND) == found


def test_or_by_the_message_that_is_answered() -> None:
    answering = Surroundings(**{**vars(AROUND), "subjects": (A_3, BV_7)})
    assert arguments(show_paper, "", answering) == {"paper": 7, "text": None}


def test_of_two_such_records_none_is_meant() -> None:
    answering = Surroundings(**{**vars(AROUND), "subjects": (Subject("BV-6"), BV_7)})
    with pytest.raises(MissingRecord) as refused:
        arguments(show_paper, "", answering)
    assert refused.value.facts["series"] == "paper"


@pytest.mark.parametrize("rest", ["", "KAZ-7", "Titel"])
def test_a_record_that_is_needed_must_be_named(rest: str) -> None:
    with pytest.raises(MissingRecord):
        arguments(show_task, rest, AROUND)


def test_more_than_the_number_is_more_than_it_takes() -> None:
    with pytest.raises(TooManyWords):
        arguments(show_task, "A-3 bitte", AROUND)


def test_a_number_that_no_database_counts_to_is_none() -> None:
    with pytest.raises(MissingRecord):
        arguments(show_task, "A-" + "9" * 19, AROUND)


@pytest.mark.parametrize(
    ("kind", "meant"), [(RoomKind.AREA, show), (RoomKind.COMMITTEE, show_paper)]
)
def test_where_a_verb_cannot_be_used_its_twin_is_meant(kind: RoomKind, meant: Verb) -> None:
    assert usable_in(kind, show, MENU.twins(show).values()) is meant
