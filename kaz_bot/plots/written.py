"""Writes a chart as JSON, as it waits for its drawing, and reads it again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kaz_bot.domain.rooms import Language
from kaz_bot.plots.charts import BarChart, Chart, LineChart, Series
from kaz_bot.plots.problems import NoChart

_KIND = "kind"
_KINDS: Mapping[str, type[BarChart] | type[LineChart]] = {
    kind.__name__: kind for kind in (BarChart, LineChart)
}


def to_json(chart: Chart) -> bytes:
    """The chart in bytes."""
    return json.dumps(of_chart(chart)).encode("ascii")


def from_json(written: bytes) -> Chart:
    """The chart that was written. Raise NoChart."""
    try:
        return chart_of(json.loads(written))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        # Its own words are people's words, and are not for the log.
        raise NoChart(type(problem).__name__) from problem


def of_chart(chart: Chart) -> Mapping[str, object]:
    """The chart as JSON can say it, also within a document."""
    return {_KIND: type(chart).__name__, **asdict(chart)}


def chart_of(written: Mapping[str, Any]) -> Chart:
    """The chart that was written so. Raise what a wrong form raises."""
    fields = {name: value for name, value in written.items() if name != _KIND}
    read = {
        "language": Language(written["language"]),
        "categories": tuple(written["categories"]),
        "series": tuple(
            Series(one["name"], tuple(one["values"]), tuple(one["words"]))
            for one in written["series"]
        ),
    }
    return _KINDS[written[_KIND]](**{**fields, **read})
