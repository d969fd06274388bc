"""Where questions came from, as a report tells it: kinds of municipalities, districts, coverage."""

from collections import Counter

from kaz_bot.domain.municipalities import MunicipalityKind
from kaz_bot.domain.reports.counts import Count, Disclosure
from kaz_bot.domain.reports.material import Material
from kaz_bot.domain.reports.report import Coverage, DistrictRow, KindRow, MunicipalityRow
from kaz_bot.domain.reports.suppression import is_small
from kaz_bot.domain.reports.tables import asked_from
from kaz_bot.domain.reports.tally import ALL

_DISTRICTS = frozenset({MunicipalityKind.DISTRICT, MunicipalityKind.INDEPENDENT_CITY})


def kind_rows(material: Material) -> tuple[KindRow, ...]:
    """Every kind that there is."""
    there_are = Counter(one.kind for one in material.register)
    return tuple(
        KindRow(
            kind=kind,
            there_are=there_are[kind],
            asked=material.published.count(ALL, "kind", kind),
        )
        for kind in MunicipalityKind
        if there_are[kind]
    )


def district_rows(material: Material) -> tuple[DistrictRow, ...]:
    """All of them, by name, whether anybody asked from there or not."""
    rows = [
        DistrictRow(
            key=one.key,
            name=one.name,
            plate=one.plate,
            independent=one.kind is MunicipalityKind.INDEPENDENT_CITY,
            asked=material.published.count(ALL, "district", one.key),
        )
        for one in material.register
        if one.kind in _DISTRICTS
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def coverage(material: Material) -> Coverage:
    """A district is covered as soon as one person asked from there."""
    rows = district_rows(material)
    asked = len(asked_from(material.tally, material.register))
    few = Disclosure.FEW if is_small(asked) else Disclosure.EXACT
    return Coverage(
        districts=sum(row.covered for row in rows),
        of_districts=len(rows),
        municipalities=Count.of(asked, few),
        of_municipalities=len(material.register),
    )


def municipality_rows(material: Material) -> tuple[MunicipalityRow, ...]:
    """Those from which enough came to be named, most first."""
    return tuple(
        MunicipalityRow(
            key=one.key,
            name=one.official_name,
            kind=one.kind,
            district=one.district,
            asked=material.published.count(ALL, "municipality", one.key),
        )
        for one in material.published.listed
    )
