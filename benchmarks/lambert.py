"""One Lambert solve on one thread, against compiled solvers called from Python.

The peers are no dependency of the package: each that is missing is said to be missing. pykep (ESA,
C++, MPL-2.0) is loaded by its compiled core alone; lambert-rs (Rust, MIT) solves one problem per
call, or one pair of places for many times per call (on one thread). Problems: 300 to 12,000 km,
burnout at 30 to 300 km, times from 0.8 to 1.6 of the least-energy one. All solvers get the same
problems, and the greatest difference of the velocities is printed.

    pip install --target peers --no-deps pykep lambert-rs
    PYTHONPATH=peers python benchmarks/lambert.py
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import os
import sys
import time
import types
from pathlib import Path

import numpy as np

from longroad.flight import lambert
from longroad.flight.figure import WGS84
from longroad.flight.lambert_kernel import join_all

MU, RADIUS = WGS84.mu_m3_s2, 6.371e6
FAST, SLOW = 100_000, 20_000
# A peer's threads would not be one solve per thread.
os.environ["RAYON_NUM_THREADS"] = "1"


def problems(count):
    """Return places (m) and times (s) of random flights."""
    rng = np.random.default_rng(2011)

    def unit(v):
        return v / np.linalg.norm(v, axis=1)[:, None]

    up = unit(rng.normal(size=(count, 3)))
    ahead = unit(np.cross(up, rng.normal(size=(count, 3))))
    angle = rng.uniform(300e3, 12_000e3, count)[:, None] / RADIUS
    start = up * (RADIUS + rng.uniform(30e3, 300e3, count)[:, None])
    end = RADIUS * (np.cos(angle) * up + np.sin(angle) * ahead)
    chord = np.linalg.norm(end - start, axis=1)
    s = 0.5 * (np.linalg.norm(start, axis=1) + RADIUS + chord)
    lam = np.sqrt(1.0 - chord / s)
    least = (np.arccos(lam) + lam * np.sqrt(chord / s)) * np.sqrt(s**3 / (2.0 * MU))
    return start, end, least * rng.uniform(0.8, 1.6, count)


def seconds(function, count):
    """Return the best of five timings, per problem (s)."""
    best = math.inf
    for _ in range(5):
        begin = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - begin)
    return best / count


def pykep_solver():
    """Return pykep's solver, or None; by its core, so that none of its other needs count."""
    spec = importlib.util.find_spec("pykep")
    if spec is None or spec.origin is None:
        return None
    package = types.ModuleType("pykep")
    package.__path__ = [str(Path(spec.origin).parent)]
    sys.modules["pykep"] = package
    problem = importlib.import_module("pykep.core").lambert_problem
    # Its flight goes counter-clockwise unless told otherwise: the short way as seen from +z.
    return lambda a, b, t, clockwise: problem(a, b, t, MU, clockwise, 0).v0[0]


def main():
    """Print the ratios."""
    start, end, times = problems(FAST)
    out = np.empty((FAST, 6))
    mine = seconds(lambda: join_all(MU, start, end, times, False, out), FAST)
    few = [(lambert, start[i], end[i], times[i]) for i in range(1000)]
    alone = seconds(lambda: [f(a, b, t) for f, a, b, t in few], len(few))
    print(f"compiled, one thread: {mine * 1e9:.0f} ns a solve; from Python: {alone * 1e6:.0f} us")

    solver = pykep_solver()
    if solver is None:
        print("pykep: not installed, skipped")
    else:
        clockwise = np.cross(start, end)[:, 2] < 0.0
        rows = [
            (start[i].tolist(), end[i].tolist(), float(times[i]), bool(clockwise[i]))
            for i in range(SLOW)
        ]
        apart = np.abs(np.array([solver(*row) for row in rows]) - out[:SLOW, :3]).max()
        peer = seconds(lambda: [solver(*row) for row in rows], SLOW)
        print(
            f"pykep, one call a solve: {peer * 1e9:.0f} ns, ratio {peer / mine:.1f}; "
            f"velocities differ by {apart:.0e} m/s at most"
        )

    if importlib.util.find_spec("lambert_rs") is None:
        print("lambert-rs: not installed, skipped")
        return
    rust = importlib.import_module("lambert_rs")
    backwards = [bool(z < 0.0) for z in np.cross(start, end)[:SLOW, 2]]
    km = (1e-3 * start[:SLOW], 1e-3 * end[:SLOW])

    def single(i):
        return rust.lambert_izzo_single(
            km[0][i], km[1][i], times[i], 0, backwards[i], 1e-9 * MU, 1e-12, 50, False
        ).v1[0]

    apart = np.abs(1e3 * np.array([single(i) for i in range(SLOW)]) - out[:SLOW, :3]).max()
    peer = seconds(lambda: [single(i) for i in range(SLOW)], SLOW)
    print(
        f"lambert-rs, one call a solve: {peer * 1e9:.0f} ns, ratio {peer / mine:.1f}; "
        f"velocities differ by {apart:.0e} m/s at most"
    )
    many = times[0] * np.linspace(0.8, 1.6, FAST)
    same = np.repeat(start[:1], FAST, axis=0), np.repeat(end[:1], FAST, axis=0)
    batch = seconds(
        lambda: rust.lambert_izzo_vec(
            km[0][0], km[1][0], many, 0, backwards[0], 1e-9 * MU, 1e-12, 50, False
        ),
        FAST,
    )
    here = seconds(lambda: join_all(MU, *same, many, False, out), FAST)
    print(
        f"lambert-rs, one pair of places, {FAST} times in one call: {batch * 1e9:.0f} ns; "
        f"compiled here: {here * 1e9:.0f} ns, ratio {batch / here:.1f}"
    )


if __name__ == "__main__":
    main()
