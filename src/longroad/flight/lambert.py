"""Lambert's problem: the conic from one place to another in a given time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.flight.figure import WGS84
from longroad.flight.kepler import finite, flat, together, vectors
from longroad.flight.lambert_kernel import join_all

Array = NDArray[np.float64]


def lambert(
    r1_m: ArrayLike,
    r2_m: ArrayLike,
    time_s: ArrayLike,
    long_way: bool = False,
    *,
    mu_m3_s2: float = WGS84.mu_m3_s2,
) -> tuple[Array, Array]:
    """Return the velocities (m/s) at both ends of the flight from ``r1_m`` to ``r2_m``.

    ``r1_m``, ``r2_m`` (..., 3) in m, inertial, and ``time_s`` (...) > 0 broadcast over their
    leading axes. Less than one revolution; ``long_way`` takes the transfer angle above 180
    degrees. Izzo (2015) with Householder's iteration (see `longroad.flight.lambert_kernel`);
    checked with Vallado 7-5 and Curtis 5.2, 5.3. Error: the flight meets ``r2_m`` to some
    1e-8 m on ballistic arcs, and to 1e-4 m as long as it does not graze the centre.

    Raises GeometryError for values that are not finite, a time that is not positive, a position
    at the centre, and opposite positions (or, the long way, positions in one direction), which
    leave the plane of the flight undefined.
    """
    r1 = vectors(r1_m, "r1_m")
    r2 = vectors(r2_m, "r2_m")
    time = finite(time_s, "time_s")
    r1, r2, time = together(r1, r2, time, "r1_m, r2_m and time_s")
    if not np.all(time > 0.0):
        raise GeometryError("time_s is not positive", expected="a time of flight above 0 s")
    for name, place in (("r1_m", r1), ("r2_m", r2)):
        if np.any(np.all(place == 0.0, axis=-1)):
            raise GeometryError(
                f"{name} lies at the centre of the Earth", expected="a distance above 0"
            )
    out = np.empty((time.size, 6))
    join_all(mu_m3_s2, flat(r1, 3), flat(r2, 3), flat(time, 0), bool(long_way), out)
    if not np.all(np.isfinite(out)):
        row = int(np.flatnonzero(~np.all(np.isfinite(out), axis=1))[0])
        raise GeometryError(
            f"no single flight joins the two positions (row {row}): they lie on one line through "
            "the centre, which leaves the plane open, or the time is out of proportion",
            expected="two positions that span a plane",
        )
    return out[:, :3].reshape(r1.shape), out[:, 3:].reshape(r1.shape)
