import h3
import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.earth.cells import cell_boundaries, cell_boundary, cell_text, parents


def number(lat, lon, resolution):
    return int(h3.latlng_to_cell(lat, lon, resolution), 16)


PLACES = [(52.2, 21.0), (-33.9, 18.4), (66.0, 179.9), (-17.0, -179.99), (0.0, 180.0)]


def area(ring):
    (x, y) = np.array([*ring, ring[0]]).T
    return 0.5 * np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])


@pytest.mark.parametrize(("lat", "lon"), PLACES)
@pytest.mark.parametrize("resolution", [2, 3, 4])
def test_outline(lat, lon, resolution):
    cell = number(lat, lon, resolution)
    ring = cell_boundary(cell)
    assert area(ring) < 0  # clockwise
    lons = np.array(ring)[:, 0]
    assert np.ptp(lons) < 10
    assert -180 <= lons[0] <= 180
    expected = {
        (round(lat, 9), round(lon % 360, 9)) for lat, lon in h3.cell_to_boundary(f"{cell:x}")
    }
    assert {(round(y, 9), round(x % 360, 9)) for x, y in ring} == expected


@pytest.mark.parametrize("resolution", [2, 3, 4])
def test_outlines_around_the_antimeridian_hold_their_place(resolution):
    for lat in range(-80, 81, 5):
        lons = np.array(cell_boundary(number(lat, 180.0, resolution)))[:, 0]
        assert min((lons.min() - 180) % 360, (180 - lons.min()) % 360) < 40
        assert lons.max() - lons.min() < 60


@pytest.mark.parametrize("lat", [90.0, -90.0])
def test_a_cell_around_a_pole_turns_clockwise(lat):
    ring = cell_boundary(number(lat, 0.0, 3))
    lons = np.array(ring)[:, 0]
    # Clockwise seen from above: westwards around the north pole, eastwards around the south.
    turn = lons[-1] - lons[0]
    assert abs(turn) > 180
    assert np.sign(turn) == -np.sign(lat)


def test_many():
    cells = [number(*place, 3) for place in PLACES]
    assert cell_boundaries(cells) == [cell_boundary(cell) for cell in cells]
    assert cell_boundaries([]) == []


def test_texts_are_those_of_h3():
    text = h3.latlng_to_cell(52.2, 21.0, 4)
    assert cell_text(int(text, 16)) == text
    assert cell_text(np.uint64(int(text, 16))) == text


@pytest.mark.parametrize("resolution", range(7))
def test_parents_are_those_of_h3(resolution):
    draw = np.random.default_rng(7)
    texts = [
        h3.latlng_to_cell(lat, lon, 6)
        for lat, lon in zip(draw.uniform(-90, 90, 200), draw.uniform(-180, 180, 200), strict=True)
    ]
    # The twelve pentagons are where arithmetic on the index could differ.
    texts += sorted(h3.get_pentagons(6))
    found = parents([int(text, 16) for text in texts], resolution)
    assert [cell_text(cell) for cell in found] == [h3.cell_to_parent(t, resolution) for t in texts]


def test_no_parent():
    with pytest.raises(GeometryError, match="resolution"):
        parents([number(0, 0, 3)], 4)


@pytest.mark.parametrize("cell", [0, 1, 2**63])
def test_not_a_cell(cell):
    with pytest.raises(GeometryError, match="not a cell"):
        cell_boundary(cell)
