"""What people ask and what they are answered in a simulated year: German sentences from parts."""

from dataclasses import dataclass
from random import Random

from kaz_bot.domain.municipalities import Municipality
from kaz_bot.domain.tickets import AreaKey


@dataclass(frozen=True)
class Topic:
    """Something that is asked again and again. `asks` ends with a question mark."""

    title: str
    asks: tuple[str, ...]
    answers: tuple[str, ...]


TOPICS: dict[str, tuple[Topic, ...]] = {
    "standards": (
        Topic(
            "Schnittstelle zum Servicekonto",
            (
                "Wie binden wir unser Fachverfahren an das Servicekonto an?",
                "Welche Schnittstelle nutzt das Servicekonto, wenn Anträge online eingehen?",
            ),
            ("Über die zentrale Schnittstelle; die Beschreibung steht im Katalog.",),
        ),
        Topic(
            "XÖV-Standard für Anträge",
            (
                "Welcher XÖV-Standard gilt für den Antrag auf Wohngeld?",
                "Müssen wir beim Onlineantrag den XÖV-Standard schon umsetzen?",
            ),
            ("Es gilt die Fassung, die der IT-Planungsrat zuletzt beschlossen hat.",),
        ),
        Topic(
            "Barrierefreie Formulare",
            (
                "Welche Vorgaben gelten für barrierefreie PDF-Formulare?",
                "Wie prüfen wir, ob unser Onlineformular barrierefrei ist?",
            ),
            ("Maßgeblich ist die BbgBITV; ein Prüfbogen liegt im Katalog.",),
        ),
        Topic(
            "Anbindung der E-Akte",
            (
                "Wie übergeben wir Anträge aus dem Portal in die E-Akte?",
                "Welches Format verlangt die E-Akte für die Übergabe?",
            ),
            ("Die Übergabe läuft über xdomea; wir schicken Ihnen ein Beispiel.",),
        ),
    ),
    "procurement": (
        Topic(
            "Wertgrenze für den Direktauftrag",
            (
                "Bis zu welchem Betrag dürfen wir Lizenzen direkt beauftragen?",
                "Gilt die neue Wertgrenze für den Direktauftrag auch für Dienstleistungen?",
            ),
            ("Es gilt die Grenze der KomHKV; den Stand nennt die Musterlösung.",),
        ),
        Topic(
            "Abruf aus dem Rahmenvertrag",
            (
                "Wie rufen wir Notebooks aus dem Rahmenvertrag ab?",
                "Können wir den Rahmenvertrag für Drucker noch nutzen?",
            ),
            ("Der Abruf geht über das Formular im Katalog; die Frist steht dort.",),
        ),
        Topic(
            "Verlängerung von Lizenzen",
            (
                "Wann müssen wir die Lizenzen für das Büropaket verlängern?",
                "Wer verlängert die Lizenzen für den Virenschutz?",
            ),
            ("Die Verlängerung ist bis zum Monatsende beim Dienstleister anzuzeigen.",),
        ),
        Topic(
            "Muster für die Leistungsbeschreibung",
            (
                "Gibt es ein Muster für die Leistungsbeschreibung eines Fachverfahrens?",
                "Welche Eignungskriterien sollen wir in die Ausschreibung schreiben?",
            ),
            ("Ein Muster liegt im Katalog; bitte passen Sie die Mengen an.",),
        ),
        Topic(
            "Gemeinsame Vergabe",
            (
                "Können wir uns der gemeinsamen Vergabe für Videotechnik anschließen?",
                "Bis wann melden wir unseren Bedarf für die gemeinsame Vergabe?",
            ),
            ("Ja; melden Sie Ihren Bedarf mit dem Formular bis zur genannten Frist.",),
        ),
    ),
    "security": (
        Topic(
            "Verdächtige E-Mail",
            (
                "Was tun wir mit einer verdächtigen E-Mail, die mehrere Ämter bekamen?",
                "An wen melden wir eine Phishing-Mail?",
            ),
            ("Nicht öffnen, melden, löschen; das Merkblatt liegt im Katalog.",),
        ),
        Topic(
            "Sicherheitskonzept",
            (
                "Brauchen wir für das neue Fachverfahren ein eigenes Sicherheitskonzept?",
                "Welche Vorlage nehmen wir für das Sicherheitskonzept?",
            ),
            ("Ja; die Vorlage mit Schutzbedarf und Maßnahmen liegt im Katalog.",),
        ),
        Topic(
            "Passwortregeln",
            (
                "Wie lang müssen Passwörter nach der neuen Richtlinie sein?",
                "Dürfen wir Passwörter noch regelmäßig ändern lassen?",
            ),
            ("Mindestens zwölf Zeichen, kein regelmäßiger Wechsel ohne Anlass.",),
        ),
    ),
    "projects": (
        Topic(
            "Vorlage für den Projektauftrag",
            (
                "Welche Vorlage nehmen wir für den Projektauftrag?",
                "Wer unterschreibt den Projektauftrag, wenn mehrere Kommunen teilnehmen?",
            ),
            ("Die Vorlage liegt im Katalog; es unterschreiben alle Beteiligten.",),
        ),
        Topic(
            "Termine des Steuerungsgremiums",
            (
                "Bis wann müssen Vorlagen für das Steuerungsgremium eingereicht sein?",
                "Wann tagt das Steuerungsgremium wieder?",
            ),
            ("Vorlagen sind vier Wochen vor der Sitzung einzureichen.",),
        ),
        Topic(
            "Förderung von Projekten",
            (
                "Können wir für das Projekt noch Fördermittel beantragen?",
                "Welche Nachweise verlangt die Förderung am Projektende?",
            ),
            ("Ja, bis zum Stichtag; das Formular nennt die Nachweise.",),
        ),
    ),
}
_OPENINGS = ("Guten Tag,", "Hallo,", "Guten Morgen,", "Kurze Frage:", "Eine Frage aus {name}:")
_REASONS = (
    "Der Hauptausschuss fragt danach.",
    "Wir brauchen das für die Planung.",
    "Der Anbieter drängt.",
    "Im Vorjahr war das anders geregelt.",
    "",
)
QUERIES = (
    "Um welches Verfahren geht es genau?",
    "Haben Sie schon ein Angebot vorliegen?",
    "Bis wann brauchen Sie die Antwort?",
)
REPLIES = (
    "Es geht um das Verfahren, das wir im Frühjahr eingeführt haben.",
    "Ja, das Angebot liegt vor.",
    "Bis zum Ende der Woche wäre gut.",
)
REASONS_TO_CLOSE = (
    "Das klärt bitte Ihre Aufsicht.",
    "Die Frage ist an den Zweckverband Digitale Kommunen abgegeben.",
)


def question(random: Random, topic: Topic, municipality: Municipality | None) -> str:
    """Asked in other words each time."""
    name = municipality.official_name if municipality else "unserer Verwaltung"
    parts = (
        random.choice(_OPENINGS).format(name=name),
        random.choice(topic.asks),
        random.choice(_REASONS),
    )
    return " ".join(filter(None, parts))


def topic_of(random: Random, area: AreaKey) -> Topic:
    """One of the area's; the first ones are asked more often."""
    topics = TOPICS[area]
    return random.choices(topics, range(len(topics), 0, -1))[0]
