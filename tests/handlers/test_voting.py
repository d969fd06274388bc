"""Votes by command, by sign and by poll: one vote of a person counts, and it is the last one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.limits import BURST
from kaz_bot.messages import Redacted, UserId
from tests.committee import (
    answers,
    ballot,
    files,
    opens,
    paper,
    picks,
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
    EVAS_CHAT,
    FRED,
    KIM,
    LEA,
    MAX,
    NIA,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)

MAJORITY = "mehrheitlich bis Freitag 12 Uhr"


async def two_ballots(desk: DeskAtWork) -> None:
    await opens(desk)
    await files(desk, "Ein Amt")
    await desk.says(KIM, "!kaz abstimmung BV-2 bis Freitag")


@on_both_databases
async def test_a_vote_is_answered_under_the_ballot_which_shows_who_is_missing(
    desk: DeskAtWork,
) -> None:
    await seats(desk)
    await opens(desk)
    assert await desk.says(KIM, "!kaz ja BV-1") == ["BV-1, Kaz: Ja (Kim).\n\nEs fehlt noch: MIK."]
    answer, edit = desk.last
    assert (answer.thread, answer.msgtype, answer.calls) == (root(desk), "m.notice", [])
    assert answer.about == {"id": "BV-1", "state": "voting", "event": "voted"}
    assert edit.edits == root(desk)
    assert "Abgestimmt haben 1 von 2. Es fehlt noch: MIK." in shown(desk)
    assert await votes(desk) == [(KIM, "yes", "command")]


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("ja", "yes"),
        ("zustimmung", "yes"),
        ("dafür", "yes"),
        ("dafuer", "yes"),
        ("yes", "yes"),
        ("nein", "no"),
        ("ablehnung", "no"),
        ("dagegen", "no"),
        ("einspruch", "no"),
        ("no", "no"),
        ("enthaltung", "abstain"),
        ("abstain", "abstain"),
        ("befangen", "biased"),
        ("biased", "biased"),
    ],
)
async def test_each_choice_has_its_words(desk: DeskAtWork, word: str, choice: str) -> None:
    await opens(desk)
    await desk.says(LEA, f"!kaz {word} BV-1 Darum.")
    assert await votes(desk) == [(LEA, choice, "command")]


@pytest.mark.parametrize(("sign", "choice"), [("✅", "yes"), ("❌", "no"), ("⚪", "abstain")])
async def test_each_sign_is_a_vote(desk: DeskAtWork, sign: str, choice: str) -> None:
    await opens(desk, MAJORITY)
    await desk.reacts(LEA, sign, root(desk))
    await desk.reacts(MAX, sign, poll(desk))
    assert await votes(desk) == [(LEA, choice, "reaction"), (MAX, choice, "reaction")]
    assert desk.told(COMMITTEE) == ["decision:voted"]


@pytest.mark.parametrize("choice", ["yes", "no", "abstain"])
async def test_each_answer_to_the_poll_is_a_vote(desk: DeskAtWork, choice: str) -> None:
    await opens(desk, MAJORITY)
    await picks(desk, LEA, choice)
    assert await votes(desk) == [(LEA, choice, "poll")]
    assert [(sent.told, sent.thread) for sent in desk.last if sent.is_message] == [
        ("decision:voted", root(desk))
    ]


@on_both_databases
async def test_command_sign_and_poll_are_in_step_and_the_last_one_counts(
    desk: DeskAtWork,
) -> None:
    await opens(desk, MAJORITY)
    await desk.says(LEA, "!kaz ja BV-1")
    desk.clock.advance(seconds=1)
    await desk.reacts(LEA, "⚪", root(desk))
    assert "Lea: Enthaltung.\n\nDiese Stimme ersetzt die bisherige." in desk.last[0].body
    desk.clock.advance(seconds=1)
    await picks(desk, LEA, "no")
    assert "Lea: Nein." in desk.last[0].body
    assert await votes(desk) == [
        (LEA, "yes", "command"),
        (LEA, "abstain", "reaction"),
        (LEA, "no", "poll"),
    ]
    assert [event for event, _ in await trail(desk)] == ["filed", "opened", *["voted"] * 3]


async def test_the_same_by_another_sign_is_kept_and_not_answered_again(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.reacts(LEA, "✅", root(desk))
    assert desk.last == []
    await picks(desk, LEA, "yes")
    assert desk.last == []
    assert await votes(desk) == [
        (LEA, "yes", "command"),
        (LEA, "yes", "reaction"),
        (LEA, "yes", "poll"),
    ]


async def test_the_same_by_command_is_answered_for_it_was_typed(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.reacts(LEA, "✅", root(desk))
    (said,) = await desk.says(LEA, "!kaz ja BV-1")
    assert "Das war schon die bisherige Stimme. Sie gilt weiter." in said


async def test_a_reaction_that_is_removed_takes_the_vote_back(desk: DeskAtWork) -> None:
    await opens(desk)
    pressed = desk.reacted(LEA, "✅", root(desk))
    await desk.hears(pressed)
    await desk.redacts(LEA, pressed.event_id)
    assert "BV-1, Lea: Die Stimme ist zurückgenommen." in desk.last[0].body
    assert "Abgestimmt haben 0 von 4." in shown(desk)
    assert await votes(desk) == [(LEA, "yes", "reaction"), (LEA, "none", "reaction")]


async def test_so_does_a_command_that_is_removed_and_a_poll_that_is_emptied(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    typed = desk.said(LEA, "!kaz ja BV-1")
    await desk.hears(typed)
    await desk.redacts(LEA, typed.event_id)
    await picks(desk, MAX, "yes")
    await picks(desk, MAX)
    picked = answers(desk, NIA, "abstain")
    await desk.hears(picked)
    await desk.redacts(NIA, picked.event_id)
    assert "Abgestimmt haben 0 von 4." in shown(desk)


async def test_a_sign_that_was_replaced_takes_nothing_back_when_it_is_removed(
    desk: DeskAtWork,
) -> None:
    await opens(desk, MAJORITY)
    first = desk.reacted(LEA, "✅", root(desk))
    await desk.hears(first)
    await desk.reacts(LEA, "❌", root(desk))
    await desk.redacts(LEA, first.event_id)
    assert desk.last == []
    assert "Abgestimmt haben 1 von 4." in shown(desk)


async def test_nobody_unmakes_the_vote_of_somebody_else(desk: DeskAtWork) -> None:
    await opens(desk)
    typed = desk.said(LEA, "!kaz nein BV-1 Das ist Zinnober.")
    await desk.hears(typed)
    await desk.redacts(KIM, typed.event_id)
    assert desk.last == []
    assert "Abgestimmt haben 1 von 4." in shown(desk)
    assert "Zinnober" not in await desk.remembers()


async def test_a_removed_reason_leaves_also_the_sign_that_repeated_it(desk: DeskAtWork) -> None:
    await opens(desk)
    typed = desk.said(LEA, "!kaz nein BV-1 Das ist Zinnober.")
    await desk.hears(typed)
    desk.clock.advance(seconds=1)
    await desk.reacts(LEA, "❌", root(desk))
    assert desk.last == []
    await desk.redacts(LEA, typed.event_id)
    assert "Zinnober" not in await desk.remembers()


async def test_an_answer_that_was_not_offered_takes_the_vote_back(desk: DeskAtWork) -> None:
    await opens(desk)
    await picks(desk, LEA, "yes")
    await picks(desk, LEA, "biased", "yes")
    assert await votes(desk) == [(LEA, "yes", "poll"), (LEA, "none", "poll")]


async def test_of_several_answers_the_first_is_meant(desk: DeskAtWork) -> None:
    await opens(desk)
    await picks(desk, LEA, "abstain", "yes")
    assert await votes(desk) == [(LEA, "abstain", "poll")]


async def test_to_empty_a_poll_that_one_has_not_answered_is_nothing(desk: DeskAtWork) -> None:
    await opens(desk)
    assert await picks(desk, LEA) == []
    assert await picks(desk, UserId("@kaz-spectator:kaz.test")) == []


async def test_without_a_number_the_only_open_vote_is_meant(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja")
    await desk.says(MAX, "!kaz nein Das ist zu teuer.")
    assert await votes(desk) == [(LEA, "yes", "command"), (MAX, "no", "command")]


async def test_of_several_open_votes_the_numbers_are_listed(desk: DeskAtWork) -> None:
    await two_ballots(desk)
    (said,) = await desk.says(LEA, "!kaz ja")
    assert desk.last[0].about == {"code": "bad_argument"}
    assert said == (
        "Welche Vorlage meinen Sie? Abgestimmt wird über:\n\n"
        "- !kaz ja BV-1: Ein Portal\n"
        "- !kaz ja BV-2: Ein Amt"
    )


async def test_in_a_ballots_thread_and_in_answer_to_its_poll_it_is_that_one(
    desk: DeskAtWork,
) -> None:
    await two_ballots(desk)
    command = desk.said(LEA, "!kaz ja", thread=root(desk, 1))
    await desk.hears(command)
    assert desk.last[0].replies_to == command.event_id
    await desk.says(LEA, "!kaz enthaltung", reply_to=poll(desk, 2))
    assert (await votes(desk, 1), await votes(desk, 2)) == (
        [(LEA, "yes", "command")],
        [(LEA, "abstain", "command")],
    )


async def test_a_number_is_meant_before_the_thread_also_behind_a_small_word(
    desk: DeskAtWork,
) -> None:
    await two_ballots(desk)
    await desk.says(LEA, "!kaz ja zu BV-2", thread=root(desk, 1))
    await desk.says(MAX, "!kaz enthaltung BV-2: keine Zeit", thread=root(desk, 1))
    assert (await votes(desk, 1), len(await votes(desk, 2))) == ([], 2)


async def test_a_reason_that_names_another_paper_is_not_guessed_about(desk: DeskAtWork) -> None:
    await files(desk, "Ein Amt")
    await files(desk)
    await desk.says(KIM, "!kaz abstimmung BV-2 bis Freitag")
    await desk.says(LEA, "!kaz nein Das steht schon in BV-1")
    assert desk.last[0].about == {"code": "bad_argument"}
    await desk.says(LEA, "!kaz nein BV-2 Das steht schon in BV-1")
    assert desk.told(COMMITTEE) == ["decision:voted"]


async def test_where_nothing_is_voted_on_a_vote_is_told_so(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz ja")
    assert "Zurzeit wird hier über keine Vorlage abgestimmt." in desk.last[0].body
    await files(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    assert desk.last[0].about == {"code": "bad_state"}
    assert "Über BV-1 wird gerade nicht abgestimmt." in desk.last[0].body


async def test_an_objection_needs_a_reason(desk: DeskAtWork) -> None:
    await opens(desk)
    assert await desk.says(LEA, "!kaz nein BV-1") == [
        (
            "Ein Einspruch braucht eine Begründung. Ihre Stimme ist noch nicht abgegeben. "
            "So geht es: !kaz nein BV-1 <Grund>"
        )
    ]
    assert desk.last[0].about == {"code": "bad_argument"}
    assert await votes(desk) == []


@pytest.mark.parametrize("mode", ["mehrheitlich", "einstimmig"])
async def test_where_it_is_one_vote_among_others_it_needs_none(desk: DeskAtWork, mode: str) -> None:
    await opens(desk, f"{mode} bis Freitag")
    await desk.says(LEA, "!kaz nein BV-1")
    assert await votes(desk) == [(LEA, "no", "command")]


@on_both_databases
async def test_whoever_objects_by_a_sign_is_called_to_say_why(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.reacts(LEA, "❌", root(desk))
    called = desk.last[0]
    assert (called.thread, called.calls, called.msgtype) == (root(desk), [LEA], "m.text")
    assert "Lea: Einspruch angekündigt." in called.body
    assert "!kaz nein BV-1 <Grund>" in called.body
    assert "Abgestimmt haben 0 von 4." in shown(desk)
    assert "Ohne Begründung zählt ein Einspruch nicht. Sie fehlt von: Lea." in shown(desk)
    desk.clock.advance(minutes=1)
    await desk.says(LEA, "!kaz nein BV-1 Das ist zu teuer.")
    assert "Abgestimmt haben 1 von 4." in shown(desk)


async def test_an_objection_whose_reason_is_known_is_repeated_without_it(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz nein BV-1 Das ist zu teuer.")
    await desk.says(LEA, "!kaz nein BV-1")
    assert desk.told(COMMITTEE) == ["decision:voted"]
    assert "Abgestimmt haben 1 von 4." in shown(desk)


async def test_a_reason_is_no_longer_than_it_can_be_quoted(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, f"!kaz nein BV-1 {'x' * 1001}")
    assert desk.last[0].about == {"code": "too_long"}


@on_both_databases
async def test_a_deputys_vote_counts_until_the_member_votes(desk: DeskAtWork) -> None:
    await seats(desk)
    await opens(desk, MAJORITY)
    (said,) = await desk.says(LEA, "!kaz nein BV-1")
    assert said == "BV-1, Kaz: Nein (Lea, Vertretung).\n\nEs fehlt noch: MIK."
    (said,) = await desk.says(KIM, "!kaz ja BV-1")
    assert "Diese Stimme ersetzt die bisherige." in said
    (said,) = await desk.says(LEA, "!kaz nein BV-1 Trotzdem.")
    assert "Diese Stimme zählt nicht, denn das Mitglied hat schon abgestimmt." in said
    await desk.says(MAX, "!kaz ja BV-1")
    (decision,) = await register(desk)
    assert [(vote.body, vote.choice) for vote in decision.votes] == [("Kaz", "yes"), ("MIK", "yes")]


async def test_whoever_is_biased_leaves_it_to_the_deputy(desk: DeskAtWork) -> None:
    await seats(desk)
    await opens(desk)
    (said,) = await desk.says(KIM, "!kaz befangen BV-1 Es ist mein Haus.")
    assert "BV-1, Kaz: befangen (Kim)." in said
    assert "Für diese Stelle kann noch jemand anderes abstimmen." in said
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(LEA, "!kaz befangen BV-1")
    (decision,) = await register(desk)
    assert [(vote.body, vote.choice) for vote in decision.votes] == [
        ("Kaz", "biased"),
        ("MIK", "yes"),
    ]


@on_both_databases
async def test_with_the_last_missing_vote_it_is_counted_at_once(desk: DeskAtWork) -> None:
    await opens(desk)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.reacts(MAX, "✅", root(desk))
    await picks(desk, NIA, "abstain")
    await desk.says(KIM, "!kaz ja BV-1")
    assert desk.told(COMMITTEE) == ["decision:voted", "decision:closed"]
    assert (await paper(desk)).state == "passed"
    assert [str(decision.number) for decision in await register(desk)] == ["2026/1"]
    edits = [sent for sent in desk.last if sent.edits == root(desk)]
    assert len(edits) == 1


async def test_to_take_back_an_announced_objection_can_be_what_was_missing(
    desk: DeskAtWork,
) -> None:
    await seats(desk)
    await opens(desk)
    pressed = desk.reacted(KIM, "❌", root(desk))
    await desk.hears(pressed)
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    assert (await ballot(desk)).open
    await desk.redacts(KIM, pressed.event_id)
    assert desk.told(COMMITTEE) == ["decision:voted", "decision:closed"]
    assert (await paper(desk)).state == "passed"


@pytest.mark.parametrize("text", ["!kaz ja BV-1", "!kaz mündlich BV-1"])
async def test_a_command_after_the_end_is_refused_as_late(desk: DeskAtWork, text: str) -> None:
    await opens(desk)
    desk.clock.advance(days=2, seconds=1)
    (said,) = await desk.says(LEA, text)
    assert desk.last[0].about == {"code": "bad_state"}
    assert said.startswith("Das kam zu spät, ")
    assert "endete: Freitag, 2. Oktober 2026, 12:00 Uhr." in said
    assert (await ballot(desk)).open


async def test_a_vote_of_the_very_last_moment_is_in_time_however_late_it_is_heard(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(days=2)
    at_the_end = desk.said(LEA, "!kaz ja BV-1")
    too_late = desk.said(MAX, "!kaz ja BV-1", sent_at=desk.clock.now() + timedelta(milliseconds=1))
    desk.clock.advance(seconds=1)
    await desk.takes(at_the_end, too_late)
    assert desk.told(COMMITTEE) == ["decision:voted", "error:bad_state"]
    assert await votes(desk) == [(LEA, "yes", "command")]


async def test_after_the_result_a_late_vote_is_told_what_came_of_it(desk: DeskAtWork) -> None:
    await seats(desk)
    await opens(desk)
    await desk.says(KIM, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    (said,) = await desk.says(NIA, "!kaz nein BV-1 Doch nicht.")
    assert "Das Ergebnis: beschlossen, 2026/1." in said


@on_both_databases
async def test_a_late_sign_and_a_late_answer_are_told_once_under_the_ballot(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    desk.clock.advance(days=2, seconds=1)
    (said,) = await desk.reacts(LEA, "✅", root(desk))
    assert said.startswith("Lea: Das kam zu spät, die Stimme zählt nicht.")
    assert (desk.last[0].thread, desk.last[0].about) == (root(desk), {"code": "bad_state"})
    assert await picks(desk, LEA, "no") == []
    assert len(await picks(desk, MAX, "no")) == 1
    assert await votes(desk) == []


async def test_who_has_no_seat_is_told_once_and_never_counted(desk: DeskAtWork) -> None:
    await seats(desk)
    newcomer = UserId("@oda:kaz.test")
    desk.homeserver.rooms.enter(COMMITTEE, newcomer)
    await opens(desk)
    (said,) = await desk.reacts(newcomer, "✅", root(desk), room=COMMITTEE)
    assert said.startswith(
        "Oda: Über BV-1 können Sie nicht abstimmen. "
        "Stimmberechtigt waren bei der Eröffnung: Kaz und MIK."
    )
    assert (desk.last[0].thread, desk.last[0].about) == (root(desk), {"code": "not_allowed"})
    assert await desk.reacts(newcomer, "❌", root(desk), room=COMMITTEE) == []
    assert len(await desk.says(newcomer, "!kaz ja BV-1", room=COMMITTEE)) == 1
    assert desk.last[0].about == {"code": "not_allowed"}
    assert await votes(desk) == []


async def test_bots_and_people_of_other_servers_do_not_count(open_desk: OpenDesk) -> None:
    robot = UserId("@robot:kaz.test")
    desk = await open_desk(bots=frozenset({robot}))
    desk.homeserver.rooms.enter(COMMITTEE, robot, FRED)
    await opens(desk)
    assert "Stimmberechtigt: Kim, Lea, Max und Nia" in shown(desk)
    await desk.reacts(FRED, "✅", root(desk), room=COMMITTEE)
    await desk.hears(answers(desk, FRED, "yes"))
    await desk.reacts(robot, "✅", root(desk), room=COMMITTEE)
    await desk.hears(replace(desk.reacted(KIM, "✅", root(desk)), sender=BOT))
    assert await votes(desk) == []


async def test_who_has_left_the_room_votes_no_more(desk: DeskAtWork) -> None:
    await opens(desk)
    desk.homeserver.rooms.leave(COMMITTEE, LEA)
    await desk.reacts(LEA, "✅", root(desk))
    await picks(desk, LEA, "yes")
    await desk.says(LEA, "!kaz ja BV-1")
    assert await votes(desk) == []


async def test_other_signs_and_signs_elsewhere_are_no_votes(desk: DeskAtWork) -> None:
    await opens(desk)
    opened = root(desk)
    await desk.reacts(LEA, "🎉", opened)
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.reacts(LEA, "✅", desk.last[0].event_id)
    assert desk.last == []
    assert await votes(desk) == [(MAX, "yes", "command")]


async def test_without_the_prefix_yes_is_a_word_of_ordinary_talk(desk: DeskAtWork) -> None:
    await opens(desk)
    assert await desk.says(LEA, "ja BV-1") == []
    await desk.says(EVA, "ja", room=EVAS_CHAT)
    assert await votes(desk) == []


async def test_a_command_that_was_meant_for_an_earlier_vote_counts_in_no_later_one(
    desk: DeskAtWork,
) -> None:
    await opens(desk)
    meant = desk.said(LEA, "!kaz ja BV-1")
    desk.clock.advance(minutes=10)
    await desk.says(KIM, "!kaz abstimmung abbrechen BV-1")
    await desk.says(KIM, "!kaz abstimmung BV-1 bis Freitag")
    (said,) = await desk.hears(meant)
    assert desk.last[0].about == {"code": "bad_state"}
    assert "noch nicht eröffnet" in said
    assert await votes(desk) == []


async def test_what_was_sent_earlier_and_is_heard_later_does_not_replace(
    desk: DeskAtWork,
) -> None:
    await opens(desk, MAJORITY)
    first = desk.said(LEA, "!kaz nein BV-1")
    desk.clock.advance(minutes=1)
    await desk.says(LEA, "!kaz ja BV-1")
    (said,) = await desk.hears(first)
    assert "Diese Stimme zählt nicht, denn es gibt eine spätere." in said


async def test_a_clock_that_is_ahead_does_not_make_a_vote_the_last_one(desk: DeskAtWork) -> None:
    await opens(desk, MAJORITY)
    ahead = desk.said(LEA, "!kaz ja BV-1", sent_at=desk.clock.now() + timedelta(hours=3))
    await desk.hears(ahead)
    desk.clock.advance(minutes=1)
    (said,) = await desk.says(LEA, "!kaz nein BV-1")
    assert "Diese Stimme ersetzt die bisherige." in said


async def test_an_edit_votes_no_second_time(desk: DeskAtWork) -> None:
    await opens(desk, MAJORITY)
    typed = desk.said(LEA, "!kaz ja BV-1")
    await desk.hears(typed)
    assert await desk.edits(LEA, typed.event_id, "!kaz nein BV-1") == []
    assert await votes(desk) == [(LEA, "yes", "command")]


async def test_a_redaction_from_another_room_changes_nothing(desk: DeskAtWork) -> None:
    await opens(desk)
    typed = desk.said(LEA, "!kaz nein BV-1 Das ist zu teuer.")
    await desk.hears(typed)
    await desk.takes(
        Redacted(
            event_id=desk.homeserver.new_event_id(),
            room_id=EVAS_CHAT,
            sender=EVA,
            sent_at=desk.clock.now(),
            target=typed.event_id,
        )
    )
    assert "zu teuer" in await desk.remembers()
    assert "Abgestimmt haben 1 von 4." in shown(desk)


async def test_nobody_makes_the_bot_count_without_end(desk: DeskAtWork) -> None:
    await opens(desk)
    picked = [answers(desk, LEA, "yes") for _ in range(BURST + 2)]
    await desk.takes(*picked)
    assert desk.told(COMMITTEE) == ["decision:voted", "error:rate_limited"]
    assert desk.last[-1].thread == poll(desk)
    assert len(await votes(desk)) == BURST


async def test_in_english_as_well(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    await opens(desk, "until Friday noon by majority")
    assert await desk.says(LEA, "!kaz no BV-1 Too expensive") == [
        "BV-1, Lea: No.\n\nStill missing are 3: Kim, Max and Nia."
    ]
