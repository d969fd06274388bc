"""What points at somebody is proposed for removal before others may read an answer."""

import pytest

from kaz_bot.domain.knowledge.anonymising import Personal, anonymised, together
from kaz_bot.municipalities import directory

WORDS = {kind.value: kind.value for kind in Personal}
NAMES = ("Eva Lange (Amt Odervorland)", "Udo", "Ann Beck", "Stadt Cottbus IT")


def read(text: str, *names: str) -> str:
    places = [place[:2] for place in directory().named_in(text)]
    return anonymised(text, names=names or NAMES, municipalities=places, words=WORDS).text


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Bitte fragen Sie Eva Lange.", "Bitte fragen Sie [name]."),
        ("Frau Lange hat recht.", "Frau [name] hat recht."),
        ("Evas Antrag liegt vor.", "[name] Antrag liegt vor."),
        ("Udo weiß es.", "[name] weiß es."),
        ("EVA LANGE schrieb.", "[name] schrieb."),
        ("Herr Dr. Krause-Meyer ist zuständig.", "Herr [name] ist zuständig."),
        ("Wir im Amt Odervorland fragen.", "Wir im [municipality] fragen."),
        ("Nach 15518 Briesen bitte.", "Nach [municipality] bitte."),
        ("Schreiben Sie an e.lange@amt-odervorland.de!", "Schreiben Sie an [mail]!"),
        ("Fragen Sie @eva:kaz.test dazu.", "Fragen Sie [matrix_id] dazu."),
        ("Tel. 03361 557-123, auch mobil.", "Tel. [phone], auch mobil."),
        ("Rufen Sie +49 (0)331 866 1234 an.", "Rufen Sie [phone] an."),
        ("Durchwahl -4711 genügt.", "Durchwahl [phone] genügt."),
        ("IBAN DE89 3704 0044 0532 0130 00 angeben.", "IBAN [account] angeben."),
        ("Az. 12-345/2026 nennen.", "Az. [case] nennen."),
        ("Unser Zeichen: II.3-0815 liegt bei.", "Unser Zeichen: [case] liegt bei."),
        ("Das Haus steht Bahnhofstraße 12a.", "Das Haus steht [address]."),
    ],
)
def test_it_is_replaced_by_a_word_for_its_kind(text: str, published: str) -> None:
    assert read(text) == published


@pytest.mark.parametrize(
    "text",
    [
        "Bis 100.000 Euro ist ein Direktauftrag möglich.",
        "Seit dem 01.10.2026 gilt das Gesetz, vorher galt 0,5 Prozent.",
        "Die Frist endet am 2026-09-30 um 12:00 Uhr.",
        "Siehe § 3 Abs. 2 BbgDSG und Beschluss 2026/3.",
        "Nutzen Sie Port 8080 und Version 1.26.0.",
        "Lange Fristen sind üblich, eine Beckenreinigung auch.",
    ],
)
def test_what_points_at_nobody_stays(text: str) -> None:
    assert read(text, "Eva", "Bodo Beck") == text


def test_a_letter_loses_its_salutation_and_its_signature() -> None:
    written = (
        "Guten Tag Frau Lange,\nbis 100.000 Euro geht es.\n\n"
        "Mit freundlichen Grüßen\nAnn Beck\nVergabestelle\nTel. 0331 866"
    )
    assert read(written) == "Bis 100.000 Euro geht es."


def test_a_short_greeting_in_the_last_line_goes_too() -> None:
    assert read("Bis 100.000 Euro geht es. Viele Grüße, Ann") == "Bis 100.000 Euro geht es."


def test_a_greeting_with_a_whole_letter_below_takes_nothing_along() -> None:
    letter = "Viele Grüße vorab.\n" + "Das ist wichtig.\n" * 20
    assert read(letter) == letter.strip()


def test_who_is_asked_how_often_hears_it_by_kind() -> None:
    text = "Eva Lange und Udo, 15518 Briesen, e@x.de"
    places = [place[:2] for place in directory().named_in(text)]
    once = anonymised(text, names=NAMES, municipalities=places, words=WORDS)
    assert once.taken == {Personal.NAME: 2, Personal.MUNICIPALITY: 1, Personal.MAIL: 1}
    assert together([once, once])[Personal.NAME] == 4


def test_a_name_within_an_address_is_counted_as_the_address() -> None:
    text = "udo@cottbus.de"
    places = [place[:2] for place in directory().named_in(text)]
    once = anonymised(text, names=NAMES, municipalities=places, words=WORDS)
    assert (once.text, once.taken) == ("[mail]", {Personal.MAIL: 1})


def test_a_text_without_anything_is_as_it_was() -> None:
    assert anonymised("", names=NAMES, municipalities=[], words=WORDS).text == ""
