"""Territories against official areas, the UN's totals and h3."""

from dataclasses import FrozenInstanceError
from types import SimpleNamespace

import h3
import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.earth.borders import countries_at, outlines
from longroad.earth.cells import cell_text
from longroad.earth.territories import Cells, country_names, is_country, territory_cells

NATO_EUROPE_2011 = (
    "ALB BEL BGR HRV CZE DNK EST FRA DEU GRC HUN ISL ITA LVA LTU LUX NLD NOR POL PRT ROU SVK SVN "
    "ESP TUR GBR"
)
NATO_EUROPE = [*NATO_EUROPE_2011.split(" "), "FIN", "SWE", "MNE", "MKD"]
COLUMNS = ("cell", "latitude_rad", "longitude_rad", "country", "area_m2", "population")


def box(south, north, west, east):
    south, north, west, east = np.radians([south, north, west, east])
    return SimpleNamespace(south_rad=south, north_rad=north, west_rad=west, east_rad=east)


EUROPE = box(34, 72, -25, 45)
EVERYWHERE = box(-90, 90, -180, 180)


def world(resolution):
    return territory_cells(country_names(), resolution)


@pytest.mark.parametrize("resolution", [2, 3, 4])
@pytest.mark.parametrize(
    ("code", "km2", "within", "share"),
    [
        # Official total areas, inland water included. 2 %: the outlines are 1:50 million.
        ("POL", 312_700, EVERYWHERE, 0.01),
        ("DEU", 357_600, EVERYWHERE, 0.01),
        ("TUR", 783_600, EVERYWHERE, 0.01),
        ("ISL", 103_000, EVERYWHERE, 0.02),
        # Metropolitan France: 543,900 (cadastre) to 551,700 (mapping agency).
        ("FRA", 547_800, EUROPE, 0.01),
    ],
)
def test_areas(resolution, code, km2, within, share):
    area = territory_cells([code], resolution, within).area_m2.sum() / 1e6
    assert area == pytest.approx(km2, rel=share)


@pytest.mark.parametrize("resolution", [2, 3, 4])
def test_population_is_the_united_nations_total(resolution):
    # Age groups of both sexes for 2025 in WPP 2024, medium variant, summed by hand (awk).
    expected = {
        "POL": 38_140_908,
        "DEU": 84_075_074,
        "TUR": 87_685_427,
        "ISL": 398_271,
        "MLT": 545_409,
        "FJI": 933_153,
        "UKR": 38_980_381,
        "RUS": 143_997_396,
        "USA": 347_275_810,
    }
    for code, people in expected.items():
        found = territory_cells([code], resolution).population.sum()
        assert found == pytest.approx(people, rel=1e-6), code
    # France's outline holds the overseas departments, which the UN counts apart.
    metropolitan = territory_cells(["FRA"], resolution, EUROPE).population.sum()
    assert metropolitan == pytest.approx(66_650_800, rel=1e-6)
    # The world less Gibraltar, Tokelau and the Vatican, which have no outline.
    assert world(resolution).population.sum() == pytest.approx(
        8_231_613_070 - 40_131 - 2_616 - 505, rel=1e-6
    )


def test_where_people_live():
    # Cities of 2 million and more carry their cell: where the most people of a country live.
    for code, lat, lon in [("HUN", 47.5, 19.05), ("AUT", 48.2, 16.4), ("ISL", 64.1, -21.9)]:
        cells = territory_cells([code], 3)
        most = np.argmax(cells.population)
        apart = np.hypot(
            cells.latitude_rad[most] - np.radians(lat),
            (cells.longitude_rad[most] - np.radians(lon)) * np.cos(np.radians(lat)),
        )
        assert apart * 6371 < 100, code


def test_number_of_cells():
    # About 450 and 3,100 of mostly land, as many as the land's area would fill.
    for resolution, expected in ((3, 450), (4, 3_100)):
        cells = territory_cells(NATO_EUROPE, resolution, EUROPE)
        whole = np.array([h3.cell_area(cell_text(c), "m^2") for c in cells.cell])
        assert np.count_nonzero(cells.area_m2 > 0.5 * whole) == pytest.approx(expected, rel=0.1)
        # With coasts and borders there are more rows, but not many times more.
        assert len(cells) < 2.2 * expected
        # No country has more land in a cell than there is room (children stick out a little).
        assert np.all(cells.area_m2 < 1.15 * whole)


@pytest.mark.parametrize("resolution", [2, 3, 4])
def test_rows(resolution):
    cells = world(resolution)
    assert cells.resolution == resolution
    assert cells.cell.dtype == np.uint64
    assert cells.country.dtype == object
    assert all(getattr(cells, name).shape == (len(cells),) for name in COLUMNS)
    keys = list(zip(cells.cell.tolist(), cells.country.tolist(), strict=True))
    assert keys == sorted(set(keys))
    for cell in cells.cell[:: len(cells) // 200]:
        assert h3.is_valid_cell(cell_text(cell))
        assert h3.get_resolution(cell_text(cell)) == resolution
    assert np.all(cells.area_m2 > 0)
    assert np.all(cells.population >= 0)
    assert np.all(np.abs(cells.latitude_rad) <= np.pi / 2)
    assert np.all(np.abs(cells.longitude_rad) <= np.pi)


def test_every_country_of_the_borders_has_a_row():
    have = set(world(4).country)
    assert have == {country.code for country in outlines("50m")} == set(country_names())
    malta = territory_cells(["MLT"], 4)
    assert malta.area_m2.sum() / 1e6 == pytest.approx(316, rel=0.2)
    assert malta.population.sum() == pytest.approx(545_409, rel=1e-6)


def test_centres_lie_in_their_cell_and_country():
    cells = territory_cells(["POL", "RUS", "FJI", "ATA"], 4)
    lat, lon = np.degrees(cells.latitude_rad), np.degrees(cells.longitude_rad)
    home = [h3.latlng_to_cell(y, x, 4) for y, x in zip(lat, lon, strict=True)]
    same = [a == cell_text(b) for a, b in zip(home, cells.cell, strict=True)]
    assert np.mean(same) > 0.97
    # A bay or a bend may hold the centre of the land around it, but seldom.
    assert np.mean(countries_at(lat, lon) == cells.country) > 0.97


def test_coarse_rows_are_sums_of_fine_rows():
    fine, coarse = territory_cells(["FIN"], 4), territory_cells(["FIN"], 3)
    for i in range(0, len(coarse), 5):
        children = h3.cell_to_children(cell_text(coarse.cell[i]), 4)
        rows = np.isin(fine.cell, np.array([int(child, 16) for child in children], np.uint64))
        assert coarse.area_m2[i] == pytest.approx(fine.area_m2[rows].sum())
        assert coarse.population[i] == pytest.approx(fine.population[rows].sum())
    assert coarse.area_m2.sum() == pytest.approx(fine.area_m2.sum(), rel=1e-12)


def same_cells(a, b):
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in COLUMNS)


def test_order_and_repetition_do_not_matter():
    expected = territory_cells(["DEU", "POL", "CZE"], 3)
    assert same_cells(expected, territory_cells(["POL", "CZE", "DEU", "POL"], 3))
    assert same_cells(expected, territory_cells(iter(("CZE", "DEU", "POL")), np.int64(3)))
    # Some cells belong to two of them: one row each.
    assert len(set(expected.cell.tolist())) < len(expected)


def test_within():
    fiji = territory_cells(["FJI"], 4)
    across = territory_cells(["FJI"], 4, box(-30, 0, 170, -170))
    assert same_cells(fiji, across)
    west = territory_cells(["FJI"], 4, box(-30, 0, 170, 180))
    east = territory_cells(["FJI"], 4, box(-30, 0, -180, -170))
    assert 0 < len(east) < len(west)
    assert len(east) + len(west) == len(fiji)
    assert len(territory_cells(["FJI"], 4, box(-30, 0, -170, 170))) == 0
    assert same_cells(fiji, territory_cells(["FJI"], 4, EVERYWHERE))
    spain = territory_cells(["ESP"], 3, EUROPE)
    assert np.degrees(spain.latitude_rad).min() > 34  # without the Canaries
    pole = territory_cells(["ATA"], 3, box(-90, -89, -180, 180))
    assert 0 < len(pole) < 10


def test_no_countries():
    assert len(territory_cells([], 3)) == 0
    assert isinstance(territory_cells([], 3), Cells)


@pytest.mark.parametrize("resolution", [1, 5, 3.5, -3, True, "4", None])
def test_another_resolution(resolution):
    with pytest.raises(GeometryError, match="from 2 to 4"):
        territory_cells(["POL"], resolution)


@pytest.mark.parametrize(
    ("code", "meant"),
    [("POLL", "POL"), ("pol", "POL"), ("UKI", "UKR"), ("Poland", "POL"), ("türkiye", "TUR")],
)
def test_an_unknown_country(code, meant):
    with pytest.raises(GeometryError, match="alpha-3") as error:
        territory_cells(["DEU", code], 3)
    assert error.value.nearest == meant


def test_names():
    assert country_names()["TUR"] == "Türkiye"
    assert is_country("XKX")
    assert not is_country("pol")
    names = country_names()
    names.clear()
    assert country_names()


def test_results_cannot_be_changed():
    cells = territory_cells(["POL"], 3)
    with pytest.raises(FrozenInstanceError):
        cells.resolution = 4
    with pytest.raises(ValueError, match="read-only"):
        cells.area_m2[0] = 0
