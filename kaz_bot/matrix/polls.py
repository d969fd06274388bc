"""Polls as clients write and read them (MSC3381)."""

from collections.abc import Sequence

from kaz_bot.matrix.shapes import Json, event_id, items, mapping, text
from kaz_bot.messages import EventId

# The stable names belong to room versions with extensible events, and there is none yet: these
# are what Element and its kin send and show, Element X nothing else.
START = "org.matrix.msc3381.poll.start"
END = "org.matrix.msc3381.poll.end"
_ANSWERED = "org.matrix.msc3381.poll.response"
_DISCLOSED = "org.matrix.msc3381.poll.disclosed"
_TEXT = "org.matrix.msc1767.text"
# A client may be ahead of its time.
_ANSWERED_STABLY = "m.poll.response"
ANSWERS = frozenset({_ANSWERED, _ANSWERED_STABLY})

# A poll has no more answers than that.
_MOST_ANSWERS = 20
_LONGEST_ANSWER = 255


def poll(question: str, answers: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The content of a poll of which one answer can be picked; `answers` are ids and words.

    Clients that know no polls show the fallback, and some of them only `body`.
    """
    numbered = (f"{number}. {words}" for number, (_, words) in enumerate(answers, start=1))
    return {
        START: {
            "question": {_TEXT: question},
            "kind": _DISCLOSED,
            "max_selections": 1,
            "answers": [{"id": identifier, _TEXT: words} for identifier, words in answers],
        },
        **_fallback("\n".join((question, *numbered))),
    }


def poll_end(last_word: str) -> dict[str, object]:
    """The content of the event that ends a poll, without the relation that says which."""
    return {END: {}, **_fallback(last_word)}


def answered_poll(content: Json) -> EventId | None:
    """The poll that is answered, if the answer says so in the proper form."""
    relation = mapping(content.get("m.relates_to"))
    return event_id(relation.get("event_id")) if relation.get("rel_type") == "m.reference" else None


def picked(content: Json) -> tuple[str, ...]:
    """The ids of what was picked. What is malformed picks nothing, as all clients count it."""
    found = list(items(_picked(content)))
    answers = [answer for answer in map(text, found) if answer]
    if len(answers) != len(found) or len(answers) > _MOST_ANSWERS:
        return ()
    return tuple(answers) if all(len(one) <= _LONGEST_ANSWER for one in answers) else ()


def _picked(content: Json) -> object:
    """Where the ids stand: MSC3381 moved them twice."""
    for name in (_ANSWERED, _ANSWERED_STABLY):
        if name in content:
            return mapping(content.get(name)).get("answers")
    return content.get("m.selections")


def _fallback(words: str) -> dict[str, object]:
    return {_TEXT: words, "body": words}
