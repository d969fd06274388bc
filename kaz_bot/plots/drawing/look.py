"""The look of our pictures: colours, sizes and fonts, the same as that of our documents."""

from dataclasses import dataclass

INK = "#1b2730"
QUIET = "#4a5761"
HAIRLINE = "#dbe1e6"
BASELINE = "#8b99a4"
PAPER = "#ffffff"


@dataclass(frozen=True)
class Style:
    """How the figures of one series look: `ink` is written on the `fill`, `stroke` goes around it
    and is the colour of lines."""

    fill: str
    stroke: str
    ink: str
    marker: str
    dashes: tuple[float, ...] = ()


# The fills are at least 12 steps of lightness (L* of CIELAB) from each other, so that they are
# told apart in grey; blue stands beside orange, which all kinds of colour blindness tell apart.
# Each stroke has a contrast of 3 to 1 on paper (WCAG 2.1, 1.4.11).
STYLES = (
    Style("#0b4f6c", "#0b4f6c", PAPER, "o"),
    Style("#eaa64d", "#b4690e", INK, "s", (5, 2)),
    Style("#cfe6ef", "#4b8ca8", INK, "^", (1.5, 1.5)),
    Style("#7f6b93", "#6a567e", PAPER, "D", (6, 2, 1.5, 2)),
    Style("#a48f7a", "#77634f", INK, "v", (8, 2)),
)

# In inches: as wide as the text of a page, so that letters have the same size in both. What
# stands alone has a margin.
WIDTH, MARGIN = 6.4, 0.18
TITLE, LABEL, VALUE, SMALL = 11.0, 9.0, 8.5, 8.0
# Points of a picture in dots, per inch.
DOTS = 200


def style(number: int) -> Style:
    """That of the series with this number; those of many series come again."""
    return STYLES[number % len(STYLES)]
