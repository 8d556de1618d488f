"""The surface packed small for the page: whole steps of speed, differences, deflate, base 64.

A speed becomes a whole number of `STEP_KM_S`, which is how the run stores it, so that nothing is
lost; `NOTHING` where the run gives none. Each plane (one pair, part and delay) is stored as the
differences to the points west and south of it, which are mostly small; low and high bytes stand
apart, which deflates best. A pair is a package of its own, so that a reader's browser opens only
what is looked at.
"""

from __future__ import annotations

import base64
import zlib

import numpy as np
from numpy.typing import NDArray

Steps = NDArray[np.int16]
STEP_KM_S = 0.01
# Level 9 makes the packages 6 % smaller and takes ten times as long.
LEVEL = 6
ERROR_KM_S = STEP_KM_S / 2.0
NOTHING = 1275


def quantised(speeds: NDArray[np.floating]) -> Steps:
    """Return speeds (km/s) in whole steps; `NOTHING` at and beyond it, and where not finite."""
    steps = np.where(np.isfinite(speeds), speeds, np.inf).astype(np.float64)
    steps /= STEP_KM_S
    np.round(steps, out=steps)
    return np.minimum(steps, NOTHING, out=steps).astype(np.int16)


def packed(planes: Steps) -> str:
    """Return planes (..., latitude, longitude) of steps as one base 64 text."""
    east = planes.astype(np.int32)
    east[..., 1:] -= planes[..., :-1]
    north = east.copy()
    north[..., 1:, :] -= east[..., :-1, :]
    # Small numbers of either sign become small numbers without one.
    folded = ((north << 1) ^ (north >> 31)).astype(np.uint16).ravel()
    parts = [(folded & 255).astype(np.uint8), (folded >> 8).astype(np.uint8)]
    raw = b"".join(part.tobytes() for part in parts)
    return base64.b64encode(zlib.compress(raw, LEVEL)).decode()


def unpacked(text: str, shape: tuple[int, ...]) -> Steps:
    """Return the planes again; what the page's script does."""
    raw = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8)
    low, high = raw.reshape(2, -1).astype(np.int32)
    folded = low | (high << 8)
    north = ((folded >> 1) ^ -(folded & 1)).reshape(shape)
    return np.cumsum(np.cumsum(north, axis=-2), axis=-1).astype(np.int16)
