"""Papers that are voted on: to change or withdraw one voids the vote and says so."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import BallotState
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import PaperState
from tests.desk import (
    ANN,
    COMMITTEE,
    KIM,
    LEA,
    MAX,
    NIA,
    PROCUREMENT,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent

FILED = "!kaz beschluss Arbeitsprogramm\nWortlaut: Es gilt.\nBeteiligt: MIK"
CIRCULATED = "!kaz abstimmung BV-1 im Umlauf bis 15.10."
CHANGED = "!kaz beschluss BV-1 Wortlaut: Es gilt nicht."


async def put_to_the_vote(desk: DeskAtWork) -> None:
    """Lea's paper goes round, and Max and Nia have voted; Nia took her vote back."""
    await desk.says(LEA, FILED)
    await desk.says(KIM, CIRCULATED)
    await desk.says(MAX, "!kaz ja BV-1")
    vote = desk.said(NIA, "!kaz nein BV-1 Zu teuer")
    await desk.hears(vote)
    await desk.redacts(NIA, vote.event_id)


async def state(desk: DeskAtWork) -> tuple[PaperState, BallotState]:
    """How the paper and its ballot stand."""
    async with desk.store.work() as work:
        paper = await work.papers.get(PaperId(1))
        ballot = await work.ballots.latest_of(PaperId(1))
    assert ballot is not None
    return paper.state, ballot.state


def first(desk: DeskAtWork) -> Sent:
    return next(sent for sent in desk.last if sent.is_message)


@on_both_databases
async def test_a_change_voids_the_vote_and_calls_those_who_had_voted(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    [answer] = await desk.says(LEA, CHANGED)
    assert (
        "Die Abstimmung über BV-1 ist ungültig. Abgegebene Stimmen zählen nicht mehr. "
        "Abgestimmt hatten: Max.\n\n"
        "- Abstimmen im Umlauf: !kaz abstimmung BV-1 im Umlauf bis <wann>"
    ) in answer
    assert (first(desk).calls, first(desk).msgtype) == ([MAX], "m.text")
    assert first(desk).about == {"id": "BV-1", "state": "draft", "event": "changed"}
    assert await state(desk) == (PaperState.DRAFT, BallotState.VOID)


async def test_the_message_of_the_vote_says_so_too(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    await desk.says(LEA, CHANGED)
    [edit] = [sent for sent in desk.last if sent.edits]
    assert "Diese Abstimmung gilt nicht mehr." in edit.body


async def test_nobody_is_called_when_nobody_had_voted(desk: DeskAtWork) -> None:
    await desk.says(LEA, FILED)
    await desk.says(KIM, CIRCULATED)
    [answer] = await desk.says(LEA, CHANGED)
    assert "Die Abstimmung über BV-1 ist ungültig." in answer
    assert first(desk).calls == []


async def test_who_has_left_is_named_and_not_called(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    desk.homeserver.rooms.leave(COMMITTEE, MAX)
    await desk.says(LEA, CHANGED)
    assert first(desk).calls == []


async def test_what_changes_nothing_voids_nothing(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    await desk.says(LEA, "!kaz beschluss BV-1 Wortlaut: Es gilt.")
    assert await state(desk) == (PaperState.VOTING, BallotState.OPEN)


@pytest.mark.parametrize(
    "words",
    ["ja", "abstimmen", "im Umlauf bis Freitag", "bitte zurückziehen", "Foo: bar", "Neuer Titel"],
)
async def test_words_without_a_label_void_nothing(desk: DeskAtWork, words: str) -> None:
    await put_to_the_vote(desk)
    [answer] = await desk.says(LEA, f"!kaz beschluss BV-1 {words}")
    assert first(desk).about == {"code": "bad_argument"}
    assert f"Sie schrieben: „{words}“." in answer
    assert "- Zustimmen: !kaz ja BV-1" in answer
    assert "- Neuer Titel: !kaz beschluss BV-1 Titel: <Titel>" in answer
    assert await state(desk) == (PaperState.VOTING, BallotState.OPEN)


async def test_a_new_title_with_its_label_voids_the_vote(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    await desk.says(LEA, "!kaz beschluss BV-1 Titel: Neuer Titel")
    assert await state(desk) == (PaperState.DRAFT, BallotState.VOID)


async def test_it_can_be_voted_again_and_earlier_votes_do_not_count(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    await desk.says(LEA, CHANGED)
    await desk.says(KIM, CIRCULATED)
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Abgestimmt: 0 von 4. Es fehlen: Kim, Lea, Max und Nia" in shown


async def test_whoever_reads_it_sees_who_is_missing(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Stand: in Abstimmung" in shown
    assert "- Abstimmung im Umlauf bis Donnerstag, 15. Oktober 2026, 23:59 Uhr" in shown
    assert "- Abgestimmt: 1 von 4. Es fehlen: Kim, Lea und Nia" in shown


async def test_one_who_is_missing_is_told_of_as_one(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    for person in (KIM, LEA):
        await desk.says(person, "!kaz ja BV-1")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Abgestimmt: 3 von 4. Es fehlt: Nia" in shown


async def test_a_withdrawal_voids_the_vote(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    [answer] = await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert "Die Abstimmung über BV-1 ist ungültig." in answer
    assert first(desk).calls == [MAX]
    assert await state(desk) == (PaperState.WITHDRAWN, BallotState.VOID)


async def test_what_was_decided_is_shown_as_the_register_has_it(desk: DeskAtWork) -> None:
    await decided(desk)
    async with desk.store.work() as work:
        edition = await work.papers.edition_of(PaperId(1), 1)
        await work.papers.change_words(replace(edition, title="Anders", wording="Gegenteil."))
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert shown.startswith("BV-1: Arbeitsprogramm\n\nWortlaut:\n\n> Es gilt.\n\n")


async def decided(desk: DeskAtWork) -> None:
    """All have voted for it, so it has passed."""
    await desk.says(LEA, FILED)
    await desk.says(KIM, CIRCULATED)
    for person in (KIM, LEA, MAX, NIA):
        await desk.says(person, "!kaz ja BV-1")


@pytest.mark.parametrize(
    "attempt",
    [
        "beschluss BV-1 Wortlaut: Anders.",
        "beschluss 2026/1 Wortlaut: Anders.",
        "beschluss zurückziehen BV-1",
    ],
)
async def test_what_has_passed_never_changes(desk: DeskAtWork, attempt: str) -> None:
    await decided(desk)
    [refusal] = await desk.says(LEA, f"!kaz {attempt}")
    assert "Stand der Vorlage: beschlossen." in refusal
    assert (
        "Der Beschluss 2026/1 behält seinen Wortlaut. "
        "Etwas anderes braucht eine neue Vorlage: !kaz beschluss <Titel>"
    ) in refusal
    assert first(desk).about == {"code": "bad_state"}


async def test_what_has_passed_is_shown_with_its_decision(desk: DeskAtWork) -> None:
    await decided(desk)
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Stand: beschlossen" in shown
    assert "- Beschluss: !kaz zeige 2026/1" in shown
    assert first(desk).about["id"] == "2026/1"
    [history] = await desk.says(NIA, "!kaz verlauf BV-1")
    assert "ausgezählt, Beschluss 2026/1" in history


async def test_a_title_may_begin_like_a_decision_that_does_not_exist(desk: DeskAtWork) -> None:
    await decided(desk)
    await desk.says(LEA, "!kaz beschluss 2026/27 Arbeitsprogramm")
    assert first(desk).about == {"id": "BV-2", "state": "draft", "event": "filed"}


async def test_a_withdrawn_paper_waits_for_no_meeting(desk: DeskAtWork) -> None:
    await desk.says(LEA, FILED)
    await desk.says(LEA, "!kaz top BV-1")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Wartet auf die nächste Sitzung" in shown
    await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "Sitzung" not in shown


async def test_a_paper_shows_its_meeting(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz sitzung 4.11. 13 Uhr")
    await desk.says(LEA, FILED)
    await desk.says(LEA, "!kaz top BV-1")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Auf der Tagesordnung: S-1, Mittwoch, 4. November 2026, 13:00 Uhr" in shown


async def test_tickets_that_wait_for_it_are_named_and_go_on_when_it_is_withdrawn(
    desk: DeskAtWork,
) -> None:
    await desk.says(LEA, FILED)
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz blockiert KAZ-1 BV-1")
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "- Darauf warten: KAZ-1" in shown
    await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert desk.bodies(PROCUREMENT) != []
    [shown] = await desk.says(NIA, "!kaz zeige BV-1")
    assert "KAZ-1" not in shown


async def test_the_history_shows_each_vote_and_the_result(desk: DeskAtWork) -> None:
    await put_to_the_vote(desk)
    await desk.says(MAX, "!kaz enthaltung BV-1")
    for person in (KIM, LEA, NIA):
        await desk.says(person, "!kaz ja BV-1")
    [history] = await desk.says(NIA, "!kaz verlauf BV-1")
    assert [line.partition("Uhr, ")[2] for line in history.splitlines()[4:12]] == [
        "Max: abgestimmt: Ja, als Befehl",
        "Nia: abgestimmt: Nein, als Befehl",
        "Nia: Stimme zurückgenommen, als Befehl",
        "Max: abgestimmt: Enthaltung, als Befehl",
        "Kim: abgestimmt: Ja, als Befehl",
        "Lea: abgestimmt: Ja, als Befehl",
        "Nia: abgestimmt: Ja, als Befehl",
        (
            "von selbst: ausgezählt, Beschluss 2026/1: beschlossen, "
            "Ja 3, Nein 0, Enthaltung 1, befangen 0"
        ),
    ]
    [decision] = await desk.says(NIA, "!kaz verlauf 2026/1")
    assert "Max: abgestimmt: Enthaltung, als Befehl" in decision


async def test_a_long_history_keeps_its_beginning_and_says_what_it_leaves_out(
    desk: DeskAtWork,
) -> None:
    await desk.says(LEA, FILED)
    for number in range(33):
        await desk.says(LEA, f"!kaz beschluss BV-1 Kosten: {number} Euro")
    await desk.says(KIM, CIRCULATED)
    for person in (KIM, LEA, MAX, NIA):
        await desk.says(person, "!kaz ja BV-1")
    [paper] = await desk.says(NIA, "!kaz verlauf BV-1")
    assert paper.splitlines()[2].endswith("Lea: eingereicht")
    assert paper.splitlines()[6].endswith("Lea: geändert, Fassung 5")
    assert paper.splitlines()[7] == "- Einträge, die hier fehlen: 10"
    assert paper.splitlines()[8].endswith("Lea: geändert, Fassung 16")
    assert "- Frühere, die hier fehlen: 4\n- Fassung 5, " in paper
    [decision] = await desk.says(NIA, "!kaz verlauf 2026/1")
    assert decision.splitlines()[2].endswith("Lea: eingereicht")
    assert decision.splitlines()[7] == "- Einträge, die hier fehlen: 20"
