"""What can go wrong between a chart and its picture."""

# The status of a process that says: it is the chart (sysexits.h, EX_DATAERR).
NOT_DRAWN = 65


class NoChart(Exception):
    """What was to be drawn is not a chart, or not one of this release."""
