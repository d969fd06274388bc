"""Cuts a text into words, numbers and the forms in which dates and times are written in digits."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_FORMS = re.compile(
    r"""
    (?P<instant>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\ ?(?:Z\b|[+-]\d\d:?\d\d))
    |(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))T?
    |(?P<iso_week>\d{4}-?[Ww]\d\d(?:-?\d)?(?!\d)|\d{4}-?[Ww]\d(?!\d))
    |(?P<odd_date>\d{1,2}\.\d{1,2}\.\d(?![\d:.h]|\ ?[Uu]hr))
    |(?P<date>\d{1,2}(?:\.\ ?|\ \.)\d{1,2}\.(?:\ ?\d{4}(?![\d:])|\d\d(?![\d:.]))?)
    |(?P<slashed>\d{1,2}(?P<by>[/-])\d{1,2}(?P=by)(?:\d{4}|\d\d)(?!\d)|\d{1,2}/\d{1,2}(?![\d/])|\d{4}/\d\d?/\d\d?(?!\d))
    |(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
    |(?P<odd>\d+:\d*(?:[:.]\d+)*)
    |(?P<ordinal>\d+(?:st|nd|rd|th|te[nrs]?|ste[nrs]?)\b)
    |(?P<dotted>\d{1,2}\.\d{1,2}(?!\d))
    |(?P<decimal>\d+,\d+)
    |(?P<numbered>\d{1,3}\.(?!\d))
    |(?P<number>\d+)
    |(?P<meridiem>[ap]\.\ ?m\b\.?)
    |(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*\.?)
    |(?P<dash>[-–—‒])
    |(?P<empty>[\s,;()\[\]"„“”«»!?….:/*_'’]+)
    |(?P<strange>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_INVISIBLE = {"Cf", "Cc", "Mn"}
_KEPT = "\t\n\r"


@dataclass(frozen=True)
class Piece:
    """A piece of the text, from `start` to before `end`; `form` is the name of a form above."""

    form: str
    text: str
    start: int
    end: int


def visible(text: str) -> str:
    """The text without what cannot be seen, umlauts as single letters: what spans refer to."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        char for char in composed if char in _KEPT or unicodedata.category(char) not in _INVISIBLE
    )


def scan(text: str) -> Iterator[Piece]:
    """The pieces of a text that is `visible`, without what stands between them."""
    for match in _FORMS.finditer(_plain_digits(text)):
        form = match.lastgroup
        assert form
        # Of nested groups the last to close counts; "by" lies inside "slashed".
        if form != "empty":
            yield Piece(form, match.group(), *match.span())


def _plain_digits(text: str) -> str:
    """Full-width and other digits as the usual ones, letter for letter."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if not char.isascii() and char.isdecimal() else char
        for char in text
    )
