"""What the shipped router makes of messages as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.routing import AREAS, Router

ASKED = [
    ("Nach welchem XÖV-Standard liefern wir die Meldedaten aus?", "standards"),
    ("koennen wir den onlineantrag aus sachsen nachnutzen", "standards"),
    ("Der Rahmenvertrag für Notebooks läuft aus, wer schreibt neu aus?", "procurement"),
    ("was kosten 30 weitere office lizenzen fuer das bauamt", "procurement"),
    ("Brauchen wir für die neue Videoüberwachung eine DSFA?", "security"),
    ("Mein Passwort klebt am Monitor der Kollegin, darf das?", "security"),
    ("Wer schreibt das Protokoll der nächsten Lenkungsgruppe?", "projects"),
    ("Verwendungsnachweis für die Fördermittel, bis wann?", "projects"),
    ("Which framework contract covers laptops?", "procurement"),
]


@pytest.mark.parametrize(("text", "area"), ASKED)
def test_a_question_in_the_words_of_the_field_finds_its_area(
    router: Router, text: str, area: str
) -> None:
    found = router.classify(text)
    assert (found.area, found.confidence > 0.6) == (area, True)


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "Lorem ipsum dolor sit amet", "Gdzie jest najbliższy dworzec?", "asdf qwer", "👍"],
)
def test_what_belongs_nowhere_gets_low_confidence_and_no_reason(router: Router, text: str) -> None:
    found = router.classify(text)
    assert (found.confidence < 0.4, found.because) == (True, ())


def test_the_reasons_are_the_words_as_they_were_typed(router: Router) -> None:
    found = router.classify("Verlaengert sich der WARTUNGSVERTRAG automatisch?")
    assert found.because[0] == "WARTUNGSVERTRAG"


def test_a_compound_with_a_hyphen_is_one_reason(router: Router) -> None:
    assert "EVB-IT-Vertrag" in router.classify("Ist ein EVB-IT-Vertrag Pflicht?").because


def test_every_area_is_ranked_and_the_likeliest_comes_first(router: Router) -> None:
    found = router.classify("Dürfen wir die Fördermittel für Lizenzen ausgeben?")
    assert sorted(area for area, _ in found.ranking) == sorted(AREAS)
    assert list(found.ranking) == sorted(found.ranking, key=lambda ranked: -ranked[1])
    assert found.ranking[0] == (found.area, found.confidence)


def test_a_spelling_without_umlauts_changes_nothing(router: Router) -> None:
    typed = router.classify("Müssen Verträge über Geräte geprüft werden?")
    spelled = router.classify("Muessen Vertraege ueber Geraete geprueft werden?")
    assert (typed.area, typed.confidence) == (spelled.area, spelled.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "Gibt es ein Muster für den Projektauftrag?",
        "Guten Morgen! Weiß jemand, ab welchem Betrag wir ausschreiben müssen?",
        "Wir bräuchten eine Vorlage für die Vereinbarung zur Auftragsverarbeitung.",
        "> Der Antrag ist online.\nWelche Schnittstelle brauchen wir dafür im Fachverfahren?",
    ],
)
def test_a_question_or_request_is_offered_a_ticket(router: Router, text: str) -> None:
    assert router.classify(text).is_question


@pytest.mark.parametrize(
    "text",
    [
        "Guten Morgen zusammen",
        "Danke, das hat geholfen!",
        "Geht jemand mit in die Kantine?",
        "Sandra, hast du die Folien für morgen fertig?",
        "@jens schickst du mir den Vertrag?",
        "Und dafür haben wir drei Jahre gewartet?",
        "> Wie viele seid ihr?\nsieben",
        "Der Termin am Freitag fällt aus.",
        "https://example.org/protokoll.pdf",
        "",
    ],
)
def test_chatter_is_left_in_peace(router: Router, text: str) -> None:
    assert not router.classify(text).is_question


@pytest.mark.parametrize(
    "text",
    [
        "Wir wurden gehackt!",
        "Auf allen Bildschirmen steht eine Lösegeldforderung, was tun?",
        "Ich habe eben auf einen Link geklickt und mein Passwort eingegeben",
        "Laptop mit Personalakten wurde heute früh im Zug gestohlen",
    ],
)
def test_a_running_incident_is_urgent_and_always_offered_a_ticket(
    router: Router, text: str
) -> None:
    found = router.classify(text)
    assert (found.incident, found.urgent, found.is_question) == (True, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "Die Abgabefrist endet heute um 12 Uhr und die Plattform nimmt nichts an",
        "Das Bürgerportal ist seit heute früh nicht erreichbar",
    ],
)
def test_a_deadline_today_or_a_service_down_is_urgent_but_no_incident(
    router: Router, text: str
) -> None:
    found = router.classify(text)
    assert (found.urgent, found.incident) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Bitte zeitnah um Rückmeldung zur Rollenverteilung.",
        "Gibt es ein Muster für einen Notfallplan gegen Hackerangriffe?",
        "Wer schult uns gegen Phishing?",
        "Die Frist endet am 30. November, reicht eine Mail?",
    ],
)
def test_politeness_and_planning_are_not_urgent(router: Router, text: str) -> None:
    found = router.classify(text)
    assert (found.urgent, found.incident) == (False, False)


# A busy machine is slow now and then; speed is measured in benchmarks/routing.py.
@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_area_and_an_honest_share_of_certainty(router: Router, text: str) -> None:
    found = router.classify(text)
    assert found.area in AREAS
    assert 0.0 <= sum(chance for _, chance in found.ranking) <= 1.0 + 1e-9
    assert len(found.because) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "x" * 65536,
        "Vertrag " * 8192,
        "ﷺ" * 65536,
        "\u202eVertrag\u202c\x00\x1b[31m",
        "> " * 30000,
        "!?" * 30000,
        "\ud800",
    ],
)
def test_a_huge_or_strange_text_gets_an_area_too(router: Router, text: str) -> None:
    assert router.classify(text).area in AREAS


def test_only_the_beginning_of_a_huge_text_is_weighed(router: Router) -> None:
    beginning = "Wann läuft der Rahmenvertrag aus? " * 200
    assert router.classify(beginning + "Trojaner! " * 5000) == router.classify(beginning)
