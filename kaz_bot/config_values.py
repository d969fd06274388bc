"""Reads the text of one setting into its value, or says in a sentence how to mend it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import UserId

Choice = TypeVar("Choice", bound=StrEnum)

_UNIT_WORDS = {
    "years": ("y", "year", "years", "jahr", "jahre", "jahren"),
    "weeks": ("w", "week", "weeks", "woche", "wochen"),
    "days": ("d", "day", "days", "tag", "tage", "tagen"),
    "hours": ("h", "hour", "hours", "stunde", "stunden"),
    "minutes": ("m", "min", "minute", "minutes", "minuten"),
    "seconds": ("s", "sec", "second", "seconds", "sekunde", "sekunden"),
}
_LENGTHS = {
    word: timedelta(days=365) if unit == "years" else timedelta(**{unit: 1})
    for unit, words_of in _UNIT_WORDS.items()
    for word in words_of
}
_SHORT = re.compile(r"(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+")
_ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_USER_ID = re.compile(r"@[^\s:@]+:[^\s/@]+")
_ROOM = re.compile(r"(![^\s]+|#[^\s:]+:[^\s]+)")
_SERVER = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
_AREA_KEY = re.compile(r"[a-z][a-z0-9_]*")

# Kinds of rooms that have a KAZ_ROOM_ name of their own.
OTHER_ROOMS = ("committee", "admin")


@dataclass(frozen=True)
class AreaSetting:
    """A specialist area. Without a `title` the texts name it, in every language."""

    key: AreaKey
    title: str = ""


@dataclass(frozen=True)
class HttpAddress:
    """Where the bot's own web server listens; as text, the address of its pages there."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def homeserver(text: str) -> str:
    """The base URL without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{text}" is no web address; write it as https://matrix.example.org')
    return text.rstrip("/")


def web_address(text: str) -> str:
    """An address a person can open."""
    if urlsplit(text).scheme not in {"http", "https"}:
        raise ValueError(f'"{text}" is no web address; write it as https://example.org/page')
    return text


def base_address(text: str) -> str:
    """What stands before the path of a web page, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f'"{text}" is no web address; write it as https://kaz.example.org')
    return text.rstrip("/")


def user_id(text: str) -> UserId:
    """A full Matrix id."""
    if not _USER_ID.fullmatch(text):
        raise ValueError(f'"{text}" is no Matrix id; write it as @name:example.org')
    return UserId(text)


def user_ids(text: str) -> frozenset[UserId]:
    """Matrix ids between commas or blanks."""
    return frozenset(user_id(part) for part in words(text))


def servers(text: str) -> frozenset[str]:
    """Server names between commas or blanks, as they stand after the colon of a Matrix id."""
    for part in words(text):
        if not _SERVER.fullmatch(part):
            raise ValueError(
                f'"{part}" is no server name; write what stands after the colon of a Matrix id, '
                "for example example.org"
            )
    return frozenset(words(text))


def room(text: str) -> str:
    """A room id or an alias."""
    if not _ROOM.fullmatch(text):
        raise ValueError(
            f'"{text}" is neither a room id (!…) nor an alias; write it as #room:example.org'
        )
    return text


def areas(text: str) -> tuple[AreaSetting, ...]:
    """Areas between commas, each `key` or `key=Title`."""
    found = tuple(_area(part) for part in listed(text))
    keys = [area.key for area in found]
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    if doubled:
        raise ValueError(f"{', '.join(doubled)} stands there twice; leave one of them out")
    return found


def duration(text: str) -> timedelta:
    """A length of time: 7d, 12h, 1d12h, ISO 8601 (P7D, PT12H) or plain seconds."""
    length = _duration(text)
    if length is None or length <= timedelta(0):
        raise ValueError(
            f'"{text}" is no length of time; write it as 7d, 12h, 30m, 45s, PT12H or in seconds'
        )
    return length


def interval(text: str) -> timedelta | None:
    """A length of time between two turns, or "never" ("nie") for no turn at all."""
    if text.strip().lower() in {"never", "nie"}:
        return None
    try:
        return duration(text)
    except ValueError as problem:
        raise ValueError(f"{problem}, or never") from problem


def retention(text: str) -> timedelta:
    """A length of time; a bare number that would erase everything within a day is a mistake."""
    length = duration(text)
    if text.strip().isdecimal() and length < timedelta(days=1):
        raise ValueError(f'"{text}" would be seconds; write {text.strip()}d for days')
    return length


def validity(text: str) -> timedelta | None:
    """A length of time in whole days, or "unlimited" ("unbegrenzt") for no end at all."""
    if text.strip().lower() in {"unlimited", "unbegrenzt", "never", "nie"}:
        return None
    try:
        length = retention(text)
    except ValueError as problem:
        raise ValueError(f"{problem}, or unlimited") from problem
    if length < timedelta(days=1):
        raise ValueError(f'"{text}" is less than a day; write it as 365d')
    return length


def timezone(text: str) -> ZoneInfo:
    """A zone of the IANA database."""
    try:
        return ZoneInfo(text)
    # "No such zone" is a KeyError, a path outside the database a ValueError, a mere folder of it
    # ("Europe") an OSError.
    except (KeyError, ValueError, OSError) as problem:
        raise ValueError(
            f'"{text}" is no time zone; write it as Europe/Berlin (names of the IANA database)'
        ) from problem


def fraction(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ValueError(f'"{text}" is not between 0 and 1; write for example 0.5')
    return number


def prefix(text: str) -> str:
    """What a command begins with."""
    if re.search(r"\s", text):
        raise ValueError(f'"{text}" has a space in it; write one word such as !kaz')
    return text


def ticket_prefix(text: str) -> str:
    """What stands before the hyphen of a ticket's number."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,11}", text):
        raise ValueError(f'"{text}" cannot stand before a number; write up to 12 letters, like KAZ')
    return text.upper()


def http_address(text: str) -> HttpAddress:
    """`host:port`."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f'"{text}" is no address to listen on; write it as 127.0.0.1:8080')
    return HttpAddress(host.strip("[]"), int(port))


def database_url(text: str) -> str:
    """The database's URL with the driver we use."""
    scheme, separator, rest = text.partition("://")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg"}
    drivers["postgresql"] = drivers["postgres"]
    driver = drivers.get(scheme.partition("+")[0])
    if driver is None or not separator or not rest.strip("/"):
        # The URL holds a password: it is not repeated here.
        raise ValueError(
            "is no database this program knows; write it as postgresql://user:password@host/name "
            "or sqlite:////absolute/path/kaz.sqlite3"
        )
    return f"{driver}://{rest}"


def folder(text: str) -> Path:
    """A folder, seen from where the program was started."""
    return Path(text).expanduser().absolute()


def existing_folder(text: str) -> Path:
    """A folder that has to be there already."""
    if not folder(text).is_dir():
        raise ValueError(f'"{text}" is no folder; create it or leave the setting empty')
    return folder(text)


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """One of a few words."""

    def choice(text: str) -> Choice:
        try:
            return choices(text.lower())
        except ValueError:
            words = ", ".join(choices)
            raise ValueError(f'"{text}" is not possible; write one of {words}') from None

    return choice


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def words(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons or blanks."""
    return tuple(part for part in re.split(r"[,;\s]+", text) if part)


def _area(text: str) -> AreaSetting:
    key, _, title = (part.strip() for part in text.partition("="))
    if not _AREA_KEY.fullmatch(key) or key in OTHER_ROOMS:
        raise ValueError(
            f'"{key}" cannot be the key of an area; write small letters a to z, digits and _, '
            f"beginning with a letter, and not {' or '.join(OTHER_ROOMS)}"
        )
    return AreaSetting(AreaKey(key), title)


def _duration(text: str) -> timedelta | None:
    compact = text.strip().lower()
    try:
        if re.fullmatch(r"\d+(\.\d+)?", compact):
            return timedelta(seconds=float(compact))
        if (iso := _ISO.fullmatch(compact)) and any(iso.groups()):
            return _sum(zip(iso.groups("0"), "ywdhms", strict=True))
        if _SHORT.fullmatch(compact):
            return _sum(re.findall(r"(\d+(?:\.\d+)?)\s*([a-z]+)", compact))
    except (OverflowError, KeyError):
        return None
    return None


def _sum(pairs: Iterable[tuple[str, str]]) -> timedelta:
    """Of numbers and units; raises KeyError at a word that is no unit of time."""
    return sum((float(number) * _LENGTHS[unit] for number, unit in pairs), timedelta(0))
