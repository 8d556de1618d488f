"""Arcs between end points on a rotating Earth, against a plain SciPy twin of the same problem.

The twin knows nothing of the solver: for each arc SciPy minimises the Earth-relative burnout
speed over the coast time, the heading being found by SciPy's root finder for each, with places
from GeographicLib and velocities from `longroad.flight.lambert`. It is a witness as well: the
greatest difference of the speeds is printed. Then the compiled parts alone, in microseconds.

    python benchmarks/arcs.py
"""

from __future__ import annotations

import math
import time

import numpy as np
from geographiclib.geodesic import Geodesic
from scipy.optimize import brentq, minimize_scalar

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight import lambert
from longroad.flight.arcs import solve_arcs
from longroad.flight.figure import WGS84
from longroad.flight.lambert_kernel import join_all
from longroad.flight.nodes import sample_arcs

BURN, ALTITUDE, DISTANCE = 90.0, 7e4, 6e4
LAUNCH = (35.0, 48.0)
TWINS = 20
ARCS = 100_000


def flight(lat, lon, coast, heading):
    """Return (Earth-relative speed, sine of the angle off the heading) of one trial flight."""
    line = Geodesic.WGS84.Direct(*LAUNCH, math.degrees(heading), DISTANCE)
    lat1, lon1 = math.radians(line["lat2"]), math.radians(line["lon2"])
    start = geodetic_to_ecef(lat1, lon1, ALTITUDE)
    end = geodetic_to_ecef(lat, lon + WGS84.rotation_rad_s * coast, 0.0)
    v = lambert(start, end, coast)[0] - np.cross([0.0, 0.0, WGS84.rotation_rad_s], start)
    east = np.array([-math.sin(lon1), math.cos(lon1), 0.0])
    up = geodetic_to_ecef(lat1, lon1, 1.0) - geodetic_to_ecef(lat1, lon1, 0.0)
    ahead = math.atan2(v @ east, v @ np.cross(up, east))
    return float(np.linalg.norm(v)), math.sin(ahead - math.radians(line["azi2"]))


def twin(lat, lon):
    """Return the least burnout speed to one aim point (m/s)."""
    bearing = Geodesic.WGS84.Inverse(*LAUNCH, math.degrees(lat), math.degrees(lon))
    azimuth = math.radians(bearing["azi1"])

    def speed(coast):
        heading = brentq(
            lambda a: flight(lat, lon, coast, a)[1], azimuth - 0.3, azimuth + 0.3, xtol=1e-10
        )
        return flight(lat, lon, coast, heading)[0]

    guess = 0.0003 * bearing["s12"]
    found = minimize_scalar(speed, bounds=(0.5 * guess, 3.0 * guess + 300.0), method="bounded")
    return found.fun


def seconds(function):
    """Return the best of five timings (s)."""
    best = math.inf
    for _ in range(5):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def main():
    """Print the ratio and the parts."""
    rng = np.random.default_rng(2011)
    lat, lon = np.radians(rng.uniform(36, 60, ARCS)), np.radians(rng.uniform(-10, 30, ARCS))
    launch = np.radians(LAUNCH)

    def arcs(workers=1, **shape):
        return solve_arcs(*launch, lat, lon, BURN, ALTITUDE, DISTANCE, workers=workers, **shape)

    found = arcs()
    start = time.perf_counter()
    speeds = [twin(lat[i], lon[i]) for i in range(TWINS)]
    slow = (time.perf_counter() - start) / TWINS
    fast = seconds(arcs) / ARCS
    apart = np.abs(np.array(speeds) - found.burnout_speed_m_s[:TWINS]).max()
    print(f"minimum-energy arc: {fast * 1e6:.2f} us; SciPy twin: {slow * 1e3:.1f} ms")
    print(f"ratio {slow / fast:.0f}; greatest difference of the speeds {apart:.1e} m/s")
    print(f"{ARCS} arcs on 2 threads: {seconds(lambda: arcs(2)):.3f} s")
    for name, shape in {
        "at least 45 deg": {"least_elevation_rad": math.radians(45.0)},
        "apogee": {"shape": "apogee", "value": 9e5},
        "time of flight": {"shape": "time-of-flight", "value": 1200.0},
        "lofted": {"shape": "lofted", "value": 6000.0},
        "depressed": {"shape": "depressed", "value": 6000.0},
    }.items():
        print(f"  {name}: {seconds(lambda s=shape: arcs(**s)) / ARCS * 1e6:.2f} us")
    few = found.select(np.arange(20_000))
    for count in (24, 48):
        took = seconds(lambda c=count: sample_arcs(few, c)) / len(few)
        print(f"{count} nodes of an arc: {took * 1e6:.2f} us")
    r1 = np.ascontiguousarray(found.burnout_position_m)
    r2 = geodetic_to_ecef(lat, lon, 0.0)
    coast = found.time_of_flight_s - found.burnout_time_s
    out = np.empty((ARCS, 6))
    took = seconds(lambda: join_all(WGS84.mu_m3_s2, r1, r2, coast, False, out)) / ARCS
    print(f"Lambert solve: {took * 1e6:.3f} us")


if __name__ == "__main__":
    main()
