"""Reads the register of municipalities that the package carries."""

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey, MunicipalityKind

_KINDS = {
    "Landkreis": MunicipalityKind.DISTRICT,
    "kreisfreie Stadt": MunicipalityKind.INDEPENDENT_CITY,
    "Amt": MunicipalityKind.AMT,
    "Verbandsgemeinde": MunicipalityKind.VERBANDSGEMEINDE,
    "Mitverwaltung": MunicipalityKind.MITVERWALTUNG,
    "Stadt": MunicipalityKind.TOWN,
    "Gemeinde": MunicipalityKind.MUNICIPALITY,
}
_CITY_AMONG_MUNICIPALITIES = ("gemeinde", MunicipalityKind.INDEPENDENT_CITY)


def shipped() -> str:
    """The register as text."""
    source = files("kaz_bot.municipalities").joinpath("data", "municipalities.csv")
    return source.read_text(encoding="utf-8")


def read(text: str) -> list[Municipality]:
    """Every body once: an independent city stands in the register as district and as town."""
    rows: Iterable[Mapping[str, str]] = csv.DictReader(text.splitlines())
    return [
        _municipality(row)
        for row in rows
        if (row["level"], _KINDS[row["kind"]]) != _CITY_AMONG_MUNICIPALITIES
    ]


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        key=MunicipalityKey(row["ars"]),
        ags=row["ags"],
        name=row["name"],
        sorbian_name=row["name_dsb"],
        official_name=row["official_name"],
        kind=_KINDS[row["kind"]],
        seat=row["seat"],
        district_key=MunicipalityKey(row["district_code"]),
        district=row["district"],
        association=row["association"],
        plate=row["plate"],
    )
