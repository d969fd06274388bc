"""Charts for tests: one of each kind."""

from kaz_bot.domain.rooms import Language
from kaz_bot.plots import BarChart, LineChart, Series

MONTHS = ("Jan", "Feb", "Mär")
ASKED, SOLVED = Series("gestellt", (120, 95, 1204)), Series("gelöst", (100, 90, 1100))
COLUMNS = BarChart(
    title="Anfragen je Monat",
    axis="Monat",
    categories=MONTHS,
    series=(ASKED, SOLVED),
    alternative="Balken für jeden Monat. Am meisten im März.",
)
STACKED = BarChart(
    title="Anfragen je Monat",
    categories=MONTHS,
    series=(ASKED, SOLVED),
    alternative="Balken für jeden Monat.",
    stacked=True,
)
ROWS = BarChart(
    title="Anfragen nach Kreis",
    axis="Kreis",
    categories=("Barnim", "Havelland", "Spree-Neiße/Sprjewja-Nysa"),
    series=(Series("gestellt", (17, None, 0), ("17", "unter 5", "0")),),
    alternative="Ein Balken für jeden Kreis.",
    horizontal=True,
)
LINES = LineChart(
    title="Time to the answer",
    axis="Month",
    unit="hours",
    categories=("Jan", "Feb", "Mar", "Apr"),
    series=(Series("first answer", (2.5, None, 1.25, 3)),),
    alternative="A line through the months.",
    language=Language.EN,
    digits=2,
)
EVERY = (COLUMNS, STACKED, ROWS, LINES)
