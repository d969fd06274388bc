"""The settings: read from the environment and a `.env` file, checked all at once."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypedDict, TypeVar
from zoneinfo import ZoneInfo

from dotenv.parser import parse_stream

from kaz_bot import config_committee, config_hours, config_time
from kaz_bot import config_values as values
from kaz_bot.config_values import AreaSetting as AreaSetting
from kaz_bot.config_values import HttpAddress as HttpAddress
from kaz_bot.crontab import Crontab
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.ladders import ESCALATED_AFTER, LADDER
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.working_time import NeverOpen, WorkingTime, usual_hours
from kaz_bot.errors import ConfigError
from kaz_bot.messages import UserId, server_of

Value = TypeVar("Value")

# Every setting and the text it has when nobody sets it; config.example.env explains each.
DEFAULTS: Mapping[str, str] = {
    "KAZ_HOMESERVER": "",
    "KAZ_USER_ID": "",
    "KAZ_PASSWORD": "",
    "KAZ_ACCESS_TOKEN": "",
    "KAZ_DEVICE_ID": "",
    "KAZ_RECOVERY_KEY": "",
    "KAZ_DATA_DIR": "./data",
    "KAZ_DATABASE_URL": "",
    "KAZ_PREFIX": "!kaz",
    "KAZ_LANGUAGE": "de",
    "KAZ_TIMEZONE": "Europe/Berlin",
    "KAZ_ADMINS": "",
    "KAZ_ALLOWED_SERVERS": "",
    "KAZ_AREAS": "standards,procurement,security,projects",
    "KAZ_DEFAULT_AREA": "projects",
    "KAZ_TICKET_PREFIX": "KAZ",
    "KAZ_INTAKE": "suggest",
    "KAZ_ROUTING_THRESHOLD": "0.55",
    "KAZ_LEARN_EVERY": "1d",
    "KAZ_CLOSE_AFTER": "7d",
    "KAZ_RETENTION": "365d",
    "KAZ_RETENTION_CONFIDENTIAL": "183d",
    "KAZ_EMERGENCY_CONTACT": "",
    "KAZ_PRIVACY_URL": "",
    "KAZ_DEADLINE_REMINDERS": "14d, 7d, 1d, 0d",
    "KAZ_ESCALATE_AFTER": "3",
    "KAZ_CHAIR": "",
    "KAZ_BOTS": "",
    "KAZ_QUORUM": "majority",
    "KAZ_SILENCE_CONSENTS": "no",
    "KAZ_NOTICE_PERIOD": "14d",
    "KAZ_DIGEST_CRON": "0 8 * * 1",
    "KAZ_DIGEST_WHEN_EMPTY": "line",
    "KAZ_SOLUTION_VALID": "365d",
    "KAZ_BUSINESS_HOURS": "Mo-Do 08:00-16:00, Fr 08:00-14:00",
    "KAZ_EXTRA_DAYS_OFF": "24.12., 31.12.",
    "KAZ_SERVICE_LEVELS": "critical=1h/8h, high=4h/2d, normal=1d/5d, low=3d/15d",
    "KAZ_DECRYPT_PATIENCE": "5m",
    "KAZ_HTTP_BIND": "",
    "KAZ_PUBLIC_URL": "",
    "KAZ_TEMPLATES_DIR": "",
    "KAZ_LOG_FORMAT": "text",
}
SECRETS = ("KAZ_PASSWORD", "KAZ_ACCESS_TOKEN", "KAZ_RECOVERY_KEY", "KAZ_DATABASE_URL")
ROOM_PREFIX = "KAZ_ROOM_"
# There after the first login, and with it the token: no password is needed any more.
STORED_LOGIN = Path("identity") / "session.json"
# From here on somebody must work some day; which day this is does not matter.
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class Intake(StrEnum):
    """How an ordinary message becomes a ticket."""

    COMMAND = "command"
    SUGGEST = "suggest"
    AUTO = "auto"


class WhenEmpty(StrEnum):
    """What a room reads in a week in which nothing happened."""

    LINE = "line"
    SILENCE = "silence"


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


class _Language(StrEnum):
    DE = "de"
    EN = "en"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator decided. Secrets do not show when it is printed.

    `rooms` maps an area's key, `committee` or `admin` to a room id or alias. `unknown` are names
    that begin with KAZ_ and mean nothing here.
    """

    homeserver: str
    user_id: UserId
    password: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    device_id: str = ""
    recovery_key: str = field(default="", repr=False)
    data_dir: Path
    database_url: str = field(repr=False)
    prefix: str = "!kaz"
    language: str = "de"
    timezone: ZoneInfo
    admins: frozenset[UserId] = frozenset()
    allowed_servers: frozenset[str]
    areas: tuple[AreaSetting, ...]
    default_area: AreaKey
    rooms: Mapping[str, str] = field(default_factory=dict)
    ticket_prefix: str = "KAZ"
    intake: Intake = Intake.SUGGEST
    routing_threshold: float = 0.55
    learn_every: timedelta | None = timedelta(days=1)
    close_after: timedelta = timedelta(days=7)
    retention: timedelta = timedelta(days=365)
    retention_confidential: timedelta = timedelta(days=183)
    emergency_contact: str = ""
    privacy_url: str = ""
    deadline_reminders: tuple[timedelta, ...] = LADDER
    escalate_after: int = ESCALATED_AFTER
    chairs: frozenset[UserId] = frozenset()
    bots: frozenset[UserId] = frozenset()
    quorum: str = "majority"
    silence_consents: bool = False
    notice_period: timedelta = timedelta(days=14)
    digest_times: Crontab = field(default_factory=lambda: Crontab(DEFAULTS["KAZ_DIGEST_CRON"]))
    digest_when_empty: WhenEmpty = WhenEmpty.LINE
    solution_valid: timedelta | None = timedelta(days=365)
    working_time: WorkingTime = field(default_factory=WorkingTime)
    service_levels: ServiceLevels = field(default_factory=ServiceLevels)
    decrypt_patience: timedelta = timedelta(minutes=5)
    http_bind: HttpAddress | None = None
    public_url: str = ""
    templates_dir: Path | None = None
    log_format: LogFormat = LogFormat.TEXT
    unknown: tuple[str, ...] = ()


def load(env_file: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment, which wins, and the `.env` file.

    Raises ConfigError naming every problem at once. Without `env_file`, `.env` in the working
    directory is read if there is one.
    """
    problems: list[str] = []
    given = _from_file(env_file, problems)
    given |= {
        name: text
        for name, text in (os.environ if environ is None else environ).items()
        if name.startswith("KAZ_")
    }
    settings = _read(_Reader(given, problems))
    if problems:
        raise ConfigError("\n".join(problems))
    return settings


def data_dir_of(env_file: Path | None = None) -> Path:
    """Where the data lies, for commands that need no other setting. Raises ConfigError."""
    problems: list[str] = []
    given = _from_file(env_file, problems)
    if text := os.environ.get("KAZ_DATA_DIR"):
        given["KAZ_DATA_DIR"] = text
    found = _Reader(given, problems).read("KAZ_DATA_DIR", values.folder, Path())
    if problems:
        raise ConfigError("\n".join(problems))
    return found


class _WebServer(TypedDict):
    http_bind: HttpAddress | None
    public_url: str


class _Reader:
    """Turns texts into values and collects what is wrong with them."""

    def __init__(self, given: Mapping[str, str], problems: list[str]) -> None:
        self._given = given
        self._problems = problems

    def read(self, name: str, parse: Callable[[str], Value], otherwise: Value) -> Value:
        """The value; `otherwise` when there is neither text nor default, or it is wrong."""
        text = (self._given.get(name, "") or DEFAULTS.get(name, "")).strip()
        if not text:
            return otherwise
        try:
            return parse(text)
        except ValueError as problem:
            self.refuse(name, str(problem))
            return otherwise

    def text(self, name: str) -> str:
        """The text as it stands."""
        return self.read(name, str, "")

    def required(self, name: str, parse: Callable[[str], Value], otherwise: Value) -> Value:
        """The value of a setting that has no sensible default."""
        if not self._given.get(name, "").strip():
            self.refuse(name, "is missing; set it in the environment or in the .env file")
            return otherwise
        return self.read(name, parse, otherwise)

    def secret(self, name: str) -> str:
        """The secret itself, or what the file named by `<name>_FILE` holds."""
        direct, path = self._given.get(name, ""), self._given.get(f"{name}_FILE", "")
        if direct and path:
            self.refuse(name, f"is given twice; leave out either it or {name}_FILE")
        if direct or not path:
            return direct
        try:
            return Path(path).expanduser().read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as problem:
            why = getattr(problem, "strerror", None) or "not a text file"
            self.refuse(f"{name}_FILE", f'"{path}" cannot be read: {why}')
            return ""

    def refuse(self, name: str, why: str) -> None:
        """Note a problem."""
        self._problems.append(f"{name}: {why}")

    def rooms(self, areas: tuple[AreaSetting, ...]) -> Mapping[str, str]:
        """Room ids and aliases by what the room is for."""
        purposes = [*(area.key for area in areas), *values.OTHER_ROOMS]
        found = {key: self.read(room_setting(key), values.room, "") for key in purposes}
        return {key: room for key, room in found.items() if room}

    def unknown(self, areas: tuple[AreaSetting, ...]) -> tuple[str, ...]:
        """Names that mean nothing; one that is nearly a known one is refused as a typing error."""
        known = {*DEFAULTS, *(f"{name}_FILE" for name in SECRETS)}
        known |= {room_setting(key) for key in (*(a.key for a in areas), *values.OTHER_ROOMS)}
        strange = sorted(name for name in self._given if name not in known)
        for name in strange:
            if nearest := get_close_matches(name, sorted(known), n=1, cutoff=0.85):
                self.refuse(name, f"is not known; did you mean {nearest[0]}?")
            elif name.startswith(ROOM_PREFIX):
                keys = ", ".join(area.key for area in areas)
                self.refuse(name, f"belongs to no area; the areas in KAZ_AREAS are {keys}")
        return tuple(strange)


def room_setting(key: str) -> str:
    """The name of the setting for the room of an area, the committee or the operators."""
    return ROOM_PREFIX + key.upper()


def _read(reader: _Reader) -> Settings:
    user_id = reader.required("KAZ_USER_ID", values.user_id, UserId(""))
    data_dir = reader.read("KAZ_DATA_DIR", values.folder, Path())
    no_areas: tuple[AreaSetting, ...] = ()
    areas = reader.read("KAZ_AREAS", values.areas, no_areas)
    return Settings(
        homeserver=reader.required("KAZ_HOMESERVER", values.homeserver, ""),
        user_id=user_id,
        **_login(reader, data_dir),
        recovery_key=reader.secret("KAZ_RECOVERY_KEY"),
        data_dir=data_dir,
        database_url=_database_url(reader, data_dir),
        prefix=reader.read("KAZ_PREFIX", values.prefix, ""),
        language=reader.read("KAZ_LANGUAGE", values.one_of(_Language), _Language.DE).value,
        timezone=(zone := reader.read("KAZ_TIMEZONE", values.timezone, ZoneInfo("UTC"))),
        admins=reader.read("KAZ_ADMINS", values.user_ids, frozenset()),
        allowed_servers=reader.read(
            "KAZ_ALLOWED_SERVERS", values.servers, frozenset({server_of(user_id)})
        ),
        areas=areas,
        default_area=_default_area(reader, areas),
        rooms=reader.rooms(areas),
        ticket_prefix=reader.read("KAZ_TICKET_PREFIX", values.ticket_prefix, ""),
        intake=reader.read("KAZ_INTAKE", values.one_of(Intake), Intake.SUGGEST),
        routing_threshold=reader.read("KAZ_ROUTING_THRESHOLD", values.fraction, 0.0),
        learn_every=reader.read("KAZ_LEARN_EVERY", values.interval, None),
        close_after=reader.read("KAZ_CLOSE_AFTER", values.duration, timedelta()),
        retention=reader.read("KAZ_RETENTION", values.retention, timedelta()),
        retention_confidential=reader.read(
            "KAZ_RETENTION_CONFIDENTIAL", values.retention, timedelta()
        ),
        emergency_contact=reader.text("KAZ_EMERGENCY_CONTACT"),
        privacy_url=reader.read("KAZ_PRIVACY_URL", values.web_address, ""),
        deadline_reminders=reader.read("KAZ_DEADLINE_REMINDERS", config_time.days_ahead, LADDER),
        escalate_after=reader.read("KAZ_ESCALATE_AFTER", config_time.working_days, ESCALATED_AFTER),
        chairs=reader.read("KAZ_CHAIR", values.user_ids, frozenset()),
        bots=reader.read("KAZ_BOTS", values.user_ids, frozenset()),
        quorum=reader.read("KAZ_QUORUM", config_committee.quorum, ""),
        silence_consents=reader.read("KAZ_SILENCE_CONSENTS", config_committee.yes_or_no, False),
        notice_period=reader.read("KAZ_NOTICE_PERIOD", config_committee.notice, timedelta()),
        digest_times=reader.read("KAZ_DIGEST_CRON", Crontab, Crontab(DEFAULTS["KAZ_DIGEST_CRON"])),
        digest_when_empty=reader.read(
            "KAZ_DIGEST_WHEN_EMPTY", values.one_of(WhenEmpty), WhenEmpty.LINE
        ),
        solution_valid=reader.read("KAZ_SOLUTION_VALID", values.validity, None),
        working_time=_working_time(reader, zone),
        service_levels=reader.read(
            "KAZ_SERVICE_LEVELS", config_time.service_levels, ServiceLevels()
        ),
        decrypt_patience=reader.read("KAZ_DECRYPT_PATIENCE", values.duration, timedelta()),
        **_web_server(reader),
        templates_dir=reader.read("KAZ_TEMPLATES_DIR", values.existing_folder, None),
        log_format=reader.read("KAZ_LOG_FORMAT", values.one_of(LogFormat), LogFormat.TEXT),
        unknown=reader.unknown(areas),
    )


def _login(reader: _Reader, data_dir: Path) -> dict[str, str]:
    password = reader.secret("KAZ_PASSWORD")
    access_token = reader.secret("KAZ_ACCESS_TOKEN")
    if not (password or access_token or (data_dir / STORED_LOGIN).exists()):
        reader.refuse(
            "KAZ_PASSWORD",
            "is missing; set it, or KAZ_ACCESS_TOKEN, or one of them as a file "
            "(KAZ_PASSWORD_FILE, KAZ_ACCESS_TOKEN_FILE)",
        )
    return {
        "password": password,
        "access_token": access_token,
        "device_id": reader.text("KAZ_DEVICE_ID"),
    }


def _web_server(reader: _Reader) -> _WebServer:
    """Where the bot's own web server listens, and by which address others reach it."""
    bind = reader.read("KAZ_HTTP_BIND", values.http_address, None)
    return {
        "http_bind": bind,
        "public_url": reader.read("KAZ_PUBLIC_URL", values.base_address, str(bind or "")),
    }


def _database_url(reader: _Reader, data_dir: Path) -> str:
    text = reader.secret("KAZ_DATABASE_URL").strip()
    if not text:
        return f"sqlite+aiosqlite:///{data_dir / 'kaz.sqlite3'}"
    try:
        return values.database_url(text)
    except ValueError as problem:
        reader.refuse("KAZ_DATABASE_URL", str(problem))
        return ""


def _working_time(reader: _Reader, zone: ZoneInfo) -> WorkingTime:
    working_time = WorkingTime(
        zone=zone,
        hours=reader.read("KAZ_BUSINESS_HOURS", config_hours.business_hours, usual_hours()),
        days=DaysOff(reader.read("KAZ_EXTRA_DAYS_OFF", config_hours.extra_days, ())),
    )
    try:
        working_time.next_opening(_ANY_DAY)
    except NeverOpen:
        reader.refuse(
            "KAZ_EXTRA_DAYS_OFF", "closes every day that KAZ_BUSINESS_HOURS opens; leave some out"
        )
    return working_time


def _default_area(reader: _Reader, areas: tuple[AreaSetting, ...]) -> AreaKey:
    key = AreaKey(reader.text("KAZ_DEFAULT_AREA"))
    keys = [area.key for area in areas]
    if keys and key not in keys:
        reader.refuse(
            "KAZ_DEFAULT_AREA", f'"{key}" is none of KAZ_AREAS; write one of {", ".join(keys)}'
        )
    return key


def _from_file(env_file: Path | None, problems: list[str]) -> dict[str, str]:
    path = env_file or Path(".env")
    if env_file is None and not path.exists():
        return {}
    try:
        # Editors on Windows begin a file with a byte order mark.
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "not a text file"
        problems.append(f"{path}: cannot be read: {why}")
        return {}
    problems.extend(
        f"{path}, line {binding.original.line}: is not of the form NAME=value"
        for binding in bindings
        if binding.error
    )
    return {
        binding.key: binding.value or ""
        for binding in bindings
        if binding.key and binding.key.startswith("KAZ_")
    }
