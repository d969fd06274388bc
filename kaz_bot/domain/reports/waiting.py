"""How long askers waited, as a report tells it: nothing of a group that is too small."""

from kaz_bot.domain.reports.counts import SMALLEST_GROUP, Count, Times
from kaz_bot.domain.reports.material import Material
from kaz_bot.domain.reports.report import PriorityRow, TimesTable
from kaz_bot.domain.reports.tally import Waits
from kaz_bot.domain.service_levels import Target
from kaz_bot.domain.tickets import URGENCY, Priority


def times_table(material: Material, target: Target) -> TimesTable:
    """Those of the report's scope, by priority."""
    return TimesTable(
        all=times_of(material, material.scope, target),
        rows=tuple(
            PriorityRow(
                priority=priority,
                target=material.levels.targets[priority].of(target),
                times=times_of(material, material.scope, target, priority),
            )
            for priority in URGENCY
        ),
    )


def times_of(
    material: Material, scope: str, target: Target, priority: Priority | None = None
) -> Times:
    """Those of an area, or of all, and of one priority or of all."""
    cell = (scope, target) if priority is None else (scope, target, priority)
    waits = material.tally.waits.get((scope, target, priority), Waits())
    number = material.published.count(*cell)
    if not _is_told(number):
        return Times(number=number)
    known = len(waits.lengths) >= SMALLEST_GROUP
    return Times(
        number=number,
        share=waits.in_time / waits.number,
        median=waits.median if known else None,
    )


def _is_told(count: Count) -> bool:
    return count.number is not None and count.number >= SMALLEST_GROUP
