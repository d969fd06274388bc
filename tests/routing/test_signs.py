"""What tells an incident from a question about one, and a lost password from a lost laptop."""

import pytest

from kaz_bot.routing import Router


@pytest.mark.parametrize(
    "text",
    [
        "Bei uns läuft Ransomware",
        "bei uns laeuft ransomware!!",
        "Bei uns wütet ein Verschlüsselungstrojaner",
        "Wir haben Ransomware auf dem Server",
        "Ransomware im Standesamt!",
        "ransomware bei uns im amt",
        "Im Netz der Stadt läuft Schadsoftware",
        "Unser Rathaus hat sich einen Virus eingefangen",
        "Hilfe, hier verschlüsselt sich gerade alles",
        "Hacker sind in unserem Netz",
        "Auf unserem Exchange sitzt ein Angreifer",
        "Der Rechner vom Kämmerer hat einen Virus",
        "Tablet mit Sozialakten heute im Bus liegen gelassen",
        "Liste mit allen Passwörtern im Zug verloren",
    ],
)
def test_who_tells_of_an_attack_or_a_loss_gets_help_at_once(router: Router, text: str) -> None:
    found = router.classify(text)
    assert (found.incident, found.urgent, found.is_question) == (True, True, True)
    assert found.area == "security"


@pytest.mark.parametrize(
    "text",
    [
        "Wie schützen wir uns vor Ransomware?",
        "Was tun gegen Ransomware?",
        "Wie sichern wir uns gegen Trojaner ab?",
        "Läuft die Schulung zu Ransomware auch online?",
        "Deckt die Versicherung Ransomware ab?",
        "Wie verhalten wir uns bei Ransomware?",
        "Wie beugen wir Hackerangriffen vor?",
        "Was hilft gegen Phishing?",
        "Brauchen wir einen Virenscanner auf Macs?",
    ],
)
def test_who_asks_about_attacks_asks_and_reports_none(router: Router, text: str) -> None:
    found = router.classify(text)
    assert (found.incident, found.urgent, found.is_question) == (False, False, True)
    assert found.area == "security"


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe mein Passwort vergessen",
        "Passwort verloren",
        "Passwort verloren #sicherheit",
        "mein kennwort geht nicht mehr",
        "Habe meine Zugangsdaten verlegt, wer kann helfen",
        "PIN vergessen, komme nicht ins VPN",
        "Passwort abgelaufen",
        "Ich bin aus meinem Konto ausgesperrt",
        "Mein Benutzerkonto ist gesperrt",
        "Passwort zurücksetzen bitte",
    ],
)
def test_who_cannot_get_in_is_offered_a_ticket_and_nobody_is_alarmed(
    router: Router, text: str
) -> None:
    found = router.classify(text)
    assert (found.incident, found.urgent, found.is_question) == (False, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "Dürfen wir freihändig vergeben?",
        "duerfen wir freihaendig vergeben?",
        "Dürfen wir ohne Ausschreibung kaufen?",
        "Müssen wir drei Angebote einholen?",
        "Dürfen wir Angebote nachfordern?",
        "Müssen wir die Lizenz verlängern?",
        "Dürfen wir Restmittel umwidmen?",
        "Können wir FIT-Connect nutzen?",
    ],
)
def test_a_short_question_of_the_field_is_one(router: Router, text: str) -> None:
    found = router.classify(text)
    assert (found.is_question, found.urgent) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe den Termin vergessen",
        "Ich habe mein Mittagessen vergessen",
        "Wir haben gestern Abend leider verloren.",
        "Wir haben die Wette verloren",
        "Mein Passwort geht wieder",
        "Das Passwort ist wieder in Ordnung.",
        "Unser Virenscanner ist aktuell.",
        "Dürfen wir gleich Mittag machen?",
        "Ich liege mit einem Virus flach",
    ],
)
def test_the_same_words_in_chatter_are_chatter(router: Router, text: str) -> None:
    """How urgent it would be does not matter: nothing is offered, so nothing comes of it."""
    assert not router.classify(text).is_question
