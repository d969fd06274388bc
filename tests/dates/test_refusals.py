"""Each refusal says what is wrong and what would do, in both languages."""

from datetime import datetime

import pytest

from kaz_bot.dates import BadDate, Reason, Use
from kaz_bot.errors import ErrorCode
from kaz_bot.texts import Texts
from tests.dates.examples import BERLIN, READER

NOW = datetime(2026, 2, 17, 9, 10, tzinfo=BERLIN)
TEXTS = Texts()
WORDED = {
    ("Donnerstag, 18.03.2026", "de"): (
        "Der 18. März 2026 ist ein Mittwoch, kein Donnerstag. Meinen Sie Mittwoch, 18. März 2026, "
        "oder Donnerstag, 19. März 2026?"
    ),
    ("Donnerstag, 18.03.2026", "en"): (
        "18 March 2026 is a Wednesday, not a Thursday. Do you mean Wednesday, 18 March 2026, "
        "or Thursday, 19 March 2026?"
    ),
    ("30.2.", "de"): (
        "„30.2.“ gibt es nicht: Kein Kalender hat diesen Tag und keine Uhr diese Zeit. "
        "Bitte prüfen Sie die Zahlen. So geht es zum Beispiel: 15.10. um 9:30"
    ),
    ("gestern", "de"): (
        "„gestern“ liegt in der Vergangenheit: Montag, 16. Februar 2026. "
        "Bitte nennen Sie einen späteren Zeitpunkt, zum Beispiel: morgen um 9 Uhr"
    ),
    ("heute 8 Uhr", "en"): (
        "“heute 8 Uhr” is in the past: Tuesday, 17 February 2026, 8:00. "
        "Please say a later time, for example: tomorrow at 9"
    ),
    ("Montag oder Dienstag 12 Uhr", "de"): (
        "„Montag oder Dienstag 12 Uhr“ ist mehrdeutig. Meinen Sie Montag, 23. Februar 2026, "
        "9:00 Uhr, oder Dienstag, 17. Februar 2026, 12:00 Uhr? Bitte nennen Sie einen Tag, und "
        "wenn nötig die Uhrzeit, zum Beispiel: Freitag um 9 Uhr"
    ),
    ("jeden zweiten Donnerstag", "de"): (
        "„jeden zweiten Donnerstag“ ist mehrdeutig. Meinen Sie Donnerstag, 19. Februar 2026, "
        "9:00 Uhr, oder Donnerstag, 12. März 2026, 9:00 Uhr? Bitte nennen Sie einen Tag, und "
        "wenn nötig die Uhrzeit, zum Beispiel: Freitag um 9 Uhr"
    ),
    ("zeitnah", "en"): (
        "“zeitnah” is ambiguous. Please say a day, and a time if need be, for example: Friday at 9"
    ),
    ("29.3.2026 2:15", "de"): (
        "„29.3.2026 2:15“ gibt es nicht: In dieser Nacht wird die Uhr um eine Stunde vorgestellt. "
        "Meinen Sie Sonntag, 29. März 2026, 3:15 Uhr? Bitte nennen Sie eine andere Uhrzeit."
    ),
    ("asdf", "de"): (
        "„asdf“ habe ich nicht als Zeitpunkt verstanden. So geht es zum Beispiel: morgen um 9 Uhr, "
        "15.10., in 2 Wochen oder jeden ersten Montag im Monat"
    ),
    ("", "en"): (
        "The time is missing. You can say, for example: tomorrow at 9, 15 October, in 2 weeks "
        "or every first Monday of the month"
    ),
    ("montags in geraden KW", "de"): (
        "Gerade und ungerade Wochen kann ich nicht wiederholen: Nach einer Kalenderwoche 53 kämen "
        "zwei ungerade hintereinander. Bitte sagen Sie, wann es beginnt, zum Beispiel: alle zwei "
        "Wochen montags um 9 Uhr oder alle zwei Wochen ab KW 40"
    ),
    ("in 5000 Jahren", "de"): (
        "„in 5000 Jahren“ liegt zu weit in der Zukunft. Bitte nennen Sie einen früheren "
        "Zeitpunkt, zum Beispiel: 31.12.2030"
    ),
}


def refusal(text: str) -> BadDate:
    with pytest.raises(BadDate) as refused:
        READER.read(text, NOW, Use.REMINDER)
    return refused.value


@pytest.mark.parametrize(("text", "language"), list(WORDED))
def test_a_refusal_says_what_is_wrong_and_what_would_do(text: str, language: str) -> None:
    refused = refusal(text)
    shown = TEXTS.render(refused.template, language, {**refused.facts, "named": None})
    assert shown.body == WORDED[text, language]


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_reason_has_its_words(reason: Reason, language: str) -> None:
    refused = BadDate(reason).hearing("so")
    assert TEXTS.render(refused.template, language, {**refused.facts, "named": None}).body


def test_programs_read_that_the_date_is_bad() -> None:
    assert refusal("gestern").code is ErrorCode.BAD_DATE
