"""The rules of the committee are read as operators write them, or refused."""

from datetime import timedelta

import pytest

from kaz_bot.config import load
from kaz_bot.config_committee import notice, quorum, yes_or_no
from kaz_bot.errors import ConfigError
from kaz_bot.messages import UserId

NEEDED = {
    "KAZ_HOMESERVER": "https://matrix.kaz.test",
    "KAZ_USER_ID": "@kaz:kaz.test",
    "KAZ_PASSWORD": "correct horse",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("majority", "majority"),
        ("Mehrheit", "majority"),
        ("ALL", "all"),
        ("alle", "all"),
        ("keine", "none"),
        ("5", "5"),
        ("120", "120"),
    ],
)
def test_a_quorum_is_a_word_or_a_number(text: str, meant: str) -> None:
    assert quorum(text) == meant


@pytest.mark.parametrize("text", ["", "0", "half", "-1", "1000", "50%", "2.5"])
def test_anything_else_is_no_quorum(text: str) -> None:
    with pytest.raises(ValueError, match="write majority, all, none, or a number"):
        quorum(text)


@pytest.mark.parametrize(
    ("text", "meant"), [("yes", True), ("JA", True), ("1", True), ("no", False), ("Nein", False)]
)
def test_yes_and_no_in_both_languages(text: str, *, meant: bool) -> None:
    assert yes_or_no(text) is meant


@pytest.mark.parametrize("text", ["", "vielleicht", "2"])
def test_anything_else_is_neither(text: str) -> None:
    with pytest.raises(ValueError, match="write yes or no"):
        yes_or_no(text)


@pytest.mark.parametrize(
    ("text", "days"), [("14d", 14), ("14", 14), ("14 Tage", 14), ("1 Tag", 1), ("0d", 0)]
)
def test_a_notice_period_is_counted_in_days(text: str, days: int) -> None:
    assert notice(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "2 Wochen", "-1d", "1000d", "14.5"])
def test_anything_else_is_no_notice_period(text: str) -> None:
    with pytest.raises(ValueError, match="write for example 14d"):
        notice(text)


def test_without_settings_more_than_half_decide_and_silence_is_no_consent() -> None:
    settings = load(environ=NEEDED)
    assert (settings.chairs, settings.bots) == (frozenset(), frozenset())
    assert (settings.quorum, settings.silence_consents) == ("majority", False)
    assert settings.notice_period == timedelta(days=14)


def test_each_can_be_set() -> None:
    settings = load(
        environ=NEEDED
        | {
            "KAZ_CHAIR": "@kim:kaz.test, @lea:kaz.test",
            "KAZ_BOTS": "@robo:kaz.test",
            "KAZ_QUORUM": "3",
            "KAZ_SILENCE_CONSENTS": "ja",
            "KAZ_NOTICE_PERIOD": "7d",
        }
    )
    assert settings.chairs == {UserId("@kim:kaz.test"), UserId("@lea:kaz.test")}
    assert settings.bots == {UserId("@robo:kaz.test")}
    assert (settings.quorum, settings.silence_consents) == ("3", True)
    assert settings.notice_period == timedelta(days=7)


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        load(
            environ=NEEDED
            | {
                "KAZ_CHAIR": "kim",
                "KAZ_BOTS": "robo",
                "KAZ_QUORUM": "half",
                "KAZ_SILENCE_CONSENTS": "perhaps",
                "KAZ_NOTICE_PERIOD": "soon",
            }
        )
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        *("KAZ_CHAIR", "KAZ_BOTS", "KAZ_QUORUM", "KAZ_SILENCE_CONSENTS", "KAZ_NOTICE_PERIOD")
    ]
