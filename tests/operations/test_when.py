"""Operators try out their own dates: one line of JSON in, one out, whatever the line is."""

import json

from click.testing import CliRunner, Result

from kaz_bot.cli import main

NOW = "2026-08-31T12:00:00+02:00"


def when(*lines: object, zone: str = "Europe/Berlin") -> Result:
    typed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return CliRunner().invoke(main, ["when", "--jsonl", "--zone", zone], input=typed)


def asked(text: object, kind: object = "reminder", now: object = NOW) -> dict[str, object]:
    return {"id": 1, "text": text, "kind": kind, "now": now}


def answers(shown: Result) -> list[dict[str, object]]:
    assert shown.exit_code == 0
    return [json.loads(line) for line in shown.output.splitlines()]


def test_a_moment_is_told_with_its_offset() -> None:
    assert answers(when(asked("morgen um 9"), asked("15.12.", "deadline"))) == [
        {"id": 1, "at": "2026-09-01T09:00:00+02:00"},
        {"id": 1, "at": "2026-12-15T23:59:00+01:00"},
    ]


def test_a_recurrence_is_told_as_its_rule_and_first_time() -> None:
    assert answers(when(asked("jeden Freitag um 10"))) == [
        {"id": 1, "rrule": "FREQ=WEEKLY;BYDAY=FR", "dtstart": "2026-09-04T10:00:00+02:00"}
    ]


def test_a_refusal_is_told_in_words() -> None:
    assert answers(when(asked("gestern"))) == [
        {
            "id": 1,
            "error": "vergangenheit",
            "message": "„gestern“ liegt in der Vergangenheit: Sonntag, 30. August 2026. Bitte "
            "nennen Sie einen späteren Zeitpunkt, zum Beispiel: morgen um 9 Uhr",
        }
    ]


def test_a_line_that_cannot_be_read_does_not_end_the_run() -> None:
    shown = answers(
        when("{", [], asked(7), asked("morgen", "party"), asked("morgen", now=3), asked("morgen"))
    )
    assert [(line["id"], line.get("error")) for line in shown] == [
        (None, "eingabe"),
        (None, "eingabe"),
        (1, "eingabe"),
        (1, "eingabe"),
        (1, "eingabe"),
        (1, None),
    ]


def test_a_now_without_an_offset_is_local() -> None:
    local = asked("in 1 Stunde", now="2026-08-31T12:00")
    assert answers(when(local)) == [{"id": 1, "at": "2026-08-31T13:00:00+02:00"}]


def test_another_zone_may_be_named() -> None:
    assert answers(when(asked("morgen um 9"), zone="America/New_York")) == [
        {"id": 1, "at": "2026-09-01T09:00:00-04:00"}
    ]


def test_a_zone_that_does_not_exist_is_refused() -> None:
    assert when(zone="Mars/Base").exit_code == 2
