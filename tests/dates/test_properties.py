"""What holds of every text and every date: nothing breaks, and what is written can be read."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.dates import BadDate, Found, Moment, Reason, Recurrence, Use
from kaz_bot.dates.reader import LONGEST, MOST_TOKENS
from kaz_bot.dates.vocabulary import vocabulary
from kaz_bot.texts.shelves import HouseStyle, Shelf, folder_of_ours
from tests.dates.examples import BERLIN, READER

NOW = datetime(2026, 9, 25, 10, 0, tzinfo=BERLIN)
SHELVES = {
    language: Shelf(language, [folder_of_ours()], HouseStyle()).words for language in ("de", "en")
}
WORDS = [" ".join(words) for words in vocabulary().phrases()]
FIGURES = "15. 15.10. 15.10.2027 31.2. 9:30 25:61 9.30 42 2027 0 99 1,5 - / 2026-10-15 0930".split()

uses = st.sampled_from(Use)
nows = st.datetimes(
    min_value=datetime.fromisoformat("2025-01-01"),
    max_value=datetime.fromisoformat("2030-12-31"),
    timezones=st.sampled_from([UTC, BERLIN]),
)
# Every minute of some years that a clock shows once, in any season.
minutes = st.integers(min_value=1, max_value=4 * 366 * 24 * 60).map(
    lambda count: (NOW.astimezone(UTC) + timedelta(minutes=count)).astimezone(BERLIN)
)
shown_once = minutes.filter(lambda at: at.utcoffset() == at.replace(fold=1 - at.fold).utcoffset())


def said(text: str, now: datetime, use: Use) -> object:
    """What reading comes to, or the refusal."""
    try:
        return READER.read(text, now, use)
    except BadDate as refusal:
        return refusal


def found(text: str, now: datetime, use: Use) -> object:
    try:
        return READER.found(text, now, use)
    except BadDate as refusal:
        return refusal


def until(text: str, now: datetime) -> object:
    try:
        return READER.until(text, now)
    except BadDate as refusal:
        return refusal


@settings(max_examples=150, deadline=None)
@given(at=shown_once, language=st.sampled_from(["de", "en"]), use=uses)
def test_a_moment_that_a_template_writes_can_be_read(at: datetime, language: str, use: Use) -> None:
    written = str(SHELVES[language].moment(at))
    assert READER.read(written, NOW, use) == Moment(at=at, timed=True)


@settings(max_examples=100, deadline=None)
@given(at=shown_once, language=st.sampled_from(["de", "en"]))
def test_a_day_that_a_template_writes_can_be_read(at: datetime, language: str) -> None:
    written = str(SHELVES[language].day(at))
    end = at.replace(hour=23, minute=59, fold=0)
    assert READER.read(written, NOW, Use.DEADLINE) == Moment(at=end, timed=False)


@settings(max_examples=150, deadline=None)
@given(at=minutes, use=uses)
def test_an_instant_with_its_offset_can_be_read(at: datetime, use: Use) -> None:
    assert READER.read(at.isoformat(), NOW, use) == Moment(at=at, timed=True)


@settings(max_examples=150, deadline=None)
@given(
    at=shown_once,
    form=st.sampled_from(
        [
            "%d.%m.%Y %H:%M",
            "%d.%m.%y, %H.%M Uhr",
            "%Y-%m-%dT%H:%M",
            "%H:%M %Y-%m-%d",
            "%Y%m%d %H:%M",
        ]
    ),
)
def test_a_date_in_figures_can_be_read(at: datetime, form: str) -> None:
    assert READER.read(at.strftime(form), NOW, Use.REMINDER) == Moment(at=at, timed=True)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=5000), now=nows, use=uses)
def test_any_text_is_read_or_refused(text: str, now: datetime, use: Use) -> None:
    assert isinstance(said(text, now, use), Moment | Recurrence | BadDate)
    assert isinstance(found(text, now, use), Found | BadDate | None)
    assert isinstance(until(text, now), Found | BadDate | None)


@settings(max_examples=600, deadline=None)
@given(
    words=st.lists(st.sampled_from([*WORDS, *FIGURES * 20]), min_size=1, max_size=12),
    now=nows,
    use=uses,
)
def test_any_shuffle_of_the_words_is_read_or_refused(
    words: list[str], now: datetime, use: Use
) -> None:
    text = " ".join(words)
    assert isinstance(said(text, now, use), Moment | Recurrence | BadDate)
    assert isinstance(found(text, now, use), Found | BadDate | None)
    assert isinstance(until(text, now), Found | BadDate | None)


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from([*WORDS, *FIGURES * 20]), min_size=1, max_size=6),
    now=nows,
    use=uses,
)
def test_what_is_taken_lies_ahead_to_the_minute_and_in_the_zone(
    words: list[str], now: datetime, use: Use
) -> None:
    when = said(" ".join(words), now, use)
    at = getattr(when, "at", None) or getattr(when, "dtstart", None) or now + timedelta(minutes=1)
    assert at > now
    assert isinstance(when, BadDate) or (at.tzinfo, at.second) == (BERLIN, 0)


def test_a_text_too_long_is_not_looked_at() -> None:
    refusal = said("morgen " * LONGEST, NOW, Use.REMINDER)
    assert isinstance(refusal, BadDate)
    assert refusal.reason is Reason.TOO_LONG


def test_the_grammar_is_never_asked_about_more_words_than_it_may() -> None:
    refusal = said("9 " * (MOST_TOKENS + 1), NOW, Use.REMINDER)
    assert isinstance(refusal, BadDate)
    assert refusal.reason is Reason.TOO_LONG
