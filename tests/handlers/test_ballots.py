"""Ballots: put to the vote by who may, closed, cancelled, adjourned, or taken to a meeting."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import BallotState, Manner, Mode, Result
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.messages import RoomId, UserId
from tests.committee import (
    POLL_END,
    POLL_START,
    answers,
    ballot,
    files,
    opens,
    paper,
    passes,
    poll,
    register,
    root,
    seats,
    shown,
    trail,
    votes,
)
from tests.desk import (
    BOT,
    COMMITTEE,
    EVA,
    KIM,
    LEA,
    MAX,
    NIA,
    PROJECT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import room

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.


@on_both_databases
async def test_the_message_says_what_until_when_who_and_how(desk: DeskAtWork) -> None:
    await seats(desk)
    (said,) = await opens(desk)
    assert said == (
        "BV-1: Ein Portal\n\n"
        "Bitte stimmen Sie ab über Fassung 1:\n\n"
        "> Wir bauen eins.\n\n"
        "- Abstimmung im Umlauf bis Freitag, 2. Oktober 2026, 12:00 Uhr\n"
        "- Einvernehmlich: Ein begründeter Einspruch genügt, und die Vorlage ist abgelehnt. "
        "Enthaltungen zählen dabei nicht mit.\n"
        "- Beschlussfähig: wenn mehr als die Hälfte der Stellen abstimmt\n"
        "- Stimmberechtigt: Kaz und MIK\n"
        "- Abgestimmt haben 0 von 2. Es fehlen noch 2: Kaz und MIK.\n\n"
        "So stimmen Sie ab, oder mit der Umfrage darunter:\n\n"
        "- Ja: Häkchen ✅ oder !kaz ja BV-1\n"
        "- Nein: Kreuz ❌ oder !kaz nein BV-1 <Grund>\n"
        "- Enthaltung: Kreis ⚪ oder !kaz enthaltung BV-1\n"
        "- Befangen: !kaz befangen BV-1\n"
        "- Lieber mündlich behandeln: !kaz mündlich BV-1 <Grund>\n\n"
        "Es zählt Ihre letzte Stimme."
    )
    assert (await paper(desk)).state == "voting"
    assert await trail(desk) == [("filed", KIM), ("opened", KIM)]


async def test_it_is_a_root_that_calls_nobody_with_three_signs_and_a_poll(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    first, *signs, poll_start = desk.last
    assert (first.told, first.msgtype, first.thread, first.calls) == (
        "decision:opened",
        "m.text",
        None,
        [],
    )
    assert first.about == {"id": "BV-1", "state": "voting", "event": "opened"}
    assert [(sign.reaction, sign.reacts_to) for sign in signs] == [
        ("✅", first.event_id),
        ("❌", first.event_id),
        ("⚪", first.event_id),
    ]
    assert (poll_start.event_type, poll_start.about) == (POLL_START, first.about)


@pytest.mark.parametrize(
    "words",
    [
        "BV-1 im Umlauf bis Freitag 12 Uhr mehrheitlich",
        "mehrheitlich BV-1 bis Freitag 12 Uhr",
        "im Umlauf, mehrheitlich, BV-1 bis Freitag 12 Uhr",
        "bv 1 bis 2.10. um 12 Uhr mit Mehrheit im schriftlichen Umlauf",
        "über BV-1: im Umlaufverfahren bis zum 2.10.2026 12:00 mehrheitlich",
        "BV-1 by circulation until Friday noon by majority",
        "majority BV-1 until 2 October 12:00",
    ],
)
async def test_its_parts_stand_in_any_order_in_both_languages(desk: DeskAtWork, words: str) -> None:
    await files(desk)
    await desk.says(KIM, f"!kaz abstimmung {words}")
    opened = await ballot(desk)
    assert (opened.manner, opened.mode) == (Manner.CIRCULATION, Mode.MAJORITY)
    assert f"{opened.due_at:%d.%m. %H:%M}" == "02.10. 10:00"


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("", Mode.CONSENSUS),
        ("einvernehmlich", Mode.CONSENSUS),
        ("einstimmig in der Sitzung", Mode.UNANIMOUS),
        ("unanimous", Mode.UNANIMOUS),
    ],
)
async def test_without_a_date_it_is_voted_in_the_meeting(
    desk: DeskAtWork, words: str, mode: Mode
) -> None:
    await opens(desk, words)
    opened = await ballot(desk)
    assert (opened.manner, opened.mode, opened.due_at) == (Manner.MEETING, mode, None)
    assert "bis der Vorsitz sie schließt" in shown(desk)
    assert "mündlich" not in shown(desk)


async def test_a_day_ends_a_minute_before_midnight_and_a_day_off_is_pointed_out(
    desk: DeskAtWork,
) -> None:
    (said,) = await opens(desk, "bis 3.10.")
    assert "bis Samstag, 3. Oktober 2026, 23:59 Uhr" in said
    assert (
        "ist ein Feiertag (Tag der Deutschen Einheit). Ich habe das Ende nicht verschoben" in said
    )
    assert "Der nächste Werktag ist Montag, 5. Oktober 2026." in said


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ("BV-1 im Umlauf", "bad_date", "braucht ein Ende. So geht es: !kaz abstimmung"),
        ("BV-1 im Umlauf bis jeden Montag", "bad_date", "hat nur ein Ende"),
        ("BV-1 im Umlauf bis gestern", "bad_date", ""),
        ("BV-1 bis Freitag gern", "bad_argument", "gern"),
        ("BV-1 einstimmig mehrheitlich", "bad_argument", "mehrheitlich"),
        ("BV-1 in der Sitzung bis Freitag", "bad_argument", ""),
        ("schließen BV-1 bis Freitag", "bad_argument", "bis"),
        ("BV-2", "not_found", ""),
        ("im Umlauf bis Freitag", "bad_argument", "Es fehlt die Nummer der Vorlage."),
    ],
)
async def test_what_is_not_understood_opens_nothing(
    desk: DeskAtWork, words: str, code: str, hint: str
) -> None:
    await files(desk)
    (said,) = await desk.says(KIM, f"!kaz abstimmung {words}")
    assert desk.last[0].about == {"code": code}
    assert hint in said
    assert (await paper(desk)).state == "draft"


async def test_in_the_thread_of_a_paper_its_number_is_known(desk: DeskAtWork) -> None:
    await files(desk)
    filed = desk.last[0].event_id
    await desk.says(KIM, "!kaz abstimmung", thread=filed)
    assert desk.told(COMMITTEE) == ["decision:opened"]
    assert desk.last[0].thread is None


async def test_a_number_that_was_typed_is_meant_before_that_of_the_thread(
    desk: DeskAtWork,
) -> None:
    await files(desk)
    filed = desk.last[0].event_id
    await files(desk, "Ein Amt")
    await desk.says(KIM, "!kaz abstimmung mehrheitlich BV-2", thread=filed)
    assert [(await paper(desk, number)).state for number in (1, 2)] == ["draft", "voting"]


async def test_whoever_filed_it_has_it_circulated_but_only_the_chair_puts_it_in_a_meeting(
    desk: DeskAtWork,
) -> None:
    await files(desk, by=LEA)
    await desk.says(LEA, "!kaz abstimmung BV-1")
    assert desk.last[0].about == {"code": "not_allowed"}
    await desk.says(MAX, "!kaz abstimmung BV-1 bis Freitag")
    assert desk.last[0].about == {"code": "not_allowed"}
    await desk.says(LEA, "!kaz abstimmung BV-1 bis Freitag")
    assert desk.told(COMMITTEE) == ["decision:opened"]


async def test_outside_of_the_committee_nobody_has_anything_voted(desk: DeskAtWork) -> None:
    await files(desk)
    await desk.says(EVA, "!kaz abstimmung BV-1")
    assert desk.told(PROJECT) == ["error:not_allowed"]


@pytest.mark.parametrize("word", ["schließen", "abbrechen", "vertagen"])
async def test_only_the_chair_ends_a_vote(desk: DeskAtWork, word: str) -> None:
    await opens(desk, "")
    await desk.says(LEA, f"!kaz abstimmung {word} BV-1")
    assert desk.last[0].about == {"code": "not_allowed"}
    assert (await ballot(desk)).open


async def test_where_nobody_is_entitled_nothing_is_put_to_the_vote(open_desk: OpenDesk) -> None:
    desk = await open_desk(bots=frozenset({KIM, LEA, MAX, NIA}))
    await files(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    assert desk.last[0].about == {"code": "bad_state"}
    assert "Hier ist niemand stimmberechtigt." in desk.last[0].body


async def test_what_is_voted_on_cannot_be_put_to_the_vote_again(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1")
    assert desk.last[0].about == {"code": "bad_state"}
    assert len([sent for sent in desk.homeserver.sent if sent.told == "decision:opened"]) == 2


async def test_those_who_may_vote_are_frozen_with_the_wording(desk: DeskAtWork) -> None:
    await opens(desk)
    newcomer = UserId("@oda:kaz.test")
    desk.homeserver.rooms.enter(COMMITTEE, newcomer)
    await seats(desk)
    await desk.says(newcomer, "!kaz ja BV-1", room=COMMITTEE)
    assert desk.last[0].about == {"code": "not_allowed"}
    await desk.says(NIA, "!kaz ja BV-1")
    assert desk.told(COMMITTEE) == ["decision:voted"]


async def test_the_chair_closes_a_vote_in_the_meeting(desk: DeskAtWork) -> None:
    await opens(desk, "")
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz enthaltung BV-1 Mir fehlt die Zeit.")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert said.startswith(
        "Beschluss 2026/1: Ein Portal\n\n"
        "Die Vorlage BV-1 ist beschlossen, einvernehmlich und in der Sitzung.\n\n"
        "Wortlaut der Fassung 1:\n\n"
        "> Wir bauen eins.\n\n"
        "- Ja: 2 (Lea und Max)\n"
        "- Enthaltung: 1 (Nia)\n"
        "- Abgestimmt haben 3 von 4.\n\n"
        "Erklärungen zur Abstimmung:\n\n"
        "- Nia (Enthaltung): Mir fehlt die Zeit.\n\n"
        "Beschlossen: Mittwoch, 30. September 2026, 12:00 Uhr. Prüfsumme: "
    )
    assert desk.last[0].about == {"id": "2026/1", "state": "passed", "event": "closed"}
    (decision,) = await register(desk)
    assert f"Prüfsumme: {decision.digest[:16]}." in said


async def test_the_ballots_message_and_its_poll_say_that_it_is_over(desk: DeskAtWork) -> None:
    await opens(desk, "")
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert "Die Abstimmung ist beendet: Mittwoch, 30. September 2026, 12:00 Uhr." in shown(desk)
    assert "So stimmen Sie ab" not in shown(desk)
    ends = [sent for sent in desk.last if sent.event_type == POLL_END]
    assert [(end.refers_to, end.body) for end in ends] == [
        (poll(desk), "BV-1: Die Abstimmung ist beendet.")
    ]


async def test_too_few_are_a_result_of_their_own_and_the_paper_is_deferred(
    desk: DeskAtWork,
) -> None:
    await opens(desk, "mehrheitlich")
    await desk.says(LEA, "!kaz ja BV-1")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert "Nicht beschlussfähig: Es haben zu wenige abgestimmt." in said
    assert desk.last[0].about == {"id": "BV-1", "state": "deferred", "event": "closed"}
    assert (await ballot(desk)).result is Result.NO_QUORUM
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    assert (await paper(desk)).state == "voting"


async def test_a_rejected_paper_quotes_why_and_enters_nothing(desk: DeskAtWork) -> None:
    await opens(desk, "")
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz nein BV-1 Das ist zu teuer.")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert "Die Vorlage ist abgelehnt." in said
    assert "- Nia (Nein): Das ist zu teuer." in said
    assert desk.last[0].about == {"id": "BV-1", "state": "rejected", "event": "closed"}
    assert await register(desk) == []


async def test_a_vote_by_circulation_is_not_closed_before_its_end(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert desk.last[0].about == {"code": "bad_state"}
    assert "läuft noch bis Freitag, 2. Oktober 2026, 12:00 Uhr" in said
    assert "Es fehlen noch: Kim, Max und Nia." in said
    assert "!kaz abstimmung abbrechen BV-1" in said
    assert (await ballot(desk)).open


async def test_to_close_it_once_more_tells_what_came_of_it(desk: DeskAtWork) -> None:
    await opens(desk, "mehrheitlich")
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz ja BV-1")
    await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    (said,) = await desk.says(KIM, "!kaz abstimmung schließen BV-1")
    assert desk.last[0].about == {"code": "bad_state"}
    assert "Die Vorlage ist beschlossen: 2026/1." in said
    assert len(await register(desk)) == 1


async def test_the_register_knows_bodies_and_events_and_no_people(desk: DeskAtWork) -> None:
    await seats(desk)
    await files(desk)
    filed = desk.homeserver.events
    await desk.says(KIM, "!kaz abstimmung BV-1 einstimmig")
    await desk.says(LEA, "!kaz ja BV-1 Gern.")
    last = desk.said(MAX, "!kaz ja BV-1")
    await desk.hears(last)
    (decision,) = await register(desk)
    assert [(one.body, one.choice, one.reason, one.seat) for one in decision.votes] == [
        ("Kaz", "yes", "Gern.", "deputy"),
        ("MIK", "yes", "", "member"),
    ]
    assert (decision.wording, decision.mode, decision.manner) == (
        "Wir bauen eins.",
        "unanimous",
        "meeting",
    )
    assert set(decision.events) == {"filed", "opened", "closed"}
    assert set(decision.events.values()) <= set(filed)
    assert decision.events["closed"] == last.event_id
    assert "@" not in str(decision.votes)


async def test_a_cancelled_vote_makes_the_paper_a_draft_again(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    (said,) = await desk.says(KIM, "!kaz abstimmung abbrechen BV-1")
    assert "Kim hat die Abstimmung abgebrochen. Abgegebene Stimmen zählen nicht." in said
    assert "Abgestimmt hatten: Lea." in said
    assert desk.last[0].about == {"id": "BV-1", "state": "draft", "event": "cancelled"}
    assert "Diese Abstimmung gilt nicht mehr." in shown(desk)
    assert (await ballot(desk)).state is BallotState.VOID
    assert await passes(desk, days=3) == []


async def test_a_sign_under_a_vote_that_is_void_counts_in_no_later_one(desk: DeskAtWork) -> None:
    await opens(desk)
    old, old_poll = root(desk), poll(desk)
    await desk.says(KIM, "!kaz abstimmung abbrechen BV-1")
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    (told,) = await desk.reacts(LEA, "✅", old)
    assert told.startswith("Lea: Das kam zu spät, die Stimme zählt nicht.")
    assert await desk.hears(answers(desk, LEA, "yes", to=old_poll)) == []
    assert await votes(desk) == []


async def test_a_changed_wording_voids_the_vote_and_its_message_says_so(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(KIM, "!kaz beschluss BV-1 Wortlaut: Wir bauen zwei.")
    assert desk.told(COMMITTEE) == ["decision:changed"]
    assert "Diese Abstimmung gilt nicht mehr." in shown(desk)
    assert "> Wir bauen eins." in shown(desk)
    assert [sent.refers_to for sent in desk.last if sent.event_type == POLL_END] == [poll(desk)]
    assert (await ballot(desk)).state is BallotState.VOID


async def test_an_adjourned_paper_keeps_its_number_and_waits_for_a_meeting(
    desk: DeskAtWork,
) -> None:
    await opens(desk, "")
    (said,) = await desk.says(KIM, "!kaz abstimmung vertagen BV-1")
    assert "Kim hat die Vorlage vertagt." in said
    assert "Eine Sitzung ist noch nicht geplant." in said
    assert desk.last[0].about == {"id": "BV-1", "state": "deferred", "event": "adjourned"}
    async with desk.store.work() as work:
        (item,) = await work.meetings.waiting_in(COMMITTEE)
    assert item.paper_id == 1


async def test_also_what_is_not_voted_on_can_be_adjourned(desk: DeskAtWork) -> None:
    await files(desk)
    await desk.says(KIM, "!kaz abstimmung vertagen BV-1")
    assert desk.told(COMMITTEE) == ["decision:deferred"]
    assert (await paper(desk)).state == "deferred"


@pytest.mark.parametrize("word", ["schließen", "abbrechen"])
async def test_where_nothing_is_voted_on_there_is_nothing_to_end(
    desk: DeskAtWork, word: str
) -> None:
    await files(desk)
    (said,) = await desk.says(KIM, f"!kaz abstimmung {word} BV-1")
    assert desk.last[0].about == {"code": "bad_state"}
    assert "Über BV-1 wird gerade nicht abgestimmt. Stand der Vorlage: Entwurf." in said


@on_both_databases
async def test_anybody_entitled_can_have_it_talked_about_instead(desk: DeskAtWork) -> None:
    await seats(desk)
    await opens(desk)
    await desk.says(KIM, "!kaz ja BV-1")
    (said,) = await desk.says(NIA, "!kaz mündlich BV-1 Wir haben Fragen.")
    assert "MIK (Nia) bittet um mündliche Behandlung. Grund: Wir haben Fragen." in said
    assert "Die Abstimmung im Umlauf ist beendet." in said
    assert desk.last[0].about == {"id": "BV-1", "state": "deferred", "event": "oral"}
    assert (await ballot(desk)).state is BallotState.ORAL
    assert "Die Vorlage wird mündlich behandelt." in shown(desk)
    await desk.says(MAX, "!kaz ja BV-1")
    assert desk.last[0].about == {"code": "bad_state"}


async def test_only_by_circulation_and_only_who_is_entitled(desk: DeskAtWork) -> None:
    await opens(desk, "")
    await desk.says(LEA, "!kaz mündlich BV-1")
    assert "wird in der Sitzung abgestimmt" in desk.last[0].body
    await desk.says(KIM, "!kaz abstimmung abbrechen BV-1")
    await seats(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    newcomer = UserId("@oda:kaz.test")
    desk.homeserver.rooms.enter(COMMITTEE, newcomer)
    await desk.says(newcomer, "!kaz mündlich BV-1", room=COMMITTEE)
    assert desk.last[0].about == {"code": "not_allowed"}
    assert (await ballot(desk)).open


async def test_what_was_filed_encrypted_is_not_shown_in_the_open(desk: DeskAtWork) -> None:
    await files(desk)
    people = (BOT, KIM, LEA, MAX, NIA)
    desk.homeserver.rooms.put(room(COMMITTEE, *people, name="Gremium", encrypted=False))
    (said,) = await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    assert "Wir bauen eins." not in said
    assert "Der Text steht hier nicht" in said
    assert "Portal" not in str([sent.content for sent in desk.last])


async def meets(desk: DeskAtWork) -> None:
    """A paper is on the agenda of a meeting that runs, and another meeting is planned."""
    await desk.says(KIM, "!kaz sitzung 30.9. 14 Uhr Potsdam")
    await desk.says(KIM, "!kaz sitzung 28.10. 14 Uhr Potsdam")
    await files(desk)
    await desk.says(KIM, "!kaz top BV-1 S-1")
    desk.clock.advance(hours=2)
    await desk.says(KIM, "!kaz sitzung beginnen S-1")


async def agenda(desk: DeskAtWork, number: int) -> list[tuple[object, str]]:
    async with desk.store.work() as work:
        items = await work.meetings.agenda(MeetingId(number))
    return [(item.paper_id, item.result.value) for item in items]


async def test_what_is_decided_in_a_meeting_is_the_result_of_its_item(desk: DeskAtWork) -> None:
    await meets(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1")
    await desk.takes(*(desk.said(who, "!kaz ja BV-1") for who in (KIM, LEA, MAX, NIA)))
    assert await agenda(desk, 1) == [(1, "decided")]
    (decision,) = await register(desk)
    assert decision.meeting == "S-1"


async def test_what_is_adjourned_in_a_meeting_stands_on_the_next_agenda(desk: DeskAtWork) -> None:
    await meets(desk)
    await desk.says(KIM, "!kaz abstimmung BV-1")
    (said,) = await desk.says(KIM, "!kaz abstimmung vertagen BV-1")
    assert "Behandelt wird sie in der Sitzung S-2: Mittwoch, 28. Oktober 2026" in said
    assert (await agenda(desk, 1), await agenda(desk, 2)) == ([(1, "adjourned")], [(1, "")])


async def test_whoever_asks_to_talk_about_it_puts_it_on_the_next_agenda(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz sitzung 28.10. 14 Uhr Potsdam")
    await opens(desk)
    (said,) = await desk.says(LEA, "!kaz mündlich BV-1")
    assert "Behandelt wird sie in der Sitzung S-1: Mittwoch, 28. Oktober 2026" in said
    assert await agenda(desk, 1) == [(1, "")]


async def test_in_a_room_that_replaces_the_old_one_the_vote_goes_on(desk: DeskAtWork) -> None:
    await seats(desk)
    await opens(desk)
    replaced = RoomId("!next:kaz.test")
    state = desk.homeserver.rooms.get(COMMITTEE)
    assert state is not None
    async with desk.store.work() as work:
        await work.rooms.move(COMMITTEE, replaced, desk.clock.now())
    desk.homeserver.rooms.put(replace(state, room_id=replaced))
    await desk.says(KIM, "!kaz ja BV-1", room=replaced)
    (answer,) = desk.last
    assert (answer.room_id, answer.thread, answer.told) == (replaced, None, "decision:voted")
    (result,) = [sent for sent in await passes(desk, days=3) if sent.told == "decision:closed"]
    assert result.room_id == replaced
