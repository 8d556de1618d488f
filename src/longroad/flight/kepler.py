"""Two-body motion: where a body is after a given time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.flight.figure import WGS84
from longroad.flight.kepler_kernel import coast_all

Array = NDArray[np.float64]


def vectors(value: ArrayLike, name: str) -> Array:
    """Return ``value`` as finite float64 vectors of shape (..., 3); GeometryError otherwise."""
    try:
        found = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} is not an array of numbers", expected="numbers") from error
    if found.ndim == 0 or found.shape[-1] != 3:
        raise GeometryError(
            f"{name} has shape {found.shape}", expected="a last axis of three components"
        )
    return finite(found, name)


def finite(value: ArrayLike, name: str) -> Array:
    """Return ``value`` as float64; GeometryError when a number is missing or infinite."""
    try:
        found = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} is not a number", expected="numbers") from error
    if not np.all(np.isfinite(found)):
        raise GeometryError(f"{name} holds a value that is not finite", expected="finite numbers")
    return found


def together(a: Array, b: Array, time: Array, names: str) -> tuple[Array, Array, Array]:
    """Broadcast two vectors and a time over their leading axes; GeometryError if they differ."""
    try:
        shape = np.broadcast_shapes(a.shape[:-1], b.shape[:-1], time.shape)
    except ValueError as error:
        raise GeometryError(
            f"the shapes of {names} do not go together", expected="shapes that broadcast"
        ) from error
    return (
        np.broadcast_to(a, (*shape, 3)),
        np.broadcast_to(b, (*shape, 3)),
        np.broadcast_to(time, shape),
    )


def flat(array: Array, width: int) -> Array:
    """Return a contiguous copy or view of shape (N, width), or (N,) for width 0."""
    return np.ascontiguousarray(array.reshape((-1, width) if width else -1))


def kepler(
    r_m: ArrayLike, v_m_s: ArrayLike, time_s: ArrayLike, *, mu_m3_s2: float = WGS84.mu_m3_s2
) -> tuple[Array, Array]:
    """Return position (m) and velocity (m/s) after ``time_s`` seconds of two-body motion.

    ``r_m``, ``v_m_s`` (..., 3) in any inertial frame and ``time_s`` (...), of either sign,
    broadcast over their leading axes. Any conic, straight flights included, by universal
    variables (Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., algorithm 8,
    checked with his example 2-4). Error: rounding, some 1e-9 m on ballistic arcs; it grows where
    the motion itself magnifies differences (a close pass of the centre, times many times as
    long as the fall to the centre on a hyperbola).

    Raises GeometryError for shapes that do not go together, values that are not finite, and a
    position at the centre.
    """
    r = vectors(r_m, "r_m")
    v = vectors(v_m_s, "v_m_s")
    r, v, time = together(r, v, finite(time_s, "time_s"), "r_m, v_m_s and time_s")
    if np.any(np.all(r == 0.0, axis=-1)):
        raise GeometryError("r_m lies at the centre of the Earth", expected="a distance above 0")
    out = np.empty((time.size, 6))
    coast_all(mu_m3_s2, flat(r, 3), flat(v, 3), flat(time, 0), out)
    return out[:, :3].reshape(r.shape), out[:, 3:].reshape(r.shape)
