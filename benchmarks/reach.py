"""Reach surface: 41,472 places x 10 delays for one trajectory, on all cores and on one.

    python benchmarks/reach.py

The opponent is a compiled scan that solves Lambert's problem at 200 intercept times and takes
the least, launching at the delay: the obvious way, and coarser than what the surface gives.
Opponents take turns; each figure is the median of several rounds.
"""

from __future__ import annotations

import math
import os
import statistics
import time

import numba
import numpy as np

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.reach import Interceptor, surface
from longroad.engagement.trajectory import trajectory
from longroad.flight.arcs import solve_arcs
from longroad.flight.lambert_kernel import join

STEP_DEG = 1.25
DELAYS_S = np.arange(60.0, 601.0, 60.0)
SCAN = 200
ROUNDS = 5
PART = 40  # the scan does every so many places, and is counted up


@numba.njit(nogil=True)
def scan(mu, spin, places, delays, times, targets, late, out):
    """Fill ``out`` (N, D) with the least speed over all times, launching at each delay."""
    for i in range(places.shape[0]):
        for j in range(delays.size):
            c, s = math.cos(spin * delays[j]), math.sin(spin * delays[j])
            x = c * places[i, 0] - s * places[i, 1]
            y = s * places[i, 0] + c * places[i, 1]
            best = math.inf
            for k in range(times.size):
                left = times[k] - delays[j] - late
                if left > 1.0:
                    _, vx, vy, vz, _, _, _ = join(
                        mu, x, y, places[i, 2], targets[k, 0], targets[k, 1], targets[k, 2],
                        left, False, math.nan,
                    )  # fmt: skip
                    speed = math.sqrt((vx + spin * y) ** 2 + (vy - spin * x) ** 2 + vz * vz)
                    best = min(best, speed)
            out[i, j] = best


def main() -> None:
    """Measure and print."""
    arcs = solve_arcs(*np.radians([54.0, 35.8, 38.9, -77.0]), 200.0, 200e3, 350e3)
    flight = trajectory(arcs, 0, 100e3)
    latitude = np.radians(np.arange(-90.0 + STEP_DEG / 2, 90.0, STEP_DEG))
    longitude = np.radians(np.arange(-180.0 + STEP_DEG / 2, 180.0, STEP_DEG))
    grid = [a.ravel() for a in np.meshgrid(latitude, longitude, indexing="ij")]
    interceptor = Interceptor(70.0, 0.5, math.inf)
    earth = flight.figure
    times = np.linspace(flight.first_s, flight.last_s, SCAN)
    targets = np.ascontiguousarray(flight.at(times)[0])
    places = np.ascontiguousarray(geodetic_to_ecef(*grid, 0.0)[::PART])
    out = np.empty((len(places), DELAYS_S.size))
    cores = os.cpu_count() or 1
    found: dict[str, list[float]] = {"one": [], "all": [], "scan": []}
    for number in range(ROUNDS + 1):
        marks = [time.perf_counter()]
        surface([flight], *grid, DELAYS_S, interceptor, 10e3, 1)
        marks.append(time.perf_counter())
        surface([flight], *grid, DELAYS_S, interceptor, 10e3, cores)
        marks.append(time.perf_counter())
        scan(earth.mu_m3_s2, earth.rotation_rad_s, places, DELAYS_S, times, targets, 35.0, out)
        marks.append(time.perf_counter())
        if number:  # the first round compiles
            for name, begin, end in zip(found, marks, marks[1:], strict=False):
                found[name].append(end - begin)
    one, many, plain = (statistics.median(found[name]) for name in found)
    plain *= len(grid[0]) / len(places)
    count = len(grid[0]) * DELAYS_S.size
    print(f"reach surface, {len(grid[0]):,} places x {DELAYS_S.size} delays, both parts of the arc")
    print(f"  one thread    {one:6.2f} s   {1e6 * one / count:6.2f} us a place and delay")
    print(f"  {cores} threads     {many:6.2f} s   (goal: under 2 s on 2 cores)")
    print(f"  scan of {SCAN}, one thread, counted up {plain:6.2f} s")
    print(f"  ratio scan / surface, one thread: {plain / one:.1f}")


if __name__ == "__main__":
    main()
