"""Describes pictures of figures: what they show, and the same in words and as a table."""

from dataclasses import dataclass

from kaz_bot.domain.rooms import Language

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """Figures of one kind, one for each category; nothing where a figure is not told.

    `words` are what stands there instead, one for each category.
    """

    name: str
    values: tuple[float | None, ...]
    words: Cells = ()


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """A line for each series through the categories, which follow each other in time."""

    title: str
    categories: Cells
    series: tuple[Series, ...]
    alternative: str
    axis: str = ""
    unit: str = ""
    language: Language = Language.DE
    missing: str = "–"
    digits: int = 0

    def __post_init__(self) -> None:
        _check(self)

    def table(self) -> tuple[Cells, tuple[Cells, ...]]:
        """The headings of the columns, and the rows: all that the picture shows."""
        return _table(self)

    def written(self, value: float | None) -> str:
        """A figure as people write it."""
        return _written(self, value)

    def told(self, place: int, number: int) -> str:
        """What is written at a point: that of the series and the category with these numbers."""
        return _told(self, place, number)


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """A bar for each category and series, beside each other or `stacked`.

    `alternative` tells what it shows to whoever does not see it. `axis` says what the categories
    are, `unit` what is counted, `missing` what stands where a figure is not told. Several bars
    lie `horizontal` where their names are long. `digits` behind the point are shown at most. The
    longest bar has room for `most` at least, such as 100 for percent.
    """

    title: str
    categories: Cells
    series: tuple[Series, ...]
    alternative: str
    axis: str = ""
    unit: str = ""
    language: Language = Language.DE
    missing: str = "–"
    digits: int = 0
    most: float = 0
    horizontal: bool = False
    stacked: bool = False

    def __post_init__(self) -> None:
        _check(self)

    def table(self) -> tuple[Cells, tuple[Cells, ...]]:
        """The headings of the columns, and the rows: all that the picture shows."""
        return _table(self)

    def written(self, value: float | None) -> str:
        """A figure as people write it."""
        return _written(self, value)

    def told(self, place: int, number: int) -> str:
        """What is written at a bar: that of the series and the category with these numbers."""
        return _told(self, place, number)

    def as_lines(self) -> LineChart:
        """The same as lines, for more categories than there is room for bars."""
        return LineChart(
            title=self.title,
            categories=self.categories,
            series=self.series,
            alternative=self.alternative,
            axis=self.axis,
            unit=self.unit,
            language=self.language,
            missing=self.missing,
            digits=self.digits,
        )


Chart = BarChart | LineChart


def _check(chart: Chart) -> None:
    if not chart.alternative.strip():
        raise ValueError("a chart has words for those who do not see it")
    if not chart.series or not chart.categories:
        raise ValueError("a chart has categories and series")
    count = len(chart.categories)
    if any(len(one.values) != count or len(one.words) not in {0, count} for one in chart.series):
        raise ValueError("each series of a chart has one figure for each category")
    if any(value is not None and value < 0 for one in chart.series for value in one.values):
        raise ValueError("the figures of a chart count something: none is below zero")


def _table(chart: Chart) -> tuple[Cells, tuple[Cells, ...]]:
    rows = tuple(
        (category, *(_told(chart, place, number) for place in range(len(chart.series))))
        for number, category in enumerate(chart.categories)
    )
    return (chart.axis, *(series.name for series in chart.series)), rows


def _told(chart: Chart, place: int, number: int) -> str:
    series = chart.series[place]
    if series.values[number] is None and series.words:
        return series.words[number]
    return _written(chart, series.values[number])


def _written(chart: Chart, value: float | None) -> str:
    if value is None:
        return chart.missing
    written = f"{value:,.{chart.digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    if chart.language is Language.EN:
        return written
    return written.translate(str.maketrans(",.", ".,"))
