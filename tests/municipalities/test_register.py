"""The register that the package carries is the official one, each body in it once."""

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from kaz_bot.domain.municipalities import MunicipalityKind
from kaz_bot.municipalities import directory
from kaz_bot.municipalities.register import shipped
from tests.not_run import not_run

# What the projects share lies beside them.
SHARED = Path(__file__).parents[3] / "shared" / "data" / "municipalities.csv"


def test_it_is_the_one_that_all_projects_share() -> None:
    if not SHARED.exists():
        not_run("comparing the register", "the shared data are not here")
    assert shipped() == SHARED.read_text(encoding="utf-8")


def test_every_body_of_brandenburg_is_in_it_once() -> None:
    assert Counter(one.kind for one in directory().all) == {
        MunicipalityKind.DISTRICT: 14,
        MunicipalityKind.INDEPENDENT_CITY: 4,
        MunicipalityKind.AMT: 50,
        MunicipalityKind.VERBANDSGEMEINDE: 1,
        MunicipalityKind.MITVERWALTUNG: 1,
        MunicipalityKind.TOWN: 109,
        MunicipalityKind.MUNICIPALITY: 300,
    }
    assert len({one.key for one in directory().all}) == len(directory().all)


def test_districts_and_independent_cities_have_a_plate_and_are_their_own_district() -> None:
    districts = directory().districts
    assert len({one.plate for one in districts}) == 18
    assert [one for one in districts if one.district_key != one.key] == []


def test_every_body_lies_in_one_of_the_districts() -> None:
    known = {one.key for one in directory().districts}
    assert {one.district_key for one in directory().all} == known


@pytest.mark.parametrize("word", ["Statistisches Bundesamt", "dl-de/by-2-0", "GV100AD"])
def test_its_licence_travels_with_it(word: str) -> None:
    licence = files("kaz_bot.municipalities").joinpath("data", "LICENCE.md")
    assert word in licence.read_text(encoding="utf-8")
