"""Every template in every language keeps the promises of texts, whatever facts it is given."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest

import kaz_bot
from kaz_bot.domain import events
from kaz_bot.domain.committee.ballot_events import BallotHappened
from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.decision_events import DecisionHappened
from kaz_bot.domain.committee.drafts import Part
from kaz_bot.domain.committee.meetings import ItemResult, MeetingState
from kaz_bot.domain.committee.paper_events import PaperHappened
from kaz_bot.domain.committee.papers import PaperState, PaperStep
from kaz_bot.domain.committee.task_lines import TaskGroup
from kaz_bot.domain.digest_contents import Light, Topic
from kaz_bot.domain.digest_weeks import Trend
from kaz_bot.domain.digests import Rhythm
from kaz_bot.domain.knowledge.anonymising import Personal
from kaz_bot.domain.knowledge.catalogue_parts import EntryPart
from kaz_bot.domain.knowledge.solution_lines import SolutionPart
from kaz_bot.domain.knowledge.solutions import SolutionState
from kaz_bot.domain.municipalities import MunicipalityKind
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.service_levels import Target
from kaz_bot.domain.tickets import Priority, Rating, Step, TicketState
from kaz_bot.menu import VERBS
from kaz_bot.messages import Rendered
from kaz_bot.texts import LANGUAGES, HouseStyle, Texts
from kaz_bot.texts.quoted import TAGS
from kaz_bot.texts.shelves import folder_of_ours
from tests.texts import facts as given
from tests.texts.facts_of_catalogue import ENTRY_EVENTS, ENTRY_KINDS
from tests.texts.facts_of_meetings import MEETING_EVENTS
from tests.texts.facts_of_solutions import SOLUTION_EVENTS
from tests.texts.facts_of_tasks import TASK_EVENTS, TASK_STATES

# A prefix without its exclamation mark: the bot's own sentences have none.
TEXTS = Texts(style=HouseStyle(prefix="kaz"))
# Words and parts stand in other templates; what operators print has its own tests.
NO_MESSAGES = ("words/", "parts/", "help/verbs/", "check/", "export/")
NAMES = sorted(name for name in TEXTS.names("de") if not name.startswith(NO_MESSAGES))
EVERY = list(product(LANGUAGES, NAMES))
SOURCES = sorted(folder_of_ours().rglob("*.html"))

PAPER_EVENTS = [
    kind.word for family in (PaperHappened, BallotHappened) for kind in family.__subclasses__()
]
# What lists as many things as there are may be longer than a message should be.
LISTS = {
    "digest/digest",
    *("info/decision", "info/decisions", "info/decision_history"),
    *("help/overview", "info/history", "info/list", "info/search", "info/show", "info/my_data"),
    *("info/paper", "info/paper_history", "info/task_history", "info/tasks"),
    *("info/catalogue", "info/entry", "info/entry_history"),
    "municipality/choice",
    *("info/solution", "info/solution_history", "solution/proposed", "solution/changed"),
    *("meeting/called", "meeting/moved", "paper/filed", "paper/changed"),
    *("ballot/opened", "ballot/passed", "ballot/rejected", "ballot/no_quorum"),
}
ATTRIBUTES = {("a", "href"), ("ol", "start"), ("code", "class")}
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066\u2067\ud800-\udfff]")


class Page(HTMLParser):
    """What a client's parser finds: tags, attributes, texts, and whether each tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))


def rendered(
    language: str,
    name: str,
    words: given.Words = given.ordinary,
    *,
    plenty: bool = True,
    state: TicketState = TicketState.RESOLVED,
) -> Rendered:
    """The template with facts of that kind."""
    return TEXTS.render(name, language, given.facts(name, words, plenty=plenty, state=state))


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("words", [given.hostile, given.giant], ids=["hostile", "giant"])
@pytest.mark.parametrize(("language", "name"), EVERY)
def test_hostile_facts_stay_words(language: str, name: str, words: given.Words) -> None:
    shown = rendered(language, name, words, state=TicketState.NEW)
    page = Page(shown.html)
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert (page.open, page.crossed) == ([], [])
    assert not ACTING.search(shown.html.replace("\n", "") + shown.body.replace("\n", ""))
    assert len(shown.html.encode()) + len(shown.body.encode()) < 60_000


@pytest.mark.parametrize("words", [given.ordinary, given.hostile], ids=["ordinary", "hostile"])
@pytest.mark.parametrize(("language", "name"), EVERY)
def test_the_plain_body_says_all_that_the_html_says(
    language: str, name: str, words: given.Words
) -> None:
    shown = rendered(language, name, words)
    page = Page(shown.html)
    body = one_line(shown.body)
    assert body
    assert [text for text in page.texts if text not in body] == []
    assert [address for address in page.addresses if address not in body] == []


@pytest.mark.parametrize("state", [TicketState.NEW, TicketState.CLOSED])
@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_template_needs_no_more_than_it_must(
    language: str, name: str, state: TicketState
) -> None:
    shown = rendered(language, name, plenty=False, state=state)
    assert shown.body
    assert "None" not in shown.body


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_message_is_short(language: str, name: str) -> None:
    most = 2500 if name in LISTS else 600
    assert len(rendered(language, name).body) <= most


@pytest.mark.parametrize(
    ("plenty", "state"),
    [(True, TicketState.NEW), (True, TicketState.CLOSED), (False, TicketState.WAITING)],
)
@pytest.mark.parametrize(("language", "name"), EVERY)
def test_sentences_are_short_polite_and_tidy(
    language: str, name: str, plenty: bool, state: TicketState
) -> None:
    body = rendered(language, name, plenty=plenty, state=state).body
    sentences = re.split(r"[.?:;]\s|\n", body)
    assert [text for text in sentences if len(text.split()) > 15] == []
    # Whoever is excused from a meeting is told so; the bot itself apologises for nothing.
    apology = r"\b(?:leider|sorry|apolog|entschuldig(?!t\b))\w*"
    assert re.findall(rf"!| [,.;:?]|\S  |{apology}", body) == []


@pytest.mark.parametrize("source", [path for path in SOURCES if "/de/" in path.as_posix()])
def test_german_says_sie(source: Path) -> None:
    familiar = r"\b(?:du|dein|deine[mnrs]?|dir|dich|euch|eure?[mnrs]?)\b"
    assert re.findall(familiar, source.read_text(), re.IGNORECASE) == []


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_leaves_escaping(source: Path) -> None:
    assert re.findall(r"\|\s*safe|autoescape|Markup", source.read_text()) == []


def test_both_languages_have_the_same_templates() -> None:
    assert TEXTS.names("de") == TEXTS.names("en")


@pytest.mark.parametrize("name", sorted(TEXTS.names("de")))
def test_both_languages_name_the_same_facts(name: str) -> None:
    assert TEXTS.facts_of(name, "de") == TEXTS.facts_of(name, "en")


def test_every_template_compiles() -> None:
    assert TEXTS.check() == []


def test_every_text_that_the_code_names_exists() -> None:
    sources = sorted(Path(kaz_bot.__file__).parent.rglob("*.py"))
    code = "\n".join(source.read_text() for source in sources)
    named = set(re.findall(r'"((?:ticket|info|help|room|letters|refusal)/\w+)"', code))
    assert "ticket/received" in named
    assert sorted(named - TEXTS.names("de")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_is_explained(language: str) -> None:
    explained = {name for name in TEXTS.names(language) if name.startswith("help/verbs/")}
    assert explained == {f"help/verbs/{verb.page}" for verb in VERBS.all}


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("state", list(TicketState)),
        ("priority", list(Priority)),
        ("rating", list(Rating)),
        ("step", list(Step)),
        ("room", list(RoomKind)),
        ("choice", [*Choice, "missing", "silent", "unexplained"]),
        ("digest_topic", list(Topic)),
        ("light", list(Light)),
        ("rhythm", list(Rhythm)),
        ("trend", [trend for trend in Trend if trend is not Trend.UNKNOWN]),
        ("decision_event", [kind.word for kind in DecisionHappened.__subclasses__()]),
        ("entry_event", ENTRY_EVENTS),
        ("entry_kind", ENTRY_KINDS),
        ("entry_part", list(EntryPart)),
        ("item_result", [result for result in ItemResult if result]),
        ("manner", list(Manner)),
        ("meeting_event", MEETING_EVENTS),
        ("meeting_state", list(MeetingState)),
        ("mode", list(Mode)),
        ("municipality_kind", list(MunicipalityKind)),
        ("paper_event", PAPER_EVENTS),
        ("paper_part", list(Part)),
        ("paper_state", list(PaperState)),
        ("paper_step", list(PaperStep)),
        ("placeholder", [kind for kind in Personal if kind is not Personal.GREETING]),
        ("removed", list(Personal)),
        ("solution_event", SOLUTION_EVENTS),
        ("solution_part", list(SolutionPart)),
        ("solution_state", list(SolutionState)),
        ("task_event", TASK_EVENTS),
        ("task_group", list(TaskGroup)),
        ("task_part", ["what", "client", "lead", "worker", "decision"]),
        ("task_state", TASK_STATES),
        ("post", list(PostKind)),
        ("area", [area.key for area in given.AREAS.all]),
        ("area_word", [area.key for area in given.AREAS.all]),
        ("event", [kind.word for kind in events.Happened.__subclasses__()]),
        ("reaction", [key for verb in VERBS.all for key in verb.reactions]),
        ("target", list(Target)),
        ("problem", ["public", "world_readable"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_a_word(language: str, table: str, keys: list[str]) -> None:
    assert set(keys) - TEXTS.words(table, language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_area_is_named_by_a_word_that_commands_know(language: str) -> None:
    words = TEXTS.words("area_word", language)
    assert {key: given.AREAS.named(word) for key, word in words.items()} == {
        area.key: area.key for area in given.AREAS.all
    }
