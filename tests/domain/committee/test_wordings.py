"""A task is understood however it is worded: in one sentence, or in lines."""

import pytest

from kaz_bot.domain.committee.municipalities import is_municipality
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.committee.wordings import Part, worded

LEAD, WORKER, CLIENT = Part.LEAD, Part.WORKER, Part.CLIENT


@pytest.mark.parametrize(
    ("text", "rest", "parts"),
    [
        (
            "Konzept Federführung IT-Rat Bearbeitung Kaz @max bis 15.10.",
            "Konzept @max bis 15.10.",
            {LEAD: "IT-Rat", WORKER: "Kaz"},
        ),
        (
            "Konzept bis 15.10. Federführung IT-Rat, Bearbeitung kreisfreie Stadt Cottbus",
            "Konzept bis 15.10.",
            {LEAD: "IT-Rat", WORKER: "kreisfreie Stadt Cottbus"},
        ),
        (
            "Konzept, Federführung: it-rat; Auftraggeber: MIK bis 15.10.",
            "Konzept bis 15.10.",
            {LEAD: "it-rat", CLIENT: "MIK"},
        ),
        (
            "konzept federführung it-rat bearbeitung kaz bis 15.10.",
            "konzept bis 15.10.",
            {LEAD: "it-rat", WORKER: "kaz"},
        ),
        (
            "Konzept Bearbeitung durch das ZIT-BB bis 15.10.",
            "Konzept bis 15.10.",
            {WORKER: "ZIT-BB"},
        ),
        ("Konzept Bearbeitung @max bis 15.10.", "Konzept @max bis 15.10.", {}),
        (
            "Write it lead IT Council worker ZIT-BB by 15 October",
            "Write it by 15 October",
            {LEAD: "IT Council", WORKER: "ZIT-BB"},
        ),
    ],
)
def test_in_a_sentence(text: str, rest: str, parts: dict[Part, str]) -> None:
    wording = worded(text)
    assert (wording.rest, wording.parts) == (rest, parts)


@pytest.mark.parametrize(
    "text",
    [
        "Federführung klären bis 15.10.",
        "Fristen für die Bearbeitung der Anträge festlegen bis 15.10.",
        "Übersicht über Bearbeitung und Federführung erstellen bis 15.10.",
        "Die Bearbeitung durch die Kommunen erleichtern bis 15.10.",
        "find out who will lead the project until Friday",
        "Prüfung: Anbindung an BundID bis 3.10.",
    ],
)
def test_words_that_only_sound_like_labels_are_words(text: str) -> None:
    assert (worded(text).rest, worded(text).parts) == (text, {})


def test_in_lines() -> None:
    wording = worded(
        "Konzept schreiben\n"
        "Auftraggeber: MIK\n"
        "- **Federführung:** IT-Rat\n"
        "Bearbeitung: Amt Golßener Land\n"
        "Wer: @max\n"
        "Frist: 15.10.\n"
        "Mit Kostenschätzung"
    )
    assert wording.rest == "Konzept schreiben\nMit Kostenschätzung"
    assert wording.parts == {
        Part.CLIENT: "MIK",
        Part.LEAD: "IT-Rat",
        Part.WORKER: "Amt Golßener Land",
        Part.PERSON: "@max",
        Part.DUE: "15.10.",
    }


def test_in_english_lines() -> None:
    wording = worded("What: a concept\nclient: ministry\nlead: council\nby: ZIT\ndue: 15 October")
    assert wording.rest == "a concept"
    assert wording.parts == {
        Part.CLIENT: "ministry",
        Part.LEAD: "council",
        Part.WORKER: "ZIT",
        Part.DUE: "15 October",
    }


@pytest.mark.parametrize(
    "text",
    [
        "2026/3 Konzept bis 15.10.",
        "2026/3: Konzept bis 15.10.",
        "Konzept bis 15.10.\nBeschluss: 2026/3",
        "Konzept bis 15.10.\nAuftraggeber: Beschluss 2026/3",
        "Konzept bis 15.10.\ndecision: 2026/3",
    ],
)
def test_the_decision_stands_first_or_in_its_line(text: str) -> None:
    wording = worded(text)
    assert (wording.decision, wording.rest) == (DecisionNumber(2026, 3), "Konzept bis 15.10.")


@pytest.mark.parametrize(
    "text",
    [
        "Ausschreibung vorbereiten aus Beschluss 2026/1 bis 1.12.",
        "Bericht zu 2026/1 bis 1.12.",
        "Beschluss 2026/1 umsetzen bis 1.12.",
        "Prepare the tender from decision 2026/1 by 1 December",
    ],
)
def test_or_in_the_sentence_which_stays_as_it_is(text: str) -> None:
    wording = worded(text)
    assert (wording.decision, wording.rest) == (DecisionNumber(2026, 1), text)


@pytest.mark.parametrize("text", ["aus Beschluss 2026/1", "zu 2026/1", "from decision 2026/1"])
def test_alone_it_says_nothing_of_what_is_to_be_done(text: str) -> None:
    wording = worded(text)
    assert (wording.decision, wording.rest) == (DecisionNumber(2026, 1), "")


def test_two_numbers_alone_are_no_decision() -> None:
    assert worded("Das Schuljahr 2026/27 planen bis 1.12.").decision is None


def test_a_dash_takes_out_what_was_said_before() -> None:
    wording = worded("Federführung: -")
    assert wording.said(Part.LEAD, "IT-Rat") == ""
    assert wording.said(Part.WORKER, "Kaz") == "Kaz"


@pytest.mark.parametrize(
    "name",
    [
        "Stadt Cottbus",
        "stadt cottbus",
        "kreisfreie Stadt Brandenburg an der Havel",
        "Landeshauptstadt Potsdam",
        "Gemeinde Schönefeld",
        "Amt Golßener Land",
        "Verbandsgemeinde Liebenwerda",
        "Landkreis Spree-Neiße",
        "LK Barnim",
        "Kommunen",
        "die Städte",
        "Town of Luckau",
        "Cottbus",
        "Cottbus/Chóśebuz",
        "Frankfurt (Oder)",
        "Brandenburg an der Havel",
        "Uckermark",
        "Spree-Neiße",
        "Potsdam-Mittelmark und Havelland",
        "Oberbürgermeister der Stadt Cottbus",
        "Bürgermeisterin von Luckau",
        "die Landrätin",
        "Amtsdirektor des Amtes Peitz",
        "Große kreisangehörige Stadt Eberswalde",
        "Rechtsamt der Stadt Cottbus",
        "Mayor of Luckau",
    ],
)
def test_municipalities_are_known_by_their_names(name: str) -> None:
    assert is_municipality(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Städte- und Gemeindebund",
        "Landkreistag",
        "Kommunales Anwendungszentrum",
        "Amt für Statistik",
        "Stadtwerke",
        "MIK",
        "ZIT-BB für die Stadt Cottbus",
        "Kreisverkehr",
        "Kreis der Projektleitungen",
        "Land Brandenburg",
        "Brandenburg",
        "Universität Potsdam",
        "Auswärtiges Amt",
        "Verband der Landkreise",
        "District Association",
    ],
)
def test_others_are_none(name: str) -> None:
    assert not is_municipality(name)
