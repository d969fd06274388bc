"""Who votes for whom: named by the chair, read by everybody, frozen when a vote opens."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.ballots import Elector
from kaz_bot.domain.committee.bodies import Body
from kaz_bot.electing import electors_of
from kaz_bot.messages import UserId
from tests.desk import (
    BOT,
    COMMITTEE,
    EVA,
    FRED,
    KIM,
    LEA,
    MAX,
    NIA,
    PROJECT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import Sent, room

LANDKREISTAG = "!kaz stimmberechtigt Landkreistag @lea Vertretung @max"
ROBO = UserId("@robo:kaz.test")


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def bodies(desk: DeskAtWork) -> list[tuple[str, tuple[UserId, ...], tuple[UserId, ...]]]:
    """Who speaks for whom."""
    async with desk.store.work() as work:
        found: list[Body] = await work.bodies.of(COMMITTEE)
    return [(body.name, body.members, body.deputies) for body in found]


async def electors(desk: DeskAtWork) -> list[tuple[int, str, UserId, str]]:
    """Who could vote at this moment."""
    state = desk.homeserver.rooms.get(COMMITTEE)
    assert state is not None
    async with desk.store.work() as work:
        found: list[Elector] = await electors_of(work, state, desk.settings)
    return [(one.place, one.body, one.person, one.seat.value) for one in found]


def in_the_room(desk: DeskAtWork, *people: UserId) -> None:
    """The committee's room has these members from now on."""
    desk.homeserver.rooms.put(room(COMMITTEE, BOT, *people, name="Gremium", powers={KIM: 50}))


@pytest.mark.parametrize("typed", ["Vertretung @lea", "durch @nia"])
async def test_a_body_needs_a_name(desk: DeskAtWork, typed: str) -> None:
    await desk.says(KIM, f"!kaz stimmberechtigt {typed}")
    assert last(desk).about == {"code": "bad_argument"}
    assert await bodies(desk) == []


async def test_without_bodies_everybody_votes_for_themselves(desk: DeskAtWork) -> None:
    [answer] = await desk.says(NIA, "!kaz stimmberechtigt")
    assert answer.startswith(
        "Stellen sind nicht festgelegt. "
        "Jede Person in diesem Raum stimmt für sich: Kim, Lea, Max und Nia."
    )
    assert await electors(desk) == [
        (0, "Kim", KIM, "member"),
        (1, "Lea", LEA, "member"),
        (2, "Max", MAX, "member"),
        (3, "Nia", NIA, "member"),
    ]


@on_both_databases
async def test_the_chair_names_a_body_with_member_and_deputy(desk: DeskAtWork) -> None:
    assert await desk.says(KIM, LANDKREISTAG) == [
        (
            "Stimmberechtigt für Landkreistag: Lea, Vertretung: Max.\n\n"
            "Keine Stimme haben in diesem Raum: Kim und Nia.\n\n"
            "Alle Stellen: !kaz stimmberechtigt"
        )
    ]
    assert (last(desk).calls, last(desk).msgtype) == ([], "m.notice")
    assert last(desk).about == {"topic": "electorate", "body": "Landkreistag", "event": "seated"}
    assert await bodies(desk) == [("Landkreistag", (LEA,), (MAX,))]
    assert await electors(desk) == [
        (0, "Landkreistag", LEA, "member"),
        (0, "Landkreistag", MAX, "deputy"),
    ]


async def test_bodies_are_listed_in_the_order_of_their_naming(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, "!kaz stimmberechtigt Städte- und Gemeindebund @nia")
    assert await desk.says(LEA, "!kaz stimmberechtigt") == [
        (
            "Stimmberechtigt sind hier diese Stellen. Jede hat eine Stimme.\n\n"
            "- Landkreistag: Lea. Vertretung: Max\n"
            "- Städte- und Gemeindebund: Nia\n\n"
            "Keine Stimme hat: Kim.\n\n"
            "Der Vorsitz legt fest, wer für eine Stelle abstimmt:\n\n"
            "- !kaz stimmberechtigt <Stelle> <@Mitglied> Vertretung <@Person>\n"
            "- !kaz stimmberechtigt <Stelle> entfernen"
        )
    ]
    assert [place for place, *_ in await electors(desk)] == [0, 0, 1]


async def test_in_an_english_room_it_is_all_in_english(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    [answer] = await desk.says(KIM, "!kaz electorate Landkreistag @lea deputy @max")
    assert answer.startswith("Entitled to vote for Landkreistag: Lea, deputy: Max.")
    [listed] = await desk.says(KIM, "!kaz electorate")
    assert "- Landkreistag: Lea. Deputy: Max" in listed


async def test_one_body_can_be_read_alone(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim")
    [answer] = await desk.says(NIA, "!kaz stimmberechtigt landkreistag")
    assert "- Landkreistag: Lea. Vertretung: Max" in answer
    assert "Kaz:" not in answer


@pytest.mark.parametrize(
    "attempt", ["Kaz @nia", "Landkreistag @nia", "Landkreistag entfernen", "Nichts entfernen"]
)
async def test_only_the_chair_changes_it_and_is_named(desk: DeskAtWork, attempt: str) -> None:
    await desk.says(KIM, LANDKREISTAG)
    assert await desk.says(LEA, f"!kaz stimmberechtigt {attempt}") == [
        "Das kann nur der Vorsitz. Den Vorsitz hat hier: Kim."
    ]
    assert last(desk).about == {"code": "not_allowed"}
    assert await bodies(desk) == [("Landkreistag", (LEA,), (MAX,))]


async def test_a_body_named_again_has_other_seats_and_both_are_said(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    [answer] = await desk.says(KIM, "!kaz stimmberechtigt LANDKREISTAG @nia und @lea")
    assert answer.startswith(
        "Stimmberechtigt für Landkreistag: Nia und Lea.\n\nBisher: Lea, Vertretung: Max."
    )
    assert await bodies(desk) == [("Landkreistag", (NIA, LEA), ())]


async def test_of_a_body_that_exists_the_deputies_may_be_named_alone(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, "!kaz stimmberechtigt Landkreistag Vertretung @nia")
    assert await bodies(desk) == [("Landkreistag", (LEA,), (NIA,))]


async def test_of_a_new_one_they_may_not(desk: DeskAtWork) -> None:
    [refusal] = await desk.says(KIM, "!kaz stimmberechtigt Landkreistag Vertretung @nia")
    assert refusal.startswith("Ich weiß noch nicht, wer gemeint ist.")


async def test_what_is_so_already_changes_nothing(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, LANDKREISTAG)
    assert last(desk).about == {"topic": "electorate", "bodies": ["Landkreistag"]}


async def test_nobody_speaks_for_two_bodies(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    [refusal] = await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim Vertretung @max")
    assert refusal.startswith("Max spricht schon für eine andere Stelle: Landkreistag.")
    assert last(desk).about == {"code": "bad_argument"}
    assert len(await bodies(desk)) == 1


async def test_a_body_is_removed_and_the_last_one_leaves_everybody_alone(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, "!kaz stimmberechtigt Kaz @kim")
    [answer] = await desk.says(KIM, "!kaz stimmberechtigt Landkreistag entfernen")
    assert answer.startswith(
        "Landkreistag ist nicht mehr stimmberechtigt.\n\n"
        "Keine Stimme haben in diesem Raum: Lea, Max und Nia."
    )
    [answer] = await desk.says(KIM, "!kaz electorate remove Kaz")
    assert "Jetzt gibt es keine Stellen mehr. Jede Person in diesem Raum stimmt für sich." in answer
    assert await bodies(desk) == []


async def test_a_body_that_does_not_exist_is_refused_with_those_that_do(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    [refusal] = await desk.says(KIM, "!kaz stimmberechtigt Kreistag entfernen")
    assert refusal.startswith("Eine Stelle „Kreistag“ stimmt hier nicht ab. Diese gibt es: Land")
    assert last(desk).about == {"code": "not_found"}


async def test_who_is_not_in_the_room_is_not_seated(desk: DeskAtWork) -> None:
    [refusal] = await desk.says(KIM, "!kaz stimmberechtigt Kaz @eva")
    assert refusal.startswith("Ich finde hier niemanden, den „@eva“ eindeutig meint.")


async def test_a_pill_names_somebody_as_well(desk: DeskAtWork) -> None:
    await desk.says(
        KIM,
        "!kaz stimmberechtigt Landkreistag Lea Vertretung Max",
        mentions=frozenset({LEA, MAX}),
    )
    assert await bodies(desk) == [("Landkreistag", (LEA,), (MAX,))]


async def test_a_body_may_have_the_name_of_the_bot_that_is_mentioned(desk: DeskAtWork) -> None:
    await desk.says(KIM, "@kaz stimmberechtigt Kaz @kim", mentions=frozenset({BOT}))
    assert await bodies(desk) == [("Kaz", (KIM,), ())]


async def test_bots_have_no_vote(open_desk: OpenDesk) -> None:
    desk = await open_desk(bots=frozenset({ROBO}))
    in_the_room(desk, KIM, LEA, ROBO)
    assert await desk.says(KIM, "!kaz stimmberechtigt Kaz @kaz") == [
        "Kaz ist ein Bot. Bots haben keine Stimme."
    ]
    assert await desk.says(KIM, "!kaz stimmberechtigt Kaz @robo") == [
        "Robo ist ein Bot. Bots haben keine Stimme."
    ]
    [listed] = await desk.says(KIM, "!kaz stimmberechtigt")
    assert "stimmt für sich: Kim und Lea." in listed
    assert [person for _, _, person, _ in await electors(desk)] == [KIM, LEA]


async def test_people_whom_the_desk_does_not_serve_have_none_either(desk: DeskAtWork) -> None:
    in_the_room(desk, KIM, LEA, FRED)
    [refusal] = await desk.says(KIM, "!kaz stimmberechtigt Kaz @fred")
    assert refusal.startswith("Fred kann nicht abstimmen.")
    assert [person for _, _, person, _ in await electors(desk)] == [KIM, LEA]


@pytest.mark.parametrize(
    "typed",
    ["@lea", ": @lea", "--- @lea", "x" * 81 + " @lea", "Kaz @lea" + " und @max" * 300],
)
async def test_a_body_needs_a_name_that_fits_into_a_line(desk: DeskAtWork, typed: str) -> None:
    await desk.says(KIM, f"!kaz stimmberechtigt {typed}")
    assert last(desk).told in {"error:bad_argument", "error:too_long"}
    assert await bodies(desk) == []


async def test_who_leaves_keeps_the_seat_and_is_said_to_be_away(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    desk.homeserver.rooms.leave(COMMITTEE, LEA)
    [listed] = await desk.says(KIM, "!kaz stimmberechtigt")
    assert "(nicht im Raum). Vertretung: Max" in listed
    assert await electors(desk) == [
        (0, "Landkreistag", LEA, "member"),
        (0, "Landkreistag", MAX, "deputy"),
    ]


async def test_a_body_of_which_nobody_is_there_stays_entitled(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz stimmberechtigt Landkreistag @lea")
    desk.homeserver.rooms.leave(COMMITTEE, LEA)
    assert await electors(desk) == [(0, "Landkreistag", LEA, "member")]


async def test_two_people_of_the_same_name_are_told_apart(desk: DeskAtWork) -> None:
    state = room(COMMITTEE, BOT, KIM, LEA, name="Gremium")
    desk.homeserver.rooms.put(replace(state, members={KIM: "Kim", LEA: "Kim", BOT: "Kaz"}))
    assert [body for _, body, _, _ in await electors(desk)] == ["Kim", "Kim (2)"]


async def test_a_vote_that_is_open_keeps_its_electors(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(LEA, "!kaz beschluss Programm")
    await desk.says(KIM, "!kaz abstimmung BV-1 im Umlauf bis 15.10.")
    [answer] = await desk.says(KIM, "!kaz stimmberechtigt Landkreistag @nia")
    assert "Laufende Abstimmungen ändern sich dadurch nicht: BV-1." in answer
    [listed] = await desk.says(KIM, "!kaz stimmberechtigt")
    assert (
        "Für laufende Abstimmungen gilt, wer bei ihrem Beginn stimmberechtigt war: BV-1."
    ) in listed
    await desk.says(NIA, "!kaz ja BV-1")
    assert last(desk).told == "error:not_allowed"
    await desk.says(LEA, "!kaz ja BV-1")
    assert "decision:closed" in desk.told(COMMITTEE)


async def test_who_changed_it_stands_in_the_trail(desk: DeskAtWork) -> None:
    await desk.says(KIM, LANDKREISTAG)
    await desk.says(KIM, "!kaz stimmberechtigt Landkreistag entfernen")
    async with desk.store.work() as work:
        entries = await work.committee_trail.by(KIM)
    assert [(entry.event, entry.details["body"]) for entry in entries] == [
        ("seated", "Landkreistag"),
        ("unseated", "Landkreistag"),
    ]


async def test_nobody_outside_of_the_committee_reads_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz stimmberechtigt")
    assert desk.told(PROJECT) == ["error:not_allowed"]
