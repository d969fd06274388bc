"""Votes and commands that are heard later than they were sent: what was sent first comes first."""

from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.domain.committee.numbers import MeetingId
from tests.committee import ballot, files, opens, paper, passes, register, root, votes
from tests.desk import BOT, COMMITTEE, KIM, LEA, MAX, NIA, DeskAtWork, OpenDesk, on_both_databases
from tests.fakes import room

EVERYBODY = (KIM, LEA, MAX, NIA)


@pytest.mark.parametrize(
    "text",
    [
        "!kaz beschluss BV-1 Wortlaut: Anderes.",
        "!kaz beschluss zurückziehen BV-1",
        "!kaz abstimmung abbrechen BV-1",
        "!kaz abstimmung vertagen BV-1",
        "!kaz abstimmung schließen BV-1",
    ],
)
async def test_what_is_over_and_not_counted_yet_is_ended_by_nobody(
    desk: DeskAtWork, text: str
) -> None:
    await opens(desk)
    for_it = [desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX)]
    await desk.takes(*for_it)
    desk.clock.advance(days=2, seconds=1)
    (said,) = await desk.says(KIM, text)
    assert desk.last[0].about == {"code": "bad_state"}
    assert "Sie wird gerade ausgezählt." in said
    await passes(desk, minutes=1)
    assert [str(decision.number) for decision in await register(desk)] == ["2026/1"]


async def test_what_was_sent_before_the_end_still_ends_it(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(days=2)
    cancelled = desk.said(KIM, "!kaz abstimmung abbrechen BV-1")
    desk.clock.advance(seconds=1)
    await desk.takes(cancelled)
    assert desk.told(COMMITTEE) == ["decision:cancelled"]


async def test_a_decision_has_the_time_and_the_year_of_its_last_vote(desk: DeskAtWork) -> None:
    await opens(desk, "mehrheitlich bis 15.1.2027 12 Uhr")
    desk.clock.advance(hours=1)
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX)))
    sent_at = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    desk.clock.advance(days=93)
    await desk.hears(desk.said(NIA, "!kaz ja BV-1", sent_at=sent_at))
    (decision,) = await register(desk)
    assert (str(decision.number), decision.decided_at) == ("2026/1", sent_at)
    assert "Dieses Ergebnis kommt verspätet." in desk.bodies(COMMITTEE)[-1]


async def test_a_decision_has_the_time_of_the_chairs_word_that_closed_it(
    desk: DeskAtWork,
) -> None:
    await opens(desk, "mehrheitlich")
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX)))
    desk.clock.advance(minutes=5)
    closing = desk.said(KIM, "!kaz abstimmung schließen BV-1")
    desk.clock.advance(hours=3)
    await desk.hears(closing)
    (decision,) = await register(desk)
    assert decision.decided_at == closing.sent_at


async def test_a_vote_after_the_end_is_late_also_by_a_clock_that_is_behind(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(hours=47, minutes=59)
    ahead = desk.said(KIM, "!kaz ja BV-1", sent_at=desk.clock.now() + timedelta(minutes=2))
    (said,) = await desk.hears(ahead)
    assert said.startswith("Das kam zu spät, die Stimme zählt nicht.")
    assert await votes(desk) == []


async def test_a_request_to_talk_about_it_that_is_late_is_no_vote(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.clock.advance(days=2, seconds=1)
    (said,) = await desk.says(LEA, "!kaz mündlich BV-1")
    assert said.startswith("Das kam zu spät, die Bitte gilt nicht.")


async def test_a_sign_under_the_vote_before_points_to_the_one_that_is_open(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    before = root(desk)
    await desk.says(KIM, "!kaz abstimmung abbrechen BV-1")
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    (said,) = await desk.reacts(LEA, "✅", before)
    assert "Über die Vorlage wird jetzt neu abgestimmt." in said
    assert await votes(desk) == []


async def test_a_vote_sent_after_the_chairs_word_and_heard_with_it_counts(
    desk: DeskAtWork,
) -> None:
    await files(desk)
    opening = desk.said(KIM, "!kaz abstimmung BV-1")
    desk.clock.advance(minutes=1)
    voting = desk.said(LEA, "!kaz ja BV-1")
    desk.clock.advance(minutes=10)
    await desk.takes(opening, voting)
    assert await votes(desk) == [(LEA, "yes", "command")]


@on_both_databases
async def test_the_register_names_the_meeting_in_which_the_vote_was_opened(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, "!kaz sitzung 30.9. 14 Uhr Potsdam")
    await desk.says(KIM, "!kaz sitzung 28.10. 14 Uhr Potsdam")
    await desk.says(KIM, "!kaz sitzung beginnen S-1")
    await opens(desk, "mehrheitlich")
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX)))
    desk.clock.advance(hours=1)
    await desk.says(KIM, "!kaz sitzung beenden S-1")
    desk.clock.advance(hours=1)
    await desk.says(KIM, "!kaz sitzung beginnen S-2")
    await desk.says(NIA, "!kaz ja BV-1")
    (decision,) = await register(desk)
    assert decision.meeting == "S-1"
    async with desk.store.work() as work:
        items = await work.meetings.agenda(MeetingId(1))
        later = await work.meetings.agenda(MeetingId(2))
    assert [(item.paper_id, item.result.value) for item in items] == [(1, "decided")]
    assert later == []


@pytest.mark.parametrize("text", ["!kaz nein", "!kaz mündlich"])
async def test_the_number_that_was_typed_first_is_the_one_that_is_meant(
    desk: DeskAtWork, text: str
) -> None:
    await opens(desk)
    await files(desk, "Ein Amt")
    await desk.says(KIM, "!kaz abstimmung BV-2 bis Freitag")
    await desk.says(LEA, f"{text} BV-1 BV-2 regelt das schon.", thread=root(desk, 2))
    assert (await ballot(desk, 2)).open
    assert await votes(desk, 2) == []
    assert {sent.about.get("id") for sent in desk.last} == {"BV-1"}


async def test_what_was_said_encrypted_with_a_vote_is_not_repeated_in_the_open(
    desk: DeskAtWork,
) -> None:
    await opens(desk, "mehrheitlich bis Freitag")
    await desk.says(LEA, "!kaz nein BV-1 Geheimer Grund.")
    people = (BOT, *EVERYBODY)
    desk.homeserver.rooms.put(room(COMMITTEE, *people, name="Gremium", encrypted=False))
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, MAX, NIA)))
    assert "decision:closed" in desk.told(COMMITTEE)
    assert "Geheimer" not in str([sent.content for sent in desk.last])


async def test_a_quorum_beyond_all_bodies_is_warned_about_and_named_in_the_end(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(quorum="9")
    (opened,) = await opens(desk)
    assert "Diese Abstimmung kann nicht beschlussfähig werden." in opened
    await desk.says(LEA, "!kaz ja BV-1")
    (result,) = [sent for sent in await passes(desk, days=3) if sent.told == "decision:closed"]
    assert "Es haben zu wenige abgestimmt. Nötig waren 9." in result.body


@pytest.mark.parametrize(
    ("text", "why"),
    [("befangen", "Alle Stellen sind befangen."), ("zeige", "Niemand hat abgestimmt.")],
)
async def test_where_nobody_could_vote_or_did_that_is_said(
    desk: DeskAtWork, text: str, why: str
) -> None:
    await opens(desk, "mehrheitlich")
    await desk.takes(*(desk.said(who, f"!kaz {text} BV-1") for who in EVERYBODY))
    closed = list(desk.last)
    await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    bodies = [sent.body for sent in (*closed, *desk.last) if sent.told == "decision:closed"]
    assert why in bodies[0]
    assert (await paper(desk)).state == "deferred"


async def test_of_three_who_are_called_alike_each_has_a_name_of_their_own(
    desk: DeskAtWork,
) -> None:
    state = desk.homeserver.rooms.get(COMMITTEE)
    assert state is not None
    members = {BOT: "Kaz", KIM: "Kim", LEA: "Kim", MAX: "Kim (2)", NIA: "Nia"}
    desk.homeserver.rooms.change(COMMITTEE, members=members)
    (opened,) = await opens(desk)
    assert "Stimmberechtigt: Kim, Kim (3), Kim (2) und Nia" in opened


async def test_words_that_closing_cannot_have_are_named(desk: DeskAtWork) -> None:
    await opens(desk, "mehrheitlich")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1 mehrheitlich")
    assert said.startswith("Mit „mehrheitlich“ kann dieser Befehl nichts anfangen.")


async def test_whoever_is_biased_hears_whose_vote_counts(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim Vertretung @lea")
    await desk.says(KIM, "!kaz stimmberechtigt MIK @max Vertretung @nia")
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    (said,) = await desk.says(KIM, "!kaz befangen BV-1")
    assert "Für diese Stelle zählt die Stimme von Lea." in said


async def test_whoever_removes_a_sign_hears_that_another_must_be_set_anew(
    desk: DeskAtWork,
) -> None:
    await opens(desk, "mehrheitlich bis Freitag")
    await desk.reacts(LEA, "✅", root(desk))
    desk.clock.advance(seconds=1)
    second = desk.reacted(LEA, "❌", root(desk))
    await desk.takes(second)
    desk.clock.advance(seconds=1)
    await desk.redacts(LEA, second.event_id)
    assert "Ein anderes Zeichen von Ihnen zählt erst, wenn Sie es neu setzen." in desk.last[0].body
