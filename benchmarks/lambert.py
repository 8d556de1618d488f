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

from longroad.flight.figure import WGS84
from longroad.flight.lambert_kernel import join_all

MU, RADIUS = WGS84.mu_m3_s2, 6.371e6
# Short rounds, many of them: on a busy machine the best one has had the processor to itself.
COUNT, ROUNDS = 2_000, 60
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


def seconds(function):
    """Return the best of many timings, per problem (s)."""
    best = math.inf
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - begin)
    return best / COUNT


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
    start, end, times = problems(COUNT)
    backwards = (np.cross(start, end)[:, 2] < 0.0).tolist()
    out = np.empty((COUNT, 6))
    mine = seconds(lambda: join_all(MU, start, end, times, False, out))
    print(f"compiled, one thread: {mine * 1e9:.0f} ns a solve")

    def compare(name, solver, rows):
        apart = np.abs(np.array([solver(*row) for row in rows]) - out[:, :3]).max()
        peer = seconds(lambda: [solver(*row) for row in rows])
        print(
            f"{name}, one call a solve: {peer * 1e9:.0f} ns, ratio {peer / mine:.1f}; "
            f"velocities differ by {apart:.0e} m/s at most"
        )

    solver = pykep_solver()
    if solver is None:
        print("pykep: not installed, skipped")
    else:
        rows = list(zip(start.tolist(), end.tolist(), times.tolist(), backwards, strict=True))
        compare("pykep", solver, rows)

    if importlib.util.find_spec("lambert_rs") is None:
        print("lambert-rs: not installed, skipped")
        return
    rust = importlib.import_module("lambert_rs")
    mu = 1e-9 * MU

    def single(a, b, t, clockwise):
        return 1e3 * rust.lambert_izzo_single(a, b, t, 0, clockwise, mu, 1e-12, 50, False).v1[0]

    compare(
        "lambert-rs", single, list(zip(1e-3 * start, 1e-3 * end, times, backwards, strict=True))
    )
    many = times[0] * np.linspace(0.8, 1.6, COUNT)
    same = np.repeat(start[:1], COUNT, axis=0), np.repeat(end[:1], COUNT, axis=0)
    pair = (1e-3 * start[0], 1e-3 * end[0])
    batch = seconds(
        lambda: rust.lambert_izzo_vec(*pair, many, 0, backwards[0], mu, 1e-12, 50, False)
    )
    here = seconds(lambda: join_all(MU, *same, many, False, out))
    print(
        f"lambert-rs, one pair of places, {COUNT} times in one call: {batch * 1e9:.0f} ns; "
        f"compiled here: {here * 1e9:.0f} ns, ratio {batch / here:.1f}"
    )


if __name__ == "__main__":
    main()
