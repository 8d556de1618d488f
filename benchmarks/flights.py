"""Staged flights and descents by the compiled integrator, against DOP853 in Python.

The witness is that of the tests: SciPy's DOP853 on forces stated anew (`tests/flight`). Both fly
the same vehicle through the standard atmosphere over the turning, oblate Earth; the distance of
their impacts is printed. Then searches for a vehicle, and descents of many bodies at once.

    python benchmarks/flights.py
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "flight"))
import powered_twin

from longroad.flight import powered_kernel as k
from longroad.flight.descent import descend
from longroad.flight.figure import WGS84
from longroad.flight.fit import farthest, match, reaching
from longroad.flight.staged import Launch, simulate
from longroad.flight.vehicle import Build

BODIES = 5_000


def seconds(function, rounds=5):
    """Return the best of some timings (s)."""
    best = math.inf
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def main():
    """Print the ratio and the parts."""
    build = Build(2, 210.0, 2600.0, 0.05, 30_000.0, 6_000.0)
    vehicle, kick = build.vehicle(8600.0), 0.15
    launch = Launch(WGS84, math.radians(39.9), math.radians(125.0), math.radians(70.0), air=True)
    out, track = simulate(vehicle, kick, launch, 4096)
    fast = seconds(lambda: simulate(vehicle, kick, launch, 0), 20)
    start = time.perf_counter()
    witness = powered_twin.Twin(vehicle, launch).fly(kick)
    slow = time.perf_counter() - start
    end = powered_twin.earth_fixed(out[k.END : k.END + 6], out[k.END_TIME], WGS84.rotation_rad_s)
    apart = np.linalg.norm(end[:3] - witness.impact[:3])
    print(f"staged flight: {fast * 1e3:.2f} ms, {len(track)} steps; DOP853 {slow:.1f} s")
    print(f"ratio {slow / fast:.0f}; impacts {apart:.2f} m apart")
    for name, search in {
        "farthest": lambda: farthest(vehicle, launch),
        "match": lambda: match(build, 1e6, 4e6, launch),
        "reaching": lambda: reaching(build, 1e7, launch),
    }.items():
        print(f"  {name}: {seconds(search, 3) * 1e3:.0f} ms")
    r = np.tile(out[k.BURNOUT : k.BURNOUT + 3], (BODIES, 1))
    v = np.tile(out[k.BURNOUT + 3 : k.BURNOUT + 6], (BODIES, 1))
    beta = np.geomspace(1e3, 1e5, BODIES)
    for name, air in (("with drag", True), ("without", False)):
        took = seconds(lambda a=air: descend(r, v, beta, air=a), 3) / BODIES
        print(f"  descent {name}: {took * 1e6:.0f} us")


if __name__ == "__main__":
    main()
