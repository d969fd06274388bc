"""Makes pictures of figures: described here, drawn by a process of their own."""

from kaz_bot.plots.charts import BarChart as BarChart
from kaz_bot.plots.charts import Chart as Chart
from kaz_bot.plots.charts import LineChart as LineChart
from kaz_bot.plots.charts import Series as Series
from kaz_bot.plots.problems import NoChart as NoChart
from kaz_bot.plots.written import chart_of as chart_of
from kaz_bot.plots.written import from_json as from_json
from kaz_bot.plots.written import of_chart as of_chart
from kaz_bot.plots.written import to_json as to_json
