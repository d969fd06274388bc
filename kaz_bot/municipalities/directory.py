"""All municipalities of Brandenburg, by what they are looked for."""

from collections.abc import Sequence
from functools import cache

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey, MunicipalityKind
from kaz_bot.municipalities.finding import Finder
from kaz_bot.municipalities.naming import Place, places_in
from kaz_bot.municipalities.register import read, shipped

_DISTRICTS = frozenset({MunicipalityKind.DISTRICT, MunicipalityKind.INDEPENDENT_CITY})


class Directory:
    """The register, ready to be asked."""

    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        self.all = tuple(municipalities)
        self.districts = tuple(one for one in self.all if one.kind in _DISTRICTS)
        self._finder = Finder(self.all)

    def get(self, key: MunicipalityKey | str) -> Municipality | None:
        """By its Regionalschlüssel, or its Gemeindeschlüssel."""
        return self._finder.by_key(key)

    def find(self, text: str) -> list[Municipality]:
        """All that can be meant by a name, an abbreviation, a plate or a key; small errors in
        typing are overlooked."""
        return self._finder.find(text)

    def nearest(self, text: str) -> list[Municipality]:
        """A few whose names resemble what was typed, if nothing was found."""
        return self._finder.nearest(text)

    def named_in(self, text: str) -> list[Place]:
        """Where the text names one: where that begins, where it ends, which it is.

        The word for its kind belongs to the place ("Stadt Cottbus"). Precise rather than complete.
        """
        return places_in(text, self._finder)


@cache
def directory() -> Directory:
    """The register that the package carries, read once."""
    return Directory(read(shipped()))
