"""The specialist areas: their keys, the words people use for them, and their reaction."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from kaz_bot.domain.tickets import AreaKey

# Words in tags (#vergabe) and arguments (weiterleiten vergabe), folded: lower case, no umlauts.
_SHIPPED_WORDS: Mapping[str, tuple[str, ...]] = {
    "standards": ("standards", "standard", "architektur", "architecture"),
    "procurement": ("procurement", "vergabe", "vergaben", "lizenzen", "lizenz", "beschaffung"),
    "security": ("security", "sicherheit", "informationssicherheit", "it-sicherheit", "isb"),
    "projects": ("projects", "projekte", "projekt", "projektmanagement", "gremien", "project"),
}
_SHIPPED_REACTIONS: Mapping[str, str] = {
    "standards": "📐",
    "procurement": "🛒",
    "security": "🔒",
    "projects": "📋",
}
_SPARE_REACTIONS = ("🅰", "🅱", "🆎", "🅾", "🔵", "🟢", "🟡", "🟠", "🟣", "🟤")


@dataclass(frozen=True, kw_only=True)
class Area:
    """A field of specialists with a room of their own."""

    key: AreaKey
    words: frozenset[str]
    reaction: str


@dataclass(frozen=True, kw_only=True)
class Areas:
    """All areas of this desk; `default` shows the tickets nobody can place yet."""

    all: tuple[Area, ...]
    default: AreaKey
    _by_word: Mapping[str, AreaKey] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        words = {word: area.key for area in self.all for word in area.words}
        object.__setattr__(self, "_by_word", words)

    @classmethod
    def of(cls, keys: Iterable[str], *, default: str) -> Self:
        """The areas with these keys; a key that does not ship is its own only word."""
        spare = iter(_SPARE_REACTIONS)
        return cls(
            all=tuple(
                Area(
                    key=AreaKey(key),
                    words=frozenset({key.lower(), *_SHIPPED_WORDS.get(key, ())}),
                    reaction=_SHIPPED_REACTIONS.get(key) or next(spare),
                )
                for key in keys
            ),
            default=AreaKey(default),
        )

    def named(self, word: str) -> AreaKey | None:
        """The area people mean by a (folded) word."""
        return self._by_word.get(word)

    def home(self, area: AreaKey, roomed: Container[AreaKey]) -> AreaKey:
        """The area whose room shows tickets of `area`, of those that have a room (`roomed`).

        Its own; else the default's; else the first there is, so that somebody sees them.
        """
        candidates = (area, self.default, *(other.key for other in self.all))
        return next((key for key in candidates if key in roomed), self.default)

    def marked(self, reaction: str) -> AreaKey | None:
        """The area a reaction stands for."""
        return next((area.key for area in self.all if area.reaction == reaction), None)

    def __contains__(self, key: object) -> bool:
        return any(area.key == key for area in self.all)
