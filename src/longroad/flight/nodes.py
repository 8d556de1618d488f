"""Places along arcs: equally spaced in time from burnout to impact, in Earth-fixed axes.

Later kernels look an arc up as the piecewise cubic through its nodes
(`longroad.flight.along.position`). Nodes are exact, to rounding; between them the cubic errs by
at most dt^4/384 times the fourth derivative, which is 1e-4 m/s^4 at most on a ballistic arc: see
`STEP_S`.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.base.kernel import lean_kernel
from longroad.flight.arcs import SHARE, ArcSet
from longroad.flight.figure import WGS84, Figure
from longroad.flight.kepler_kernel import coast

Array = NDArray[np.float64]

# With nodes this far apart the cubic is within 1 m of the conic (tested up to 75 minutes).
STEP_S = 44.0
LEAST = 16

# A conic larger than this many times its distance is near a parabola: the series of the
# eccentric anomaly loses digits, and the universal variables take over.
LARGE = 50.0
THIRD = 1.0 / 3.0


@dataclass(frozen=True)
class Nodes:
    """Nodes of N arcs: NaN where the arc does not exist."""

    state: Array
    """(N, K, 6) Earth-fixed position (m) and velocity relative to the Earth (m/s)."""
    start_s: Array
    """(N,) time of the first node, burnout, after ignition."""
    dt_s: Array
    """(N,) time between nodes; the last node is the impact."""


# Taylor coefficients, (-1)^k/(2k+1)! and (-1)^k/(2k+2)!, as factors: a division costs more.
S1, S2, S3, S4, S5, S6 = ((-1.0) ** k / math.factorial(2 * k + 1) for k in range(1, 7))
C1, C2, C3, C4, C5, C6 = ((-1.0) ** k / math.factorial(2 * k + 2) for k in range(1, 7))


@lean_kernel
def _small(angle: float) -> tuple[float, float]:
    """Return (sine, 1 - cosine) of an angle within +-0.5 by their series, to rounding."""
    q = angle * angle
    sine = 1.0 + q * (S1 + q * (S2 + q * (S3 + q * (S4 + q * (S5 + q * S6)))))
    verse = 0.5 + q * (C1 + q * (C2 + q * (C3 + q * (C4 + q * (C5 + q * C6)))))
    return angle * sine, q * verse


@lean_kernel
def _put(row: Array, c: float, s: float, spin: float, state: tuple[float, ...]) -> None:
    """Write an inertial state in Earth-fixed axes turned by the angle (cosine c, sine s)."""
    x, y = c * state[0] + s * state[1], c * state[1] - s * state[0]
    row[0], row[1], row[2] = x, y, state[2]
    row[3] = c * state[3] + s * state[4] + spin * y
    row[4] = c * state[4] - s * state[3] - spin * x
    row[5] = state[5]


@lean_kernel
def sample(
    mu: float, spin: float, place: Array, velocity: Array, begin: float, end: float, out: Array
) -> None:
    """Fill ``out`` (K, 6) for one arc: inertial state at time ``begin``, impact at ``end`` (s).

    Steps in the eccentric anomaly gone through since burnout, E:
    n t = E + es (1 - cos E) - ec sin E, with ec = 1 - r/a and es = r.v/sqrt(mu a). The third-order
    Taylor step in time is corrected once by Halley's rule; sine and cosine are carried along by
    the addition theorem.
    """
    count = out.shape[0]
    dt = (end - begin) / (count - 1)
    x, y, z = place[0], place[1], place[2]
    vx, vy, vz = velocity[0], velocity[1], velocity[2]
    c, s = math.cos(spin * begin), math.sin(spin * begin)
    turn_c, turn_s = math.cos(spin * dt), math.sin(spin * dt)
    r0 = math.sqrt(x * x + y * y + z * z)
    inverse = 2.0 / r0 - (vx * vx + vy * vy + vz * vz) / mu
    smooth = inverse * r0 * LARGE > 1.0
    wide = 1.0 / (inverse * r0)
    n = math.sqrt(mu * inverse) * inverse
    per_n = 1.0 / n
    ec = 1.0 - r0 * inverse
    es = (x * vx + y * vy + z * vz) * math.sqrt(inverse / mu)
    anomaly, sine, cosine = 0.0, 0.0, 1.0
    _put(out[0], c, s, spin, (x, y, z, vx, vy, vz))
    for k in range(1, count):
        c, s = c * turn_c - s * turn_s, s * turn_c + c * turn_s
        time = k * dt
        good = smooth
        if good:
            # r/a, its derivatives by E, and the Taylor step.
            rho = 1.0 - ec * cosine + es * sine
            rho1 = ec * sine + es * cosine
            inward = 1.0 / rho
            rate = n * dt * inward
            bend = rho1 * inward
            third = 3.0 * bend * bend - (1.0 - rho) * inward
            step = rate * (1.0 - 0.5 * rate * (bend - THIRD * rate * third))
            good = abs(step) < 0.5
        if good:
            ds, verse = _small(step)
            sine, cosine = (
                sine - sine * verse + cosine * ds,
                cosine - cosine * verse - sine * ds,
            )
            anomaly += step
            for _ in range(20):
                rho = 1.0 - ec * cosine + es * sine
                rho1 = ec * sine + es * cosine
                error = (anomaly - n * time) + es * (1.0 - cosine) - ec * sine
                step = -error * rho / (rho * rho - 0.5 * error * rho1)
                anomaly += step
                tiny = abs(step) < 1e-4
                if tiny:
                    ds, verse = step * (1.0 + S1 * step * step), 0.5 * step * step
                else:
                    ds, verse = _small(step)
                sine, cosine = (
                    sine - sine * verse + cosine * ds,
                    cosine - cosine * verse - sine * ds,
                )
                if tiny:
                    break
            back = 1.0 - cosine
            inward = 1.0 / (1.0 - ec * cosine + es * sine)
            f = 1.0 - wide * back
            g = time - (anomaly - sine) * per_n
            df = -n * wide * inward * sine
            dg = 1.0 - inward * back
            _put(
                out[k], c, s, spin,
                (
                    f * x + g * vx, f * y + g * vy, f * z + g * vz,
                    df * x + dg * vx, df * y + dg * vy, df * z + dg * vz,
                ),
            )  # fmt: skip
        else:
            smooth = False
            _put(out[k], c, s, spin, coast(mu, x, y, z, vx, vy, vz, time))


@lean_kernel
def sample_slice(
    mu: float, spin: float, begin: int, end: int, places: Array, velocities: Array,
    starts: Array, ends: Array, out: Array,
) -> None:  # fmt: skip
    """Fill the nodes of the arcs from ``begin`` up to ``end``; NaN for arcs that do not exist."""
    for i in range(begin, end):
        if math.isnan(ends[i]):
            out[i] = math.nan
        else:
            sample(mu, spin, places[i], velocities[i], starts[i], ends[i], out[i])


def nodes_needed(arcs: ArcSet) -> int:
    """Return how many nodes keep the cubic through them within 1 m of every one of the arcs."""
    coast = arcs.time_of_flight_s - arcs.burnout_time_s
    longest = float(np.max(coast[arcs.ok], initial=0.0))
    return max(LEAST, math.ceil(longest / STEP_S) + 1)


def sample_arcs(
    arcs: ArcSet, count: int | None = None, *, workers: int = 1, figure: Figure = WGS84
) -> Nodes:
    """Return ``count`` nodes of each arc (`nodes_needed` if not said), by ``workers`` threads.

    ``figure`` must be the one that the arcs were computed with. Error of a node: rounding, below
    1e-6 m. Raises GeometryError for less than two nodes.
    """
    if count is None:
        count = nodes_needed(arcs)
    if count < 2:
        raise GeometryError(f"{count} nodes do not make an arc", expected="at least 2")
    total = len(arcs)
    state = np.empty((total, count, 6))
    mu, spin = figure.mu_m3_s2, figure.rotation_rad_s

    def share(begin: int) -> None:
        sample_slice(
            mu, spin, begin, min(begin + SHARE, total),
            arcs.burnout_position_m, arcs.burnout_velocity_m_s,
            arcs.burnout_time_s, arcs.time_of_flight_s, state,
        )  # fmt: skip

    starts = range(0, total, SHARE)
    if workers > 1 and len(starts) > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(share, starts))
    else:
        for begin in starts:
            share(begin)
    dt = (arcs.time_of_flight_s - arcs.burnout_time_s) / (count - 1)
    return Nodes(state=state, start_s=arcs.burnout_time_s.copy(), dt_s=dt)
