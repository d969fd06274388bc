"""Facts for every template, by name: ordinary ones, hostile ones, and hardly any at all."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from kaz_bot.announcements.view import Person, RoomView
from kaz_bot.commands import Family, Verb
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.domain.service_levels import Due, Target
from kaz_bot.domain.tickets import AreaKey, Priority, Rating, Step, Ticket, TicketId, TicketState
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.domain.views import TicketLine
from kaz_bot.forgetting import Forgotten
from kaz_bot.menu import VERBS
from kaz_bot.messages import RoomId, RoomState, UserId
from kaz_bot.rights import ROOMS_OF
from kaz_bot.store.work import StoreHealth
from kaz_bot.texts import Quoted
from tests.texts.facts_of_ballots import facts_of_ballots
from tests.texts.facts_of_blocks import facts_of_blocks, orphan
from tests.texts.facts_of_catalogue import facts_of_catalogue
from tests.texts.facts_of_decisions import facts_of_decisions
from tests.texts.facts_of_digests import facts_of_digests
from tests.texts.facts_of_meetings import facts_of_meetings
from tests.texts.facts_of_municipalities import facts_of_municipalities
from tests.texts.facts_of_papers import facts_of_papers
from tests.texts.facts_of_reports import facts_of_reports
from tests.texts.facts_of_search import facts_of_search
from tests.texts.facts_of_solutions import facts_of_solutions
from tests.texts.facts_of_tasks import facts_of_tasks
from tests.texts.facts_of_time import facts_of_time

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
AREAS = Areas.of(["standards", "procurement", "security", "projects"], default="projects")
PROJECTS, SECURITY = AreaKey("projects"), AreaKey("security")

Words = Callable[[str], str]


def ordinary(name: str) -> str:
    """What people usually write where a fact of this name stands."""
    return {
        "name": "Ann Beck",
        "text": "Welche Frist gilt für die neue Ausschreibung",
        "url": "https://kaz.test/datenschutz",
    }.get(name, "Wort")


def hostile(name: str) -> str:
    """A name that tries to be markup, a template, a control and a change of direction."""
    return (
        f"{name}<img src=x onerror=alert(1)><script>x</script></p></b></li>\"'&amp;&lt;"
        "{{ 7 * 7 }}{% raw %}\r\n\u202e\u2066\x1b[31m\x00\x07\u2028 שלום"
    )


def giant(name: str) -> str:
    """As much as fits into one event, in tags that nest."""
    return f"{name} " + "<ul><li>" * 4000 + "&" * 20000 + "x" * 13000


def facts(template: str, words: Words, *, plenty: bool, state: TicketState) -> Mapping[str, object]:
    """All facts that any template names, as `template` would be given them."""
    known = _plain(words, plenty=plenty) | _records(words, plenty=plenty, state=state)
    ticket = _ticket(words, plenty=plenty, state=state)
    timely = facts_of_time(template, words, plenty=plenty, state=state, ticket=ticket)
    of_papers = facts_of_papers(template, words, plenty=plenty, state=state)
    blocked = facts_of_blocks(template, words, plenty=plenty, state=state)
    of_tasks = facts_of_tasks(template, words, plenty=plenty, state=state)
    of_ballots = facts_of_ballots(template, words, plenty=plenty, state=state)
    decided = facts_of_decisions(template, words, plenty=plenty, state=state)
    met = facts_of_meetings(template, words, plenty=plenty, state=state)
    digested = facts_of_digests(template, words, plenty=plenty, state=state)
    catalogued = facts_of_catalogue(template, words, plenty=plenty)
    known |= facts_of_municipalities(template, words, plenty=plenty)
    known |= facts_of_solutions(template, words, plenty=plenty, state=state)
    known |= facts_of_reports(template, words, plenty=plenty, state=state)
    known |= facts_of_search(template, words, plenty=plenty, ticket=ticket)
    known |= {**decided, **_otherwise(template, words, plenty=plenty), **catalogued}
    return {**known, **timely, **of_papers, **blocked, **of_tasks, **of_ballots, **met, **digested}


def _plain(words: Words, *, plenty: bool) -> dict[str, object]:
    optional = words if plenty else lambda _: ""
    texts = ("reason", "emergency_contact", "file", "room_name", "assignee_name", "word")
    certain = ("author", "server", "room_id", "ref")
    flags = (
        "private",
        "by_asker",
        "mine",
        "overdue",
        "closed",
        "stands",
        "yours",
        "looks_like_question",
        "direct",
    )
    counts = ("count", "more", "left_out", "posts", "reminders")
    return {
        **_calendar(plenty=plenty),
        **{name: optional("name") for name in texts},
        **{name: words("name") for name in certain},
        **dict.fromkeys(flags, plenty),
        **dict.fromkeys(counts, 12 if plenty else 1),
        "more": 3 if plenty else 0,
        "prefix": "kaz",
        "text": Quoted(optional("text"), f"<p>{optional('text')}</p>" if plenty else ""),
        "privacy_url": "https://kaz.test/?a=1&b=2" if plenty else "",
        "url": "https://kaz.test/?a=1&b=2" if plenty else "",
        "problem": "public",
        "problems": (words("name"), words("text")),
        "intake": "suggest" if plenty else "auto",
        "limit": 8000,
        "length": 65536,
        "said_at": MORNING,
        "now": MORNING,
    }


def _calendar(*, plenty: bool) -> dict[str, object]:
    token = "A" * 43
    return {
        "address": f"https://kaz-bot.kommune.test/calendar/{token}.ics" if plenty else "",
        "missing": 3 if plenty else 0,
        "feed": Feed(token=token, made_at=MORNING).revoked(MORNING) if plenty else None,
        "by_others": 2 if plenty else 0,
        **dict.fromkeys(("served", "anew", "was_on"), plenty),
    }


def _records(words: Words, *, plenty: bool, state: TicketState) -> dict[str, object]:
    person = Person(id=UserId("@ann:kaz.test"), name=words("name"))
    ticket = _ticket(words, plenty=plenty, state=state)
    lines = [_line(words, ticket, plenty=plenty)] * 3
    return {
        **dict.fromkeys(("asker", "specialist", "person", "holder"), person),
        "by": Person(id=UserId("@bo:kaz.test"), name=words("name")) if plenty else person,
        "named": person if plenty else None,
        **dict.fromkeys(("ticket", "lead", "former"), ticket),
        **dict.fromkeys(("here", "other", "number"), TicketId(12)),
        "solved": TicketId(3),
        "municipalities": 3 if plenty else 1,
        **dict.fromkeys(("doubles", "offered"), (TicketId(3), TicketId(5)) if plenty else ()),
        "tickets": [ticket, ticket] if plenty else [],
        "merged": [ticket] if plenty else [],
        "lines": lines if plenty else [],
        "target": Target.ANSWER if plenty else Target.SOLUTION,
        "due_at": MORNING,
        "dues": tuple(_due(target, plenty=plenty) for target in Target) if plenty else (),
        "withheld": 2 if plenty else 0,
        "line": lines[0],
        "areas": AREAS.all,
        "likeliest": (SECURITY, PROJECTS) if plenty else (),
        "area": SECURITY if plenty else "",
        "origin": SECURITY if plenty else PROJECTS,
        "kind": PostKind.ANSWER,
        "rating": Rating.NOT_HELPFUL,
        "before": Priority.LOW,
        "step": Step.CLAIM,
        "possible": (Step.CLAIM, Step.CLOSE) if plenty else (),
        "verb": VERBS.all[0],
        "verbs": tuple(verb for verb in VERBS.all if plenty and not verb.family) or VERBS.all[:1],
        "families": _families(plenty=plenty),
        "nearest": VERBS.all[0] if plenty else None,
        "rooms": (RoomKind.AREA, RoomKind.PROJECT) if plenty else (),
        "variants": tuple(verb for verb in VERBS.all if verb.about)[:4] if plenty else (),
        "committee": plenty,
        "entries": [(entry, words("name") if plenty else "") for entry in _trail(ticket)],
        "forgotten": Forgotten(
            withdrawn=(ticket,) if plenty else (),
            released=(ticket,),
            orphaned=(orphan(words),) if plenty else (),
        ),
        "health": StoreHealth(
            active_tickets=1234,
            rooms=8,
            undecrypted=0,
            letters_queued=3,
            letters_rejected=1 if plenty else 0,
            oldest_letter_at=MORNING if plenty else None,
        ),
        "state": _room_state(words, plenty=plenty),
    }


def _otherwise(template: str, words: Words, *, plenty: bool) -> dict[str, object]:
    """The same name means something else in a few templates."""
    kind = RoomKind.AREA if plenty else RoomKind.PROJECT
    view = RoomView(
        room_id=RoomId("!a:kaz.test"),
        kind=kind,
        area=SECURITY if plenty else None,
        name=words("name"),
        language=Language.DE,
        encrypted=False,
        members={},
    )
    bound = BoundRoom(room_id=RoomId(words("name")), kind=kind, area=view.area, bound_at=MORNING)
    meant: dict[str, dict[str, object]] = {
        "room/bound": {"room": view},
        "room/lost": {"room": bound, "by": None},
        "room/refused_for_admins": {"kind": RoomKind.AREA},
        "info/room": {"room": bound},
        "help/overview": {
            "kind": RoomKind.PROJECT if plenty else RoomKind.DIRECT,
            "verbs": tuple(verb for verb in _of_the_committee() if plenty and not verb.family)
            or VERBS.all[:1],
        },
        "letters/rejected": {"tickets": ["KAZ-1", "KAZ-2"] if plenty else []},
        "refusal/unknown_list": {"word": words("name")},
        "refusal/unknown_room_kind": {"word": words("name")},
    }
    if template.startswith("refusal/date/"):
        return _bad_date(words, plenty=plenty)
    return meant.get(template, {})


def _families(*, plenty: bool) -> list[tuple[Family, list[Verb]]]:
    """What belongs together; the first verb of each name."""
    named = {
        family: {verb.german: verb for verb in reversed(VERBS.all) if verb.family is family}
        for family in Family
        if plenty
    }
    return [(family, list(verbs.values())) for family, verbs in named.items()]


def _of_the_committee() -> tuple[Verb, ...]:
    """What can be said in its room: nowhere more."""
    return tuple(verb for verb in VERBS.all if RoomKind.COMMITTEE in ROOMS_OF[verb.allow])


def _bad_date(words: Words, *, plenty: bool) -> dict[str, object]:
    return {
        "heard": words("text") if plenty else "",
        "days": (),
        "moments": (MORNING, MORNING + timedelta(days=7)) if plenty else (),
        "day": MORNING.date() if plenty else None,
        "moment": MORNING if plenty else None,
        "said": 1 if plenty else None,
    }


def _ticket(words: Words, *, plenty: bool, state: TicketState) -> Ticket:
    return Ticket(
        id=TicketId(12),
        state=state,
        area=PROJECTS,
        priority=Priority.HIGH if plenty else Priority.NORMAL,
        asker=UserId("@ann:kaz.test"),
        room_id=RoomId("!a:kaz.test"),
        question=words("text") if plenty else "",
        because=(words("word"), words("word")) if plenty else (),
        confidential=plenty,
        incident=plenty and state is TicketState.NEW,
        merged_into=TicketId(3) if plenty else None,
        opened_at=MORNING,
        changed_at=MORNING,
    )


def _due(target: Target, *, plenty: bool) -> Due:
    return Due(target=target, at=MORNING, overdue=plenty)


def _line(words: Words, ticket: Ticket, *, plenty: bool) -> TicketLine:
    return TicketLine(
        ticket=ticket,
        question=words("text") if plenty else "",
        solution=words("text") if plenty else "",
        assignee_name=words("name") if plenty else "",
        due=_due(Target.SOLUTION, plenty=plenty),
        stands=not plenty,
        awaits="BV-7" if plenty else "",
    )


def _trail(ticket: Ticket) -> list[TrailEntry]:
    details = {
        "opened": {"area": "security", "priority": "high"},
        "routed": {"from": "security", "to": "projects"},
        "priority": {"from": "low", "to": "high"},
        "merged": {"into": "9"},
        "relayed": {"post": "answer"},
        "closed": {"by": "3"},
        "suggested": {"of": "3 5"},
        "woken": {"paper": "BV-7", "outcome": "passed"},
    }
    return [
        TrailEntry(
            ticket_id=ticket.id, at=MORNING, actor=None, event=event, state="new", details=known
        )
        for event, known in details.items()
    ]


def _room_state(words: Words, *, plenty: bool) -> RoomState:
    return RoomState(
        room_id=RoomId("!a:kaz.test"),
        name=words("name"),
        encrypted=plenty,
        members={UserId("@ann:kaz.test"): "Ann Beck"},
    )
