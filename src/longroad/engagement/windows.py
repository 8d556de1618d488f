"""Windows of one battery against many arcs, from typed inputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S, MU_M3_S2
from longroad.engagement.engaged_kernel import engaged
from longroad.engagement.window_kernel import altitudes, latest_launches, windows
from longroad.flight.flyout import SCHULER_HEIGHT_M
from longroad.flight.intervals import MOST
from longroad.sensing.track_kernel import unite_rows

Array = NDArray[np.float64]
Index = NDArray[np.int32]
# Where the least and the greatest intercept altitude (m) stand in the row of a battery.
FLOOR, CEILING = 6, 7


@dataclass(frozen=True)
class Windows:
    """When a battery can intercept each of N arcs.

    ``intervals`` (N, MOST, 2) in s after ignition, of which the first ``count`` (N,) hold.
    """

    intervals: Array
    count: Index

    @property
    def engageable(self) -> NDArray[np.bool_]:
        """Return which arcs have a window at all (N,)."""
        return np.asarray(self.count > 0)


def battery_row(position_m: Array, floor_m: float, ceiling_m: float) -> Array:
    """Return the eight numbers by which the window kernel knows a battery."""
    radius = math.sqrt(position_m.dot(position_m))
    schuler = MU_M3_S2 / (radius + SCHULER_HEIGHT_M) ** 3
    row = np.empty(8)
    row[:3] = position_m
    row[3:] = radius, ANGULAR_SPEED_RAD_S, schuler, floor_m, ceiling_m
    return row


def support_of(seen: Sequence[tuple[Array, Index]], arcs: int) -> tuple[Array, Index]:
    """Return the union of the intervals of several radars, arc by arc.

    Each item is (intervals (N, MOST, 2), count (N,)); without any, no arc is supported.
    """
    if not seen:
        return np.zeros((arcs, MOST, 2)), np.zeros(arcs, dtype=np.int32)
    intervals, count = seen[0]
    for other, other_count in seen[1:]:
        united = np.zeros_like(intervals)
        united_count = np.zeros_like(count)
        unite_rows(intervals, count, other, other_count, united, united_count)
        intervals, count = united, united_count
    return intervals, count


def always(arcs: int) -> tuple[Array, Index]:
    """Return support without limits, for an intercept on a remote track alone."""
    intervals = np.zeros((arcs, MOST, 2))
    intervals[:, 0] = -np.inf, np.inf
    return intervals, np.ones(arcs, dtype=np.int32)


def engage(
    nodes: Array, start_s: Array, step_s: Array, ready_s: Array, support: tuple[Array, Index],
    battery: Array, table: Array,
) -> Windows:  # fmt: skip
    """Return the windows of one battery: ``nodes`` (N, K, 6), ``ready_s`` (N,) earliest launch.

    ``battery`` as made by :func:`battery_row`, ``table`` one fly-out table.
    """
    intervals = np.zeros((len(nodes), MOST, 2))
    count = np.zeros(len(nodes), dtype=np.int32)
    windows(
        nodes, start_s, step_s, ready_s, support[0], support[1], battery, table, intervals, count
    )
    return Windows(intervals, count)


def has_window(
    nodes: Array, start_s: Array, step_s: Array, ready_s: Array, support: tuple[Array, Index],
    battery: Array, table: Array, rows: NDArray[np.intp],
) -> NDArray[np.bool_]:  # fmt: skip
    """Return on which of the arcs ``rows`` (W,) a battery has a window; as `engage` finds them."""
    out = np.zeros(len(rows), dtype=np.bool_)
    index = rows.astype(np.int32)
    engaged(nodes, start_s, step_s, ready_s, support[0], support[1], battery, table, index, out)
    return out


def latest_launch(
    nodes: Array, start_s: Array, step_s: Array, ready_s: Array, rows: NDArray[np.intp],
    intercept_s: Array, battery: Array, table: Array,
) -> Array:  # fmt: skip
    """Return the latest launch (s) for the intercepts at ``intercept_s`` (W,) of arcs ``rows``."""
    out = np.empty(len(rows))
    index = rows.astype(np.int32)
    latest_launches(nodes, start_s, step_s, ready_s, index, intercept_s, battery, table, out)
    return out


def altitude_at(
    nodes: Array, start_s: Array, step_s: Array, rows: NDArray[np.intp], times_s: Array
) -> Array:
    """Return the altitude (m) of the arcs ``rows`` (W,) at ``times_s`` (W,)."""
    out = np.empty(len(rows))
    altitudes(nodes, start_s, step_s, rows.astype(np.int32), times_s, out)
    return out
