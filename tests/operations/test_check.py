"""`check` tells an operator in plain words what keeps the bot from serving."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kaz_bot.config import Settings
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.messages import RoomId, UserId
from kaz_bot.operations.check import examine, lines, serves
from kaz_bot.operations.check.installation import check_settings
from kaz_bot.operations.records import migrate
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.matrix.fake_homeserver import BOT, DEVICE, TOKEN, FakeHomeserver, Says
from tests.operations.conftest import NewSettings
from tests.store.records import LETTER, NOON

ANN = "@ann:kaz.test"
FLOWS = Says(200, {"flows": [{"type": "m.login.password"}]})
TEXTS = Texts()

State = Mapping[str, Mapping[str, object]]
Check = Callable[..., Awaitable[list[str]]]


@pytest.fixture
async def server() -> AsyncIterator[FakeHomeserver]:
    fake = FakeHomeserver()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def settings(server: FakeHomeserver, new_settings: NewSettings) -> Settings:
    """Settings with which all is well, once the rooms are there."""
    return new_settings(
        homeserver=server.url,
        user_id=UserId(BOT),
        password="pw",
        language="en",
        emergency_contact="110",
        admins=frozenset({UserId(ANN)}),
        rooms={"security": "!sec", "projects": "!pro", "admin": "!adm"},
    )


@pytest.fixture
def check(server: FakeHomeserver) -> Check:
    """What `check` says, line by line, about a homeserver that offers logins by password."""

    async def said(settings: Settings) -> list[str]:
        server.fails("login", FLOWS)
        server.fails("logout", Says(200, {}))
        return list(lines(await examine(settings, TEXTS), TEXTS, settings.language))

    return said


def room(members: tuple[str, ...] = (ANN, BOT), **changes: Mapping[str, object]) -> State:
    """The part of a sync about one room: encrypted, by invitation; changes by state type."""
    contents: dict[str, Mapping[str, object]] = {
        "create": {"room_version": "11"},
        "encryption": {"algorithm": "m.megolm.v1.aes-sha2"},
        "join_rules": {"join_rule": "invite"},
        "history_visibility": {"history_visibility": "shared"},
        "power_levels": {"users": {ANN: 100}},
    }
    events = [
        {"type": f"m.room.{kind}", "state_key": "", "sender": ANN, "content": content}
        for kind, content in (contents | changes).items()
        if content
    ]
    events += [
        {"type": "m.room.member", "state_key": user, "content": {"membership": "join"}}
        for user in members
    ]
    return {"state": {"events": events}}


def surrounded(server: FakeHomeserver, **rooms: State) -> None:
    """The bot is in these rooms and in the ones of the settings that are not named."""
    joined = {"sec": room(), "pro": room(), "adm": room()} | rooms
    server.brings(None, {"rooms": {"join": {f"!{name}": state for name, state in joined.items()}}})


async def test_all_is_well_before_the_first_start(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    surrounded(server)
    assert await check(settings) == [
        f"ok: Settings: complete, for {BOT} on {server.url}.",
        f"ok: Database: {settings.database_url} is still empty and is set up at the first start.",
        f"ok: Homeserver: {server.url} answers.",
        f"ok: Login: the password of {BOT} is right. The bot's device is made at the first start.",
        "ok: Encryption: the bot's keys are made at the first start.",
        (
            "ok: Device signature: at the first start the bot makes an identity of its own and "
            "signs its device with it."
        ),
        "ok: Room security (!sec): joined, all well, members: 2.",
        "ok: Room projects (!pro): joined, all well, members: 2.",
        "ok: Room admin (!adm): joined, all well, members: 2.",
    ]


async def test_a_check_before_the_first_start_leaves_no_device_and_no_file(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    surrounded(server)
    await check(settings)
    assert server.requests[-1].path == "logout"
    assert server.requests[-1].token == server.requests[-2].token
    assert not settings.data_dir.exists()


async def test_it_speaks_german_too(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    surrounded(server, sec=room(join_rules={"join_rule": "public"}))
    said = await check(replace(settings, language="de"))
    assert (
        "Problem: Raum security (!sec): Jede Person kann beitreten. Der Bot bedient einen solchen "
        "Raum nicht; lassen Sie nur Eingeladene zu." in said
    )


@pytest.fixture
async def running(
    server: FakeHomeserver, settings: Settings
) -> AsyncIterator[tuple[Session, Settings]]:
    """A bot that runs, with the settings it was started with."""
    server.device_id = None
    session = Session(
        SessionSettings(
            homeserver=server.url,
            user_id=settings.user_id,
            data_dir=settings.data_dir,
            password="pw",
        )
    )
    await session.open()
    await migrate(settings, lambda _step: None)
    surrounded(server)
    yield session, settings
    await session.close()


async def test_all_is_well_beside_a_running_bot(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    session, settings = running
    report = await session.report()
    said = await check(settings)
    assert said[1:6] == [
        f"ok: Database: {settings.database_url} answers, schema up to date, open tickets: 0.",
        f"ok: Homeserver: {server.url} answers.",
        f"ok: Login: as {BOT} with the device {report.device_id}.",
        (
            f"ok: Encryption: the keys of the device {report.device_id} are complete and published "
            f"(fingerprint {report.fingerprint})."
        ),
        (
            f"ok: Device signature: the device {report.device_id} is signed with the bot's own "
            f"identity ({_master(server)})."
        ),
    ]


def _master(server: FakeHomeserver) -> str:
    keys = server.cross_signing["master_key"]["keys"]
    return str(next(iter(keys.values())))


async def test_a_check_beside_a_running_bot_ends_no_login(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    await check(running[1])
    assert server.asked("logout") == []


async def test_an_identity_that_is_not_the_bots_is_named(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    server.cross_signing["master_key"] = {"keys": {"ed25519:other": "other"}}
    server.cross_signing["self_signing_key"] = {"keys": {"ed25519:theirs": "theirs"}}
    said = await check(running[1])
    assert "the identity of the account (other) is not the bot's" in said[5]
    assert said[5].startswith("warning: Device signature: ")
    assert "Set KAZ_RECOVERY_KEY, or replace the identity with “kaz-bot reset-identity”." in said[5]


async def test_keys_that_the_homeserver_knows_otherwise_are_a_problem(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    server.device_keys["keys"] = {f"ed25519:{server.device_id}": "another"}
    said = await check(running[1])
    assert said[4].startswith(
        f"problem: Encryption: the homeserver knows other keys of the device {server.device_id}"
    )


async def test_a_damaged_identity_is_a_problem_with_two_ways_out(
    running: tuple[Session, Settings], check: Check
) -> None:
    settings = running[1]
    (settings.data_dir / "identity" / "pickle_key").unlink()
    said = await check(settings)
    assert "pickle_key is missing" in said[-1]
    assert "Restore the whole data directory from a backup" in said[-1]


async def test_a_login_that_was_ended_needs_the_password(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    server.tokens.clear()
    said = await check(replace(running[1], password=""))
    assert said[-1] == (
        f"problem: Login: the homeserver has ended the session of {BOT}. Set KAZ_PASSWORD; the bot "
        "then logs in again as the same device."
    )


async def test_a_login_that_was_ended_is_renewed_with_the_password(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    server.tokens.clear()
    said = await check(running[1])
    assert said[3].startswith(f"warning: Login: the homeserver has ended the session of {BOT}.")


async def test_a_wrong_password_is_a_problem(settings: Settings, check: Check) -> None:
    said = await check(replace(settings, password="wrong"))
    assert said[-1] == (
        f"problem: Login: the homeserver turns {BOT} away: M_FORBIDDEN: Invalid username or "
        "password. Check KAZ_USER_ID and KAZ_PASSWORD."
    )


async def test_a_homeserver_without_passwords_wants_a_token(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    server.fails("login", Says(200, {"flows": [{"type": "m.login.sso"}]}))
    said = await check(settings)
    assert said[-1].endswith("allows no login with a password. Set KAZ_ACCESS_TOKEN.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"access_token": "no such"}, "KAZ_ACCESS_TOKEN is not or no longer valid"),
        ({"user_id": UserId("@x:kaz.test")}, f"belongs to {BOT}, KAZ_USER_ID names @x:kaz.test"),
        ({"device_id": "OTHER"}, f"belongs to the device {DEVICE}, KAZ_DEVICE_ID names OTHER"),
    ],
)
async def test_a_token_that_does_not_fit_is_a_problem(
    settings: Settings, check: Check, changes: dict[str, str], words: str
) -> None:
    given = {"access_token": TOKEN} | changes
    said = await check(replace(settings, **given))  # type: ignore[arg-type]  # texts all of them
    assert said[-1].startswith("problem: Login: ")
    assert words in said[-1]


async def test_a_homeserver_that_is_away_is_a_problem(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    await server.stop()
    said = await check(settings)
    assert said[-1].startswith(f"problem: Homeserver: {server.url} does not answer")
    assert "Check KAZ_HOMESERVER, the network and whether the homeserver is running." in said[-1]


async def test_an_identity_made_by_somebody_else_is_told_before_the_first_start(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    server.cross_signing["master_key"] = {"keys": {"ed25519:other": "other"}}
    without, with_key = await check(settings), await check(replace(settings, recovery_key="EsT"))
    assert "the account already has the identity other, which the bot cannot use" in without[5]
    assert "The bot signs its device with it; it has the recovery key." in with_key[5]


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (room(join_rules={"join_rule": "public"}), "problem: everybody can join."),
        (
            room(history_visibility={"history_visibility": "world_readable"}),
            "problem: the whole world can read its history.",
        ),
        (room(create={"room_version": "11", "type": "m.space"}), "problem: is a space"),
        (room(encryption={}), "warning: not encrypted."),
        (room(tombstone={"replacement_room": "!new"}), "warning: was replaced by !new."),
        (
            room(members=(ANN, BOT, "@z:far.test", "@y:off.test")),
            (
                "warning: has members of servers that are not in KAZ_ALLOWED_SERVERS: far.test, "
                "off.test."
            ),
        ),
        (
            room(power_levels={"events_default": 50}),
            "problem: the bot may not write (power level 0, needed 50).",
        ),
        (
            room(power_levels={"events": {"m.reaction": 20}, "users": {BOT: 10}}),
            "warning: the bot may not react (power level 10, needed 20).",
        ),
        (
            room(power_levels={"events": {"m.room.redaction": 1}}),
            "warning: the bot may not delete its own messages (power level 0, needed 1).",
        ),
    ],
)
async def test_a_room_says_what_is_wrong_with_it(
    server: FakeHomeserver, settings: Settings, check: Check, state: State, line: str
) -> None:
    surrounded(server, sec=state)
    level, _, sentence = line.partition(": ")
    said = [one for one in await check(settings) if "(!sec)" in one]
    assert said[0].startswith(f"{level}: Room security (!sec): {sentence}")


async def test_a_creator_may_everything_in_a_new_room(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    powers = {"events_default": 100, "users": {}}
    create = {"room_version": "12", "additional_creators": [BOT]}
    surrounded(server, sec=room(create=create, power_levels=powers))
    assert "ok: Room security (!sec): joined, all well, members: 2." in await check(settings)


async def test_a_public_room_of_askers_is_no_problem(
    server: FakeHomeserver, running: tuple[Session, Settings], check: Check
) -> None:
    await bind(running[1], BoundRoom(room_id=RoomId("!ask"), kind=RoomKind.PROJECT, bound_at=NOON))
    surrounded(server, ask=room(join_rules={"join_rule": "public"}))
    said = await check(running[1])
    assert said[-1].startswith("ok: Project rooms: 1.")
    assert not [line for line in said if "!ask" in line]


async def bind(settings: Settings, bound: BoundRoom) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        await work.rooms.save(bound)
    await store.close()


async def test_a_room_bound_in_chat_is_looked_at_too(
    running: tuple[Session, Settings], check: Check
) -> None:
    bound = BoundRoom(
        room_id=RoomId("!law"), kind=RoomKind.AREA, area=AreaKey("law"), bound_at=NOON
    )
    await bind(running[1], bound)
    assert f"problem: Room law (!law): the bot is no member. Invite {BOT} there." in await check(
        running[1]
    )


async def test_a_room_of_the_settings_is_named_once(
    running: tuple[Session, Settings], check: Check
) -> None:
    bound = BoundRoom(room_id=RoomId("!sec"), kind=RoomKind.PROJECT, bound_at=NOON)
    await bind(running[1], bound)
    assert len([line for line in await check(running[1]) if "!sec" in line]) == 1


async def test_an_invitation_is_no_problem(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    server.brings(None, {"rooms": {"invite": {"!sec": {}, "!pro": {}, "!adm": {}}}})
    said = await check(settings)
    assert said[-1] == ("warning: Room admin (!adm): invited. The bot joins as soon as it runs.")


async def test_an_alias_is_resolved(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    surrounded(server)
    server.fails("directory/room", Says(200, {"room_id": "!sec"}))
    said = await check(replace(settings, rooms={**settings.rooms, "security": "#sec:kaz.test"}))
    assert "ok: Room security (#sec:kaz.test): joined, all well, members: 2." in said


async def test_an_alias_that_nobody_knows_is_a_problem(settings: Settings, check: Check) -> None:
    said = await check(replace(settings, rooms={"projects": "#nowhere:kaz.test"}))
    assert any(
        line.startswith("problem: Room projects (#nowhere:kaz.test): not found (M_NOT_FOUND")
        for line in said
    )


async def test_an_admin_outside_the_operators_room_is_told(
    server: FakeHomeserver, settings: Settings, check: Check
) -> None:
    surrounded(server, adm=room(members=(BOT,)))
    assert (
        f"warning: Room admin (!adm): {ANN} is named in KAZ_ADMINS but is no member and hears "
        "nothing of faults." in await check(settings)
    )


async def test_settings_that_leave_gaps_are_warned_about(settings: Settings, check: Check) -> None:
    gappy = replace(
        settings,
        rooms={"projects": "!pro"},
        admins=frozenset(),
        emergency_contact="",
        unknown=("KAZ_COFFEE",),
    )
    starts = [line.split(".", 1)[0] for line in await check(gappy) if line.startswith("warning")]
    assert starts[:5] == [
        "warning: Settings: KAZ_COFFEE is not a known setting and has no effect",
        "warning: Settings: nobody may bind rooms",
        "warning: Settings: KAZ_EMERGENCY_CONTACT is empty",
        "warning: Rooms: the area Information Security has no room",
        "warning: Rooms: there is no operators' room, faults stand only in the log",
    ]


def test_a_faulty_text_of_ones_own_is_a_problem(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "de" / "ticket" / "claimed.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ no_such_fact }}")
    texts = Texts(tmp_path)
    said = lines(check_settings(settings, texts), TEXTS, "en")
    assert any(
        line.startswith("problem: Texts of your own: de/ticket/claimed.html") for line in said
    )


async def test_a_default_area_without_a_room_is_a_problem(settings: Settings, check: Check) -> None:
    said = await check(replace(settings, rooms={"security": "!sec"}))
    assert any(line.startswith("problem: Rooms: the area Project Management") for line in said)


async def test_an_admin_of_another_server_is_told(settings: Settings, check: Check) -> None:
    far = replace(settings, admins=frozenset({UserId("@ann:far.test")}))
    assert any(
        "the server far.test is not in KAZ_ALLOWED_SERVERS" in line for line in await check(far)
    )


async def test_a_data_directory_open_to_others_is_told(settings: Settings, check: Check) -> None:
    make_open(settings.data_dir)
    assert any("Set its rights to 0700" in line for line in await check(settings))


def make_open(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)


async def test_a_data_directory_that_is_a_file_is_a_problem(
    settings: Settings, check: Check
) -> None:
    settings.data_dir.touch()
    said = await check(settings)
    assert said[0].startswith("problem: Data directory: ")


async def test_a_database_that_does_not_answer_is_a_problem(
    settings: Settings, check: Check
) -> None:
    away = "postgresql+psycopg://kaz:hidden@127.0.0.1:9/kaz"
    said = [line for line in await check(replace(settings, database_url=away)) if "atabase" in line]
    assert said[0].startswith("problem: Database: ")
    assert "hidden" not in said[0]


async def test_letters_nobody_will_take_are_counted(
    running: tuple[Session, Settings], check: Check
) -> None:
    settings = running[1]
    store = Store(settings.database_url)
    async with store.work() as work:
        letter = await work.letters.add(LETTER)
        await work.letters.reject(letter.id, "M_FORBIDDEN")
    await store.close()
    assert any("messages that cannot be delivered: 1." in line for line in await check(settings))


async def test_only_problems_keep_the_bot_from_serving(
    server: FakeHomeserver, settings: Settings
) -> None:
    server.fails("login", FLOWS, Says(200, {"access_token": TOKEN}), FLOWS)
    server.fails("logout", Says(200, {}))
    surrounded(server, sec=room(encryption={}))
    well = await examine(settings, TEXTS)
    surrounded(server, sec=room(join_rules={"join_rule": "public"}))
    ill = await examine(settings, TEXTS)
    assert (serves(well), serves(ill)) == (True, False)
