"""Lets the routing learn at an operator's hand, and says which versions there are."""

from collections.abc import Callable
from dataclasses import dataclass

from kaz_bot.clock import SystemClock
from kaz_bot.config import Settings
from kaz_bot.operations.records import opened
from kaz_bot.routing import Router
from kaz_bot.routing.versions import FOLDER, SHIPPED_NUMBER, NoSuchVersion, Versions
from kaz_bot.school import Report, School
from kaz_bot.store import Store


@dataclass(frozen=True, kw_only=True)
class ListedVersion:
    """One version as a list shows it; `problem` says why it cannot be used."""

    number: int
    in_use: bool
    lessons: int = 0
    right: int = 0
    of: int = 0
    problem: str = ""


def school_of(settings: Settings, store: Store) -> School:
    """The school of an installation, for one lesson."""
    return School(
        store=store,
        router=Router.shipped(),
        data_dir=settings.data_dir,
        clock=SystemClock(),
        every=None,
    )


async def learn(settings: Settings, tell: Callable[[str], None]) -> Report | None:
    """Learn now; nothing if nobody has moved a ticket yet."""
    async with opened(settings) as store:
        return await school_of(settings, store).learn(tell)


def versions_of(settings: Settings) -> Versions:
    """The versions of an installation."""
    return Versions(folder=settings.data_dir / FOLDER)


def listed(versions: Versions) -> list[ListedVersion]:
    """Every version, the shipped one first."""
    in_use = versions.in_use()
    return [_line(versions, number, in_use) for number in (SHIPPED_NUMBER, *versions.numbers())]


def _line(versions: Versions, number: int, in_use: int) -> ListedVersion:
    try:
        version = versions.load(number)
    except NoSuchVersion as problem:
        return ListedVersion(number=number, in_use=number == in_use, problem=str(problem))
    return ListedVersion(
        number=number,
        in_use=number == in_use,
        lessons=len(version.taught),
        right=version.figures.right,
        of=version.figures.of,
    )
