"""A date is found at either end of a sentence, and the rest stays as it was typed."""

from datetime import datetime

import pytest

from kaz_bot.dates import BadDate, Found, Moment, Reason, Recurrence, Use
from tests.dates.examples import BERLIN, READER

NOW = datetime(2026, 9, 25, 10, 0, tzinfo=BERLIN)

REMINDERS = [
    ("morgen um 9 an die Vorlage", "2026-09-26T09:00", "die Vorlage"),
    ("an die Vorlage am Freitag um 10", "2026-10-02T10:00", "die Vorlage"),
    ("in 2 Stunden", "2026-09-25T12:00", ""),
    ("daran in 2 Stunden", "2026-09-25T12:00", "daran"),
    ("am 15.10. KAZ-12", "2026-10-15T09:00", "KAZ-12"),
    ("KAZ-12 am 15.10.", "2026-10-15T09:00", "KAZ-12"),
    ("tomorrow at 9 to call the LDA", "2026-09-26T09:00", "call the LDA"),
    ("to call Bob tomorrow", "2026-09-26T09:00", "call Bob"),
    ("next Friday that the report is due", "2026-10-02T09:00", "the report is due"),
    ("in 3 Tagen, dass der Antrag raus muss", "2026-09-28T09:00", "der Antrag raus muss"),
    ("Übermorgen Äpfel & Öl kaufen!", "2026-09-27T09:00", "Äpfel & Öl kaufen!"),
    ("morgen 3 Anträge prüfen", "2026-09-26T09:00", "3 Anträge prüfen"),
    ("morgen: 3 Anträge", "2026-09-26T09:00", "3 Anträge"),
    ("Ticket 12 am Freitag", "2026-10-02T09:00", "Ticket 12"),
    ("den Haushalt 2027 am Freitag", "2026-10-02T09:00", "den Haushalt 2027"),
    ("Freitag an den Montag denken", "2026-10-02T09:00", "den Montag denken"),
    ("am Freitag die Vorlage um 10 Uhr", "2026-10-02T10:00", "die Vorlage"),
    ("an die Vorlage Donerstag um 9", "2026-10-01T09:00", "die Vorlage"),
    ("die Montage um 9", "2026-09-26T09:00", "die Montage"),
    ("do the report tomorrow", "2026-09-26T09:00", "do the report"),
    ("die Vorlage für den 15.", "2026-10-15T09:00", "die Vorlage"),
    ("der zweite Entwurf am Freitag", "2026-10-02T09:00", "der zweite Entwurf"),
    ("kommenden Dienstag nach dem Essen anrufen", "2026-09-29T09:00", "nach dem Essen anrufen"),
    ("die Sommerferien planen am Montag", "2026-09-28T09:00", "die Sommerferien planen"),
    ("Raum 12.30 am Montag", "2026-09-28T09:00", "Raum 12.30"),
    ("Vorlage 15.10 um 9", "2026-10-15T09:00", "Vorlage"),
    ("1. Entwurf am 1. November", "2026-11-01T09:00", "1. Entwurf"),
    ("10 Minuten vor 15 Uhr Technik testen", "2026-09-25T14:50", "Technik testen"),
    ("Freitag einige Fragen klären", "2026-10-02T09:00", "einige Fragen klären"),
    ("der Fall Meyer am Freitag", "2026-10-02T09:00", "der Fall Meyer"),
    ("Freitag Fall Meyer klären", "2026-10-02T09:00", "Fall Meyer klären"),
    ("am Freitag Dienstag-Runde vorbereiten", "2026-10-02T09:00", "Dienstag-Runde vorbereiten"),
    ("Daten- und Vorlagen-Prüfung - Freitag", "2026-10-02T09:00", "Daten- und Vorlagen-Prüfung"),
    ("morgen noch mal Ann anrufen", "2026-09-26T09:00", "noch mal Ann anrufen"),
    ("Montag-Morgen-Runde am Freitag", "2026-10-02T09:00", "Montag-Morgen-Runde"),
    ("30 min Pizza", "2026-09-25T10:30", "Pizza"),
    ("2 Tage vor Monatsende an die Abrechnung", "2026-09-28T09:00", "die Abrechnung"),
    ("tomorrow 11 am to call Ann", "2026-09-26T11:00", "call Ann"),
    ("tomorrow 11 am call Ann", "2026-09-26T11:00", "call Ann"),
    ("tomorrow at 11 am of the vote", "2026-09-26T11:00", "the vote"),
    ("11 am to call Ann", "2026-09-25T11:00", "call Ann"),
    ("morgen um 11 am Empfang warten", "2026-09-26T11:00", "am Empfang warten"),
    ("tomorrow of the vote", "2026-09-26T09:00", "the vote"),
    ("last day of October about the audit", "2026-10-31T09:00", "the audit"),
]
REPEATED = [
    (
        "jeden Montag 9 Uhr das Protokoll zu schicken",
        "2026-09-28T09:00",
        "das Protokoll zu schicken",
    ),
    ("jeden ersten Donnerstag im Monat 13 Uhr Jour fixe", "2026-10-01T13:00", "Jour fixe"),
    ("every first Thursday of the month at 1 pm about the call", "2026-10-01T13:00", "the call"),
    ("every Tuesday at 11 am of the vote", "2026-09-29T11:00", "the vote"),
    ("every Monday at 9 stand-up", "2026-09-28T09:00", "stand-up"),
    ("an den Newsletter jeden Freitag", "2026-10-02T09:00", "den Newsletter"),
]
NO_DATES = [
    "an die Sitzung",
    "Haushalt 2027",
    "",
    "nichts",
    "Ticket 12",
    "so ist das",
    "mi casa",
    "der Bericht Oktober",
]
REFUSED = [
    ("am 30.2. an den Antrag", Reason.INVALID, "am 30.2."),
    ("an den Antrag am 30.2. um 9", Reason.INVALID, "am 30.2. um 9"),
    ("gestern an den Antrag", Reason.PAST, "gestern"),
    ("bald an den Bericht", Reason.AMBIGUOUS, "bald"),
    ("so schnell wie möglich", Reason.AMBIGUOUS, "so schnell wie möglich"),
    ("am Montag oder Dienstag an den Bericht", Reason.AMBIGUOUS, "am Montag oder Dienstag"),
    ("um 26 Uhr an den Antrag", Reason.INVALID, "um 26 Uhr"),
    ("Dienstag, 15.10.2026 die Wahl", Reason.CONTRADICTION, "Dienstag, 15.10.2026"),
]
DEADLINES = [
    ("Antrag stellen bis 15.10.", "2026-10-15T23:59", "Antrag stellen"),
    ("Bericht bis spätestens Freitag 12 Uhr", "2026-09-25T12:00", "Bericht"),
    ("bis Freitag den Bericht", "2026-10-02T23:59", "den Bericht"),
    ("Bericht bis Freitag an Ann schicken", "2026-10-02T23:59", "Bericht an Ann schicken"),
    ("Meldung an die LDA in 72 Stunden", "2026-09-28T10:00", "Meldung an die LDA"),
    ("Report by Friday", "2026-10-02T23:59", "Report"),
    ("Umfrage bis KW 42", "2026-10-16T23:59", "Umfrage"),
    ("Protokoll bis Ende des Monats", "2026-09-30T23:59", "Protokoll"),
    ("Stellungnahme spätestens am 1.12.", "2026-12-01T23:59", "Stellungnahme"),
    ("Prüfung bis zur Entscheidung bis 15.10.", "2026-10-15T23:59", "Prüfung bis zur Entscheidung"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(("text", "when", "what"), REMINDERS)
def test_a_moment_and_its_matter_are_told_apart(text: str, when: str, what: str) -> None:
    found = READER.found(text, NOW, Use.REMINDER)
    assert found
    assert isinstance(found.when, Moment)
    assert (found.when.at, found.what) == (at(when), what)


@pytest.mark.parametrize(("text", "first", "what"), REPEATED)
def test_a_recurrence_and_its_matter_are_told_apart(text: str, first: str, what: str) -> None:
    found = READER.found(text, NOW, Use.REMINDER)
    assert found
    assert isinstance(found.when, Recurrence)
    assert (found.when.dtstart, found.what) == (at(first), what)


@pytest.mark.parametrize("text", NO_DATES)
def test_where_no_date_is_none_is_found(text: str) -> None:
    assert READER.found(text, NOW, Use.REMINDER) is None


@pytest.mark.parametrize(("text", "reason", "heard"), REFUSED)
def test_what_is_a_date_but_cannot_be_taken_is_refused_by_its_words(
    text: str, reason: Reason, heard: str
) -> None:
    with pytest.raises(BadDate) as refused:
        READER.found(text, NOW, Use.REMINDER)
    assert (refused.value.reason, refused.value.facts["heard"]) == (reason, heard)


@pytest.mark.parametrize(("text", "when", "what"), DEADLINES)
def test_a_deadline_and_its_matter_are_told_apart(text: str, when: str, what: str) -> None:
    found = READER.until(text, NOW)
    assert found
    assert isinstance(found.when, Moment)
    assert (found.when.at, found.what) == (at(when), what)


def test_a_deadline_left_open_is_refused() -> None:
    with pytest.raises(BadDate) as refused:
        READER.until("Prüfung bis auf weiteres", NOW)
    assert refused.value.reason is Reason.AMBIGUOUS


def test_a_long_sentence_is_looked_at_from_both_ends() -> None:
    matter = "Bericht über " + "sehr viele Dinge und " * 200 + "mehr"
    last = READER.found(f"{matter} am 15.10.", NOW, Use.REMINDER)
    first = READER.found(f"am 15.10. {matter}", NOW, Use.REMINDER)
    assert last == first == Found(when=Moment(at=at("2026-10-15T09:00"), timed=False), what=matter)
