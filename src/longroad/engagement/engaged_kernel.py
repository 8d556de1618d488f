"""Kernel of the question whether a battery can intercept an arc at all.

A feasible moment is proof of a window, and the nodes of an arc are moments at hand: only an arc
without a feasible node needs the search for the edges (`longroad.engagement.window_kernel`), since
its window, if there is one, lies between two nodes.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.engagement.window_kernel import (
    CEILING_M,
    FLOOR_M,
    arc_windows,
    flight_margins,
    window_space,
)
from longroad.flight.along import altitude
from longroad.flight.intervals import MOST, Search, search_space

Array = NDArray[np.float64]
Index = NDArray[np.int32]


@lean_kernel
def feasible_node(
    nodes: Array, start: float, dt: float, ready: float, support: Array, support_count: int,
    battery: Array, table: Array,
) -> bool:  # fmt: skip
    """Return whether the arc can be intercepted at one of its nodes, the latest asked first."""
    if not ready < math.inf:
        return False
    for s in range(support_count - 1, -1, -1):
        # Numbers of nodes, limited while they are floats: support may have no end.
        low = max((max(support[s, 0], ready) - start) / dt, 0.0)
        high = min((support[s, 1] - start) / dt, nodes.shape[0] - 1.0)
        if high < low:
            continue
        for k in range(int(high), math.ceil(low) - 1, -1):
            x, y, z = nodes[k, 0], nodes[k, 1], nodes[k, 2]
            height = altitude(x, y, z)
            if height < battery[FLOOR_M] or height > battery[CEILING_M]:
                continue
            in_time, in_reach = flight_margins(x, y, z, start + k * dt, ready, battery, table)
            if in_time >= 0.0 and in_reach >= 0.0:
                return True
    return False


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, ready: Array, support: Array, support_count: Index,
    battery: Array, table: Array, rows: Index, values: Array, search: Search, scratch: Array,
    found: Array, out: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill what :func:`engaged` fills, with work space for the windows of one arc."""
    for w in range(rows.size):
        i = rows[w]
        out[w] = (
            feasible_node(
                nodes[i], start[i], dt[i], ready[i], support[i], support_count[i], battery, table
            )
            or arc_windows(
                nodes[i], start[i], dt[i], ready[i], support[i], support_count[i],
                battery, table, values, search, scratch, found,
            )
            > 0
        )  # fmt: skip


@kernel
def engaged(
    nodes: Array, start: Array, dt: Array, ready: Array, support: Array, support_count: Index,
    battery: Array, table: Array, rows: Index, out: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill whether one battery has a window on the arcs ``rows`` (W,); arrays as `windows` has."""
    _each(
        nodes, start, dt, ready, support, support_count, battery, table, rows,
        window_space(nodes.shape[1]), search_space(), np.empty((3, MOST, 2)), np.empty((MOST, 2)),
        out,
    )  # fmt: skip
