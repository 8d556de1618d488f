"""Two-body motion, Lambert's problem and the drift by oblateness: cases M01 to M05."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.flight import kepler, lambert
from longroad.flight.figure import WGS84
from longroad.flight.integrate import integrate
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes

Array = NDArray[np.float64]


def _named(name: str, vector: Array) -> dict[str, float | bool | tuple[float, float]]:
    return {f"{name} {axis}": float(part) for axis, part in zip("xyz", vector, strict=True)}


@computes("M01")
def two_body(inputs: Inputs) -> tuple[Found, ...]:
    """Place and velocity after a time, by the universal-variable propagator."""
    r, v = kepler(
        np.array(inputs.numbers("position")),
        np.array(inputs.numbers("velocity")),
        inputs.number("time"),
    )
    return found(_named("position", r) | _named("velocity", v))


@computes("M02", "M03", "M04")
def boundary_value(inputs: Inputs) -> tuple[Found, ...]:
    """Velocities at both ends of the flight between two places."""
    v1, v2 = lambert(
        np.array(inputs.numbers("from")), np.array(inputs.numbers("to")), inputs.number("time")
    )
    return found(_named("first velocity", v1) | _named("second velocity", v2))


@computes("M05")
def oblateness(inputs: Inputs) -> tuple[Found, ...]:
    """Mean drift of node and perigee over a time, by integration with J2."""
    r0, v0 = np.array(inputs.numbers("position")), np.array(inputs.numbers("velocity"))
    time = inputs.number("time")
    # Often enough that no angle passes half a turn between two looks.
    times = np.linspace(0.0, time, 1 + math.ceil(time / 3600.0))
    r, v = integrate(r0, v0, times)
    h = np.cross(r, v)
    node = np.stack([-h[:, 1], h[:, 0], np.zeros(times.size)], axis=1)
    node /= np.linalg.norm(node, axis=1)[:, None]
    towards = np.cross(v, h) / WGS84.mu_m3_s2 - r / np.linalg.norm(r, axis=1)[:, None]
    across = np.cross(h, node) / np.linalg.norm(h, axis=1)[:, None]
    ascending = np.unwrap(np.arctan2(node[:, 1], node[:, 0]))
    perigee = np.unwrap(
        np.arctan2(np.sum(towards * across, axis=1), np.sum(towards * node, axis=1))
    )
    return found(
        {
            "drift of the node": float(ascending[-1] - ascending[0]) / time,
            "drift of the perigee": float(perigee[-1] - perigee[0]) / time,
        }
    )
