"""The scene that ships is complete: every name in it stands for something that was there before."""

from collections.abc import Iterable
from dataclasses import fields
from itertools import chain

import pytest

from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.script import BOT, Act, Scene, Sight

LANGUAGES = {"de", "en"}
SCENE = Scene.read()
ACTS = tuple(chain.from_iterable(beat.acts for beat in SCENE.beats))
SIGHTS = tuple(chain.from_iterable(beat.sights for beat in SCENE.beats))


def labels(things: Iterable[Act | Sight]) -> list[str]:
    return [thing.label for thing in things if thing.label]


def referred(things: Iterable[Act | Sight]) -> set[str]:
    """The labels things refer to."""
    names = ("thread", "to", "edits", "redacts")
    return {getattr(thing, name, "") for thing in things for name in names} - {""}


def test_every_sentence_is_told_in_both_languages() -> None:
    told = [
        *(person.role for person in SCENE.people.values()),
        *(beat.title for beat in SCENE.beats if beat.title),
        *(sight.why for sight in SIGHTS),
    ]
    assert {frozenset(sentence) for sentence in told} == {frozenset(LANGUAGES)}


def test_every_label_is_given_once() -> None:
    given = labels((*ACTS, *SIGHTS))
    assert sorted(set(given)) == sorted(given)


def test_no_beat_refers_to_what_has_not_come_yet() -> None:
    beats = SCENE.beats
    given = [set(labels((*beat.acts, *beat.sights))) for beat in beats]
    early = [
        referred((*beat.acts, *beat.sights)) - set().union(*given[: number + 1])
        for number, beat in enumerate(beats)
    ]
    assert set().union(*early) == set()


def test_everybody_who_acts_is_of_the_cast() -> None:
    people = {*SCENE.people, "winner", "loser"}
    assert {act.by for act in ACTS} <= people
    assert set(chain.from_iterable(sight.calls for sight in SIGHTS)) <= people
    assert set(chain.from_iterable(act.mentions for act in ACTS)) <= {BOT}


def test_everything_happens_in_a_room_of_the_scene() -> None:
    rooms = {*SCENE.rooms, *(f"direct:{person}" for person in SCENE.people)}
    assert {act.room for act in ACTS} | {sight.room for sight in SIGHTS} <= rooms


def test_every_file_of_the_scene_is_sent_and_compared() -> None:
    assert {act.sends for act in ACTS} - {""} == set(SCENE.files)
    assert {sight.file for sight in SIGHTS} - {""} == set(SCENE.files)


def test_every_way_to_expect_something_is_used() -> None:
    used = {field.name for field in fields(Sight) for sight in SIGHTS if getattr(sight, field.name)}
    assert used == {field.name for field in fields(Sight)}


@pytest.mark.parametrize("beat", [{"acts": [{"by": "jana", "shouts": "Hallo"}]}, {"sight": []}])
def test_a_typing_error_in_a_scene_is_named(beat: dict[str, object]) -> None:
    with pytest.raises(DemoError, match=r"unexpected keyword argument '(shouts|sight)'"):
        Scene.of({"people": [], "rooms": [], "beats": [beat]})
