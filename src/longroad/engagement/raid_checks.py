"""Checks of what a raid is given: shapes, ranges, and numbers that make no sense."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import RaidError


def shaped(value: ArrayLike, shape: tuple[int, ...], field: str, kind: type) -> NDArray:
    """Return an array of a kind broadcast to a shape, in memory order; say so where it has none."""
    try:
        found = np.broadcast_to(np.asarray(value), shape)
    except ValueError:
        raise RaidError(
            f"an array has the shape {np.shape(value)}", field=field, expected=f"{shape}"
        ) from None
    if kind is np.int64 and not np.all(found == np.floor(found)):
        raise RaidError("a count is not whole", field=field, expected="whole numbers")
    return np.ascontiguousarray(found, dtype=kind)


def within(value: NDArray, low: float, high: float, field: str) -> None:
    """Raise where a number lies outside [low, high] or is no number."""
    if not np.all((value >= low) & (value <= high)):
        bad = value[~((value >= low) & (value <= high))].flat[0]
        raise RaidError(
            f"{bad:g} lies outside the range",
            field=field,
            expected=f"{low:g} to {high:g}" if np.isfinite(high) else f"at least {low:g}",
        )


def fits(needed_bytes: float, most_bytes: float, objects: int) -> None:
    """Raise where a raid would take more memory than it may."""
    if needed_bytes > most_bytes:
        raise RaidError(
            f"a raid of {objects} objects takes {needed_bytes / 2**20:.0f} MiB of memory",
            field="objects",
            expected=f"at most {most_bytes / 2**20:.0f} MiB: fewer objects, or fewer interceptors",
        )
