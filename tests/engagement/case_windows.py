"""Many real arcs and a few batteries, for the tests and the benchmark of the windows."""

import math

import numpy as np

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.windows import battery_row
from longroad.flight.arcs import solve_arcs
from longroad.flight.flyout import flyout_tables
from longroad.flight.nodes import sample_arcs

# Name: latitude, longitude, burnout speed, life, floor and ceiling (km), launch elevation.
BATTERIES = {
    "south-east, slow": (44.1, 24.4, 3000.0, 300.0, 100e3, 1500e3),
    "at sea, slow": (34.5, 27.0, 3250.0, 350.0, 90e3, 1500e3),
    "north, fast": (54.5, 17.1, 4500.0, 500.0, 100e3, 1500e3),
    "far west, fast": (36.6, -6.3, 4500.0, 700.0, 100e3, 1500e3),
    "north, low ceiling": (54.5, 17.1, 4500.0, 700.0, 80e3, 350e3),
    "under the arcs, low ceiling": (37.5, 42.0, 5500.0, 700.0, 80e3, 300e3),
}


def arcs(count, seed=1):
    """Return nodes, start and step of ``count`` arcs from south-west Asia to Europe."""
    rng = np.random.default_rng(seed)
    solved = solve_arcs(
        np.radians(rng.uniform(27, 38, count)),
        np.radians(rng.uniform(46, 60, count)),
        np.radians(rng.uniform(36, 65, count)),
        np.radians(rng.uniform(-8, 30, count)),
        rng.uniform(80.0, 140.0, count),
        rng.uniform(60e3, 120e3, count),
        rng.uniform(60e3, 150e3, count),
    )
    assert solved.ok.all()
    nodes = sample_arcs(solved, 20)
    return nodes.state, nodes.start_s, nodes.dt_s


def ready_times(start, name="", seed=2):
    """Return earliest launches; under the arcs at burnout, so that windows split."""
    low, high = (-60.0, 0.0) if name.startswith("under") else (40.0, 300.0)
    return start + np.random.default_rng(seed).uniform(low, high, len(start))


def battery(name):
    """Return (battery row, fly-out table)."""
    lat, lon, speed, life, floor, ceiling = BATTERIES[name]
    place = geodetic_to_ecef(math.radians(lat), math.radians(lon), 0.0)
    table = flyout_tables(speed, 60.0, 0.5, life, math.radians(20.0), ceiling).table[0]
    return battery_row(place, floor, ceiling), table
