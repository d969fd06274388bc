"""The format of a list of old tickets: its columns, the words in them, and an example."""

import csv
import io
from collections.abc import Mapping, Sequence
from enum import StrEnum

from kaz_bot.domain.tickets import Priority, Rating


class Field(StrEnum):
    """The columns, in the order of the example."""

    REFERENCE = "reference"
    OPENED = "opened"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    CLOSED = "closed"
    STATE = "state"
    AREA = "area"
    MUNICIPALITY = "municipality"
    PRIORITY = "priority"
    QUESTION = "question"
    ANSWER = "answer"
    RATING = "rating"
    CONFIDENTIAL = "confidential"


class End(StrEnum):
    """How an old ticket ended."""

    SOLVED = "solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# The format of a file; the first name is what we write ourselves.
COLUMNS: Mapping[str, Sequence[str]] = {
    Field.REFERENCE: ("Referenz", "Reference", "Nummer", "Number", "Aktenzeichen", "Ticket", "Id"),
    Field.OPENED: ("Eingang", "Opened", "Gestellt", "Eröffnet", "Created"),
    Field.ANSWERED: ("Erste Antwort", "Answered", "First answer", "Beantwortet"),
    Field.RESOLVED: ("Gelöst", "Resolved", "Erledigt"),
    Field.CLOSED: ("Geschlossen", "Closed", "Ende", "Ended"),
    Field.STATE: ("Zustand", "State", "Status"),
    Field.AREA: ("Fachgebiet", "Area", "Bereich"),
    Field.MUNICIPALITY: ("Kommune", "Municipality", "Körperschaft"),
    Field.PRIORITY: ("Priorität", "Priority", "Dringlichkeit"),
    Field.QUESTION: ("Frage", "Question", "Anfrage"),
    Field.ANSWER: ("Antwort", "Answer", "Lösung", "Solution"),
    Field.RATING: ("Bewertung", "Rating"),
    Field.CONFIDENTIAL: ("Vertraulich", "Confidential"),
}
REQUIRED = frozenset({Field.REFERENCE, Field.OPENED, Field.AREA})
EXAMPLE: Sequence[Mapping[Field, str]] = (
    {
        Field.REFERENCE: "2024-017",
        Field.OPENED: "04.03.2024 09:15",
        Field.ANSWERED: "04.03.2024 14:00",
        Field.RESOLVED: "06.03.2024 11:30",
        Field.STATE: "gelöst",
        Field.AREA: "vergabe",
        Field.MUNICIPALITY: "Amt Odervorland",
        Field.PRIORITY: "normal",
        Field.QUESTION: "Bis zu welchem Wert dürfen wir direkt beauftragen?",
        Field.ANSWER: "Das steht in § 30 KomHKV; beachten Sie den Stand der Wertgrenzen.",
        Field.RATING: "hilfreich",
        Field.CONFIDENTIAL: "nein",
    },
    {
        Field.REFERENCE: "2024-018",
        Field.OPENED: "2024-03-05",
        Field.CLOSED: "2024-03-07",
        Field.STATE: "zurückgezogen",
        Field.AREA: "sicherheit",
    },
)

# Folded, and split where they are used.
ENDS: Mapping[End, str] = {
    End.SOLVED: "geloest|beantwortet|erledigt|resolved|solved|answered|done",
    End.CLOSED: "geschlossen|ohne antwort|closed|abgelehnt|rejected",
    End.WITHDRAWN: "zurueckgezogen|withdrawn",
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.LOW: "niedrig|low",
    Priority.NORMAL: "normal",
    Priority.HIGH: "hoch|high|eilt",
    Priority.CRITICAL: "kritisch|critical|sofort",
}
RATINGS: Mapping[Rating, str] = {
    Rating.HELPFUL: "hilfreich|helpful|ja|yes|gut|good|👍|1",
    Rating.NOT_HELPFUL: "nicht hilfreich|not helpful|nein|no|schlecht|bad|👎|0",
}
YES, NO = frozenset({"ja", "yes", "x", "1"}), frozenset({"", "nein", "no", "0"})


def example() -> bytes:
    """A file with two tickets, as a spreadsheet in German opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([called[0] for called in COLUMNS.values()])
    writer.writerows([[row.get(field, "") for field in Field] for row in EXAMPLE])
    return text.getvalue().encode("utf-8-sig")
