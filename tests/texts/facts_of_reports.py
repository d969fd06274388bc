"""Facts for the templates about reports."""

from collections.abc import Callable, Mapping

from kaz_bot.domain.tickets import TicketState

REASONS = {
    TicketState.NEW: "unclear",
    TicketState.CLAIMED: "backwards",
    TicketState.WAITING: "future",
    TicketState.RESOLVED: "too_long",
}
_TEMPLATES = frozenset({"info/report", "refusal/bad_period", "refusal/report_area_missing"})


def facts_of_reports(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template not in _TEMPLATES:
        return {}
    return {
        "about": words("name"),
        "period": "1. Quartal 2026",
        "sentences": [f"{words('name')}."] * 4 if plenty else [],
        "running": plenty,
        "reason": REASONS.get(state, "unclear"),
        "years": 5,
    }
