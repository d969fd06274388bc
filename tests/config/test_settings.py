"""Settings come from the environment and a file; what is wrong is named all at once."""

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.config import AreaSetting, HttpAddress, Intake, LogFormat, Settings, load
from kaz_bot.days_off import DaysOff, ExtraDay
from kaz_bot.domain.service_levels import USUAL, ServiceLevels, Targets
from kaz_bot.domain.tickets import AreaKey, Priority
from kaz_bot.domain.working_time import Span, WorkingTime
from kaz_bot.errors import ConfigError
from kaz_bot.messages import UserId

NEEDED = {
    "KAZ_HOMESERVER": "https://matrix.kaz.test",
    "KAZ_USER_ID": "@kaz:kaz.test",
    "KAZ_PASSWORD": "correct horse",
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a `.env` of the developer."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(**given: str) -> list[str]:
    """What `load` says about the settings."""
    with pytest.raises(ConfigError) as refused:
        load(environ=NEEDED | given)
    return str(refused.value).splitlines()


def test_three_settings_are_enough(elsewhere: Path) -> None:
    assert load(environ=NEEDED) == Settings(
        homeserver="https://matrix.kaz.test",
        user_id=UserId("@kaz:kaz.test"),
        password="correct horse",
        data_dir=elsewhere / "data",
        database_url=f"sqlite+aiosqlite:///{elsewhere}/data/kaz.sqlite3",
        timezone=ZoneInfo("Europe/Berlin"),
        allowed_servers=frozenset({"kaz.test"}),
        areas=(
            AreaSetting(AreaKey("standards")),
            AreaSetting(AreaKey("procurement")),
            AreaSetting(AreaKey("security")),
            AreaSetting(AreaKey("projects")),
        ),
        default_area=AreaKey("projects"),
    )


def test_every_setting_can_be_set() -> None:
    settings = load(
        environ={
            "KAZ_HOMESERVER": "http://127.0.0.1:8008/",
            "KAZ_USER_ID": "@desk:kaz.test:8448",
            "KAZ_ACCESS_TOKEN": "syt_secret",
            "KAZ_DEVICE_ID": "KAZ1",
            "KAZ_RECOVERY_KEY": "EsTc abcd",
            "KAZ_DATA_DIR": "/srv/kaz",
            "KAZ_DATABASE_URL": "postgres://kaz:pass@db/kaz",
            "KAZ_PREFIX": "!desk",
            "KAZ_LANGUAGE": "EN",
            "KAZ_TIMEZONE": "UTC",
            "KAZ_ADMINS": "@ann:kaz.test, @bek:kaz.test",
            "KAZ_ALLOWED_SERVERS": "kaz.test,city.test:8448",
            "KAZ_AREAS": "law=Recht & Vergabe, projects",
            "KAZ_DEFAULT_AREA": "law",
            "KAZ_ROOM_LAW": "#law:kaz.test",
            "KAZ_ROOM_ADMIN": "!YWRtaW4",
            "KAZ_TICKET_PREFIX": "req",
            "KAZ_INTAKE": "auto",
            "KAZ_ROUTING_THRESHOLD": "0.7",
            "KAZ_LEARN_EVERY": "nie",
            "KAZ_CLOSE_AFTER": "P3D",
            "KAZ_RETENTION": "2w",
            "KAZ_RETENTION_CONFIDENTIAL": "1d12h",
            "KAZ_EMERGENCY_CONTACT": "0331 39 39, rund um die Uhr",
            "KAZ_PRIVACY_URL": "https://kaz.test/privacy",
            "KAZ_BUSINESS_HOURS": "Mon-Fri 09:00-17:00",
            "KAZ_EXTRA_DAYS_OFF": "2026-05-15",
            "KAZ_SERVICE_LEVELS": "hoch=30m/1d",
            "KAZ_DECRYPT_PATIENCE": "90",
            "KAZ_HTTP_BIND": "[::1]:8080",
            "KAZ_PUBLIC_URL": "https://kaz-bot.kaz.test/",
            "KAZ_TEMPLATES_DIR": ".",
            "KAZ_LOG_FORMAT": "json",
        }
    )
    assert settings == Settings(
        homeserver="http://127.0.0.1:8008",
        user_id=UserId("@desk:kaz.test:8448"),
        access_token="syt_secret",
        device_id="KAZ1",
        recovery_key="EsTc abcd",
        data_dir=Path("/srv/kaz"),
        database_url="postgresql+psycopg://kaz:pass@db/kaz",
        prefix="!desk",
        language="en",
        timezone=ZoneInfo("UTC"),
        admins=frozenset({UserId("@ann:kaz.test"), UserId("@bek:kaz.test")}),
        allowed_servers=frozenset({"kaz.test", "city.test:8448"}),
        areas=(AreaSetting(AreaKey("law"), "Recht & Vergabe"), AreaSetting(AreaKey("projects"))),
        default_area=AreaKey("law"),
        rooms={"law": "#law:kaz.test", "admin": "!YWRtaW4"},
        ticket_prefix="REQ",
        intake=Intake.AUTO,
        routing_threshold=0.7,
        learn_every=None,
        close_after=timedelta(days=3),
        retention=timedelta(weeks=2),
        retention_confidential=timedelta(days=1, hours=12),
        emergency_contact="0331 39 39, rund um die Uhr",
        privacy_url="https://kaz.test/privacy",
        working_time=WorkingTime(
            zone=ZoneInfo("UTC"),
            hours=dict.fromkeys(range(5), (Span(time(9), time(17)),)),
            days=DaysOff((ExtraDay(year=2026, month=5, day=15),)),
        ),
        service_levels=ServiceLevels(
            {
                **USUAL,
                Priority.HIGH: Targets(answer=timedelta(minutes=30), solution=timedelta(hours=8)),
            }
        ),
        decrypt_patience=timedelta(seconds=90),
        http_bind=HttpAddress("::1", 8080),
        public_url="https://kaz-bot.kaz.test",
        templates_dir=Path.cwd(),
        log_format=LogFormat.JSON,
    )


def test_everything_wrong_is_named_at_once_with_how_to_mend_it() -> None:
    with pytest.raises(ConfigError) as refused:
        load(
            environ={
                "KAZ_USER_ID": "kaz",
                "KAZ_TIMEZONE": "Europe",
                "KAZ_LANGUAGE": "fr",
                "KAZ_CLOSE_AFTER": "eine Woche",
                "KAZ_HTTP_BIND": "8080",
            }
        )
    assert str(refused.value).splitlines() == [
        'KAZ_USER_ID: "kaz" is no Matrix id; write it as @name:example.org',
        "KAZ_HOMESERVER: is missing; set it in the environment or in the .env file",
        (
            "KAZ_PASSWORD: is missing; set it, or KAZ_ACCESS_TOKEN, or one of them as a file "
            "(KAZ_PASSWORD_FILE, KAZ_ACCESS_TOKEN_FILE)"
        ),
        'KAZ_LANGUAGE: "fr" is not possible; write one of de, en',
        (
            'KAZ_TIMEZONE: "Europe" is no time zone; write it as Europe/Berlin '
            "(names of the IANA database)"
        ),
        (
            'KAZ_CLOSE_AFTER: "eine Woche" is no length of time; write it as 7d, 12h, 30m, 45s, '
            "PT12H or in seconds"
        ),
        'KAZ_HTTP_BIND: "8080" is no address to listen on; write it as 127.0.0.1:8080',
    ]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("KAZ_HOMESERVER", "matrix.kaz.test", "is no web address"),
        ("KAZ_PRIVACY_URL", "ftp://kaz.test", "is no web address"),
        ("KAZ_ADMINS", "@ann:kaz.test,bek", '"bek" is no Matrix id'),
        ("KAZ_ALLOWED_SERVERS", "https://kaz.test", "is no server name"),
        ("KAZ_ROOM_SECURITY", "Sicherheit", "is neither a room id"),
        ("KAZ_AREAS", "Law", "cannot be the key of an area"),
        ("KAZ_AREAS", "committee", "cannot be the key of an area"),
        ("KAZ_AREAS", "projects,projects=P", "projects stands there twice"),
        ("KAZ_DEFAULT_AREA", "law", "is none of KAZ_AREAS"),
        ("KAZ_PREFIX", "hey kaz", "has a space in it"),
        ("KAZ_TICKET_PREFIX", "KAZ-", "cannot stand before a number"),
        ("KAZ_INTAKE", "always", "write one of command, suggest, auto"),
        ("KAZ_ROUTING_THRESHOLD", "70", "is not between 0 and 1"),
        ("KAZ_LEARN_EVERY", "sometimes", "is no length of time"),
        ("KAZ_RETENTION", "0d", "is no length of time"),
        ("KAZ_RETENTION", "P1M", "is no length of time"),
        ("KAZ_RETENTION", "365", "write 365d for days"),
        ("KAZ_CLOSE_AFTER", "7 moons", "is no length of time"),
        ("KAZ_RETENTION", "99999999999999d", "is no length of time"),
        ("KAZ_HTTP_BIND", "127.0.0.1:99999", "is no address to listen on"),
        ("KAZ_PUBLIC_URL", "kaz-bot.kaz.test", "is no web address"),
        ("KAZ_PUBLIC_URL", "https://kaz.test/?a=b", "is no web address"),
        ("KAZ_TEMPLATES_DIR", "/nowhere/at/all", "is no folder"),
        ("KAZ_LOG_FORMAT", "xml", "write one of text, json"),
        ("KAZ_DATABASE_URL", "mysql://kaz:hidden@db/kaz", "is no database this program knows"),
    ],
)
def test_a_wrong_value_is_refused_under_its_name(name: str, text: str, complaint: str) -> None:
    refusals = [line for line in problems(**{name: text}) if line.startswith(f"{name}: ")]
    assert len(refusals) == 1
    assert complaint in refusals[0]


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("", ""),
    ],
)
def test_the_web_server_is_reached_where_it_listens_unless_it_is_said(
    bind: str, address: str
) -> None:
    assert load(environ=NEEDED | {"KAZ_HTTP_BIND": bind}).public_url == address


def test_a_wrong_database_url_is_refused_without_its_password() -> None:
    assert "hidden" not in "\n".join(problems(KAZ_DATABASE_URL="mysql://kaz:hidden@db/kaz"))


def test_a_mistyped_name_gets_the_nearest_one_suggested() -> None:
    assert problems(KAZ_ADMIMS="@ann:kaz.test") == [
        "KAZ_ADMIMS: is not known; did you mean KAZ_ADMINS?"
    ]


def test_a_room_of_no_area_is_refused() -> None:
    assert problems(KAZ_ROOM_KITCHEN="#kitchen:kaz.test") == [
        (
            "KAZ_ROOM_KITCHEN: belongs to no area; the areas in KAZ_AREAS are standards, "
            "procurement, security, projects"
        )
    ]


def test_names_of_features_still_to_come_are_accepted() -> None:
    assert load(environ=NEEDED | {"KAZ_DIGEST_CRON": "0 7 * * 1"}).unknown == ()


def test_a_name_like_no_other_is_only_noted() -> None:
    assert load(environ=NEEDED | {"KAZ_COFFEE": "black"}).unknown == ("KAZ_COFFEE",)


def test_an_empty_value_means_the_default() -> None:
    assert load(environ=NEEDED | {"KAZ_PREFIX": ""}).prefix == "!kaz"


def test_the_file_in_the_working_directory_is_read(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text('KAZ_PREFIX="!desk"  # shorter\nexport KAZ_LANGUAGE=en\n')
    settings = load(environ=NEEDED)
    assert (settings.prefix, settings.language) == ("!desk", "en")


def test_the_environment_wins_over_the_file(elsewhere: Path) -> None:
    (elsewhere / "other.env").write_text("KAZ_PREFIX=!file\n")
    settings = load(elsewhere / "other.env", environ=NEEDED | {"KAZ_PREFIX": "!environment"})
    assert settings.prefix == "!environment"


def test_a_file_written_on_windows_is_read(elsewhere: Path) -> None:
    (elsewhere / ".env").write_bytes(b"\xef\xbb\xbfKAZ_PREFIX=!desk\r\nKAZ_LANGUAGE=en\r\n")
    settings = load(environ=NEEDED)
    assert (settings.prefix, settings.language) == ("!desk", "en")


def test_an_alias_and_a_dollar_sign_need_no_quotes_in_the_file(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text("KAZ_ROOM_ADMIN=#ops:kaz.test\nKAZ_PASSWORD=a${HOME}b\n")
    settings = load(environ={"KAZ_HOMESERVER": "https://kaz.test", "KAZ_USER_ID": "@k:kaz.test"})
    assert (settings.rooms, settings.password) == ({"admin": "#ops:kaz.test"}, "a${HOME}b")


def test_a_line_that_is_no_setting_is_named_by_number(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text("KAZ_PREFIX=!kaz\nwhat is this\n")
    assert problems() == [".env, line 2: is not of the form NAME=value"]


def test_a_file_that_is_not_there_is_a_problem(elsewhere: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(elsewhere / "nowhere.env", environ=NEEDED)


def test_a_secret_may_lie_in_a_file_of_its_own(elsewhere: Path) -> None:
    (elsewhere / "password").write_text("pass word \n")
    given = {key: text for key, text in NEEDED.items() if key != "KAZ_PASSWORD"}
    settings = load(environ=given | {"KAZ_PASSWORD_FILE": "password"})
    assert settings.password == "pass word "


def test_a_secret_given_twice_is_refused(elsewhere: Path) -> None:
    (elsewhere / "password").write_text("other")
    assert problems(KAZ_PASSWORD_FILE="password") == [
        "KAZ_PASSWORD: is given twice; leave out either it or KAZ_PASSWORD_FILE"
    ]


def test_a_missing_secret_file_is_named() -> None:
    assert problems(KAZ_RECOVERY_KEY_FILE="nowhere") == [
        'KAZ_RECOVERY_KEY_FILE: "nowhere" cannot be read: No such file or directory'
    ]


def test_after_the_first_login_no_password_is_needed(elsewhere: Path) -> None:
    (elsewhere / "data" / "identity").mkdir(parents=True)
    (elsewhere / "data" / "identity" / "session.json").write_text("{}")
    given = {key: text for key, text in NEEDED.items() if key != "KAZ_PASSWORD"}
    assert load(environ=given).password == ""


def test_printed_settings_show_no_secret() -> None:
    settings = load(
        environ=NEEDED
        | {
            "KAZ_PASSWORD": "secret-1",
            "KAZ_ACCESS_TOKEN": "secret-2",
            "KAZ_RECOVERY_KEY": "secret-3",
            "KAZ_DATABASE_URL": "postgresql://kaz:secret-4@db/kaz",
        }
    )
    assert "secret" not in repr(settings)


def test_a_desk_that_never_opens_is_refused() -> None:
    assert problems(KAZ_BUSINESS_HOURS="Sa 10:00-12:00", KAZ_EXTRA_DAYS_OFF="01.01.-31.12.") == [
        "KAZ_EXTRA_DAYS_OFF: closes every day that KAZ_BUSINESS_HOURS opens; leave some out"
    ]


def test_wrong_hours_are_named_with_how_to_mend_them() -> None:
    assert problems(KAZ_BUSINESS_HOURS="Mo 22:00-06:00") == [
        (
            'KAZ_BUSINESS_HOURS: "22:00-06:00" ends before it begins; write a night as '
            "22:00-24:00, and 00:00-06:00 of the next day"
        )
    ]
