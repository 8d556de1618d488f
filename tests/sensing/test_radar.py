"""Radar visibility against a plain scan, and the range law and horizon against closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight.arcs import solve_arcs
from longroad.flight.nodes import sample_arcs
from longroad.sensing.horizon import bending, geometric_elevation
from longroad.sensing.radar import radar_range, radar_row, see
from longroad.sensing.radar_kernel import sight


def arcs(count, seed=3):
    rng = np.random.default_rng(seed)
    solved = solve_arcs(
        np.radians(rng.uniform(27, 38, count)),
        np.radians(rng.uniform(46, 60, count)),
        np.radians(rng.uniform(36, 65, count)),
        np.radians(rng.uniform(-8, 30, count)),
        110.0, 90e3, 100e3,
    )  # fmt: skip
    nodes = sample_arcs(solved, 20)
    return nodes.state, nodes.start_s, nodes.dt_s


def radar_at(lat, lon, facing=0.0, width=360.0, low=0.0, high=90.0):
    lat, lon = math.radians(lat), math.radians(lon)
    return radar_row(
        lat, lon, geodetic_to_ecef(lat, lon, 0.0), math.radians(facing), math.radians(width),
        math.radians(low), math.radians(high),
    )  # fmt: skip


def cubic(nodes, start, dt, t):
    u = (t - start) / dt
    k = np.clip(u.astype(int), 0, len(nodes) - 2)
    s = (u - k)[:, None]
    a, b = nodes[k], nodes[k + 1]
    h = s * s * (3.0 - 2.0 * s)
    return (
        (1.0 - h) * a[:, :3] + h * b[:, :3]
        + dt * s * (s - 1.0) ** 2 * a[:, 3:] + dt * s * s * (s - 1.0) * b[:, 3:]
    )  # fmt: skip


def seen_by_angles(place, lat, lon, facing, width, low, high, reach):
    """Visibility from azimuth and elevation angles, not from the kernel's algebra."""
    lat, lon = math.radians(lat), math.radians(lon)
    line = place - geodetic_to_ecef(lat, lon, 0.0)
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    north = np.array(
        [-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat)]
    )
    up = np.cross(east, north)
    d = np.linalg.norm(line, axis=1)
    azimuth = np.degrees(np.arctan2(line @ east, line @ north))
    elevation = np.degrees(np.arcsin(line @ up / d))
    least = math.degrees(float(geometric_elevation(math.radians(low))))
    off = np.abs((azimuth - facing + 180.0) % 360.0 - 180.0)
    return (d <= reach) & (elevation >= least) & (elevation <= high) & (off <= width / 2.0)


CASES = {
    "forward, sector": (38.3, 37.8, 100.0, 120.0, 3.0, 85.0, 1500e3),
    "all round": (44.1, 24.4, 0.0, 360.0, 3.0, 85.0, 450e3),
    "narrow": (40.0, 30.0, 90.0, 40.0, 2.0, 70.0, 2500e3),
    "wide sector": (52.0, 20.0, 120.0, 240.0, 2.0, 60.0, 4200e3),
    "north pole": (90.0, 0.0, 150.0, 180.0, -5.0, 90.0, 5000e3),
}


@pytest.mark.parametrize("name", CASES)
def test_intervals_agree_with_a_scan_by_angles(name):
    lat, lon, facing, width, low, high, reach = CASES[name]
    nodes, start, dt = arcs(200)
    row = radar_at(lat, lon, facing, width, low, high)
    found = see(nodes, start, dt, row, np.array([reach]))
    some = 0
    for i in range(len(nodes)):
        end = start[i] + (len(nodes[i]) - 1) * dt[i]
        t = np.linspace(start[i], end, 1500)
        scan = seen_by_angles(
            cubic(nodes[i], start[i], dt[i], t), lat, lon, facing, width, low, high, reach
        )
        mine = np.zeros(len(t), dtype=bool)
        intervals = found.intervals[0, i, : found.count[0, i]]
        for low_t, high_t in intervals:
            mine |= (t >= low_t) & (t <= high_t)
        # A point may fall on the other side of an edge by rounding; nothing else may differ.
        wrong = t[mine != scan]
        edges = intervals.ravel()
        assert all(np.abs(edges - w).min() < 1e-3 for w in wrong), (i, wrong, intervals)
        some += scan.any()
    assert some > 10


@settings(max_examples=40, deadline=None)
@given(
    reach=st.floats(200e3, 5e6), more=st.floats(1.0, 2.0), width=st.floats(20.0, 180.0),
    facing=st.floats(0.0, 360.0),
)  # fmt: skip
def test_more_range_or_a_wider_sector_never_shows_less(reach, more, width, facing):
    nodes, start, dt = arcs(40, seed=7)
    narrow = radar_at(41.0, 33.0, facing, width, 2.0, 85.0)
    wide = radar_at(41.0, 33.0, facing, min(width * more, 360.0), 2.0, 85.0)
    ranges = np.array([reach, reach * more])
    less, greater = see(nodes, start, dt, narrow, ranges), see(nodes, start, dt, wide, ranges)

    def total(seen, k):
        return np.array(
            [np.ptp(seen.intervals[k, i, : seen.count[k, i]], axis=1).sum() for i in range(40)]
        )

    assert np.all(total(less, 1) >= total(less, 0) - 1e-3)
    assert np.all(total(greater, 0) >= total(less, 0) - 1e-3)


def test_sight_overhead_and_at_the_horizon():
    row = radar_at(0.0, 0.0, facing=90.0)
    a = 6_378_137.0
    assert sight(a + 500e3, 0.0, 0.0, row) == pytest.approx((500e3, 500e3, 0.0, 0.0))
    d, up, along, across = sight(a, 700e3, 0.0, row)
    assert (d, up, along, across) == pytest.approx((700e3, 0.0, 700e3, 700e3))


def test_range_follows_the_fourth_root():
    """Case R02's law: sixteen times the cross section doubles the range."""
    assert radar_range(870e3, 0.16, 0.01) == pytest.approx(2.0 * 870e3, rel=1e-12)
    assert radar_range(1000e3, 0.02, 0.01) == pytest.approx(1000e3 * 2.0**0.25, rel=1e-12)
    with pytest.raises(GeometryError, match="not positive"):
        radar_range(1.0, 0.0, 0.01)


def test_bending_is_that_of_the_four_thirds_earth_to_ten_kilometres():
    """Known size: below one degree at the horizon, a tenth of that at 10 degrees, nothing above."""
    horizon, low, high = np.degrees(bending(np.radians([0.0, 10.0, 60.0])))
    assert 0.7 < horizon < 1.0
    assert 0.05 < low < 0.15
    assert high < 0.02
    # Path in the effective Earth: s = sqrt(2 k R H) at the horizon.
    k_r = 4.0 / 3.0 * 6_371_000.0
    assert math.radians(horizon) == pytest.approx(math.sqrt(2 * k_r * 1e4) / 6_371_000.0 / 4.0)


@given(st.floats(0.0, math.radians(89.0)))
def test_geometric_elevation_is_lower_and_rises_with_the_apparent_one(angle):
    here, above = geometric_elevation(angle), geometric_elevation(min(angle + 0.01, 1.57))
    assert here <= angle
    assert above > here
