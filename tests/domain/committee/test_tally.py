"""How votes are counted: one for each body, by the mode and the quorum of the ballot."""

from datetime import timedelta

import pytest

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode, Result, Vote, Way
from kaz_bot.domain.committee.tally import BodyVote, Tally, needed, tally
from tests.domain.committee.ballots import (
    DUE,
    KIM,
    LEA,
    MAX,
    NIA,
    OPENED,
    ballot,
    deputy,
    member,
    vote,
)

YES, NO, ABSTAIN, BIASED, NONE = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BIASED, Choice.NONE
THREE = [member("A", KIM), member("B", LEA), member("C", MAX)]


def three(*choices: Choice, mode: Mode = Mode.CONSENSUS, quorum: str = "none") -> Tally:
    """Three bodies, of which as many have voted as there are choices."""
    people = (KIM, LEA, MAX)
    votes = [vote(one, choice, "weil") for one, choice in zip(people, choices, strict=False)]
    return tally(ballot(mode, quorum=quorum), THREE, votes, final=True)


def of_a(*votes: Vote, final: bool = False) -> BodyVote:
    """How body A votes, which has a member and a deputy."""
    electors = [member("A", KIM), deputy("A", LEA)]
    return tally(ballot(), electors, votes, final=final).of("A")


@pytest.mark.parametrize(
    ("mode", "choices", "result"),
    [
        (Mode.CONSENSUS, (YES, YES, YES), Result.PASSED),
        (Mode.CONSENSUS, (YES, ABSTAIN, ABSTAIN), Result.PASSED),
        (Mode.CONSENSUS, (YES, YES, NO), Result.REJECTED),
        (Mode.CONSENSUS, (ABSTAIN, ABSTAIN, ABSTAIN), Result.REJECTED),
        (Mode.CONSENSUS, (YES,), Result.PASSED),
        (Mode.UNANIMOUS, (YES, YES, ABSTAIN), Result.PASSED),
        (Mode.UNANIMOUS, (YES, YES, NO), Result.REJECTED),
        (Mode.UNANIMOUS, (ABSTAIN,), Result.REJECTED),
        (Mode.MAJORITY, (YES, YES, NO), Result.PASSED),
        (Mode.MAJORITY, (YES, NO, ABSTAIN), Result.REJECTED),
        (Mode.MAJORITY, (YES, ABSTAIN, ABSTAIN), Result.PASSED),
        (Mode.MAJORITY, (NO, NO, YES), Result.REJECTED),
        (Mode.MAJORITY, (), Result.NO_QUORUM),
        (Mode.CONSENSUS, (BIASED, BIASED, BIASED), Result.NO_QUORUM),
        (Mode.CONSENSUS, (BIASED, BIASED, YES), Result.PASSED),
    ],
)
def test_each_mode_has_its_own_rule(
    mode: Mode, choices: tuple[Choice, ...], result: Result
) -> None:
    assert three(*choices, mode=mode).result is result


@pytest.mark.parametrize(
    ("quorum", "choices", "quorate"),
    [
        ("majority", (YES, ABSTAIN), True),
        ("majority", (YES,), False),
        ("majority", (YES, BIASED, BIASED), True),
        ("all", (YES, YES), False),
        ("all", (YES, YES, BIASED), True),
        ("none", (YES,), True),
        ("2", (YES, NO), True),
        ("3", (YES, NO), False),
    ],
)
def test_a_quorum_is_made_by_those_who_take_part(
    quorum: str, choices: tuple[Choice, ...], quorate: bool
) -> None:
    assert three(*choices, quorum=quorum).quorate is quorate


@pytest.mark.parametrize(("entitled", "majority"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_a_majority_is_more_than_half(entitled: int, majority: int) -> None:
    assert needed("majority", entitled) == majority


def test_without_a_quorum_nothing_is_decided_however_they_voted() -> None:
    assert three(YES, quorum="majority").result is Result.NO_QUORUM


def test_the_last_vote_of_a_person_counts_and_of_two_at_once_the_one_heard_later() -> None:
    assert of_a(vote(KIM, YES, minute=2), vote(KIM, NO, "zu teuer", minute=1)).choice is YES
    assert of_a(vote(KIM, NO, "weil", number=1), vote(KIM, YES, number=2)).choice is YES


def test_what_was_taken_back_is_no_vote() -> None:
    votes = (vote(KIM, YES, minute=1), vote(KIM, NONE, minute=2))
    assert of_a(*votes).missing
    assert of_a(*votes, final=True).choice is None


def test_the_deputy_votes_until_the_member_does() -> None:
    by_deputy = vote(LEA, YES, minute=5)
    assert (of_a(by_deputy).choice, of_a(by_deputy).person) == (YES, LEA)
    both = of_a(vote(KIM, ABSTAIN, minute=1), by_deputy)
    assert (both.choice, both.person) == (ABSTAIN, KIM)
    assert of_a(vote(KIM, NONE, minute=6), by_deputy).person == LEA


def test_of_two_members_the_last_one_speaks_for_the_body() -> None:
    electors = [member("A", KIM), member("A", LEA)]
    votes = [vote(KIM, YES, minute=2), vote(LEA, ABSTAIN, minute=1)]
    assert tally(ballot(), electors, votes).of("A").choice is YES


def test_a_biased_member_leaves_it_to_the_deputy() -> None:
    assert of_a(vote(KIM, BIASED)).missing
    assert of_a(vote(KIM, BIASED)).waited_for(deputies=False) == (LEA,)
    assert of_a(vote(KIM, BIASED), vote(LEA, YES)).choice is YES


def test_a_body_is_biased_when_all_its_seats_are_or_nobody_else_votes_until_the_end() -> None:
    assert of_a(vote(KIM, BIASED), vote(LEA, BIASED)).choice is BIASED
    assert of_a(vote(KIM, BIASED), final=True).choice is BIASED


def test_a_biased_deputy_changes_nothing_for_the_member() -> None:
    assert of_a(vote(LEA, BIASED)).waited_for(deputies=True) == (KIM,)
    assert of_a(vote(LEA, BIASED), vote(KIM, YES)).choice is YES


def test_what_is_cast_after_the_end_is_not_counted() -> None:
    at_the_end = (DUE - OPENED) / timedelta(minutes=1)
    last = vote(KIM, YES, minute=at_the_end)
    late = vote(KIM, NO, "doch nicht", minute=at_the_end + 0.01)
    assert of_a(last, late, final=True).choice is YES


def test_an_objection_by_a_sign_waits_for_its_reason_and_does_not_count_without() -> None:
    announced = vote(MAX, NO, way=Way.REACTION)
    votes = [vote(KIM, YES), vote(LEA, YES), announced]
    running = tally(ballot(), THREE, votes)
    assert [body.body for body in running.missing] == ["C"]
    assert running.of("C").waited_for(deputies=True) == (MAX,)
    counted = tally(ballot(), THREE, votes, final=True)
    assert [body.body for body in counted.unexplained] == ["C"]
    assert (counted.result, counted.count(NO)) == (Result.PASSED, 0)


def test_an_objection_counts_as_soon_as_its_reason_is_given() -> None:
    votes = [vote(MAX, NO, way=Way.POLL), vote(MAX, NO, "zu teuer", minute=2)]
    counted = tally(ballot(), THREE, votes, final=True)
    assert [(one.body, one.reason) for one in counted.dissent] == [("C", "zu teuer")]
    assert counted.unexplained == ()


def test_an_objection_whose_words_were_erased_still_counts() -> None:
    assert of_a(vote(KIM, NO, "", way=Way.COMMAND)).choice is NO


@pytest.mark.parametrize("mode", [Mode.UNANIMOUS, Mode.MAJORITY])
def test_where_one_no_is_only_a_vote_it_needs_no_reason(mode: Mode) -> None:
    votes = [vote(KIM, NO, way=Way.REACTION)]
    assert tally(ballot(mode), THREE, votes).of("A").choice is NO


def test_the_deputy_cannot_vote_away_an_objection_that_is_still_to_be_explained() -> None:
    assert of_a(vote(KIM, NO, way=Way.REACTION), vote(LEA, YES, minute=2)).unexplained


def test_silence_is_no_vote_unless_the_rules_say_so() -> None:
    silent = ballot(quorum="all", silence_consents=True)
    assert tally(ballot(quorum="all"), THREE, [], final=True).result is Result.NO_QUORUM
    counted = tally(silent, THREE, [vote(KIM, ABSTAIN)], final=True)
    assert (counted.result, counted.count(YES)) == (Result.PASSED, 2)
    assert [body.silent for body in counted.bodies] == [False, True, True]


def test_silence_consents_only_by_circulation_and_at_the_end() -> None:
    silent = ballot(silence_consents=True)
    in_meeting = ballot(silence_consents=True, manner=Manner.MEETING, due_at=None)
    assert len(tally(silent, THREE, []).missing) == 3
    assert len(tally(in_meeting, THREE, [], final=True).missing) == 3


def test_whoever_is_biased_or_objects_without_a_reason_is_not_silent() -> None:
    silent = ballot(silence_consents=True)
    votes = [vote(KIM, BIASED), vote(LEA, NO, way=Way.REACTION)]
    counted = tally(silent, THREE, votes, final=True)
    assert [body.choice for body in counted.bodies] == [BIASED, None, YES]


def test_nobody_is_missing_when_each_body_has_voted() -> None:
    assert not three(YES, YES).complete
    assert three(YES, NO, BIASED).complete
    assert not tally(ballot(), [], []).complete


def test_votes_of_people_without_a_seat_are_no_votes() -> None:
    assert tally(ballot(), THREE, [vote(NIA, YES)]).voted == ()


def test_bodies_stand_in_the_order_in_which_they_were_named() -> None:
    mixed = [deputy("B", NIA), member("C", MAX), member("A", KIM), member("B", LEA)]
    assert [body.body for body in tally(ballot(), mixed, []).bodies] == ["A", "B", "C"]
    assert tally(ballot(), mixed, []).of("B").waited_for(deputies=True) == (LEA, NIA)
    assert tally(ballot(), mixed, []).of("B").waited_for(deputies=False) == (LEA,)
