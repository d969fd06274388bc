"""Puts what the register says into the words of its files."""

from kaz_bot.domain.committee.ballots import Choice, Manner
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.texts import Speech

_COUNTED = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BIASED)


def manner_of(decision: Decision, speech: Speech) -> str:
    """By circulation, or in which meeting."""
    manner = speech.word("manner", decision.manner)
    meeting = decision.meeting if decision.manner is Manner.MEETING else ""
    return f"{manner} {meeting}".rstrip()


def quorum_of(decision: Decision, speech: Speech) -> str:
    """How many bodies had to take part."""
    if decision.quorum.isdecimal():
        return speech.word("register", "quorum_number").format(count=decision.quorum)
    return speech.word("register", f"quorum_{decision.quorum}")


def counts_of(decision: Decision, speech: Speech) -> str:
    """How many bodies voted how: "Ja: 3, Nein: 0, …"."""
    counts = {choice.value: decision.count(choice) for choice in _COUNTED}
    counts["missing"] = sum(1 for vote in decision.votes if vote.choice is None)
    return ", ".join(f"{speech.word('choice', how)}: {count}" for how, count in counts.items())


def seat_of(vote: CastVote, speech: Speech) -> str:
    """Who cast it: a member or a deputy; nothing if nobody did."""
    return speech.word("register", f"seat_{vote.seat}") if vote.seat else ""


def votes_in_lines(decision: Decision, speech: Speech) -> str:
    """Body by body, a line each."""
    return "\n".join(f"{vote.body}: {speech.word('choice', vote.how)}" for vote in decision.votes)


def explained_in_lines(decision: Decision, speech: Speech) -> str:
    """What was said with the votes, word for word."""
    return "\n".join(f"{source_of(vote, speech)}: {vote.reason}" for vote in decision.explained)


def source_of(vote: CastVote, speech: Speech) -> str:
    """Whose words they are: the body, with its vote."""
    return f"{vote.body} ({speech.word('choice', vote.how)})"


def additions_of(decision: Decision) -> tuple[tuple[str, str], ...]:
    """What the paper said besides, by its part; much of it may be empty."""
    return (
        ("lead", decision.lead),
        ("involved", decision.involved),
        ("money", decision.money),
        ("annexes", decision.annexes),
    )
